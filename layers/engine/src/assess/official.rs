//! The official sentence for the red line.

use crate::ground::Ground;
use crate::review::{Crossing, LayerFinding, OfficialRecord, Overlap};
use redline_zoning::{LayerRole, OpinionFact, ProjectKeys, RedLineFacts, RuleBook, official_outcome};

/// What the official form says of a plot, or why it can say nothing.
///
/// `opinions` holds, for each overlap with the red line, what every opinion says of it: an opinion
/// covers the plot's red-line ground when it covers each of them.
pub(super) fn official(
    book: &RuleBook,
    keys: &ProjectKeys,
    overlaps: &[Overlap],
    crossings: &[Crossing],
    findings: &[LayerFinding],
    opinions: &[Vec<OpinionFact>],
    ground: &Ground,
) -> OfficialRecord {
    let red = LayerRole::RedLine;
    let occupied_m2 = red_line_m2(overlaps);
    let crosses = crossings.iter().any(|c| c.zone.role == red);
    // nothing can be stated of ground that the red-line layer, or the city itself, does not reach
    let gap =
        findings.iter().any(|f| (f.role == red && f.finding.rule != "no-ground") || f.finding.rule == "beyond-city");
    let facts = RedLineFacts {
        covered: ground.judged.iter().any(|l| l.info.role == red) && !gap,
        overlaps: occupied_m2 > 0.0 || crosses,
        without_land: occupied_m2 == 0.0 && crosses,
        occupied_m2,
    };
    let mut together: Vec<OpinionFact> = opinions.first().cloned().unwrap_or_default();
    for of_overlap in opinions {
        for (all, one) in together.iter_mut().zip(of_overlap) {
            all.covers &= one.covers;
        }
    }
    let keys = ProjectKeys { opinions: together, ..keys.clone() };
    let said = official_outcome(&facts, &keys, book.activities());
    OfficialRecord { number: said.outcome.map(|o| o.number()), sentence: said.text.zh, sentence_en: said.text.en }
}

/// Red-line ground of a plot. Zones of one red line do not overlap; where they do, the layer's
/// `double_counted` says by how much this figure is too large.
fn red_line_m2(overlaps: &[Overlap]) -> f64 {
    overlaps.iter().filter(|o| o.zone.role == LayerRole::RedLine).map(|o| o.area.ellipsoidal_m2).sum()
}
