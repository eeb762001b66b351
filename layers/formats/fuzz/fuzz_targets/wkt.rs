//! The CRS of any WKT: a known one or a refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(crs) = redline_formats::Crs::from_wkt(text) {
        assert!(crs.datum().is_some());
    }
});
