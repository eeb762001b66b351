#!/usr/bin/env bash
# The benchmark table: the overlay kernel against GEOS and shapely on the same data with results
# compared, and the first check against a million parcels. Data and peers are kept under target/ for
# the next run.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${TARGET:-target}
say() { printf '==> %s\n' "$*" >&2; }

say 'building (release)'
cargo build --release --locked -p redline-cli >&2
cargo build --release --locked -p redline-tests --bin bench-overlay >&2

venv=$target/bench-venv
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import shapely' 2>/dev/null; then
    say "installing shapely into $venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check 'shapely>=2.1,<3' numpy >&2
fi

million=$target/bench-million
if [ ! -f "$million/made" ] || [ "$million/made" -ot "$target/release/redline" ]; then
    say "making a city with 1 000 000 parcels in $million (minutes)"
    rm -rf "$million"
    "$target/release/redline" sample "$million" --parcels 1000000 >&2
    touch "$million/made"
fi

printf '# Benchmarks\n\n'
printf '%s, %s processors, %s, %s.\n\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)" \
    "$(getconf _NPROCESSORS_ONLN)" "$(uname -sm)" "$(rustc --version | cut -d ' ' -f 1-2)"
"$target/release/bench-overlay" --python "$venv/bin/python"
printf '### First check against a workspace with 1 000 000 land-use parcels\n\n'
project=$(find "$million/projects" -maxdepth 1 -name '*.txt' | LC_ALL=C sort | head -n 1)
"$venv/bin/python" tests/peers/first_check.py "$target/release/redline" "$million/city.gpkg" "$project"
