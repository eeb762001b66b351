//! A vector file as project plots: raw features, nothing decided, nothing repaired.

use super::dxf;
use super::fields::{Meaning, find};
use super::source::{Source, SourceFeature, SourceLayer, shown};
use super::wkb::{Parts, WkbDefect};
use crate::raw::{
    CrsHint, DeclaredArea, DeclaredUnit, FileFormat, RawFeature, RawFile, RawGeometry, RawPoint, RawRing,
};
use crate::{FormatError, ImportNote};
use geo_types::Coord;
use redline_wording::{Text, text};
use std::collections::BTreeMap;
use std::path::Path;

/// A project file larger than this is a layer, not a project.
const LARGEST: u64 = 2 << 30;
/// More features than this are a layer, not a project.
const MOST_FEATURES: usize = 200_000;

/// Reads a vector file: one [`RawFile`], or one for every CRS where its layers differ in that.
///
/// # Errors
/// See [`Source::open`]; also `no-features`, `file-too-large`.
pub(crate) fn read(path: &Path, format: FileFormat) -> Result<Vec<RawFile>, FormatError> {
    let name = shown(path);
    let mut source = Source::open(path, format)?;
    let size: u64 = source.members.iter().filter_map(|m| m.metadata().ok()).map(|m| m.len()).sum();
    if size > LARGEST {
        let gb = size as f64 / f64::from(1 << 30);
        return Err(FormatError::new(
            "file-too-large",
            text!(
                "“{name}”有 {gb:.1} GB，不像项目文件（上限 2 GB）。若是控制线图层，请用 redline import 导入；否则请只导出项目范围。"
                    | "“{name}” has {gb:.1} GB, too much for a project file (2 GB at most). If it is a zone layer, use redline import; otherwise export only the project's extent."
            ),
        ));
    }
    let layers = std::mem::take(&mut source.layers);
    let (spatial, tables): (Vec<_>, Vec<_>) = layers.into_iter().partition(|layer| layer.spatial);
    let mut notes = Vec::new();
    for table in &tables {
        notes.push(ImportNote::info(
            "table-skipped",
            text!(
                "“{name}”中的“{}”是没有图形的表，未读取。"
                    | "“{}” in “{name}” is a table without shapes and was not read.",
                table.name
            ),
        ));
    }
    let mut files: Vec<(Option<CrsHint>, Vec<String>, RawFile)> = Vec::new();
    for layer in &spatial {
        let mut reading = Reading::new(&name, layer, format, spatial.len() > 1);
        source.each(layer, |feature| reading.take(feature))?;
        let (features, of_layer) = reading.finish();
        let crs = layer.hint.as_ref().map(without_by);
        let at = files.iter().position(|(known, _, _)| *known == crs).unwrap_or_else(|| {
            files.push((
                crs,
                Vec::new(),
                RawFile {
                    name: name.clone(),
                    format,
                    sha256: source.sha256.clone(),
                    members: source.members.clone(),
                    hints: layer.hint.iter().cloned().collect(),
                    features: Vec::new(),
                    notes: Vec::new(),
                },
            ));
            files.len() - 1
        });
        if !features.is_empty() || !of_layer.is_empty() {
            files[at].1.push(layer.name.clone());
        }
        files[at].2.features.extend(features);
        files[at].2.notes.extend(of_layer);
    }
    notes.splice(0..0, std::mem::take(&mut source.notes));
    // A layer that holds nothing needs no file of its own.
    if files.iter().any(|(_, _, file)| !file.features.is_empty()) {
        files.retain(|(_, _, file)| !file.features.is_empty() || !file.notes.is_empty());
    } else {
        return Err(FormatError::new(
            "no-features",
            text!(
                "“{name}”中没有图形。请确认导出时选中了地块图层。"
                    | "There are no shapes in “{name}”. Make sure that the plots' layer was chosen when it was exported."
            ),
        ));
    }
    let several = files.len() > 1;
    let read = files
        .into_iter()
        .enumerate()
        .map(|(position, (_, layers, mut file))| {
            if layers.len() > 1 || (several && !layers.is_empty()) {
                let names = layers.join("、");
                file.notes.insert(
                    0,
                    ImportNote::info(
                        "layers-read",
                        text!(
                            "“{name}”的 {} 个图层已读取：{names}。" | "{} layers of “{name}” were read: {names}.",
                            layers.len()
                        ),
                    ),
                );
            }
            if several {
                file.name = format!("{name}/{}", layers.join("+"));
            }
            if position == 0 {
                file.notes.splice(0..0, notes.drain(..));
            }
            geojson_degrees(&mut file);
            file
        })
        .collect();
    Ok(read)
}

fn without_by(hint: &CrsHint) -> CrsHint {
    let mut hint = hint.clone();
    match &mut hint {
        CrsHint::Declared { by, .. }
        | CrsHint::Unsupported { by, .. }
        | CrsHint::Datum { by, .. }
        | CrsHint::ZoneWidth { by, .. }
        | CrsHint::ZoneNumber { by, .. } => *by = Text::default(),
    }
    hint
}

/// RFC 7946 says WGS 84 degrees where nothing is said; that counts only if the numbers can be degrees.
/// Whether it counted.
pub(crate) fn geojson_default(format: FileFormat, features: &[RawFeature], hints: &mut Vec<CrsHint>) -> bool {
    if format != FileFormat::GeoJson || !hints.is_empty() {
        return true;
    }
    let degrees = |c: Coord<f64>| c.x.abs() <= 180.0 && c.y.abs() <= 90.0;
    let all = features.iter().all(|feature| match &feature.geometry {
        RawGeometry::Rings(rings) => {
            rings.iter().flat_map(|ring| &ring.points).all(|p| degrees(Coord { x: p.x, y: p.y }))
        }
        RawGeometry::Lines(lines) => lines.iter().flatten().all(|&c| degrees(c)),
        RawGeometry::Points(points) => points.iter().all(|&c| degrees(c)),
    });
    if all {
        hints.push(CrsHint::Declared {
            crs: crate::Crs::WGS84,
            by: text!(
                "GeoJSON 标准 RFC 7946（未写 crs 即为 WGS 84 经纬度）"
                    | "RFC 7946 (GeoJSON without a crs member is WGS 84 degrees)"
            ),
        });
    }
    all
}

fn geojson_degrees(file: &mut RawFile) {
    if !geojson_default(file.format, &file.features, &mut file.hints) {
        let name = &file.name;
        file.notes.push(ImportNote::warning(
            "geojson-not-degrees",
            text!("“{name}”未写坐标系，数值也不是 GeoJSON 标准要求的经纬度；坐标系按其他依据判断。" | "“{name}” states no CRS and its numbers are not the degrees that GeoJSON requires; the CRS is decided by other evidence."),
        ));
    }
}

/// Columns KML readers add that say nothing of a plot.
const KML_HOUSEKEEPING: [&str; 9] =
    ["timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon"];

/// The features of one layer while they are read.
struct Reading<'a> {
    name: &'a str,
    layer: &'a SourceLayer,
    format: FileFormat,
    several: bool,
    columns: [Option<usize>; 4],
    features: Vec<RawFeature>,
    notes: Vec<ImportNote>,
    heights: usize,
    arcs: usize,
    mojibake: BTreeMap<String, usize>,
    drawing: dxf::Drawing,
}

impl<'a> Reading<'a> {
    fn new(name: &'a str, layer: &'a SourceLayer, format: FileFormat, several: bool) -> Reading<'a> {
        let mut notes = Vec::new();
        let mut columns = [None; 4];
        if format != FileFormat::Dxf {
            for (slot, meaning) in columns.iter_mut().zip(Meaning::ALL) {
                let Some((column, others)) = find(&layer.fields, meaning) else { continue };
                *slot = Some(column);
                if !others.is_empty() {
                    notes.push(field_choice(name, layer, meaning, column, &others));
                }
            }
        }
        Reading {
            name,
            layer,
            format,
            several,
            columns,
            features: Vec::new(),
            notes,
            heights: 0,
            arcs: 0,
            mojibake: BTreeMap::new(),
            drawing: dxf::Drawing::default(),
        }
    }

    fn place(&self, number: usize) -> Text {
        let layer = &self.layer.name;
        if self.several {
            text!("图层“{layer}”第 {number} 个要素" | "feature {number} of layer “{layer}”")
        } else {
            text!("第 {number} 个要素" | "feature {number}")
        }
    }

    fn take(&mut self, feature: SourceFeature) -> Result<(), FormatError> {
        let name = self.name;
        if self.features.len() >= MOST_FEATURES {
            return Err(FormatError::new(
                "file-too-large",
                text!(
                    "“{name}”的要素超过 {MOST_FEATURES} 个，不像项目文件。若是控制线图层，请用 redline import 导入。"
                        | "“{name}” has more than {MOST_FEATURES} features, too many for a project file. If it is a zone layer, use redline import."
                ),
            ));
        }
        let place = self.place(feature.number);
        let parts = match feature.geometry {
            Some(Ok(parts)) if !parts.is_empty() => parts,
            Some(Err(defect)) => {
                self.notes.push(unreadable_geometry(name, &place, defect));
                return Ok(());
            }
            _ => {
                self.notes.push(ImportNote::error(
                    "empty-geometry",
                    Text {
                        zh: format!("“{name}”{}没有图形，已略过。", place.zh),
                        en: format!("{} in “{name}” has no shape and was left out.", capital(&place.en)),
                    },
                ));
                return Ok(());
            }
        };
        self.heights += usize::from(parts.had_heights);
        self.arcs += usize::from(parts.had_arcs);
        let value = |column: Option<usize>| column.and_then(|i| feature.values.get(i).cloned().flatten());
        let [id, plot_name, area, purpose] = self.columns.map(value);
        let mut attributes = BTreeMap::new();
        for (index, (field, value)) in self.layer.fields.iter().zip(&feature.values).enumerate() {
            let Some(value) = value else { continue };
            if value.contains('\u{fffd}') {
                *self.mojibake.entry(field.clone()).or_default() += 1;
            }
            let housekeeping = self.format == FileFormat::Kml && KML_HOUSEKEEPING.contains(&field.as_str());
            // A declared area that is no number stays an attribute, so that it is not lost.
            let kept = self.columns.iter().position(|c| *c == Some(index));
            let used = kept.is_some_and(|slot| slot != 2 || declared(value).is_some());
            if !housekeeping && !used {
                attributes.insert(field.clone(), value.clone());
            }
        }
        if self.several {
            attributes.entry("图层".to_owned()).or_insert_with(|| self.layer.name.clone());
        }
        let mut base = RawFeature {
            id,
            name: plot_name,
            geometry: RawGeometry::Points(Vec::new()),
            declared: area.as_deref().and_then(declared),
            declared_points: None,
            purpose,
            attributes,
            place,
        };
        if self.format == FileFormat::Dxf {
            let Some(parts) = self.drawing.take(&mut base, parts) else { return Ok(()) };
            self.push(base, parts);
        } else {
            self.push(base, parts);
        }
        Ok(())
    }

    /// One feature for each kind of geometry in it.
    fn push(&mut self, base: RawFeature, parts: Parts) {
        let kinds = [!parts.rings.is_empty(), !parts.lines.is_empty(), !parts.points.is_empty()];
        if kinds.iter().filter(|kind| **kind).count() > 1 {
            let name = self.name;
            self.notes.push(ImportNote::warning(
                "mixed-geometry",
                Text {
                    zh: format!("“{name}”{}同时含面、线或点，已拆成不同的地块。", base.place.zh),
                    en: format!(
                        "{} in “{name}” mixes polygons, lines or points; it was split into separate plots.",
                        capital(&base.place.en)
                    ),
                },
            ));
        }
        if kinds[0] {
            let rings = parts.rings.into_iter().map(ring).collect();
            self.features.push(RawFeature { geometry: RawGeometry::Rings(rings), ..base.clone() });
        }
        if kinds[1] {
            self.features.push(RawFeature { geometry: RawGeometry::Lines(parts.lines), ..base.clone() });
        }
        if kinds[2] {
            self.features.push(RawFeature { geometry: RawGeometry::Points(parts.points), ..base });
        }
    }

    fn finish(mut self) -> (Vec<RawFeature>, Vec<ImportNote>) {
        let name = self.name;
        if self.heights > 0 {
            self.notes.push(ImportNote::info(
                "heights-dropped",
                text!(
                    "“{name}”中 {} 个要素带高程或量测值，审查只用平面坐标。"
                        | "{} features of “{name}” carry heights or measures; only plane coordinates are used.",
                    self.heights
                ),
            ));
        }
        if self.arcs > 0 {
            self.notes.push(ImportNote::info(
                "curves-densified",
                text!(
                    "“{name}”中 {} 个要素含圆弧，已按弦高不超过 1 毫米加密成折线。"
                        | "{} features of “{name}” hold arcs, which were densified to chords within 1 mm.",
                    self.arcs
                ),
            ));
        }
        for (field, count) in &self.mojibake {
            self.notes.push(ImportNote::warning(
                "mojibake",
                text!("“{name}”的字段“{field}”有 {count} 个值含无法解码的文字（乱码）。请核对文件编码。" | "{count} values of field “{field}” of “{name}” hold text that cannot be decoded. Check the file's encoding."),
            ));
        }
        self.notes.extend(self.drawing.notes(name));
        (self.features, self.notes)
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

fn ring(points: Vec<Coord<f64>>) -> RawRing {
    RawRing {
        label: None,
        points: points.into_iter().map(|c| RawPoint { name: None, x: c.x, y: c.y }).collect(),
        closed: false,
    }
}

fn field_choice(name: &str, layer: &SourceLayer, meaning: Meaning, column: usize, others: &[usize]) -> ImportNote {
    let what = match meaning {
        Meaning::Id => Text::new("地块编号", "plot number"),
        Meaning::Name => Text::new("地块名称", "plot name"),
        Meaning::Area => Text::new("申报面积", "declared area"),
        Meaning::Purpose => Text::new("地块用途", "use"),
    };
    let chosen = &layer.fields[column];
    let others = others.iter().map(|i| layer.fields[*i].as_str()).collect::<Vec<_>>().join("、");
    ImportNote::info(
        "field-chosen",
        Text {
            zh: format!("“{name}”有多个字段可作{}：采用“{chosen}”，未采用“{others}”。", what.zh),
            en: format!("Several fields of “{name}” could be the {}: “{chosen}” is used, “{others}” is not.", what.en),
        },
    )
}

fn unreadable_geometry(name: &str, place: &Text, defect: WkbDefect) -> ImportNote {
    let why = match defect {
        WkbDefect::Truncated => Text::new("坐标不完整", "its coordinates are not complete"),
        WkbDefect::UnknownType(_) => Text::new("图形类型不支持", "its kind of shape is not supported"),
        WkbDefect::TooDeep => Text::new("嵌套过深", "it is nested too deeply"),
    };
    ImportNote::error(
        "geometry-unreadable",
        Text {
            zh: format!("“{name}”{}的图形无法读取（{}），已略过。", place.zh, why.zh),
            en: format!("The shape of {} in “{name}” cannot be read ({}) and was left out.", place.en, why.en),
        },
    )
}

/// A declared area: a number, perhaps with its unit behind it, perhaps with thousands separators.
fn declared(text: &str) -> Option<DeclaredArea> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '\u{ff0c}'))
        .map(|c| match c {
            // Full-width digits and full stop.
            '\u{ff10}'..='\u{ff19}' | '\u{ff0e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            other => other,
        })
        .collect();
    let end = plain.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(plain.len());
    // An exponent belongs to the number: 1.2e+05.
    let (number, unit) = match plain.parse::<f64>() {
        Ok(number) => (number, ""),
        Err(_) => (plain[..end].parse::<f64>().ok()?, &plain[end..]),
    };
    let unit = match unit.to_lowercase().as_str() {
        "" => None,
        "平方米" | "m2" | "m²" | "㎡" | "平米" => Some(DeclaredUnit::SquareMetres),
        "公顷" | "ha" | "hm2" | "hm²" => Some(DeclaredUnit::Hectares),
        "亩" | "mu" => Some(DeclaredUnit::Mu),
        "平方公里" | "平方千米" | "km2" | "km²" => Some(DeclaredUnit::SquareKilometres),
        _ => return None,
    };
    // A zero stands where nobody filled the column in.
    (number.is_finite() && number > 0.0).then(|| DeclaredArea { number, unit, text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_area_is_read_with_its_unit_and_without() {
        let read = |text: &str| declared(text).map(|area| (area.number, area.unit));
        assert_eq!(read("12345.6"), Some((12345.6, None)));
        assert_eq!(read("1.2345 公顷"), Some((1.2345, Some(DeclaredUnit::Hectares))));
        assert_eq!(read("18.5亩"), Some((18.5, Some(DeclaredUnit::Mu))));
        assert_eq!(read("12,345.60㎡"), Some((12345.6, Some(DeclaredUnit::SquareMetres))));
        assert_eq!(read("\u{ff11}\u{ff12}\u{ff0e}5"), Some((12.5, None)));
        assert_eq!(read("1.2e+05"), Some((120_000.0, None)));
        assert_eq!(read("详见附件"), None);
        assert_eq!(read("0"), None);
    }
}
