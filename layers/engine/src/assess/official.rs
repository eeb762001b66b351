//! The official sentence for the red line.

use super::coverage::{BEYOND_CITY, NO_COVERAGE, NO_DATA};
use super::doubts::PLACE_DOUBTFUL;
use super::{Draft, Terms, opinions};
use crate::ground::Ground;
use crate::review::OfficialRecord;
use redline_formats::Plot;
use redline_geometry::{Shape, overlay};
use redline_zoning::{LayerRole, Outcome, ProjectKeys, RedLineFacts, official_outcome};

/// What the official form says of a plot, or why it can say nothing.
pub(super) fn official(
    draft: &Draft,
    plot: &Plot,
    keys: &ProjectKeys,
    ground: &Ground,
    terms: &Terms<'_>,
) -> OfficialRecord {
    let red = LayerRole::RedLine;
    let rule = |rule: &str, of: Option<LayerRole>| {
        draft.findings.iter().any(|(_, f)| f.finding.rule == rule && (of.is_none() || f.role == of))
    };
    // nothing can be stated of ground that the red-line layer, or the city itself, does not reach
    let gap = rule(NO_DATA, Some(red)) || rule(NO_COVERAGE, Some(red)) || rule(BEYOND_CITY, None);
    let within: Vec<&Shape> = draft.overlaps.iter().filter(|(_, o)| o.zone.role == red).map(|(s, _)| s).collect();
    let occupied_m2 = ground.plane.area(&overlay::union(&within, &ground.grid)).ellipsoidal_m2;
    let bare = plot.shape.0.is_empty();
    let met: Vec<Outcome> = draft
        .overlaps
        .iter()
        .map(|(_, o)| (o.zone.role, o.outcome))
        .chain(draft.crossings.iter().filter(|_| bare).map(|c| (c.zone.role, c.outcome)))
        .chain(draft.locations.iter().map(|l| (l.zone.role, l.outcome)))
        .filter(|(role, _)| *role == red)
        .map(|(_, outcome)| outcome)
        .collect();
    let facts = RedLineFacts {
        covered: ground.judged.iter().any(|l| l.info.role == red) && !gap,
        place_certain: !rule(PLACE_DOUBTFUL, None),
        overlaps: !met.is_empty(),
        footprint: !bare,
        asks_no_land: terms.no_land,
        prohibited: met.contains(&Outcome::Prohibited),
        occupied_m2,
    };
    let keys = ProjectKeys { opinions: opinions::together(&draft.red_line_opinions), ..keys.clone() };
    let said = official_outcome(&facts, &keys, terms.book.activities());
    OfficialRecord { number: said.outcome.map(|o| o.number()), sentence: said.text.zh, sentence_en: said.text.en }
}
