//! One plot against the ground: overlaps, sums, findings, outcome.

mod coverage;
mod doubts;
mod land_use;
mod lines;
mod official;
mod opinions;
mod totals;

pub(crate) use coverage::bounds_of;
pub(crate) use doubts::{of_file as place_doubts, of_keys as key_doubt};
pub(crate) use land_use::LandUseReader;
pub(crate) use lines::left_words;
pub(crate) use opinions::{Left, Opinion, Shortfall};
pub(crate) use totals::totals;

use crate::convert::zone_record;
use crate::ground::{Ground, JudgedLayer};
use crate::review::{
    ActivityRecord, Crossing, FindingRecord, Ignored, LayerFinding, LayerSum, Location, Overlap, PlanarSum, PlotArea,
    PlotReview,
};
use redline_formats::Plot;
use redline_geometry::{Area, Shape, overlay};
use redline_wording::Text;
use redline_zoning::{Finding, LayerRole, OpinionFact, Outcome, ProjectKeys, RuleBook, judge, judge_outside};

/// The rules and settings a plot is judged by.
pub(crate) struct Terms<'a> {
    pub book: &'a RuleBook,
    pub sliver_m2: f64,
    pub opinions: &'a [Opinion],
    /// The project states that it asks for no land inside the red line.
    pub no_land: bool,
}

/// What is known of one plot besides its ground.
pub(crate) struct Given<'a> {
    /// Its keys.
    pub keys: &'a ProjectKeys,
    /// Their record, where they are its own.
    pub own: Option<ActivityRecord>,
    /// Why the plot's place is in doubt: that forbids a plain verdict whatever the ground says.
    pub place_doubts: Vec<FindingRecord>,
    /// Why its keys are in doubt: that matters where there is anything to judge.
    pub key_doubts: Vec<FindingRecord>,
}

/// A plot assessed: its record, and the pieces that totals are made of.
pub(crate) struct Assessed {
    pub review: PlotReview,
    pub shape: Shape,
    pub pieces: Vec<Piece>,
    /// What opinions leave uncovered, for the notes.
    pub shortfalls: Vec<Shortfall>,
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
    given: Given<'_>,
    ground: &Ground,
    terms: &Terms<'_>,
    land_use: &LandUseReader,
) -> Result<Assessed, crate::EngineError> {
    let keys = given.keys;
    let own = given.own.clone();
    let (draft, area) = draft(plot, number, given, ground, terms);
    let outcome = draft.outcome(plot);
    let official = official::official(&draft, plot, keys, ground, terms);

    let (land_use_rows, rest) = land_use.beneath(&plot.shape)?;
    let pieces = draft.pieces();
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
        overlaps: draft.overlaps.into_iter().map(|(_, o)| o).collect(),
        crossings: draft.crossings,
        locations: draft.locations,
        findings: draft.findings.into_iter().map(|(_, f)| f).collect(),
        layers: draft.layers,
        land_use: land_use_rows,
        land_use_rest: rest.record(),
    };
    Ok(Assessed { review, shape: plot.shape.clone(), pieces, shortfalls: draft.shortfalls })
}

/// What the rules say of one footprint: everything but the land use beneath it.
pub(crate) struct Judged {
    pub area: Area,
    pub outcome: Outcome,
    /// Clipped polygons with their records, strictest first.
    pub overlaps: Vec<(Shape, Overlap)>,
    pub findings: Vec<LayerFinding>,
}

/// Judges one footprint as [`assess`] does, without reading the land use: in time for a pointer.
pub(crate) fn judge_footprint(
    plot: &Plot,
    number: &str,
    given: Given<'_>,
    ground: &Ground,
    terms: &Terms<'_>,
) -> Judged {
    let (draft, area) = draft(plot, number, given, ground, terms);
    Judged {
        area,
        outcome: draft.outcome(plot),
        overlaps: draft.overlaps,
        findings: draft.findings.into_iter().map(|(_, finding)| finding).collect(),
    }
}

/// Gathers layer by layer, sorted.
fn draft(plot: &Plot, number: &str, given: Given<'_>, ground: &Ground, terms: &Terms<'_>) -> (Draft, Area) {
    let keys = given.keys;
    let area = ground.plane.area(&plot.shape);
    let mut draft = Draft::default();
    for layer in &ground.judged {
        draft.against(layer, plot, &area, keys, ground, terms);
        draft.along(layer, plot, keys, ground, terms);
    }
    draft.findings.extend(coverage::beyond_city(plot, sliver_limit(&area, terms), ground));
    for role in &ground.missing {
        draft.findings.push((plot.shape.clone(), coverage::no_layer(*role, area.ellipsoidal_m2)));
    }
    let key_doubts = if draft.is_empty() { Vec::new() } else { given.key_doubts };
    let doubts = given.place_doubts.into_iter().chain(key_doubts);
    draft.findings.extend(doubts.map(|doubt| doubts::of_plot(plot, area.ellipsoidal_m2, doubt)));
    draft.sort(number);
    (draft, area)
}

/// What is gathered layer by layer.
#[derive(Default)]
struct Draft {
    overlaps: Vec<(Shape, Overlap)>,
    layers: Vec<LayerSum>,
    findings: Vec<(Shape, LayerFinding)>,
    crossings: Vec<Crossing>,
    locations: Vec<Location>,
    shortfalls: Vec<Shortfall>,
    /// For each part of the plot in the red line, what every opinion says of it.
    red_line_opinions: Vec<Vec<OpinionFact>>,
}

impl Draft {
    /// Whether nothing was found to judge.
    fn is_empty(&self) -> bool {
        self.overlaps.is_empty() && self.findings.is_empty() && self.crossings.is_empty() && self.locations.is_empty()
    }

    /// Strictest first, then by layer and zone; overlaps get their ids.
    fn sort(&mut self, number: &str) {
        self.overlaps.sort_by(|(_, a), (_, b)| {
            (std::cmp::Reverse(a.outcome), a.zone.role, &a.zone.layer, &a.zone.id).cmp(&(
                std::cmp::Reverse(b.outcome),
                b.zone.role,
                &b.zone.layer,
                &b.zone.id,
            ))
        });
        for (n, (_, overlap)) in self.overlaps.iter_mut().enumerate() {
            overlap.id = format!("{number}.{}", n + 1);
        }
        self.crossings.sort_by(|a, b| {
            (std::cmp::Reverse(a.outcome), a.zone.role, &a.zone.id).cmp(&(
                std::cmp::Reverse(b.outcome),
                b.zone.role,
                &b.zone.id,
            ))
        });
    }

    /// The strictest of everything found; crossings of a line with a footprint are its overlaps' matter.
    fn outcome(&self, plot: &Plot) -> Outcome {
        let bare = plot.shape.0.is_empty();
        let crossings = self.crossings.iter().filter(|_| bare).map(|c| c.outcome);
        let grounds = self.overlaps.iter().map(|(_, o)| o.outcome);
        let findings = self.findings.iter().map(|(_, f)| f.finding.outcome);
        let locations = self.locations.iter().map(|l| l.outcome);
        grounds.chain(findings).chain(crossings).chain(locations).max().unwrap_or(Outcome::Clear)
    }

    /// The ground that totals are made of.
    fn pieces(&self) -> Vec<Piece> {
        let overlaps = self.overlaps.iter().map(|(shape, overlap)| Piece {
            layer: overlap.zone.layer.clone(),
            zone: Some((overlap.zone.class.clone(), overlap.zone.tier.clone())),
            outcome: overlap.outcome,
            shape: shape.clone(),
        });
        let findings = self.findings.iter().map(|(shape, finding)| Piece {
            layer: finding.layer.clone(),
            zone: None,
            outcome: finding.finding.outcome,
            shape: shape.clone(),
        });
        overlaps.chain(findings).collect()
    }

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
            let (opinions, short) = opinions::of_piece(&piece.shape, &facts.id, terms.opinions, ground);
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
                        role: Some(layer.info.role),
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
