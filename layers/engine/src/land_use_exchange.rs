//! What lies beneath the ground that a layer gained and lost: 调入, 调出 by land use.

use crate::EngineError;
use crate::assess::LandUseReader;
use crate::commands::check_work::cancelled;
use crate::progress::Progress;
use rayon::prelude::*;
use redline_coverage::compare::{Exchange, Piece};
use redline_geometry::Area;
use redline_wording::{Text, text};
use redline_workspace::Workspace;
use redline_zoning::LayerRole;
use std::collections::BTreeMap;

/// Less than this is rounding of the overlay grid, m².
const NOISE_M2: f64 = 1e-4;

/// One land use of the ground gained and lost.
pub(crate) struct Beneath {
    /// Its code; empty where no parcel lies.
    pub code: String,
    /// Its code and name for people.
    pub name: Text,
    /// How much.
    pub sums: Exchange,
}

/// Land use beneath the pieces that came into the layer from nobody or went out of it to nobody,
/// by code; none where the workspace has no land use. The parcels are those that stand now.
/// Cancellable, with progress.
pub(crate) fn land_use(
    workspace: &Workspace,
    pieces: &[Piece],
    progress: &dyn Progress,
) -> Result<Vec<Beneath>, EngineError> {
    let (path, grid, plane) = (workspace.path(), workspace.grid(), workspace.settings().plane);
    let mut layers = workspace.layers()?;
    layers.retain(|layer| layer.role == LayerRole::LandUse);
    if layers.is_empty() {
        return Ok(Vec::new());
    }
    let moved: Vec<(bool, &Piece)> = pieces
        .iter()
        .filter_map(|piece| match (&piece.from, &piece.to) {
            (None, Some(_)) => Some((true, piece)),
            (Some(_), None) => Some((false, piece)),
            _ => None,
        })
        .collect();
    progress.stage(&text!("统计地类" | "land use of what moved"), Some(moved.len() as u64));
    let beneath = moved
        .par_iter()
        .map_init(
            // SQLite connections do not cross threads
            || LandUseReader::of(path, layers.clone(), grid, plane),
            |reader, (_, piece)| {
                if progress.cancelled() {
                    return Err(cancelled());
                }
                let found = reader.as_ref().map_err(Clone::clone)?.beneath(&piece.shape)?;
                progress.advance(1);
                Ok(found)
            },
        )
        .collect::<Result<Vec<_>, EngineError>>()?;
    let mut rows: BTreeMap<(Part, String, String), Exchange> = BTreeMap::new();
    // summed in the pieces' order, whichever thread was first
    for ((gained, _), (parcels, rest)) in moved.iter().zip(beneath) {
        let mut put = |key: (Part, String, String), area: Area| {
            let row = rows.entry(key).or_default();
            if *gained { row.gained += area } else { row.lost += area }
        };
        for parcel in parcels {
            let area = Area { ellipsoidal_m2: parcel.ellipsoidal_m2, planar_m2: parcel.planar_m2 };
            put((Part::Parcels, parcel.code, parcel.name), area);
        }
        for (part, area) in [(Part::Open, rest.uncovered), (Part::Twice, rest.double_counted)] {
            if area.ellipsoidal_m2 > NOISE_M2 {
                put((part, String::new(), String::new()), area);
            }
        }
    }
    let named = |((part, code, name), sums): ((Part, String, String), Exchange)| {
        let name = match part {
            Part::Parcels => text!("{code} {name}" | "{code} {name}"),
            Part::Open => text!("无图斑覆盖" | "no parcel there"),
            Part::Twice => text!("其中图斑重叠、计算两次" | "of these, counted twice where parcels overlap"),
        };
        Beneath { code, name, sums }
    };
    Ok(rows.into_iter().map(named).collect())
}

/// The rows in their order: Σ parcels + open − twice = the ground.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Parcels,
    Open,
    Twice,
}
