//! The CRS that a .prj file or a WKT text means.
//!
//! EPSG and ESRI write the same plane with different words, and most .prj files carry no code. What
//! decides is therefore the datum and the numbers (central meridian, false easting, scale), not the
//! name.

use super::{Crs, Datum, GkZone};
use crate::FormatError;
use redline_wording::text;

/// Texts deeper than this are not WKT but an attack or an accident.
const DEEPEST: usize = 32;

#[derive(Debug)]
enum Item {
    Words(String),
    Number(f64),
    Node(Node),
}

#[derive(Debug)]
struct Node {
    keyword: String,
    items: Vec<Item>,
}

impl Node {
    fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.items.iter().filter_map(|i| if let Item::Node(n) = i { Some(n) } else { None })
    }

    fn child(&self, keywords: &[&str]) -> Option<&Node> {
        self.nodes().find(|n| keywords.contains(&n.keyword.as_str()))
    }

    fn find(&self, keywords: &[&str]) -> Option<&Node> {
        if keywords.contains(&self.keyword.as_str()) {
            return Some(self);
        }
        self.nodes().find_map(|n| n.find(keywords))
    }

    fn words(&self) -> Option<&str> {
        self.items.iter().find_map(|i| if let Item::Words(w) = i { Some(w.as_str()) } else { None })
    }

    fn number(&self) -> Option<f64> {
        self.items.iter().find_map(|i| if let Item::Number(n) = i { Some(*n) } else { None })
    }

    /// All PARAMETERs below, by plain lower-case name.
    fn parameters(&self, into: &mut Vec<(String, f64)>) {
        for node in self.nodes() {
            if node.keyword == "PARAMETER" {
                if let (Some(name), Some(value)) = (node.words(), node.number()) {
                    let plain = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
                    into.push((plain.to_ascii_lowercase(), value));
                }
            } else {
                node.parameters(into);
            }
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> String {
        let end = self.rest.find(|c| !keep(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken.to_owned()
    }

    fn eat(&mut self, options: &[char]) -> bool {
        self.skip_space();
        match self.rest.chars().next() {
            Some(c) if options.contains(&c) => {
                self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
                true
            }
            _ => false,
        }
    }

    fn node(&mut self, depth: usize) -> Option<Node> {
        self.skip_space();
        let keyword = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_').to_ascii_uppercase();
        if keyword.is_empty() || depth > DEEPEST || !self.eat(&['[', '(']) {
            return None;
        }
        let mut items = Vec::new();
        loop {
            self.skip_space();
            match self.rest.chars().next()? {
                ']' | ')' => {
                    self.eat(&[']', ')']);
                    return Some(Node { keyword, items });
                }
                ',' => {
                    self.eat(&[',']);
                }
                '"' => {
                    self.eat(&['"']);
                    items.push(Item::Words(self.take_while(|c| c != '"')));
                    if !self.eat(&['"']) {
                        return None;
                    }
                }
                c if c.is_ascii_digit() || matches!(c, '+' | '-' | '.') => {
                    let digits = self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
                    items.push(Item::Number(digits.parse().ok()?));
                }
                c if c.is_ascii_alphabetic() => {
                    let before = self.rest;
                    match self.node(depth + 1) {
                        Some(node) => items.push(Item::Node(node)),
                        None => {
                            // a bare word such as the NORTH of AXIS["X",NORTH]
                            self.rest = before;
                            self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
                            if matches!(self.rest.trim_start().chars().next(), Some('[' | '(')) {
                                return None;
                            }
                        }
                    }
                }
                _ => return None,
            }
        }
    }
}

impl Crs {
    /// The system that a WKT text (a .prj file's content, EPSG's or ESRI's words) means.
    ///
    /// # Errors
    /// `crs-unreadable` when the text is not WKT; `crs-unsupported`, with the system's own name,
    /// when it is none of the systems this product knows (UTM, a city's own plane).
    ///
    /// ```
    /// use redline_formats::Crs;
    /// let esri = r#"PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",
    ///   DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],
    ///   UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],
    ///   PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],
    ///   PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
    /// assert_eq!(Crs::from_wkt(esri)?, Crs { epsg: 4547 });
    /// # Ok::<(), redline_formats::FormatError>(())
    /// ```
    pub fn from_wkt(wkt: &str) -> Result<Crs, FormatError> {
        let trimmed = wkt.trim_start_matches('\u{feff}').trim();
        if trimmed.len() >= 5 && trimmed.get(..5).is_some_and(|h| h.eq_ignore_ascii_case("epsg:")) {
            return Crs::parse(trimmed);
        }
        let root = Reader { rest: trimmed }.node(0).ok_or_else(|| {
            FormatError::new(
                "crs-unreadable",
                text!("坐标系说明不是可读的 WKT 文本。" | "The CRS description is not readable WKT."),
            )
        })?;
        known(&root).ok_or_else(|| {
            let name = root.words().unwrap_or("?");
            FormatError::new(
                "crs-unsupported",
                text!(
                    "不支持坐标系“{name}”。请先转换到 CGCS2000 高斯-克吕格（如 EPSG:4526），或用 --crs EPSG:N 指明等价的坐标系。"
                    | "The CRS \"{name}\" is not supported. Convert to CGCS2000 Gauss–Krüger first (such as EPSG:4526), or name an equivalent one with --crs EPSG:N."
                ),
            )
        })
    }
}

fn known(root: &Node) -> Option<Crs> {
    let plane = root.find(&["PROJCS", "PROJCRS", "PROJECTEDCRS"]);
    let base =
        root.find(&["GEOGCS", "GEOGCRS", "BASEGEOGCRS", "GEODCRS", "BASEGEODCRS", "GEODETICCRS", "GEOGRAPHICCRS"])?;
    let datum = base
        .find(&["DATUM", "GEODETICDATUM", "TRF", "ENSEMBLE"])
        .and_then(Node::words)
        .and_then(Datum::from_name)
        .or_else(|| base.words().and_then(Datum::from_name))?;
    let Some(plane) = plane else {
        return Some(Crs::geographic(datum));
    };
    let method =
        plane.find(&["PROJECTION", "METHOD"]).and_then(Node::words)?.to_ascii_lowercase().replace([' ', '-'], "_");
    if !(method.contains("transverse_mercator") || method.starts_with("gauss_kr")) || method.contains("south") {
        return None;
    }
    let mut parameters = Vec::new();
    plane.parameters(&mut parameters);
    let value = |names: &[&str], default: f64| {
        parameters.iter().find(|(name, _)| names.contains(&name.as_str())).map_or(default, |(_, v)| *v)
    };
    let meridian =
        value(&["centralmeridian", "longitudeofnaturalorigin", "longitudeoforigin", "longitudeofcenter"], f64::NAN);
    let easting = value(&["falseeasting"], f64::NAN);
    let plain = value(&["scalefactor", "scalefactoratnaturalorigin"], 1.0) == 1.0
        && value(&["falsenorthing"], 0.0) == 0.0
        && value(&["latitudeoforigin", "latitudeofnaturalorigin"], 0.0) == 0.0;
    // the plane's own unit; its axes in WKT2 may carry it instead
    let metres = plane
        .child(&["UNIT", "LENGTHUNIT"])
        .or_else(|| plane.nodes().find(|n| n.keyword == "AXIS").and_then(|a| a.child(&["LENGTHUNIT", "UNIT"])))
        .and_then(Node::number)
        .is_none_or(|factor| factor == 1.0);
    if !plain || !metres || !meridian.is_finite() || meridian.fract() != 0.0 || !(0.0..180.0).contains(&meridian) {
        return None;
    }
    let prefix = (easting - 500_000.0) / 1e6;
    let named_three = plane.words().is_some_and(|n| {
        let n = n.to_ascii_lowercase().replace([' ', '-'], "_");
        n.contains("3_degree") || n.contains("3_deg")
    });
    let fits = |degrees: u8| -> Option<GkZone> {
        let shifted = if degrees == 3 { meridian } else { meridian + 3.0 };
        let number = shifted / f64::from(degrees);
        let prefixed = prefix != 0.0;
        (number.fract() == 0.0 && (!prefixed || prefix == number)).then_some(GkZone {
            degrees,
            number: number as u32,
            prefixed,
        })
    };
    // at 111°, say, both widths have the same meridian and, without prefix, the same plane
    let order: [u8; 2] = if named_three { [3, 6] } else { [6, 3] };
    order.into_iter().find_map(|degrees| fits(degrees).and_then(|zone| Crs::of_zone(datum, zone)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn by_gdal(epsg: u32, esri: bool) -> String {
        let srs = gdal::spatial_ref::SpatialRef::from_epsg(epsg).unwrap();
        if esri {
            srs.morph_to_esri().unwrap();
        }
        srs.to_wkt().unwrap()
    }

    #[test]
    fn every_code_of_the_table_is_recognised_in_epsgs_and_esris_words() {
        let codes = [4490, 4610, 4214, 4326]
            .into_iter()
            .chain(4491..=4554)
            .chain(2327..=2390)
            .chain(2401..=2442)
            .chain(21413..=21423)
            .chain(21453..=21463);
        for epsg in codes {
            for esri in [false, true] {
                let wkt = by_gdal(epsg, esri);
                let got = Crs::from_wkt(&wkt).unwrap_or_else(|e| panic!("{epsg} {esri}: {e} in {wkt}"));
                // the same meridian without prefix is the same plane under two codes
                assert_eq!(got.gauss_kruger(), Crs { epsg }.gauss_kruger(), "{epsg} {wkt}");
                assert_eq!(got.datum(), Crs { epsg }.datum(), "{epsg}");
            }
        }
    }

    #[test]
    fn utm_and_a_citys_own_plane_are_named_and_not_taken_for_something_else() {
        let error = Crs::from_wkt(&by_gdal(32649, true)).unwrap_err();
        assert_eq!(error.code, "crs-unsupported");
        assert!(error.text.zh.contains("UTM"), "{error}");
        let city = by_gdal(4547, true).replace("500000", "41250.0");
        assert!(Crs::from_wkt(&city).is_err());
        assert_eq!(Crs::from_wkt("hello").unwrap_err().code, "crs-unreadable");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_wkt_reader_panic(text in ".{0,300}") {
            let _ = Crs::from_wkt(&text);
        }

        #[test]
        fn no_broken_prj_makes_the_wkt_reader_panic(cut in 0usize..600, deep in 0usize..200) {
            let wkt = by_gdal(4526, true);
            let _ = Crs::from_wkt(wkt.get(..cut.min(wkt.len())).unwrap_or(&wkt));
            let _ = Crs::from_wkt(&"A[".repeat(deep));
        }
    }
}
