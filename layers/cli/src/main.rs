//! The command `redline`.
fn main() {}
