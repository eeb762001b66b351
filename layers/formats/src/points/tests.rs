//! Point lists as they are typed, exported and pasted.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::raw::{CrsHint, RawGeometry};
use crate::{Datum, FormatError};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

fn csv(text: &str) -> RawFile {
    parse_csv(text.as_bytes(), "点.csv").unwrap_or_else(|e| panic!("{e}\n{text}"))
}

fn refused(text: &str) -> FormatError {
    parse_csv(text.as_bytes(), "点.csv").unwrap_err()
}

/// East and north of every point of a plot, ring by ring.
fn points(file: &RawFile, plot: usize) -> Vec<Vec<(f64, f64)>> {
    match &file.features[plot].geometry {
        RawGeometry::Rings(rings) => rings.iter().map(|r| r.points.iter().map(|p| (p.x, p.y)).collect()).collect(),
        other => panic!("{other:?}"),
    }
}

const TRIANGLE: [(f64, f64); 3] =
    [(38_430_000.5, 2_550_000.0), (38_430_000.0, 2_550_100.0), (38_430_100.0, 2_550_100.0)];

#[test]
fn a_list_is_read_whatever_separates_its_fields() {
    for mark in [",", "\t", ";", "\u{ff0c}", "|", "  "] {
        let row = |cells: [&str; 3]| cells.join(mark);
        let text = [
            row(["点号", "X", "Y"]),
            row(["J1", "2550000", "38430000.5"]),
            row(["J2", "2550100", "38430000"]),
            row(["J3", "2550100", "38430100"]),
        ]
        .join("\r\n");
        assert_eq!(points(&csv(&text), 0), [TRIANGLE.to_vec()], "{mark:?}");
    }
}

#[test]
fn columns_are_found_by_any_of_their_names() {
    for header in [
        "点号,纵坐标(X),横坐标(Y)",
        "点号,X坐标(m),Y坐标(m)",
        "界址点号,北坐标,东坐标",
        "point,Northing,Easting",
        "序号,X(北),Y(东)",
    ] {
        let text = format!("{header}\nJ1,2550000,38430000.5\nJ2,2550100,38430000\nJ3,2550100,38430100\n");
        assert_eq!(points(&csv(&text), 0), [TRIANGLE.to_vec()], "{header}");
    }
    let gis = csv("id,x,y\n1,38430000.5,2550000\n2,38430000,2550100\n3,38430100,2550100\n");
    assert_eq!(points(&gis, 0), [TRIANGLE.to_vec()]);
}

#[test]
fn degrees_minutes_and_seconds_with_their_marks_are_no_quotations() {
    let text = "点号,经度,纬度\n1,113°22'30\",23°03'00\"\n2,113°23'24\",23°03'00\"\n3,113°23'24\",23°04'12\"\n";
    let got = points(&csv(text), 0);
    assert!((got[0][0].0 - 113.375).abs() < 1e-12 && (got[0][0].1 - 23.05).abs() < 1e-12, "{got:?}");
    let dashes = csv("113-22-30,23-03-00\n113-23-24,23-03-00\n113-23-24,23-04-12\n");
    // without names the first number is taken for north; their size tells them apart later
    assert!((points(&dashes, 0)[0][0].1 - 113.375).abs() < 1e-12);
}

#[test]
fn a_list_without_names_is_read_by_its_numbers_and_says_so() {
    let file = csv(
        "J1,1,2550000,38430000.5\nJ2,1,2550100,38430000\nJ3,1,2550100,38430100\nJ4,2,2550050,38430020\nJ5,2,2550060,38430020\nJ6,2,2550060,38430030\n",
    );
    let got = points(&file, 0);
    assert_eq!((got.len(), got[0].clone()), (2, TRIANGLE.to_vec()));
    assert_eq!(file.notes[0].code, "header-row-missing");
    assert_eq!(points(&csv("2550000 38430000.5\n2550100 38430000\n2550100 38430100\n"), 0), [TRIANGLE.to_vec()]);
    assert_eq!(refused("甲,乙\n丙,丁\n").code, "columns-unrecognised");
}

#[test]
fn a_title_above_a_list_without_names_tells_the_datum() {
    let file = csv("某项目界址点(1980西安坐标系)\nJ1,2550000,38430000.5\nJ2,2550100,38430000\nJ3,2550100,38430100\n");
    assert!(matches!(file.hints[0], CrsHint::Datum { datum: Datum::Xian80, .. }), "{:?}", file.hints);
    let coded = csv("# EPSG:4526\n点号,X,Y\nJ1,2550000,38430000.5\nJ2,2550100,38430000\nJ3,2550100,38430100\n");
    assert!(matches!(coded.hints[0], CrsHint::Declared { crs, .. } if crs.epsg == 4526), "{:?}", coded.hints);
}

#[test]
fn plots_are_grouped_by_their_column_and_empty_cells_belong_to_the_row_above() {
    let file = csv(
        "地块,点号,X,Y,圈号,用途\n甲,1,2550000,38430000.5,1,公路\n,2,2550100,38430000,1,\n,3,2550100,38430100,1,\n乙,1,2551000,38430000,1,厂房\n,2,2551100,38430000,1,\n,3,2551100,38430100,1,\n",
    );
    assert_eq!(file.features.iter().map(|f| f.id.as_deref().unwrap()).collect::<Vec<_>>(), ["甲", "乙"]);
    assert_eq!(file.features[1].purpose.as_deref(), Some("厂房"));
    assert_eq!(points(&file, 0), [TRIANGLE.to_vec()]);
    assert!(file.notes.iter().any(|n| n.code == "plot-cell-filled"));
}

#[test]
fn names_that_start_again_without_a_ring_column_begin_a_ring() {
    let file = csv(
        "点号,X,Y\nJ1,2550000,38430000.5\nJ2,2550100,38430000\nJ3,2550100,38430100\nJ1,2550050,38430020\nJ2,2550060,38430020\nJ3,2550060,38430030\n",
    );
    assert_eq!(points(&file, 0).len(), 2);
    assert!(file.notes.iter().any(|n| n.code == "ring-by-restart"));
}

#[test]
fn half_a_point_words_for_numbers_and_infinity_are_refused_with_their_line() {
    let good = "点号,X,Y\nJ1,2550000,38430000\nJ2,2550100,38430000\n";
    for (row, code) in [
        ("J3,2550100,", "point-unreadable"),
        ("J3,abc,38430100", "point-unreadable"),
        ("J3,inf,38430100", "non-finite"),
    ] {
        let error = refused(&format!("{good}{row}\n"));
        assert_eq!(error.code, code, "{row}");
        assert!(error.text.zh.contains("第 4 行") && error.text.zh.contains("点.csv"), "{error}");
    }
    assert_eq!(refused("点号,X,Y\n").code, "no-plots");
}

#[test]
fn a_spreadsheet_with_title_rows_merged_plots_and_several_sheets_is_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("甲区").unwrap();
    sheet.merge_range(0, 0, 0, 3, "某某项目界址点成果表(2000国家大地坐标系)", &Format::new()).unwrap();
    for (c, name) in ["地块编号", "点号", "X坐标", "Y坐标"].iter().enumerate() {
        sheet.write(2, c as u16, *name).unwrap();
    }
    sheet.merge_range(3, 0, 5, 0, "A-1", &Format::new()).unwrap();
    for (n, (x, y)) in TRIANGLE.iter().enumerate() {
        let row = 3 + n as u32;
        sheet.write(row, 1, format!("J{}", n + 1)).unwrap();
        sheet.write(row, 2, *y).unwrap();
        sheet.write(row, 3, *x).unwrap();
    }
    sheet.write(7, 0, "制表:张三").unwrap();
    book.add_worksheet().set_name("说明").unwrap().write(0, 0, "仅供审查").unwrap();
    let second = book.add_worksheet().set_name("乙区").unwrap();
    for (c, name) in ["点号", "经度", "纬度"].iter().enumerate() {
        second.write(0, c as u16, *name).unwrap();
    }
    for (n, (lon, lat)) in
        [("113°22′30″", "23°03′00″"), ("113°23′24″", "23°03′00″"), ("113°23′24″", "23°04′12″")].iter().enumerate()
    {
        second.write(1 + n as u32, 1, *lon).unwrap();
        second.write(1 + n as u32, 2, *lat).unwrap();
    }
    let file = parse_spreadsheet(&book.save_to_buffer().unwrap(), "点.xlsx").unwrap();
    assert_eq!(file.features.len(), 2);
    assert_eq!(file.features[0].id.as_deref(), Some("A-1"));
    assert_eq!(points(&file, 0), [TRIANGLE.to_vec()]);
    assert_eq!(file.features[1].id.as_deref(), Some("乙区"));
    assert!((points(&file, 1)[0][0].0 - 113.375).abs() < 1e-12);
    assert!(matches!(file.hints[0], CrsHint::Datum { datum: Datum::Cgcs2000, .. }), "{:?}", file.hints);
    assert!(file.notes.iter().any(|n| n.code == "sheet-skipped" && n.message.zh.contains("说明")));
    assert!(file.notes.iter().any(|n| n.code == "row-skipped" && n.message.zh.contains("张三")));
}

#[test]
fn a_workbook_that_is_none_gets_a_sentence() {
    for bytes in [&b"PK\x03\x04 not a zip"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"hello"] {
        assert_eq!(parse_spreadsheet(bytes, "点.xlsx").unwrap_err().code, "sheet-unreadable");
    }
}

#[test]
fn a_stray_cell_in_the_last_corner_of_a_sheet_does_no_harm() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (c, name) in ["点号", "X", "Y"].iter().enumerate() {
        sheet.write(0, c as u16, *name).unwrap();
    }
    for (n, (x, y)) in TRIANGLE.iter().enumerate() {
        sheet.write(1 + n as u32, 1, *y).unwrap();
        sheet.write(1 + n as u32, 2, *x).unwrap();
    }
    sheet.write(1_048_575, 16_383, "x").unwrap();
    let file = parse_spreadsheet(&book.save_to_buffer().unwrap(), "点.xlsx").unwrap();
    assert_eq!(points(&file, 0), [TRIANGLE.to_vec()]);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[点号XYJ圈地块0-9.,;\t\n °′\"-]{0,200}") {
        let _ = parse_csv(text.as_bytes(), "a.csv");
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse_csv(&bytes, "a.csv");
    }

    #[test]
    fn a_written_list_reads_back(
        ring in proptest::collection::btree_set((38_400_000_000i64..38_600_000_000, 2_500_000_000i64..2_600_000_000), 3..20),
        mark in prop_oneof![Just(","), Just("\t"), Just(";"), Just("\u{ff0c}")],
        names in any::<bool>(),
    ) {
        let mut text = if names { ["点号", "X", "Y"].join(mark) + "\n" } else { String::new() };
        for (n, (x, y)) in ring.iter().enumerate() {
            let cells = [format!("J{n}"), format!("{:.3}", *y as f64 / 1e3), format!("{:.3}", *x as f64 / 1e3)];
            text += &(cells.join(mark) + "\n");
        }
        let file = parse_csv(text.as_bytes(), "a.csv").unwrap();
        let got: Vec<(i64, i64)> = points(&file, 0)[0].iter().map(|(x, y)| ((x * 1e3).round() as i64, (y * 1e3).round() as i64)).collect();
        prop_assert_eq!(got, ring.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_hidden_sheet_with_coordinates_is_an_error_and_one_without_is_mentioned() {
    let mut book = Workbook::new();
    for (name, hidden) in [("地块", false), ("地块二", true)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.set_hidden(hidden);
        for (c, title) in ["点号", "X坐标", "Y坐标"].iter().enumerate() {
            sheet.write(0, c as u16, *title).unwrap();
        }
        for (n, (x, y)) in TRIANGLE.iter().enumerate() {
            sheet.write(1 + n as u32, 1, *y).unwrap();
            sheet.write(1 + n as u32, 2, *x).unwrap();
        }
    }
    book.add_worksheet().set_name("字典").unwrap().set_hidden(true).write(0, 0, "新建").unwrap();
    let file = parse_spreadsheet(&book.save_to_buffer().unwrap(), "点.xlsx").unwrap();
    assert_eq!(file.features.len(), 1);
    let hidden = file.notes.iter().find(|n| n.code == "sheet-hidden").unwrap();
    assert_eq!(hidden.severity, crate::Severity::Error);
    assert!(hidden.message.zh.contains("地块二"), "{}", hidden.message.zh);
    let empty = file.notes.iter().find(|n| n.code == "sheet-skipped").unwrap();
    assert!(empty.severity == crate::Severity::Info && empty.message.zh.contains("字典"));
}

#[test]
fn a_plot_named_without_points_is_an_error_and_a_title_or_a_remark_is_not() {
    let points = "J1,2550000,38430000\nJ2,2550100,38430000\nJ3,2550100,38430100\n";
    let text = format!("公路项目\n界址点表\n{points}地块二\n{points}地块三\n制表：张三\n");
    let file = parse_csv(text.as_bytes(), "a.csv").unwrap();
    let of = |code: &str| {
        file.notes.iter().filter(|n| n.code == code).map(|n| (n.severity, &n.message.zh)).collect::<Vec<_>>()
    };
    let missing = of("plot-without-points");
    assert_eq!(missing.len(), 1, "{:?}", file.notes);
    assert!(
        missing[0].0 == crate::Severity::Error && missing[0].1.contains("地块三") && missing[0].1.contains("第 10 行")
    );
    assert!(of("row-skipped").iter().any(|(_, words)| words.contains("张三")), "{:?}", file.notes);
}

#[test]
fn the_other_columns_of_a_point_list_stay_with_their_plot() {
    let file = csv(
        "地块,点号,X,Y,建设性质,行业\n甲,1,2550000,38430000,新建,C26\n,2,2550100,38430000,,\n,3,2550100,38430100,,\n乙,1,2551000,38430000,,\n,2,2551100,38430000,迁建,\n,3,2551100,38430100,,\n",
    );
    let of = |n: usize, name: &str| file.features[n].attributes.get(name).map(String::as_str);
    assert_eq!((of(0, "建设性质"), of(0, "行业")), (Some("新建"), Some("C26")));
    assert_eq!((of(1, "建设性质"), of(1, "行业")), (Some("迁建"), None));
}
