//! From one CRS to another, through PROJ, by explicit pipelines.
//!
//! Asking PROJ for "EPSG:4610 to EPSG:4490" answers with a *ballpark* transform that shifts nothing
//! and says nothing. So the steps are written out here (plane → degrees → plane), PROJ does the
//! arithmetic, and a change of datum is a doubt that the caller can read.

use super::{Crs, Datum};
use crate::{FormatError, ImportNote};
use geo_types::Coord;
use redline_geometry::{Ellipsoid, GaussKruger};
use redline_wording::Text;
use std::cell::RefCell;

/// A change of CRS. Holds no PROJ object, so it may be shared between threads.
#[derive(Clone, Debug, PartialEq)]
pub struct Transform {
    from: Crs,
    to: Crs,
    step: Step,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// Same numbers.
    Nothing,
    /// Same projection, other false easting: exact, without a round trip over the ellipsoid.
    ShiftEast(f64),
    /// A PROJ pipeline.
    Pipeline(String),
}

impl Transform {
    /// The change from `from` to `to`.
    ///
    /// Between datums the degrees are taken over unchanged: WGS 84 and CGCS2000 agree within a
    /// metre; Xian 1980 and Beijing 1954 need official local parameters, which are classified, so
    /// positions may then be off by tens of metres to over a hundred. [`Transform::doubt`] says so.
    /// Only points are carried over: an edge straight in one plane is taken as straight in the other.
    ///
    /// # Errors
    /// `crs-unsupported` when one of the codes is not known.
    ///
    /// ```
    /// use redline_formats::{Crs, Transform};
    /// use geo_types::coord;
    /// let to_plane = Transform::between(Crs::parse("EPSG:4490")?, Crs::parse("EPSG:4526")?)?;
    /// let mut points = [coord! { x: 114.0, y: 23.0 }];
    /// to_plane.apply(&mut points)?;
    /// assert!((points[0].x - 38_500_000.0).abs() < 1e-6);
    /// # Ok::<(), redline_formats::FormatError>(())
    /// ```
    pub fn between(from: Crs, to: Crs) -> Result<Transform, FormatError> {
        let from_datum = Crs::from_epsg(from.epsg)?.parts().map(|(d, _)| d);
        let to_datum = Crs::from_epsg(to.epsg)?.parts().map(|(d, _)| d);
        let (from_plane, to_plane) = (from.gauss_kruger(), to.gauss_kruger());
        let same_ellipsoid = from_datum == to_datum;
        let step = match (from_plane, to_plane) {
            _ if from == to => Step::Nothing,
            (None, None) => Step::Nothing,
            (Some(a), Some(b)) if same_ellipsoid && a.central_meridian == b.central_meridian => {
                Step::ShiftEast(b.false_easting - a.false_easting)
            }
            _ => Step::Pipeline(pipeline(from_plane, to_plane)),
        };
        Ok(Transform { from, to, step })
    }

    /// Where it comes from.
    pub fn from(&self) -> Crs {
        self.from
    }

    /// Where it goes to.
    pub fn to(&self) -> Crs {
        self.to
    }

    /// Carries points over in place: x = east or longitude, y = north or latitude; metres or degrees.
    ///
    /// # Errors
    /// `not-in-crs` when a point lies where the projection has no answer (a latitude of 300°, NaN);
    /// the points are then unchanged.
    pub fn apply(&self, points: &mut [Coord<f64>]) -> Result<(), FormatError> {
        if let Some(bad) = points.iter().find(|p| !self.plausible(**p)) {
            return Err(self.refusal(*bad));
        }
        match &self.step {
            Step::Nothing => Ok(()),
            Step::ShiftEast(by) => {
                points.iter_mut().for_each(|p| p.x += by);
                Ok(())
            }
            Step::Pipeline(definition) => {
                let out = with_proj(definition, |proj| {
                    let mut out = Vec::with_capacity(points.len());
                    for point in points.iter() {
                        match proj.convert((point.x, point.y)) {
                            Ok((x, y)) if x.is_finite() && y.is_finite() => out.push(Coord { x, y }),
                            _ => return Err(self.refusal(*point)),
                        }
                    }
                    Ok(out)
                })
                .map_err(|problem| {
                    FormatError::new(
                        "proj-failed",
                        Text {
                            zh: format!(
                                "PROJ 无法建立从 {} 到 {} 的转换：{problem}。请检查 PROJ 的安装。",
                                self.from.name().zh,
                                self.to.name().zh
                            ),
                            en: format!(
                                "PROJ cannot set up the change from {} to {}: {problem}. Check the installation of PROJ.",
                                self.from.name().en,
                                self.to.name().en
                            ),
                        },
                    )
                })??;
                points.copy_from_slice(&out);
                Ok(())
            }
        }
    }

    /// Whether PROJ may be asked at all; it writes its own complaints to stderr.
    fn plausible(&self, p: Coord<f64>) -> bool {
        match self.from.gauss_kruger() {
            None => p.x.abs() <= 360.0 && p.y.abs() <= 90.0,
            Some(plane) => (p.x - plane.false_easting).abs() <= 5e6 && p.y.abs() <= 1e7,
        }
    }

    fn refusal(&self, point: Coord<f64>) -> FormatError {
        let name = self.from.name();
        let (x, y) = (point.x, point.y);
        FormatError::new(
            "not-in-crs",
            Text {
                zh: format!("坐标（{x}，{y}）不可能属于 {}。请用 --crs EPSG:N 指明正确的坐标系。", name.zh),
                en: format!("The point ({x}, {y}) cannot be in {}. Name the right system with --crs EPSG:N.", name.en),
            },
        )
    }

    /// What a reader must know of a change of datum: `datum-wgs84`, `datum-xian80`,
    /// `datum-beijing54` or `datum-shift-unknown`; `None` on the same datum.
    pub fn doubt(&self) -> Option<ImportNote> {
        let (from, to) = (self.from.datum()?, self.to.datum()?);
        let close = |d: Datum| matches!(d, Datum::Cgcs2000 | Datum::Wgs84);
        let (a, b) = (from.name(), to.name());
        if from == to {
            None
        } else if close(from) && close(to) {
            Some(ImportNote::info(
                "datum-wgs84",
                Text {
                    zh: format!("坐标基准为 {}，按 {} 使用；两者相差在 1 米以内，未作改正。", a.zh, b.zh),
                    en: format!(
                        "The datum is {}, used as {}; the two agree within 1 m, nothing was shifted.",
                        a.en, b.en
                    ),
                },
            ))
        } else {
            let code = match from {
                Datum::Xian80 => "datum-xian80",
                Datum::Beijing54 => "datum-beijing54",
                Datum::Cgcs2000 | Datum::Wgs84 => "datum-shift-unknown",
            };
            Some(ImportNote::warning(
                code,
                Text {
                    zh: format!(
                        "坐标基准为 {}，工作空间为 {}。两者之间的转换参数由测绘主管部门掌握，这里没有参数，经纬度原样沿用：位置可能偏差数十米到一百多米，结论需以正式转换后的坐标确认。",
                        a.zh, b.zh
                    ),
                    en: format!(
                        "The datum is {}, the workspace's is {}. The parameters between them are held by the surveying authority and none were given, so longitudes and latitudes were taken over unchanged: positions may be off by tens of metres to over a hundred. Confirm the outcome on officially converted coordinates.",
                        a.en, b.en
                    ),
                },
            ))
        }
    }
}

/// Runs `work` with the PROJ object of a pipeline. Such an object belongs to one thread, and making
/// one for every ring costs more than the ring: each thread keeps its last.
fn with_proj<T>(definition: &str, work: impl FnOnce(&proj::Proj) -> T) -> Result<T, proj::ProjCreateError> {
    thread_local! {
        static LAST: RefCell<Option<(String, proj::Proj)>> = const { RefCell::new(None) };
    }
    LAST.with(|last| {
        let mut last = last.borrow_mut();
        let kept = last.take().filter(|(known, _)| known == definition);
        let (known, proj) = match kept {
            Some(kept) => kept,
            None => (definition.to_owned(), proj::Proj::new(definition)?),
        };
        let done = work(&proj);
        *last = Some((known, proj));
        Ok(done)
    })
}

fn pipeline(from: Option<GaussKruger>, to: Option<GaussKruger>) -> String {
    let mut steps = String::from("+proj=pipeline");
    match from {
        Some(plane) => steps.push_str(&format!(" +step +inv {}", plane_step(plane))),
        None => steps.push_str(" +step +proj=unitconvert +xy_in=deg +xy_out=rad"),
    }
    match to {
        Some(plane) => steps.push_str(&format!(" +step {}", plane_step(plane))),
        None => steps.push_str(" +step +proj=unitconvert +xy_in=rad +xy_out=deg"),
    }
    steps
}

fn plane_step(plane: GaussKruger) -> String {
    let Ellipsoid { a, inverse_flattening } = plane.ellipsoid;
    format!(
        "+proj=tmerc +lat_0=0 +lon_0={} +k=1 +x_0={} +y_0=0 +a={a} +rf={inverse_flattening} +units=m",
        plane.central_meridian, plane.false_easting
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use geo_types::coord;

    fn carried(from: u32, to: u32, x: f64, y: f64) -> Coord<f64> {
        let mut points = [coord! { x: x, y: y }];
        Transform::between(Crs { epsg: from }, Crs { epsg: to }).unwrap().apply(&mut points).unwrap();
        points[0]
    }

    #[test]
    fn a_point_comes_back_from_degrees_to_the_plane_it_left() {
        let there = carried(4526, 4490, 38_430_123.456, 2_551_234.567);
        assert!((there.x - 113.32).abs() < 0.1 && (there.y - 23.06).abs() < 0.1, "{there:?}");
        let back = carried(4490, 4526, there.x, there.y);
        assert!((back.x - 38_430_123.456).abs() < 1e-6 && (back.y - 2_551_234.567).abs() < 1e-6);
    }

    #[test]
    fn the_pipeline_agrees_with_the_epsg_database_where_the_datum_stays() {
        let by_database = proj::Proj::new_known_crs("EPSG:4490", "EPSG:4526", None).unwrap();
        // the crate normalises axes for display: longitude, latitude in; east, north out
        let (x, y) = by_database.convert((113.4, 23.2)).unwrap();
        let ours = carried(4490, 4526, 113.4, 23.2);
        assert!((ours.x - x).abs() < 1e-6 && (ours.y - y).abs() < 1e-6, "{ours:?} {x} {y}");
    }

    #[test]
    fn the_planes_own_formulas_agree_with_proj_all_over_a_zone() {
        for epsg in [4526, 4547, 4497, 2362, 2414] {
            let crs = Crs { epsg };
            let plane = crs.gauss_kruger().unwrap();
            let degrees = Crs::geographic(crs.datum().unwrap());
            for east in -2..=2 {
                for lat in [18.0, 23.1, 35.0, 53.0] {
                    let lon = plane.central_meridian + f64::from(east) * 0.75;
                    let by_proj = carried(degrees.epsg, epsg, lon, lat);
                    let by_plane = plane.forward(lon, lat);
                    assert!((by_proj.x - by_plane.x).hypot(by_proj.y - by_plane.y) < 1e-6, "{epsg} {lon} {lat}");
                }
            }
        }
    }

    #[test]
    fn threads_carry_points_at_the_same_time_with_the_same_result() {
        let transform = Transform::between(Crs::CGCS2000, Crs { epsg: 4526 }).unwrap();
        let results: Vec<Coord<f64>> = std::thread::scope(|scope| {
            let each = (0..8).map(|_| {
                scope.spawn(|| {
                    let mut points = vec![coord! { x: 113.4, y: 23.2 }; 1000];
                    transform.apply(&mut points).unwrap();
                    points[999]
                })
            });
            each.collect::<Vec<_>>().into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert!(results.iter().all(|p| *p == results[0]));
    }

    #[test]
    fn the_zone_prefix_alone_changes_no_digit_of_the_north() {
        let there = carried(4547, 4526, 430_123.456, 2_551_234.567_8);
        assert_eq!(there.y, 2_551_234.567_8);
        assert!((there.x - 38_430_123.456).abs() < 1e-8);
    }

    #[test]
    fn six_degree_zone_19_comes_into_three_degree_zone_38() {
        // zone 19 has its meridian at 111°, zone 38 at 114°: the same place on the ground
        let ground = carried(4497, 4490, 19_700_000.0, 2_550_000.0);
        let direct = carried(4497, 4526, 19_700_000.0, 2_550_000.0);
        let by_degrees = carried(4490, 4526, ground.x, ground.y);
        assert!((direct.x - by_degrees.x).abs() < 1e-6 && (direct.y - by_degrees.y).abs() < 1e-6);
    }

    #[test]
    fn xian80_into_cgcs2000_is_doubted_aloud_and_wgs84_quietly() {
        let doubt = |a: u32| Transform::between(Crs { epsg: a }, Crs { epsg: 4526 }).unwrap().doubt();
        assert_eq!(doubt(2362).unwrap().code, "datum-xian80");
        assert_eq!(doubt(2414).unwrap().code, "datum-beijing54");
        assert_eq!(doubt(4326).unwrap().severity, crate::Severity::Info);
        assert_eq!(doubt(4490), None);
    }

    #[test]
    fn a_latitude_of_three_hundred_degrees_is_refused_and_nothing_moves() {
        let mut points = [coord! { x: 113.0, y: 23.0 }, coord! { x: 113.0, y: 300.0 }];
        let error = Transform::between(Crs::CGCS2000, Crs { epsg: 4526 }).unwrap().apply(&mut points).unwrap_err();
        assert_eq!(error.code, "not-in-crs");
        assert_eq!(points[0], coord! { x: 113.0, y: 23.0 });
        let mut nan = [coord! { x: f64::NAN, y: 23.0 }];
        assert!(Transform::between(Crs::CGCS2000, Crs { epsg: 4326 }).unwrap().apply(&mut nan).is_err());
    }
}
