//! The renderings of one review made by hand: two plots, a line, and a file that could not be read.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::balance::{Figures, Part, land_use_balance, layer_balances, outcome_balance};
use crate::Review;
use calamine::{Data, Range, Reader, Xlsx};
use redline_wording::Lang;
use serde_json::Value;
use std::io::Cursor;

fn review() -> Review {
    serde_json::from_str(include_str!("testdata/review.json")).unwrap()
}

/// Whole units of the last printed digit.
fn units(value: f64, digits: i32) -> i64 {
    (value * 10f64.powi(digits)).round() as i64
}

fn add_up(lines: &[Figures], total: &Figures) {
    let sum = |get: fn(&Figures) -> f64, digits: i32| lines.iter().map(|f| units(get(f), digits)).sum::<i64>();
    assert_eq!(sum(|f| f.m2, 2), units(total.m2, 2));
    assert_eq!(sum(|f| f.ha, 4), units(total.ha, 4));
    assert_eq!(sum(|f| f.mu, 4), units(total.mu, 4));
    assert_eq!(sum(|f| f.percent, 2), 10_000);
}

#[test]
fn the_lines_of_every_layer_land_use_and_outcome_add_up_to_the_plot() {
    let review = review();
    let mut seen = 0;
    for project in &review.projects {
        for plot in &project.plots {
            let whole = Figures::whole(plot.area.ellipsoidal_m2);
            for balance in layer_balances(&review, plot) {
                let lines: Vec<Figures> = balance.lines.iter().map(|line| line.figures).collect();
                add_up(&lines, &whole);
                seen += 1;
            }
            let land_use: Vec<Figures> = land_use_balance(plot).iter().map(|line| line.figures).collect();
            if !land_use.is_empty() {
                add_up(&land_use, &whole);
                seen += 1;
            }
        }
        if project.error.is_none() {
            let lines: Vec<Figures> = outcome_balance(&project.totals).iter().map(|line| line.figures).collect();
            add_up(&lines, &Figures::whole(project.totals.union_of_plots.ellipsoidal_m2));
        }
    }
    assert_eq!(seen, 8, "three layers and land use for each of two plots");
}

#[test]
fn an_ignored_sliver_is_a_line_even_where_it_prints_as_little() {
    let review = review();
    let balances = layer_balances(&review, &review.projects[0].plots[0]);
    let sliver = balances[1].lines.iter().find(|line| matches!(line.part, Part::Ignored(_))).unwrap();
    assert_eq!(sliver.figures.m2, 0.37);
}

#[test]
fn the_json_record_reads_back_as_the_same_review() {
    let review = review();
    let written = super::json(&review).unwrap();
    assert_eq!(serde_json::from_str::<Review>(&written).unwrap(), review);
    assert_eq!(super::json(&review).unwrap(), written);
}

#[test]
fn the_geojson_of_a_review() {
    insta::assert_snapshot!(super::geojson(&review()).unwrap());
}

#[test]
fn geojson_is_degrees_with_anticlockwise_shells_and_clockwise_holes() {
    let collection: Value = serde_json::from_str(&super::geojson(&review()).unwrap()).unwrap();
    let mut rings = 0;
    for feature in collection["features"].as_array().unwrap() {
        if feature["geometry"]["type"] != "MultiPolygon" {
            continue;
        }
        for polygon in feature["geometry"]["coordinates"].as_array().unwrap() {
            for (place, ring) in polygon.as_array().unwrap().iter().enumerate() {
                let points: Vec<(f64, f64)> =
                    ring.as_array().unwrap().iter().map(|p| (p[0].as_f64().unwrap(), p[1].as_f64().unwrap())).collect();
                assert!(
                    points.iter().all(|p| (115.0..116.0).contains(&p.0) && (23.0..23.1).contains(&p.1)),
                    "{points:?}"
                );
                assert_eq!(points.first(), points.last());
                let twice: f64 = points
                    .windows(2)
                    .map(|e| {
                        (e[0].0 - points[0].0) * (e[1].1 - points[0].1)
                            - (e[1].0 - points[0].0) * (e[0].1 - points[0].1)
                    })
                    .sum();
                assert_eq!(twice > 0.0, place == 0, "{feature}");
                rings += 1;
            }
        }
    }
    assert_eq!(rings, 10);
}

#[test]
fn a_plot_without_area_has_no_geometry_in_geojson_but_its_points_have_one() {
    let collection: Value = serde_json::from_str(&super::geojson(&review()).unwrap()).unwrap();
    let features = collection["features"].as_array().unwrap();
    let plot = features.iter().find(|f| f["properties"]["plot"] == "L1" && f["properties"]["role"] == "plot").unwrap();
    assert!(plot["geometry"].is_null());
    let point = features.iter().find(|f| f["properties"]["role"] == "location").unwrap();
    assert_eq!(point["geometry"]["type"], "Point");
}

fn sheet(bytes: &[u8], name: &str) -> (Range<Data>, Range<String>) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    (book.worksheet_range(name).unwrap(), book.worksheet_formula(name).unwrap())
}

fn as_lines(range: &Range<Data>) -> String {
    let line = |row: &[Data]| {
        let cells: Vec<String> = row.iter().map(|cell| cell.to_string().replace('\n', "⏎")).collect();
        cells.join(" | ").trim_end_matches([' ', '|']).to_string()
    };
    range.rows().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_spreadsheet_of_a_review_read_back() {
    for (lang, names) in [
        (Lang::Zh, ["压占分析表", "地类面积", "合计", "说明"]),
        (Lang::En, ["Occupation", "Land use", "Totals", "Notes"]),
    ] {
        let bytes = super::xlsx(&review(), lang).unwrap();
        let text: Vec<String> =
            names.iter().map(|name| format!("# {name}\n{}", as_lines(&sheet(&bytes, name).0))).collect();
        insta::assert_snapshot!(format!("spreadsheet_{lang:?}"), text.join("\n\n"));
    }
}

#[test]
fn subtotals_are_formulas_whose_results_are_the_sums_of_the_rows_above_them() {
    let bytes = super::xlsx(&review(), Lang::Zh).unwrap();
    let (values, formulas) = sheet(&bytes, "压占分析表");
    let mut checked = 0;
    for (row, column, formula) in formulas.used_cells() {
        let (row, column) = (row as u32 + formulas.start().unwrap().0, column as u32 + formulas.start().unwrap().1);
        let inside = formula.trim_start_matches('=').trim_start_matches("SUM(").trim_end_matches(')');
        let (first, last) = inside.split_once(':').unwrap();
        let first: u32 = first[1..].parse().unwrap();
        let last: u32 = last[1..].parse().unwrap();
        let number = |row: u32| match values.get_value((row, column)) {
            Some(Data::Float(n)) => units(*n, 4),
            Some(Data::Int(n)) => n * 10_000,
            other => panic!("{row},{column} holds {other:?}"),
        };
        assert_eq!((first..=last).map(|r| number(r - 1)).sum::<i64>(), number(row), "{formula}");
        checked += 1;
    }
    assert_eq!(checked, 6 * 4, "three layers of two plots, four figures each");
}

#[test]
fn a_plot_named_like_a_formula_stays_text() {
    let bytes = super::xlsx(&review(), Lang::Zh).unwrap();
    let (values, formulas) = sheet(&bytes, "压占分析表");
    assert!(values.used_cells().any(|(_, _, cell)| *cell == Data::String("=HYPERLINK(\"x\")".into())));
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.trim_start_matches('=').starts_with("SUM(")));
}

#[test]
fn the_same_review_gives_the_same_bytes() {
    let bytes = super::xlsx(&review(), Lang::Zh).unwrap();
    // Files keep times to two seconds; made in another one, a clock inside would show.
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(super::xlsx(&review(), Lang::Zh).unwrap(), bytes);
}

#[test]
fn a_text_longer_than_a_cell_is_cut_with_a_mark_and_a_control_character_does_no_harm() {
    let mut review = review();
    review.projects[0].plots[0].name = "长".repeat(40_000);
    review.projects[0].plots[1].name = "a\u{1}b\u{b}c<&>\"".into();
    let bytes = super::xlsx(&review, Lang::Zh).unwrap();
    let (values, _) = sheet(&bytes, "压占分析表");
    let names: Vec<String> = values.rows().map(|row| row[2].to_string()).collect();
    assert!(names.iter().any(|name| name.ends_with(" …") && name.chars().count() == 32_767));
    assert!(names.iter().any(|name| name.contains("c<&>\"")), "{:?}", names.last());
}
