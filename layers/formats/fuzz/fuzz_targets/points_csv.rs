//! Point lists from any bytes: read or refused, and whatever is read has points.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = redline_formats::points::parse_csv(bytes, "a.csv") {
        assert!(!file.features.is_empty());
    }
});
