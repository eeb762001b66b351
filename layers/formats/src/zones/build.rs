//! From a source feature to a zone: facts by the matched columns, polygon by the even-odd rule.

use super::fields::{Columns, Meaning};
use super::note_list::NoteList;
use super::{land_codes, values};
use crate::evidence::Reading;
use crate::vector::source::{SourceFeature, SourceLayer};
use crate::{FormatError, ImportNote, Transform};
use geo_types::Coord;
use redline_geometry::{Defect, DefectKind, Grid, planar_m2, rings};
use redline_wording::{Text, text};
use redline_zoning::{LayerRole, Zone, ZoneFacts};
use std::collections::{BTreeMap, BTreeSet};

/// Features carried into the plane together: a PROJ object is made once for them.
const BATCH: usize = 1024;

/// Fields whose value dates the source: year of the data, date of update.
const DATE_FIELDS: [&str; 6] = ["SJNF", "数据年份", "GXSJ", "更新时间", "SJRQ", "数据日期"];

/// A feature read but not yet in the plane.
struct Waiting {
    /// Position in its layer, from 1.
    number: usize,
    facts: ZoneFacts,
    rings: Vec<Vec<Coord<f64>>>,
}

/// The zones of a layer while they are read.
pub(super) struct Building<'a> {
    name: &'a str,
    role: LayerRole,
    layer: &'a SourceLayer,
    columns: Columns,
    reading: Option<Reading>,
    transform: Transform,
    grid: Grid,
    zones: Vec<Zone>,
    waiting: Vec<Waiting>,
    ids: BTreeSet<String>,
    notes: NoteList,
    /// By meaning: values that mean nothing known, and how often.
    unknown: BTreeMap<(Meaning, String), usize>,
    missing: BTreeMap<Meaning, usize>,
    heights: usize,
    arcs: usize,
    mojibake: usize,
    date_column: Option<usize>,
    dates: BTreeSet<Option<String>>,
}

impl<'a> Building<'a> {
    pub fn new(
        name: &'a str,
        role: LayerRole,
        layer: &'a SourceLayer,
        columns: Columns,
        reading: Option<Reading>,
        transform: Transform,
        grid: Grid,
    ) -> Building<'a> {
        let date_column = DATE_FIELDS
            .iter()
            .find_map(|known| layer.fields.iter().position(|field| crate::vector::fields::plain(field) == *known));
        Building {
            name,
            role,
            layer,
            columns,
            reading,
            transform,
            grid,
            zones: Vec::new(),
            waiting: Vec::new(),
            ids: BTreeSet::new(),
            notes: NoteList::new(name),
            unknown: BTreeMap::new(),
            missing: BTreeMap::new(),
            heights: 0,
            arcs: 0,
            mojibake: 0,
            date_column,
            dates: BTreeSet::new(),
        }
    }

    /// Takes the next feature.
    pub fn take(&mut self, feature: SourceFeature) -> Result<(), FormatError> {
        let (name, number) = (self.name, feature.number);
        let mut rings = match feature.geometry {
            Some(Ok(parts)) => {
                self.heights += usize::from(parts.had_heights);
                self.arcs += usize::from(parts.had_arcs);
                if !parts.lines.is_empty() || !parts.points.is_empty() {
                    self.notes.push(ImportNote::warning(
                        "not-a-polygon",
                        text!("“{name}”第 {number} 个要素含线或点,控制线图层只用面,线和点已略过。" | "Feature {number} of “{name}” holds lines or points, which were left out: a zone layer is made of polygons."),
                    ));
                }
                parts.rings
            }
            Some(Err(_)) => {
                self.notes.push(ImportNote::error(
                    "geometry-unreadable",
                    text!(
                        "“{name}”第 {number} 个要素的图形无法读取,已略过。"
                            | "The shape of feature {number} of “{name}” cannot be read and was left out."
                    ),
                ));
                return Ok(());
            }
            None => Vec::new(),
        };
        if rings.is_empty() {
            self.notes.push(ImportNote::warning(
                "empty-geometry",
                text!(
                    "“{name}”第 {number} 个要素没有面,已略过。"
                        | "Feature {number} of “{name}” has no polygon and was left out."
                ),
            ));
            return Ok(());
        }
        let facts = self.facts(number, &feature.values);
        if let Some(column) = self.date_column
            && self.dates.len() < 3
        {
            self.dates.insert(feature.values[column].clone());
        }
        if let Some(reading) = self.reading {
            for c in rings.iter_mut().flatten() {
                *c = reading.apply(c.x, c.y);
            }
        }
        self.waiting.push(Waiting { number, facts, rings });
        if self.waiting.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Carries the waiting features into the plane and builds their polygons.
    fn flush(&mut self) -> Result<(), FormatError> {
        let mut waiting = std::mem::take(&mut self.waiting);
        if self.transform.from() != self.transform.to() {
            let mut all: Vec<Coord<f64>> = waiting.iter().flat_map(|one| one.rings.iter().flatten().copied()).collect();
            self.transform.apply(&mut all)?;
            let mut carried = all.into_iter();
            for c in waiting.iter_mut().flat_map(|one| one.rings.iter_mut().flatten()) {
                // As many as went in come out.
                if let Some(to) = carried.next() {
                    *c = to;
                }
            }
        }
        for Waiting { number, mut facts, rings } in waiting {
            let built = rings::build(&rings, &self.grid);
            let id = facts.id.clone();
            for defect in &built.defects {
                self.notes.push(defect_note(&id, defect));
            }
            if built.area_changed_m2 > 0.0 {
                self.notes.push(
                    ImportNote::warning(
                        "polygon-repaired",
                        text!("分区“{id}”的面已按奇偶规则重建,面积改变 {:.4} 平方米。" | "The polygon of zone “{id}” was rebuilt by the even-odd rule; its area changed by {:.4} m².", built.area_changed_m2),
                    )
                    .of_plot(&id)
                    .of_area(built.area_changed_m2),
                );
            }
            if built.shape.0.is_empty() {
                self.notes.push(
                    ImportNote::error(
                        "empty-geometry",
                        text!(
                            "分区“{id}”(第 {number} 个要素)的面没有面积,已略过。"
                                | "The polygon of zone “{id}” (feature {number}) has no area; it was left out."
                        ),
                    )
                    .of_plot(&id),
                );
                continue;
            }
            let planar = planar_m2(&built.shape);
            facts.declared_m2 = facts.declared_m2.and_then(|number| self.declared(&id, number, planar));
            self.zones.push(Zone { facts, shape: built.shape });
        }
        Ok(())
    }

    /// A declared area in m², its unit inferred from the polygon; `None`, and a note, where no unit
    /// brings it within 5 %.
    fn declared(&mut self, id: &str, number: f64, planar_m2: f64) -> Option<f64> {
        // m², hectares, mu, km²
        let units = [1.0, 1e4, 2000.0 / 3.0, 1e6];
        let near = units.iter().map(|unit| number * unit).find(|m2| (m2 / planar_m2 - 1.0).abs() <= 0.05);
        if near.is_none() {
            self.notes.push(
                ImportNote::warning(
                    "declared-area-differs",
                    text!("分区“{id}”登记面积 {number} 与图形面积 {planar_m2:.2} 平方米按任何单位都不相符,未采用。" | "The area {number} recorded for zone “{id}” fits its polygon of {planar_m2:.2} m² in no unit; it is not used."),
                )
                .of_plot(id),
            );
        }
        near
    }

    fn facts(&mut self, number: usize, row: &[Option<String>]) -> ZoneFacts {
        let mut facts = ZoneFacts::default();
        let get = |columns: &Columns, meaning: Meaning| columns.of(meaning).and_then(|i| row[i].clone());
        facts.id = self.unique_id(get(&self.columns, Meaning::Id), number);
        facts.name = get(&self.columns, Meaning::Name).unwrap_or_default();
        let class = get(&self.columns, Meaning::Class);
        let kind = get(&self.columns, Meaning::Kind);
        let tier = get(&self.columns, Meaning::Tier);
        let code = get(&self.columns, Meaning::Code);
        facts.declared_m2 = get(&self.columns, Meaning::Area)
            .and_then(|words| words.parse::<f64>().ok())
            .filter(|area| area.is_finite() && *area > 0.0);
        match self.role {
            LayerRole::RedLine => self.red_line(&mut facts, class, kind),
            LayerRole::ControlLine => match tier {
                Some(words) => {
                    match self.said(Meaning::Tier, &words).or_else(|| values::tier(&words).map(str::to_owned)) {
                        Some(tier) => facts.tier = Some(tier),
                        None => self.count_unknown(Meaning::Tier, words),
                    }
                }
                None => *self.missing.entry(Meaning::Tier).or_default() += 1,
            },
            LayerRole::LandUse => {
                facts.kind = kind;
                match code {
                    Some(code) => {
                        match land_codes::look_up(&code) {
                            Some((name, class)) => {
                                facts.class = Some(class.to_owned());
                                if facts.name.is_empty() {
                                    facts.name = name.to_owned();
                                }
                            }
                            None => self.count_unknown(Meaning::Code, code.clone()),
                        }
                        facts.code = Some(code);
                    }
                    None => *self.missing.entry(Meaning::Code).or_default() += 1,
                }
            }
            LayerRole::GrowthBoundary => {
                if let Some(words) = class {
                    match self
                        .said(Meaning::Class, &words)
                        .or_else(|| values::class(self.role, &words).map(str::to_owned))
                    {
                        Some(class) => facts.class = Some(class),
                        None => self.count_unknown(Meaning::Class, words),
                    }
                }
            }
            LayerRole::Farmland | LayerRole::District => {}
        }
        for (index, (field, value)) in self.layer.fields.iter().zip(row).enumerate() {
            let Some(value) = value else { continue };
            self.mojibake += usize::from(value.contains('\u{fffd}'));
            // Name, id and code stand in the facts; class, tier, kind and area are kept as written.
            let verbatim =
                [Meaning::Id, Meaning::Name, Meaning::Code].iter().any(|m| self.columns.of(*m) == Some(index));
            if !verbatim || (self.columns.of(Meaning::Id) == Some(index) && *value != facts.id) {
                facts.attributes.insert(field.clone(), value.clone());
            }
        }
        facts
    }

    /// A red line's class and kind. Either column may hold either: authorities write the class, the
    /// kind, or the kind where others write the class.
    fn red_line(&mut self, facts: &mut ZoneFacts, class: Option<String>, kind: Option<String>) {
        let written = [class.map(|words| (Meaning::Class, words)), kind.map(|words| (Meaning::Kind, words))];
        let mut implied = None;
        for (meaning, words) in written.into_iter().flatten() {
            let said = self.said(meaning, &words);
            if let Some(class) = said.filter(|said| ["statutory", "important"].contains(&said.as_str())) {
                facts.class.get_or_insert(class);
                if meaning == Meaning::Kind {
                    facts.kind = Some(words);
                }
            } else if let Some(class) = values::class(self.role, &words) {
                facts.class.get_or_insert_with(|| class.to_owned());
            } else if let Some(class) = values::class_of_kind(&words) {
                implied = Some(class);
                facts.kind = Some(words);
            } else if meaning == Meaning::Kind {
                facts.kind = Some(words);
            } else {
                self.count_unknown(Meaning::Class, words);
            }
        }
        match (facts.class.as_deref(), implied) {
            (None, Some(class)) => facts.class = Some(class.to_owned()),
            (Some(stated), Some(class)) if stated != class => {
                let (id, kind) = (&facts.id, facts.kind.as_deref().unwrap_or_default());
                self.notes.push(
                    ImportNote::warning(
                        "class-contradicts-kind",
                        text!("分区“{id}”的类别与其类型“{kind}”不一致;按所写类别采用,请核对。" | "The class of zone “{id}” does not fit its kind “{kind}”; the class is used as written. Check it."),
                    )
                    .of_plot(id),
                );
            }
            (None, None) => match facts.kind.clone() {
                Some(kind) => self.count_unknown(Meaning::Kind, kind),
                None => *self.missing.entry(Meaning::Class).or_default() += 1,
            },
            _ => {}
        }
    }

    fn said(&self, meaning: Meaning, value: &str) -> Option<String> {
        self.columns.value(meaning, value).map(str::to_owned)
    }

    fn count_unknown(&mut self, meaning: Meaning, value: String) {
        // A column of free text would fill memory; the question needs only the first.
        if self.unknown.len() < 1000 || self.unknown.contains_key(&(meaning, value.clone())) {
            *self.unknown.entry((meaning, value)).or_default() += 1;
        }
    }

    fn unique_id(&mut self, id: Option<String>, number: usize) -> String {
        let wanted = id.unwrap_or_else(|| number.to_string());
        if self.ids.insert(wanted.clone()) {
            return wanted;
        }
        let mut copy = 2;
        let unique = loop {
            let candidate = format!("{wanted}-{copy}");
            if self.ids.insert(candidate.clone()) {
                break candidate;
            }
            copy += 1;
        };
        self.notes.push(
            ImportNote::warning(
                "duplicate-id",
                text!(
                    "编号“{wanted}”重复;第 {number} 个要素改编为“{unique}”。"
                        | "The identifier “{wanted}” repeats; feature {number} is called “{unique}”."
                ),
            )
            .of_plot(&unique),
        );
        unique
    }

    /// The zones, the date the source states, and the notes.
    ///
    /// # Errors
    /// `value-unknown` where values a rule depends on mean nothing known.
    #[allow(clippy::type_complexity)]
    pub fn finish(mut self) -> Result<(Vec<Zone>, Option<String>, Vec<ImportNote>), FormatError> {
        self.flush()?;
        let name = self.name;
        let needed = |meaning: &Meaning| match self.role {
            LayerRole::RedLine => matches!(meaning, Meaning::Class | Meaning::Kind),
            LayerRole::ControlLine => *meaning == Meaning::Tier,
            _ => false,
        };
        if let Some((meaning, first)) = self.unknown.keys().find(|(meaning, _)| needed(meaning)) {
            let all: Vec<String> = self
                .unknown
                .iter()
                .filter(|((of, _), _)| of == meaning)
                .take(10)
                .map(|((_, value), count)| format!("{value} ×{count}"))
                .collect();
            let (word, all) = (meaning.word(), all.join("、"));
            let field = self.columns.of(*meaning).map(|i| self.layer.fields[i].clone()).unwrap_or_default();
            let example = match meaning {
                Meaning::Tier => "1",
                _ => "important",
            };
            return Err(FormatError::new(
                "value-unknown",
                text!(
                    "“{name}”字段“{field}”中有不认识的值:{all}。请用 --map \"{word}:{first}={example}\" 这样的写法逐个说明其含义,或用 --map {word}=字段名 改用其他字段。"
                        | "Field “{field}” of “{name}” holds values that are not known: {all}. Say what each means, for example with --map \"{word}:{first}={example}\", or name another field with --map {word}=FIELD."
                ),
            ));
        }
        let mut notes = Vec::new();
        if self.heights > 0 {
            notes.push(ImportNote::info(
                "heights-dropped",
                text!(
                    "“{name}”中 {} 个要素带高程或量测值,只用平面坐标。"
                        | "{} features of “{name}” carry heights or measures; only plane coordinates are used.",
                    self.heights
                ),
            ));
        }
        if self.arcs > 0 {
            notes.push(ImportNote::info(
                "curves-densified",
                text!(
                    "“{name}”中 {} 个要素含圆弧,已按弦高不超过 1 毫米加密成折线。"
                        | "{} features of “{name}” hold arcs, which were densified to chords within 1 mm.",
                    self.arcs
                ),
            ));
        }
        if self.mojibake > 0 {
            notes.push(ImportNote::warning(
                "mojibake",
                text!(
                    "“{name}”有 {} 个值含无法解码的文字(乱码)。请核对文件编码。"
                        | "{} values of “{name}” hold text that cannot be decoded. Check the file's encoding.",
                    self.mojibake
                ),
            ));
        }
        for ((meaning, value), count) in &self.unknown {
            let word = meaning.word();
            notes.push(ImportNote::warning(
                "value-unknown",
                text!(
                    "“{name}”中 {count} 个分区的 {word} 值“{value}”不在对照表内,按原样保留。"
                        | "The {word} “{value}” of {count} zones in “{name}” is in no table; it is kept as it stands."
                ),
            ));
        }
        for (meaning, count) in &self.missing {
            let word = meaning.word();
            notes.push(ImportNote::warning(
                "value-missing",
                text!(
                    "“{name}”中 {count} 个分区没有 {word};相关审查将给出“需人工判定”。"
                        | "{count} zones of “{name}” have no {word}; checks that need it will come back as Manual."
                ),
            ));
        }
        notes.extend(self.notes.finish());
        let mut dates = self.dates.into_iter();
        let date = match (dates.next(), dates.next()) {
            (Some(only), None) => only,
            _ => None,
        };
        Ok((self.zones, date, notes))
    }
}

fn defect_note(id: &str, defect: &Defect) -> ImportNote {
    let (code, what) = match defect.kind {
        DefectKind::UnclosedRing => {
            ("unclosed-ring", Text::new("环未闭合,已闭合", "a ring is not closed and was closed"))
        }
        DefectKind::TooFewPoints => (
            "too-few-points",
            Text::new("环少于三个不同的点,已略去", "a ring has fewer than three distinct points and was left out"),
        ),
        DefectKind::SelfCrossing => (
            "self-crossing",
            Text::new("环自相交,已按奇偶规则重建", "a ring crosses itself and was rebuilt by the even-odd rule"),
        ),
        DefectKind::Spike => ("spike", Text::new("有无宽度的尖刺,已去除", "a spike without width was removed")),
        DefectKind::DuplicatePoint => ("duplicate-point", Text::new("有重复点,已去除", "a repeated point was removed")),
        DefectKind::DuplicateRing => ("duplicate-ring", Text::new("有重复的环,已去除", "a repeated ring was removed")),
        DefectKind::OverlappingRings => (
            "overlapping-rings",
            Text::new(
                "环与环相交或重叠,已按奇偶规则重建",
                "rings cross or overlap and were rebuilt by the even-odd rule",
            ),
        ),
        DefectKind::NotFinite => {
            ("not-finite", Text::new("有非数值坐标,已略去", "a coordinate is not a number and was left out"))
        }
        DefectKind::TJunction => ("t-junction", Text::new("边上补入邻区顶点", "a neighbour's vertex was inserted")),
    };
    let (zh, en) = (&what.zh, &what.en);
    let mut note = ImportNote::warning(code, text!("分区“{id}”:{zh}。" | "Zone “{id}”: {en}.")).of_plot(id);
    note.ring = defect.ring;
    note.point = defect.point.map(|point| point.to_string());
    note.area_m2 = defect.area_changed_m2;
    note
}
