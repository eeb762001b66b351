//! Zones, tiers, activities and rule books: from an overlap to findings and an outcome.
//!
//! The way of a judgement: a zone's facts and a project's keys go through every rule of a
//! [`RuleBook`]; each rule answers yes, no, or unknown for want of a key; [`judge`] turns the answers
//! into findings. Nothing is silent: what is unknown is a finding with outcome Manual that names the
//! key, and where no rule speaks there is a finding that says so.

mod activity;
mod book;
mod cases;
mod describe;
mod error;
mod industry;
mod judge;
mod keys;
mod kinds;
mod official;
mod outcome;
mod reading;
mod selector;
mod zone;

pub use activity::{Activities, Activity, ActivityMatch};
pub use book::{Rule, RuleBook, SourceDocument, Target};
pub use cases::{Case, CaseResult, test_book};
pub use describe::group_word;
pub use error::BookError;
pub use industry::industry_code;
pub use judge::{Judgement, NO_RULE, explain, explain_outside, judge, judge_outside};
pub use keys::{OpinionFact, ProjectKeys, Stage};
pub use kinds::{canonical_kind, class_of_kind};
pub use official::{OfficialOutcome, OfficialStatement, RedLineFacts, official_outcome};
pub use outcome::{Finding, Outcome};
pub use selector::{Answer, MissingKey, OpinionState, ProjectSelector, ZoneSelector};
pub use zone::{IMPORTANT_KINDS, LayerRole, STATUTORY_KINDS, Zone, ZoneChange, ZoneFacts, composed, subdivision_word};
