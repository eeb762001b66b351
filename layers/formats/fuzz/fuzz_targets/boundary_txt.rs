//! Boundary-point text from any bytes: read or refused, and whatever is read is finite.
#![no_main]

use libfuzzer_sys::fuzz_target;
use redline_formats::raw::RawGeometry;

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = redline_formats::boundary_txt::parse(bytes, "a.txt") else { return };
    for feature in &file.features {
        if let RawGeometry::Rings(rings) = &feature.geometry {
            assert!(rings.iter().flat_map(|r| &r.points).all(|p| p.x.is_finite() && p.y.is_finite()));
        }
    }
});
