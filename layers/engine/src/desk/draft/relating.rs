//! What an edit does to the relation of the red line and the control line: the red line lies within
//! tier 1. No layer states it as binding, so ground that breaks it is noted and the edit is made.

use super::Editing;
use super::looking::rings;
use crate::EngineError;
use redline_coverage::Transfer;
use redline_geometry::{Shape, overlay};
use redline_wording::{Text, text};
use redline_zoning::{LayerRole, Zone, ZoneFacts};

/// Less than this is rounding of the overlay grid, m².
const NOISE_M2: f64 = 1e-4;

/// What a person should know of ground that changes hands.
pub(super) fn notes(editing: &Editing, transfers: &[Transfer]) -> Result<Vec<Text>, EngineError> {
    let tier_1 = |facts: &Option<ZoneFacts>| facts.as_ref().is_some_and(|f| f.tier.as_deref() == Some("1"));
    let (other, ground): (LayerRole, Vec<&Shape>) = match editing.layer.role {
        // what becomes red line
        LayerRole::RedLine => {
            let new = transfers.iter().filter(|t| t.from.is_none() && t.to.is_some());
            (LayerRole::ControlLine, new.map(|t| &t.shape).collect())
        }
        // what tier 1 gives away
        LayerRole::ControlLine => {
            let gone = transfers.iter().filter(|t| tier_1(&t.from) && !tier_1(&t.to));
            (LayerRole::RedLine, gone.map(|t| &t.shape).collect())
        }
        _ => return Ok(Vec::new()),
    };
    let grid = editing.city.grid();
    let ground = overlay::union(&ground, &grid);
    let points = || rings(&ground).flat_map(|ring| &ring.0);
    let Some(first) = points().next() else { return Ok(Vec::new()) };
    let bounds = points().fold([first.x, first.y, first.x, first.y], |b, c| {
        [b[0].min(c.x), b[1].min(c.y), b[2].max(c.x), b[3].max(c.y)]
    });
    let mut found: Vec<Zone> = Vec::new();
    let mut there = false;
    for layer in editing.workspace.layers()?.iter().filter(|l| l.role == other) {
        there = true;
        found.extend(editing.workspace.zones_in(layer, bounds)?);
    }
    if !there {
        return Ok(Vec::new());
    }
    let red = editing.layer.role == LayerRole::RedLine;
    let shapes: Vec<&Shape> =
        found.iter().filter(|z| !red || z.facts.tier.as_deref() == Some("1")).map(|z| &z.shape).collect();
    let others = overlay::union(&shapes, &grid);
    let broken =
        if red { overlay::difference(&ground, &others, &grid) } else { overlay::intersection(&ground, &others, &grid) };
    let area = editing.city.plane().area(&broken);
    let place = rings(&broken).flat_map(|ring| &ring.0).next();
    let Some(at) = place.filter(|_| area.planar_m2 > NOISE_M2) else { return Ok(Vec::new()) };
    let (m2, north, east) = (area.ellipsoidal_m2, at.y, at.x);
    Ok(vec![text!(
        "有 {m2:.2} m²（椭球）生态保护红线不再位于生态控制线一级管制区内，在 N {north:.2} E {east:.2} 附近；请核对两条线的关系。"
            | "{m2:.2} m² (ellipsoidal) of the red line would no longer lie in tier 1 of the control line, near N {north:.2} E {east:.2}; check how the two lines relate."
    )])
}
