#!/usr/bin/env bash
# Licences, sources and bans by deny.toml, where cargo-deny is installed; advisories of both kinds of
# package where their databases can be reached. Compiling cargo-deny takes minutes, so `make test`
# does not install it: it says what was left out.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! cargo deny --version >/dev/null 2>&1; then
    echo 'left out: cargo-deny is not installed (cargo install cargo-deny --locked, then make deny)'
else
    cargo deny --log-level error check bans licenses sources
    if cargo deny --log-level error fetch db >/dev/null 2>&1; then
        cargo deny --log-level error check advisories
    else
        echo 'left out: the advisory database cannot be reached'
    fi
fi

[ -d ui/node_modules ] || exit 0
if words=$(cd ui && npm audit --audit-level=high 2>&1); then
    exit 0
elif grep -qE 'audit endpoint returned an error|ENOTFOUND|ECONN|EAI_AGAIN' <<<"$words"; then
    echo 'left out: the npm registry answers no audit'
else
    printf '%s\n' "$words" >&2
    exit 1
fi
