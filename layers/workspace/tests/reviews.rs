//! Reviews are kept with the files they judged.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
use common::*;
use redline_workspace::{ReviewFile, ReviewRecord, Workspace};
use redline_zoning::Outcome;
use tempfile::tempdir;

fn review(json: &str, files: Vec<ReviewFile>) -> ReviewRecord {
    ReviewRecord::new(day(2018), Outcome::Prohibited, "某项目", "0.1.0", json.as_bytes().to_vec(), files)
}

#[test]
fn a_saved_review_is_found_again_byte_for_byte() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 1);
    let mut w = Workspace::open_for_editing(&path).unwrap();
    let one = review(
        "{\"a\":1}",
        vec![ReviewFile::new("界址点.txt", vec![0xB5, 0xD8, 0]), ReviewFile::new("空.csv", vec![])],
    );
    let two = review("{\"a\":2}", vec![ReviewFile::new("界址点.txt", vec![0xB5, 0xD8, 0])]);
    for r in [&one, &two] {
        let saved = w.save_review(r).unwrap();
        assert!(!saved.already && saved.id == r.id && saved.left_out.is_empty());
    }
    let r = Workspace::open(&path).unwrap();
    assert_eq!(r.review(&one.id).unwrap(), one);
    assert_eq!(r.review(&two.id[..9].to_uppercase()).unwrap(), two);
    let list = r.reviews().unwrap();
    assert_eq!(list.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), [one.id.as_str(), two.id.as_str()]);
    assert_eq!(list[0].files, ["界址点.txt", "空.csv"]);
    assert_eq!((list[1].outcome, list[1].date), (Outcome::Prohibited, day(2018)));
    // a review is no revision of a layer
    assert_eq!(r.revision_number().unwrap(), 1);
}

#[test]
fn the_same_review_saved_twice_is_told_and_not_doubled() {
    let folder = tempdir().unwrap();
    let mut w = Workspace::open_for_editing(city(folder.path(), 1)).unwrap();
    let one = review("{}", vec![ReviewFile::new("a.txt", b"x".to_vec())]);
    assert!(!w.save_review(&one).unwrap().already);
    assert!(w.save_review(&one).unwrap().already);
    assert_eq!(w.reviews().unwrap().len(), 1);
}

#[test]
fn an_unknown_and_an_ambiguous_id_are_told_apart() {
    let folder = tempdir().unwrap();
    let mut w = Workspace::open_for_editing(city(folder.path(), 1)).unwrap();
    // among 17 ids two share their first of 16 digits
    let ids: Vec<String> = (0..17).map(|i| w.save_review(&review(&i.to_string(), vec![])).unwrap().id).collect();
    let shared = ids.iter().find(|a| ids.iter().filter(|b| b[..1] == a[..1]).count() > 1).unwrap();
    assert_eq!(w.review(&shared[..1]).unwrap_err().code, "review-ambiguous");
    assert_eq!(w.review("xyz").unwrap_err().code, "review-unknown");
    assert_eq!(w.review("").unwrap_err().code, "review-unknown");
    assert_eq!(w.review("%").unwrap_err().code, "review-unknown");
}
