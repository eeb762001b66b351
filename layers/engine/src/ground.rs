//! The ground a review stands on: the layers of a workspace, loaded where the plots are.

use crate::EngineError;
use crate::review::{LayerRecord, WorkspaceRecord};
use crate::states::with_drafted;
use redline_cartography::key_of;
use redline_formats::{Crs, ImportNote};
use redline_geometry::{Area, GaussKruger, Grid, TileSize, ZoneIndex};
use redline_wording::text;
use redline_workspace::{LayerInfo, RevisionInfo, Workspace};
use redline_zoning::{LayerRole, RuleBook, Zone, ZoneChange, ZoneFacts};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a layer covers of each drawing key, as summed at import: how many zones, and their areas.
///
/// # Errors
/// Those of any read.
pub(crate) fn areas_by_key(
    workspace: &Workspace,
    layer: &LayerInfo,
) -> Result<BTreeMap<String, (u64, Area)>, EngineError> {
    let mut sums: BTreeMap<String, (u64, Area)> = BTreeMap::new();
    for group in workspace.areas_by(layer)? {
        let facts = ZoneFacts {
            class: group.class,
            tier: group.tier,
            kind: group.kind,
            code: group.code,
            ..ZoneFacts::default()
        };
        let sum = sums.entry(key_of(layer.role, &facts)).or_default();
        sum.0 += group.features;
        sum.1 += Area { ellipsoidal_m2: group.ellipsoidal_m2, planar_m2: group.planar_m2 };
    }
    Ok(sums)
}

/// A judged layer with the zones near the plots, indexed.
pub(crate) struct JudgedLayer {
    pub info: LayerInfo,
    pub facts: Vec<ZoneFacts>,
    pub index: ZoneIndex,
}

/// Everything a plot is assessed against. Shared by all threads.
pub(crate) struct Ground {
    pub path: PathBuf,
    pub record: WorkspaceRecord,
    pub plane: GaussKruger,
    pub grid: Grid,
    /// Layers the book speaks of, sorted by role then name.
    pub judged: Vec<JudgedLayer>,
    /// District layers: their union is the city, beyond which no layer says anything.
    pub districts: Vec<ZoneIndex>,
    /// Land-use layers: read plot by plot, for a city may hold a million parcels.
    pub land_use: Vec<LayerInfo>,
    /// Roles the book speaks of for which no layer is loaded.
    pub missing: Vec<LayerRole>,
}

/// What is known of a workspace before any zone is loaded.
pub(crate) struct Site {
    pub workspace: Workspace,
    pub crs: Crs,
    pub plane: GaussKruger,
    pub grid: Grid,
    pub layers: Vec<LayerInfo>,
    /// What a draft changes of one of them, by its name.
    pub drafted: Option<(String, Arc<[ZoneChange]>)>,
}

impl Site {
    /// Opens `path` for reading, with its layers as they stand now or stood on `as_of`.
    pub fn open(path: &Path, as_of: Option<jiff::civil::Date>) -> Result<Site, EngineError> {
        let workspace = Workspace::open(path)?;
        let crs = Crs::from_epsg(workspace.crs_epsg())?;
        let plane = plane_of(crs, path)?;
        let grid = workspace.grid();
        let mut layers = match as_of {
            Some(date) => workspace.layers_as_of(date)?,
            None => workspace.layers()?,
        };
        layers.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
        Ok(Site { workspace, crs, plane, grid, layers, drafted: None })
    }

    /// Opens `path` for reading, with the very revisions of its layers that a review was made on,
    /// whatever was imported or edited since.
    ///
    /// # Errors
    /// `layer-revision-missing` where a revision that the review names is not there as it was; those
    /// of any read.
    pub fn recorded(path: &Path, records: &[LayerRecord]) -> Result<Site, EngineError> {
        let mut site = Site::open(path, None)?;
        let now = std::mem::take(&mut site.layers);
        let revisions = site.workspace.revisions()?;
        site.layers = records.iter().map(|r| at_revision(r, &now, &revisions)).collect::<Result<_, _>>()?;
        Ok(site)
    }

    /// Puts one layer in another state, whether it was there or not.
    pub fn set_layer(&mut self, layer: LayerInfo, drafted: Option<Arc<[ZoneChange]>>) {
        self.layers.retain(|there| there.name != layer.name);
        self.drafted = drafted.map(|changes| (layer.name.clone(), changes));
        self.layers.push(layer);
        self.layers.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
    }

    /// The zones of a layer near a place, with what is drafted of it.
    fn zones_in(&self, info: &LayerInfo, bounds: [f64; 4]) -> Result<Vec<Zone>, EngineError> {
        let drafted = self.drafted.as_ref().filter(|(name, _)| *name == info.name).map(|(_, changes)| &**changes);
        Ok(with_drafted(self.workspace.zones_in(info, bounds)?, drafted))
    }

    /// Bounds of all stated extents, workspace plane.
    pub fn extent(&self) -> Option<[f64; 4]> {
        self.layers.iter().filter_map(LayerInfo::coverage).reduce(join)
    }

    /// The workspace as a record names it.
    pub fn record(&self, path: &Path, book: Option<&RuleBook>) -> WorkspaceRecord {
        let roles = book.map(|b| b.roles()).unwrap_or_default();
        let layers: Vec<LayerRecord> = self.layers.iter().map(|l| layer_record(l, roles.contains(&l.role))).collect();
        WorkspaceRecord {
            file: file_name(path),
            crs: format!("EPSG:{}", self.crs.epsg),
            revision: layers.iter().map(|l| l.revision).max().unwrap_or(0),
            sample: self.workspace.settings().sample,
            layers,
        }
    }

    /// Loads the zones that `book` judges within `bounds` (all plots together; `None`: no plot has
    /// a place, so no zone is needed).
    pub fn load(self, path: &Path, book: &RuleBook, bounds: Option<[f64; 4]>) -> Result<Ground, EngineError> {
        let record = self.record(path, Some(book));
        let roles = book.roles();
        let mut judged = Vec::new();
        for info in self.layers.iter().filter(|l| roles.contains(&l.role)) {
            let zones = match bounds {
                Some(b) => self.zones_in(info, b)?,
                None => Vec::new(),
            };
            let (facts, shapes): (Vec<_>, Vec<_>) = zones.into_iter().map(|z| (z.facts, z.shape)).unzip();
            let index = ZoneIndex::build(shapes, self.grid, TileSize::default());
            judged.push(JudgedLayer { info: info.clone(), facts, index });
        }
        let mut districts = Vec::new();
        for info in self.layers.iter().filter(|l| l.role == LayerRole::District) {
            let zones = match bounds {
                Some(b) => self.zones_in(info, b)?,
                None => Vec::new(),
            };
            let shapes = zones.into_iter().map(|z| z.shape).collect();
            districts.push(ZoneIndex::build(shapes, self.grid, TileSize::default()));
        }
        let missing = roles.into_iter().filter(|r| !self.layers.iter().any(|l| l.role == *r)).collect();
        let land_use = self.layers.iter().filter(|l| l.role == LayerRole::LandUse).cloned().collect();
        Ok(Ground {
            path: path.to_path_buf(),
            record,
            plane: self.plane,
            grid: self.grid,
            judged,
            districts,
            land_use,
            missing,
        })
    }
}

/// The layer as it stood at the revision recorded.
fn at_revision(record: &LayerRecord, now: &[LayerInfo], revisions: &[RevisionInfo]) -> Result<LayerInfo, EngineError> {
    let layer = now.iter().find(|l| l.name == record.name);
    let revision = revisions.iter().find(|r| r.number == record.revision && r.layer == record.name);
    let (Some(layer), Some(then)) = (layer, revision.filter(|r| r.sha256 == record.sha256)) else {
        let (title, number) = (&record.title, record.revision);
        return Err(EngineError::new(
            "layer-revision-missing",
            text!(
                "图层“{title}”在审查时的版本 r{number} 已不在工作空间中，不能按原图层试算；请重新审查文件。"
                    | "Revision r{number} of “{title}”, which the review was made on, is not in the workspace any more, so nothing can be tried on it; check the files again."
            ),
        ));
    };
    Ok(LayerInfo {
        source: then.source.clone(),
        source_date: then.source_date.clone(),
        date: then.date,
        revision: then.number,
        sha256: then.sha256.clone(),
        features: then.features,
        extent: then.extent,
        stated_extent: then.stated_extent,
        ellipsoidal_m2: then.ellipsoidal_m2,
        planar_m2: then.planar_m2,
        ..layer.clone()
    })
}

/// The Gauss–Krüger plane of `crs`, which a workspace must have for ellipsoidal areas.
pub(crate) fn plane_of(crs: Crs, path: &Path) -> Result<GaussKruger, EngineError> {
    crs.gauss_kruger().ok_or_else(|| {
        let (file, epsg) = (file_name(path), crs.epsg);
        EngineError::new(
            "workspace-not-projected",
            text!(
                "{file}：工作空间的坐标系 EPSG:{epsg} 不是高斯-克吕格平面，无法量算面积；请以 EPSG:4513–4554 之一重新建立。" |
                "{file}: the workspace's EPSG:{epsg} is not a Gauss–Krüger plane, so areas cannot be measured; make it anew in one of EPSG:4513–4554."
            ),
        )
    })
}

/// The record of one layer.
pub(crate) fn layer_record(info: &LayerInfo, judged: bool) -> LayerRecord {
    LayerRecord {
        name: info.name.clone(),
        title: info.title.clone(),
        role: info.role,
        source: info.source.clone(),
        date: info.date.to_string(),
        revision: info.revision,
        sha256: info.sha256.clone(),
        extent: info.coverage(),
        judged,
        edited_outside: info.edited_outside,
    }
}

/// A warning for each layer that another program changed: what is quoted of it is not what stands there.
pub(crate) fn edited_outside(record: &WorkspaceRecord) -> Vec<ImportNote> {
    let edited = record.layers.iter().filter(|layer| layer.edited_outside);
    let note = |layer: &LayerRecord| {
        let (title, revision) = (&layer.title, layer.revision);
        ImportNote::warning(
            "layer-edited-outside",
            text!(
                "图层“{title}”在版本 {revision} 导入之后被其他程序改动，版本、指纹和面积合计已与内容不符；请从来源重新导入后再用。"
                    | "The layer “{title}” was changed by another program after revision {revision} was imported: revision, hash and area sums no longer fit its content. Import it again from its source before relying on it."
            ),
        )
    };
    edited.map(note).collect()
}

/// The last part of a path, for records and sentences.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

/// The smallest box around two.
pub(crate) fn join(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}
