//! Geometric defects as notes, in the source's own ring and point names.

use super::open_by_custom;
use crate::ImportNote;
use crate::note::Severity;
use crate::raw::{FileFormat, RawRing};
use geo_types::Coord;
use redline_geometry::rings::Built;
use redline_geometry::{Defect, DefectKind};
use redline_wording::{Text, text};

/// Adds a note for every defect of a plot.
pub(super) fn note(
    built: &Built,
    rings: &[Vec<Coord<f64>>],
    raw: &[RawRing],
    plot: &str,
    format: FileFormat,
    notes: &mut Vec<ImportNote>,
) {
    for defect in &built.defects {
        let ring = defect.ring.and_then(|r| raw.get(r.checked_sub(1)?));
        let mut severity = severity(defect.kind);
        if defect.kind == DefectKind::UnclosedRing && open_by_custom(format) {
            severity = Severity::Info;
        }
        let mut made = ImportNote::new(code(defect.kind), severity, sentence(defect, rings)).of_plot(plot);
        made.ring = ring.and_then(|r| r.label).or(defect.ring);
        made.point = defect.point.map(|p| {
            let name = ring.and_then(|r| r.points.get(p.checked_sub(1)?)).and_then(|p| p.name.clone());
            name.unwrap_or_else(|| p.to_string())
        });
        made.area_m2 = defect.area_changed_m2;
        notes.push(made);
    }
}

/// The note's code, stable whatever the defect is called inside.
fn code(kind: DefectKind) -> &'static str {
    match kind {
        DefectKind::UnclosedRing => "unclosed-ring",
        DefectKind::TooFewPoints => "too-few-points",
        DefectKind::SelfCrossing => "self-crossing",
        DefectKind::Spike => "spike",
        DefectKind::DuplicatePoint => "duplicate-point",
        DefectKind::DuplicateRing => "duplicate-ring",
        DefectKind::OverlappingRings => "overlapping-rings",
        DefectKind::NotFinite => "non-finite",
        DefectKind::TJunction => "t-junction",
    }
}

fn severity(kind: DefectKind) -> Severity {
    match kind {
        DefectKind::DuplicatePoint => Severity::Info,
        DefectKind::TooFewPoints | DefectKind::NotFinite => Severity::Error,
        _ => Severity::Warning,
    }
}

fn sentence(defect: &Defect, rings: &[Vec<Coord<f64>>]) -> Text {
    let at = defect.at.map(|p| Text {
        zh: format!("（东 {:.3}，北 {:.3}）", p.x, p.y),
        en: format!(" (east {:.3}, north {:.3})", p.x, p.y),
    });
    let at = at.unwrap_or_default();
    let what = match defect.kind {
        DefectKind::UnclosedRing => {
            let gap = defect
                .ring
                .and_then(|r| rings.get(r.checked_sub(1)?))
                .and_then(|r| Some((*r.first()?, *r.last()?)))
                .map_or(0.0, |(a, b)| (a.x - b.x).hypot(a.y - b.y));
            text!(
                "首尾点不重合，相距 {gap:.3} 米，已闭合"
                    | "the last point is not the first, {gap:.3} m apart; the ring was closed"
            )
        }
        DefectKind::TooFewPoints => {
            text!("不同的点不足 3 个，该圈未使用" | "fewer than three different points; the ring was left out")
        }
        DefectKind::SelfCrossing => text!("自相交，按奇偶规则重建" | "crosses itself; rebuilt by the even-odd rule"),
        DefectKind::Spike => text!("有无宽度的尖刺，已去除" | "has a spike of no width; it was removed"),
        DefectKind::DuplicatePoint => {
            text!("相邻两点重复，已去除一个" | "the same point twice in a row; one was removed")
        }
        DefectKind::DuplicateRing => text!("与另一圈完全重复，已去除一个" | "repeats another ring; one was removed"),
        DefectKind::OverlappingRings => {
            text!(
                "与同一地块的另一圈相交或重叠，按奇偶规则重建"
                    | "crosses or overlaps another ring of the plot; rebuilt by the even-odd rule"
            )
        }
        DefectKind::NotFinite => {
            text!("坐标不是有限的数，该点未使用" | "a coordinate is not a finite number; the point was left out")
        }
        DefectKind::TJunction => text!("边上插入了相邻图形的顶点" | "a neighbour's vertex was inserted on its edge"),
    };
    let changed = match defect.area_changed_m2 {
        Some(m2) if m2 > 0.0 => {
            Text { zh: format!("，面积变化 {m2:.4} 平方米"), en: format!(", changing {m2:.4} m²") }
        }
        _ => Text::default(),
    };
    Text {
        zh: format!("{}{}{}。", what.zh, at.zh, changed.zh),
        en: format!("{}{}{}.", capital(&what.en), at.en, changed.en),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// Compares the stated number of points with the rows given; closing rows may be counted or not.
pub(super) fn count(declared: usize, raw: &[RawRing], plot: &str, notes: &mut Vec<ImportNote>) {
    let rows: usize = raw.iter().map(|r| r.points.len()).sum();
    let closing = raw
        .iter()
        .filter(|r| {
            r.points.len() > 1
                && matches!((r.points.first(), r.points.last()), (Some(a), Some(b)) if (a.x, a.y) == (b.x, b.y))
        })
        .count();
    if declared == rows || declared == rows - closing {
        return;
    }
    let different = rows - closing;
    notes.push(
        ImportNote::warning(
            "point-count-differs",
            text!(
                "注明 {declared} 个界址点，实有 {rows} 行（不计闭合点 {different} 个）。"
                | "{declared} boundary points are stated, {rows} rows are given ({different} without closing points)."
            ),
        )
        .of_plot(plot),
    );
}
