//! `export`: one state of a layer as a file that other programs open.

use crate::states::DiffState;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Which state of a layer of which workspace, and where to.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// The workspace.
    pub workspace: PathBuf,
    /// The layer; `None` where the state names it.
    pub layer: Option<String>,
    /// A revision (`3`, `r3`), a version's title, `now`, or `draft:NAME`.
    pub state: String,
    /// The file: `.gpkg`, `.shp` or `.geojson`.
    pub output: PathBuf,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExportedLayer {
    /// The layer's name.
    pub layer: String,
    /// Its title.
    pub title: String,
    /// The state.
    pub state: DiffState,
    /// How many zones.
    pub zones: u64,
}
