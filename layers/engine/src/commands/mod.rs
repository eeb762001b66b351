//! One file a command's request and answer, one its work.

pub mod areas;
pub mod areas_work;
pub mod check;
pub mod check_work;
pub mod diff;
pub mod diff_work;
pub mod export;
pub mod export_work;
pub mod import;
pub mod import_work;
pub mod inspect;
pub mod inspect_work;
mod keep;
pub mod reviews;
pub mod reviews_work;
pub mod rules;
pub mod sample;
pub mod sample_work;
