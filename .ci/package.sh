#!/usr/bin/env bash
# The Debian package of the command and the window, from what `make build` left; nothing is fetched.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath "${TARGET:-target}")
# the one file whose place depends on the target folder
files=$(printf '{"bundle":{"linux":{"deb":{"files":{"/usr/bin/redline":"%s/release/redline"}}}}}' "$target")
CARGO_TARGET_DIR=$target ui/node_modules/.bin/tauri bundle --bundles deb --ci --config "$files"
ls -l "$target"/release/bundle/deb/*.deb
