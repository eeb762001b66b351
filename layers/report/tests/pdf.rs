//! What a reviewer gets on paper.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code
#![allow(missing_docs)]

#[path = "../examples/sample/mod.rs"]
mod sample;

use redline_report::{AreaFigures, Fonts, OccupationRow, ReportData, Template, pdf};
use redline_wording::Lang;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::time::Instant;

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::system);

fn shipped(data: &ReportData) -> Vec<u8> {
    pdf(data, &Template::shipped(), &FONTS).unwrap_or_else(|error| panic!("{error}")).bytes
}

/// The text as poppler reads it, without white space: lines break anywhere in a cell.
fn words(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, bytes).unwrap();
    let output = Command::new("pdftotext")
        .args(["-raw", "-enc", "UTF-8"])
        .arg(&path)
        .arg("-")
        .output()
        .expect("pdftotext is missing: apt-get install poppler-utils");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect()
}

/// How many words poppler finds beyond the right margin (26 mm on every page). Punctuation that ends a
/// line is set half as wide as poppler says.
fn words_right_of_page(bytes: &[u8]) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, bytes).unwrap();
    let output = Command::new("pdftotext").arg("-bbox").arg(&path).arg("-").output().unwrap();
    let boxes = String::from_utf8(output.stdout).unwrap();
    let number = |line: &str, name: &str| -> f64 {
        line.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let (mut right, mut found) = (0.0, 0);
    for line in boxes.lines() {
        if line.contains("<page ") {
            right = number(line, "width") - 26.0 * 72.0 / 25.4 + 7.0;
        } else if line.contains("<word ") && number(line, "xMax") > right && !line.contains("示例数据") {
            found += 1;
        }
    }
    found
}

fn dense(words: &str) -> String {
    words.split_whitespace().collect()
}

#[test]
fn every_area_hash_and_clause_of_the_review_stands_in_the_pdf_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let mut data = sample::review(lang);
        data.sample = false; // the words across the page would stand between others
        let text = words(&shipped(&data));
        let blocks =
            data.occupation.iter().flat_map(|b| b.rows.iter().filter_map(|r| r.figures.as_ref()).chain(&b.subtotal));
        let land = data.land_use.iter().flat_map(|b| b.rows.iter().map(|r| &r.figures).chain([&b.sum]));
        let totals = data.totals.iter().flat_map(|g| g.rows.iter().map(|r| &r.figures).chain(&g.whole));
        let mut seen = 0;
        for AreaFigures { m2, ha, mu, percent } in blocks.chain(land).chain(totals) {
            for figure in [m2, ha, mu, percent] {
                let printed = figure.text.replace('-', "−");
                assert!(text.contains(&printed), "{printed} is missing ({lang:?})");
                seen += 1;
            }
        }
        assert!(seen > 200, "{seen}");
        for hash in data.layers.iter().map(|l| &l.sha256).chain(data.projects.iter().map(|p| &p.sha256)) {
            assert!(text.contains(hash.as_str()), "{hash}");
        }
        for clause in &data.clauses {
            assert!(text.contains(&dense(&clause.text)) && text.contains(&dense(&clause.source)), "{clause:?}");
        }
        for plot in &data.projects[0].plots {
            assert!(text.contains(&dense(&plot.official)), "{}", plot.official);
        }
    }
}

#[test]
fn a_paper_nobody_has_decided_says_so_and_sample_data_stands_across_every_page() {
    let mut data = sample::review(Lang::Zh);
    let paper = pdf(&data, &Template::shipped(), &FONTS).unwrap();
    let text = words(&paper.bytes);
    assert!(text.matches("示例数据").count() >= 2 * paper.pages, "{}", text.matches("示例数据").count());
    assert!(text.matches("系统初判").count() >= paper.pages, "{}", text.matches("系统初判").count());
    (data.decided, data.sample) = (true, false);
    let text = words(&shipped(&data));
    assert!(!text.contains("系统初判") && !text.contains("示例数据"), "a decided paper on real data");
}

#[test]
fn the_same_review_twice_gives_the_same_bytes() {
    let data = sample::review(Lang::Zh);
    assert!(shipped(&data) == shipped(&data));
    let mut later = data.clone();
    later.date = "2024-06-02".into();
    assert!(shipped(&data) != shipped(&later), "the date stands in the paper");
}

#[test]
fn the_pdf_is_tagged_bookmarked_and_for_the_archive() {
    let bytes = shipped(&sample::review(Lang::Zh));
    let text = String::from_utf8_lossy(&bytes);
    for mark in [
        "/MarkInfo",
        "/StructTreeRoot",
        "/Outlines",
        "pdfaid:part>2",
        "pdfaid:conformance>A",
        "pdfuaid:part>1",
        "/Lang",
    ] {
        assert!(text.contains(mark), "{mark}");
    }
}

#[test]
fn attributes_that_look_like_markup_are_printed_as_they_are() {
    let mut data = sample::review(Lang::Zh);
    data.sample = false;
    let hostile = "#panic() *x* $y$ <b> @z `q` _e_ = h \\ // #{1+1} [c] \"k\" ~";
    let plain = dense(hostile);
    data.projects[0].plots[0].name = hostile.into();
    data.occupation[0].rows[0].zone_class = hostile.into();
    data.occupation[0].rows[0].zone = "甲\u{7}乙\u{0}丙\u{202e}丁".into();
    data.title = format!("审查 {hostile}");
    data.subject = hostile.into();
    data.maps[0].name = hostile.into();
    let text = words(&shipped(&data));
    assert!(text.matches(&plain).count() >= 5, "{}", text.matches(&plain).count());
    assert!(text.contains("甲乙丙丁") && text.contains("属性文字中的控制字符不能印出，已略去（3）"));
}

#[test]
fn a_name_of_300_characters_wraps_within_its_cell() {
    let mut data = sample::review(Lang::Zh);
    data.sample = false;
    let han: String = "超长名称地块".repeat(50);
    let latin = "Plot_".repeat(60);
    data.projects[0].plots[0].name = han.clone();
    data.projects[0].plots[1].name = latin.clone();
    data.occupation[0].plot_name = latin.clone();
    let bytes = shipped(&data);
    let text = words(&bytes);
    // lines of a row that breaks over pages have their neighbours' words between, so letters are counted
    assert!(text.matches('超').count() >= 50 && text.matches("Plot_").count() >= 60, "{text}");
    assert!(text.contains("过长的名称以“…”略写"), "what is shortened says so");
    // nothing runs out of its cell: the figures beside the name are as far right as they always are
    let (plain, long) = (words_right_of_page(&shipped(&sample::review(Lang::Zh))), words_right_of_page(&bytes));
    assert!(plain == 0 && long == 0, "{plain} {long}");
}

#[test]
fn two_thousand_overlaps_lay_out_in_reasonable_time() {
    let mut data = sample::review(Lang::Zh);
    let row = data.occupation[0].rows[0].clone();
    let rows = (0..2000).map(|n| OccupationRow { number: n.to_string(), zone: format!("HX-{n:05}"), ..row.clone() });
    data.occupation[0].rows = rows.collect();
    let started = Instant::now();
    let paper = pdf(&data, &Template::shipped(), &FONTS).unwrap();
    let seconds = started.elapsed().as_secs_f64();
    assert!(paper.pages > 100, "{}", paper.pages);
    // an unoptimised build on a busy machine; a release build is an order faster
    assert!(seconds < 90.0, "{seconds} s");
    data.sample = false;
}

#[test]
fn a_character_no_font_has_is_named_with_its_place() {
    let mut data = sample::review(Lang::Zh);
    data.projects[0].plots[0].name = "工厂\u{1f3ed}".into();
    let error = pdf(&data, &Template::shipped(), &FONTS).unwrap_err();
    assert_eq!(error.code, "glyph-missing");
    for part in ["U+1F3ED", "工厂", "Noto Serif CJK SC", "fonts.toml"] {
        assert!(error.text.zh.contains(part), "{error}");
    }
}

#[test]
fn missing_fonts_are_named_with_the_package_that_has_them() {
    let empty = tempfile::tempdir().unwrap();
    let error = pdf(&sample::review(Lang::Zh), &Template::shipped(), &Fonts::in_folder(empty.path())).unwrap_err();
    assert_eq!(error.code, "font-missing");
    assert!(error.text.zh.contains("Noto Serif CJK SC") && error.text.en.contains("fonts-noto-cjk"), "{error}");
}

fn template(change: impl FnOnce(&Path)) -> redline_report::Result<redline_report::Pdf> {
    let folder = tempfile::tempdir().unwrap();
    Template::write_shipped(folder.path()).unwrap();
    change(folder.path());
    pdf(&sample::review(Lang::Zh), &Template::in_folder(folder.path())?, &FONTS)
}

fn put(folder: &Path, file: &str, content: &str) {
    std::fs::write(folder.join(file), content).unwrap();
}

#[test]
fn a_bureaus_copy_of_the_template_gives_the_same_paper_until_it_is_changed() {
    let shipped = shipped(&sample::review(Lang::Zh));
    assert!(template(|_| ()).unwrap().bytes == shipped);
    let own = template(|folder| {
        let file = folder.join("style.typ");
        let words = std::fs::read_to_string(&file).unwrap();
        std::fs::write(file, words.replace("#let body-size = 12pt", "#let body-size = 14pt")).unwrap();
    });
    assert!(own.unwrap().bytes != shipped);
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "cover.typ", "mine");
    assert_eq!(Template::write_shipped(folder.path()).unwrap_err().code, "template-not-written");
    assert_eq!(std::fs::read_to_string(folder.path().join("cover.typ")).unwrap(), "mine");
    assert_eq!(Template::in_folder(folder.path()).unwrap_err().code, "template-not-read");
}

#[test]
fn a_template_error_names_file_line_column_cause_and_hint() {
    for (content, parts) in [
        ("#let data = json(\"data.json\")\n\n  #data.titel", vec!["report.typ", "第 3 行第 9 列", "没有字段", "titel"]),
        ("= 一\n#let x = (1, 2\n", vec!["第 2 行", "unclosed delimiter"]),
        ("#image(\"logo.png\", alt: \"x\")", vec!["第 1 行", "file not found", "logo.png"]),
        ("#read(\"../../etc/passwd\")", vec!["第 1 行", "模板文件夹"]),
        ("#import \"@preview/cetz:0.3.0\"", vec!["第 1 行", "不能使用软件包", "no packages and no network"]),
        ("#set text(font: \"仿宋_GB2312\")\n字", vec!["第 1 行", "警告", "unknown font family"]),
        ("#datetime.today().display()", vec!["第 1 行", "data.date"]),
        ("#let f(x) = f(x)\n#f(1)", vec!["第 1 行", "递归"]),
    ] {
        let error = template(|folder| put(folder, "report.typ", content)).unwrap_err();
        assert_eq!(error.code, "template-error", "{content}");
        for part in parts {
            assert!(error.text.zh.contains(part), "{content}: {error}");
        }
    }
}

#[test]
fn a_bureau_can_try_its_template_on_the_data_it_will_be_given() {
    let folder = tempfile::tempdir().unwrap();
    let data = sample::review(Lang::Zh);
    Template::shipped().write_data(folder.path(), &data, &FONTS).unwrap();
    let json = std::fs::read_to_string(folder.path().join("data.json")).unwrap();
    for part in ["\"date_long\":\"2024年6月1日\"", "\"file\":\"maps/2.svg\"", "48215.37", "\"words\":{"] {
        assert!(json.contains(part), "{part}");
    }
    assert_eq!(std::fs::read(folder.path().join("maps/2.svg")).unwrap(), data.maps[1].svg);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_templates_folder_is_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    put(outside.path(), "secret.txt", "secret");
    let error = template(|folder| {
        std::os::unix::fs::symlink(outside.path().join("secret.txt"), folder.join("in.txt")).unwrap();
        put(folder, "report.typ", "#read(\"in.txt\")");
    });
    let error = error.unwrap_err();
    assert!(error.text.en.contains("outside the template's folder"), "{error}");
}

#[test]
fn a_font_that_a_template_would_rather_have_is_passed_over_and_the_report_says_so() {
    let paper = template(|folder| {
        put(
            folder,
            "fonts.toml",
            "title = [\"方正小标宋_GBK\", \"Noto Serif CJK SC\"]\nheading = [\"Noto Sans CJK SC\"]\n\
             body = [\"没有的仿宋\", \"Noto Serif CJK SC\"]\nmono = [\"Noto Sans Mono CJK SC\"]\n",
        );
    });
    let paper = paper.unwrap();
    assert_eq!(paper.fonts[2].missing, ["没有的仿宋"]);
    assert!(words(&paper.bytes).contains("没有的仿宋"));
    let error = template(|folder| put(folder, "fonts.toml", "title = [\"A\"]\nbody = 3\n")).unwrap_err();
    assert!(error.text.zh.contains("fonts.toml 第 2 行"), "{error}");
}

#[test]
fn a_map_that_cannot_be_drawn_right_is_refused_by_name() {
    let refused = |change: &dyn Fn(&mut redline_report::MapFigure)| {
        let mut data = sample::review(Lang::Zh);
        change(&mut data.maps[1]);
        let error = pdf(&data, &Template::shipped(), &FONTS).unwrap_err();
        assert!(error.text.zh.contains("压占图 DK-01-1"), "{error}");
        error.code
    };
    assert_eq!(refused(&|map| map.width_mm = f64::NAN), "map-not-usable");
    assert_eq!(refused(&|map| map.svg = b"no picture".to_vec()), "map-not-usable");
    assert_eq!(refused(&|map| map.svg = b"<svg font-family=\"Nowhere\"/>".to_vec()), "map-not-usable");
    assert_eq!(refused(&|map| map.height_mm = 400.0), "template-error");
}

#[test]
fn a_review_of_nothing_still_makes_a_paper() {
    let data = ReportData { title: "审查报告".into(), date: "2024-06-01".into(), ..ReportData::default() };
    let text = words(&shipped(&data));
    assert!(text.contains("没有可供分析的地块") && text.contains("没有忽略的碎面"));
    let error = pdf(&ReportData::default(), &Template::shipped(), &FONTS).unwrap_err();
    assert_eq!(error.code, "bad-date");
}
