//! Figures as tables show them: rounded by largest remainder, so that the parts of a plot sum to it.

use super::Desk;
use super::held;
use super::wire::*;
use crate::EngineError;
use crate::output::balance::rounded;
use crate::progress::Progress;
use crate::review::{LayerSum, PlotReview};
use redline_geometry::AreaUnit;
use redline_geometry::rounding::round;

/// The figures of a held review in one unit.
pub(super) fn figures(desk: &Desk, asked: FiguresAsked, _: &dyn Progress) -> Result<Figures, EngineError> {
    let held = held::held(desk, asked.review)?;
    let unit = unit(asked.unit);
    let numbered = held.record.projects.iter().enumerate().flat_map(|(i, project)| {
        project.plots.iter().enumerate().map(move |(p, plot)| (format!("{}.{}", i + 1, p + 1), plot))
    });
    let plots = numbered.map(|(number, plot)| of_plot(number, plot, unit)).collect();
    Ok(Figures { unit: asked.unit, decimals: unit.usual_decimals(), plots })
}

/// The unit by its short name.
pub(super) fn unit(name: AreaUnitName) -> AreaUnit {
    match name {
        AreaUnitName::M2 => AreaUnit::SquareMetres,
        AreaUnitName::Ha => AreaUnit::Hectares,
        AreaUnitName::Mu => AreaUnit::Mu,
    }
}

/// Parts of a plot: area on the ellipsoid and in the plane, m², and what ties are broken by.
type Parts<'a> = Vec<([f64; 2], (u8, &'a str))>;

fn of_plot(number: String, plot: &PlotReview, unit: AreaUnit) -> PlotFigures {
    let whole = [plot.area.ellipsoidal_m2, plot.area.planar_m2];
    let mut overlaps = vec![Figure::default(); plot.overlaps.len()];
    let mut layers = Vec::new();
    for sum in &plot.layers {
        let own: Vec<usize> = (0..plot.overlaps.len()).filter(|&i| plot.overlaps[i].zone.layer == sum.layer).collect();
        let figures = set(&layer_parts(plot, sum, &own), whole, unit);
        own.iter().zip(&figures).for_each(|(&i, figure)| overlaps[i] = *figure);
        let rest = &figures[own.len()..];
        let ignored = sum.ignored.len();
        layers.push(LayerFigures {
            layer: sum.layer.clone(),
            ignored: rest[..ignored].to_vec(),
            double_counted: rest[ignored],
            outside: rest[ignored + 1],
        });
    }
    let rest = &plot.land_use_rest;
    let mut parts: Parts<'_> =
        plot.land_use.iter().map(|l| ([l.ellipsoidal_m2, l.planar_m2], (0, l.code.as_str()))).collect();
    // land use keeps no planar remainder: its planar parts are set against their own sum
    parts.push(([-rest.double_counted_m2, 0.0], (1, "")));
    parts.push(([rest.uncovered_m2, 0.0], (2, "")));
    let planar: f64 = plot.land_use.iter().map(|l| l.planar_m2).sum();
    let mut land_use = set(&parts, [whole[0], planar], unit);
    let land_use_uncovered = land_use.pop().unwrap_or_default();
    let land_use_twice = land_use.pop().unwrap_or_default();
    let [ellipsoidal, planar] = whole.map(|m2| round(unit.from_m2(m2), unit.usual_decimals()));
    PlotFigures {
        plot: number,
        area: Figure { ellipsoidal, planar, percent: if whole[0] > 0.0 { 100.0 } else { 0.0 } },
        overlaps: plot.overlaps.iter().map(|o| o.id.clone()).zip(overlaps).collect(),
        layers,
        land_use,
        land_use_twice,
        land_use_uncovered,
    }
}

/// Overlaps, slivers, counted twice, outside: in this order.
fn layer_parts<'a>(plot: &'a PlotReview, sum: &'a LayerSum, own: &[usize]) -> Parts<'a> {
    let mut parts: Parts<'a> = own
        .iter()
        .map(|&i| &plot.overlaps[i])
        .map(|o| ([o.area.ellipsoidal_m2, o.area.planar_m2], (0, o.zone.id.as_str())))
        .collect();
    parts.extend(sum.ignored.iter().map(|s| ([s.area_m2, s.planar_m2], (1, s.zone.as_str()))));
    parts.push(([-sum.double_counted, -sum.planar.double_counted], (2, "")));
    parts.push(([sum.outside, sum.planar.outside], (3, "")));
    parts
}

fn set(parts: &Parts<'_>, whole: [f64; 2], unit: AreaUnit) -> Vec<Figure> {
    let ids: Vec<(u8, &str)> = parts.iter().map(|p| p.1).collect();
    let way = |i: usize| rounded(&parts.iter().map(|p| p.0[i]).collect::<Vec<_>>(), whole[i], &ids);
    way(0)
        .into_iter()
        .zip(way(1))
        .map(|(e, p)| Figure { ellipsoidal: e.get(unit), planar: p.get(unit), percent: e.percent })
        .collect()
}
