//! Backdrops: a GeoTIFF made here, and an address served here.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::Crs;
use gdal::DriverManager;
use gdal::raster::Buffer;
use gdal::spatial_ref::SpatialRef;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A GeoTIFF of 100 × 100 px: west half red, east half blue, from 113° E 24° N, a thousandth of a degree each.
fn geotiff(dir: &Path, name: &str, crs: Option<u32>) -> PathBuf {
    let path = dir.join(name);
    let driver = DriverManager::get_driver_by_name("GTiff").unwrap();
    let mut made = driver.create_with_band_type::<u8, _>(&path, 100, 100, 3).unwrap();
    made.set_geo_transform(&[113.0, 0.001, 0.0, 24.0, 0.0, -0.001]).unwrap();
    if let Some(epsg) = crs {
        made.set_spatial_ref(&SpatialRef::from_epsg(epsg).unwrap()).unwrap();
    }
    for (band, west, east) in [(1, 255_u8, 0_u8), (2, 0, 0), (3, 0, 255)] {
        let pixels: Vec<u8> = (0..100 * 100).map(|i| if i % 100 < 50 { west } else { east }).collect();
        made.rasterband(band).unwrap().write((0, 0), (100, 100), &mut Buffer::new((100, 100), pixels)).unwrap();
    }
    path
}

/// The tile that holds a place.
fn tile_at(z: u8, lon: f64, lat: f64) -> (u32, u32) {
    let n = f64::from(1_u32 << z);
    let lat = lat.to_radians();
    let y = (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / std::f64::consts::PI) / 2.0 * n;
    ((((lon + 180.0) / 360.0) * n) as u32, y as u32)
}

/// RGBA of a place in a tile.
fn colour(png: &[u8], z: u8, lon: f64, lat: f64) -> [u8; 4] {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.png");
    std::fs::write(&path, png).unwrap();
    let read = gdal::Dataset::open(&path).unwrap();
    let n = f64::from(1_u32 << z);
    let rad = lat.to_radians();
    let x = ((lon + 180.0) / 360.0 * n).fract() * 256.0;
    let y = ((1.0 - (rad.tan() + 1.0 / rad.cos()).ln() / std::f64::consts::PI) / 2.0 * n).fract() * 256.0;
    std::array::from_fn(|band| {
        let band = read.rasterband(band + 1).unwrap();
        band.read_as::<u8>((x as isize, y as isize), (1, 1), (1, 1), None).unwrap().data()[0]
    })
}

#[test]
fn a_geotiff_lies_where_it_says_and_is_transparent_around() {
    let dir = tempfile::tempdir().unwrap();
    let raster = open_file(&geotiff(dir.path(), "photo.tif", Some(4326)), &[]).unwrap();
    let [w, s, e, n] = raster.bounds.unwrap();
    assert!((w - 113.0).abs() < 1e-6 && (n - 24.0).abs() < 1e-6 && (e - 113.1).abs() < 1e-6 && (s - 23.9).abs() < 1e-6);
    let z = 11;
    let (x, y) = tile_at(z, 113.05, 23.95);
    let png = raster.tile(z, x, y).unwrap();
    assert_eq!(&png[1..4], b"PNG");
    for (lon, expected) in [(113.03, [255, 0, 0, 255]), (113.07, [0, 0, 255, 255])] {
        let (tx, ty) = tile_at(z, lon, 23.95);
        let png = raster.tile(z, tx, ty).unwrap();
        assert_eq!(colour(&png, z, lon, 23.95), expected, "{lon}");
    }
    let (tx, ty) = tile_at(z, 113.12, 23.95);
    assert_eq!(colour(&raster.tile(z, tx, ty).unwrap(), z, 113.12, 23.95)[3], 0);
}

#[test]
fn an_image_without_a_crs_is_refused_unless_it_lies_in_the_city() {
    let dir = tempfile::tempdir().unwrap();
    let path = geotiff(dir.path(), "scan.tif", None);
    assert_eq!(open_file(&path, &[]).unwrap_err().code, "raster-without-crs");
    let degrees = Assumed { crs: Crs::from_epsg(4490).unwrap(), within: [112.0, 22.0, 114.0, 25.0] };
    let raster = open_file(&path, &[degrees]).unwrap();
    assert!(!raster.notes.is_empty(), "what was assumed is said");
}

#[test]
fn what_is_no_image_is_answered_with_a_sentence() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(open_file(&dir.path().join("none.tif"), &[]).unwrap_err().code, "raster-missing");
    let text = dir.path().join("a.tif");
    std::fs::write(&text, "not a picture").unwrap();
    assert_eq!(open_file(&text, &[]).unwrap_err().code, "raster-unreadable");
    // a description that points elsewhere is no picture: opening it would contact an address
    let wms = dir.path().join("b.tif");
    std::fs::write(
        &wms,
        "<GDAL_WMS><Service name=\"TMS\"><ServerUrl>http://127.0.0.1:1/</ServerUrl></Service></GDAL_WMS>",
    )
    .unwrap();
    assert_eq!(open_file(&wms, &[]).unwrap_err().code, "raster-unreadable");
    for address in
        ["file:///etc/passwd", "https://example.com/tiles", "ftp://a/{z}/{x}/{y}", "http://a/{q}/{z}/{x}/{y}"]
    {
        assert_eq!(open_address(address).unwrap_err().code, "address-unreadable", "{address}");
    }
}

/// A server of one tile for every address, on this machine only; counts what it was asked.
fn server(png: Vec<u8>) -> (u16, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = asked.clone();
    std::thread::spawn(move || {
        // bounded: a test asks for a handful of tiles
        for stream in listener.incoming().take(64) {
            let Ok(mut stream) = stream else { continue };
            let mut request = [0_u8; 4096];
            let _ = stream.read(&mut request);
            count.fetch_add(1, Ordering::Relaxed);
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                png.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&png));
        }
    });
    (port, asked)
}

#[test]
fn an_address_is_contacted_only_for_tiles_that_are_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let photo = open_file(&geotiff(dir.path(), "photo.tif", Some(4326)), &[]).unwrap();
    let (x, y) = tile_at(13, 113.02, 23.95);
    let (port, asked) = server(photo.tile(13, x, y).unwrap());
    let raster = open_address(&format!("http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png")).unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 0, "opening contacts nobody");
    assert!(raster.notes.iter().any(|n| n.zh.contains("GCJ-02")));
    let png = raster.tile(13, x, y).unwrap();
    assert_eq!(colour(&png, 13, 113.02, 23.95), [255, 0, 0, 255]);
    assert!(asked.load(Ordering::Relaxed) >= 1);
}

#[test]
fn a_server_that_does_not_answer_is_named_without_the_address() {
    let closed = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let raster = open_address(&format!("http://127.0.0.1:{closed}/{{z}}/{{x}}/{{y}}.png?key=secret")).unwrap();
    let refusal = raster.tile(10, 1, 1).unwrap_err();
    assert_eq!(refusal.code, "address-unreachable");
    assert!(!refusal.text.zh.contains("secret") && !refusal.text.en.contains("secret"));
}
