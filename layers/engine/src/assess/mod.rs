//! One plot against the ground: overlaps, sums, findings, outcome.

mod coverage;
mod land_use;
mod lines;
mod official;
mod totals;

pub(crate) use coverage::bounds_of;
pub(crate) use land_use::LandUseReader;
pub(crate) use totals::totals;

use crate::convert::zone_record;
use crate::ground::{Ground, JudgedLayer};
use crate::review::{
    ActivityRecord, FindingRecord, Ignored, LayerFinding, LayerSum, Overlap, PlanarSum, PlotArea, PlotReview,
};
use redline_formats::{Plot, PlotOrigin};
use redline_geometry::{Area, Shape, overlay};
use redline_wording::Text;
use redline_zoning::{
    Finding, LayerRole, OpinionFact, Outcome, ProjectKeys, RuleBook, ZoneFacts, judge, judge_outside,
};

/// An opinion polygon in the workspace's plane.
#[derive(Clone)]
pub(crate) struct Opinion {
    pub kind: String,
    pub file: String,
    pub shape: Shape,
}

/// The rules and settings a plot is judged by.
pub(crate) struct Terms<'a> {
    pub book: &'a RuleBook,
    pub sliver_m2: f64,
    pub opinions: &'a [Opinion],
}

/// A plot assessed: its record, and the pieces that totals are made of.
pub(crate) struct Assessed {
    pub review: PlotReview,
    pub shape: Shape,
    pub pieces: Vec<Piece>,
    /// What an opinion leaves uncovered, for the notes: opinion file, zone id, m².
    pub shortfalls: Vec<(String, String, f64)>,
}

/// Ground with an outcome: a clipped overlap, or the part of the plot a layer finding is about.
pub(crate) struct Piece {
    pub layer: String,
    /// Class and tier of the zone; `None` for a finding about the layer as a whole.
    pub zone: Option<(Option<String>, Option<String>)>,
    pub outcome: Outcome,
    pub shape: Shape,
}

/// Assesses one plot. `number` is `project.plot`, the head of its overlaps' ids.
pub(crate) fn assess(
    plot: &Plot,
    number: &str,
    keys: &ProjectKeys,
    own: Option<ActivityRecord>,
    ground: &Ground,
    terms: &Terms<'_>,
    land_use: &LandUseReader,
) -> Result<Assessed, crate::EngineError> {
    let area = ground.plane.area(&plot.shape);
    let mut draft = Draft {
        overlaps: Vec::new(),
        layers: Vec::new(),
        findings: Vec::new(),
        shortfalls: Vec::new(),
        red_line_opinions: Vec::new(),
    };
    for layer in &ground.judged {
        draft.against(layer, plot, &area, keys, ground, terms);
    }
    let limit = sliver_limit(&area, terms);
    draft.findings.extend(coverage::beyond_city(plot, limit, ground));
    for role in &ground.missing {
        draft.findings.push((plot.shape.clone(), coverage::no_layer(*role, area.ellipsoidal_m2)));
    }
    let (crossings, locations) = lines::along(plot, keys, ground, terms);

    draft.overlaps.sort_by(|(_, a), (_, b)| {
        (std::cmp::Reverse(a.outcome), a.zone.role, &a.zone.layer, &a.zone.id).cmp(&(
            std::cmp::Reverse(b.outcome),
            b.zone.role,
            &b.zone.layer,
            &b.zone.id,
        ))
    });
    for (n, (_, overlap)) in draft.overlaps.iter_mut().enumerate() {
        overlap.id = format!("{number}.{}", n + 1);
    }
    let mut outcome = draft
        .overlaps
        .iter()
        .map(|(_, o)| o.outcome)
        .chain(draft.findings.iter().map(|(_, f)| f.finding.outcome))
        .chain(crossings.iter().map(|c| c.outcome))
        .chain(locations.iter().map(|l| l.outcome))
        .max()
        .unwrap_or(Outcome::Clear);
    if plot.shape.0.is_empty() && matches!(plot.origin, PlotOrigin::Polygon) {
        // a polygon plot that no repair could save: never clear for want of ground
        draft.findings.push((Shape::new(Vec::new()), coverage::no_ground()));
        outcome = outcome.max(Outcome::Manual);
    }

    let (land_use_rows, land_use_rest) = land_use.beneath(&plot.shape, &area, ground)?;
    let mut pieces = Vec::new();
    for (shape, overlap) in &draft.overlaps {
        pieces.push(Piece {
            layer: overlap.zone.layer.clone(),
            zone: Some((overlap.zone.class.clone(), overlap.zone.tier.clone())),
            outcome: overlap.outcome,
            shape: shape.clone(),
        });
    }
    for (shape, finding) in &draft.findings {
        pieces.push(Piece {
            layer: finding.layer.clone(),
            zone: None,
            outcome: finding.finding.outcome,
            shape: shape.clone(),
        });
    }
    let overlaps: Vec<Overlap> = draft.overlaps.into_iter().map(|(_, o)| o).collect();
    let findings: Vec<LayerFinding> = draft.findings.into_iter().map(|(_, f)| f).collect();
    let official =
        official::official(terms.book, keys, &overlaps, &crossings, &findings, &draft.red_line_opinions, ground);
    let review = PlotReview {
        id: plot.id.clone(),
        name: plot.name.clone(),
        activity: own,
        outcome,
        official,
        geometry: (&plot.shape).into(),
        area: PlotArea {
            ellipsoidal_m2: area.ellipsoidal_m2,
            planar_m2: area.planar_m2,
            declared_m2: plot.declared_m2,
        },
        overlaps,
        crossings,
        locations,
        findings,
        layers: draft.layers,
        land_use: land_use_rows,
        land_use_rest,
    };
    Ok(Assessed { review, shape: plot.shape.clone(), pieces, shortfalls: draft.shortfalls })
}

/// What is gathered layer by layer.
struct Draft {
    overlaps: Vec<(Shape, Overlap)>,
    layers: Vec<LayerSum>,
    findings: Vec<(Shape, LayerFinding)>,
    shortfalls: Vec<(String, String, f64)>,
    red_line_opinions: Vec<Vec<OpinionFact>>,
}

impl Draft {
    fn against(
        &mut self,
        layer: &JudgedLayer,
        plot: &Plot,
        area: &Area,
        keys: &ProjectKeys,
        ground: &Ground,
        terms: &Terms<'_>,
    ) {
        if plot.shape.0.is_empty() {
            self.findings.extend(coverage::gap(layer, &plot.shape, &plot.origin, ground));
            return;
        }
        let limit = sliver_limit(area, terms);
        let pieces = layer.index.overlaps(&plot.shape);
        let mut ignored = Vec::new();
        let mut sum = Area::default();
        for piece in &pieces {
            let piece_area = ground.plane.area(&piece.shape);
            if piece_area.planar_m2 <= 0.0 {
                continue;
            }
            sum.ellipsoidal_m2 += piece_area.ellipsoidal_m2;
            sum.planar_m2 += piece_area.planar_m2;
            let facts = &layer.facts[piece.zone];
            if piece_area.ellipsoidal_m2 < limit {
                ignored.push(Ignored {
                    zone: facts.id.clone(),
                    area_m2: piece_area.ellipsoidal_m2,
                    planar_m2: piece_area.planar_m2,
                });
                continue;
            }
            let (opinions, short) = opinion_facts(&piece.shape, facts, ground, terms);
            self.shortfalls.extend(short);
            if layer.info.role == LayerRole::RedLine {
                self.red_line_opinions.push(opinions.clone());
            }
            let keys = ProjectKeys { opinions, ..keys.clone() };
            let (outcome, findings) = findings(judge(terms.book, layer.info.role, facts, &keys));
            self.overlaps.push((
                piece.shape.clone(),
                Overlap {
                    id: String::new(),
                    zone: zone_record(&layer.info.name, layer.info.role, facts),
                    area: piece_area,
                    share: piece_area.ellipsoidal_m2 / area.ellipsoidal_m2,
                    geometry: (&piece.shape).into(),
                    outcome,
                    findings,
                },
            ));
        }
        ignored.sort_by(|a, b| a.zone.cmp(&b.zone));
        let shapes: Vec<&Shape> = pieces.iter().map(|p| &p.shape).collect();
        let union = match shapes.as_slice() {
            [] => Shape::new(Vec::new()),
            [one] => (*one).clone(),
            many => overlay::union(many, &ground.grid),
        };
        let covered = ground.plane.area(&union);
        let rest =
            if shapes.is_empty() { plot.shape.clone() } else { overlay::difference(&plot.shape, &union, &ground.grid) };
        let outside = ground.plane.area(&rest);
        self.layers.push(LayerSum {
            layer: layer.info.name.clone(),
            covered: covered.ellipsoidal_m2,
            double_counted: sum.ellipsoidal_m2 - covered.ellipsoidal_m2,
            ignored,
            outside: outside.ellipsoidal_m2,
            planar: PlanarSum {
                covered: covered.planar_m2,
                double_counted: sum.planar_m2 - covered.planar_m2,
                outside: outside.planar_m2,
            },
        });
        self.findings.extend(coverage::gap(layer, &plot.shape, &plot.origin, ground));
        if outside.ellipsoidal_m2 > limit {
            for finding in judge_outside(terms.book, layer.info.role, keys) {
                self.findings.push((
                    rest.clone(),
                    LayerFinding {
                        role: layer.info.role,
                        layer: layer.info.name.clone(),
                        area_m2: outside.ellipsoidal_m2,
                        finding: finding.into(),
                    },
                ));
            }
        }
    }
}

/// Under which area a piece of this plot is a sliver: a plot smaller than the setting is no sliver
/// of itself.
fn sliver_limit(area: &Area, terms: &Terms<'_>) -> f64 {
    if area.ellipsoidal_m2 < terms.sliver_m2 { 0.0 } else { terms.sliver_m2 }
}

/// Findings for the record, strictest first, and their outcome.
fn findings(judged: Vec<Finding>) -> (Outcome, Vec<FindingRecord>) {
    let mut records: Vec<FindingRecord> = judged.into_iter().map(FindingRecord::from).collect();
    records.sort_by(|a, b| (std::cmp::Reverse(a.outcome), &a.rule).cmp(&(std::cmp::Reverse(b.outcome), &b.rule)));
    let outcome = records.first().map_or(Outcome::Manual, |f| f.outcome);
    (outcome, records)
}

/// Whether each opinion covers the overlap, and what it leaves uncovered.
///
/// The limit is the sliver setting: a T-vertex rounded to 0.1 mm must not turn an opinion down, and
/// every shortfall is noted with its area all the same.
fn opinion_facts(
    piece: &Shape,
    facts: &ZoneFacts,
    ground: &Ground,
    terms: &Terms<'_>,
) -> (Vec<OpinionFact>, Vec<(String, String, f64)>) {
    let mut shortfalls = Vec::new();
    let opinions = terms
        .opinions
        .iter()
        .map(|opinion| {
            let left = overlay::difference(piece, &opinion.shape, &ground.grid);
            let left_m2 = ground.plane.area(&left).ellipsoidal_m2;
            if left_m2 > 1e-4 {
                shortfalls.push((opinion.file.clone(), facts.id.clone(), left_m2));
            }
            OpinionFact { kind: opinion.kind.clone(), covers: left_m2 < terms.sliver_m2.max(1e-4) }
        })
        .collect();
    (opinions, shortfalls)
}

/// A finding that comes from the engine, not from a book.
pub(crate) fn own_finding(rule: &str, reason: Text) -> FindingRecord {
    FindingRecord {
        rule: rule.into(),
        clause: String::new(),
        source: String::new(),
        verified: true,
        outcome: Outcome::Manual,
        reason: reason.zh,
        reason_en: reason.en,
        attachments: Vec::new(),
    }
}
