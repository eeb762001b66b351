//! What is in doubt is never called clear, and says why.
#![allow(clippy::unwrap_used, clippy::panic)]

mod ground;

use ground::{project, project_in, rectangle, request, square, workspace, zone};
use jiff::civil::date;
use redline_engine::{CheckRequest, LayerRole, OpinionFile, Outcome, Silent, Stage, check};
use redline_workspace::{NewRevision, Workspace, layer_name};
use tempfile::tempdir;

fn refused(ask: &CheckRequest) -> (String, String) {
    let error = check(ask, &Silent).unwrap_err();
    (error.code.to_string(), error.text.zh)
}

#[test]
fn a_plot_in_another_datum_is_manual_however_clear_the_ground() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project_in(dir.path(), "a.txt", "1980西安坐标系", &[("1", "", &square(6_000.0, 5_000.0, 100.0))]);
    let review = check(&request(&city, &[file]), &Silent).unwrap().review;
    let plot = &review.projects[0].plots[0];
    assert_eq!(plot.outcome, Outcome::Manual);
    assert!(plot.findings.iter().any(|f| f.finding.rule == "place-doubtful" && f.role.is_none()));
    assert_eq!(plot.official.number, None);
    assert!(plot.official.sentence.contains("位置存疑"), "{}", plot.official.sentence);
}

#[test]
fn an_opinion_in_another_datum_is_refused() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(100.0, 100.0, 100.0))]);
    let opinion = project_in(dir.path(), "意见.txt", "1980西安坐标系", &[("o", "", &square(50.0, 50.0, 300.0))]);
    let mut ask = request(&city, &[file]);
    ask.opinions = vec![OpinionFile { path: opinion, kind: Some("limited-activity".into()) }];
    let (code, words) = refused(&ask);
    assert_eq!(code, "opinion-place-doubtful");
    assert!(words.contains("意见.txt"), "{words}");
}

#[test]
fn the_project_files_crs_and_width_are_not_taken_for_the_opinions() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(100.0, 100.0, 100.0))]);
    let opinion = project(dir.path(), "o.txt", &[("o", "", &square(50.0, 50.0, 300.0))]);
    let mut ask = request(&city, &[file]);
    // no one else's zone: read by it, the opinion would lie elsewhere or be refused
    ask.crs = Some("EPSG:4526".into());
    ask.opinions = vec![OpinionFile { path: opinion, kind: Some("limited-activity".into()) }];
    let review = check(&ask, &Silent).unwrap().review;
    assert_eq!(review.activity.opinions[0].crs, "EPSG:4526");
}

#[test]
fn a_layer_that_states_no_extent_proves_nothing_by_its_silence() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let mut open = Workspace::open_for_editing(&city).unwrap();
    let role = LayerRole::RedLine;
    let unstated = NewRevision {
        role,
        name: layer_name(role).into(),
        title: role.word().zh,
        date: date(2017, 1, 1),
        author: String::new(),
        reason: String::new(),
        file_name: "红线.shp".into(),
        file_sha256: String::new(),
        source_date: None,
        stated_extent: None,
        notes: Vec::new(),
    };
    let zones = vec![
        zone("A", Some("statutory"), None, rectangle(0.0, 0.0, 500.0, 1000.0)),
        zone("B", Some("important"), None, rectangle(8_000.0, 8_000.0, 9_000.0, 9_000.0)),
    ];
    open.add_revision(&unstated, zones, &mut |_| {}).unwrap();
    drop(open);
    let file = project(dir.path(), "a.txt", &[("1", "", &square(6_000.0, 5_000.0, 100.0))]);
    let review = check(&request(&city, &[file]), &Silent).unwrap().review;
    let plot = &review.projects[0].plots[0];
    assert_eq!(plot.outcome, Outcome::Manual, "inside the box of its zones, but nobody said it covers that box");
    assert!(plot.findings.iter().any(|f| f.finding.rule == "no-coverage" && f.finding.reason.contains("--extent")));
    assert_eq!(plot.official.number, None);
}

#[test]
fn a_row_of_the_activity_table_that_meets_no_plot_is_refused_by_its_line() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("甲", "", &square(3_000.0, 100.0, 100.0))]);
    let table = dir.path().join("活动.csv");
    let mut ask = request(&city, &[file]);
    ask.activities = Some(table.clone());
    for (rows, code, place) in [
        ("甲,industry\n丙,industry\n", "activity-row-unmatched", "第 3 行"),
        ("甲,industry\n甲,road\n", "activity-row-twice", "第 2 行和第 3 行"),
        (",industry\n", "activity-table-invalid", "第 2 行"),
    ] {
        std::fs::write(&table, format!("地块编号,活动\n{rows}")).unwrap();
        let (got, words) = refused(&ask);
        assert_eq!(got, code, "{words}");
        assert!(words.contains(place) && words.contains("活动.csv"), "{words}");
    }
}

#[test]
fn a_number_that_two_files_use_needs_the_file_in_the_table() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let a = project(dir.path(), "a.txt", &[("1", "", &square(3_000.0, 100.0, 100.0))]);
    let b = project(dir.path(), "b.txt", &[("1", "", &square(3_200.0, 100.0, 100.0))]);
    let table = dir.path().join("t.csv");
    let mut ask = request(&city, &[a, b]);
    ask.activities = Some(table.clone());
    std::fs::write(&table, "地块编号,活动\n1,industry\n").unwrap();
    assert_eq!(refused(&ask).0, "activity-row-ambiguous");
    std::fs::write(&table, "文件,地块编号,活动\nb.txt,1,industry\n").unwrap();
    let review = check(&ask, &Silent).unwrap().review;
    let code = |n: usize| review.projects[n].plots[0].activity.as_ref().and_then(|a| a.code.clone());
    assert_eq!((code(0), code(1)), (None, Some("industry".into())));
    assert_eq!(review.activity.table.map(|t| t.file).as_deref(), Some("t.csv"));
}

#[test]
fn an_industry_that_does_not_fit_the_activity_makes_a_finding_manual() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let touching = project(dir.path(), "a.txt", &[("1", "", &square(3_000.0, 100.0, 100.0))]);
    let clear = project(dir.path(), "b.txt", &[("1", "", &square(6_000.0, 5_000.0, 100.0))]);
    let mut ask = request(&city, &[touching, clear]);
    ask.activity = Some("sewage-treatment".into());
    ask.stage = Some(Stage::New);
    ask.industry = Some("C26".into());
    let review = check(&ask, &Silent).unwrap().review;
    let doubt = |n: usize| review.projects[n].plots[0].findings.iter().any(|f| f.finding.rule == "keys-doubtful");
    assert!(doubt(0) && !doubt(1));
    assert!(review.projects[0].plots[0].outcome >= Outcome::Manual);
    assert_eq!(review.projects[0].plots[0].official.number, Some(1), "outside the red line no key matters");
    assert_eq!(
        review.projects[1].plots[0].outcome,
        Outcome::Clear,
        "where there is nothing to judge, keys do not matter"
    );
}

#[test]
fn an_opinion_that_leaves_a_corner_uncovered_does_not_cover_whatever_the_sliver_setting() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(600.0, 100.0, 100.0))]);
    // a cut across the corner at (700, 200): beyond it, and half a square metre into it, where the
    // setting calls slivers anything under 10 m²
    let opinion = |name: &str, cut: f64| {
        let ring = [(590.0, 90.0), (710.0, 90.0), (710.0, cut), (500.0 + cut, 210.0), (590.0, 210.0)];
        project(dir.path(), name, &[("o", "", &ring)])
    };
    let (beyond, into) = (opinion("beyond.txt", 199.0), opinion("into.txt", 189.0));
    let mut ask = request(&city, &[file]);
    ask.rules = Some("national-2022".into());
    ask.date = date(2024, 1, 1);
    ask.activity = Some("linear-infrastructure".into());
    ask.sliver_m2 = Some(10.0);
    ask.opinions = vec![OpinionFile { path: beyond, kind: Some("limited-activity".into()) }];
    let number = |ask: &CheckRequest| check(ask, &Silent).unwrap().review.projects[0].plots[0].official.number;
    assert_eq!(number(&ask), Some(3), "the cut runs outside the plot");
    ask.opinions[0].path = into;
    assert_eq!(number(&ask), None);
}

#[test]
fn saving_keeps_the_opinions_the_table_and_the_citys_own_book_too() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("甲", "", &square(600.0, 100.0, 100.0))]);
    let opinion = project(dir.path(), "o.txt", &[("o", "", &square(50.0, 50.0, 300.0))]);
    let table = dir.path().join("t.csv");
    std::fs::write(&table, "地块编号,活动\n甲,road\n").unwrap();
    let book = dir.path().join("本市.toml");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/rules/example-city.toml"), &book).unwrap();
    let mut ask = request(&city, &[file]);
    ask.opinions = vec![OpinionFile { path: opinion, kind: Some("limited-activity".into()) }];
    ask.activities = Some(table);
    ask.rules = Some(book.to_string_lossy().into_owned());
    ask.save = true;
    // a byte order mark is part of the book's bytes
    std::fs::write(ask.rules.as_ref().unwrap(), format!("\u{feff}{}", std::fs::read_to_string(&book).unwrap()))
        .unwrap();
    check(&ask, &Silent).unwrap();
    assert_eq!(redline_engine::reviews(&city).unwrap()[0].files, ["a.txt", "o.txt", "t.csv", "本市.toml"]);
}

#[test]
fn no_official_sentence_stands_while_a_prohibition_is_open_or_the_keys_contradict() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    // S1 says no kind: it may be a core area, where the activity is prohibited
    let open = project(dir.path(), "a.txt", &[("1", "", &square(100.0, 100.0, 100.0))]);
    let plain = project(dir.path(), "b.txt", &[("1", "", &square(600.0, 100.0, 100.0))]);
    let opinion = project(dir.path(), "o.txt", &[("o", "", &square(50.0, 50.0, 900.0))]);
    let mut ask = request(&city, &[open, plain]);
    ask.rules = Some("national-2022".into());
    ask.date = date(2024, 1, 1);
    ask.activity = Some("linear-infrastructure".into());
    ask.opinions = vec![OpinionFile { path: opinion, kind: Some("limited-activity".into()) }];
    let official = |ask: &CheckRequest| {
        let projects = check(ask, &Silent).unwrap().review.projects;
        projects.into_iter().map(|p| p.plots[0].official.clone()).collect::<Vec<_>>()
    };
    let said = official(&ask);
    assert_eq!((said[0].number, said[1].number), (None, Some(3)), "{said:?}");
    assert!(said[0].sentence.contains("尚有需人工判定的事项"), "{said:?}");
    ask.industry = Some("B06".into());
    assert_eq!(official(&ask)[1].number, None, "a mine is no linear infrastructure");
}

#[test]
fn no_setting_makes_an_overlap_a_sliver() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(100.0, 100.0, 100.0))]);
    let mut ask = request(&city, &[file]);
    ask.sliver_m2 = Some(50_000.0);
    assert_eq!(refused(&ask).0, "sliver-too-large");
}

/// Changes a file while the plots are being checked.
struct Meddler(std::path::PathBuf);

impl redline_engine::Progress for Meddler {
    fn stage(&self, what: &redline_engine::Text, _total: Option<u64>) {
        if what.en == "Checking plots" {
            let words = std::fs::read_to_string(&self.0).unwrap();
            std::fs::write(&self.0, words + "\n#\n").unwrap();
        }
    }
    fn advance(&self, _steps: u64) {}
    fn cancelled(&self) -> bool {
        false
    }
}

#[test]
fn nothing_is_saved_when_a_file_the_review_leans_on_changes_meanwhile() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("甲", "", &square(100.0, 100.0, 100.0))]);
    let opinion = project(dir.path(), "o.txt", &[("o", "", &square(50.0, 50.0, 300.0))]);
    let table = dir.path().join("t.csv");
    std::fs::write(&table, "地块编号,活动\n甲,road\n").unwrap();
    let book = dir.path().join("本市.toml");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/rules/example-city.toml"), &book).unwrap();
    let mut ask = request(&city, std::slice::from_ref(&file));
    ask.opinions = vec![OpinionFile { path: opinion.clone(), kind: Some("limited-activity".into()) }];
    ask.activities = Some(table.clone());
    ask.rules = Some(book.to_string_lossy().into_owned());
    ask.save = true;
    for changed in [file, opinion, table, book] {
        let before = std::fs::read(&changed).unwrap();
        let error = check(&ask, &Meddler(changed.clone())).unwrap_err();
        assert_eq!(error.code, "file-changed", "{changed:?}");
        assert!(error.text.en.contains(&*changed.file_name().unwrap().to_string_lossy()), "{}", error.text.en);
        std::fs::write(&changed, before).unwrap();
    }
    assert!(redline_engine::reviews(&city).unwrap().is_empty());
}
