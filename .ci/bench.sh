#!/usr/bin/env bash
# The benchmark table: the overlay kernel against GEOS and shapely on the same data with results
# compared, checks against a million parcels, and their map tiles. Data and peers stay under target/ for the next
# run. The table goes to stdout, in one piece at the end; what is being done and compared to stderr.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${TARGET:-target}
say() { printf '==> %s\n' "$*" >&2; }

say 'building (release)'
cargo build --release --locked -p redline-cli >&2
cargo build --release --locked -p redline-tests --bin bench-overlay --bin bench-trial --bin bench-tiles >&2

venv=$target/bench-venv
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import shapely' 2>/dev/null; then
    say "installing shapely into $venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check 'shapely>=2.1,<3' numpy >&2
fi

say 'against GEOS and shapely (about three minutes)'
kernel=$("$target/release/bench-overlay" --python "$venv/bin/python")
say 'a city of a million parcels (made once, about three minutes)'
city=$("$venv/bin/python" tests/peers/million_parcels.py "$target/release/redline" "$target/bench-million")
say 'tiles of that city'
tiles=$("$target/release/bench-tiles" "$target/bench-million/city.gpkg")
say 'the live what-if in that city'
trial=$("$target/release/bench-trial" "$target/bench-million/city.gpkg")

# what the kernel says of processor and memory; macOS says it elsewhere
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
[ -n "$processor" ] || processor=$(sysctl -n machdep.cpu.brand_string 2>/dev/null || uname -m)
bytes=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1000/p' /proc/meminfo 2>/dev/null | head -n 1)
[ -n "$bytes" ] || bytes=$(sysctl -n hw.memsize 2>/dev/null || echo 0)
printf '%s, %s cores, %s GB of memory; %s, %s.\n\n' "$processor" "$(getconf _NPROCESSORS_ONLN)" \
    "$((bytes / 1000000000))" "$(uname -sm)" "$(rustc --version | cut -d ' ' -f 1-2)"
printf '| job | redline | peer | faster | asked |\n|---|---:|---:|---:|---:|\n%s\n%s\n%s\n%s\n' "$kernel" "$city" "$tiles" "$trial"
