//! An underlay cut into vector tiles.
//!
//! The underlay is cut into rows first and each row into tiles, so that a ring as large as the map is
//! gone through once a row and not once a tile. Cuts run beyond a tile's edge, where nobody sees them.

use crate::wire::{Request, layer_name};
use rayon::prelude::*;
use redline_cartography::flat_layer;
use redline_sheet::Underlay;

/// Pixels along a tile's side: a unit of the tile is then an eighth of a pixel.
pub(crate) const SIDE: u32 = 512;
/// Units of a vector tile along its side, by its format.
const UNITS: f64 = 4096.0;
/// Rings are kept this far beyond a tile, pixels.
const SPARE: f32 = 4.0;

/// Tiles to be asked for, and where each lies in the underlay: column and row.
pub(crate) struct Cut {
    pub(crate) request: Request,
    pub(crate) places: Vec<(u32, u32)>,
}

type Ring = Vec<[f32; 2]>;

/// Cuts an underlay; tiles without any fill are left out.
pub(crate) fn cut(underlay: &Underlay) -> Cut {
    let fills: Vec<&[Ring]> = underlay.fills.iter().map(|fill| fill.rings.as_slice()).collect();
    let columns = underlay.width.div_ceil(SIDE);
    let tiles: Vec<((u32, u32), Vec<u8>)> = (0..underlay.height.div_ceil(SIDE))
        .into_par_iter()
        .flat_map_iter(|row| {
            let strip: Vec<Vec<Ring>> = fills.iter().map(|rings| within(rings, 1, row)).collect();
            (0..columns).map(move |column| ((column, row), tile(&strip, column, row)))
        })
        .filter(|(_, tile)| !tile.is_empty())
        .collect();
    let (places, tiles) = tiles.into_iter().unzip();
    let colours = underlay.fills.iter().map(|fill| fill.colour).collect();
    Cut { request: Request { side: SIDE, colours, tiles }, places }
}

fn tile(strip: &[Vec<Ring>], column: u32, row: u32) -> Vec<u8> {
    let corner = [f64::from(column * SIDE), f64::from(row * SIDE)];
    let unit = |value: f32, axis: usize| ((f64::from(value) - corner[axis]) * UNITS / f64::from(SIDE)).round() as i32;
    let layer = |(index, rings): (usize, &Vec<Ring>)| {
        let rings: Vec<Vec<[i32; 2]>> = within(rings, 0, column)
            .iter()
            .map(|ring| {
                let mut points: Vec<[i32; 2]> = ring.iter().map(|p| [unit(p[0], 0), unit(p[1], 1)]).collect();
                points.dedup();
                points
            })
            .filter(|ring| ring.len() > 2)
            .collect();
        flat_layer(&layer_name(index), &rings)
    };
    strip.iter().enumerate().flat_map(layer).collect()
}

/// What of the rings lies within the row or column of tiles of this number.
fn within(rings: &[Ring], axis: usize, number: u32) -> Vec<Ring> {
    let (low, high) = ((number * SIDE) as f32 - SPARE, ((number + 1) * SIDE) as f32 + SPARE);
    let part = |ring: &Ring| {
        let least = ring.iter().map(|p| p[axis]).fold(f32::MAX, f32::min);
        let most = ring.iter().map(|p| p[axis]).fold(f32::MIN, f32::max);
        if most < low || least > high {
            return None;
        }
        let mut part = ring.clone();
        if least < low {
            part = half(&part, axis, |v| v - low);
        }
        if most > high {
            part = half(&part, axis, |v| high - v);
        }
        (part.len() > 2).then_some(part)
    };
    rings.iter().filter_map(part).collect()
}

/// The part of a ring on the side of a line where `room` is not negative (Sutherland and Hodgman 1974).
fn half(ring: &Ring, axis: usize, room: impl Fn(f32) -> f32) -> Ring {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    for (i, b) in ring.iter().enumerate() {
        let a = &ring[(i + ring.len() - 1) % ring.len()];
        let (ra, rb) = (room(a[axis]), room(b[axis]));
        if (ra >= 0.0) != (rb >= 0.0) {
            // always reckoned from the end that is inside, so that neighbours cut alike
            let (inner, outer, ri, ro) = if ra >= 0.0 { (a, b, ra, rb) } else { (b, a, rb, ra) };
            let t = ri / (ri - ro);
            kept.push([inner[0] + (outer[0] - inner[0]) * t, inner[1] + (outer[1] - inner[1]) * t]);
        }
        if rb >= 0.0 {
            kept.push(*b);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use redline_sheet::FlatFill;

    fn underlay(rings: Vec<Ring>) -> Underlay {
        let fills = vec![FlatFill { colour: [1, 2, 3], rings }];
        Underlay { at: (0, 0), width: 1000, height: 600, fills }
    }

    #[test]
    fn only_tiles_with_something_in_them_are_asked_for() {
        let square = vec![[600.0, 20.0], [700.0, 20.0], [700.0, 90.0], [600.0, 90.0]];
        let cut = cut(&underlay(vec![square]));
        assert_eq!(cut.places, [(1, 0)]);
        assert_eq!((cut.request.side, cut.request.colours.len()), (512, 1));
        let whole = vec![[-50.0, -50.0], [2000.0, -50.0], [2000.0, 2000.0], [-50.0, 2000.0]];
        assert_eq!(super::cut(&underlay(vec![whole])).places, [(0, 0), (1, 0), (0, 1), (1, 1)]);
    }

    #[test]
    fn a_ring_is_cut_a_little_beyond_its_tile() {
        let whole = vec![[-50.0, -50.0], [2000.0, -50.0], [2000.0, 2000.0], [-50.0, 2000.0]];
        let rows = within(&[whole], 1, 1);
        let part = within(&rows, 0, 0);
        let mut corners = part[0].clone();
        corners.sort_by(|a, b| a.partial_cmp(b).unwrap());
        assert_eq!(corners, [[-4.0, 508.0], [-4.0, 1028.0], [516.0, 508.0], [516.0, 1028.0]]);
    }
}
