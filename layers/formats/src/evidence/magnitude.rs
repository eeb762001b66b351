//! What the size of the numbers alone says: degrees or metres, swapped or not, zone in front or not.
//!
//! In China north is 1.9 to 5.9 million metres (less in the southern sea), east has six digits, or
//! eight with the zone number in front; longitudes are 73 to 136, latitudes 3 to 54.

/// What a pair of numbers can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Degrees within China.
    Degrees,
    /// Metres of a Gauss–Krüger plane, with the zone number in front of the easting if there is one.
    Plane {
        /// The zone number.
        prefix: Option<u32>,
        /// It stands there twice (3838640112).
        doubled: bool,
    },
    /// Neither.
    Other,
}

/// A pair of numbers, weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Magnitude {
    /// What they can be.
    pub(super) kind: Kind,
    /// The pair is north first.
    pub(super) swapped: bool,
}

/// Weighs one pair, x given as east.
pub(super) fn weigh(x: f64, y: f64) -> Magnitude {
    let degrees = |x: f64, y: f64| (73.0..=136.0).contains(&x) && (3.0..=54.0).contains(&y);
    let plane = |x: f64, y: f64| if north(y) { east(x) } else { None };
    let found = |kind, swapped| Magnitude { kind, swapped };
    if degrees(x, y) {
        found(Kind::Degrees, false)
    } else if degrees(y, x) {
        found(Kind::Degrees, true)
    } else if let Some(kind) = plane(x, y) {
        found(kind, false)
    } else if let Some(kind) = plane(y, x) {
        found(kind, true)
    } else {
        found(Kind::Other, false)
    }
}

fn north(v: f64) -> bool {
    (3e5..=6.2e6).contains(&v)
}

fn is_zone(n: u32) -> bool {
    (13..=23).contains(&n) || (25..=45).contains(&n)
}

fn east(v: f64) -> Option<Kind> {
    if (1e5..1e6).contains(&v) {
        return Some(Kind::Plane { prefix: None, doubled: false });
    }
    if (13e6..46e6).contains(&v) {
        let zone = (v / 1e6).floor() as u32;
        return is_zone(zone).then_some(Kind::Plane { prefix: Some(zone), doubled: false });
    }
    if (1.3e9..4.7e9).contains(&v) {
        let zone = (v / 1e8).floor() as u32;
        let again = ((v - f64::from(zone) * 1e8) / 1e6).floor() as u32;
        return (is_zone(zone) && zone == again).then_some(Kind::Plane { prefix: Some(zone), doubled: true });
    }
    None
}

/// What must be added to the easting as written to take away a doubled zone number.
pub(super) fn undoubled(zone: u32) -> f64 {
    -f64::from(zone) * 1e8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_numbers_is_weighed_as_a_surveyor_would() {
        let plane = |prefix, doubled| Kind::Plane { prefix, doubled };
        for (x, y, kind, swapped) in [
            (38_640_112.5, 2_550_000.0, plane(Some(38), false), false),
            (2_550_000.0, 38_640_112.5, plane(Some(38), false), true),
            (640_112.5, 2_550_000.0, plane(None, false), false),
            (2_550_000.0, 640_112.5, plane(None, false), true),
            (3_838_640_112.0, 2_550_000.0, plane(Some(38), true), false),
            (3_738_640_112.0, 2_550_000.0, Kind::Other, false),
            (113.3, 23.1, Kind::Degrees, false),
            (23.1, 113.3, Kind::Degrees, true),
            (19_640_112.0, 2_550_000.0, plane(Some(19), false), false),
            (24_640_112.0, 2_550_000.0, Kind::Other, false),
            (12.0, 40.0, Kind::Other, false),
            (0.0, 0.0, Kind::Other, false),
        ] {
            assert_eq!(weigh(x, y), Magnitude { kind, swapped }, "{x} {y}");
        }
    }
}
