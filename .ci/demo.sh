#!/usr/bin/env bash
# The main job on a synthetic city: project files as reviewers receive them, checked against its red
# line, control line and land use, on a day the founding plan was in force. Checks end with 1
# (something stands in the way) as often as with 0; only 2 (a file could not be used) fails the demo.
set -euo pipefail
cd "$(dirname "$0")/.."
redline=${REDLINE:-target/release/redline}
city=demo
workspace=$city/city.gpkg
projects=$city/projects
on=(--workspace "$workspace" --date 2018-06-01 --stage new)
all=(none)

say() { printf '\n==> %s\n' "$*"; }

# runs redline, shown as a person would type it; a check may end with 0 or 1
show() {
    local line="redline $*"
    printf '\n$ %s\n\n' "${line//"${all[*]}"/$projects/[0-9]*}"
    local code=0
    "$redline" "$@" || code=$?
    if [ "$code" -gt 1 ]; then
        printf 'demo: redline %s ended with %s\n' "$1" "$code" >&2
        exit "$code"
    fi
}

# a city that is there may hold someone's reviews and drafts: it is never made anew
if [ -f "$workspace" ]; then
    say "the sample city is in $city/ already (remove the folder to have it made anew)"
else
    say "making the sample city in $city/"
    show sample "$city"
fi

say 'what its layers cover, against the plan'
show areas --workspace "$workspace"

say 'a boundary-point text with two plots in tier 2'
show check "$projects/01-tier2-two-uses.txt" "${on[@]}"
say 'a Shapefile in a ZIP with GBK names, no .prj, across both classes of the red line'
show check "$projects/02-resort-no-prj.zip" "${on[@]}"
say 'a road drawn as a line, given a footprint 30 m wide'
show check "$projects/06-road-line.geojson" "${on[@]}" --width 30
say 'a text with X and Y swapped'
show check "$projects/09-swapped-axes.txt" "${on[@]}"
say 'an industrial project in a File Geodatabase'
show check "$projects/11-industry.gdb" "${on[@]}"

say 'every project file at once: the record, the clipped pieces, the occupation table'
all=("$projects"/[0-9]*)
for result in review.json pieces.geojson 压占分析表.xlsx; do
    show check "${all[@]}" "${on[@]}" --output "$city/$result"
done

say 'and as a table, of which this is the summary'
show check "${all[@]}" "${on[@]}" --format table --output "$city/review.txt"
# from the last heading of that name on
printf '\n'
awk '/^Summary|^结论/ { kept = "" } { kept = kept $0 "\n" } END { printf "%s", kept }' "$city/review.txt"

say "done: $city/ holds the workspace, project files (projects/README.txt says what each shows) and results"
