//! `sample`: the synthetic city.

use crate::review::LayerRecord;
use std::path::PathBuf;

/// Where and how large.
#[derive(Clone, Debug)]
pub struct SampleRequest {
    /// Folder to write into; made when it is not there, refused when it holds another workspace.
    pub dir: PathBuf,
    /// Seed.
    pub seed: u64,
    /// Land-use parcels.
    pub parcels: usize,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct SampleReport {
    /// The workspace.
    pub workspace: PathBuf,
    /// Its layers with their content hashes.
    pub layers: Vec<LayerRecord>,
    /// The sample project files.
    pub projects: Vec<PathBuf>,
}
