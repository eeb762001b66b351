//! Any bytes as text in an unknown encoding.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| redline_formats::fuzzing::text(bytes));
