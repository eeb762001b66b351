//! Zone layers in: a red line, control line, land-use survey … as zones that rules can judge.
//!
//! Fields are matched by the names authorities use, values by the words they use; whatever a rule
//! depends on and cannot be matched for certain ends the import with a question. Polygons are
//! rebuilt by the even-odd rule and noded against their neighbours; every change is listed.

mod acceptance;
mod build;
mod defect_notes;
mod fields;
mod file_choice;
mod land_codes;
mod note_list;
mod red_line;
mod tally;
mod values;

pub use acceptance::Acceptance;
pub use land_codes::land_use_name;

use crate::raw::{RawFeature, RawFile, RawGeometry, RawPoint, RawRing};
use crate::vector::source::{Source, SourceLayer};
use crate::{Crs, CrsDecision, FormatError, ImportNote, ReadOptions, Transform, evidence};
use build::Building;
use fields::Samples;
use redline_geometry::{Grid, Shape, coverage};
use redline_wording::{Text, text};
use redline_zoning::{LayerRole, Zone};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Features looked at before reading: for the CRS and for questions about fields.
const LOOKED_AT: usize = 400;

/// How to read a zone layer.
#[derive(Clone, Debug)]
pub struct ZoneReadOptions {
    /// The plane to bring zones into.
    pub target: Crs,
    /// Overrides the file's own CRS (`--crs EPSG:N`).
    pub crs: Option<Crs>,
    /// What the user says of fields: meaning → field name (`tier` → `GKCS`), and of values:
    /// `meaning:value` → canonical value (`tier:甲` → `1`). Meanings are `id`, `name`, `class`,
    /// `tier`, `kind`, `code`, `area`.
    pub map: BTreeMap<String, String>,
    /// Which layer of a file that has several.
    pub layer: Option<String>,
    /// The overlay grid of the workspace, on which repairs snap.
    pub grid: Grid,
    /// Doubts the importer accepts by name; any other that would move or shrink a judged layer ends
    /// the import.
    pub accept: BTreeSet<Acceptance>,
}

/// One field and what it was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMatch {
    /// The source's field name.
    pub field: String,
    /// What it was read as: `id`, `name`, `class`, `tier`, `kind`, `code`, `area`.
    pub meaning: String,
}

/// A zone layer once read.
#[derive(Clone, Debug)]
pub struct ZoneFile {
    /// Name to show, without folders.
    pub name: String,
    /// Hex SHA-256 of the bytes (of all members for multi-file formats).
    pub sha256: String,
    /// CRS and evidence.
    pub crs: CrsDecision,
    /// Zones in the plane asked for, in the source's order, ids unique, neighbours noded.
    pub zones: Vec<Zone>,
    /// Every repair, guess and skip.
    pub notes: Vec<ImportNote>,
    /// Which field was read as what.
    pub field_map: Vec<FieldMatch>,
    /// The date the source states for itself, where all its features state one (`SJNF`, `GXSJ` …).
    pub source_date: Option<String>,
}

/// Reads a zone layer from a Shapefile, File Geodatabase, GeoPackage, GeoJSON or KML, or from a
/// folder or ZIP that holds one of these.
///
/// # Errors
/// `field-unsure` and `value-unknown` name what must be said with `--map`; `layer-unsure` what must
/// be said with `--layer`; `crs-undecided` with `--crs`; `datum-unaccepted` and `zones-left-out` what
/// must be corrected, or accepted with `--accept`. The rest as for project files.
///
/// ```no_run
/// use redline_formats::{Crs, ZoneReadOptions, read_zones};
/// use redline_geometry::Grid;
/// use redline_zoning::LayerRole;
/// let options = ZoneReadOptions {
///     target: Crs::from_epsg(4526)?,
///     crs: None,
///     map: [("tier".to_owned(), "GKCS".to_owned())].into(),
///     layer: None,
///     grid: Grid::around(38_400_000.0, 2_500_000.0),
///     accept: Default::default(),
/// };
/// let file = read_zones("生态控制线.shp".as_ref(), LayerRole::ControlLine, &options)?;
/// println!("{} zones, {} notes", file.zones.len(), file.notes.len());
/// # Ok::<(), redline_formats::FormatError>(())
/// ```
pub fn read_zones(path: &Path, role: LayerRole, options: &ZoneReadOptions) -> Result<ZoneFile, FormatError> {
    let choice = file_choice::choose(path)?;
    let mut source = Source::open(&choice.path, choice.format)?;
    let name = choice.name.clone();
    let layer = file_choice::layer(&name, &source, options.layer.as_deref())?;
    let mut notes = choice.notes;
    notes.append(&mut source.notes);

    let (sample, samples) = look(&mut source, &layer, &name)?;
    let read = ReadOptions {
        axes: None,
        keep_drawn: false,
        crs: options.crs,
        target: options.target,
        extent: None,
        width_m: None,
        grid: options.grid,
    };
    let decided = evidence::decide(&sample, &read)?;
    let reading = decided.readings.first().copied();
    if decided.readings.iter().any(|other| Some(*other) != reading) {
        return Err(FormatError::new(
            "coordinates-mixed",
            text!(
                "“{name}”中各要素的坐标写法不一致（坐标轴或带号不同）。图层应使用同一坐标系，请修正后再导入。"
                    | "The features of “{name}” write their coordinates in different ways (axes or zone numbers). A layer must use one CRS: correct it, then import it."
            ),
        ));
    }
    for note in decided.notes {
        if note.doubts_place() {
            notes.extend(acceptance::datum(&name, role, note, &options.accept)?);
        } else {
            notes.push(note);
        }
    }
    let columns = fields::columns(&name, role, &layer.fields, &samples, &options.map)?;
    for (meaning, chosen, others) in &columns.passed_over {
        let others: Vec<&str> = others.iter().map(|i| layer.fields[*i].as_str()).collect();
        let (word, chosen, others) = (meaning.word(), &layer.fields[*chosen], others.join("、"));
        notes.push(ImportNote::info(
            "field-chosen",
            text!(
                "“{name}”有多个字段可作 {word}：采用“{chosen}”，未采用“{others}”。"
                    | "Several fields of “{name}” could be the {word}: “{chosen}” is used, “{others}” is not."
            ),
        ));
    }
    for (meaning, value, said) in columns.said() {
        let word = meaning.word();
        notes.push(ImportNote::info(
            "value-said",
            text!(
                "“{name}”的 {word} 值“{value}”按导入人所说读作“{said}”。"
                    | "The {word} “{value}” of “{name}” is read as “{said}”, as whoever imported it said."
            ),
        ));
    }
    let field_map = columns.field_map(&layer.fields);
    let transform = Transform::between(decided.decision.crs, options.target)?;
    if let Some(doubt) = transform.doubt() {
        notes.extend(acceptance::datum(&name, role, doubt, &options.accept)?);
    }
    let mut building = Building::new(&name, role, &layer, columns, reading, transform, options.grid);
    source.notes.clear();
    source.each(&layer, |feature| building.take(feature))?;
    let (mut zones, source_date, built) = building.finish()?;
    notes.extend(built);
    notes.append(&mut source.notes);
    if zones.is_empty() {
        return Err(FormatError::new(
            "no-zones",
            text!(
                "“{name}”的图层“{}”中没有可用的面。请确认选对了图层。"
                    | "Layer “{}” of “{name}” holds no usable polygon. Make sure that it is the right layer.",
                layer.name
            ),
        ));
    }
    notes.extend(acceptance::left_out(&name, role, &notes, &options.accept)?);
    notes.extend(node(&name, &mut zones));
    Ok(ZoneFile { name, sha256: source.sha256.clone(), crs: decided.decision, zones, notes, field_map, source_date })
}

/// The first features: their geometry for the CRS, their values for questions.
fn look(source: &mut Source, layer: &SourceLayer, name: &str) -> Result<(RawFile, Samples), FormatError> {
    let mut by_column: Vec<Vec<String>> = vec![Vec::new(); layer.fields.len()];
    let mut features = Vec::new();
    // Ends the reading early; it is not an error of the file's.
    let enough = || FormatError::new("enough", Text::default());
    let result = source.each(layer, |feature| {
        for (values, value) in by_column.iter_mut().zip(&feature.values) {
            if let Some(value) = value
                && values.len() < 8
                && !values.contains(value)
            {
                values.push(value.clone());
            }
        }
        if let Some(Ok(parts)) = feature.geometry
            && !parts.rings.is_empty()
        {
            let rings = parts.rings.into_iter().map(|ring| RawRing {
                label: None,
                points: ring.into_iter().take(64).map(|c| RawPoint { name: None, x: c.x, y: c.y }).collect(),
                closed: true,
            });
            features.push(RawFeature {
                id: None,
                name: None,
                geometry: RawGeometry::Rings(rings.collect()),
                declared: None,
                declared_points: None,
                purpose: None,
                attributes: BTreeMap::new(),
                place: text!("第 {} 个要素" | "feature {}", feature.number),
            });
        }
        if feature.number >= LOOKED_AT { Err(enough()) } else { Ok(()) }
    });
    match result {
        Err(error) if error.code != "enough" => return Err(error),
        _ => {}
    }
    if features.is_empty() {
        return Err(FormatError::new(
            "no-zones",
            text!(
                "“{name}”的图层“{}”中没有面。请确认选对了图层。"
                    | "Layer “{}” of “{name}” holds no polygon. Make sure that it is the right layer.",
                layer.name
            ),
        ));
    }
    let mut hints: Vec<_> = layer.hint.iter().cloned().collect();
    crate::vector::geojson_default(source.format, &features, &mut hints);
    let file = RawFile {
        name: name.to_owned(),
        format: source.format,
        sha256: source.sha256.clone(),
        members: source.members.clone(),
        hints,
        features,
        notes: Vec::new(),
    };
    Ok((file, Samples { by_column }))
}

/// Nodes neighbours against each other, and says what that changed: one note a zone.
fn node(name: &str, zones: &mut [Zone]) -> Vec<ImportNote> {
    let mut shapes: Vec<Shape> =
        zones.iter_mut().map(|zone| std::mem::replace(&mut zone.shape, Shape::new(Vec::new()))).collect();
    let noded = coverage::node_t_junctions(&mut shapes, coverage::TOLERANCE_M);
    for (zone, shape) in zones.iter_mut().zip(shapes) {
        zone.shape = shape;
    }
    let mut by_zone: BTreeMap<usize, (usize, f64, f64)> = BTreeMap::new();
    for one in &noded {
        let of_zone = by_zone.entry(one.zone).or_default();
        of_zone.0 += 1;
        of_zone.1 += one.area_changed_m2;
        of_zone.2 = of_zone.2.max(one.moved_m);
    }
    let mut list = note_list::NoteList::new(name);
    for (zone, (count, area, moved)) in by_zone {
        let id = &zones[zone].facts.id;
        list.push(
            ImportNote::info(
                "t-junction",
                text!("分区“{id}”的边上补入 {count} 个邻区顶点，边界最多移动 {moved:.4} 米。" | "{count} vertices of neighbours were inserted on the edges of zone “{id}”; its boundary moved by {moved:.4} m at most."),
            )
            .of_plot(id)
            .of_area(area),
        );
    }
    list.finish()
}

#[cfg(test)]
mod tests;
