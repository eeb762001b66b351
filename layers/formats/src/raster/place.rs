//! Where a raster lies: from Web Mercator to its pixels and back.

use gdal::errors::Result;
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
use std::cell::RefCell;

/// Half the width of the Web Mercator world, metres.
pub(super) const HALF_WORLD: f64 = 20_037_508.342_789_244;

/// A raster's place on earth.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Columns and rows.
    pub size: (usize, usize),
    /// From pixel to CRS, as GDAL orders it.
    pub to_crs: [f64; 6],
    /// From CRS to pixel.
    to_pixel: [f64; 6],
    /// The CRS as WKT; `None` where it is Web Mercator itself.
    wkt: Option<String>,
}

impl Place {
    /// A place; `None` where the geotransform cannot be inverted.
    pub fn new(size: (usize, usize), to_crs: [f64; 6], crs: &SpatialRef) -> Option<Place> {
        let wkt = if crs.auth_code().ok() == Some(3857) { None } else { Some(crs.to_wkt().ok()?) };
        Some(Place { size, to_crs, to_pixel: inverse(&to_crs)?, wkt })
    }

    /// Carries Web Mercator points over to pixels in place; NaN where the CRS has no answer.
    pub fn pixels(&self, number: u64, xs: &mut [f64], ys: &mut [f64]) -> Result<()> {
        if let Some(wkt) = &self.wkt {
            from_mercator(number, wkt, xs, ys)?;
        }
        for (x, y) in xs.iter_mut().zip(ys) {
            let (px, py) = apply(&self.to_pixel, *x, *y);
            (*x, *y) = if px.is_finite() && py.is_finite() { (px, py) } else { (f64::NAN, f64::NAN) };
        }
        Ok(())
    }

    /// The box of degrees around the raster.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let from = match &self.wkt {
            Some(wkt) => traditional(SpatialRef::from_wkt(wkt).ok()?),
            None => traditional(SpatialRef::from_epsg(3857).ok()?),
        };
        let degrees = traditional(SpatialRef::from_epsg(4326).ok()?);
        let transform = CoordTransform::new(&from, &degrees).ok()?;
        let (w, h) = (self.size.0 as f64, self.size.1 as f64);
        let steps = (0..=20).map(|i| f64::from(i) / 20.0);
        let rim = steps.flat_map(|t| [(t * w, 0.0), (t * w, h), (0.0, t * h), (w, t * h)]);
        let (mut xs, mut ys): (Vec<f64>, Vec<f64>) = rim.map(|(px, py)| apply(&self.to_crs, px, py)).unzip();
        // points without an answer come back infinite and are left out
        let _ = transform.transform_coords(&mut xs, &mut ys, &mut []);
        let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for (x, y) in xs.into_iter().zip(ys).filter(|(x, y)| x.is_finite() && y.is_finite()) {
            b = [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)];
        }
        (b[0] <= b[2]).then_some(b)
    }
}

/// x before y, longitude before latitude, whatever the authority says.
pub(super) fn traditional(mut crs: SpatialRef) -> SpatialRef {
    crs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    crs
}

fn from_mercator(number: u64, wkt: &str, xs: &mut [f64], ys: &mut [f64]) -> Result<()> {
    thread_local! {
        // a transformation costs milliseconds to set up and belongs to one thread
        static LAST: RefCell<Option<(u64, CoordTransform)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(of, _)| *of != number) {
            let mercator = traditional(SpatialRef::from_epsg(3857)?);
            let crs = traditional(SpatialRef::from_wkt(wkt)?);
            *last = Some((number, CoordTransform::new(&mercator, &crs)?));
        }
        if let Some((_, transform)) = last {
            // an error says that some points have no answer: these come back infinite
            let _ = transform.transform_coords(xs, ys, &mut []);
        }
        Ok(())
    })
}

/// `[c, a, b, f, d, e]` at a point.
pub(super) fn apply(t: &[f64; 6], x: f64, y: f64) -> (f64, f64) {
    (t[0] + t[1] * x + t[2] * y, t[3] + t[4] * x + t[5] * y)
}

fn inverse(t: &[f64; 6]) -> Option<[f64; 6]> {
    let det = t[1] * t[5] - t[2] * t[4];
    if !t.iter().all(|v| v.is_finite()) || det.abs() < 1e-30 {
        return None;
    }
    let (a, b, d, e) = (t[5] / det, -t[2] / det, -t[4] / det, t[1] / det);
    Some([-(a * t[0] + b * t[3]), a, b, -(d * t[0] + e * t[3]), d, e])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_turned_raster_finds_its_pixels_again() {
        let t = [38_400_000.0, 2.0, 0.5, 2_560_000.0, 0.4, -2.0];
        let (x, y) = apply(&t, 123.25, 77.5);
        let (px, py) = apply(&inverse(&t).unwrap(), x, y);
        assert!((px - 123.25).abs() < 1e-6 && (py - 77.5).abs() < 1e-6, "{px} {py}");
        assert_eq!(inverse(&[0.0, 1.0, 1.0, 0.0, 1.0, 1.0]), None);
    }
}
