#!/usr/bin/env bash
# Licences, sources and bans by deny.toml, where cargo-deny is installed; advisories where their
# database can be fetched. Compiling cargo-deny takes minutes, so `make test` does not install it: it
# says what was left out.
set -euo pipefail
if ! cargo deny --version >/dev/null 2>&1; then
    echo 'left out: cargo-deny is not installed (cargo install cargo-deny --locked, then make deny)'
    exit 0
fi
cargo deny --log-level error check bans licenses sources
if cargo deny --log-level error fetch db >/dev/null 2>&1; then
    cargo deny --log-level error check advisories
else
    echo 'left out: the advisory database cannot be reached'
fi
