//! Which plane or graticule a file's numbers are in.
//!
//! The known systems are the ones Chinese land papers use: CGCS2000, Xian 1980 and Beijing 1954,
//! geographic and Gauss–Krüger in zones of 3 and 6 degrees, with and without the zone number in
//! front of the easting; and WGS 84 in degrees. Codes are EPSG's.

mod transform;
mod wkt;

pub use transform::Transform;

use crate::FormatError;
use redline_geometry::{Ellipsoid, GaussKruger};
use redline_wording::{Text, text};
use serde::{Deserialize, Serialize};

/// A geodetic datum this product knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Datum {
    /// 2000 国家大地坐标系.
    Cgcs2000,
    /// 1980 西安坐标系.
    Xian80,
    /// 1954 北京坐标系.
    Beijing54,
    /// WGS 84.
    Wgs84,
}

impl Datum {
    /// All of them.
    pub const ALL: [Datum; 4] = [Datum::Cgcs2000, Datum::Xian80, Datum::Beijing54, Datum::Wgs84];

    /// Its ellipsoid.
    pub fn ellipsoid(self) -> Ellipsoid {
        match self {
            Datum::Cgcs2000 => Ellipsoid::CGCS2000,
            Datum::Xian80 => Ellipsoid::XIAN80,
            Datum::Beijing54 => Ellipsoid::KRASSOVSKY,
            Datum::Wgs84 => Ellipsoid { a: 6_378_137.0, inverse_flattening: 298.257_223_563 },
        }
    }

    /// Its name.
    pub fn name(self) -> Text {
        match self {
            Datum::Cgcs2000 => Text::new("2000 国家大地坐标系", "CGCS2000"),
            Datum::Xian80 => Text::new("1980 西安坐标系", "Xian 1980"),
            Datum::Beijing54 => Text::new("1954 北京坐标系", "Beijing 1954"),
            Datum::Wgs84 => Text::same("WGS 84"),
        }
    }

    /// Recognises a datum by what people write after 坐标系= or what a .prj calls it.
    ///
    /// ```
    /// use redline_formats::Datum;
    /// assert_eq!(Datum::from_name("2000国家大地坐标系"), Some(Datum::Cgcs2000));
    /// assert_eq!(Datum::from_name("D_Xian_1980"), Some(Datum::Xian80));
    /// assert_eq!(Datum::from_name("广州坐标系"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Datum> {
        let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let has = |words: &[&str]| words.iter().any(|w| plain.contains(w));
        if has(&[
            "cgcs2000",
            "china2000",
            "chinageodeticcoordinatesystem2000",
            "2000国家",
            "国家2000",
            "大地2000",
            "大地坐标系2000",
            "cgcs",
        ]) || plain == "2000"
            || plain == "2000坐标系"
        {
            Some(Datum::Cgcs2000)
        } else if has(&[
            "xian80",
            "xian1980",
            "1980xian",
            "西安80",
            "80西安",
            "西安1980",
            "1980西安",
            "80国家",
            "国家80",
            "1980国家",
        ]) || plain == "西安坐标系"
        {
            Some(Datum::Xian80)
        } else if has(&["beijing54", "beijing1954", "1954beijing", "北京54", "54北京", "北京1954", "1954北京", "bj54"])
            || plain == "北京坐标系"
        {
            Some(Datum::Beijing54)
        } else if has(&["wgs84", "wgs1984", "worldgeodeticsystem1984"]) {
            Some(Datum::Wgs84)
        } else {
            None
        }
    }

    /// Codes: geographic; first of 6° with zone number (zone 13), 6° without, 3° with (zone 25), 3° without.
    fn codes(self) -> (u32, Option<[u32; 4]>) {
        match self {
            Datum::Cgcs2000 => (4490, Some([4491, 4502, 4513, 4534])),
            Datum::Xian80 => (4610, Some([2327, 2338, 2349, 2370])),
            Datum::Beijing54 => (4214, Some([21413, 21453, 2401, 2422])),
            Datum::Wgs84 => (4326, None),
        }
    }
}

/// A coordinate reference system by its EPSG code. Coordinates are always x = east (or longitude),
/// y = north (or latitude), whatever the authority's axis order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Crs {
    /// EPSG code.
    pub epsg: u32,
}

/// A Gauss–Krüger zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GkZone {
    /// Width in degrees: 3 or 6.
    pub degrees: u8,
    /// Zone number: 25–45 for 3°, 13–23 for 6°.
    pub number: u32,
    /// Whether the zone number stands in front of the easting (38 500 000 rather than 500 000).
    pub prefixed: bool,
}

impl GkZone {
    /// Central meridian, degrees east: 3n, or 6n − 3.
    pub fn central_meridian(self) -> f64 {
        f64::from(if self.degrees == 3 { 3 * self.number } else { (6 * self.number).saturating_sub(3) })
    }

    /// False easting, metres.
    pub fn false_easting(self) -> f64 {
        if self.prefixed { f64::from(self.number) * 1e6 + 500_000.0 } else { 500_000.0 }
    }
}

/// Numbers of zones in China by width: first and last.
fn zone_range(degrees: u8) -> std::ops::RangeInclusive<u32> {
    if degrees == 3 { 25..=45 } else { 13..=23 }
}

impl Crs {
    /// CGCS2000 in degrees, EPSG:4490.
    pub const CGCS2000: Crs = Crs { epsg: 4490 };
    /// WGS 84 in degrees, EPSG:4326.
    pub const WGS84: Crs = Crs { epsg: 4326 };

    /// The system of an EPSG code.
    ///
    /// # Errors
    /// `crs-unsupported` for a code outside the table above.
    ///
    /// ```
    /// use redline_formats::Crs;
    /// assert_eq!(Crs::from_epsg(4526)?.gauss_kruger().map(|g| g.false_easting), Some(38_500_000.0));
    /// assert!(Crs::from_epsg(32649).is_err()); // UTM
    /// # Ok::<(), redline_formats::FormatError>(())
    /// ```
    pub fn from_epsg(epsg: u32) -> Result<Crs, FormatError> {
        let crs = Crs { epsg };
        if crs.datum().is_some() {
            return Ok(crs);
        }
        let what = match epsg {
            32601..=32660 | 32701..=32760 => Text::new("（UTM 投影）", " (UTM)"),
            3857 | 900_913 => Text::new("（网络墨卡托，面积失真）", " (web Mercator, which distorts areas)"),
            _ => Text::default(),
        };
        Err(FormatError::new(
            "crs-unsupported",
            Text {
                zh: format!(
                    "不支持坐标系 EPSG:{epsg}{}。请先转换到 CGCS2000 高斯-克吕格（如 EPSG:4526），或用 --crs EPSG:N 指明正确的坐标系。",
                    what.zh
                ),
                en: format!(
                    "EPSG:{epsg}{} is not supported. Convert to CGCS2000 Gauss–Krüger first (such as EPSG:4526), or name the right system with --crs EPSG:N.",
                    what.en
                ),
            },
        ))
    }

    /// Reads `EPSG:4526`, `epsg:4526` or `4526`.
    ///
    /// # Errors
    /// `crs-unreadable` when that is not a code, `crs-unsupported` when the code is unknown.
    pub fn parse(words: &str) -> Result<Crs, FormatError> {
        let trimmed = words.trim();
        let digits = match trimmed.get(..5) {
            Some(head) if head.eq_ignore_ascii_case("epsg:") => trimmed.get(5..).unwrap_or_default(),
            _ => trimmed,
        };
        match digits.trim().parse::<u32>() {
            Ok(epsg) => Crs::from_epsg(epsg),
            Err(_) => Err(FormatError::new(
                "crs-unreadable",
                text!(
                    "“{trimmed}”不是坐标系代码，请写成 EPSG:4526 的样子。"
                        | "\"{trimmed}\" is not a CRS code; write it like EPSG:4526."
                ),
            )),
        }
    }

    /// The geographic system (degrees) of a datum.
    pub fn geographic(datum: Datum) -> Crs {
        Crs { epsg: datum.codes().0 }
    }

    /// The Gauss–Krüger system of a datum and zone; `None` for WGS 84 and for zones outside China.
    ///
    /// ```
    /// use redline_formats::{Crs, Datum, GkZone};
    /// let zone = GkZone { degrees: 3, number: 38, prefixed: true };
    /// assert_eq!(Crs::of_zone(Datum::Cgcs2000, zone), Some(Crs { epsg: 4526 }));
    /// ```
    pub fn of_zone(datum: Datum, zone: GkZone) -> Option<Crs> {
        let firsts = datum.codes().1?;
        if !matches!(zone.degrees, 3 | 6) || !zone_range(zone.degrees).contains(&zone.number) {
            return None;
        }
        let first = match (zone.degrees, zone.prefixed) {
            (6, true) => firsts[0],
            (6, false) => firsts[1],
            (_, true) => firsts[2],
            (_, false) => firsts[3],
        };
        Some(Crs { epsg: first + zone.number - zone_range(zone.degrees).start() })
    }

    /// Its datum; `None` when the code is not one this product knows.
    pub fn datum(self) -> Option<Datum> {
        self.parts().map(|(datum, _)| datum)
    }

    /// Its Gauss–Krüger zone; `None` for geographic systems.
    pub fn zone(self) -> Option<GkZone> {
        self.parts().and_then(|(_, zone)| zone)
    }

    /// Whether its numbers are degrees.
    pub fn is_geographic(self) -> bool {
        matches!(self.parts(), Some((_, None)))
    }

    fn parts(self) -> Option<(Datum, Option<GkZone>)> {
        for datum in Datum::ALL {
            let (geographic, firsts) = datum.codes();
            if self.epsg == geographic {
                return Some((datum, None));
            }
            let Some(firsts) = firsts else { continue };
            for (first, degrees, prefixed) in
                [(firsts[0], 6, true), (firsts[1], 6, false), (firsts[2], 3, true), (firsts[3], 3, false)]
            {
                let zones = zone_range(degrees);
                if let Some(number) = self.epsg.checked_sub(first).map(|n| n + zones.start())
                    && zones.contains(&number)
                {
                    return Some((datum, Some(GkZone { degrees, number, prefixed })));
                }
            }
        }
        None
    }

    /// Its plane; `None` for geographic systems.
    pub fn gauss_kruger(self) -> Option<GaussKruger> {
        let (datum, zone) = self.parts()?;
        let zone = zone?;
        Some(GaussKruger {
            ellipsoid: datum.ellipsoid(),
            central_meridian: zone.central_meridian(),
            false_easting: zone.false_easting(),
        })
    }

    /// Its name with its code: `2000 国家大地坐标系 3 度带第 38 带 (EPSG:4526)`.
    pub fn name(self) -> Text {
        let epsg = self.epsg;
        match self.parts() {
            None => text!("EPSG:{epsg}" | "EPSG:{epsg}"),
            Some((datum, None)) => {
                let d = datum.name();
                Text {
                    zh: format!("{} 经纬度（EPSG:{epsg}）", d.zh),
                    en: format!("{} longitude/latitude (EPSG:{epsg})", d.en),
                }
            }
            Some((datum, Some(zone))) => {
                let d = datum.name();
                let (w, n, cm) = (zone.degrees, zone.number, zone.central_meridian());
                if zone.prefixed {
                    Text {
                        zh: format!("{} {w} 度带第 {n} 带（EPSG:{epsg}）", d.zh),
                        en: format!("{} {w}-degree zone {n} (EPSG:{epsg})", d.en),
                    }
                } else {
                    Text {
                        zh: format!("{} {w} 度带中央经线 {cm}°，东坐标无带号（EPSG:{epsg}）", d.zh),
                        en: format!("{} {w}-degree, central meridian {cm}°, no zone prefix (EPSG:{epsg})", d.en),
                    }
                }
            }
        }
    }
}

/// The CRS a file was read in, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CrsDecision {
    /// What was decided.
    pub crs: Crs,
    /// The evidence, in the order it was weighed: header, .prj, zone prefix, magnitude, distance.
    pub evidence: Vec<Text>,
}
