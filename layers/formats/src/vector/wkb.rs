//! ISO well-known binary into flat parts: rings, lines, points.
//!
//! GDAL hands every geometry over as ISO WKB (OGC 06-103r4 §8.2 with the curve types of SQL/MM).
//! Reading it here keeps every ring apart, so that polygons are built by containment and not by
//! what a file calls outer or inner, and lets arcs be densified to a stated tolerance.

use super::arc;
use geo_types::Coord;

/// One source geometry, flattened: whatever polygons, lines and points it is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Parts {
    /// Every ring of every polygon, as the source has it (usually closed).
    pub rings: Vec<Vec<Coord<f64>>>,
    /// Every line.
    pub lines: Vec<Vec<Coord<f64>>>,
    /// Every point.
    pub points: Vec<Coord<f64>>,
    /// The source carried heights or measures, which are not used.
    pub had_heights: bool,
    /// The source carried circular arcs, which were densified.
    pub had_arcs: bool,
}

impl Parts {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.rings.is_empty() && self.lines.is_empty() && self.points.is_empty()
    }
}

/// Why a geometry's bytes could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WkbDefect {
    /// The bytes end before the geometry does, or a count is larger than the bytes left.
    Truncated,
    /// A geometry type this reader does not know.
    UnknownType(u32),
    /// Collections nested deeper than any real file's.
    TooDeep,
}

struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], WkbDefect> {
        if n > self.rest.len() {
            return Err(WkbDefect::Truncated);
        }
        let (head, tail) = self.rest.split_at(n);
        self.rest = tail;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], WkbDefect> {
        self.take(N)?.try_into().map_err(|_| WkbDefect::Truncated)
    }

    fn u32(&mut self, little: bool) -> Result<u32, WkbDefect> {
        let bytes = self.array()?;
        Ok(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn f64(&mut self, little: bool) -> Result<f64, WkbDefect> {
        let bytes = self.array()?;
        Ok(if little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    fn coords(&mut self, little: bool, dimensions: usize) -> Result<Vec<Coord<f64>>, WkbDefect> {
        let count = self.u32(little)? as usize;
        // Checked before allocating: a corrupt count must not ask for gigabytes.
        if count > self.rest.len() / (8 * dimensions) {
            return Err(WkbDefect::Truncated);
        }
        let mut coords = Vec::with_capacity(count);
        for _ in 0..count {
            coords.push(self.coord(little, dimensions)?);
        }
        Ok(coords)
    }

    fn coord(&mut self, little: bool, dimensions: usize) -> Result<Coord<f64>, WkbDefect> {
        let x = self.f64(little)?;
        let y = self.f64(little)?;
        self.take(8 * (dimensions - 2))?;
        Ok(Coord { x, y })
    }
}

/// Reads one geometry.
pub(crate) fn parts(wkb: &[u8]) -> Result<Parts, WkbDefect> {
    let mut found = Parts::default();
    let mut bytes = Bytes { rest: wkb };
    geometry(&mut bytes, &mut found, 0)?;
    Ok(found)
}

struct Head {
    little: bool,
    kind: u32,
    dimensions: usize,
}

fn head(bytes: &mut Bytes, found: &mut Parts) -> Result<Head, WkbDefect> {
    let little = bytes.take(1)?[0] == 1;
    let code = bytes.u32(little)?;
    // The old OGC flag for 2.5D, beside ISO's thousands.
    let old_z = code & 0x8000_0000 != 0;
    let code = code & 0x0fff_ffff;
    let dimensions = match (code / 1000, old_z) {
        (0, false) => 2,
        (1 | 2, _) | (0, true) => 3,
        (3, _) => 4,
        _ => return Err(WkbDefect::UnknownType(code)),
    };
    found.had_heights |= dimensions > 2;
    Ok(Head { little, kind: code % 1000, dimensions })
}

fn geometry(bytes: &mut Bytes, found: &mut Parts, depth: usize) -> Result<(), WkbDefect> {
    if depth > 16 {
        return Err(WkbDefect::TooDeep);
    }
    let Head { little, kind, dimensions } = head(bytes, found)?;
    match kind {
        1 => {
            let point = bytes.coord(little, dimensions)?;
            // An empty point is written as NaN NaN.
            if !(point.x.is_nan() && point.y.is_nan()) {
                found.points.push(point);
            }
        }
        2 => {
            let line = bytes.coords(little, dimensions)?;
            if !line.is_empty() {
                found.lines.push(line);
            }
        }
        // Polygon, triangle.
        3 | 17 => {
            for _ in 0..bytes.u32(little)? {
                let ring = bytes.coords(little, dimensions)?;
                if !ring.is_empty() {
                    found.rings.push(ring);
                }
            }
        }
        // Collections of whole geometries: multi types, collection, multicurve, multisurface,
        // polyhedral surface, TIN.
        4..=7 | 11 | 12 | 15 | 16 => {
            for _ in 0..bytes.u32(little)? {
                geometry(bytes, found, depth + 1)?;
            }
        }
        8 => {
            found.had_arcs = true;
            let line = arc::densify(&bytes.coords(little, dimensions)?);
            if !line.is_empty() {
                found.lines.push(line);
            }
        }
        9 => {
            let line = compound(bytes, found, little)?;
            if !line.is_empty() {
                found.lines.push(line);
            }
        }
        10 => {
            for _ in 0..bytes.u32(little)? {
                let ring = curve(bytes, found)?;
                if !ring.is_empty() {
                    found.rings.push(ring);
                }
            }
        }
        other => return Err(WkbDefect::UnknownType(other)),
    }
    Ok(())
}

/// A line string, circular string or compound curve where a ring or a piece of one is expected.
fn curve(bytes: &mut Bytes, found: &mut Parts) -> Result<Vec<Coord<f64>>, WkbDefect> {
    let Head { little, kind, dimensions } = head(bytes, found)?;
    match kind {
        2 => bytes.coords(little, dimensions),
        8 => {
            found.had_arcs = true;
            Ok(arc::densify(&bytes.coords(little, dimensions)?))
        }
        9 => compound(bytes, found, little),
        other => Err(WkbDefect::UnknownType(other)),
    }
}

/// The pieces of a compound curve, end to end, shared points once.
fn compound(bytes: &mut Bytes, found: &mut Parts, little: bool) -> Result<Vec<Coord<f64>>, WkbDefect> {
    let mut line: Vec<Coord<f64>> = Vec::new();
    for _ in 0..bytes.u32(little)? {
        let piece = {
            let Head { little, kind, dimensions } = head(bytes, found)?;
            match kind {
                2 => bytes.coords(little, dimensions)?,
                8 => {
                    found.had_arcs = true;
                    arc::densify(&bytes.coords(little, dimensions)?)
                }
                // A compound curve holds no compound curves.
                other => return Err(WkbDefect::UnknownType(other)),
            }
        };
        let shared = !line.is_empty() && line.last() == piece.first();
        line.extend(piece.into_iter().skip(usize::from(shared)));
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn of(wkt: &str) -> Parts {
        parts(&gdal::vector::Geometry::from_wkt(wkt).unwrap().iso_wkb().unwrap()).unwrap()
    }

    #[test]
    fn every_ring_of_a_multipolygon_comes_out_apart() {
        let found = of("MULTIPOLYGON (((0 0,9 0,9 9,0 0),(5 1,6 1,6 2,5 1)),((20 0,21 0,21 1,20 0)))");
        assert_eq!(found.rings.len(), 3);
        assert_eq!(found.rings[1][2], Coord { x: 6.0, y: 2.0 });
        assert!(!found.had_heights && !found.had_arcs);
    }

    #[test]
    fn heights_are_left_out_and_said_so() {
        let found = of("GEOMETRYCOLLECTION Z (POINT Z (1 2 3), LINESTRING Z (0 0 7, 1 1 7))");
        assert!(found.had_heights);
        assert_eq!(found.points, [Coord { x: 1.0, y: 2.0 }]);
        assert_eq!(found.lines[0][1], Coord { x: 1.0, y: 1.0 });
        assert!(of("POLYGON ZM ((0 0 1 1,1 0 1 1,1 1 1 1,0 0 1 1))").had_heights);
    }

    #[test]
    fn a_circle_drawn_as_arcs_has_its_area_within_its_tolerance() {
        let found =
            of("CURVEPOLYGON (COMPOUNDCURVE (CIRCULARSTRING (0 0,100 100,200 0),CIRCULARSTRING (200 0,100 -100,0 0)))");
        assert!(found.had_arcs);
        let ring = &found.rings[0];
        assert_eq!(ring.first(), ring.last());
        let twice: f64 = ring.windows(2).map(|w| w[0].x * w[1].y - w[1].x * w[0].y).sum();
        let area = twice.abs() / 2.0;
        let exact = std::f64::consts::PI * 1e4;
        // Sagitta 1 mm along a circumference of 628 m.
        assert!((area - exact).abs() < 0.63, "{area} {exact}");
    }

    #[test]
    fn an_empty_geometry_is_empty() {
        for wkt in ["POINT EMPTY", "POLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY", "LINESTRING EMPTY"] {
            assert!(of(wkt).is_empty(), "{wkt}");
        }
    }

    #[test]
    fn a_count_larger_than_the_bytes_is_refused_before_memory_is_taken() {
        let mut wkb = vec![1, 2, 0, 0, 0];
        wkb.extend(u32::MAX.to_le_bytes());
        assert_eq!(parts(&wkb), Err(WkbDefect::Truncated));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fall_over(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = parts(&bytes);
        }
    }
}
