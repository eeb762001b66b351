//! What lies under a place of the city, to put project files where their outcome is known.

use crate::city::City;
use crate::noise::{hash2, mix, unit};
use crate::write::{grid, layer_of};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use redline_geometry::{Shape, TileSize, ZoneIndex, planar_m2};
use redline_zoning::{LayerRole, Zone};

/// Planar areas (m²) of what a footprint covers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Under {
    pub whole: f64,
    pub city: f64,
    pub statutory: f64,
    pub important: f64,
    pub tier_1: f64,
    pub tier_2: f64,
    pub farmland: f64,
    pub growth: f64,
}

impl Under {
    pub fn red_line(&self) -> f64 {
        self.statutory + self.important
    }

    pub fn in_city(&self) -> bool {
        self.city > self.whole - 1e-6
    }

    /// The part of the footprint that `area` is.
    pub fn share(&self, area: f64) -> f64 {
        area / self.whole
    }
}

pub(crate) struct Ground<'a> {
    pub city: &'a City,
    red_line: ZoneIndex,
    control_line: ZoneIndex,
    farmland: ZoneIndex,
    growth: ZoneIndex,
    districts: ZoneIndex,
}

impl<'a> Ground<'a> {
    pub fn of(city: &'a City) -> Ground<'a> {
        let index = |role| {
            let shapes = layer_of(city, role).iter().map(|z| z.shape.clone()).collect();
            ZoneIndex::build(shapes, grid(city), TileSize::default())
        };
        Ground {
            city,
            red_line: index(LayerRole::RedLine),
            control_line: index(LayerRole::ControlLine),
            farmland: index(LayerRole::Farmland),
            growth: index(LayerRole::GrowthBoundary),
            districts: index(LayerRole::District),
        }
    }

    pub fn zones(&self, role: LayerRole) -> &'a [Zone] {
        layer_of(self.city, role)
    }

    /// What a footprint covers.
    pub fn under(&self, shape: &Shape) -> Under {
        // an empty sum of floats is -0.0, which would show
        let sum = |index: &ZoneIndex| index.overlap_areas(shape).iter().fold(0.0, |sum, o| sum + o.1);
        let red = self.zones(LayerRole::RedLine);
        let control = self.zones(LayerRole::ControlLine);
        let mut under = Under {
            whole: planar_m2(shape),
            city: sum(&self.districts),
            farmland: sum(&self.farmland),
            growth: sum(&self.growth),
            ..Under::default()
        };
        for (zone, m2) in self.red_line.overlap_areas(shape) {
            match red[zone].facts.class.as_deref() {
                Some("statutory") => under.statutory += m2,
                _ => under.important += m2,
            }
        }
        for (zone, m2) in self.control_line.overlap_areas(shape) {
            match control[zone].facts.tier.as_deref() {
                Some("1") => under.tier_1 += m2,
                _ => under.tier_2 += m2,
            }
        }
        under
    }

    /// Random places within the city's bounds, the same for the same purpose.
    pub fn places(&self, purpose: u64) -> impl Iterator<Item = Coord<f64>> + use<> {
        let [x0, y0, x1, y1] = self.city.extent;
        (0..20_000u64).map(move |n| {
            let h = hash2(purpose, n);
            Coord { x: x0 + (x1 - x0) * unit(h), y: y0 + (y1 - y0) * unit(mix(h)) }
        })
    }

    /// Vertices of a layer's zones, every `stride`th.
    pub fn vertices(&self, role: LayerRole, class: Option<&'a str>, stride: usize) -> impl Iterator<Item = Coord<f64>> {
        self.zones(role)
            .iter()
            .filter(move |z| class.is_none() || z.facts.class.as_deref() == class)
            .flat_map(|z| &z.shape.0)
            .flat_map(move |p| p.exterior().0.iter().step_by(stride).copied())
    }
}

/// Millimetres, as boundary points are surveyed.
pub(crate) fn surveyed(x: f64, y: f64) -> Coord<f64> {
    Coord { x: (x * 1000.0).round() / 1000.0, y: (y * 1000.0).round() / 1000.0 }
}

/// A closed ring around `at`: `outline` in units of `reach` metres, turned by a 3-4-5 or 5-12-13 angle.
pub(crate) fn ring(at: Coord<f64>, reach: f64, turn: u64, outline: &[(f64, f64)]) -> LineString<f64> {
    let (c, s) = [(1.0, 0.0), (0.8, 0.6), (0.6, 0.8), (12.0 / 13.0, -5.0 / 13.0)][(turn % 4) as usize];
    let mut points: Vec<Coord<f64>> = outline
        .iter()
        .map(|&(u, v)| surveyed(at.x + reach * (c * u - s * v), at.y + reach * (s * u + c * v)))
        .collect();
    points.extend(points.first().copied());
    LineString(points)
}

/// An irregular six-cornered plot.
pub(crate) const PLOT: [(f64, f64); 7] =
    [(-1.0, -0.7), (0.15, -0.92), (1.0, -0.5), (0.93, 0.55), (0.3, 0.62), (0.1, 0.85), (-0.9, 0.7)];

/// One plot of the usual outline.
pub(crate) fn plot(at: Coord<f64>, reach: f64, turn: u64) -> Shape {
    MultiPolygon(vec![Polygon::new(ring(at, reach, turn, &PLOT), Vec::new())])
}
