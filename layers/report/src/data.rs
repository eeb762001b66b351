//! What a report says, as a template sees it: [`ReportData`] is the dictionary that `data.json` holds.
//!
//! Field names are a contract with the templates that bureaus keep: fields are added, not renamed.
//! All sentences stand in the language of the report, except clauses, which stay in the law's.

use crate::comparison::Comparison;
use crate::tables::{AreaFigures, ClauseEntry, LandUseBlock, OccupationBlock, SliverRow, TotalsGroup};
use redline_wording::Lang;
use redline_zoning::Outcome;
use serde::{Deserialize, Serialize};

/// A whole report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportData {
    /// The language of headings and fixed sentences.
    pub lang: Lang,
    /// Title on the cover and in the running head.
    pub title: String,
    /// What is reviewed: the project's name or the files' names.
    pub subject: String,
    /// Review number; empty leaves a line to write it on.
    pub number: String,
    /// Secrecy class; empty leaves it out.
    pub secrecy: String,
    /// The unit that makes the report; empty leaves a line to write it on.
    pub unit: String,
    /// The date of the review, `YYYY-MM-DD`.
    pub date: String,
    /// Whether a person has decided; until then every page says 系统初判.
    pub decided: bool,
    /// Whether the layers are sample data; then 示例数据 stands across every page.
    pub sample: bool,
    /// The outcome of the whole review.
    pub outcome: Verdict,
    /// The conclusion, one paragraph an entry.
    pub summary: Vec<String>,
    /// The project files with their plots, in the review's order.
    pub projects: Vec<ProjectPart>,
    /// What was not decided and why.
    pub undecided: Vec<Undecided>,
    /// Import notes and repairs, and notes about the review itself.
    pub notes: Vec<NoteRow>,
    /// 压占分析表, one block a plot and layer.
    pub occupation: Vec<OccupationBlock>,
    /// Totals per line, zone, tier and outcome.
    pub totals: Vec<TotalsGroup>,
    /// Land use beneath each plot.
    pub land_use: Vec<LandUseBlock>,
    /// The clauses that the tables refer to by number.
    pub clauses: Vec<ClauseEntry>,
    /// Overlaps ignored as slivers.
    pub slivers: Vec<SliverRow>,
    /// Two revisions of a layer beside each other; a paper with it is a comparison and no review.
    pub comparison: Option<Comparison>,
    /// The maps, in the order they are placed.
    pub maps: Vec<MapFigure>,
    /// By which rules.
    pub rule_book: RuleBookEntry,
    /// The layers it was checked against.
    pub layers: Vec<LayerRow>,
    /// Settings that change numbers, the workspace, the program's version.
    pub settings: Vec<Setting>,
    /// Who signs.
    pub signatures: Vec<Signature>,
}

/// An outcome as it is shown: never by colour alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Which.
    pub outcome: Outcome,
    /// Its word in the report's language.
    pub word: String,
    /// Its colour on white paper, `#rrggbb`.
    pub colour: String,
}

impl Verdict {
    /// An outcome in `lang`; `colour` is `#rrggbb`.
    pub fn new(outcome: Outcome, lang: Lang, colour: &str) -> Verdict {
        Verdict { outcome, word: outcome.word().get(lang).to_string(), colour: colour.to_string() }
    }
}

impl Default for Verdict {
    fn default() -> Verdict {
        Verdict::new(Outcome::Clear, Lang::Zh, "#55606b")
    }
}

/// A project file and its plots.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectPart {
    /// File name without folders.
    pub file: String,
    /// Hex SHA-256; empty where the file could not be read.
    pub sha256: String,
    /// The coordinate reference system it was read in, for people.
    pub crs: String,
    /// The evidence for it.
    pub crs_evidence: Vec<String>,
    /// Its activity, stage, industry, opinions, each a name and a value.
    pub keys: Vec<Setting>,
    /// Why the file could not be used.
    pub error: Option<String>,
    /// Its strictest outcome; `None` with `error`.
    pub outcome: Option<Verdict>,
    /// Its plots, in source order.
    pub plots: Vec<PlotRow>,
}

/// One plot with its areas and what the official form says of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlotRow {
    /// 地块编号.
    pub id: String,
    /// 地块名称.
    pub name: String,
    /// Area on the ellipsoid.
    pub area: AreaFigures,
    /// Area in the plane, formatted square metres.
    pub planar_m2: String,
    /// Area as the source declares it, formatted square metres; empty where it declares none.
    pub declared_m2: String,
    /// Its strictest outcome.
    pub outcome: Verdict,
    /// 1–4 as the official form numbers the four outcomes; `None` where none can be stated.
    pub official_number: Option<u8>,
    /// The official sentence, or why none can be stated.
    pub official: String,
}

/// Something that was left open, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Undecided {
    /// What: plot, layer, zone.
    pub subject: String,
    /// Why it was not decided.
    pub reason: String,
    /// What would decide it; may be empty.
    pub next: String,
}

/// One import note, repair or note about the review.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteRow {
    /// The file, or 审查.
    pub about: String,
    /// How much it matters, in a word.
    pub severity: String,
    /// Stable code.
    pub code: String,
    /// Plot, ring, point; may be empty.
    pub place: String,
    /// Area concerned, formatted square metres; may be empty.
    pub area_m2: String,
    /// The sentence.
    pub message: String,
    /// A person looked at it and accepted it.
    pub accepted: bool,
}

/// What a map shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MapKind {
    /// The whole project.
    #[default]
    Overview,
    /// One overlap.
    Overlap,
}

/// A map, placed at its exact size so that its scale holds on paper.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MapFigure {
    /// What it shows.
    pub kind: MapKind,
    /// Its name; stands in the bookmarks.
    pub name: String,
    /// What a reader who cannot see it is told, and what stands beneath it.
    pub caption: String,
    /// Width on paper, millimetres.
    pub width_mm: f64,
    /// Height on paper, millimetres.
    pub height_mm: f64,
    /// The map as SVG, in UTF-8; for the PDF. Templates find it under `file`.
    #[serde(skip)]
    pub svg: Vec<u8>,
    /// The map as PNG; for the DOCX.
    #[serde(skip)]
    pub png: Vec<u8>,
}

/// The rule book that judged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleBookEntry {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Version.
    pub version: String,
    /// First day it is valid; may be empty.
    pub valid_from: String,
    /// Last day it is valid; may be empty.
    pub valid_to: String,
    /// Hex SHA-256.
    pub sha256: String,
}

/// A layer as it stood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LayerRow {
    /// Title.
    pub title: String,
    /// Where it came from.
    pub source: String,
    /// Date of the revision.
    pub date: String,
    /// Number of the revision.
    pub revision: String,
    /// Hex SHA-256 over its features.
    pub sha256: String,
    /// Whether the rule book speaks of it.
    pub judged: bool,
    /// Something a reader must know of it; may be empty.
    pub remark: String,
}

/// A name and a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// A place to sign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Signature {
    /// 经办, 复核, 审定.
    pub role: String,
    /// Who, where known.
    pub name: String,
    /// When, where known.
    pub date: String,
}
