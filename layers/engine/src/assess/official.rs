//! The official sentence for the red line.

use super::coverage::{BEYOND_CITY, NO_COVERAGE, NO_DATA};
use super::doubts::{KEYS_DOUBTFUL, PLACE_DOUBTFUL};
use super::{Draft, Terms, opinions};
use crate::ground::Ground;
use crate::review::{FindingRecord, OfficialRecord};
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
    let met: Vec<&FindingRecord> = draft
        .overlaps
        .iter()
        .map(|(_, o)| (o.zone.role, &o.findings))
        .chain(draft.crossings.iter().filter(|_| bare).map(|c| (c.zone.role, &c.findings)))
        .chain(draft.locations.iter().map(|l| (l.zone.role, &l.findings)))
        .filter(|(role, _)| *role == red)
        .flat_map(|(_, findings)| findings)
        .collect();
    let red_layers: Vec<&str> =
        ground.judged.iter().filter(|l| l.info.role == red).map(|l| l.info.name.as_str()).collect();
    let ignored =
        draft.layers.iter().filter(|sum| red_layers.contains(&sum.layer.as_str())).flat_map(|sum| &sum.ignored);
    let facts = RedLineFacts {
        covered: ground.judged.iter().any(|l| l.info.role == red) && !gap,
        place_certain: !rule(PLACE_DOUBTFUL, None),
        overlaps: !met.is_empty(),
        footprint: !bare,
        asks_no_land: terms.no_land,
        prohibited: met.iter().any(|f| f.outcome == Outcome::Prohibited),
        undecided: met.iter().any(|f| f.outcome == Outcome::Manual),
        keys_certain: !rule(KEYS_DOUBTFUL, None),
        ignored_m2: ignored.map(|i| i.area_m2).sum(),
        occupied_m2,
    };
    let keys = ProjectKeys { opinions: opinions::together(&draft.red_line_opinions), ..keys.clone() };
    let said = official_outcome(&facts, &keys, terms.book.activities());
    OfficialRecord { number: said.outcome.map(|o| o.number()), sentence: said.text.zh, sentence_en: said.text.en }
}
