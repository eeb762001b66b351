#!/usr/bin/env bash
# The main job on a synthetic city: project files of several formats checked against its red line,
# control line and land use, on a day the founding plan was in force. Checks end with 1 (something
# stands in the way) as often as with 0; only 2 (a file could not be used) fails the demo.
set -euo pipefail
cd "$(dirname "$0")/.."
redline=${REDLINE:-target/release/redline}
city=demo
workspace=$city/city.gpkg

# shows the command as a person would type it, then runs it; checks may end with 0 or 1
show() {
    printf '\n$ redline %s\n' "$*"
    local code=0
    "$redline" "$@" || code=$?
    if [ "$code" -gt 1 ]; then
        printf 'demo: redline %s ended with %s\n' "$1" "$code" >&2
        exit "$code"
    fi
}

if [ -f "$city/made" ] && [ ! "$city/made" -ot "$redline" ]; then
    printf '==> the sample city is in %s/ already\n' "$city"
else
    printf '==> making the sample city in %s/\n' "$city"
    rm -rf "$city"
    show sample "$city"
    touch "$city/made"
fi

printf '\n==> what the layers cover, against the plan\n'
show areas --workspace "$workspace"

printf '\n==> project files against the city, for 2018-06-01\n'
for file in "$city"/projects/*; do
    show check "$file" --workspace "$workspace" --date 2018-06-01
done
