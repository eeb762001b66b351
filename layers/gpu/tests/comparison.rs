//! The same land use by both rasterisers. Needs the program: `make test-maplibre` builds it and says
//! where it is.
#![cfg(feature = "maplibre-rs")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code

mod city;

use city::{Land, map_of, pixels};
use redline_gpu::{Rasteriser, png};
use redline_sheet::Sheet;
use std::collections::BTreeMap;
use std::path::PathBuf;

const DPI: f64 = 150.0;
/// Steps of a channel by which two pixels of one colour may differ: blending rounds, a flat colour not.
const TOLERANCE: u8 = 2;

fn rasteriser() -> Rasteriser {
    let program = PathBuf::from(std::env::var_os("REDLINE_GPU").expect("REDLINE_GPU names the program redline-gpu"));
    assert!(program.is_file(), "{} is not there", program.display());
    Rasteriser::at(&program)
}

/// A sheet's two pictures: the CPU's and the GPU's.
fn both(sheet: &Sheet) -> [city::Pixels; 2] {
    let drawn = png(sheet, DPI, Ok(&rasteriser())).unwrap();
    let adapter = drawn.underlay.unwrap_or_else(|fallback| panic!("{}", fallback.text().en));
    println!("drawn by {adapter}");
    [pixels(&sheet.png(DPI).unwrap()), pixels(&drawn.png)]
}

/// The greatest difference of a channel.
fn difference(a: [u8; 3], b: [u8; 3]) -> u8 {
    a.iter().zip(b).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
}

fn alike(a: [u8; 3], b: [u8; 3]) -> bool {
    difference(a, b) <= TOLERANCE
}

/// The greatest difference of a channel among a pixel and its eight neighbours: 0 inside a colour.
fn contrast(picture: &city::Pixels, x: usize, y: usize) -> u8 {
    let (mut least, mut most) = ([255_u8; 3], [0_u8; 3]);
    for ny in y.saturating_sub(1)..=(y + 1).min(picture.high - 1) {
        for nx in x.saturating_sub(1)..=(x + 1).min(picture.wide - 1) {
            let pixel = picture.at(nx, ny);
            for channel in 0..3 {
                least[channel] = least[channel].min(pixel[channel]);
                most[channel] = most[channel].max(pixel[channel]);
            }
        }
    }
    difference(most, least)
}

#[test]
fn land_use_looks_the_same_whoever_draws_it() {
    let sheet = map_of(&Land::town());
    let [cpu, gpu] = both(&sheet);
    assert_eq!((cpu.wide, cpu.high), (gpu.wide, gpu.high));
    let (mut inside, mut other, mut edges, mut far) = (0_u32, 0_u32, 0_u32, 0_u32);
    let underlay = sheet.underlay(DPI).unwrap().unwrap();
    let (left, top) = (underlay.at.0 as usize, underlay.at.1 as usize);
    for y in top..top + underlay.height as usize {
        for x in left..left + underlay.width as usize {
            let (apart, edge) = (difference(cpu.at(x, y), gpu.at(x, y)), contrast(&cpu, x, y));
            if edge <= TOLERANCE {
                inside += 1;
                other += u32::from(apart > TOLERANCE);
            } else {
                // an edge's pixel is a mixture: of four samples here; there of exact parts, which let some
                // of the white beneath through along a whole side of a parcel. Two of a hundred pixels
                // are so far apart; drawn half a pixel aside it would be more than three
                edges += 1;
                far += u32::from(f64::from(apart) > f64::from(edge) * 0.6 + f64::from(TOLERANCE));
            }
        }
    }
    println!("{inside} pixels inside, {other} otherwise; {edges} on edges, {far} far apart");
    assert!(inside > 1_000_000 && edges > 10_000, "the picture is no map");
    assert_eq!(other, 0, "of {inside} pixels away from edges");
    assert!(f64::from(far) < f64::from(edges) * 0.03, "{far} of {edges} pixels on edges are far apart");
}

#[test]
fn every_land_use_covers_the_same_area_whoever_draws_it() {
    let sheet = map_of(&Land::town());
    let [cpu, gpu] = both(&sheet);
    let underlay = sheet.underlay(DPI).unwrap().unwrap();
    let mut counted: BTreeMap<[u8; 3], [u32; 2]> = underlay.fills.iter().map(|f| (f.colour, [0, 0])).collect();
    assert!(counted.len() >= 6, "{} classes", counted.len());
    for (which, picture) in [&cpu, &gpu].into_iter().enumerate() {
        for y in underlay.at.1..underlay.at.1 + underlay.height {
            for x in underlay.at.0..underlay.at.0 + underlay.width {
                let here = picture.at(x as usize, y as usize);
                if let Some((_, counts)) = counted.iter_mut().find(|(colour, _)| alike(**colour, here)) {
                    counts[which] += 1;
                }
            }
        }
    }
    for (colour, [cpu, gpu]) in counted {
        println!("{colour:?}: {cpu} and {gpu} pixels");
        assert!(cpu > 5_000, "{colour:?} is hardly there: {cpu} pixels");
        let part = (f64::from(gpu) - f64::from(cpu)) / f64::from(cpu);
        assert!(part.abs() < 0.01, "{colour:?}: {cpu} and {gpu} pixels");
    }
}

#[test]
fn ground_that_many_parcels_share_or_cover_twice_is_filled_once() {
    let sheet = map_of(&Land::piled());
    let [cpu, gpu] = both(&sheet);
    let underlay = sheet.underlay(DPI).unwrap().unwrap();
    let colour = underlay.fills[0].colour;
    let share = |picture: &city::Pixels| picture.all().filter(|p| alike(*p, colour)).count();
    let (a, b) = (share(&cpu), share(&gpu));
    assert!(a > 100_000 && (a as f64 - b as f64).abs() < a as f64 * 0.01, "{a} and {b} pixels");
}

#[test]
fn a_hundred_colours_are_not_too_many() {
    use redline_sheet::{FlatFill, Underlay};
    let stripe = |i: u32| {
        let x = i as f32 * 7.0;
        // each reaches under all later ones, so that only their order makes them visible
        let ring = vec![[x, 0.0], [700.0, 0.0], [700.0, 40.0], [x, 40.0]];
        FlatFill { colour: [i as u8 * 2, 255 - i as u8, 77], rings: vec![ring] }
    };
    let underlay = Underlay { at: (0, 0), width: 700, height: 50, fills: (0..100).map(stripe).collect() };
    let painted = rasteriser().paint(&underlay).unwrap();
    for i in 0..100_usize {
        let at = |y: usize| {
            let from = (y * 700 + i * 7 + 3) * 4;
            &painted.rgba[from..from + 4]
        };
        assert_eq!(at(20), [i as u8 * 2, 255 - i as u8, 77, 255], "stripe {i}");
        assert_eq!(at(45), [255; 4], "below stripe {i}");
    }
}

#[cfg(unix)]
#[test]
fn without_an_adapter_the_sheet_is_drawn_as_always_and_says_what_to_install() {
    let folder = tempfile::tempdir().unwrap();
    let program = std::env::var("REDLINE_GPU").expect("REDLINE_GPU names the program redline-gpu");
    // a machine without any driver: none is listed, and OpenGL is not looked for
    let script = format!(
        "#!/bin/sh\nexport VK_ICD_FILENAMES=/nonexistent VK_DRIVER_FILES=/nonexistent WGPU_BACKEND=vulkan\nexec '{program}'\n"
    );
    let child = city::executable(folder.path(), &script);
    let sheet = map_of(&Land::town());
    let drawn = png(&sheet, 50.0, Ok(&Rasteriser::at(&child))).unwrap();
    let fallback = drawn.underlay.unwrap_err();
    assert_eq!(fallback.code(), "gpu-no-adapter");
    assert!(fallback.text().zh.contains("mesa-vulkan-drivers"), "{}", fallback.text());
    assert_eq!(drawn.png, sheet.png(50.0).unwrap());
}
