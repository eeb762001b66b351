//! What a planner sees where the GPU does not draw: the same picture, and a sentence that says why.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code

mod city;

use city::{Land, map_of, pixels};
use redline_gpu::{Fallback, Rasteriser, png};
use std::path::Path;
use std::time::{Duration, Instant};

const DPI: f64 = 50.0;

/// Draws with this rasteriser; why it did not, once the picture was found to be the CPU's.
fn fallen_back(rasteriser: Result<&Rasteriser, Fallback>) -> Fallback {
    let sheet = map_of(&Land::town());
    let drawn = png(&sheet, DPI, rasteriser).unwrap();
    assert_eq!(drawn.png, sheet.png(DPI).unwrap());
    drawn.underlay.unwrap_err()
}

#[test]
fn without_the_program_the_sheet_is_drawn_as_always_and_says_where_it_was_looked_for() {
    let missing = Rasteriser::at(Path::new("/nonexistent/redline-gpu"));
    let said = fallen_back(Ok(&missing)).text();
    assert!(said.en.contains("/nonexistent/redline-gpu") && said.zh.contains("/nonexistent/redline-gpu"), "{said}");
}

#[cfg(not(feature = "maplibre-rs"))]
#[test]
fn a_build_without_the_feature_starts_nothing_and_says_how_to_build_with_it() {
    let fallback = Rasteriser::beside().unwrap_err();
    assert_eq!(fallback, Fallback::NotBuilt);
    assert!(fallen_back(Err(fallback)).text().en.contains("--features maplibre-rs"));
}

#[cfg(unix)]
mod programs {
    use super::*;

    fn script(lines: &str, given: Duration) -> Fallback {
        let folder = tempfile::tempdir().unwrap();
        let program = city::executable(folder.path(), &format!("#!/bin/sh\n{lines}\n"));
        fallen_back(Ok(&Rasteriser::at(&program).given(given)))
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_driver_that_takes_the_program_down_does_not_take_the_sheet_with_it() {
        let panicked =
            "cat >/dev/null; printf 'thread main panicked at x.rs:1:\\nlost device\\nnote: run with\\n' >&2; exit 101";
        assert_eq!(script(panicked, LONG), Fallback::Ended { said: "lost device".to_owned() });
        // before it has read what it was asked, and without a word
        let Fallback::Ended { said } = script("kill -SEGV $$", LONG) else { panic!() };
        assert!(said.contains("signal"), "{said}");
    }

    #[test]
    fn a_machine_without_adapter_is_told_apart_from_a_crash() {
        assert_eq!(script("cat >/dev/null; echo no adapter >&2; exit 3", LONG), Fallback::NoAdapter);
    }

    #[test]
    fn a_program_that_hangs_is_stopped_when_its_time_is_over() {
        let begun = Instant::now();
        let given = Duration::from_millis(300);
        assert_eq!(script("exec sleep 600", given), Fallback::TooLong { given });
        assert!(begun.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn an_answer_that_is_no_picture_is_not_used() {
        for words in ["echo 'hello, I am another program'", "true", "printf RLPIXEL1"] {
            let fallback = script(&format!("cat >/dev/null; {words}"), LONG);
            assert!(matches!(fallback, Fallback::Unreadable { .. }), "{words}: {fallback:?}");
        }
    }

    #[test]
    fn a_program_that_complains_without_end_is_not_waited_for_without_end() {
        let flood =
            "yes 'a warning of the driver' | head -c 3000000 >&2; cat >/dev/null; echo 'lost device' >&2; exit 1";
        assert_eq!(script(flood, LONG), Fallback::Ended { said: "lost device".to_owned() });
    }

    #[test]
    fn a_sheet_without_land_use_starts_no_program() {
        let folder = tempfile::tempdir().unwrap();
        let program =
            city::executable(folder.path(), &format!("#!/bin/sh\ntouch '{}'\n", folder.path().join("ran").display()));
        let drawn = png(&map_of(&Land::bare()), DPI, Ok(&Rasteriser::at(&program))).unwrap();
        assert_eq!(drawn.underlay, Err(Fallback::NoLandUse));
        assert!(!folder.path().join("ran").exists());
    }
}

#[test]
fn the_underlay_changes_the_map_and_nothing_beside_it() {
    // the underlay as a picture of its own, by taking the sheet apart and putting it together
    let sheet = map_of(&Land::town());
    let underlay = sheet.underlay(DPI).unwrap().unwrap();
    assert!(underlay.fills.len() >= 6 && underlay.fills.iter().all(|fill| !fill.rings.is_empty()));
    let whole = pixels(&sheet.png(DPI).unwrap());
    let white = vec![255; underlay.width as usize * underlay.height as usize * 4];
    let bare = pixels(&sheet.png_over(DPI, &underlay, white).unwrap());
    let (left, top) = (underlay.at.0 as usize, underlay.at.1 as usize);
    let (right, bottom) = (left + underlay.width as usize, top + underlay.height as usize);
    let mut differ = 0;
    for y in 0..whole.high {
        for x in 0..whole.wide {
            if whole.at(x, y) != bare.at(x, y) {
                assert!((left..right).contains(&x) && (top..bottom).contains(&y), "{x}, {y} is not on the map");
                differ += 1;
            }
        }
    }
    assert!(differ > 30_000, "only {differ} pixels are land use");
    let error = sheet.png_over(DPI, &underlay, vec![255; 12]).unwrap_err();
    assert_eq!(error.code(), "picture-not-made");
}
