//! What a reviewer gets to edit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code
#![allow(missing_docs)]

#[path = "../examples/sample/mod.rs"]
mod sample;

use quick_xml::Reader;
use quick_xml::events::Event;
use redline_report::docx;
use redline_wording::Lang;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;
use zip::{CompressionMethod, ZipArchive};

/// The parts of the package by name; every one is compressed.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut part = archive.by_index(place).unwrap();
            assert_eq!(part.compression(), CompressionMethod::Deflated);
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// Text of an XML part and the number of elements of each name; refuses what is not well formed.
fn read(part: &[u8]) -> (String, BTreeMap<String, usize>) {
    let mut reader = Reader::from_str(std::str::from_utf8(part).unwrap());
    let (mut text, mut names) = (String::new(), BTreeMap::new());
    let mut open = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                open += 1;
                *names.entry(element.name().as_ref().to_string()).or_default() += 1;
            }
            Event::Empty(element) => {
                *names.entry(element.name().as_ref().to_string()).or_default() += 1;
            }
            Event::End(_) => open -= 1,
            Event::Text(words) => text.push_str(words.as_ref()),
            Event::GeneralRef(name) => text.push(match name.as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                other => panic!("&{other};"),
            }),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0);
    (text, names)
}

#[test]
fn every_area_clause_and_hash_stands_in_tables_whose_heads_repeat() {
    for lang in [Lang::Zh, Lang::En] {
        let data = sample::review(lang);
        let parts = parts(&docx(&data).unwrap());
        let (text, names) = read(&parts["word/document.xml"]);
        let blocks =
            data.occupation.iter().flat_map(|b| b.rows.iter().filter_map(|r| r.figures.as_ref()).chain(&b.subtotal));
        let land = data.land_use.iter().flat_map(|b| b.rows.iter().map(|r| &r.figures).chain([&b.sum]));
        for area in blocks.chain(land) {
            for figure in [&area.m2, &area.ha, &area.mu, &area.percent] {
                assert!(text.contains(&figure.text), "{}", figure.text);
            }
        }
        for clause in &data.clauses {
            assert!(text.contains(&clause.text) && text.contains(&clause.source));
        }
        assert!(text.contains(&data.layers[0].sha256));
        assert!(names["w:tbl"] > 10);
        assert_eq!(names["w:tbl"], names["w:tblHeader"], "every table repeats its head");
        assert_eq!(names["w:drawing"], data.maps.len());
        assert_eq!(names["w:sectPr"], 3, "upright, lying, upright");
    }
}

#[test]
fn every_part_is_well_formed_and_every_style_used_is_defined() {
    let parts = parts(&docx(&sample::review(Lang::Zh)).unwrap());
    for (name, part) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        assert!(!read(part).1.is_empty(), "{name}");
    }
    let styles = String::from_utf8(parts["word/styles.xml"].clone()).unwrap();
    let document = String::from_utf8(parts["word/document.xml"].clone()).unwrap();
    let used: Vec<&str> =
        document.split("Style w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(used.len() > 100);
    for style in used {
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
    for name in ["heading 1", "表头", "表格", "正文 报告"] {
        assert!(styles.contains(&format!("w:name w:val=\"{name}\"")), "{name}");
    }
    let foot = String::from_utf8(parts["word/footer1.xml"].clone()).unwrap();
    assert!(foot.contains(" PAGE ") && foot.contains(" NUMPAGES "));
    assert!(document.contains("<wp:docPr id=\"2\" name=\"压占图 DK-01-1\" descr=\"地块 DK-01 压占"));
    for reference in ["rIdHeader1", "rIdHeader2", "rIdFooter1", "rIdFooter2", "w:titlePg"] {
        assert!(document.contains(reference), "{reference}");
    }
}

#[test]
fn the_same_review_twice_gives_the_same_bytes_wherever_they_are_made() {
    let data = sample::review(Lang::Zh);
    let first = docx(&data).unwrap();
    let second = std::thread::spawn(move || docx(&data).unwrap()).join().unwrap();
    assert!(first == second);
}

#[test]
fn attributes_that_look_like_markup_and_control_characters_leave_the_file_whole() {
    let mut data = sample::review(Lang::Zh);
    let hostile = "</w:t><w:tbl><w:trPr> & \"x\" 'y' <!-- ]]> &amp; #panic()";
    data.projects[0].plots[0].name = hostile.into();
    data.title = hostile.into();
    data.occupation[0].rows[0].zone = "甲\u{7}乙\u{0}丙\u{fffe}丁".into();
    let parts = parts(&docx(&data).unwrap());
    let (text, names) = read(&parts["word/document.xml"]);
    assert!(text.contains(hostile) && text.contains("甲乙丙丁") && text.contains("已略去（3）"));
    assert_eq!(names["w:tbl"], names["w:tblHeader"]);
    assert!(read(&parts["word/header1.xml"]).0.contains(hostile));
}

#[test]
fn sample_data_and_system_findings_are_marked_on_every_page_and_gone_when_they_are_not() {
    let mut data = sample::review(Lang::Zh);
    let heads = |data: &_| {
        let parts = parts(&docx(data).unwrap());
        ["word/header1.xml", "word/header2.xml"].map(|name| String::from_utf8(parts[name].clone()).unwrap())
    };
    let [every, cover] = heads(&data);
    assert!(every.contains("string=\"示例数据\"") && cover.contains("string=\"示例数据\""));
    assert!(every.contains("系统初判"));
    (data.sample, data.decided) = (false, true);
    let [every, cover] = heads(&data);
    assert!(!every.contains("示例数据") && !cover.contains("示例数据") && !every.contains("系统初判"));
}

#[test]
fn a_map_without_a_picture_is_refused_by_name() {
    let mut data = sample::review(Lang::Zh);
    data.maps[0].png.clear();
    let error = docx(&data).unwrap_err();
    assert_eq!(error.code, "map-not-usable");
    assert!(error.text.zh.contains("项目总图"), "{error}");
}

#[test]
fn libreoffice_opens_it_and_shows_the_same_text() {
    if std::env::var_os("REDLINE_NO_OFFICE").is_some_and(|value| value == "1") {
        eprintln!("left out, for REDLINE_NO_OFFICE=1: opening the DOCX in LibreOffice");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut data = sample::review(Lang::Zh);
    data.sample = false;
    std::fs::write(folder.path().join("report.docx"), docx(&data).unwrap()).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let office = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(folder.path().join("report.docx"))
        .output()
        .expect("soffice is missing: apt-get install libreoffice-writer, or set REDLINE_NO_OFFICE=1 to leave this out");
    assert!(office.status.success(), "{}", String::from_utf8_lossy(&office.stderr));
    let words = Command::new("pdftotext")
        .args(["-raw", "-enc", "UTF-8"])
        .arg(folder.path().join("report.pdf"))
        .arg("-")
        .output()
        .expect("pdftotext is missing: apt-get install poppler-utils");
    let text: String = String::from_utf8(words.stdout).unwrap().split_whitespace().collect();
    for block in &data.occupation {
        for area in block.rows.iter().filter_map(|row| row.figures.as_ref()).chain(&block.subtotal) {
            assert!(text.contains(&area.m2.text) && text.contains(&area.ha.text), "{}", area.m2.text);
        }
    }
    // the foot counts pages, so the fields work
    assert!(text.contains("第2页共"), "page fields");
}
