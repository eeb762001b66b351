//! The line before a plot's points:
//! `界址点数,地块面积,地块编号,地块名称,面|线|点,图幅号,地块用途,地类编码,@`.

use crate::encoding::half_width;
use crate::numbers::declared_area;
use crate::raw::{RawFeature, RawGeometry};
use redline_wording::Text;
use std::collections::BTreeMap;

/// What a plot says it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Area,
    Line,
    Point,
}

impl Kind {
    fn of(field: &str) -> Option<Kind> {
        match field {
            "面" | "多边形" => Some(Kind::Area),
            "线" => Some(Kind::Line),
            "点" => Some(Kind::Point),
            _ => None,
        }
    }
}

/// A plot header, fields as they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    pub(super) kind: Kind,
    count: String,
    area: String,
    id: String,
    name: String,
    sheet: String,
    purpose: String,
    land_class: String,
    rest: Vec<String>,
}

impl Header {
    /// Reads a header, or `None` when the line is none. `line` is the line as it stands (names keep
    /// their full-width punctuation), `plain` its half-width form.
    pub(super) fn read(line: &str, plain: &str) -> Option<Header> {
        let marked = plain.ends_with('@');
        let mut fields = split(line.trim(), &[',']);
        if fields.len() < 8 {
            fields = split(line.trim(), &[',', '\u{ff0c}']);
        }
        let kind_at = fields.iter().position(|f| Kind::of(f).is_some()).filter(|at| *at >= 3);
        // a header has its mark, its kind in the fifth field, or at least more fields than a point
        let enough = (marked && fields.len() >= 4) || kind_at.is_some() || fields.len() >= 8;
        if !enough || (!marked && kind_at.is_none() && line.contains(['=', '\u{ff1d}'])) {
            return None;
        }
        if fields.last().is_some_and(String::is_empty) && marked {
            fields.pop();
        }
        let at = kind_at.unwrap_or(4);
        let field = |n: usize| fields.get(n).cloned().unwrap_or_default();
        let known = at + 4;
        Some(Header {
            kind: fields.get(at).and_then(|f| Kind::of(f)).unwrap_or_default(),
            count: half_width(&field(0)),
            area: field(1),
            id: field(2),
            // a comma inside the name moved everything after it
            name: fields.get(3..at.min(fields.len())).map(|parts| parts.join(",")).unwrap_or_default(),
            sheet: field(at + 1),
            purpose: field(at + 2),
            land_class: field(at + 3),
            rest: fields.get(known..).unwrap_or_default().to_vec(),
        })
    }

    /// How sentences call the plot.
    pub(super) fn label(&self, count: usize) -> String {
        [&self.id, &self.name].into_iter().find(|s| !s.is_empty()).cloned().unwrap_or_else(|| count.to_string())
    }

    /// The declared area when there is one that is no number.
    pub(super) fn unreadable_area(&self) -> Option<&str> {
        let area = self.area.trim();
        (!area.is_empty() && declared_area(area).is_none()).then_some(area)
    }

    pub(super) fn feature(self, geometry: RawGeometry, place: Text, file: BTreeMap<String, String>) -> RawFeature {
        let mut attributes = file;
        let mut put = |key: String, value: String| {
            if !value.is_empty() {
                attributes.insert(key, value);
            }
        };
        put("图幅号".to_owned(), self.sheet);
        put("地类编码".to_owned(), self.land_class);
        for (n, value) in self.rest.into_iter().enumerate() {
            put(format!("字段{}", n + 9), value);
        }
        let some = |s: String| (!s.is_empty()).then_some(s);
        RawFeature {
            declared: declared_area(&self.area),
            declared_points: self.count.trim().parse().ok(),
            id: some(self.id),
            name: some(self.name),
            purpose: some(self.purpose),
            geometry,
            attributes,
            place,
        }
    }
}

/// Fields without the `@` that ends a header, which may be glued to the last one.
fn split(line: &str, separators: &[char]) -> Vec<String> {
    line.trim_end_matches(['@', '\u{ff20}'])
        .split(separators)
        .map(|f| f.trim().trim_start_matches('\u{feff}').to_owned())
        .collect()
}
