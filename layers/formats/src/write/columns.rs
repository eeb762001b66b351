//! Zones and plots as tables: which columns, in which order, with which values.

use super::PlotToWrite;
use redline_geometry::Shape;
use redline_zoning::Zone;
use std::collections::{BTreeMap, BTreeSet};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text.
    Text(&'a str),
    /// A number, written to two decimals (square metres).
    Number(f64),
}

/// A column: its name, and whether it holds numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    pub numeric: bool,
}

/// A table with shapes.
pub(super) struct Table<'a> {
    pub columns: Vec<Column>,
    pub rows: Vec<(Vec<Cell<'a>>, &'a Shape)>,
}

/// Canonical words in the layer's own language.
fn class_word(class: &str) -> Option<(&'static str, &'static str)> {
    Some(match class {
        "statutory" => ("LB", "法定生态保护区"),
        "important" => ("LB", "生态系统重要区"),
        "concentrated" => ("GHFQMC", "集中建设区"),
        "flexible" => ("GHFQMC", "弹性发展区"),
        "special" => ("GHFQMC", "特别用途区"),
        // A land use's great class follows from its code.
        _ => return None,
    })
}

fn tier_word(tier: &str) -> &str {
    match tier {
        "1" => "一级管制区",
        "2" => "二级管制区",
        other => other,
    }
}

/// A row before the columns are known: standard cells by column, the source's attributes, the shape.
type Source<'a> = (BTreeMap<&'static str, Cell<'a>>, &'a BTreeMap<String, String>, &'a Shape);

/// Columns that some row fills, in the order of `names`; then the attributes by name.
fn assemble<'a>(names: &[(&str, bool)], rows: Vec<Source<'a>>) -> Table<'a> {
    let filled: BTreeSet<&str> = rows.iter().flat_map(|(cells, _, _)| cells.keys().copied()).collect();
    let own: Vec<&(&str, bool)> = names.iter().filter(|(name, _)| filled.contains(name)).collect();
    let taken = |field: &str| own.iter().any(|(name, _)| name.eq_ignore_ascii_case(field));
    let others: BTreeSet<&str> = rows
        .iter()
        .flat_map(|(_, attributes, _)| attributes.keys().map(String::as_str))
        .filter(|field| !taken(field))
        .collect();
    let columns = own
        .iter()
        .map(|(name, numeric)| Column { name: (*name).to_owned(), numeric: *numeric })
        .chain(others.iter().map(|name| Column { name: (*name).to_owned(), numeric: false }))
        .collect();
    let rows = rows
        .into_iter()
        .map(|(mut cells, attributes, shape)| {
            let row = own
                .iter()
                .map(|(name, _)| cells.remove(name).unwrap_or(Cell::Empty))
                .chain(
                    others
                        .iter()
                        .map(|name| attributes.get(*name).map_or(Cell::Empty, |value| Cell::Text(value.as_str()))),
                )
                .collect();
            (row, shape)
        })
        .collect();
    Table { columns, rows }
}

/// Zones under the field names of the survey standards.
pub(super) fn of_zones(zones: &[Zone]) -> Table<'_> {
    let land_use = zones.iter().any(|zone| zone.facts.code.is_some());
    let (name, area) = if land_use { ("DLMC", "TBMJ") } else { ("MC", "MJ") };
    let rows = zones
        .iter()
        .map(|zone| {
            let facts = &zone.facts;
            let mut cells = BTreeMap::from([("BSM", Cell::Text(facts.id.as_str()))]);
            if !facts.name.is_empty() {
                cells.insert(name, Cell::Text(&facts.name));
            }
            if let Some(code) = &facts.code {
                cells.insert("DLBM", Cell::Text(code));
            }
            if let Some((column, word)) = facts.class.as_deref().and_then(class_word) {
                cells.insert(column, Cell::Text(word));
            }
            if let Some(tier) = &facts.tier {
                cells.insert("GZJB", Cell::Text(tier_word(tier)));
            }
            if let Some(kind) = &facts.kind {
                cells.insert("LX", Cell::Text(kind));
            }
            if let Some(declared) = facts.declared_m2 {
                cells.insert(area, Cell::Number(declared));
            }
            (cells, &facts.attributes, &zone.shape)
        })
        .collect();
    let names = [
        ("BSM", false),
        (name, false),
        ("DLBM", false),
        ("LB", false),
        ("GHFQMC", false),
        ("GZJB", false),
        ("LX", false),
        (area, true),
    ];
    assemble(&names, rows)
}

/// Plots under the names of the exchange format.
pub(super) fn of_plots(plots: &[PlotToWrite]) -> Table<'_> {
    let rows = plots
        .iter()
        .map(|plot| {
            let mut cells = BTreeMap::from([
                ("地块编号", Cell::Text(plot.id.as_str())),
                ("地块名称", Cell::Text(plot.name.as_str())),
            ]);
            if let Some(purpose) = &plot.purpose {
                cells.insert("地块用途", Cell::Text(purpose));
            }
            if let Some(declared) = plot.declared_m2 {
                cells.insert("地块面积", Cell::Number(declared));
            }
            (cells, &plot.attributes, &plot.shape)
        })
        .collect();
    assemble(&[("地块编号", false), ("地块名称", false), ("地块用途", false), ("地块面积", true)], rows)
}
