//! The commands every front calls: the window and the command line ask here and get the same
//! answers. Knows neither Tauri nor clap, reads no clock.

mod activity_rows;
mod activity_table;
mod assess;
pub mod commands;
mod convert;
pub mod desk;
mod error;
mod geographic;
mod ground;
mod impact;
mod input;
mod keyring;
mod land_use_exchange;
pub mod output;
pub mod papers;
mod progress;
pub mod review;
mod states;

pub use commands::areas::{AreaRow, AreasReport, AreasRequest, TargetRow};
pub use commands::areas_work::areas;
pub use commands::check::{AcceptedNote, CheckRequest, Checked, OpinionFile, Saved};
pub use commands::check_work::check;
pub use commands::diff::{DiffFacts, DiffPiece, DiffReport, DiffRequest, DiffRow, DiffZone};
pub use commands::diff_work::diff;
pub use commands::export::{ExportRequest, ExportedLayer};
pub use commands::export_work::{export, is_workspace};
pub use commands::import::{ClaimedExtent, FieldMapRow, ImportRequest, Imported};
pub use commands::import_work::import;
pub use commands::inspect::{InspectRequest, InspectedFile, InspectedPlot, Inspection};
pub use commands::inspect_work::inspect;
pub use commands::reviews::SavedReview;
pub use commands::reviews_work::{review as saved_review, reviews};
pub use commands::rules::{activities, load_rules, rule_books, test_rules};
pub use commands::sample::{SampleReport, SampleRequest};
pub use commands::sample_work::sample;
pub use desk::{Desk, Folders};
pub use error::EngineError;
pub use geographic::to_geographic;
pub use impact::{ImpactNote, ImpactPiece, ImpactPlot, ImpactReport, ImpactRequest, impact};
pub use progress::{Progress, Silent};
pub use redline_formats::{Acceptance, Axes};
pub use redline_wording::{Lang, Text};
pub use redline_zoning::{Activity, CaseResult, LayerRole, Outcome, Rule, RuleBook, Stage};
pub use review::Review;
pub use states::DiffState;
