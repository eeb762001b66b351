#!/usr/bin/env bash
# The page in Chromium over loopback, then the window on a screen that is not there, both as built
# from this tree and on a city made by the command. Pictures are kept in target/artefacts.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TARGET_DIR=${TARGET:-target}
say() { printf '==> %s\n' "$*"; }

# the tests' own build leaves out programs that only these need
say 'building the command and the window'
cargo build --workspace --locked

rm -rf "$CARGO_TARGET_DIR/end-to-end" "$CARGO_TARGET_DIR/artefacts"
say 'the page, end to end'
node --test --test-concurrency=1 tests/page/*.test.mjs
say 'the window, end to end'
# a bus of its own: the window must not hand its files to another one that is open
dbus-run-session -- xvfb-run -a -s '-screen 0 1440x900x24' node --test --test-concurrency=1 tests/window/*.test.mjs
say "pictures are in $CARGO_TARGET_DIR/artefacts"
