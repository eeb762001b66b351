//! Cells of equal class as polygons.
//!
//! Cells that meet along an edge make a part; where parts meet only in a corner they stay two, so
//! that each part has one outline, and holes that lie within it.

/// Cells along the side of the window that is traced: a tile's, and a margin on every side.
pub(crate) const WINDOW: usize = super::grid::SIDE + 2 * MARGIN;
/// Cells of the margin: 64 tile units.
pub(crate) const MARGIN: usize = 4;
/// The window with a frame of nothing around it, so that every cell has its neighbours.
const FRAMED: usize = WINDOW + 2;
/// Holes that MapLibre keeps of one polygon (`EARCUT_MAX_RINGS` in its source is 500): a part of more
/// is traced in blocks.
const MOST_HOLES: usize = 450;
/// Cells along the side of a block.
const BLOCK: usize = WINDOW / 4;

/// A part: its class, its outline, and its holes; corners in cells from the window's corner.
pub(crate) struct Part {
    pub class: u8,
    pub rings: Vec<Vec<[i32; 2]>>,
}

/// The parts of a window of classes, row by row; class 0 is nothing.
pub(crate) fn parts(window: &[u8]) -> Vec<Part> {
    let whole = traced(window, WINDOW);
    if whole.iter().any(|part| part.rings.len() > MOST_HOLES) { traced(window, BLOCK) } else { whole }
}

fn traced(window: &[u8], block: usize) -> Vec<Part> {
    let (labels, mut parts) = labelled(window, block);
    let mut done = vec![0_u8; FRAMED * FRAMED];
    for start in FRAMED..labels.len() {
        let label = labels[start];
        // the upper edge of a cell that has another part above; the first of a part is its outline's
        if label != 0 && labels[start - FRAMED] != label && done[start] & 1 == 0 {
            let ring = follow(&labels, &mut done, start, label);
            parts[label as usize - 1].rings.push(ring);
        }
    }
    parts
}

/// The number of each cell's part, from 1, in the framed window; the parts without rings.
fn labelled(window: &[u8], block: usize) -> (Vec<u32>, Vec<Part>) {
    let mut labels = vec![0_u32; FRAMED * FRAMED];
    let mut parts = Vec::new();
    let mut open = Vec::new();
    for (at, &class) in window.iter().enumerate() {
        if class == 0 || labels[framed(at)] != 0 {
            continue;
        }
        parts.push(Part { class, rings: Vec::new() });
        let label = parts.len() as u32;
        labels[framed(at)] = label;
        open.push(at);
        while let Some(at) = open.pop() {
            let (row, column) = (at / WINDOW, at % WINDOW);
            let beside = [
                (column % block > 0).then(|| at - 1),
                (column + 1 < WINDOW && (column + 1) % block > 0).then(|| at + 1),
                (row % block > 0).then(|| at - WINDOW),
                (row + 1 < WINDOW && (row + 1) % block > 0).then(|| at + WINDOW),
            ];
            for next in beside.into_iter().flatten() {
                if window[next] == class && labels[framed(next)] == 0 {
                    labels[framed(next)] = label;
                    open.push(next);
                }
            }
        }
    }
    (labels, parts)
}

fn framed(at: usize) -> usize {
    (at / WINDOW + 1) * FRAMED + at % WINDOW + 1
}

/// Follows a part's edge with the part on the right hand, from the upper left corner of the cell
/// `start` eastwards. A corner is numbered as the cell of which it is the upper left one.
fn follow(labels: &[u32], done: &mut [u8], start: usize, label: u32) -> Vec<[i32; 2]> {
    // east, south, west, north: the step to the next corner, and from a corner to the cell on the
    // right of the edge that leaves it that way
    const STEP: [isize; 4] = [1, FRAMED as isize, -1, -(FRAMED as isize)];
    const RIGHT: [isize; 4] = [0, -1, -1 - FRAMED as isize, -(FRAMED as isize)];
    const LEFT: [isize; 4] = [-(FRAMED as isize), 0, -1, -1 - FRAMED as isize];
    let go = |at: usize, by: isize| at.wrapping_add_signed(by);
    let is_edge = |at: usize, way: usize| labels[go(at, RIGHT[way])] == label && labels[go(at, LEFT[way])] != label;
    let corner = |at: usize| [(at % FRAMED) as i32 - 1, (at / FRAMED) as i32 - 1];
    let mut ring = vec![corner(start)];
    let (mut at, mut way) = (start, 0);
    loop {
        done[at] |= 1 << way;
        at = go(at, STEP[way]);
        // right before straight before left: close to the part's own cells
        let Some(next) = [way + 1, way, way + 3].map(|w| w % 4).into_iter().find(|w| is_edge(at, *w)) else {
            return ring;
        };
        if at == start && next == 0 {
            // the ring began in the middle of a side if it arrives eastwards
            if way == 0 {
                ring.remove(0);
            }
            return ring;
        }
        if next != way {
            ring.push(corner(at));
        }
        way = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone_lines::twice_area;
    use proptest::prelude::*;

    fn window(cells: &[(usize, usize, u8)]) -> Vec<u8> {
        let mut window = vec![0; WINDOW * WINDOW];
        cells.iter().for_each(|&(x, y, class)| window[y * WINDOW + x] = class);
        window
    }

    fn cells_of(parts: &[Part], class: u8) -> i64 {
        parts.iter().filter(|p| p.class == class).flat_map(|p| &p.rings).map(|r| twice_area(r) / 2).sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn traced_parts_cover_as_many_cells_as_were_painted(
            seed in any::<u64>(), classes in 1_u64..5, coarse in 1_usize..9
        ) {
            let mut state = seed | 1;
            let mut next = || {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state % (classes + 1)) as u8
            };
            let blocks: Vec<u8> = (0..WINDOW * WINDOW).map(|_| next()).collect();
            let window: Vec<u8> = (0..WINDOW * WINDOW)
                .map(|i| blocks[i / WINDOW / coarse * WINDOW + i % WINDOW / coarse])
                .collect();
            for traced in [parts(&window), traced(&window, BLOCK)] {
                for class in 1..=classes as u8 {
                    let painted = window.iter().filter(|c| **c == class).count() as i64;
                    prop_assert_eq!(cells_of(&traced, class), painted);
                }
                for part in &traced {
                    prop_assert!(twice_area(&part.rings[0]) > 0, "an outline first");
                    prop_assert!(part.rings[1..].iter().all(|r| twice_area(r) < 0), "then holes");
                }
            }
        }
    }

    #[test]
    fn cells_that_meet_in_a_corner_stay_two() {
        assert_eq!(parts(&window(&[(3, 3, 1), (4, 4, 1)])).len(), 2);
        assert_eq!(parts(&window(&[(3, 3, 1), (4, 3, 1), (4, 4, 1)])).len(), 1);
    }

    #[test]
    fn a_hole_stays_a_hole_and_straight_sides_have_no_points() {
        let cells: Vec<_> = (0..9).filter(|i| *i != 4).map(|i| (10 + i % 3, 10 + i / 3, 7)).collect();
        let found = parts(&window(&cells));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rings.len(), 2);
        assert!(found[0].rings.iter().all(|r| r.len() == 4), "{:?}", found[0].rings);
        assert_eq!(cells_of(&found, 7), 8);
    }

    #[test]
    fn a_part_of_very_many_holes_is_split_for_maplibre() {
        let cells: Vec<_> = (0..WINDOW * WINDOW)
            .filter(|i| (i / WINDOW) % 8 != 4 || (i % WINDOW) % 8 != 4)
            .map(|i| (i % WINDOW, i / WINDOW, 1))
            .collect();
        let found = parts(&window(&cells));
        assert!(found.len() > 1 && found.iter().all(|p| p.rings.len() <= MOST_HOLES));
        assert_eq!(cells_of(&found, 1), cells.len() as i64);
    }
}
