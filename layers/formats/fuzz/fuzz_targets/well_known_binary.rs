//! Any bytes as well-known binary.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| redline_formats::fuzzing::well_known_binary(bytes));
