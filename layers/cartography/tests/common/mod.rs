//! A decoder of vector tiles, independent of the encoder, and workspaces to draw.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use geo_types::{LineString, MultiPolygon, Polygon};
use jiff::civil::date;
use redline_cartography::{Readers, TileSource};
use redline_geometry::{Ellipsoid, GaussKruger, Grid};
use redline_workspace::{LayerInfo, NewRevision, Settings, Workspace, layer_name};
use redline_zoning::{LayerRole, Zone, ZoneFacts};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

pub const EAST: f64 = 38_430_000.0;
pub const NORTH: f64 = 2_550_000.0;
pub const PLANE: GaussKruger = GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 38_500_000.0);

/// A polygon with holes, metres from the corner of the city.
pub fn polygon(rings: &[Vec<(f64, f64)>]) -> Polygon<f64> {
    let mut rings = rings.iter().map(|r| LineString::from_iter(r.iter().map(|(x, y)| (EAST + x, NORTH + y))));
    let outer = rings.next().unwrap();
    Polygon::new(outer, rings.collect())
}

pub fn zone(id: &str, code: &str, polygons: Vec<Polygon<f64>>) -> Zone {
    let facts =
        ZoneFacts { id: id.into(), name: format!("图斑{id}"), code: Some(code.into()), ..ZoneFacts::default() };
    Zone { facts, shape: MultiPolygon(polygons) }
}

pub fn square(x: f64, y: f64, side: f64) -> Vec<(f64, f64)> {
    vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
}

/// A wavy ring around a place.
pub fn wavy(x: f64, y: f64, radius: f64, points: usize, waves: f64) -> Vec<(f64, f64)> {
    let mut ring: Vec<(f64, f64)> = (0..points)
        .map(|i| {
            let turn = i as f64 / points as f64 * std::f64::consts::TAU;
            let r = radius * (1.0 + 0.2 * (waves * turn).sin() + 0.02 * (97.0 * turn).sin());
            (x + r * turn.cos(), y + r * turn.sin())
        })
        .collect();
    ring.push(ring[0]);
    ring
}

/// A workspace of one layer of these zones.
pub fn workspace(folder: &Path, role: LayerRole, zones: Vec<Zone>) -> std::path::PathBuf {
    let path = folder.join("城市.gpkg");
    let grid = Grid { origin_x: EAST, origin_y: NORTH, step_exponent: -24 };
    let mut w = Workspace::create(&path, &Settings::new(4526, PLANE, grid, date(2018, 1, 1))).unwrap();
    w.add_revision(&revision(role, 2018), zones, &mut |_| {}).unwrap();
    path
}

pub fn revision(role: LayerRole, year: i16) -> NewRevision {
    NewRevision {
        role,
        name: layer_name(role).into(),
        title: role.word().zh,
        date: date(year, 6, 1),
        author: String::new(),
        reason: String::new(),
        file_name: "数据.shp".into(),
        file_sha256: String::new(),
        source_date: None,
        stated_extent: None,
        notes: vec![],
    }
}

pub fn only_layer(path: &Path) -> LayerInfo {
    Workspace::open(path).unwrap().layers().unwrap().remove(0)
}

/// Tiles of the only layer, without a cache folder.
pub fn tiles(path: &Path) -> TileSource {
    TileSource::open(&Arc::new(Readers::new(path)), &only_layer(path), None).unwrap()
}

pub fn tile(source: &TileSource, z: u8, x: u32, y: u32) -> Vec<Feature> {
    decode(&source.tile(z, x, y, &|| false).unwrap())
}

/// Every tile of a zoom within the layer's bounds, with a tile's width around.
pub fn all_tiles(source: &TileSource, z: u8) -> Vec<(u32, u32, Vec<Feature>)> {
    let [west, south, east, north] = source.info().bounds.unwrap();
    let (x0, y1) = tile_at(west, south, z);
    let (x1, y0) = tile_at(east, north, z);
    let places = (x0 - 1..=x1 + 1).flat_map(|x| (y0 - 1..=y1 + 1).map(move |y| (x, y)));
    places.map(|(x, y)| (x, y, tile(source, z, x, y))).collect()
}

/// Tile at a longitude and latitude.
pub fn tile_at(lon: f64, lat: f64, z: u8) -> (u32, u32) {
    let side = f64::from(1_u32 << z);
    let y = 0.5 - lat.to_radians().tan().asinh() / std::f64::consts::TAU;
    (((lon / 360.0 + 0.5) * side) as u32, (y * side) as u32)
}

/// World coordinates (0…1, from the north-west) of a place in the plane, by the series itself.
pub fn world(x: f64, y: f64) -> (f64, f64) {
    let (lon, lat) = PLANE.inverse(geo_types::Coord { x, y });
    (lon / 360.0 + 0.5, 0.5 - lat.to_radians().tan().asinh() / std::f64::consts::TAU)
}

#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    pub id: Option<u64>,
    pub properties: BTreeMap<String, String>,
    /// Rings in tile units, not closed by a repeated point.
    pub rings: Vec<Vec<(i64, i64)>>,
}

impl Feature {
    pub fn key(&self) -> &str {
        &self.properties["k"]
    }

    /// Outlines count in, holes out: as the specification's winding says.
    pub fn twice_area(&self) -> i64 {
        self.rings.iter().map(|r| twice_area(r)).sum()
    }
}

pub fn twice_area(ring: &[(i64, i64)]) -> i64 {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()])).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn varint(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.0[0];
            self.0 = &self.0[1..];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return value;
            }
        }
        panic!("varint too long")
    }

    /// Field number and content: a number, or bytes.
    fn field(&mut self) -> Option<(u64, u64, &'a [u8])> {
        if self.0.is_empty() {
            return None;
        }
        let tag = self.varint();
        match tag & 7 {
            0 => Some((tag >> 3, self.varint(), &[])),
            2 => {
                let length = self.varint() as usize;
                let (content, rest) = self.0.split_at(length);
                self.0 = rest;
                Some((tag >> 3, 0, content))
            }
            other => panic!("wire type {other}"),
        }
    }
}

/// Reads a tile and checks what the specification (2.1) demands of it.
pub fn decode(tile: &[u8]) -> Vec<Feature> {
    let mut bytes = Bytes(tile);
    let Some((3, _, layer)) = bytes.field() else {
        assert!(tile.is_empty());
        return Vec::new();
    };
    assert!(bytes.0.is_empty(), "one layer");
    let (mut keys, mut values, mut raw) = (Vec::new(), Vec::new(), Vec::new());
    let mut fields = Bytes(layer);
    let (mut name, mut version, mut extent) = ("", 0, 0);
    while let Some((field, number, content)) = fields.field() {
        match field {
            1 => name = std::str::from_utf8(content).unwrap(),
            2 => raw.push(content),
            3 => keys.push(std::str::from_utf8(content).unwrap().to_owned()),
            4 => values.push(std::str::from_utf8(Bytes(content).field().unwrap().2).unwrap().to_owned()),
            5 => extent = number,
            15 => version = number,
            other => panic!("layer field {other}"),
        }
    }
    assert_eq!((name, version, extent), ("zones", 2, 4096));
    let distinct: std::collections::BTreeSet<_> = values.iter().collect();
    assert_eq!(distinct.len(), values.len(), "values are shared");
    raw.into_iter().map(|content| feature(content, &keys, &values)).collect()
}

fn feature(content: &[u8], keys: &[String], values: &[String]) -> Feature {
    let mut found = Feature { id: None, properties: BTreeMap::new(), rings: vec![] };
    let mut fields = Bytes(content);
    while let Some((field, number, content)) = fields.field() {
        match field {
            1 => found.id = Some(number),
            2 => {
                let mut tags = Bytes(content);
                while !tags.0.is_empty() {
                    let (k, v) = (tags.varint() as usize, tags.varint() as usize);
                    found.properties.insert(keys[k].clone(), values[v].clone());
                }
            }
            3 => assert_eq!(number, 3, "a polygon"),
            4 => found.rings = rings(content),
            other => panic!("feature field {other}"),
        }
    }
    assert!(!found.rings.is_empty());
    assert!(twice_area(&found.rings[0]) > 0, "an outline comes first");
    found
}

fn rings(content: &[u8]) -> Vec<Vec<(i64, i64)>> {
    let mut commands = Bytes(content);
    let mut rings: Vec<Vec<(i64, i64)>> = Vec::new();
    let (mut x, mut y) = (0_i64, 0_i64);
    while !commands.0.is_empty() {
        let command = commands.varint();
        let mut go = |count: u64, ring: &mut Vec<(i64, i64)>| {
            for _ in 0..count {
                let [dx, dy] = [commands.varint(), commands.varint()].map(|v| (v >> 1) as i64 ^ -((v & 1) as i64));
                (x, y) = (x + dx, y + dy);
                ring.push((x, y));
            }
        };
        match (command & 7, command >> 3) {
            (1, 1) => {
                rings.push(Vec::new());
                go(1, rings.last_mut().unwrap());
            }
            (2, count) if count >= 2 => go(count, rings.last_mut().unwrap()),
            (7, 1) => {
                let ring = rings.last().unwrap();
                assert!(ring.len() >= 3 && twice_area(ring) != 0);
                assert_ne!(ring.first(), ring.last(), "the last point does not repeat the first");
            }
            other => panic!("command {other:?}"),
        }
    }
    rings
}
