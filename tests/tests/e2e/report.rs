//! The review report and the map sheet: what stands on paper is what stands in the record.

use crate::support::{folder, list, shared_city, shared_plot};
use redline_tests::command::run;
use redline_tests::ogr;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A record of the shared plot, as `check` writes it.
fn record(folder: &Path) -> PathBuf {
    let (plots, record) = (folder.join("plots.geojson"), folder.join("review.json"));
    ogr::write_geojson(&plots, std::slice::from_ref(shared_plot()));
    let line = ["check", plots.to_str().unwrap(), "--workspace", shared_city().workspace(), "--date", "2018-06-01"];
    let result = ["--industry", "C26", "--stage", "new", "--output", record.to_str().unwrap()];
    run(&[&line[..], &result].concat()).exits(1);
    record
}

fn report(record: &Path, output: &Path, more: &[&str]) -> redline_tests::command::Said {
    let line = ["report", record.to_str().unwrap(), "--output", output.to_str().unwrap()];
    run(&[&line[..], more].concat())
}

fn text_of(pdf: &Path) -> String {
    let said = std::process::Command::new("pdftotext").args(["-layout", pdf.to_str().unwrap(), "-"]).output().unwrap();
    assert!(said.status.success(), "{said:?}");
    String::from_utf8(said.stdout).unwrap()
}

#[test]
fn the_paper_says_every_area_of_the_record_rounded_and_reads_as_a_first_judgement_until_someone_decided() {
    let scratch = folder();
    let record = record(scratch.path());
    let pdf = scratch.path().join("report.pdf");
    report(&record, &pdf, &["--number", "SS-2026-017", "--unit", "Bureau of <planning> & #panic()"]).exits(0);
    let words = text_of(&pdf);
    let review: Value = serde_json::from_slice(&std::fs::read(&record).unwrap()).unwrap();
    let plot = &review["projects"][0]["plots"][0];
    let overlaps = list(&plot["overlaps"]);
    assert!(!overlaps.is_empty());
    // rounded so that the rows sum: never more than one step of the last digit away from the record
    let said: Vec<f64> = words.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    for overlap in overlaps.iter().chain([plot]) {
        let m2 = overlap["area"]["ellipsoidal_m2"].as_f64().unwrap();
        assert!(said.iter().any(|figure| (figure - m2).abs() <= 0.011), "{m2} is not in {words}");
    }
    for wanted in ["SS-2026-017", "Bureau of <planning> & #panic()", "Preliminary"] {
        assert!(words.contains(wanted), "{wanted} is not in {words}");
    }
    let decided = scratch.path().join("decided.pdf");
    report(&record, &decided, &["--decided-by", "李工"]).exits(0);
    let words = text_of(&decided);
    assert!(words.contains("李工") && !words.contains("Preliminary"), "{words}");
}

#[test]
fn the_same_record_gives_the_same_paper_in_either_form() {
    let scratch = folder();
    let record = record(scratch.path());
    for name in ["report.pdf", "report.docx"] {
        let [one, two] = ["one", "two"].map(|folder| scratch.path().join(format!("{folder}-{name}")));
        report(&record, &one, &[]).exits(0);
        report(&record, &two, &[]).exits(0);
        assert_eq!(std::fs::read(one).unwrap(), std::fs::read(two).unwrap(), "{name}");
    }
}

#[test]
fn check_writes_the_report_by_the_name_of_the_result_file() {
    let scratch = folder();
    let plots = scratch.path().join("plots.geojson");
    ogr::write_geojson(&plots, std::slice::from_ref(shared_plot()));
    for (name, begins) in [("result.pdf", &b"%PDF"[..]), ("result.docx", b"PK")] {
        let output = scratch.path().join(name);
        let line = ["check", plots.to_str().unwrap(), "--workspace", shared_city().workspace(), "--output"];
        run(&[&line[..], &[output.to_str().unwrap()]].concat()).exits(1);
        assert!(std::fs::read(&output).unwrap().starts_with(begins), "{name}");
    }
}

#[test]
fn a_report_that_cannot_be_made_says_why_and_writes_nothing() {
    let scratch = folder();
    let record = record(scratch.path());
    let pdf = scratch.path().join("report.pdf");
    // what is no record, another kind of file, a template with an error, a folder that is not there
    let said = report(&scratch.path().join("plots.geojson"), &pdf, &[]).exits(2);
    assert!(said.stderr.contains("plots.geojson"), "{said:#?}");
    let said = report(&record, &scratch.path().join("report.odt"), &[]).exits(2);
    assert!(said.stderr.contains(".docx"), "{said:#?}");
    let template = scratch.path().join("template");
    run(&["report", "--write-template", template.to_str().unwrap()]).exits(0);
    let own = ["--template", template.to_str().unwrap()];
    report(&record, &scratch.path().join("own.pdf"), &own).exits(0);
    let main = template.join("report.typ");
    let words = std::fs::read_to_string(&main).unwrap();
    std::fs::write(&main, format!("{words}#nowhere\n")).unwrap();
    let said = report(&record, &pdf, &own).exits(2);
    let place = format!("report.typ, line {}", words.lines().count() + 1);
    assert!(said.stderr.contains(&place) && said.stderr.contains("nowhere"), "{said:#?}");
    let said = report(&record, &scratch.path().join("nowhere/report.pdf"), &[]).exits(2);
    assert!(said.stderr.contains("nowhere"), "{said:#?}");
    assert!(!pdf.exists());
}

#[test]
fn a_map_sheet_is_drawn_in_three_forms_and_says_its_scale_and_every_overlap() {
    let scratch = folder();
    let record = record(scratch.path());
    let sheet = |name: &str, more: &[&str]| {
        let output = scratch.path().join(name);
        let line = ["map", record.to_str().unwrap(), "--workspace", shared_city().workspace(), "--output"];
        let said = run(&[&line[..], &[output.to_str().unwrap()], more].concat());
        (output, said)
    };
    let (pdf, said) = sheet("map.pdf", &["--scale", "25000", "--unit", "Bureau <of> & planning"]);
    assert!(said.exits(0).stderr.contains("1:25000"));
    let words = text_of(&pdf);
    for wanted in ["1:25", "CGCS2000", "EPSG:4526", "Bureau <of> & planning"] {
        assert!(words.contains(wanted), "{wanted} is not in {words}");
    }
    let review: Value = serde_json::from_slice(&std::fs::read(&record).unwrap()).unwrap();
    for overlap in list(&review["projects"][0]["plots"][0]["overlaps"]) {
        let hectares = format!("{:.4}", overlap["area"]["ellipsoidal_m2"].as_f64().unwrap() / 1e4);
        // digit groups are set apart by a space that does not break
        let plain: String = words.chars().filter(|c| *c != '\u{a0}').collect();
        assert!(plain.contains(&hectares), "{hectares} is not in {plain}");
    }
    for (name, begins) in [("map.svg", &b"<"[..]), ("map.png", b"\x89PNG")] {
        let (one, said) = sheet(name, &[]);
        said.exits(0);
        let bytes = std::fs::read(&one).unwrap();
        assert!(bytes.starts_with(begins), "{name}");
        sheet(name, &[]).1.exits(0);
        assert_eq!(bytes, std::fs::read(&one).unwrap(), "{name}: the same bytes again");
    }
    let (none, said) = sheet("map.jpg", &[]);
    assert!(said.exits(2).stderr.contains(".svg") && !none.exists());
    let own = scratch.path().join("own.toml");
    std::fs::write(&own, "preset = \"a4-portrait\"\ntitel = \"x\"\n").unwrap();
    let (none, said) = sheet("own.pdf", &["--description", own.to_str().unwrap()]);
    let said = said.exits(2);
    assert!(said.stderr.contains("own.toml") && said.stderr.contains("titel") && !none.exists(), "{said:#?}");
}

#[test]
fn a_picture_asked_of_the_gpu_is_drawn_without_it_too_and_says_why() {
    let scratch = folder();
    let record = record(scratch.path());
    let sheet = |name: &str, more: &[&str]| {
        let output = scratch.path().join(name);
        let line = ["map", record.to_str().unwrap(), "--workspace", shared_city().workspace(), "--output"];
        let said = run(&[&line[..], &[output.to_str().unwrap(), "--dpi", "60", "--lang", "en"], more].concat());
        (std::fs::read(&output).unwrap(), said.exits(0).stderr.clone())
    };
    // the command under test is built without the GPU, as by default
    let (by_gpu, said) = sheet("gpu.png", &["--rasteriser", "gpu"]);
    assert!(said.contains("--features maplibre-rs") && said.contains("the CPU drew the picture"), "{said}");
    let (by_cpu, said) = sheet("cpu.png", &[]);
    assert!(!said.contains("GPU"), "{said}");
    assert_eq!(by_gpu, by_cpu);
    let (_, said) = sheet("gpu.svg", &["--rasteriser", "gpu"]);
    assert!(said.contains(".svg is a vector drawing"), "{said}");
}
