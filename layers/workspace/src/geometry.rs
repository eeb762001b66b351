//! Geometry as the GeoPackage stores it: the `GP` header with envelope, then ISO WKB
//! (OGC 12-128r17, 2.1.3). We write little-endian MultiPolygons; we also read what QGIS and GDAL
//! write: big-endian, single polygons, Z and M (dropped).
//!
//! A blob is bytes from outside: lengths are checked against what is there before anything is
//! reserved, and nonsense is an error, never a panic.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use redline_geometry::Shape;

/// min x, min y, max x, max y in metres.
pub type Bounds = [f64; 4];

/// What is wrong with a blob. The caller knows layer and feature and makes a sentence of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadBlob {
    /// It ends before what its counts promise.
    Short,
    /// It does not begin as a GeoPackage geometry, or a byte-order mark is neither 0 nor 1.
    NotGeometry,
    /// A geometry that is no polygon; its WKB type.
    Type(u32),
    /// A coordinate is NaN or infinite.
    NotFinite,
    /// Bytes are left over.
    Trailing,
}

impl std::fmt::Display for BadBlob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BadBlob::Short => write!(f, "geometry cut short"),
            BadBlob::NotGeometry => write!(f, "not a GeoPackage geometry"),
            BadBlob::Type(t) => write!(f, "WKB type {t}, not a polygon"),
            BadBlob::NotFinite => write!(f, "NaN or infinite coordinate"),
            BadBlob::Trailing => write!(f, "bytes after the geometry"),
        }
    }
}

/// The bounds of a shape's outer rings; `None` when it has no point.
pub(crate) fn bounds(shape: &Shape) -> Option<Bounds> {
    let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for c in shape.0.iter().flat_map(|p| p.exterior().0.iter()) {
        b = [b[0].min(c.x), b[1].min(c.y), b[2].max(c.x), b[3].max(c.y)];
    }
    (b[0] <= b[2]).then_some(b)
}

/// Whether every coordinate is a number.
pub(crate) fn is_finite(shape: &Shape) -> bool {
    rings(shape).all(|r| r.0.iter().all(|c| c.x.is_finite() && c.y.is_finite()))
}

fn rings(shape: &Shape) -> impl Iterator<Item = &LineString<f64>> {
    shape.0.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
}

/// Encodes a shape for `srs_id`, coordinates bit for bit.
pub(crate) fn encode(shape: &Shape, srs_id: i32) -> Vec<u8> {
    let points: usize = rings(shape).map(|r| r.0.len()).sum();
    let mut out = Vec::with_capacity(64 + 17 * shape.0.len() + 16 * points);
    let bounds = bounds(shape);
    out.extend_from_slice(b"GP\0");
    // bit 0 little-endian; bits 1–3 envelope kind, 1 = x and y; bit 4 empty
    out.push(if bounds.is_some() { 0b0000_0011 } else { 0b0001_0001 });
    out.extend_from_slice(&srs_id.to_le_bytes());
    if let Some([min_x, min_y, max_x, max_y]) = bounds {
        for v in [min_x, max_x, min_y, max_y] {
            out.extend_from_slice(&v.to_le_bytes());
        }
    }
    head(&mut out, 6, shape.0.len());
    for polygon in &shape.0 {
        // a polygon without points is written without rings, as WKB has it
        let empty = polygon.exterior().0.is_empty();
        head(&mut out, 3, if empty { 0 } else { 1 + polygon.interiors().len() });
        if empty {
            continue;
        }
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            out.extend_from_slice(&(ring.0.len() as u32).to_le_bytes());
            for c in &ring.0 {
                out.extend_from_slice(&c.x.to_le_bytes());
                out.extend_from_slice(&c.y.to_le_bytes());
            }
        }
    }
    out
}

fn head(out: &mut Vec<u8>, kind: u32, count: usize) {
    out.push(1);
    out.extend_from_slice(&kind.to_le_bytes());
    // SQLite holds no blob over 2^31 bytes, so counts fit
    out.extend_from_slice(&(count as u32).to_le_bytes());
}

/// Decodes a blob.
pub(crate) fn decode(blob: &[u8]) -> Result<Shape, BadBlob> {
    let mut bytes = Bytes { rest: after_header(blob)?.0, little: true };
    let shape = bytes.shape()?;
    if bytes.rest.is_empty() { Ok(shape) } else { Err(BadBlob::Trailing) }
}

/// The bounds a blob states in its header, or those of its points if it states none; `None` when
/// it is empty.
pub(crate) fn blob_bounds(blob: &[u8]) -> Result<Option<Bounds>, BadBlob> {
    match after_header(blob)?.1 {
        Some(b) => Ok(Some(b)),
        None => Ok(bounds(&decode(blob)?)),
    }
}

fn after_header(blob: &[u8]) -> Result<(&[u8], Option<Bounds>), BadBlob> {
    let (magic, rest) = blob.split_first_chunk::<2>().ok_or(BadBlob::Short)?;
    if magic != b"GP" {
        return Err(BadBlob::NotGeometry);
    }
    let (&[_version, flags], rest) = rest.split_first_chunk::<2>().ok_or(BadBlob::Short)?;
    let mut bytes = Bytes { rest, little: flags & 1 == 1 };
    bytes.u32()?;
    let numbers = match (flags >> 1) & 7 {
        0 => 0,
        1 => 4,
        2 | 3 => 6,
        4 => 8,
        _ => return Err(BadBlob::NotGeometry),
    };
    let mut envelope = [f64::NAN; 8];
    for slot in envelope.iter_mut().take(numbers) {
        *slot = bytes.f64()?;
    }
    let [min_x, max_x, min_y, max_y, ..] = envelope;
    let stated = numbers > 0 && envelope[..4].iter().all(|v| v.is_finite());
    Ok((bytes.rest, stated.then_some([min_x, min_y, max_x, max_y])))
}

struct Bytes<'a> {
    rest: &'a [u8],
    little: bool,
}

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], BadBlob> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(BadBlob::Short)?;
        self.rest = rest;
        Ok(*taken)
    }

    fn u32(&mut self) -> Result<u32, BadBlob> {
        let b = self.take()?;
        Ok(if self.little { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) })
    }

    fn f64(&mut self) -> Result<f64, BadBlob> {
        let b = self.take()?;
        Ok(if self.little { f64::from_le_bytes(b) } else { f64::from_be_bytes(b) })
    }

    /// A count of things at least `each` bytes long: more than the rest can hold is a lie.
    fn count(&mut self, each: usize) -> Result<usize, BadBlob> {
        let n = self.u32()? as usize;
        if n > self.rest.len() / each { Err(BadBlob::Short) } else { Ok(n) }
    }

    /// Byte order and type: the base type and how many numbers a point has.
    fn head(&mut self) -> Result<(u32, usize), BadBlob> {
        self.little = match self.take::<1>()? {
            [0] => false,
            [1] => true,
            _ => return Err(BadBlob::NotGeometry),
        };
        let kind = self.u32()?;
        let numbers = match kind / 1000 {
            0 => 2,
            1 | 2 => 3,
            3 => 4,
            _ => return Err(BadBlob::Type(kind)),
        };
        Ok((kind % 1000, numbers))
    }

    fn shape(&mut self) -> Result<Shape, BadBlob> {
        match self.head()? {
            (3, numbers) => Ok(MultiPolygon::new(vec![self.rings(numbers)?])),
            (6, _) => {
                // byte order, type and count make 9 bytes at least
                let n = self.count(9)?;
                let mut polygons = Vec::with_capacity(n);
                for _ in 0..n {
                    match self.head()? {
                        (3, numbers) => polygons.push(self.rings(numbers)?),
                        (other, _) => return Err(BadBlob::Type(other)),
                    }
                }
                Ok(MultiPolygon::new(polygons))
            }
            (other, _) => Err(BadBlob::Type(other)),
        }
    }

    fn rings(&mut self, numbers: usize) -> Result<Polygon<f64>, BadBlob> {
        let n = self.count(4)?;
        let mut rings = Vec::with_capacity(n);
        for _ in 0..n {
            let points = self.count(8 * numbers)?;
            let mut ring = Vec::with_capacity(points);
            for _ in 0..points {
                let (x, y) = (self.f64()?, self.f64()?);
                for _ in 2..numbers {
                    self.f64()?;
                }
                if !(x.is_finite() && y.is_finite()) {
                    return Err(BadBlob::NotFinite);
                }
                ring.push(Coord { x, y });
            }
            rings.push(LineString::new(ring));
        }
        let mut rings = rings.into_iter();
        Ok(Polygon::new(rings.next().unwrap_or_else(|| LineString::new(vec![])), rings.collect()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use geo_types::polygon;
    use proptest::prelude::*;

    fn square() -> Shape {
        MultiPolygon::new(vec![polygon![
            exterior: [(x: 0., y: 0.), (x: 9., y: 0.), (x: 9., y: 9.), (x: 0., y: 9.), (x: 0., y: 0.)],
            interiors: [[(x: 1., y: 1.), (x: 2., y: 1.), (x: 2., y: 2.), (x: 1., y: 1.)]],
        ]])
    }

    fn any_shape() -> impl Strategy<Value = Shape> {
        let ring = prop::collection::vec((-1e9..1e9_f64, -1e9..1e9_f64), 1..12).prop_map(LineString::from);
        let polygon =
            (ring.clone(), prop::collection::vec(ring, 0..3)).prop_map(|(outer, holes)| Polygon::new(outer, holes));
        prop::collection::vec(polygon, 0..4).prop_map(MultiPolygon::new)
    }

    proptest! {
        #[test]
        fn every_shape_comes_back_bit_for_bit(shape in any_shape()) {
            let blob = encode(&shape, 4526);
            prop_assert_eq!(decode(&blob), Ok(shape.clone()));
            prop_assert_eq!(blob_bounds(&blob), Ok(bounds(&shape)));
        }

        #[test]
        fn a_cut_or_garbled_blob_is_refused_or_read_but_never_panics(
            shape in any_shape(), cut in 0_usize..400, at in 0_usize..400, with in any::<u8>()
        ) {
            let mut blob = encode(&shape, 4526);
            let whole = blob.len();
            if at < whole {
                blob[at] = with;
                let _ = decode(&blob);
                let _ = blob_bounds(&blob);
            }
            let mut blob = encode(&shape, 4526);
            if cut < whole {
                blob.truncate(cut);
                prop_assert!(decode(&blob).is_err());
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
            let mut blob = b"GP\0\x01\0\0\0\0".to_vec();
            blob.extend(bytes);
            let _ = decode(&blob);
        }
    }

    #[test]
    fn a_count_larger_than_the_blob_reserves_nothing() {
        let mut blob = encode(&square(), 1);
        let at = 8 + 32 + 5;
        blob[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(decode(&blob), Err(BadBlob::Short));
    }

    #[test]
    fn a_nan_coordinate_is_refused() {
        let mut blob = encode(&square(), 1);
        let at = blob.len() - 8;
        blob[at..].copy_from_slice(&f64::NAN.to_le_bytes());
        assert_eq!(decode(&blob), Err(BadBlob::NotFinite));
    }

    #[test]
    fn a_point_is_not_a_zone() {
        let mut blob = b"GP\0\x01\0\0\0\0\x01\x01\0\0\0".to_vec();
        blob.extend([0; 16]);
        assert_eq!(decode(&blob), Err(BadBlob::Type(1)));
    }

    #[test]
    fn a_big_endian_polygon_with_heights_is_read_without_them() {
        let mut blob = b"GP\0\0\0\0\0\0\0".to_vec();
        blob.extend(1003_u32.to_be_bytes());
        blob.extend(1_u32.to_be_bytes());
        blob.extend(4_u32.to_be_bytes());
        for (x, y) in [(0., 0.), (4., 0.), (0., 4.), (0., 0.)] {
            for v in [x, y, 77.0_f64] {
                blob.extend(v.to_be_bytes());
            }
        }
        let shape = decode(&blob).unwrap();
        assert_eq!(bounds(&shape), Some([0., 0., 4., 4.]));
        assert_eq!(blob_bounds(&blob), Ok(Some([0., 0., 4., 4.])));
    }
}
