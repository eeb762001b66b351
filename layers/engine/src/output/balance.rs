//! The lines of a table, rounded so that they add up: per plot and layer,
//! Σ overlaps − counted twice + ignored + outside = the plot, in m², 公顷， 亩 and per cent alike.

use crate::review::{Ignored, LandUse, LayerFinding, LayerRecord, Overlap, PlotReview, Review, Totals};
use redline_geometry::rounding::{largest_remainder, round};
pub use redline_geometry::units::AreaUnit;
use redline_zoning::Outcome;

/// One area as papers print it: every unit rounded (m² 2, 公顷 4, 亩 4 decimals).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Square metres, 2 decimals.
    pub m2: f64,
    /// 公顷， 4 decimals.
    pub ha: f64,
    /// 亩， 4 decimals.
    pub mu: f64,
    /// Share of the whole in per cent, 2 decimals.
    pub percent: f64,
}

impl Figures {
    /// A whole (100 %) rounded by itself. A negative or zero area is 0 %.
    pub fn whole(m2: f64) -> Figures {
        rounded(&[m2], m2, &[0]).remove(0)
    }

    /// An area that stands for itself: rounded alone, its share that of `whole`.
    pub fn alone(m2: f64, whole: f64) -> Figures {
        let share = if whole > 0.0 { round(m2 / whole * 100.0, 2) } else { 0.0 };
        Figures { percent: share, ..Figures::whole(m2) }
    }

    /// The figure in `unit`.
    pub fn get(&self, unit: AreaUnit) -> f64 {
        match unit {
            AreaUnit::SquareMetres => self.m2,
            AreaUnit::Hectares => self.ha,
            AreaUnit::Mu => self.mu,
        }
    }

    /// Whether nothing would be printed but zeros.
    pub fn is_zero(&self) -> bool {
        self.m2 == 0.0 && self.ha == 0.0 && self.mu == 0.0 && self.percent == 0.0
    }
}

/// Rounds `parts` of `total` (m²) in every unit; each unit's parts sum to its rounded total, the
/// shares to 100 %. Ties go to the smaller id.
pub fn rounded(parts: &[f64], total: f64, ids: &[impl Ord]) -> Vec<Figures> {
    let in_unit = |unit: AreaUnit| {
        let converted: Vec<f64> = parts.iter().map(|&part| unit.from_m2(part)).collect();
        largest_remainder(&converted, unit.from_m2(total), unit.usual_decimals(), ids)
    };
    let (m2, ha, mu) = (in_unit(AreaUnit::SquareMetres), in_unit(AreaUnit::Hectares), in_unit(AreaUnit::Mu));
    let percent = if total > 0.0 {
        let shares: Vec<f64> = parts.iter().map(|&part| part / total * 100.0).collect();
        largest_remainder(&shares, 100.0, 2, ids)
    } else {
        vec![0.0; parts.len()]
    };
    (0..parts.len()).map(|i| Figures { m2: m2[i], ha: ha[i], mu: mu[i], percent: percent[i] }).collect()
}

/// What a line of a layer's balance stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part<'a> {
    /// One clipped overlap.
    Overlap(&'a Overlap),
    /// A sliver under the setting.
    Ignored(&'a Ignored),
    /// What overlapping zones count twice; its figures are negative.
    CountedTwice,
    /// What no zone of the layer covers.
    Outside,
}

/// One line: what, and how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line<P> {
    /// What the line stands for.
    pub part: P,
    /// The rounded figures.
    pub figures: Figures,
}

/// The balance of one plot against one judged layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerBalance<'a> {
    /// The layer's name within the workspace.
    pub name: &'a str,
    /// The layer as the review records it; `None` only for a record that contradicts itself.
    pub layer: Option<&'a LayerRecord>,
    /// Overlaps in the review's order, then slivers, counted twice, outside. Lines that would print
    /// as zeros are left out, except overlaps and slivers.
    pub lines: Vec<Line<Part<'a>>>,
    /// The plot.
    pub total: Figures,
}

/// The balances of `plot`, one a judged layer, in the record's order. Empty for a plot without
/// area.
pub fn layer_balances<'a>(review: &'a Review, plot: &'a PlotReview) -> Vec<LayerBalance<'a>> {
    let whole = plot.area.ellipsoidal_m2;
    if whole <= 0.0 {
        return Vec::new();
    }
    let balance = |sum: &'a crate::review::LayerSum| {
        let mut parts: Vec<(Part<'a>, f64, (u8, &'a str))> = Vec::new();
        for overlap in plot.overlaps.iter().filter(|overlap| overlap.zone.layer == sum.layer) {
            parts.push((Part::Overlap(overlap), overlap.area.ellipsoidal_m2, (0, overlap.zone.id.as_str())));
        }
        for ignored in &sum.ignored {
            parts.push((Part::Ignored(ignored), ignored.area_m2, (1, ignored.zone.as_str())));
        }
        parts.push((Part::CountedTwice, -sum.double_counted, (2, "")));
        parts.push((Part::Outside, sum.outside, (3, "")));
        let lines = lines(&parts, whole)
            .into_iter()
            .filter(|line| matches!(line.part, Part::Overlap(_) | Part::Ignored(_)) || !line.figures.is_zero())
            .collect();
        let layer = review.workspace.layers.iter().find(|layer| layer.name == sum.layer);
        LayerBalance { name: &sum.layer, layer, lines, total: Figures::whole(whole) }
    };
    plot.layers.iter().map(balance).collect()
}

/// The findings of a layer as a whole that no line of `balances` can carry: the layer is not loaded,
/// the plot has no area, or nothing of it lies outside.
pub fn findings_without_line<'a>(plot: &'a PlotReview, balances: &[LayerBalance<'_>]) -> Vec<&'a LayerFinding> {
    let carried = |finding: &LayerFinding| {
        balances.iter().any(|b| b.name == finding.layer && b.lines.iter().any(|line| line.part == Part::Outside))
    };
    plot.findings.iter().filter(|finding| !carried(finding)).collect()
}

/// What a line of the land-use balance stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LandUsePart<'a> {
    /// One land-use code.
    Code(&'a LandUse),
    /// Counted twice by overlapping parcels; its figures are negative.
    CountedTwice,
    /// No parcel there.
    Uncovered,
}

/// Land use beneath `plot`: lines and their total, which is the plot. Empty without a land-use
/// layer or without area.
pub fn land_use_balance(plot: &PlotReview) -> Vec<Line<LandUsePart<'_>>> {
    let whole = plot.area.ellipsoidal_m2;
    if whole <= 0.0 || !plot.land_use_rest.loaded {
        return Vec::new();
    }
    let mut parts: Vec<(LandUsePart<'_>, f64, (u8, &str))> =
        plot.land_use.iter().map(|row| (LandUsePart::Code(row), row.ellipsoidal_m2, (0, row.code.as_str()))).collect();
    parts.push((LandUsePart::CountedTwice, -plot.land_use_rest.double_counted_m2, (1, "")));
    parts.push((LandUsePart::Uncovered, plot.land_use_rest.uncovered_m2, (2, "")));
    lines(&parts, whole)
        .into_iter()
        .filter(|line| matches!(line.part, LandUsePart::Code(_)) || !line.figures.is_zero())
        .collect()
}

/// The partition of a project's plots (their union) by strictest outcome.
pub fn outcome_balance(totals: &Totals) -> Vec<Line<Outcome>> {
    let parts: Vec<(Outcome, f64, Outcome)> =
        totals.by_outcome.iter().map(|row| (row.outcome, row.area.ellipsoidal_m2, row.outcome)).collect();
    lines(&parts, totals.union_of_plots.ellipsoidal_m2)
}

fn lines<P: Copy, I: Ord + Copy>(parts: &[(P, f64, I)], whole: f64) -> Vec<Line<P>> {
    let areas: Vec<f64> = parts.iter().map(|part| part.1).collect();
    let ids: Vec<I> = parts.iter().map(|part| part.2).collect();
    parts.iter().zip(rounded(&areas, whole, &ids)).map(|(part, figures)| Line { part: part.0, figures }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The sum in whole units of the last digit, so that the check itself does not round.
    fn sum(figures: &[Figures], digit: f64, get: impl Fn(&Figures) -> f64) -> i64 {
        figures.iter().map(|f| (get(f) / digit).round() as i64).sum()
    }

    proptest! {
        #[test]
        fn every_unit_of_a_plots_lines_adds_up_to_the_plot(
            covered in prop::collection::vec(0.01..1e6f64, 1..8), twice in 0.0..1e3f64, outside in 0.0..1e6f64
        ) {
            let whole: f64 = covered.iter().sum::<f64>() - twice + outside;
            prop_assume!(whole > 1.0);
            let mut parts = covered.clone();
            parts.extend([-twice, outside]);
            let ids: Vec<usize> = (0..parts.len()).collect();
            let figures = rounded(&parts, whole, &ids);
            let plot = Figures::whole(whole);
            prop_assert_eq!(sum(&figures, 0.01, |f| f.m2), (plot.m2 / 0.01).round() as i64);
            prop_assert_eq!(sum(&figures, 0.0001, |f| f.ha), (plot.ha / 0.0001).round() as i64);
            prop_assert_eq!(sum(&figures, 0.0001, |f| f.mu), (plot.mu / 0.0001).round() as i64);
            prop_assert_eq!(sum(&figures, 0.01, |f| f.percent), 10_000);
        }
    }

    #[test]
    fn a_plot_of_nothing_has_no_share() {
        assert_eq!(Figures::whole(0.0), Figures::default());
    }
}
