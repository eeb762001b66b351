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
        // an opaque tile has no alpha
        let Ok(band) = read.rasterband(band + 1) else { return 255 };
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

/// What a server on this machine was asked for, in order.
type Asked = std::sync::Arc<Mutex<Vec<String>>>;

/// A server on this machine; `answer` gives status, media type and content for a path.
fn server(answer: impl Fn(&str, u16) -> (u16, &'static str, Vec<u8>) + Send + 'static) -> (u16, Asked) {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Asked::default();
    let log = asked.clone();
    std::thread::spawn(move || {
        // bounded: a test asks for a handful of tiles
        for stream in listener.incoming().take(64) {
            let Ok(mut stream) = stream else { continue };
            let mut request = [0_u8; 4096];
            let n = stream.read(&mut request).unwrap_or(0);
            let path = String::from_utf8_lossy(&request[..n]).split(' ').nth(1).unwrap_or_default().to_string();
            let (status, kind, body) = answer(&path, port);
            log.lock().unwrap().push(path);
            let head = format!(
                "HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    (port, asked)
}

/// A tile of one colour.
fn plain(colour: [u8; 4]) -> Vec<u8> {
    picture::png(&colour.repeat(256 * 256)).unwrap()
}

/// RGB of the middle of a tile, and its alpha where it has one.
fn middle(png: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.png");
    std::fs::write(&path, png).unwrap();
    let read = gdal::Dataset::open(&path).unwrap();
    let level = |b| read.rasterband(b).unwrap().read_as::<u8>((128, 128), (1, 1), (1, 1), None).unwrap().data()[0];
    (1..=read.raster_count()).map(level).collect()
}

const GREEN: [u8; 4] = [20, 160, 40, 255];

#[test]
fn an_address_is_contacted_only_for_tiles_that_are_asked_for_and_once_for_each() {
    let tile = plain(GREEN);
    let (port, asked) = server(move |_, _| (200, "image/png", tile.clone()));
    let raster = open_address(&format!("http://127.0.0.1:{port}/t/{{z}}/{{x}}/{{y}}.png?a=1&b=2")).unwrap();
    assert!(asked.lock().unwrap().is_empty(), "opening contacts nobody");
    assert!(raster.notes.iter().any(|n| n.zh.contains("GCJ-02")));
    for (z, x, y) in [(13, 6673, 3530), (5, 26, 13), (18, 213_536, 113_000)] {
        assert_eq!(middle(&raster.tile(z, x, y).unwrap()), GREEN[..3]);
        let asked = std::mem::take(&mut *asked.lock().unwrap());
        assert_eq!(asked, [format!("/t/{z}/{x}/{y}.png?a=1&b=2")]);
    }
    // closer than the server has: its finest tile, enlarged
    raster.tile(20, 854_152, 452_000).unwrap();
    assert_eq!(*asked.lock().unwrap(), ["/t/18/213538/113000.png?a=1&b=2"]);
}

#[test]
fn rows_may_be_counted_from_the_south_and_be_named_as_wmts_names_them() {
    let tile = plain(GREEN);
    let (port, asked) = server(move |_, _| (200, "image/png", tile.clone()));
    for (template, path) in [
        ("{z}/{x}/{-y}", "/4/13/9"),
        ("w?TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}", "/w?TILEMATRIX=4&TILEROW=6&TILECOL=13"),
    ] {
        let raster = open_address(&format!("http://127.0.0.1:{port}/{template}")).unwrap();
        assert_eq!(middle(&raster.tile(4, 13, 6).unwrap()), GREEN[..3]);
        assert_eq!(std::mem::take(&mut *asked.lock().unwrap()), [path]);
    }
}

#[test]
fn what_a_server_does_not_have_is_empty_and_its_failure_is_told() {
    let (port, _) = server(|path, _| match path {
        "/3/6/3" => (404, "text/plain", b"none".to_vec()),
        "/3/6/4" => (200, "text/html", b"<script>alert(1)</script>".to_vec()),
        _ => (503, "text/plain", b"busy".to_vec()),
    });
    let raster = open_address(&format!("http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}")).unwrap();
    assert_eq!(middle(&raster.tile(3, 6, 3).unwrap())[3], 0);
    assert_eq!(raster.tile(3, 6, 4).unwrap_err().code, "address-unreachable");
    let busy = raster.tile(3, 6, 2).unwrap_err();
    assert!(busy.code == "address-unreachable" && busy.text.zh.contains("503"), "{busy:?}");
}

#[test]
fn a_server_that_does_not_answer_is_named_without_the_address() {
    let closed = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let raster = open_address(&format!("http://127.0.0.1:{closed}/{{z}}/{{x}}/{{y}}.png?key=secret")).unwrap();
    let refusal = raster.tile(10, 1, 1).unwrap_err();
    assert_eq!(refusal.code, "address-unreachable");
    assert!(!refusal.text.zh.contains("secret") && !refusal.text.en.contains("secret"));
}

/// Capabilities of two layers in the tiles of the web.
fn capabilities(port: u16) -> String {
    let layer = |name: &str| {
        format!(
            "<Layer><ows:Title>{name}</ows:Title><ows:Identifier>{name}</ows:Identifier>\
             <ows:WGS84BoundingBox><ows:LowerCorner>112 22</ows:LowerCorner><ows:UpperCorner>114 24</ows:UpperCorner></ows:WGS84BoundingBox>\
             <Style isDefault=\"true\"><ows:Identifier>default</ows:Identifier></Style><Format>image/png</Format>\
             <TileMatrixSetLink><TileMatrixSet>web</TileMatrixSet></TileMatrixSetLink>\
             <ResourceURL format=\"image/png\" resourceType=\"tile\" template=\"http://127.0.0.1:{port}/{name}/{{TileMatrix}}/{{TileRow}}/{{TileCol}}\"/></Layer>"
        )
    };
    let matrices: String = (0..15)
        .map(|z| {
            let (scale, n) = (559_082_264.028_717_8 / f64::from(1 << z), 1 << z);
            format!(
                "<TileMatrix><ows:Identifier>{z}</ows:Identifier><ScaleDenominator>{scale}</ScaleDenominator>\
                 <TopLeftCorner>-20037508.342789244 20037508.342789244</TopLeftCorner><TileWidth>256</TileWidth>\
                 <TileHeight>256</TileHeight><MatrixWidth>{n}</MatrixWidth><MatrixHeight>{n}</MatrixHeight></TileMatrix>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><Capabilities xmlns=\"http://www.opengis.net/wmts/1.0\" xmlns:ows=\"http://www.opengis.net/ows/1.1\" version=\"1.0.0\">\
         <Contents>{}{}<TileMatrixSet><ows:Identifier>web</ows:Identifier>\
         <ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>{matrices}</TileMatrixSet></Contents></Capabilities>",
        layer("photo"),
        layer("street")
    )
}

#[test]
fn a_wmts_gives_its_first_layer_or_the_one_named_and_leaves_nothing_on_disk() {
    let (green, white) = (plain(GREEN), plain([255; 4]));
    let (port, asked) = server(move |path, port| match path.split('/').nth(1) {
        Some("photo") => (200, "image/png", green.clone()),
        Some("street") => (200, "image/png", white.clone()),
        _ => (200, "application/xml", capabilities(port).into_bytes()),
    });
    let address = format!("http://127.0.0.1:{port}/wmts?REQUEST=GetCapabilities&VERSION=1.0.0");
    let raster = open_address(&address).unwrap();
    let [w, s, e, n] = raster.bounds.unwrap();
    assert!(w < 113.0 && s < 23.0 && e > 113.0 && n > 23.0, "{:?}", raster.bounds);
    assert!(raster.notes.iter().any(|n| n.zh.contains("street")), "what else there is, is said: {:?}", raster.notes);
    asked.lock().unwrap().clear();
    let (x, y) = tile_at(12, 113.0, 23.0);
    assert_eq!(middle(&raster.tile(12, x, y).unwrap()), GREEN[..3]);
    assert_eq!(*asked.lock().unwrap(), [format!("/photo/12/{y}/{x}")]);
    let street = open_address(&format!("{address}#street")).unwrap();
    assert_eq!(middle(&street.tile(12, x, y).unwrap()), [255, 255, 255]);
    // where GDAL would keep them
    assert!(!Path::new("gdalwmscache").exists());
}

#[test]
fn a_raster_in_the_workspaces_plane_lies_where_its_metres_say() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plane.tif");
    let driver = DriverManager::get_driver_by_name("GTiff").unwrap();
    let mut made = driver.create_with_band_type::<u8, _>(&path, 400, 400, 1).unwrap();
    // 10 m pixels; one white block of 200 m whose middle is E 38 641 000, N 2 551 000
    made.set_geo_transform(&[38_639_000.0, 10.0, 0.0, 2_553_000.0, 0.0, -10.0]).unwrap();
    made.set_spatial_ref(&SpatialRef::from_epsg(4526).unwrap()).unwrap();
    let white = |i: usize| (190..210).contains(&(i % 400)) && (190..210).contains(&(i / 400));
    let pixels: Vec<u8> = (0..400 * 400).map(|i| if white(i) { 255 } else { 1 }).collect();
    made.rasterband(1).unwrap().write((0, 0), (400, 400), &mut Buffer::new((400, 400), pixels)).unwrap();
    made.close().unwrap();
    let raster = open_file(&path, &[]).unwrap();
    let plane = Crs::from_epsg(4526).unwrap().gauss_kruger().unwrap();
    for (east, north, expected) in [(0.0, 0.0, 255), (85.0, -85.0, 255), (125.0, 0.0, 1), (0.0, 125.0, 1)] {
        let (lon, lat) = plane.inverse(geo_types::Coord { x: 38_641_000.0 + east, y: 2_551_000.0 + north });
        let (x, y) = tile_at(15, lon, lat);
        let seen = colour(&raster.tile(15, x, y).unwrap(), 15, lon, lat)[0];
        assert_eq!(seen, expected, "{east} {north}");
    }
}

#[test]
fn palettes_keep_their_colours_and_emptiness_is_transparent() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("palette.tif");
    let driver = DriverManager::get_driver_by_name("GTiff").unwrap();
    let mut made = driver.create_with_band_type::<u8, _>(&path, 100, 100, 1).unwrap();
    made.set_geo_transform(&[113.0, 0.001, 0.0, 24.0, 0.0, -0.001]).unwrap();
    made.set_spatial_ref(&SpatialRef::from_epsg(4490).unwrap()).unwrap();
    let mut table = gdal::raster::ColorTable::new(gdal::raster::PaletteInterpretation::Rgba);
    table.set_color_entry(1, &gdal::raster::ColorEntry::rgba(10, 200, 30, 255));
    table.set_color_entry(2, &gdal::raster::ColorEntry::rgba(250, 0, 0, 255));
    let mut band = made.rasterband(1).unwrap();
    band.set_color_table(&table);
    band.set_no_data_value(Some(2.0)).unwrap();
    let pixels: Vec<u8> = (0..100 * 100).map(|i| if i % 100 < 50 { 1 } else { 2 }).collect();
    band.write((0, 0), (100, 100), &mut Buffer::new((100, 100), pixels)).unwrap();
    made.close().unwrap();
    let raster = open_file(&path, &[]).unwrap();
    let at = |lon: f64| {
        let (x, y) = tile_at(13, lon, 23.95);
        colour(&raster.tile(13, x, y).unwrap(), 13, lon, 23.95)
    };
    assert_eq!(at(113.02), [10, 200, 30, 255]);
    assert_eq!(at(113.08)[3], 0, "no data");
}

#[test]
fn sixteen_bits_are_stretched_and_the_file_and_its_folder_stay_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("deep.tif");
    let driver = DriverManager::get_driver_by_name("GTiff").unwrap();
    let mut made = driver.create_with_band_type::<u16, _>(&path, 100, 100, 1).unwrap();
    made.set_geo_transform(&[113.0, 0.001, 0.0, 24.0, 0.0, -0.001]).unwrap();
    made.set_spatial_ref(&SpatialRef::from_epsg(4490).unwrap()).unwrap();
    let pixels: Vec<u16> = (0..100 * 100).map(|i| if i % 100 < 50 { 1000 } else { 3000 }).collect();
    made.rasterband(1).unwrap().write((0, 0), (100, 100), &mut Buffer::new((100, 100), pixels)).unwrap();
    made.close().unwrap();
    let before = std::fs::read(&path).unwrap();
    let raster = open_file(&path, &[]).unwrap();
    assert!(raster.notes.iter().any(|n| n.zh.contains("拉伸")), "{:?}", raster.notes);
    for (lon, level) in [(113.02, 0), (113.08, 255)] {
        let (x, y) = tile_at(13, lon, 23.95);
        assert_eq!(colour(&raster.tile(13, x, y).unwrap(), 13, lon, 23.95)[0], level);
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}
