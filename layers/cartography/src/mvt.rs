//! Mapbox Vector Tile 2.1, as far as polygons with text properties need it.

use crate::mercator::EXTENT;
use crate::zone_lines::twice_area;
use std::collections::HashMap;

/// Name of the one layer.
const LAYER: &str = "zones";
/// Names of the properties, in the order of [`Feature::properties`].
const NAMES: [&str; 3] = ["k", "id", "n"];

/// What a feature says of itself: drawing key, zone id, name. `None` is left out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Feature<'a> {
    pub fid: Option<u64>,
    pub properties: [Option<&'a str>; 3],
}

/// A tile being written.
#[derive(Default)]
pub(crate) struct Tile {
    features: Vec<u8>,
    values: Vec<u8>,
    known: HashMap<String, u32>,
    geometry: Vec<u8>,
    corner: [i32; 2],
    at: [i32; 2],
}

impl Tile {
    /// A tile whose rings come in units that count from elsewhere: its corner lies there.
    pub(crate) fn at(x: i32, y: i32) -> Tile {
        Tile { corner: [x, y], at: [x, y], ..Tile::default() }
    }

    /// Adds a ring (tile units, not closed by a repeated point) to the feature begun. Outlines are
    /// turned clockwise on the screen, holes the other way; what encloses nothing is left out.
    pub(crate) fn ring(&mut self, outer: bool, points: &[[i32; 2]]) {
        let twice = twice_area(points);
        if twice == 0 {
            return;
        }
        let count = points.len() as u32;
        self.command(1, 1);
        if (twice > 0) == outer {
            self.line(points.iter(), count);
        } else {
            self.line(points.iter().rev(), count);
        }
        // close path
        varint(&mut self.geometry, (1 << 3) | 7);
    }

    fn line<'p>(&mut self, points: impl Iterator<Item = &'p [i32; 2]>, count: u32) {
        for (i, p) in points.enumerate() {
            if i == 1 {
                self.command(2, count - 1);
            }
            for axis in [0, 1] {
                let step = p[axis].wrapping_sub(self.at[axis]);
                varint(&mut self.geometry, u64::from(((step << 1) ^ (step >> 31)) as u32));
            }
            self.at = *p;
        }
    }

    fn command(&mut self, id: u32, count: u32) {
        varint(&mut self.geometry, u64::from((count << 3) | id));
    }

    /// Ends the feature whose rings were added; without any there is none.
    pub(crate) fn end(&mut self, feature: Feature<'_>) {
        self.at = self.corner;
        if self.geometry.is_empty() {
            return;
        }
        let mut tags = Vec::new();
        for (i, value) in feature.properties.iter().enumerate() {
            if let Some(value) = value {
                varint(&mut tags, i as u64);
                let value = self.value(value);
                varint(&mut tags, u64::from(value));
            }
        }
        let mut body = Vec::with_capacity(self.geometry.len() + tags.len() + 24);
        if let Some(fid) = feature.fid {
            varint(&mut body, 1 << 3);
            varint(&mut body, fid);
        }
        bytes(&mut body, 2, &tags);
        // type: polygon
        body.extend_from_slice(&[3 << 3, 3]);
        bytes(&mut body, 4, &self.geometry);
        bytes(&mut self.features, 2, &body);
        self.geometry.clear();
    }

    fn value(&mut self, value: &str) -> u32 {
        if let Some(at) = self.known.get(value) {
            return *at;
        }
        let at = self.known.len() as u32;
        let mut text = Vec::with_capacity(value.len() + 4);
        bytes(&mut text, 1, value.as_bytes());
        bytes(&mut self.values, 4, &text);
        self.known.insert(value.to_owned(), at);
        at
    }

    /// The encoded tile; empty where it has no feature.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.finish_as(LAYER)
    }

    /// The encoded tile, its one layer called `name`.
    fn finish_as(self, name: &str) -> Vec<u8> {
        if self.features.is_empty() {
            return Vec::new();
        }
        let mut layer = Vec::with_capacity(self.features.len() + self.values.len() + 64);
        // version
        layer.extend_from_slice(&[15 << 3, 2]);
        bytes(&mut layer, 1, name.as_bytes());
        layer.extend_from_slice(&self.features);
        for name in NAMES {
            bytes(&mut layer, 3, name.as_bytes());
        }
        layer.extend_from_slice(&self.values);
        varint(&mut layer, 5 << 3);
        varint(&mut layer, EXTENT as u64);
        let mut tile = Vec::with_capacity(layer.len() + 8);
        bytes(&mut tile, 3, &layer);
        tile
    }
}

/// A layer of flat ground: one feature without properties, of rings by the non-zero rule in units of
/// 4096 to the tile's side, y down, not closed by a repeated point. What encloses nothing is left out;
/// empty where nothing is left. Layers joined end to end are one tile.
///
/// ```
/// let square = [[0, 0], [4096, 0], [4096, 4096], [0, 4096]];
/// let tile = redline_cartography::flat_layer("0101", &[square.to_vec()]);
/// assert_eq!((tile[0], tile[1] as usize), (0x1a, tile.len() - 2));
/// ```
pub fn flat_layer(name: &str, rings: &[Vec<[i32; 2]>]) -> Vec<u8> {
    // a feature begins with an outline; where all are holes, the non-zero rule sees no difference
    // between them and their mirror images
    let outline = |ring: &&Vec<[i32; 2]>| twice_area(ring) > 0;
    let mirrored = !rings.iter().any(|ring| outline(&ring));
    let mut tile = Tile::default();
    for ring in rings.iter().filter(outline) {
        tile.ring(true, ring);
    }
    for ring in rings.iter().filter(|ring| !outline(ring)) {
        tile.ring(mirrored, ring);
    }
    tile.end(Feature::default());
    tile.finish_as(name)
}

/// A length-delimited field.
fn bytes(out: &mut Vec<u8>, field: u64, content: &[u8]) {
    varint(out, (field << 3) | 2);
    varint(out, content.len() as u64);
    out.extend_from_slice(content);
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ground_given_as_holes_alone_is_the_same_ground() {
        let square = vec![[0, 0], [90, 0], [90, 90], [0, 90]];
        let mut hole = square.clone();
        hole[1..].reverse();
        let turned: Vec<[i32; 2]> = hole.iter().rev().copied().collect();
        assert_eq!(flat_layer("1", &[hole.clone()]), flat_layer("1", &[turned]));
        // beside an outline it stays a hole, and the outline comes first
        assert_eq!(flat_layer("1", &[hole.clone(), square.clone()]), flat_layer("1", &[square, hole]));
        assert!(flat_layer("1", &[vec![[0, 0], [9, 0], [0, 0]]]).is_empty(), "it encloses nothing");
    }
}
