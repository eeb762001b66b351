//! The land use beneath a plot.

use crate::EngineError;
use crate::ground::Ground;
use crate::review::{LandUse, LandUseRest};
use redline_geometry::{Area, GaussKruger, Grid, Shape, TileSize, ZoneIndex, overlay, windows};
use redline_workspace::{LayerInfo, Workspace};
use redline_zoning::Zone;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// How many parcels of usual size a question to the workspace should be worth, at least.
const PARCELS_ASKED_FOR: f64 = 32.0;

/// What the land-use layers leave open beneath a shape, and what they count twice.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rest {
    /// Whether a land-use layer is loaded at all.
    pub loaded: bool,
    /// No parcel there.
    pub uncovered: Area,
    /// Counted twice by overlapping parcels.
    pub double_counted: Area,
}

impl Rest {
    /// As a review records it.
    pub fn record(&self) -> LandUseRest {
        LandUseRest {
            loaded: self.loaded,
            uncovered_m2: self.uncovered.ellipsoidal_m2,
            double_counted_m2: self.double_counted.ellipsoidal_m2,
        }
    }
}

/// Reads parcels near one plot at a time; each thread has its own, as SQLite connections do not
/// cross threads.
pub(crate) struct LandUseReader {
    workspace: Workspace,
    layers: Vec<LayerInfo>,
    grid: Grid,
    plane: GaussKruger,
}

impl LandUseReader {
    /// Opens the workspace of `ground` once more.
    pub fn open(ground: &Ground) -> Result<LandUseReader, EngineError> {
        LandUseReader::of(&ground.path, ground.land_use.clone(), ground.grid, ground.plane)
    }

    /// Opens a workspace once more, for these land-use layers of it.
    pub fn of(
        path: &Path,
        layers: Vec<LayerInfo>,
        grid: Grid,
        plane: GaussKruger,
    ) -> Result<LandUseReader, EngineError> {
        Ok(LandUseReader { workspace: Workspace::open(path)?, layers, grid, plane })
    }

    /// Land use by code beneath `shape`, and what is left open or counted twice.
    pub fn beneath(&self, shape: &Shape) -> Result<(Vec<LandUse>, Rest), EngineError> {
        let mut rows: BTreeMap<(String, String, String), Area> = BTreeMap::new();
        let mut rest = Rest { loaded: !self.layers.is_empty(), ..Rest::default() };
        if shape.0.is_empty() {
            return Ok((Vec::new(), rest));
        }
        let mut pieces = Vec::new();
        for info in &self.layers {
            let zones = self.near(shape, info)?;
            let (facts, shapes): (Vec<_>, Vec<_>) = zones.into_iter().map(|z| (z.facts, z.shape)).unzip();
            let index = ZoneIndex::build(shapes, self.grid, TileSize::default());
            for overlap in index.overlaps(shape) {
                let piece = self.plane.area(&overlap.shape);
                let zone = &facts[overlap.zone];
                let key =
                    (zone.code.clone().unwrap_or_default(), zone.name.clone(), zone.class.clone().unwrap_or_default());
                let row = rows.entry(key).or_default();
                row.ellipsoidal_m2 += piece.ellipsoidal_m2;
                row.planar_m2 += piece.planar_m2;
                pieces.push(overlap.shape);
            }
        }
        if rest.loaded {
            let sum: Area = rows.values().copied().sum();
            let borrowed: Vec<&Shape> = pieces.iter().collect();
            let union = overlay::union(&borrowed, &self.grid);
            let covered = self.plane.area(&union);
            rest.double_counted = Area {
                ellipsoidal_m2: sum.ellipsoidal_m2 - covered.ellipsoidal_m2,
                planar_m2: sum.planar_m2 - covered.planar_m2,
            };
            // measured, not subtracted: that the parts sum to the plot can then be wrong, and is tested
            let left = overlay::difference(shape, &union, &self.grid);
            rest.uncovered = self.plane.area(&left);
        }
        let rows = rows
            .into_iter()
            .map(|((code, name, great_class), area)| LandUse {
                code,
                name,
                great_class,
                ellipsoidal_m2: area.ellipsoidal_m2,
                planar_m2: area.planar_m2,
            })
            .collect();
        Ok((rows, rest))
    }

    /// The parcels near `shape`, sorted by id.
    ///
    /// A road across a city has the city for its box: what is asked for is the parcels of the boxes along
    /// it, each large enough for some [`PARCELS_ASKED_FOR`].
    fn near(&self, shape: &Shape, info: &LayerInfo) -> Result<Vec<Zone>, EngineError> {
        let extent_m2 = info.extent.map_or(0.0, |[x0, y0, x1, y1]| (x1 - x0) * (y1 - y0));
        let side_m = match (PARCELS_ASKED_FOR * extent_m2 / info.features.max(1) as f64).sqrt() {
            side_m if side_m > 0.0 => side_m,
            _ => f64::INFINITY,
        };
        let mut near: Vec<Zone> = Vec::new();
        // A parcel in several boxes comes with each: by its id, where in `near` it stands.
        let mut known: HashMap<String, Vec<usize>> = HashMap::new();
        for window in windows(shape, side_m, &self.grid) {
            let (min, max) = (window.min(), window.max());
            let before = near.len();
            for zone in self.workspace.zones_in(info, [min.x, min.y, max.x, max.y])? {
                let same = known.entry(zone.facts.id.clone()).or_default();
                // One box never gives a parcel twice: two that are alike in it are two in the layer.
                if same.iter().any(|&at| at < before && near[at] == zone) {
                    continue;
                }
                same.push(near.len());
                near.push(zone);
            }
        }
        near.sort_by(|a, b| a.facts.id.cmp(&b.facts.id));
        Ok(near)
    }
}
