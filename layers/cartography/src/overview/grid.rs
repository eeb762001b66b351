//! Drawing classes by cell, a square of cells a tile, at one zoom and all coarser ones.

use crate::mercator::TileId;
use crate::overview::raster::Span;
use crate::source::MIN_ZOOM;
use std::collections::BTreeMap;

/// Cells along a tile's side, as a power of two.
pub(crate) const SIDE_BITS: u32 = 8;
/// Cells along a tile's side.
pub(crate) const SIDE: usize = 1 << SIDE_BITS;

/// The cells of one tile, row by row from the north; 0 is nothing.
pub(crate) type Cells = Box<[u8]>;

/// Tiles that hold anything, by column and row.
pub(crate) type Level = BTreeMap<(u32, u32), Cells>;

/// An overview: what each cell is drawn as.
#[derive(Debug, PartialEq)]
pub(crate) struct Overview {
    /// The finest zoom.
    pub zoom: u8,
    /// The drawing key of class 1, 2 …
    pub keys: Vec<String>,
    /// The cells of the finest zoom, then of each coarser one down to the coarsest.
    pub levels: Vec<Level>,
}

impl Overview {
    /// An overview from its finest level.
    pub(crate) fn from_finest(zoom: u8, keys: Vec<String>, finest: Level) -> Overview {
        let mut levels = vec![finest];
        for _ in MIN_ZOOM..zoom {
            if let Some(coarser) = levels.last().map(coarser) {
                levels.push(coarser);
            }
        }
        Overview { zoom, keys, levels }
    }

    /// The cells of a tile with `margin` cells of its neighbours on every side; `None` where all of
    /// them are nothing.
    pub(crate) fn window(&self, tile: TileId, margin: usize) -> Option<Vec<u8>> {
        let level = self.levels.get(usize::from(self.zoom.checked_sub(tile.z)?))?;
        let wide = SIDE + 2 * margin;
        let mut window = vec![0; wide * wide];
        let mut any = false;
        for (dy, rows) in [(-1, (0, margin)), (0, (margin, SIDE)), (1, (margin + SIDE, margin))] {
            for (dx, columns) in [(-1, (0, margin)), (0, (margin, SIDE)), (1, (margin + SIDE, margin))] {
                let place = (tile.x.checked_add_signed(dx), tile.y.checked_add_signed(dy));
                let (Some(x), Some(y)) = place else { continue };
                let Some(cells) = level.get(&(x, y)) else { continue };
                any = true;
                // of a neighbour before, its last cells; of one after, its first
                let from = |d: i32| if d < 0 { SIDE - margin } else { 0 };
                for i in 0..rows.1 {
                    let source = (from(dy) + i) * SIDE + from(dx);
                    let target = (rows.0 + i) * wide + columns.0;
                    window[target..target + columns.1].copy_from_slice(&cells[source..source + columns.1]);
                }
            }
        }
        any.then_some(window)
    }
}

/// Paints spans of a class.
pub(crate) fn paint(level: &mut Level, class: u8, spans: &[Span]) {
    let mask = SIDE as u32 - 1;
    for span in spans {
        let mut from = span.from;
        while from < span.to {
            let end = ((from | mask) + 1).min(span.to);
            let cells = level
                .entry((from >> SIDE_BITS, span.row >> SIDE_BITS))
                .or_insert_with(|| vec![0; SIDE * SIDE].into_boxed_slice());
            let at = (span.row & mask) as usize * SIDE + (from & mask) as usize;
            cells[at..at + (end - from) as usize].fill(class);
            from = end;
        }
    }
}

/// The next coarser zoom: of four cells the class of most, of equals one by turns.
fn coarser(fine: &Level) -> Level {
    let mut coarse = Level::new();
    for (&(x, y), cells) in fine {
        let target = coarse.entry((x / 2, y / 2)).or_insert_with(|| vec![0; SIDE * SIDE].into_boxed_slice());
        let (right, down) = ((x % 2) as usize * SIDE / 2, (y % 2) as usize * SIDE / 2);
        for row in 0..SIDE / 2 {
            for column in 0..SIDE / 2 {
                let at = 2 * row * SIDE + 2 * column;
                let four = [cells[at], cells[at + 1], cells[at + SIDE + 1], cells[at + SIDE]];
                target[(down + row) * SIDE + right + column] = most(four, row * 3 + column);
            }
        }
    }
    coarse.retain(|_, cells| cells.iter().any(|c| *c != 0));
    coarse
}

fn most(four: [u8; 4], turn: usize) -> u8 {
    let votes = |class: u8| four.iter().filter(|c| **c == class).count();
    let mut best = four[turn % 4];
    for i in 1..4 {
        let other = four[(turn + i) % 4];
        if votes(other) > votes(best) {
            best = other;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_span_across_tiles_is_painted_in_both() {
        let mut level = Level::new();
        paint(&mut level, 5, &[Span { row: 257, from: 250, to: 520 }]);
        assert_eq!(level.len(), 3);
        assert_eq!(level.values().flat_map(|c| c.iter()).filter(|c| **c == 5).count(), 270);
        let overview = Overview::from_finest(6, vec![], level);
        let window = overview.window(TileId { z: 6, x: 1, y: 1 }, 4).unwrap();
        let row = &window[(1 + 4) * (SIDE + 8)..(2 + 4) * (SIDE + 8)];
        assert!(row.iter().all(|c| *c == 5), "the margin holds the neighbours' cells");
        // below MIN_ZOOM there is nothing
        assert_eq!(overview.levels.len(), 3);
    }

    #[test]
    fn from_afar_the_most_frequent_is_seen() {
        assert_eq!(most([1, 2, 2, 3], 0), 2);
        assert_eq!(most([0, 0, 0, 3], 3), 0);
        let turns: Vec<u8> = (0..4).map(|t| most([1, 2, 1, 2], t)).collect();
        assert_eq!(turns, [1, 2, 1, 2]);
    }
}
