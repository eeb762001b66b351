//! Defects of the draft's layer, and their mending by edits that can be taken back.

use super::super::Desk;
use super::super::opening::City;
use super::super::places::{place, place_of};
use super::super::wire::*;
use super::{Editing, changing, drafting, shown, state};
use crate::EngineError;
use crate::progress::Progress;
use geo_types::Coord;
use redline_coverage::defects::{Defect, DefectKind, GAP_WIDTH_M};
use redline_wording::text;

/// More than this nobody reads at once; the total is told.
const LISTED: usize = 2_000;

/// The defects of the draft's layer as it stands.
pub(in super::super) fn defects(
    desk: &Desk,
    asked: DraftDefectsAsked,
    _: &dyn Progress,
) -> Result<DraftDefects, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let window = asked.bounds.map(|bounds| window(&editing.city, bounds)).transpose()?;
    let inside = |at: Coord<f64>| window.is_none_or(|w| w[0] <= at.x && at.x <= w[2] && w[1] <= at.y && at.y <= w[3]);
    let found = found(editing);
    let there: Vec<&Defect> = found.iter().filter(|d| inside(d.at)).collect();
    let listed = there.iter().take(LISTED).map(|d| view(&editing.city, d)).collect();
    let total = there.len() as u64;
    editing.defects = Some(found);
    Ok(DraftDefects { total, listed })
}

/// Mends a defect by one of its remedies.
pub(in super::super) fn mend(desk: &Desk, asked: MendDefect, _: &dyn Progress) -> Result<DraftState, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let found = found(editing);
    let remedy = found.iter().find(|d| key(d) == asked.key).and_then(|d| {
        let at: usize = asked.remedy.parse().ok()?;
        d.remedies.get(at)
    });
    let Some(edit) = remedy.map(|r| r.edit.clone()) else {
        return Err(EngineError::new(
            "no-such-defect",
            text!(
                "这处缺陷已不在，或没有这种修补办法；请重新列出缺陷。"
                    | "This defect is gone, or has no such remedy; list the defects again."
            ),
        ));
    };
    changing::make(editing, edit, (desk.clock)().timestamp())?;
    state::of(desk, editing)
}

/// The defects as last listed, if nothing was edited since; else looked for.
fn found(editing: &mut Editing) -> Vec<Defect> {
    editing.defects.take().unwrap_or_else(|| editing.coverage.defects(GAP_WIDTH_M))
}

/// What tells a defect from others of the same state: its kind, place and zones.
fn key(defect: &Defect) -> String {
    let Coord { x, y } = defect.at;
    format!("{}/{x}/{y}/{}", kind(defect.kind), defect.zones.join("/"))
}

fn kind(kind: DefectKind) -> &'static str {
    match kind {
        DefectKind::Tangled => "tangled",
        DefectKind::Invalid => "invalid",
        DefectKind::Overlap => "overlap",
        DefectKind::Gap => "gap",
        DefectKind::UnmatchedVertex => "unmatched-vertex",
    }
}

fn view(city: &City, defect: &Defect) -> DraftDefect {
    let ground = !defect.shape.0.is_empty();
    let remedies = defect.remedies.iter().enumerate();
    DraftDefect {
        key: key(defect),
        kind: kind(defect.kind).into(),
        sentence: defect.words(),
        area: ground.then_some(defect.area),
        at: place_of(city, defect.at),
        geometry: ground.then(|| shown::geometry(city, &defect.shape)),
        remedies: remedies.map(|(n, r)| DefectRemedy { id: n.to_string(), sentence: r.words.clone() }).collect(),
    }
}

/// A box of degrees as the box of the plane around its corners.
pub(super) fn window(city: &City, [west, south, east, north]: LonLatBounds) -> Result<[f64; 4], EngineError> {
    let mut window = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for corner in [[west, south], [east, south], [east, north], [west, north]] {
        let Place { east: x, north: y, .. } = place(city, corner)?;
        window = [window[0].min(x), window[1].min(y), window[2].max(x), window[3].max(y)];
    }
    Ok(window)
}
