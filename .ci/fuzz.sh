#!/usr/bin/env bash
# Runs every fuzz target of the hand-written parsers for SECONDS_EACH (30) seconds, with the coverage
# that libFuzzer steers by and without a sanitizer, so that a stable Rust will do. A crash stops it
# and leaves the input beside the target.
set -euo pipefail
cd "$(dirname "$0")/../layers/formats/fuzz"
host=$(rustc -vV | sed -n 's/^host: //p')
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}
export RUSTFLAGS='-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Cdebug-assertions -Ccodegen-units=1 --cfg fuzzing'
echo '==> building the fuzz targets'
cargo build --release --locked --target "$host" --bins
for source in fuzz_targets/*.rs; do
    target=$(basename "$source" .rs)
    echo "==> $target"
    mkdir -p "corpus/$target"
    log=$(mktemp)
    if ! "$CARGO_TARGET_DIR/$host/release/$target" -max_total_time="${SECONDS_EACH:-30}" \
        -artifact_prefix="crash-$target-" "corpus/$target" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        echo "fuzz: $target stopped on an input" >&2
        exit 1
    fi
    grep -E '^Done' "$log"
    rm -f "$log"
done
