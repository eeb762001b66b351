//! Words for what a record names by code: roles, classes, tiers, stages, severities.

use crate::review::{LayerRecord, ZoneRecord};
pub use redline_formats::Severity;
use redline_wording::{Lang, Text};
use redline_zoning::{LayerRole, Outcome, subdivision_word};

/// What a layer is for, as a table's cell begins.
pub fn role(role: LayerRole) -> Text {
    begun(role.word())
}

/// A group of activities by its name and the code that rules use.
pub fn group(code: &str) -> Text {
    let Text { zh, en } = redline_zoning::group_word(code);
    if zh == code { Text::same(code) } else { Text::new(format!("{zh}（{code}）"), format!("{en} ({code})")) }
}

/// What a finding is about: a layer by its role, or the plot itself.
pub fn subject(role: Option<LayerRole>) -> Text {
    role.map_or_else(|| Text::new("地块", "Plot"), self::role)
}

/// A cell begins with a capital in English.
fn begun(word: Text) -> Text {
    let mut letters = word.en.chars();
    let en = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    Text { en, ..word }
}

/// The layer's title: its own where that names the role, else the role's word with the own title
/// behind it.
pub fn layer_title(layer: &LayerRecord, lang: Lang) -> String {
    let word = role(layer.role);
    if layer.title.is_empty() || layer.title == word.zh || layer.title == word.en {
        word.get(lang).to_string()
    } else if layer.title.contains(word.get(lang)) {
        layer.title.clone()
    } else {
        match lang {
            Lang::Zh => format!("{}（{}）", word.zh, layer.title),
            Lang::En => format!("{} ({})", word.en, layer.title),
        }
    }
}

/// A canonical class or tier of a layer; an unknown one stands for itself.
pub fn subdivision(role: LayerRole, class_or_tier: &str) -> Text {
    subdivision_word(role, class_or_tier).map_or_else(|| Text::same(class_or_tier), begun)
}

/// 分区/级别 of a zone: class, kind, tier, as far as known; its layer's role where none is.
pub fn zone_class(zone: &ZoneRecord, lang: Lang) -> String {
    let mut parts = Vec::new();
    if let Some(name) = &zone.class {
        parts.push(subdivision(zone.role, name).get(lang).to_string());
    }
    if let Some(level) = &zone.tier {
        parts.push(subdivision(zone.role, level).get(lang).to_string());
    }
    if let Some(kind) = zone.kind.as_ref().filter(|kind| !kind.is_empty()) {
        parts.push(kind.clone());
    }
    if parts.is_empty() {
        parts.push(role(zone.role).get(lang).to_string());
    }
    parts.join(" · ")
}

/// What a line of a comparison sums by; an unknown word stands for itself.
pub fn diff_group(group: &str) -> Text {
    match group {
        "layer" => Text::new("图层", "Layer"),
        "class" => Text::new("分类", "Class"),
        "tier" => Text::new("级别", "Tier"),
        "zone" => Text::new("分区", "Zone"),
        "land-use" => Text::new("地类", "Land use"),
        other => Text::same(other),
    }
}

/// How much a note matters.
pub fn severity(severity: Severity) -> Text {
    match severity {
        Severity::Info => Text::new("提示", "note"),
        Severity::Warning => Text::new("警告", "warning"),
        Severity::Error => Text::new("错误", "error"),
    }
}

/// An opinion's kind; an unknown one stands for itself.
pub fn opinion(kind: &str) -> Text {
    match kind {
        "limited-activity" => Text::new("有限人为活动认定意见", "limited-activity opinion"),
        "unavoidability" => Text::new("不可避让论证意见", "unavoidability opinion"),
        other => Text::same(other),
    }
}

/// The sign that always stands beside an outcome's word.
pub fn icon(outcome: Outcome) -> char {
    match outcome {
        Outcome::Prohibited => '⊘',
        Outcome::Manual => '?',
        Outcome::Conditional => '△',
        Outcome::Permitted => '✓',
        Outcome::Clear => '○',
    }
}

/// Where a note points: plot, ring, point; empty where it concerns the file.
pub fn place(note: &crate::review::NoteRecord, lang: Lang) -> String {
    let mut parts = Vec::new();
    if let Some(plot) = &note.plot {
        parts.push(match lang {
            Lang::Zh => format!("地块 {plot}"),
            Lang::En => format!("plot {plot}"),
        });
    }
    if let Some(ring) = note.ring {
        parts.push(match lang {
            Lang::Zh => format!("圈 {ring}"),
            Lang::En => format!("ring {ring}"),
        });
    }
    if let Some(point) = &note.point {
        parts.push(match lang {
            Lang::Zh => format!("点 {point}"),
            Lang::En => format!("point {point}"),
        });
    }
    parts.join(" · ")
}

/// The sentence of a note.
pub fn message(note: &crate::review::NoteRecord, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &note.message,
        Lang::En => &note.message_en,
    }
}

/// Why a project file could not be used; `None` where it was.
pub fn error(project: &crate::review::ProjectReview, lang: Lang) -> Option<&str> {
    match lang {
        Lang::Zh => project.error.as_deref(),
        Lang::En => project.error_en.as_deref().or(project.error.as_deref()),
    }
}

/// The evidence for a project file's CRS.
pub fn evidence(project: &crate::review::ProjectReview, lang: Lang) -> &[String] {
    match lang {
        Lang::Zh => &project.crs_evidence,
        Lang::En => &project.crs_evidence_en,
    }
}

/// What the official form says of a plot and the red line, with its number where it has one.
pub fn official(plot: &crate::review::PlotReview, lang: Lang) -> String {
    let official = &plot.official;
    let sentence = match lang {
        Lang::Zh => &official.sentence,
        Lang::En => &official.sentence_en,
    };
    match (official.number, lang) {
        (Some(number), Lang::Zh) => format!("第 {number} 种：{sentence}"),
        (Some(number), Lang::En) => format!("No. {number}: {sentence}"),
        (None, _) => sentence.clone(),
    }
}

/// Why a finding says what it says.
pub fn reason(finding: &crate::review::FindingRecord, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &finding.reason,
        Lang::En => &finding.reason_en,
    }
}
