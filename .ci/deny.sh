#!/usr/bin/env bash
# Licences, advisories and bans by deny.toml, where cargo-deny is installed. Compiling cargo-deny
# takes minutes, so `make test` does not install it: it says that the check was left out.
set -euo pipefail
if cargo deny --version >/dev/null 2>&1; then
    exec cargo deny --log-level warn check
fi
echo 'left out: cargo-deny is not installed (cargo install cargo-deny --locked, then make deny)'
