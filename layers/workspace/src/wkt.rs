//! The definition of a Gauss–Krüger plane as OGC well-known text (WKT 1, OGC 01-009), which
//! GeoPackage asks for in `gpkg_spatial_ref_sys`.

use redline_geometry::{Ellipsoid, GaussKruger};

/// WGS 84 longitude/latitude, EPSG:4326.
pub(crate) const WGS84: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]"#;

/// Datum name, ellipsoid name and code, datum code, geographic CRS name and code.
struct Words {
    geographic: &'static str,
    datum: &'static str,
    spheroid: &'static str,
    spheroid_code: u32,
    datum_code: u32,
    geographic_code: u32,
}

fn words(e: Ellipsoid) -> Option<Words> {
    let table = [
        (Ellipsoid::CGCS2000, ("China Geodetic Coordinate System 2000", "China_2000", "CGCS2000", 1024, 1043, 4490)),
        (Ellipsoid::XIAN80, ("Xian 1980", "Xian_1980", "IAG 1975", 7049, 6610, 4610)),
        (Ellipsoid::KRASSOVSKY, ("Beijing 1954", "Beijing_1954", "Krassowsky 1940", 7024, 6214, 4214)),
    ];
    table.into_iter().find(|(known, _)| *known == e).map(|(_, w)| Words {
        geographic: w.0,
        datum: w.1,
        spheroid: w.2,
        spheroid_code: w.3,
        datum_code: w.4,
        geographic_code: w.5,
    })
}

/// The plane's name in EPSG's manner: `CGCS2000 / 3-degree Gauss-Kruger zone 38`.
pub(crate) fn name(epsg: u32, plane: &GaussKruger) -> String {
    let datum = match words(plane.ellipsoid).map(|w| w.geographic_code) {
        Some(4490) => "CGCS2000",
        Some(4610) => "Xian 1980",
        Some(4214) => "Beijing 1954",
        _ => "Gauss-Kruger",
    };
    // ranges of the 3-degree planes: zone-numbered and by central meridian
    let three = matches!(epsg, 4513..=4554 | 2349..=2390 | 2401..=2442);
    let width = if three { "3-degree " } else { "" };
    let zone = (plane.false_easting / 1e6).floor();
    if zone >= 1.0 {
        format!("{datum} / {width}Gauss-Kruger zone {zone}")
    } else {
        format!("{datum} / {width}Gauss-Kruger CM {}E", plane.central_meridian)
    }
}

/// The definition. Axes stand as the authority has them (north, east); coordinates in the file are
/// east, north, as GeoPackage fixes for every CRS.
pub(crate) fn gauss_kruger(epsg: u32, plane: &GaussKruger) -> String {
    let GaussKruger { ellipsoid, central_meridian, false_easting } = plane;
    let (a, inverse) = (ellipsoid.a, ellipsoid.inverse_flattening);
    let base = match words(*ellipsoid) {
        Some(w) => format!(
            r#"GEOGCS["{}",DATUM["{}",SPHEROID["{}",{a},{inverse},AUTHORITY["EPSG","{}"]],AUTHORITY["EPSG","{}"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","{}"]]"#,
            w.geographic, w.datum, w.spheroid, w.spheroid_code, w.datum_code, w.geographic_code
        ),
        None => format!(
            r#"GEOGCS["Unknown datum",DATUM["Unknown",SPHEROID["Unknown",{a},{inverse}]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]"#
        ),
    };
    format!(
        r#"PROJCS["{}",{base},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",{central_meridian}],PARAMETER["scale_factor",1],PARAMETER["false_easting",{false_easting}],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["X",NORTH],AXIS["Y",EAST],AUTHORITY["EPSG","{epsg}"]]"#,
        name(epsg, plane)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planes_are_named_as_epsg_names_them() {
        let mut plane =
            GaussKruger { ellipsoid: Ellipsoid::CGCS2000, central_meridian: 114.0, false_easting: 38_500_000.0 };
        assert_eq!(name(4526, &plane), "CGCS2000 / 3-degree Gauss-Kruger zone 38");
        plane.false_easting = 500_000.0;
        assert_eq!(name(4547, &plane), "CGCS2000 / 3-degree Gauss-Kruger CM 114E");
        plane.central_meridian = 117.0;
        plane.false_easting = 20_500_000.0;
        assert_eq!(name(4498, &plane), "CGCS2000 / Gauss-Kruger zone 20");
    }
}
