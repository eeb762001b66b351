//! From a source feature to a zone: facts by the matched columns, polygon by the even-odd rule.

use super::defect_notes::defect_note;
use super::fields::{Columns, Meaning};
use super::note_list::NoteList;
use super::red_line::{self, Word};
use super::tally::Tally;
use super::{land_codes, values};
use crate::evidence::Reading;
use crate::vector::source::{SourceFeature, SourceLayer};
use crate::{FormatError, ImportNote, Transform};
use geo_types::Coord;
use redline_geometry::{Grid, planar_m2, rings};
use redline_wording::text;
use redline_zoning::{LayerRole, Zone, ZoneFacts};
use std::collections::BTreeSet;

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
    tally: Tally,
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
            tally: Tally::default(),
            date_column,
            dates: BTreeSet::new(),
        }
    }

    /// Takes the next feature.
    pub fn take(&mut self, feature: SourceFeature) -> Result<(), FormatError> {
        let (name, number) = (self.name, feature.number);
        let mut rings = match feature.geometry {
            Some(Ok(parts)) => {
                self.tally.heights += usize::from(parts.had_heights);
                self.tally.arcs += usize::from(parts.had_arcs);
                if !parts.lines.is_empty() || !parts.points.is_empty() {
                    self.notes.push(ImportNote::warning(
                        "not-a-polygon",
                        text!("“{name}”第 {number} 个要素含线或点，控制线图层只用面，线和点已略过。" | "Feature {number} of “{name}” holds lines or points, which were left out: a zone layer is made of polygons."),
                    ));
                }
                parts.rings
            }
            Some(Err(_)) => {
                self.notes.push(ImportNote::error(
                    "geometry-unreadable",
                    text!(
                        "“{name}”第 {number} 个要素的图形无法读取，已略过。"
                            | "The shape of feature {number} of “{name}” cannot be read and was left out."
                    ),
                ));
                return Ok(());
            }
            None => Vec::new(),
        };
        if rings.is_empty() {
            self.notes.push(ImportNote::error(
                "empty-geometry",
                text!(
                    "“{name}”第 {number} 个要素没有面，已略过。"
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
                        text!("分区“{id}”的面已按奇偶规则重建，面积改变 {:.4} 平方米。" | "The polygon of zone “{id}” was rebuilt by the even-odd rule; its area changed by {:.4} m².", built.area_changed_m2),
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
                            "分区“{id}”（第 {number} 个要素）的面没有面积，已略过。"
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
                    text!("分区“{id}”登记面积 {number} 与图形面积 {planar_m2:.2} 平方米按任何单位都不相符，未采用。" | "The area {number} recorded for zone “{id}” fits its polygon of {planar_m2:.2} m² in no unit; it is not used."),
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
                        None => self.tally.unknown(Meaning::Tier, words),
                    }
                }
                None => self.tally.missing(Meaning::Tier),
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
                            None => self.tally.unknown(Meaning::Code, code.clone()),
                        }
                        facts.code = Some(code);
                    }
                    None => self.tally.missing(Meaning::Code),
                }
            }
            LayerRole::GrowthBoundary => {
                if let Some(words) = class {
                    match self
                        .said(Meaning::Class, &words)
                        .or_else(|| values::class(self.role, &words).map(str::to_owned))
                    {
                        Some(class) => facts.class = Some(class),
                        None => self.tally.unknown(Meaning::Class, words),
                    }
                }
            }
            LayerRole::Farmland | LayerRole::District => {}
        }
        for (index, (field, value)) in self.layer.fields.iter().zip(row).enumerate() {
            let Some(value) = value else { continue };
            self.tally.mojibake += usize::from(value.contains('\u{fffd}'));
            // Name, id and code stand in the facts; class, tier, kind and area are kept as written.
            let verbatim =
                [Meaning::Id, Meaning::Name, Meaning::Code].iter().any(|m| self.columns.of(*m) == Some(index));
            if !verbatim || (self.columns.of(Meaning::Id) == Some(index) && *value != facts.id) {
                facts.attributes.insert(field.clone(), value.clone());
            }
        }
        facts
    }

    fn red_line(&mut self, facts: &mut ZoneFacts, class: Option<String>, kind: Option<String>) {
        let written = [(Meaning::Class, class), (Meaning::Kind, kind)].into_iter();
        let words = written
            .filter_map(|(meaning, words)| Some((meaning, words?)))
            .map(|(meaning, written)| Word { meaning, said: self.said(meaning, &written), written })
            .collect();
        let read = red_line::read(words);
        facts.class = read.class.map(str::to_owned);
        facts.kind = read.kind;
        if let Some((meaning, words)) = read.ask {
            self.tally.unknown(meaning, words);
        }
        if read.empty {
            self.tally.missing(Meaning::Class);
        }
        if let Some((written, canonical)) = read.mapped {
            self.tally.kind_mapped(written, canonical);
        }
        if let Some(kind) = facts.kind.clone().filter(|_| read.kind_unknown) {
            self.tally.kind_unknown(kind);
        }
        let id = &facts.id;
        if let Some([one, other]) = read.classes_differ {
            self.notes.push(
                ImportNote::warning(
                    "class-contradicts-kind",
                    text!("分区“{id}”的“{one}”与“{other}”属于不同的类别：类别留空，相关审查将给出“需人工判定”。可用 --map \"class:{one}=statutory\" 这样的写法指明后重新导入。" | "“{one}” and “{other}” of zone “{id}” belong to different classes: it has none, and checks that need it will come back as Manual. To settle it, import again with, for example, --map \"class:{one}=statutory\"."),
                )
                .of_plot(id),
            );
        }
        if let Some([one, other]) = read.kinds_differ {
            self.notes.push(
                ImportNote::warning(
                    "kinds-contradict",
                    text!("分区“{id}”的“{one}”与“{other}”是不同的种类：种类留空，取决于种类的审查将给出“需人工判定”。可用 --map kind=字段名 指明采用哪一个字段后重新导入。" | "“{one}” and “{other}” of zone “{id}” are different kinds: it has none, and checks that hang on the kind will come back as Manual. To settle it, import again with --map kind=FIELD."),
                )
                .of_plot(id),
            );
        }
    }

    fn said(&self, meaning: Meaning, value: &str) -> Option<String> {
        self.columns.value(meaning, value).map(str::to_owned)
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
                    "编号“{wanted}”重复；第 {number} 个要素改编为“{unique}”。"
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
        self.tally.question(self.name, self.role, &self.columns, &self.layer.fields)?;
        let mut notes = self.tally.notes(self.name);
        notes.extend(self.notes.finish());
        let mut dates = self.dates.into_iter();
        let date = match (dates.next(), dates.next()) {
            (Some(only), None) => only,
            _ => None,
        };
        Ok((self.zones, date, notes))
    }
}
