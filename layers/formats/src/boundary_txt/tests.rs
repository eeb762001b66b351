//! Boundary-point text as reviewers receive it, and a writer of all its variants that reads back.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::raw::{CrsHint, DeclaredUnit, RawGeometry, RawRing};
use crate::{Datum, Severity};
use proptest::prelude::*;

const NORM: &str = "[项目信息]\r\n项目名称=某某道路工程\r\n[属性描述]\r\n格式版本号=1.01版本\r\n数据产生单位=某测绘院\r\n数据产生日期=2018-6-1\r\n坐标系=2000国家大地坐标系\r\n几度分带=3\r\n投影类型=高斯克吕格\r\n计量单位=米\r\n带号=38\r\n精度=0.001\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n5,1.0000,A-1,主线,面,F49G001,公路用地,1003,@\r\nJ1,1,2550000.000,38430000.000\r\nJ2,1,2550100.000,38430000.000\r\nJ3,1,2550100.000,38430100.000\r\nJ4,1,2550000.000,38430100.000\r\nJ1,1,2550000.000,38430000.000\r\n";

fn rings_of(file: &RawFile, plot: usize) -> &[RawRing] {
    match &file.features[plot].geometry {
        RawGeometry::Rings(rings) => rings,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_norms_own_example_is_read_with_all_its_fields() {
    let file = parse(NORM.as_bytes(), "a.txt").unwrap();
    let plot = &file.features[0];
    assert_eq!(plot.id.as_deref(), Some("A-1"));
    assert_eq!(plot.name.as_deref(), Some("主线"));
    assert_eq!(plot.purpose.as_deref(), Some("公路用地"));
    assert_eq!(plot.declared.as_ref().map(|d| (d.number, d.unit)), Some((1.0, None)));
    assert_eq!(plot.declared_points, Some(5));
    assert_eq!(plot.attributes["地类编码"], "1003");
    assert_eq!(plot.attributes["图幅号"], "F49G001");
    assert_eq!(plot.attributes["项目名称"], "某某道路工程");
    assert!(!plot.attributes.contains_key("转换参数"));
    let rings = rings_of(&file, 0);
    assert_eq!((rings.len(), rings[0].points.len(), rings[0].label), (1, 5, Some(1)));
    assert_eq!((rings[0].points[1].x, rings[0].points[1].y), (38_430_000.0, 2_550_100.0));
    assert_eq!(rings[0].points[1].name.as_deref(), Some("J2"));
    assert!(matches!(file.hints[0], CrsHint::Datum { datum: Datum::Cgcs2000, .. }));
    assert!(matches!(file.hints[1], CrsHint::ZoneWidth { degrees: 3, .. }));
    assert!(matches!(file.hints[2], CrsHint::ZoneNumber { zone: 38, .. }));
    assert!(file.notes.is_empty(), "{:?}", file.notes);
}

#[test]
fn a_gbk_file_without_bom_reads_like_its_utf8_twin() {
    let gbk = encoding_rs::GBK.encode(NORM).0.into_owned();
    let file = parse(&gbk, "a.txt").unwrap();
    assert_eq!(file.features, parse(NORM.as_bytes(), "a.txt").unwrap().features);
    assert_eq!(file.notes[0].code, "encoding-guessed");
}

#[test]
fn full_width_punctuation_and_a_glued_at_sign_are_taken_for_what_they_mean() {
    let text = "【地块坐标】\n 4\u{ff0c}1.25公顷\u{ff0c}B2\u{ff0c}南区\u{ff0c}面\u{ff0c}\u{ff0c}仓储\u{ff0c}0508\u{ff20}\n\u{3000}\u{ff2a}1\u{ff0c}1\u{ff0c}\u{ff12}550000.5\u{ff0c}38430000\n2\u{ff0c}1\u{ff0c}2550100\u{ff0c}38430000\n3\u{ff0c}1\u{ff0c}2550100\u{ff0c}38430100\n";
    let file = parse(text.as_bytes(), "a.txt").unwrap();
    let plot = &file.features[0];
    assert_eq!((plot.id.as_deref(), plot.purpose.as_deref()), (Some("B2"), Some("仓储")));
    assert_eq!(plot.declared.as_ref().unwrap().unit, Some(DeclaredUnit::Hectares));
    let ring = &rings_of(&file, 0)[0];
    assert_eq!(ring.points[0].y, 2_550_000.5);
    assert_eq!(ring.points[1].name.as_deref(), Some("2"));
}

#[test]
fn headers_with_thirteen_fields_and_commas_in_names_keep_every_field() {
    let text = "[地块坐标]\n4,0.5,C,甲路,二期,面,I50,交通,1003,地上,新增,备注甲,备注乙,@\n1,1,2550000,38430000\n2,1,2550100,38430000\n3,1,2550100,38430100\n";
    let plot = &parse(text.as_bytes(), "a.txt").unwrap().features[0];
    assert_eq!(plot.name.as_deref(), Some("甲路,二期"));
    assert_eq!(plot.purpose.as_deref(), Some("交通"));
    assert_eq!(plot.attributes["字段9"], "地上");
    assert_eq!(plot.attributes["字段12"], "备注乙");
}

#[test]
fn rings_with_one_number_that_close_are_several_rings() {
    let text = "[地块坐标]\n,,D,,面,,,,@\n1,1,0,300000\n2,1,9,300000\n3,1,9,300009\n1,1,0,300000\n4,1,3,300003\n5,1,6,300003\n6,1,6,300006\n4,1,3,300003\n";
    let file = parse(text.as_bytes(), "a.txt").unwrap();
    let rings = rings_of(&file, 0);
    assert_eq!(rings.iter().map(|r| r.points.len()).collect::<Vec<_>>(), [4, 4]);
    assert_eq!(file.notes[0].code, "ring-number-repeated");
}

#[test]
fn lines_and_points_are_kept_as_such() {
    let text = "[地块坐标]\n2,,L,管线,线,,,,@\n1,1,2550000,38430000\n2,1,2550100,38430000\n1,,P,塔基,点,,,,@\n1,1,2550000,38430000\n";
    let file = parse(text.as_bytes(), "a.txt").unwrap();
    assert!(matches!(&file.features[0].geometry, RawGeometry::Lines(l) if l[0].len() == 2));
    assert!(matches!(&file.features[1].geometry, RawGeometry::Points(p) if p.len() == 1));
}

#[test]
fn a_coordinate_that_cannot_be_read_is_refused_with_its_line() {
    let refused = |from: &str, to: &str| parse(NORM.replacen(from, to, 1).as_bytes(), "坏.txt").unwrap_err();
    let error = refused("2550100.000,38430100.000", "2550100.0x0,38430100.000");
    assert_eq!(error.code, "point-unreadable");
    assert!(error.text.zh.contains("坏.txt") && error.text.zh.contains("第 18 行"), "{error}");
    assert_eq!(refused("2550100.000,38430100.000", "NaN,38430100.000").code, "non-finite");
    assert_eq!(refused("J3,1,", "J3,一,").code, "point-unreadable");
    assert_eq!(refused("计量单位=米", "计量单位=英尺").code, "unit-unsupported");
}

#[test]
fn empty_truncated_and_headless_files_each_get_their_own_sentence() {
    assert_eq!(parse(b"  \r\n", "a.txt").unwrap_err().code, "file-empty");
    let cut = &NORM[..NORM.find("J1,").unwrap()];
    assert_eq!(parse(cut.as_bytes(), "a.txt").unwrap_err().code, "no-plots");
    let mid = &NORM[..NORM.find("38430100.000").unwrap()];
    assert_eq!(parse(mid.as_bytes(), "a.txt").unwrap_err().code, "point-unreadable");
    let headless = "[地块坐标]\nJ1,1,2550000,38430000\nJ2,1,2550100,38430000\nJ3,1,2550100,38430100\n";
    let file = parse(headless.as_bytes(), "a.txt").unwrap();
    assert_eq!((file.notes[0].code.as_str(), file.notes[0].severity), ("plot-header-missing", Severity::Warning));
}

#[test]
fn a_zone_number_that_is_none_is_noted_and_not_used() {
    let file = parse(NORM.replace("带号=38", "带号=114").as_bytes(), "a.txt").unwrap();
    assert!(!file.hints.iter().any(|h| matches!(h, CrsHint::ZoneNumber { .. })));
    assert_eq!(file.notes[0].code, "header-unusable");
}

/// How a writer may deviate from the norm.
#[derive(Clone, Debug)]
struct Style {
    utf16: bool,
    gbk: bool,
    wide: bool,
    crlf: bool,
    glued: bool,
    closing: bool,
    letter: bool,
    indent: bool,
    sections: bool,
}

fn written(plots: &[Vec<Vec<(i64, i64)>>], style: &Style) -> Vec<u8> {
    let end = if style.crlf { "\r\n" } else { "\n" };
    let indent = if style.indent { " \u{3000}" } else { "" };
    let mut lines = Vec::new();
    if style.sections {
        lines.push("[属性描述]".to_owned());
        lines.push("坐标系=CGCS2000".to_owned());
    }
    lines.push(if style.wide { "【地块坐标】".to_owned() } else { "[地块坐标]".to_owned() });
    for (n, rings) in plots.iter().enumerate() {
        let at = if style.glued { "0601@" } else { "0601,@" };
        lines.push(format!("9,1.5,编号{n},名称{n},面,,用途{n},{at}"));
        let mut name = 0;
        for (r, ring) in rings.iter().enumerate() {
            for (x, y) in ring.iter().chain(ring.first().filter(|_| style.closing)) {
                name += 1;
                let letter = if style.letter { "J" } else { "" };
                let (x, y) = (*x as f64 / 1000.0, *y as f64 / 1000.0);
                lines.push(format!("{indent}{letter}{name},{},{y:.3},{x:.3}", r + 1));
            }
        }
    }
    let mut text = lines.join(end);
    if style.wide {
        text = text.replace(',', "\u{ff0c}").replace('@', "\u{ff20}");
    }
    if style.utf16 {
        return [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    }
    if style.gbk { encoding_rs::GBK.encode(&text).0.into_owned() } else { text.into_bytes() }
}

fn style() -> impl Strategy<Value = Style> {
    proptest::array::uniform9(any::<bool>()).prop_map(
        |[utf16, gbk, wide, crlf, glued, closing, letter, indent, sections]| Style {
            utf16,
            gbk,
            wide,
            crlf,
            glued,
            closing,
            letter,
            indent,
            sections,
        },
    )
}

/// A ring whose points all differ, in millimetres.
fn ring() -> impl Strategy<Value = Vec<(i64, i64)>> {
    proptest::collection::btree_set((38_400_000_000i64..38_600_000_000, 2_500_000_000i64..2_600_000_000), 3..12)
        .prop_map(|s| s.into_iter().collect())
}

proptest! {
    #[test]
    fn whatever_variant_a_writer_uses_the_same_points_come_back(
        plots in proptest::collection::vec(proptest::collection::vec(ring(), 1..4), 1..4),
        style in style(),
    ) {
        let file = parse(&written(&plots, &style), "a.txt").unwrap();
        prop_assert_eq!(file.features.len(), plots.len());
        for (n, wanted) in plots.iter().enumerate() {
            let name = format!("名称{n}");
            let purpose = format!("用途{n}");
            prop_assert_eq!(file.features[n].name.as_deref(), Some(name.as_str()));
            prop_assert_eq!(file.features[n].purpose.as_deref(), Some(purpose.as_str()));
            let rings = rings_of(&file, n);
            prop_assert_eq!(rings.len(), wanted.len());
            for (ring, wanted) in rings.iter().zip(wanted) {
                let got: Vec<(i64, i64)> =
                    ring.points.iter().map(|p| ((p.x * 1000.0).round() as i64, (p.y * 1000.0).round() as i64)).collect();
                let mut closed = wanted.clone();
                if style.closing { closed.push(wanted[0]); }
                prop_assert_eq!(&got, &closed);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes, "a.txt");
    }

    #[test]
    fn a_good_file_with_bytes_changed_is_read_or_refused_and_never_holds_infinity(
        changes in proptest::collection::vec((0usize..700, any::<u8>()), 1..12), cut in 0usize..900, gbk in any::<bool>(),
    ) {
        let mut bytes = if gbk { encoding_rs::GBK.encode(NORM).0.into_owned() } else { NORM.as_bytes().to_vec() };
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        bytes.truncate(cut.max(20));
        if let Ok(file) = parse(&bytes, "a.txt") {
            for feature in &file.features {
                for (x, y, ..) in crate::evidence::pairs(feature) { prop_assert!(x.is_finite() && y.is_finite()); }
            }
        }
    }
}
