//! The built command `redline` on real files: one binary, so that the sample city is made once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code

mod bad_input;
mod bad_workspace;
mod formats;
mod open;
mod oracle;
mod papers;
mod record;
mod report;
mod revisions;
mod sample;
mod support;
