//! Sheets as those who draw and read them see them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code

mod common;

use common::{EAST, FONTS, NORTH, content, description, drawn, layer, piece, rectangle, zones};
use geo_types::{Coord, LineString, Polygon};
use redline_geometry::Shape;
use redline_sheet::{
    ChangeKind, ChangePiece, District, HeldZone, HeldZones, MapContent, PRESETS, ScaleChoice, SheetDescription,
    SheetError, SheetFrame, draw,
};
use redline_wording::Lang;
use redline_zoning::LayerRole;

/// The group of this id, with everything in it.
fn group<'s>(svg: &'s str, id: &str) -> &'s str {
    let from = svg.find(&format!("<g id=\"{id}\"")).unwrap_or_else(|| panic!("no group {id}"));
    let mut depth = 0;
    let mut to = from;
    for line in svg[from..].split_inclusive('\n') {
        depth += i32::from(line.starts_with("<g")) - i32::from(line.starts_with("</g>"));
        to += line.len();
        if depth == 0 {
            break;
        }
    }
    &svg[from..to]
}

/// The corners of the first path in a piece of SVG, mm: `M x yl dx dy …`.
fn corners(svg: &str) -> Vec<(f64, f64)> {
    let from = svg.find(" d=\"M").unwrap() + 5;
    let data = &svg[from..from + svg[from..].find('"').unwrap()];
    let mut numbers: Vec<f64> = Vec::new();
    let mut word = String::new();
    for c in data.chars().chain([' ']) {
        let ends = matches!(c, ' ' | 'l' | 'z') || (c == '-' && !word.is_empty());
        if ends && !word.is_empty() {
            numbers.push(word.parse().unwrap());
            word.clear();
        }
        if c.is_ascii_digit() || c == '.' || c == '-' {
            word.push(c);
        }
    }
    let mut at = (0.0, 0.0);
    numbers
        .chunks(2)
        .map(|step| {
            at = (at.0 + step[0], at.1 + step[1]);
            at
        })
        .collect()
}

#[test]
fn a_hundred_millimetres_on_paper_are_what_the_scale_says() {
    for (scale, wide) in [(5000, 100.0), (10_000, 50.0), (4000, 125.0)] {
        let mut sheet = description();
        sheet.scale = ScaleChoice::Fixed(scale);
        let drawn = drawn(&sheet, |_| {});
        assert_eq!(drawn.scale(), scale);
        assert!(drawn.svg().contains("width=\"297mm\" height=\"210mm\" viewBox=\"0 0 297 210\""));
        let points = corners(group(drawn.svg(), "projects"));
        let span = |of: &dyn Fn(&(f64, f64)) -> f64| {
            let all = || points.iter().map(of);
            all().fold(f64::MIN, f64::max) - all().fold(f64::MAX, f64::min)
        };
        assert!((span(&|p| p.0) - wide).abs() < 0.011, "{points:?}");
        assert!((span(&|p| p.1) - wide * 0.6).abs() < 0.011, "{points:?}");
    }
}

#[test]
fn the_scale_bar_is_as_long_as_it_says() {
    let mut sheet = description();
    sheet.scale = ScaleChoice::Fixed(5000);
    let svg = drawn(&sheet, |_| {}).svg().to_owned();
    let bar = group(&svg, "scale-bar");
    let width = bar.split("width=\"").nth(1).unwrap().split('"').next().unwrap();
    // 50 m at 1:5000, four times
    assert_eq!((width, bar.matches("<rect").count()), ("10", 4));
    assert!(svg.contains(">200</text>") && svg.contains(">m</text>"));
}

#[test]
fn ticks_stand_where_their_metres_and_degrees_are() {
    let mut sheet = description();
    sheet.scale = ScaleChoice::Fixed(5000);
    let made = drawn(&sheet, |_| {});
    let svg = made.svg();
    let labels = group(svg, "coordinates");
    let x_of = |words: &str| -> f64 {
        let line = labels.lines().find(|l| l.contains(&format!(">{words}</text>"))).unwrap();
        line.split("x=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    // the project begins at 38 640 000 m and is 100 mm wide
    let west = corners(group(svg, "projects")).iter().map(|p| p.0).fold(f64::MAX, f64::min);
    assert!((x_of("38\u{a0}640\u{a0}000") - west).abs() < 0.011);
    let metres = ((113.0 + 22.0 / 60.0 + 50.0 / 3600.0) - 113.378) * 102_400.0;
    assert!((x_of("113°22′50″") - (west + metres / 5.0)).abs() < 0.011);
}

#[test]
fn land_use_has_the_surveys_colours_at_the_strength_of_the_symbol_table() {
    let parcels = HeldZones(
        (0..10)
            .map(|i| HeldZone {
                key: "0101".to_owned(),
                label: None,
                shape: rectangle(f64::from(i) * 50.0, 0.0, 50.0, 300.0),
            })
            .collect(),
    );
    let content = content(vec![layer(LayerRole::LandUse, &parcels)]);
    let made = draw(&description(), &content, &FONTS).unwrap();
    let drawn = group(made.svg(), "layer-0-land-use");
    assert!(drawn.contains("<g opacity=\".6\">") && drawn.contains("fill=\"#f8d072\""), "{drawn}");
    // ten parcels of one class are one ring of four corners, and the sheet says so
    assert_eq!((drawn.matches("<path").count(), corners(drawn).len()), (1, 4));
    assert!(made.remarks().iter().any(|r| r.code == "merged") && made.svg().contains("相邻的同类图斑合并表示。"));
    assert!(made.svg().contains(">水田</text>"));
}

#[test]
fn the_same_sheet_twice_is_the_same_bytes() {
    let make = || {
        let sheet = drawn(&description(), |c| c.sample = true);
        (sheet.svg().to_owned(), sheet.png(60.0).unwrap(), sheet.pdf().unwrap())
    };
    let (one, two) = (make(), make());
    assert!(one.0 == two.0 && one.1 == two.1 && one.2 == two.2);
    assert!(one.2.starts_with(b"%PDF-"));
}

#[test]
fn hostile_attribute_text_is_written_as_text() {
    let mut sheet = description();
    sheet.title = "<script>alert(1)</script>&\"'\u{0}\u{202e}图".to_owned();
    sheet.author_unit = "=cmd|' /C calc'!A0".to_owned();
    sheet.notes = vec!["]]></svg><image href=\"/etc/passwd\"/>".to_owned()];
    let made = drawn(&sheet, |c| {
        c.pieces[0].zone = "红".repeat(300);
        c.projects[0].plots[0].label = "地\u{7}块\n甲</text>".to_owned();
        c.districts = vec![District { name: "@区<g>".to_owned(), shape: rectangle(-3000.0, -3000.0, 6000.0, 6000.0) }];
    });
    let svg = made.svg();
    assert!(!svg.contains("<script") && !svg.contains("<image") && svg.matches("</svg>").count() == 1);
    assert!(svg.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;图</text>"));
    assert!(svg.contains("=cmd|&#39; /C calc&#39;!A0") && svg.contains("地块 甲&lt;/text&gt;"));
    let codes: Vec<&str> = made.remarks().iter().map(|r| r.code).collect();
    assert!(codes.contains(&"characters-dropped") && codes.contains(&"words-shortened"), "{codes:?}");
    assert!(svg.contains("…</text>"));
}

#[test]
fn an_overlap_of_a_hundredth_of_a_square_metre_has_its_dot_and_its_number() {
    let made = drawn(&description(), |c| c.pieces.push(piece("2", 0.01, rectangle(300.0, 300.0, 0.1, 0.1))));
    let svg = made.svg();
    assert!(group(svg, "pieces").contains("<circle"));
    let numbers = group(svg, "numbers");
    assert!(numbers.contains(">1</text>") && numbers.contains(">2</text>"));
    assert!(svg.contains("&lt;0.0001"), "it is not written as nothing");
    assert!(!made.remarks().iter().any(|r| r.code == "pieces-unnumbered"));
}

#[test]
fn forty_overlaps_in_one_place_are_numbered_or_named_in_a_remark() {
    let made = drawn(&description(), |c| {
        c.pieces =
            (1..=40).map(|n| piece(&n.to_string(), 1.0, rectangle(200.0 + f64::from(n), 100.0, 1.0, 1.0))).collect();
    });
    let numbers = group(made.svg(), "numbers");
    let missing = made.remarks().iter().find(|r| r.code == "pieces-unnumbered").map_or("", |r| &r.text.zh);
    for n in 1..=40 {
        let said = missing.split(['、', ' ']).any(|w| w == n.to_string());
        assert!(numbers.contains(&format!(">{n}</text>")) || said, "{n} is neither on the map nor in {missing}");
    }
    assert!(numbers.matches("<rect").count() >= 30, "{missing}");
}

#[test]
fn every_preset_draws_in_both_languages() {
    for name in PRESETS {
        for language in [Lang::Zh, Lang::En] {
            let mut sheet = SheetDescription::preset(name).unwrap();
            sheet.language = language;
            sheet.title = "T".to_owned();
            let svg = drawn(&sheet, |c| {
                c.districts = vec![District {
                    name: "白云区".to_owned(),
                    shape: rectangle(-9000.0, -9000.0, 18_000.0, 18_000.0),
                }];
            })
            .svg()
            .to_owned();
            let words = if language == Lang::Zh {
                ["图例", "中央子午线 114°E"]
            } else {
                ["Legend", "meridian 114° E"]
            };
            // a long line may be broken between any two characters
            let all: String = svg.split('>').filter_map(|s| s.strip_suffix("</text")).collect();
            for word in words {
                assert!(all.replace([' ', '\u{a0}'], "").contains(&word.replace(' ', "")), "{name}: {word}");
            }
        }
    }
}

#[test]
fn papers_read_as_a_system_finding_until_a_person_decides() {
    let with = |decided, sample| {
        drawn(&description(), |c| {
            c.decided = decided;
            c.sample = sample;
        })
        .svg()
        .to_owned()
    };
    let undecided = with(Some(false), true);
    assert!(undecided.contains(">系统初判</text>") && group(&undecided, "sample").contains(">示例数据</text>"));
    let mut untitled = description();
    untitled.title = String::new();
    let made = drawn(&untitled, |_| {});
    let (map, stamp) = (made.svg().find("id=\"map\""), made.svg().find("id=\"stamp\""));
    assert!(stamp > map && map.is_some(), "the map does not cover it");
    let decided = with(Some(true), false);
    assert!(!decided.contains("系统初判") && !decided.contains("示例数据"));
}

#[test]
fn boundary_points_are_numbered_and_listed_to_the_millimetre() {
    let mut sheet = description();
    sheet.boundary_points = true;
    sheet.coordinate_table = true;
    let svg = drawn(&sheet, |_| {}).svg().to_owned();
    let points = group(&svg, "boundary-points");
    assert!((1..=4).all(|n| points.contains(&format!(">J{n}</text>"))) && !points.contains("J5"));
    assert!(svg.contains("38\u{a0}640\u{a0}500.000") && svg.contains("2\u{a0}551\u{a0}300.000"));
}

#[test]
fn a_project_of_a_hundred_thousand_points_is_drawn() {
    let ring: Vec<Coord<f64>> = (0..100_000)
        .map(|i| {
            let a = f64::from(i) * std::f64::consts::TAU / 100_000.0;
            let r = 400.0 + 15.0 * (a * 300.0).sin();
            Coord { x: EAST + r * a.cos(), y: NORTH + r * a.sin() }
        })
        .collect();
    let mut sheet = description();
    sheet.boundary_points = true;
    sheet.coordinate_table = true;
    let made = drawn(&sheet, |c| {
        c.projects[0].plots[0].shape = Shape::new(vec![Polygon::new(LineString::from(ring), Vec::new())]);
    });
    assert!(made.svg().len() < 20_000_000);
    let codes: Vec<&str> = made.remarks().iter().map(|r| r.code).collect();
    assert!(codes.contains(&"points-unnumbered") && codes.contains(&"list-shortened"), "{codes:?}");
    assert!(made.remarks().iter().any(|r| r.text.zh.contains("99") && r.code == "list-shortened"), "all are counted");
}

#[test]
fn a_missing_font_and_a_missing_character_are_named() {
    let zones = zones();
    let content = content(vec![layer(LayerRole::RedLine, &zones)]);
    let mut sheet = description();
    sheet.fonts.body = "方正小标宋".to_owned();
    assert_eq!(draw(&sheet, &content, &FONTS).unwrap_err(), SheetError::MissingFont("方正小标宋".to_owned()));
    let mut sheet = description();
    sheet.title = "图\u{1f600}".to_owned();
    let said = draw(&sheet, &content, &FONTS).unwrap_err();
    assert!(said.code() == "missing-glyph" && said.to_string().contains("U+1F600"), "{said}");
}

#[test]
fn a_picture_records_its_resolution() {
    let png = drawn(&description(), |_| {}).png(150.0).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&png)).read_info().unwrap();
    let info = reader.info();
    assert_eq!((info.width, info.height), (1754, 1240));
    let dims = info.pixel_dims.unwrap();
    assert_eq!((dims.xppu, dims.unit), (5906, png::Unit::Meter));
    let refused = drawn(&description(), |_| {}).png(100_000.0).unwrap_err();
    assert_eq!(refused.code(), "picture-not-made");
}

#[test]
fn nothing_to_show_and_ground_too_large_are_refused() {
    let nothing = |change: &dyn Fn(&mut MapContent<'_>)| {
        let mut content = content(Vec::new());
        content.projects.clear();
        change(&mut content);
        draw(&description(), &content, &FONTS).unwrap_err().code()
    };
    assert_eq!(nothing(&|_| {}), "nothing-to-show");
    assert_eq!(nothing(&|c| c.focus = Some(redline_sheet::Rect::new(0.0, 0.0, 9e6, 1.0))), "too-large-for-sheet");
    assert_eq!(nothing(&|c| c.focus = Some(redline_sheet::Rect::new(0.0, f64::NAN, 1.0, 1.0))), "bad-window");
}

/// The groups of a sheet, how many things of each kind they hold, and every word written.
fn structure(svg: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    let mut last = String::new();
    let mut count = 0;
    let flush = |out: &mut String, last: &mut String, count: &mut usize| {
        if *count > 0 {
            out.push_str(&format!("{last} × {count}\n"));
        }
        last.clear();
        *count = 0;
    };
    for line in svg.lines() {
        if line.starts_with("</g>") {
            flush(&mut out, &mut last, &mut count);
            depth -= 1;
            continue;
        }
        let name = line.trim_start_matches('<').split([' ', '>', '/']).next().unwrap_or_default();
        let indent = "  ".repeat(depth);
        if name == "g" {
            flush(&mut out, &mut last, &mut count);
            depth += 1;
            if let Some(id) = line.split("id=\"").nth(1).and_then(|s| s.split('"').next()) {
                out.push_str(&format!("{indent}#{id}\n"));
            }
        } else if name == "text" {
            flush(&mut out, &mut last, &mut count);
            let words = line.split_once('>').map_or("", |s| s.1).trim_end_matches("</text>");
            out.push_str(&format!("{indent}“{words}”\n"));
        } else {
            let row = format!("{indent}{name}");
            if row != last {
                flush(&mut out, &mut last, &mut count);
                last = row;
            }
            count += 1;
        }
    }
    flush(&mut out, &mut last, &mut count);
    out
}

#[test]
fn the_structure_of_a_sheet_is_as_it_was() {
    let made = drawn(&description(), |c| {
        c.sample = true;
        c.changes = vec![
            ChangePiece { kind: ChangeKind::Gained, area_m2: 2500.0, shape: rectangle(-200.0, 0.0, 50.0, 50.0) },
            ChangePiece { kind: ChangeKind::Lost, area_m2: 400.0, shape: rectangle(-200.0, 200.0, 20.0, 20.0) },
        ];
        c.frames = vec![SheetFrame {
            number: "A-01".to_owned(),
            title: "白云区".to_owned(),
            window: redline_sheet::Rect::at(EAST - 300.0, NORTH - 100.0, 900.0, 600.0),
        }];
        c.districts =
            vec![District { name: "白云区".to_owned(), shape: rectangle(-9000.0, -9000.0, 18_000.0, 18_000.0) }];
    });
    insta::assert_snapshot!(structure(made.svg()));
}

#[test]
fn the_underlay_of_a_map_is_its_lowest_land_use_and_what_lies_above_stays_where_it_is() {
    let held = |key: &str, shape| HeldZones(vec![HeldZone { key: key.to_owned(), label: None, shape }]);
    let (fields, built) =
        (held("0101", rectangle(-200.0, -200.0, 400.0, 400.0)), held("07", rectangle(0.0, 0.0, 100.0, 50.0)));
    let layers = vec![layer(LayerRole::LandUse, &fields), layer(LayerRole::LandUse, &built)];
    let both = draw(&description(), &content(layers), &FONTS).unwrap();
    let underlay = both.underlay(100.0).unwrap().unwrap();
    // six tenths of #f8d072 on white
    assert_eq!(underlay.fills.iter().map(|f| f.colour).collect::<Vec<_>>(), [[251, 227, 170]]);
    let ring = &underlay.fills[0].rings[0];
    let wide = ring.iter().map(|p| p[0]).fold(f32::MIN, f32::max) - ring.iter().map(|p| p[0]).fold(f32::MAX, f32::min);
    let expected = 400_000.0 / f64::from(both.scale()) / 25.4 * 100.0;
    assert!((f64::from(wide) - expected).abs() < 0.1, "{wide} pixels, {expected} expected");

    // over white, the sheet is the one without the lowest layer
    let white = vec![255; underlay.width as usize * underlay.height as usize * 4];
    let over = both.png_over(100.0, &underlay, white).unwrap();
    assert_ne!(over, both.png(100.0).unwrap());
    let tints = |png: &[u8]| {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut data).unwrap();
        data.chunks_exact(3).filter(|p| *p == [251, 227, 170]).count()
    };
    assert!(tints(&both.png(100.0).unwrap()) > 1000);
    // what is left of its colour is its sample in the legend
    assert!(tints(&over) < 1000, "{}", tints(&over));

    assert_eq!(drawn(&description(), |_| {}).underlay(100.0).unwrap(), None, "no land use, no underlay");
}
