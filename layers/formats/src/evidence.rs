//! Which CRS a file's numbers are in, by evidence.
//!
//! Weighed in this order: what the user says, what the file says of itself, the zone number in
//! front of the eastings, the size of the numbers, the distance to the workspace. Every step leaves
//! a sentence. What stays open is refused with the candidates named; distance alone never refuses a
//! file that states its CRS.

mod gcj02;
mod magnitude;
mod oddities;
mod place;
mod stated;

use crate::raw::{RawFeature, RawFile, RawGeometry};
use crate::{Axes, Crs, CrsDecision, Datum, FormatError, GkZone, ImportNote, ReadOptions};
use geo_types::Coord;
use magnitude::{Kind, Magnitude, undoubled, weigh};
use redline_wording::{Text, text};
use stated::Stated;

/// What to do with one feature's numbers as they stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The pairs are north first.
    pub(crate) swapped: bool,
    /// What to add to the easting: a missing or doubled zone number.
    pub(crate) add_east: f64,
}

impl Reading {
    /// A point in the decided CRS.
    pub(crate) fn apply(self, x: f64, y: f64) -> Coord<f64> {
        let (x, y) = if self.swapped { (y, x) } else { (x, y) };
        Coord { x: x + self.add_east, y }
    }
}

/// The decision for a file.
#[derive(Clone, Debug)]
pub(crate) struct Decided {
    pub(crate) decision: CrsDecision,
    /// One per feature, in order.
    pub(crate) readings: Vec<Reading>,
    pub(crate) notes: Vec<ImportNote>,
}

/// How sentences call a feature before it has an id.
pub(crate) fn label(feature: &RawFeature, index: usize) -> String {
    feature.id.clone().or_else(|| feature.name.clone()).unwrap_or_else(|| (index + 1).to_string())
}

/// Every pair of a feature.
pub(crate) fn bare_pairs(feature: &RawFeature) -> Box<dyn Iterator<Item = (f64, f64)> + '_> {
    match &feature.geometry {
        RawGeometry::Rings(rings) => Box::new(rings.iter().flat_map(|r| &r.points).map(|p| (p.x, p.y))),
        RawGeometry::Lines(lines) => Box::new(lines.iter().flatten().map(|p| (p.x, p.y))),
        RawGeometry::Points(points) => Box::new(points.iter().map(|p| (p.x, p.y))),
    }
}

/// Every pair of a feature, with ring (from 1) and point name or number.
pub(crate) fn pairs(feature: &RawFeature) -> Vec<(f64, f64, usize, String)> {
    let named =
        |part: usize, n: usize, name: Option<&String>| (part + 1, name.cloned().unwrap_or_else(|| (n + 1).to_string()));
    let mut all = Vec::new();
    match &feature.geometry {
        RawGeometry::Rings(rings) => {
            for (r, ring) in rings.iter().enumerate() {
                for (n, p) in ring.points.iter().enumerate() {
                    let (part, name) = named(r, n, p.name.as_ref());
                    all.push((p.x, p.y, ring.label.unwrap_or(part), name));
                }
            }
        }
        RawGeometry::Lines(lines) => {
            for (l, line) in lines.iter().enumerate() {
                all.extend(line.iter().enumerate().map(|(n, p)| (p.x, p.y, l + 1, (n + 1).to_string())));
            }
        }
        RawGeometry::Points(points) => {
            all.extend(points.iter().enumerate().map(|(n, p)| (p.x, p.y, 1, (n + 1).to_string())));
        }
    }
    all
}

/// Decides.
///
/// # Errors
/// `crs-undecided`, `crs-contradiction`, `crs-unsupported`, `zones-mixed`, `coordinates-mixed`.
pub(crate) fn decide(file: &RawFile, options: &ReadOptions) -> Result<Decided, FormatError> {
    let mut evidence = Vec::new();
    let mut notes = Vec::new();
    let stated = match options.crs {
        Some(crs) => {
            evidence.push(with_name(text!("使用者指定" | "named by the user"), crs));
            Stated::by_user(crs)
        }
        None => stated::from_hints(file, &mut evidence, &mut notes)?,
    };
    let weighed = said_of_axes(weigh_features(file)?, file, options, &mut evidence, &mut notes)?;
    let kinds: Vec<Kind> = weighed.iter().map(|m| m.kind).collect();
    let zone = prefix_of_all(&kinds, &file.name)?;
    let case = Case { file, options, stated, zone };
    let crs = if kinds.iter().all(|k| matches!(k, Kind::Degrees)) {
        case.degrees(&mut evidence, &mut notes)?
    } else if kinds.iter().all(|k| matches!(k, Kind::Plane { .. })) {
        case.plane(&weighed, &mut evidence, &mut notes)?
    } else if kinds.iter().all(|k| matches!(k, Kind::Other)) {
        case.other(&weighed, &mut evidence)?
    } else {
        let odd =
            kinds.iter().position(|k| std::mem::discriminant(k) != std::mem::discriminant(&kinds[0])).unwrap_or(0);
        let (first, other) = (feature_name(file, 0), feature_name(file, odd));
        return Err(FormatError::new(
            "coordinates-mixed",
            text!(
                "“{}”中地块“{first}”与“{other}”的坐标不是同一类数（度、米或其他）。请检查后分开提交。"
                    | "In \"{}\" the coordinates of plots \"{first}\" and \"{other}\" are of different kinds (degrees, metres or other). Check and submit them apart.",
                file.name
            ),
        ));
    };
    let readings = oddities::readings(file, &weighed, crs, &mut evidence, &mut notes);
    place::distance(file, &readings, crs, options, &mut evidence, &mut notes)?;
    oddities::suspect_gcj02(file, &readings, crs, options.crs.is_some(), &mut notes);
    Ok(Decided { decision: CrsDecision { crs, evidence }, readings, notes })
}

fn with_name(what: Text, crs: Crs) -> Text {
    let name = crs.name();
    Text { zh: format!("{}：{}", what.zh, name.zh), en: format!("{}: {}", what.en, name.en) }
}

fn feature_name(file: &RawFile, index: usize) -> String {
    file.features.get(index).map_or_else(String::new, |f| label(f, index))
}

/// Weighs each feature by its points, which must agree among themselves.
fn weigh_features(file: &RawFile) -> Result<Vec<Magnitude>, FormatError> {
    let mut all: Vec<Option<Magnitude>> = Vec::with_capacity(file.features.len());
    for (index, feature) in file.features.iter().enumerate() {
        let mut weighed = bare_pairs(feature).map(|(x, y)| weigh(x, y));
        let first = weighed.next();
        let Some(odd) = weighed.position(|m| Some(m) != first) else {
            all.push(first);
            continue;
        };
        // two zones in one plot, a digit too many: no reading of it can be right
        let plot = label(feature, index);
        let (x, y, ring, point) = pairs(feature).into_iter().nth(odd + 1).unwrap_or_default();
        return Err(FormatError::new(
            "coordinates-mixed",
            text!(
                "“{}”地块“{plot}”第 {ring} 圈点“{point}”的坐标（{x}，{y}）与该地块前面的点不是同一类数（多写或少写了数字、带号不同，或 X/Y 颠倒）。请改正。"
                    | "In \"{}\", plot \"{plot}\", ring {ring}, point \"{point}\": the coordinates ({x}, {y}) are of another kind than the plot's points before (a digit too many or too few, another zone, or X and Y swapped). Correct them.",
                file.name
            ),
        ));
    }
    // a feature without points says nothing and follows the others
    let any = all.iter().flatten().next().copied().unwrap_or(Magnitude { kind: Kind::Other, swapped: false });
    Ok(all.into_iter().map(|m| m.unwrap_or(any)).collect())
}

/// Where a person says which number is the easting: their word stands where the size of the numbers
/// leaves it open, and is refused where it cannot be.
fn said_of_axes(
    mut weighed: Vec<Magnitude>,
    file: &RawFile,
    options: &ReadOptions,
    evidence: &mut Vec<Text>,
    notes: &mut Vec<ImportNote>,
) -> Result<Vec<Magnitude>, FormatError> {
    let Some(axes) = options.axes else { return Ok(weighed) };
    let swapped = axes == Axes::Swapped;
    for (magnitude, feature) in weighed.iter_mut().zip(&file.features) {
        if magnitude.swapped == swapped {
            continue;
        }
        if magnitude.kind != Kind::Other {
            let (x, y) = bare_pairs(feature).next().unwrap_or_default();
            let name = &file.name;
            let (east, north) = if swapped { (y, x) } else { (x, y) };
            return Err(FormatError::new(
                "axes-impossible",
                text!(
                    "“{name}”按指定的坐标顺序，东坐标将是 {east}，北坐标将是 {north}，不在中国范围内。请取消该指定，由程序按数值判断。"
                        | "In \"{name}\" the order named would make {east} the easting and {north} the northing, which is not in China. Take the order back; the numbers decide."
                ),
            ));
        }
        magnitude.swapped = swapped;
    }
    let said = if swapped {
        text!("使用者指定交换 X 与 Y" | "X and Y exchanged, as the user says")
    } else {
        text!("使用者指定坐标顺序如文件所写" | "the order of X and Y as written, as the user says")
    };
    evidence.push(said.clone());
    notes.push(ImportNote::info("axes-named", Text { zh: format!("{}。", said.zh), en: format!("{}.", said.en) }));
    Ok(weighed)
}

/// The one zone number in front of the eastings, if any has one.
fn prefix_of_all(kinds: &[Kind], name: &str) -> Result<Option<u32>, FormatError> {
    let mut zones: Vec<u32> =
        kinds.iter().filter_map(|k| if let Kind::Plane { prefix, .. } = k { *prefix } else { None }).collect();
    zones.sort_unstable();
    zones.dedup();
    match zones.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        [a, b, ..] => Err(FormatError::new(
            "zones-mixed",
            text!(
                "“{name}”的东坐标中有不同的带号（{a} 和 {b}）。请按带分成不同的文件提交。"
                    | "The eastings in \"{name}\" carry different zone numbers ({a} and {b}). Submit one file a zone."
            ),
        )),
    }
}

/// Everything known when the numbers have been weighed.
struct Case<'a> {
    file: &'a RawFile,
    options: &'a ReadOptions,
    stated: Stated,
    zone: Option<u32>,
}

impl Case<'_> {
    /// The datum: stated, or the workspace's with a note.
    fn datum(&self, evidence: &mut Vec<Text>, notes: &mut Vec<ImportNote>) -> Datum {
        if let Some(datum) = self.stated.datum {
            return datum;
        }
        let datum = self.options.target.datum().unwrap_or(Datum::Cgcs2000);
        let name = datum.name();
        let sentence = Text {
            zh: format!("文件未注明坐标基准，按工作空间的 {} 使用", name.zh),
            en: format!("The file states no datum; the workspace's, {}, was used", name.en),
        };
        evidence.push(sentence.clone());
        notes.push(ImportNote::warning(
            "datum-assumed",
            Text {
                zh: format!("{}。若实为其他坐标系，请用 --crs EPSG:N 指明。", sentence.zh),
                en: format!("{}. If it is another, name it with --crs EPSG:N.", sentence.en),
            },
        ));
        datum
    }

    fn degrees(&self, evidence: &mut Vec<Text>, notes: &mut Vec<ImportNote>) -> Result<Crs, FormatError> {
        evidence.push(text!(
            "数值在中国的经纬度范围内，单位为度" | "the numbers are longitudes and latitudes of China, in degrees"
        ));
        if let Some(named) = self.stated.plane() {
            let name = named.name();
            if self.stated.by_user {
                return Err(self.contradiction(
                    Text {
                        zh: format!("指定的 {} 以米为单位，但坐标是经纬度", name.zh),
                        en: format!("{} was named, which is in metres, but the coordinates are degrees", name.en),
                    },
                    &[named.datum().map_or(Crs::CGCS2000, Crs::geographic)],
                ));
            }
            notes.push(ImportNote::warning(
                "crs-contradicted",
                Text {
                    zh: format!("文件注明 {}，但坐标是经纬度，按经纬度读取。", name.zh),
                    en: format!("The file states {}, but its coordinates are degrees; read as degrees.", name.en),
                },
            ));
        }
        Ok(Crs::geographic(self.datum(evidence, notes)))
    }

    fn plane(
        &self,
        weighed: &[Magnitude],
        evidence: &mut Vec<Text>,
        notes: &mut Vec<ImportNote>,
    ) -> Result<Crs, FormatError> {
        match self.zone {
            Some(zone) => evidence.push(text!(
                "北坐标 7 位、东坐标 8 位且以 {zone} 开头，为带号"
                    | "northings of 7 digits, eastings of 8 that begin with {zone}, the zone number"
            )),
            None => evidence.push(text!(
                "北坐标 7 位、东坐标 6 位，不含带号" | "northings of 7 digits, eastings of 6, without zone number"
            )),
        }
        if self.stated.geographic == Some(true) {
            let stated = self.stated.datum.map(|d| Crs::geographic(d).name()).unwrap_or_default();
            if self.stated.by_user {
                return Err(self.contradiction(
                    Text {
                        zh: format!("指定的 {} 以度为单位，但坐标是米", stated.zh),
                        en: format!("{} was named, which is in degrees, but the coordinates are metres", stated.en),
                    },
                    &self.candidates(weighed)?,
                ));
            }
            notes.push(ImportNote::warning(
                "crs-contradicted",
                Text {
                    zh: format!("文件注明 {}，但坐标以米为单位，改由坐标判断分带。", stated.zh),
                    en: format!(
                        "The file states {}, but its coordinates are metres; the zone was taken from the numbers.",
                        stated.en
                    ),
                },
            ));
        }
        let prefixed = |number: u32| GkZone { degrees: if number <= 23 { 6 } else { 3 }, number, prefixed: true };
        let zone = match (self.stated.zone, self.zone.map(prefixed)) {
            (Some(stated), Some(found)) => {
                if stated.central_meridian() != found.central_meridian() {
                    let (a, b) = (stated.number, found.number);
                    let datum = self.stated.datum.unwrap_or(Datum::Cgcs2000);
                    let candidates: Vec<Crs> = [found, GkZone { prefixed: true, ..stated }]
                        .into_iter()
                        .filter_map(|z| Crs::of_zone(datum, z))
                        .collect();
                    return Err(self.contradiction(
                        text!(
                            "注明的是第 {a} 带，坐标中的带号却是 {b}"
                                | "zone {a} is stated, but the coordinates carry zone {b}"
                        ),
                        &candidates,
                    ));
                }
                found
            }
            (Some(stated), None) => GkZone { prefixed: stated.prefixed && self.stated.whole, ..stated },
            (None, Some(found)) => found,
            (None, None) => return self.by_distance(weighed, evidence, notes),
        };
        if self.stated.datum.is_none() {
            self.refuse_far_assumption(weighed, zone)?;
        }
        let datum = match self.stated.datum {
            // there is no Gauss–Krüger plane on WGS 84: said of degrees, it was a format's default;
            // said of metres, people mean CGCS2000, which agrees within a metre
            Some(Datum::Wgs84) if self.stated.geographic.is_none() => {
                notes.push(ImportNote::warning(
                    "datum-wgs84",
                    text!(
                        "文件注明 WGS 84，但坐标是高斯-克吕格平面坐标，按 CGCS2000 读取（两者相差在 1 米以内）。"
                        | "The file states WGS 84, but its coordinates are Gauss–Krüger metres; read as CGCS2000, which agrees within 1 m."
                    ),
                ));
                Datum::Cgcs2000
            }
            Some(Datum::Wgs84) | None => Case { stated: Stated::default(), ..self.again() }.datum(evidence, notes),
            Some(datum) => datum,
        };
        Crs::of_zone(datum, zone).ok_or_else(|| self.undecided(&[]))
    }

    fn again(&self) -> Case<'_> {
        Case { file: self.file, options: self.options, stated: self.stated, zone: self.zone }
    }

    /// Nothing states the CRS and only the zone number speaks: it must at least lead near the
    /// workspace.
    fn refuse_far_assumption(&self, weighed: &[Magnitude], zone: GkZone) -> Result<(), FormatError> {
        let datum = self.options.target.datum().unwrap_or(Datum::Cgcs2000);
        let Some(crs) = Crs::of_zone(datum, zone) else { return Ok(()) };
        match place::kilometres(self.file, weighed, crs, self.options)? {
            Some(km) if km > place::NEAR_KM => Err(self.undecided(&[crs])),
            _ => Ok(()),
        }
    }

    /// Six-digit eastings and no word of the zone: the zones that put the file at the workspace.
    fn by_distance(
        &self,
        weighed: &[Magnitude],
        evidence: &mut Vec<Text>,
        notes: &mut Vec<ImportNote>,
    ) -> Result<Crs, FormatError> {
        let candidates = self.candidates(weighed)?;
        let [crs] = candidates.as_slice() else { return Err(self.undecided(&candidates)) };
        if self.options.extent.is_none() {
            return Err(self.undecided(&candidates));
        }
        self.datum(evidence, notes);
        let (zone, meridian) = crs.zone().map_or((0, 0.0), |z| (z.number, z.central_meridian()));
        evidence.push(text!(
            "只有中央经线 {meridian}° 能使图形落在工作空间附近"
                | "only the central meridian {meridian}° puts the shapes near the workspace"
        ));
        notes.push(ImportNote::warning(
            "zone-prefix-missing",
            text!(
                "东坐标没有带号，文件也未注明分带；按距离判断为中央经线 {meridian}°（3 度带第 {zone} 带）。若不对，请用 --crs EPSG:N 指明。"
                | "The eastings have no zone number and the file names no zone; by distance the central meridian is {meridian}° (3-degree zone {zone}). If that is wrong, name the CRS with --crs EPSG:N."
            ),
        ));
        Ok(*crs)
    }

    /// The planes that put six-digit eastings near the workspace, or, without a workspace, the
    /// workspace-independent guesses around Chinese cities' usual zones.
    fn candidates(&self, weighed: &[Magnitude]) -> Result<Vec<Crs>, FormatError> {
        let target = self.options.target;
        let datum = match self.stated.datum {
            Some(Datum::Wgs84) | None => target.datum().filter(|d| *d != Datum::Wgs84).unwrap_or(Datum::Cgcs2000),
            Some(datum) => datum,
        };
        if let Some(number) = self.zone {
            let zone = GkZone { degrees: if number <= 23 { 6 } else { 3 }, number, prefixed: true };
            return Ok(Crs::of_zone(datum, zone).into_iter().collect());
        }
        let mut near = Vec::new();
        let zones = (25..=45).filter(|_| self.stated.width != Some(6)).map(|number| GkZone {
            degrees: 3,
            number,
            prefixed: false,
        });
        let wide = (13..=23).filter(|_| self.stated.width == Some(6)).map(|number| GkZone {
            degrees: 6,
            number,
            prefixed: false,
        });
        for zone in zones.chain(wide) {
            let Some(crs) = Crs::of_zone(datum, zone) else { continue };
            let near_enough =
                place::kilometres(self.file, weighed, crs, self.options)?.is_some_and(|km| km <= place::NEAR_KM);
            if near_enough {
                near.push(crs);
            }
        }
        if near.is_empty()
            && let Some(zone) = target.zone()
        {
            near.extend(Crs::of_zone(datum, GkZone { prefixed: false, ..zone }));
        }
        Ok(near)
    }

    fn other(&self, weighed: &[Magnitude], evidence: &mut Vec<Text>) -> Result<Crs, FormatError> {
        let Some(crs) = self.stated.crs() else {
            return Err(self.undecided(&self.candidates(weighed)?));
        };
        evidence.push(text!(
            "数值不像中国的经纬度或高斯-克吕格坐标，按注明的坐标系读取"
                | "the numbers look like neither degrees nor Gauss–Krüger metres of China; read in the stated CRS"
        ));
        Ok(crs)
    }

    fn contradiction(&self, what: Text, candidates: &[Crs]) -> FormatError {
        let (zh, en) = listed(candidates);
        let name = &self.file.name;
        FormatError::new(
            "crs-contradiction",
            Text {
                zh: format!("“{name}”的坐标系互相矛盾：{}。请核对后用 --crs 指明，可能是{zh}。", what.zh),
                en: format!(
                    "The CRS of \"{name}\" contradicts itself: {}. Check it and name it with --crs; it may be {en}.",
                    what.en
                ),
            },
        )
    }

    fn undecided(&self, candidates: &[Crs]) -> FormatError {
        let name = &self.file.name;
        let (x, y) = self.file.features.iter().flat_map(bare_pairs).next().unwrap_or_default();
        let (zh, en) = if candidates.is_empty() {
            (
                "CGCS2000 3 度带 EPSG:4513–4533(含带号)或 EPSG:4534–4554(不含带号)、经纬度 EPSG:4490".to_owned(),
                "CGCS2000 3-degree EPSG:4513–4533 (with zone number) or EPSG:4534–4554 (without), degrees EPSG:4490"
                    .to_owned(),
            )
        } else {
            listed(candidates)
        };
        FormatError::new(
            "crs-undecided",
            Text {
                zh: format!("无法确定“{name}”的坐标系（坐标如 {x}，{y}）。请用 --crs EPSG:N 指明，可能是{zh}。"),
                en: format!(
                    "The CRS of \"{name}\" cannot be decided (coordinates such as {x}, {y}). Name it with --crs EPSG:N; it may be {en}."
                ),
            },
        )
    }
}

/// Candidates as words; each datum's sister plane is named too, since nothing tells them apart.
fn listed(candidates: &[Crs]) -> (String, String) {
    let mut all: Vec<Crs> = Vec::new();
    for crs in candidates.iter().take(4) {
        all.push(*crs);
        if let Some(zone) = crs.zone() {
            all.extend(
                [Datum::Cgcs2000, Datum::Xian80, Datum::Beijing54].into_iter().filter_map(|d| Crs::of_zone(d, zone)),
            );
        }
    }
    let mut unique: Vec<Crs> = Vec::new();
    all.into_iter().for_each(|c| {
        if !unique.contains(&c) {
            unique.push(c)
        }
    });
    let names: Vec<Text> = unique.into_iter().map(Crs::name).collect();
    let join = |words: Vec<&str>, with: &str| words.join(with);
    (
        join(names.iter().map(|n| n.zh.as_str()).collect(), "、"),
        join(names.iter().map(|n| n.en.as_str()).collect(), ", "),
    )
}

/// How numbers are read before the zone is known: axes put right, a doubled zone number halved.
fn plain_reading(m: Magnitude) -> Reading {
    let add_east = match m.kind {
        Kind::Plane { prefix: Some(zone), doubled: true } => undoubled(zone),
        _ => 0.0,
    };
    Reading { swapped: m.swapped, add_east }
}

#[cfg(test)]
mod tests;
