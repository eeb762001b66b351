#!/usr/bin/env bash
# The Debian package of the command and the window, from what `make build` left; nothing is fetched.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath "${TARGET:-target}")
# the one file whose place depends on the target folder
files=$(printf '{"bundle":{"linux":{"deb":{"files":{"/usr/bin/redline":"%s/release/redline"}}}}}' "$target")
CARGO_TARGET_DIR=$target ui/node_modules/.bin/tauri bundle --bundles deb --ci --config "$files"
# the bundler packs with gzip; xz, which Debian's own packages use, is a third smaller
if command -v dpkg-deb >/dev/null; then
    for deb in "$target"/release/bundle/deb/*.deb; do
        unpacked=$(mktemp -d)
        dpkg-deb --raw-extract "$deb" "$unpacked/package"
        dpkg-deb --root-owner-group -Zxz --build "$unpacked/package" "$deb" >/dev/null
        rm -rf "$unpacked"
    done
fi
ls -l "$target"/release/bundle/deb/*.deb
