//! End to end: the built command driven on real files, an independent oracle, and the data of the
//! benchmarks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test house: failing loudly is its work

pub mod city;
pub mod clock;
pub mod command;
pub mod generated;
pub mod geos_side;
pub mod ogr;
pub mod random;
