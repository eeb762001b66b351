//! The window's TypeScript is what the engine declares.

use std::path::Path;

const PAGE: &str = "../../ui/src/engine/wire.ts";

/// `make types` sets `WRITE_TYPES` to write the page anew.
#[test]
fn the_windows_types_are_those_of_the_engine() {
    let page = redline_engine::desk::typescript();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    if std::env::var_os("WRITE_TYPES").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == page,
        "ui/src/engine/wire.ts differs from the engine's declarations: run `make types` and commit it"
    );
}
