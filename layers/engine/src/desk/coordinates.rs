//! Coordinates as people type them: degrees, degrees with minutes and seconds, metres in either order.

use super::opening::City;
use super::wire::LonLat;
use geo_types::Coord;
use redline_formats::{Crs, Datum, GkZone};
use redline_wording::{Text, text};

/// Where China lies, degrees, with room.
const LONGITUDES: std::ops::RangeInclusive<f64> = 73.0..=136.0;
const LATITUDES: std::ops::RangeInclusive<f64> = 3.0..=54.0;
/// Its northings, metres.
const NORTHINGS: std::ops::RangeInclusive<f64> = 300_000.0..=6_000_000.0;

/// The place two numbers stand for, and how they were read; `None` where they are no coordinates.
pub(super) fn read(city: &City, words: &str) -> Option<(LonLat, Text)> {
    let numbers = numbers(words)?;
    let [a, b] = numbers.as_slice() else { return None };
    let degrees = |lon: f64, lat: f64| LONGITUDES.contains(&lon) && LATITUDES.contains(&lat);
    if degrees(*a, *b) || degrees(*b, *a) {
        let at = if degrees(*a, *b) { [*a, *b] } else { [*b, *a] };
        return Some((at, text!("读作经度、纬度" | "read as longitude and latitude")));
    }
    metres(city, *a, *b).or_else(|| metres(city, *b, *a))
}

/// North and east.
fn metres(city: &City, north: f64, east: f64) -> Option<(LonLat, Text)> {
    if !NORTHINGS.contains(&north) {
        return None;
    }
    let own = city.plane();
    let own_prefix = (own.false_easting / 1e6).floor();
    let prefix = (east / 1e6).floor();
    if prefix == 0.0 || prefix == own_prefix {
        if !(100_000.0..=900_000.0).contains(&(east - prefix * 1e6)) {
            return None;
        }
        let x = if prefix == 0.0 { east + own_prefix * 1e6 } else { east };
        let at = city.degrees(Coord { x, y: north });
        return Some((
            at,
            text!("读作北坐标、东坐标（工作空间的坐标系）" | "read as north and east in the workspace's plane"),
        ));
    }
    let number = prefix as u32;
    let zone = GkZone { degrees: if number <= 23 { 6 } else { 3 }, number, prefixed: true };
    let plane = Crs::of_zone(city.crs().datum().unwrap_or(Datum::Cgcs2000), zone)?.gauss_kruger()?;
    let (lon, lat) = plane.inverse(Coord { x: east, y: north });
    let degrees = zone.degrees;
    Some((
        [lon, lat],
        text!(
            "读作 {degrees} 度带第 {number} 带的北坐标、东坐标"
                | "read as north and east in {degrees}-degree zone {number}"
        ),
    ))
}

/// The numbers of a text, minutes and seconds put together; `None` where anything else stands there.
fn numbers(words: &str) -> Option<Vec<f64>> {
    let mut found: Vec<f64> = Vec::new();
    let mut number = String::new();
    // of the value being read: sum so far, and what the next unit is worth
    let mut angle: Option<f64> = None;
    let mut close = |number: &mut String, unit: Option<f64>, angle: &mut Option<f64>| -> Option<()> {
        if !number.is_empty() {
            let value: f64 = number.parse().ok()?;
            number.clear();
            match (unit, *angle) {
                (Some(unit), sum) => *angle = Some(sum.unwrap_or(0.0) + value / unit),
                (None, Some(sum)) => {
                    found.push(sum);
                    found.push(value);
                    *angle = None;
                }
                (None, None) => found.push(value),
            }
        } else if unit.is_none()
            && let Some(sum) = angle.take()
        {
            found.push(sum);
        }
        Some(())
    };
    for c in words.chars() {
        let plain = match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32)?,
            '．' => '.',
            '－' | '−' => '-',
            other => other,
        };
        match plain {
            '0'..='9' | '.' | '-' => number.push(plain),
            '°' | '度' | 'º' => close(&mut number, Some(1.0), &mut angle)?,
            '′' | '\'' | '’' | '分' => close(&mut number, Some(60.0), &mut angle)?,
            '″' | '"' | '”' | '秒' => close(&mut number, Some(3600.0), &mut angle)?,
            ' ' | '\u{3000}' | '\t' if angle.is_some() && number.is_empty() => {}
            ' ' | '\u{3000}' | '\t' | ',' | '，' | ';' | '；' | '、' | '/' | 'E' | 'N' | 'e' | 'n' | '东' | '北'
            | '经' | '纬' | 'X' | 'Y' | 'x' | 'y' | '=' | ':' | '：' => close(&mut number, None, &mut angle)?,
            _ => return None,
        }
    }
    close(&mut number, None, &mut angle)?;
    Some(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::numbers;

    #[test]
    fn coordinates_are_read_as_people_type_them() {
        assert_eq!(numbers("2551004.21, 38640112.87").unwrap(), [2551004.21, 38640112.87]);
        assert!(numbers("Ｘ").is_none());
        assert_eq!(numbers("X=2551004.21，Y=38640112.87").unwrap(), [2551004.21, 38640112.87]);
        assert_eq!(numbers("１１３．５ ２３").unwrap(), [113.5, 23.0]);
        let dms = numbers("113°22′30″E 23°03′00″N").unwrap();
        assert!((dms[0] - 113.375).abs() < 1e-12 && (dms[1] - 23.05).abs() < 1e-12, "{dms:?}");
        let dms = numbers("东经113度22分30秒，北纬23度3分").unwrap();
        assert!((dms[0] - 113.375).abs() < 1e-12 && (dms[1] - 23.05).abs() < 1e-12, "{dms:?}");
    }

    #[test]
    fn names_are_no_coordinates() {
        for words in ["白云山", "HX00004", "drop table", "12a"] {
            assert!(numbers(words).is_none(), "{words}");
        }
    }
}
