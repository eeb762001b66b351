//! What lies beneath the ground that a layer gained and lost: 调入, 调出 by land use.

use crate::EngineError;
use crate::assess::LandUseReader;
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
pub(crate) fn land_use(workspace: &Workspace, pieces: &[Piece]) -> Result<Vec<Beneath>, EngineError> {
    let mut layers = workspace.layers()?;
    layers.retain(|layer| layer.role == LayerRole::LandUse);
    if layers.is_empty() {
        return Ok(Vec::new());
    }
    let reader = LandUseReader::of(workspace.path(), layers, workspace.grid(), workspace.settings().plane)?;
    let mut rows: BTreeMap<(bool, String, String), Exchange> = BTreeMap::new();
    for piece in pieces {
        let gained = match (&piece.from, &piece.to) {
            (None, Some(_)) => true,
            (Some(_), None) => false,
            _ => continue,
        };
        let (parcels, rest) = reader.beneath(&piece.shape)?;
        let mut put = |key: (bool, String, String), area: Area| {
            let row = rows.entry(key).or_default();
            if gained { row.gained += area } else { row.lost += area }
        };
        let mut open = piece.area;
        for parcel in parcels {
            let area = Area { ellipsoidal_m2: parcel.ellipsoidal_m2, planar_m2: parcel.planar_m2 };
            open.ellipsoidal_m2 -= area.ellipsoidal_m2;
            open.planar_m2 -= area.planar_m2;
            put((false, parcel.code, parcel.name), area);
        }
        if rest.uncovered_m2 > NOISE_M2 {
            let planar_m2 = open.planar_m2.max(0.0);
            put((true, String::new(), String::new()), Area { ellipsoidal_m2: rest.uncovered_m2, planar_m2 });
        }
    }
    let part = |((open, code, name), sums): ((bool, String, String), Exchange)| {
        let name =
            if open { text!("无图斑覆盖" | "no parcel there") } else { text!("{code} {name}" | "{code} {name}") };
        Beneath { code, name, sums }
    };
    Ok(rows.into_iter().map(part).collect())
}
