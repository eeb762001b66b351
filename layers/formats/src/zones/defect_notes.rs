//! Geometric defects of zones as notes.

use crate::{ImportNote, Severity};
use redline_geometry::{Defect, DefectKind};
use redline_wording::{Text, text};

/// One defect of a zone. Points that are no numbers leave a part of the zone out: an error.
pub(super) fn defect_note(id: &str, defect: &Defect) -> ImportNote {
    let (code, what) = match defect.kind {
        DefectKind::UnclosedRing => {
            ("unclosed-ring", Text::new("环未闭合，已闭合", "a ring is not closed and was closed"))
        }
        DefectKind::TooFewPoints => (
            "too-few-points",
            Text::new("环少于三个不同的点，已略去", "a ring has fewer than three distinct points and was left out"),
        ),
        DefectKind::SelfCrossing => (
            "self-crossing",
            Text::new("环自相交，已按奇偶规则重建", "a ring crosses itself and was rebuilt by the even-odd rule"),
        ),
        DefectKind::Spike => ("spike", Text::new("有无宽度的尖刺，已去除", "a spike without width was removed")),
        DefectKind::DuplicatePoint => {
            ("duplicate-point", Text::new("有重复点，已去除", "a repeated point was removed"))
        }
        DefectKind::DuplicateRing => ("duplicate-ring", Text::new("有重复的环，已去除", "a repeated ring was removed")),
        DefectKind::OverlappingRings => (
            "overlapping-rings",
            Text::new(
                "环与环相交或重叠，已按奇偶规则重建",
                "rings cross or overlap and were rebuilt by the even-odd rule",
            ),
        ),
        DefectKind::NotFinite => {
            ("not-finite", Text::new("有非数值坐标，已略去", "a coordinate is not a number and was left out"))
        }
        DefectKind::TJunction => ("t-junction", Text::new("边上补入邻区顶点", "a neighbour's vertex was inserted")),
    };
    let (zh, en) = (&what.zh, &what.en);
    let severity = if defect.kind == DefectKind::NotFinite { Severity::Error } else { Severity::Warning };
    let mut note = ImportNote::new(code, severity, text!("分区“{id}”：{zh}。" | "Zone “{id}”: {en}.")).of_plot(id);
    note.ring = defect.ring;
    note.point = defect.point.map(|point| point.to_string());
    note.area_m2 = defect.area_changed_m2;
    note
}
