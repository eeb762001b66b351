//! Which column is what: by its name, or, in a list without names, by its numbers.

use crate::encoding::half_width;
use crate::numbers::coordinate;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Point,
    North,
    East,
    Ring,
    Plot,
    PlotName,
    Area,
    Purpose,
}

const NAMES: [(Role, &[&str]); 8] = [
    (
        Role::Point,
        &[
            "点号",
            "点名",
            "界址点号",
            "界址点",
            "界址点名",
            "拐点",
            "拐点号",
            "拐点编号",
            "点编号",
            "桩号",
            "point",
            "pointid",
            "pointname",
            "pointno",
            "ptid",
            "name",
            "点",
        ],
    ),
    (
        Role::North,
        &[
            "x坐标",
            "纵坐标",
            "纵坐标x",
            "x纵坐标",
            "北坐标",
            "北坐标x",
            "坐标x",
            "x北",
            "北",
            "北x",
            "northing",
            "north",
            "纬度",
            "北纬",
            "lat",
            "latitude",
            "纬度b",
            "b",
            "wd",
            "纬度坐标",
        ],
    ),
    (
        Role::East,
        &[
            "y坐标",
            "横坐标",
            "横坐标y",
            "y横坐标",
            "东坐标",
            "东坐标y",
            "坐标y",
            "y东",
            "东",
            "东y",
            "easting",
            "east",
            "经度",
            "东经",
            "lon",
            "lng",
            "long",
            "longitude",
            "经度l",
            "l",
            "jd",
            "经度坐标",
        ],
    ),
    (Role::Ring, &["圈号", "环号", "地块圈号", "圈", "ring", "ringid", "ringno", "part"]),
    (
        Role::Plot,
        &[
            "地块",
            "地块号",
            "地块编号",
            "地块编码",
            "宗地号",
            "宗地编号",
            "plot",
            "plotid",
            "plotno",
            "parcel",
            "parcelid",
            "dkbh",
            "zdh",
        ],
    ),
    (Role::PlotName, &["地块名称", "宗地名称", "plotname", "parcelname", "dkmc", "项目名称"]),
    (Role::Area, &["地块面积", "面积", "area", "dkmj"]),
    (Role::Purpose, &["地块用途", "用途", "purpose", "use", "dkyt", "活动", "activity"]),
];

/// The columns of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) north: usize,
    pub(super) east: usize,
    pub(super) point: Option<usize>,
    pub(super) ring: Option<usize>,
    pub(super) plot: Option<usize>,
    pub(super) plot_name: Option<usize>,
    pub(super) area: Option<usize>,
    pub(super) purpose: Option<usize>,
}

/// A column name without spaces, marks and the unit in brackets.
fn bare(name: &str) -> String {
    let plain = half_width(name).to_lowercase();
    let uncommented: String = match plain.find(['(', '[']) {
        Some(at) if at > 0 => {
            let (head, inside) = plain.split_at(at);
            // X(北) keeps its direction, X(m) loses its unit
            let inside: String = inside.chars().filter(|c| c.is_alphanumeric()).collect();
            if ["m", "米", "度", "°", "dms", "ha", "公顷", "m2", "平方米", "亩"].contains(&inside.as_str()) {
                head.to_owned()
            } else {
                format!("{head}{inside}")
            }
        }
        _ => plain,
    };
    uncommented.chars().filter(|c| c.is_alphanumeric()).collect()
}

impl Columns {
    /// Reads a row as column names; `None` when it names no pair of coordinates.
    ///
    /// A bare X is north in Chinese papers and east in tables that programs write; the latter is
    /// assumed where no column name is Chinese. The numbers decide later in any case.
    pub(super) fn by_name(row: &[String]) -> Option<Columns> {
        let names: Vec<String> = row.iter().map(|c| bare(c)).collect();
        let role = |wanted: Role| {
            let known = NAMES.iter().find(|(role, _)| *role == wanted).map(|(_, n)| *n)?;
            names.iter().position(|n| known.contains(&n.as_str()))
        };
        let (mut north, mut east) = (role(Role::North), role(Role::East));
        if north.is_none() && east.is_none() {
            let (x, y) = (names.iter().position(|n| n == "x")?, names.iter().position(|n| n == "y")?);
            let chinese = names.iter().any(|n| !n.is_ascii());
            (north, east) = if chinese { (Some(x), Some(y)) } else { (Some(y), Some(x)) };
        }
        Some(Columns {
            north: north?,
            east: east?,
            point: role(Role::Point),
            ring: role(Role::Ring),
            plot: role(Role::Plot),
            plot_name: role(Role::PlotName),
            area: role(Role::Area),
            purpose: role(Role::Purpose),
        })
    }

    /// The named columns that none of these is: a plot's other attributes (行业, 建设性质), by name and
    /// place.
    pub(super) fn others(&self, names: &[String]) -> Vec<(String, usize)> {
        let used = [self.point, self.ring, self.plot, self.plot_name, self.area, self.purpose];
        let taken = |place: usize| [self.north, self.east].contains(&place) || used.contains(&Some(place));
        let named = names.iter().enumerate().map(|(place, name)| (name.trim().to_owned(), place));
        named.filter(|(name, place)| !name.is_empty() && !taken(*place)).collect()
    }

    /// Finds the columns of a list without names: two columns whose every cell looks like a
    /// coordinate, a first column of names, a column of small whole numbers for rings. `None` when
    /// that leaves a choice.
    pub(super) fn by_numbers(rows: &[&[String]]) -> Option<Columns> {
        let width = rows.iter().map(|r| r.len()).min()?;
        let all =
            |column: usize, fits: &dyn Fn(&str) -> bool| rows.iter().all(|r| r.get(column).is_some_and(|c| fits(c)));
        let coordinates: Vec<usize> = (0..width).filter(|c| all(*c, &looks_like_coordinate)).collect();
        let &[north, east] = coordinates.as_slice() else { return None };
        let others: Vec<usize> = (0..width).filter(|c| !coordinates.contains(c)).collect();
        let point = others.first().copied().filter(|c| *c < north);
        let rings: Vec<usize> = others
            .iter()
            .copied()
            .filter(|c| Some(*c) != point && all(*c, &|cell| cell.trim().parse::<usize>().is_ok_and(|n| n < 1000)))
            .collect();
        let ring = match rings.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => return None,
        };
        Some(Columns { north, east, point, ring, plot: None, plot_name: None, area: None, purpose: None })
    }
}

/// Metres of a Gauss–Krüger plane, or degrees with a fraction.
fn looks_like_coordinate(cell: &str) -> bool {
    coordinate(cell).is_ok_and(|v| (1e5..1e10).contains(&v) || (v.fract() != 0.0 && (3.0..=136.0).contains(&v.abs())))
        || matches!(coordinate(cell), Err(crate::numbers::NumberProblem::NotFinite))
}
