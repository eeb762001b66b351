//! How far to clear: the smallest trim, and the smallest shift, after which a plot no longer overlaps
//! the zones that stand in its way.

use super::Desk;
use super::editing::{moved, resolved};
use super::grounds;
use super::held;
use super::opening::City;
use super::shifting::{self, Found};
use super::trying::{Subject, of_plot};
use super::wire::*;
use crate::EngineError;
use crate::assess::{Judged, bounds_of};
use crate::commands::check_work::cancelled;
use crate::output::words;
use crate::progress::Progress;
use crate::review::{Overlap, ZoneRecord};
use geo_types::Coord;
use redline_formats::PlotOrigin;
use redline_geometry::{Shape, overlay};
use redline_wording::{Lang, Text, text};
use redline_zoning::Outcome;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The farthest shift anyone may ask for, metres: beyond it another site is another project.
const FARTHEST_M: f64 = 5_000.0;

/// Zones that are cleared together: those of a layer drawn and judged alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hurdle {
    layer: String,
    class: Option<String>,
    tier: Option<String>,
}

impl Hurdle {
    fn of(zone: &ZoneRecord) -> Hurdle {
        Hurdle { layer: zone.layer.clone(), class: zone.class.clone(), tier: zone.tier.clone() }
    }
}

/// The smallest trim and shift that clear a finding.
pub(super) fn how_to_clear(
    desk: &Desk,
    asked: HowToClear,
    progress: &dyn Progress,
) -> Result<WaysToClear, EngineError> {
    if !(asked.limit_m > 0.0 && asked.limit_m <= FARTHEST_M) {
        let limit = asked.limit_m;
        return Err(EngineError::new(
            "shift-limit",
            text!(
                "最大移动距离 {limit} 米不在 0 至 {FARTHEST_M} 米之间。"
                    | "The largest shift {limit} m is not between 0 and {FARTHEST_M} m."
            ),
        ));
    }
    let city = desk.city()?;
    let held = held::held(desk, asked.review)?;
    let (place, plot) = held.plot(&asked.plot)?;
    let subject = of_plot(&city, &held, place, plot, &asked.plot);
    let shape = held.drafts().get(&place).cloned().unwrap_or_else(|| subject.original.clone());
    if shape.0.is_empty() {
        return Err(EngineError::new(
            "no-footprint",
            text!("这个地块没有面，无从裁切或移动。" | "This plot has no footprint to trim or shift."),
        ));
    }
    // what is tried may cross itself, and is told so there
    let shape = resolved(&shape, &city.grid()).ok_or_else(|| {
        EngineError::new(
            "footprint-crosses-itself",
            text!(
                "边界自相交，无从裁切或移动；请移动顶点，或恢复原图形。"
                    | "The boundary crosses itself, so it cannot be trimmed or shifted; move a vertex, or reset."
            ),
        )
    })?;
    let judged = subject.judged(&*subject.ground(desk, &city, &shape)?, &shape);
    let (hurdles, of) = hurdles(&asked, &plot.overlaps, &judged)?;
    if hurdles.is_empty() {
        return Ok(WaysToClear {
            of,
            trim: None,
            shift: None,
            shift_note: text!("没有需要避让的压占。" | "Nothing stands in the way."),
        });
    }
    progress.stage(&text!("计算最小裁切" | "Finding the smallest trim"), None);
    let trim = trim(&city, &shape, &judged, &hurdles);
    if progress.cancelled() {
        return Err(cancelled());
    }
    progress.stage(&text!("寻找最小移动" | "Looking for the smallest shift"), Some(shifting::STEPS));
    let (shift, shift_note) = shift(desk, &city, &subject, &shape, &hurdles, asked.limit_m, progress)?;
    Ok(WaysToClear { of, trim, shift, shift_note })
}

/// The zones asked for, as the footprint stands now; without an overlap, all that prohibit or ask
/// for conditions.
fn hurdles(asked: &HowToClear, recorded: &[Overlap], judged: &Judged) -> Result<(BTreeSet<Hurdle>, Text), EngineError> {
    let Some(id) = &asked.overlap else {
        let strict = |o: &Overlap| matches!(o.outcome, Outcome::Prohibited | Outcome::Conditional);
        let all = judged.overlaps.iter().map(|(_, o)| o).filter(|o| strict(o)).map(|o| Hurdle::of(&o.zone)).collect();
        return Ok((all, text!("所有禁止与有条件的压占" | "Everything prohibited or conditional")));
    };
    let overlap = recorded.iter().find(|o| &o.id == id).ok_or_else(|| {
        EngineError::new("overlap-unknown", text!("审查中没有压占 {id}。" | "There is no overlap {id} in this review."))
    })?;
    let hurdle = Hurdle::of(&overlap.zone);
    let still = judged.overlaps.iter().any(|(_, o)| Hurdle::of(&o.zone) == hurdle);
    let zone = ZoneRecord { kind: None, ..overlap.zone.clone() };
    let of = Text::new(words::zone_class(&zone, Lang::Zh), words::zone_class(&zone, Lang::En));
    Ok((still.then_some(hurdle).into_iter().collect(), of))
}

/// Cuts off what lies in the hurdles: less cannot be cut, for every part of it is in the way.
fn trim(city: &City, shape: &Shape, judged: &Judged, hurdles: &BTreeSet<Hurdle>) -> Option<Trim> {
    let pieces: Vec<&Shape> =
        judged.overlaps.iter().filter(|(_, o)| hurdles.contains(&Hurdle::of(&o.zone))).map(|(s, _)| s).collect();
    if pieces.is_empty() {
        return None;
    }
    let lost = overlay::union(&pieces, &city.grid());
    let left = overlay::difference(shape, &lost, &city.grid());
    Some(Trim {
        lost_area: city.plane().area(&lost),
        left_area: city.plane().area(&left),
        pieces: left.0.len() as u32,
        outline: city.outline(&left),
        lost: city.outline(&lost),
    })
}

fn shift(
    desk: &Desk,
    city: &Arc<City>,
    subject: &Subject<'_>,
    shape: &Shape,
    hurdles: &BTreeSet<Hurdle>,
    limit_m: f64,
    progress: &dyn Progress,
) -> Result<(Option<Shift>, Text), EngineError> {
    let [x0, y0, x1, y1] = bounds_of(shape, &PlotOrigin::Polygon).unwrap_or([0.0; 4]);
    let reach = [x0 - limit_m, y0 - limit_m, x1 + limit_m, y1 + limit_m];
    let ground = grounds::around(desk, city, subject.terms().clone(), reach)?;
    let overlaps = |by: Coord<f64>| {
        let there = moved(shape, by);
        ground.ground.judged.iter().any(|layer| {
            layer.index.overlap_areas(&there).iter().any(|(zone, m2)| {
                let facts = &layer.facts[*zone];
                *m2 > shifting::TOUCHING_M2
                    && hurdles.contains(&Hurdle {
                        layer: layer.info.name.clone(),
                        class: facts.class.clone(),
                        tier: facts.tier.clone(),
                    })
            })
        })
    };
    let step_m = shifting::step_m(limit_m);
    let directions = shifting::DIRECTIONS;
    let Some(Found { by }) = shifting::smallest(limit_m, &overlaps, progress)? else {
        return Ok((
            None,
            text!(
                "{limit_m} 米以内没有找到可避让的位置（{directions} 个方向，步长 {step_m:.2} 米）。"
                    | "No place within {limit_m} m is clear ({directions} directions, steps of {step_m:.2} m)."
            ),
        ));
    };
    let there = moved(shape, by);
    let outcome = subject.judged(&*subject.ground(desk, city, &there)?, &there).outcome;
    let note = text!(
        "按 {directions} 个方向、{step_m:.2} 米步长搜索后逐级细化，精确到 1 厘米；比步长更窄的空隙可能漏过。"
            | "Searched in {directions} directions by steps of {step_m:.2} m, then refined to a centimetre; a gap narrower than a step may be missed."
    );
    let shift =
        Shift { east_m: by.x, north_m: by.y, distance_m: by.x.hypot(by.y), outline: city.outline(&there), outcome };
    Ok((Some(shift), note))
}
