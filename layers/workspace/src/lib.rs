//! The workspace: one GeoPackage file (OGC 12-128r17, version 1.3) with layers, dated revisions and
//! review records, which QGIS and ogrinfo open as any other.
//!
//! Every import is a [revision](RevisionInfo): the former state of a layer moves to its history and
//! can be read as it stood on any [date](Workspace::layers_as_of). A planner changes a layer in a
//! [draft](Workspace::start_draft), whose [edits](Workspace::apply_edit) can be undone without limit,
//! until it is [confirmed](Workspace::confirm_draft) as a revision. Changes are transactions;
//! reading never writes. SQLite is the system's own, the one GDAL loads: two in one process would
//! drop each other's file locks.

// lets tests inside the crate share the small city of the tests outside
#[cfg(test)]
extern crate self as redline_workspace;
#[cfg(test)]
#[path = "../tests/common/mod.rs"]
mod common;

mod compare;
mod content;
mod disk;
mod document;
mod draft;
mod draft_state;
mod drawing;
mod edit_log;
mod editor;
mod error;
mod finding;
mod geometry;
mod goals;
mod layer;
mod lock;
mod opening;
mod query;
mod review;
mod revise;
mod schema;
mod settings;
mod version;
mod wkt;
mod zone_change;

pub use document::Workspace;
pub use draft::{DraftInfo, NewDraft};
pub use drawing::{Stored, StoredZone, ZonePlace};
pub use edit_log::{EditEntry, NewEdit};
pub use error::{Result, WorkspaceError};
pub use finding::FoundZone;
pub use geometry::Bounds;
pub use layer::{AreaGroup, LayerInfo, NewRevision, RevisionInfo, layer_name};
pub use query::ZoneSummary;
pub use redline_zoning::{ZoneChange, composed};
pub use review::{LARGEST_FILE, ReviewEntry, ReviewFile, ReviewRecord, Saved};
pub use settings::{FORMAT_VERSION, Settings};
pub use version::NewVersion;
