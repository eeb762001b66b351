//! Coordinates, decimal or in degrees, minutes and seconds, from any text: never infinite.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(value) = redline_formats::coordinate(text) {
        assert!(value.is_finite());
    }
});
