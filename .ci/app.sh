#!/usr/bin/env bash
# The window on the sample city, which is made first where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
redline=${REDLINE:-target/release/redline}
city=demo

if [ ! -f "$city/city.gpkg" ]; then
    echo "==> making the sample city in $city/"
    "$redline" sample "$city"
fi
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "app: there is no display here; in a browser: $redline open $city/city.gpkg --browser" >&2
    exit 1
fi
echo "==> opening $city/city.gpkg (project files to drop in: $city/projects/)"
exec "$redline" open "$city/city.gpkg"
