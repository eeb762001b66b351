//! One file a command: its request, its answer, its work.

pub mod areas;
pub mod check;
pub mod import;
pub mod inspect;
pub mod reviews;
pub mod sample;
