//! Any bytes as the attribute table of a Shapefile.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| redline_formats::fuzzing::attribute_table(bytes));
