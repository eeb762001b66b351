//! Generated shapes in EPSG:4526 metres (zone 38, x = east with the zone prefix, y = north) for the
//! benchmarks and the oracle: a red line with holes, a coverage of zones, footprints.

use crate::random::Random;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use std::f64::consts::TAU;

/// East of the middle of the generated city, metres.
pub const CENTRE_EAST: f64 = 38_450_000.0;
/// North of the middle of the generated city, metres.
pub const CENTRE_NORTH: f64 = 2_560_000.0;

/// A closed ring around `centre` whose radius wanders smoothly about `radius`: sums of sines with
/// amplitudes falling as 1/k, so it never crosses itself (star-shaped) yet looks like nature.
pub fn wandering_ring(
    centre: Coord<f64>,
    radius: f64,
    vertices: usize,
    roughness: f64,
    random: &mut Random,
) -> LineString<f64> {
    let waves: Vec<(f64, f64, f64)> = (0..24)
        .map(|i| {
            let k = f64::from(i + 2) * if i > 11 { 7.0 } else { 1.0 };
            (k, roughness / k.sqrt() * random.between(0.3, 1.0) / 3.0, random.between(0.0, TAU))
        })
        .collect();
    let mut ring: Vec<Coord<f64>> = (0..vertices)
        .map(|i| {
            let angle = TAU * i as f64 / vertices as f64;
            let swing: f64 = waves.iter().map(|(k, a, phase)| a * (k * angle + phase).sin()).sum();
            let r = radius * (1.0 + swing.clamp(-0.7, 0.7)) * (1.0 + 1e-4 * random.unit());
            Coord { x: centre.x + r * angle.cos(), y: centre.y + r * angle.sin() }
        })
        .collect();
    ring.push(ring[0]);
    LineString(ring)
}

/// One red-line polygon of 100 000 vertices in all, with 210 holes of 100 vertices, about 36 km
/// across.
pub fn red_line() -> Polygon<f64> {
    let mut random = Random::new(2016);
    let centre = Coord { x: CENTRE_EAST, y: CENTRE_NORTH };
    let radius = 18_000.0;
    let outer = wandering_ring(centre, radius, 100_000 - 210 * 100, 0.5, &mut random);
    // holes stand on a lattice inside the smallest radius the outer ring can have
    let mut holes = Vec::new();
    'lattice: for row in -8i32..=8 {
        for column in -8i32..=8 {
            let at = Coord { x: centre.x + f64::from(column) * 330.0, y: centre.y + f64::from(row) * 330.0 };
            holes.push(wandering_ring(at, 110.0, 100, 0.4, &mut random));
            if holes.len() == 210 {
                break 'lattice;
            }
        }
    }
    Polygon::new(outer, holes)
}

/// `count` footprints of 50 vertices, 20 to 300 m in radius, around vertices of `red_line`: half on
/// its outer ring, a quarter on its holes, a quarter anywhere inside its middle.
pub fn footprints_on(red_line: &Polygon<f64>, count: usize) -> Vec<MultiPolygon<f64>> {
    let mut random = Random::new(50);
    (0..count)
        .map(|i| {
            let at = match i % 4 {
                0 | 1 => red_line.exterior().0[random.below(red_line.exterior().0.len())],
                2 => {
                    let hole = &red_line.interiors()[random.below(red_line.interiors().len())].0;
                    hole[random.below(hole.len())]
                }
                _ => Coord {
                    x: CENTRE_EAST + random.between(-6_000.0, 6_000.0),
                    y: CENTRE_NORTH + random.between(-6_000.0, 6_000.0),
                },
            };
            let radius = 20.0 * (15.0f64).powf(random.unit());
            MultiPolygon(vec![Polygon::new(wandering_ring(at, radius, 50, 0.5, &mut random), vec![])])
        })
        .collect()
}

/// A seamless coverage of `columns × rows` zones, 700 m apart, whose shared boundaries wander and
/// are the same vertices on both sides: `4 × per_side` vertices a zone.
pub fn coverage(columns: usize, rows: usize, per_side: usize) -> Vec<MultiPolygon<f64>> {
    let mut random = Random::new(20_000);
    let pitch = 700.0;
    let west = CENTRE_EAST - pitch * columns as f64 / 2.0;
    let south = CENTRE_NORTH - pitch * rows as f64 / 2.0;
    let knots: Vec<Vec<Coord<f64>>> = (0..=rows)
        .map(|row| {
            (0..=columns)
                .map(|column| Coord {
                    x: west + pitch * (column as f64 + random.between(-0.12, 0.12)),
                    y: south + pitch * (row as f64 + random.between(-0.12, 0.12)),
                })
                .collect()
        })
        .collect();
    // a side without its last vertex; sideways swing keeps well inside the two cells it parts
    let mut side = |from: Coord<f64>, to: Coord<f64>| -> Vec<Coord<f64>> {
        let waves: Vec<(f64, f64)> =
            (1..=6).map(|k| (random.between(-20.0, 20.0) / f64::from(k), f64::from(k))).collect();
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = dx.hypot(dy);
        (0..per_side)
            .map(|i| {
                let t = i as f64 / per_side as f64;
                let swing: f64 = waves.iter().map(|(a, k)| a * (k * t * std::f64::consts::PI).sin()).sum();
                Coord { x: from.x + dx * t - dy / length * swing, y: from.y + dy * t + dx / length * swing }
            })
            .collect()
    };
    let across: Vec<Vec<Vec<Coord<f64>>>> =
        (0..=rows).map(|row| (0..columns).map(|c| side(knots[row][c], knots[row][c + 1])).collect()).collect();
    let up: Vec<Vec<Vec<Coord<f64>>>> =
        (0..rows).map(|row| (0..=columns).map(|c| side(knots[row][c], knots[row + 1][c])).collect()).collect();
    let mut zones = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let mut ring: Vec<Coord<f64>> = Vec::with_capacity(4 * per_side + 1);
            ring.extend(&across[row][column]);
            ring.extend(&up[row][column + 1]);
            ring.push(knots[row + 1][column + 1]);
            ring.extend(across[row + 1][column].iter().skip(1).rev());
            ring.push(knots[row + 1][column]);
            ring.extend(up[row][column].iter().skip(1).rev());
            ring.push(ring[0]);
            zones.push(MultiPolygon(vec![Polygon::new(LineString(ring), vec![])]));
        }
    }
    zones
}

/// `count` footprints of 50 vertices anywhere over a coverage of `columns × rows` zones, 18 m to
/// 1.2 km in radius.
pub fn footprints_over(columns: usize, rows: usize, count: usize) -> Vec<MultiPolygon<f64>> {
    let mut random = Random::new(100_000);
    let (half_width, half_height) = (350.0 * columns as f64, 350.0 * rows as f64);
    (0..count)
        .map(|_| {
            let at = Coord {
                x: CENTRE_EAST + random.between(-half_width, half_width),
                y: CENTRE_NORTH + random.between(-half_height, half_height),
            };
            let radius = 18.0 * (66.0f64).powf(random.unit());
            MultiPolygon(vec![Polygon::new(wandering_ring(at, radius, 50, 0.5, &mut random), vec![])])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geos_side::to_geos;
    use geos::Geom;

    #[test]
    fn the_red_line_has_100_000_vertices_210_holes_and_is_valid() {
        let red_line = red_line();
        let rings = std::iter::once(red_line.exterior()).chain(red_line.interiors());
        assert_eq!(rings.map(|r| r.0.len() - 1).sum::<usize>(), 100_000);
        assert_eq!(red_line.interiors().len(), 210);
        assert!(to_geos(&MultiPolygon(vec![red_line])).is_valid().unwrap());
    }

    #[test]
    fn the_coverage_has_valid_zones_that_fill_it_without_gap_or_overlap() {
        let zones = coverage(12, 9, 50);
        let geos: Vec<geos::Geometry> = zones.iter().map(to_geos).collect();
        assert!(zones.iter().all(|z| z.0[0].exterior().0.len() == 201));
        assert!(geos.iter().all(|z| z.is_valid().unwrap()));
        let sum: f64 = geos.iter().map(|z| z.area().unwrap()).sum();
        let union = geos::Geometry::create_geometry_collection(geos).unwrap().unary_union().unwrap();
        assert!((union.area().unwrap() - sum).abs() < 1e-3);
        assert_eq!(union.get_num_geometries().unwrap(), 1);
    }

    #[test]
    fn footprints_are_valid_and_the_same_every_time() {
        let footprints = footprints_over(160, 125, 500);
        assert_eq!(footprints, footprints_over(160, 125, 500));
        assert!(footprints.iter().all(|f| to_geos(f).is_valid().unwrap()));
    }
}
