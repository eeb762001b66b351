//! The work of `sample`.

use crate::EngineError;
use crate::commands::sample::{SampleReport, SampleRequest};
use crate::ground::{Site, layer_record};
use crate::progress::Progress;
use redline_samples::{CityOptions, city, write_city};

/// Makes the synthetic city and its project files in `request.dir`.
///
/// # Errors
/// When the folder cannot be written or already holds a workspace, or the person cancelled.
pub fn sample(request: &SampleRequest, progress: &dyn Progress) -> Result<SampleReport, EngineError> {
    let options = CityOptions { parcels: request.parcels, seed: request.seed };
    let mut shown = (String::new(), 0);
    let mut show = |p: redline_samples::Progress| {
        if p.step.zh != shown.0 {
            progress.stage(&p.step, Some(p.total));
            shown = (p.step.zh.clone(), 0);
        }
        progress.advance(p.done.saturating_sub(shown.1));
        shown.1 = p.done;
        !progress.cancelled()
    };
    let made = city(&options, &mut show)?;
    let written = write_city(&made, &request.dir, &mut show)?;
    let site = Site::open(&written.workspace, None)?;
    Ok(SampleReport {
        layers: site.layers.iter().map(|l| layer_record(l, l.role.judged())).collect(),
        workspace: written.workspace,
        projects: written.projects,
    })
}
