//! The city's plan: which cells belong to the city, its districts, land-use classes, red line,
//! control line, growth boundary and farmland.

use crate::error::SampleError;
use crate::figures::{
    CITY_KM2, CONTROL_LINE_KM2, DISTRICTS, FARMLAND_KM2, GROWTH, LAND_USE, RED_LINE_KINDS, RED_LINE_KM2, TIER_1_PERCENT,
};
use crate::land::{Land, Place};
use crate::lattice::{Cell, Lattice};
use crate::marks::Mark;
use crate::noise::{hash2, nearest_two, signed, unit};
use crate::select::{CellAreas, Specks, by_score, choose, grow, measure, take};
use crate::trace::parts;
use rayon::prelude::*;

/// Indices into [`LAND_USE`], plus one (0 is outside).
pub(crate) mod class {
    pub const FOREST: u8 = 1;
    pub const CROP: u8 = 2;
    pub const WATER: u8 = 3;
    pub const SETTLEMENT: u8 = 4;
    pub const ORCHARD: u8 = 5;
    pub const TRANSPORT: u8 = 6;
    pub const UNUSED: u8 = 7;
    pub const GRASS: u8 = 8;
}

/// Middle of the city in the plane (EPSG:4526), metres.
pub(crate) const MIDDLE: (f64, f64) = (38_449_000.0, 2_573_000.0);
/// Central meridian's easting, metres.
const MERIDIAN: f64 = 38_500_000.0;
/// Mean radius of curvature of CGCS2000 at 23.2° N, metres: √(M·N).
const RADIUS: f64 = 6_362_000.0;

/// A red-line zone before it has a polygon.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RedZone {
    /// Index into [`RED_LINE_KINDS`].
    pub kind: usize,
    /// Number within its kind, from 1.
    pub number: usize,
    pub district: u32,
}

/// What every cell belongs to.
pub(crate) struct Plan {
    pub lattice: Lattice,
    pub land: Land,
    pub areas: CellAreas,
    pub city: Vec<u32>,
    pub marks: Vec<Mark>,
    pub class: Vec<u8>,
    /// Farmland block, from 1; 0 outside.
    pub farmland: Vec<u32>,
    pub farmland_blocks: usize,
    /// Red-line zones; mark `z` is element `z - 1`.
    pub red_zones: Vec<RedZone>,
}

const KM2: f64 = 1e6;

/// A cell's place in kilometres from the city's middle.
pub(crate) fn kilometres(lattice: &Lattice, cell: Cell) -> (f64, f64) {
    let (x, y) = lattice.centre(cell);
    ((x - MIDDLE.0) / 1000.0, (y - MIDDLE.1) / 1000.0)
}

/// The outline alone: one connected region without holes.
pub(crate) fn outline(lattice: &Lattice, land: &Land, areas: &CellAreas) -> Vec<bool> {
    let inside: Vec<f32> = (0..lattice.cells())
        .into_par_iter()
        .map(|c| {
            let (x, y) = kilometres(lattice, c);
            if lattice.on_border(c) { f32::MIN } else { land.outline(x, y) as f32 }
        })
        .collect();
    let seed = (0..lattice.cells()).max_by(|&a, &b| inside[a].total_cmp(&inside[b])).unwrap_or(0);
    let mut aim = CITY_KM2 * KM2;
    let mut mask = Vec::new();
    for _ in 0..3 {
        mask = vec![false; lattice.cells()];
        let region = grow(lattice, seed, |c| (inside[c] > f32::MIN).then_some(inside[c]), aim, areas);
        for c in region {
            mask[c as usize] = true;
        }
        fill(lattice, &mut mask);
        let missing = CITY_KM2 * KM2 - measure(&mask, areas);
        if missing.abs() < 4.0 * lattice.cell_area() {
            break;
        }
        aim += missing;
    }
    mask
}

/// Fills every hole: what cannot be reached from the border.
fn fill(lattice: &Lattice, mask: &mut [bool]) {
    let outside = parts(lattice, |c| u32::from(!mask[c] && !lattice.on_border(c)));
    let mut open = vec![false; outside.label.len()];
    for (c, &p) in outside.of.iter().enumerate() {
        if p != 0 && lattice.neighbours(c).iter().any(|&o| lattice.on_border(o)) {
            open[p as usize] = true;
        }
    }
    for (m, &p) in mask.iter_mut().zip(&outside.of) {
        *m = *m || (p != 0 && !open[p as usize]);
    }
}

/// Cell areas for a lattice in the city's plane.
pub(crate) fn cell_areas(lattice: &Lattice) -> CellAreas {
    CellAreas::new(lattice, MERIDIAN, RADIUS)
}

struct Draft<'a> {
    lattice: &'a Lattice,
    land: &'a Land,
    areas: &'a CellAreas,
    city: &'a [u32],
    index: Vec<u32>,
    places: Vec<Place>,
    ecology: Vec<f32>,
}

impl Draft<'_> {
    fn place(&self, cell: Cell) -> &Place {
        &self.places[self.index[cell] as usize]
    }

    fn ecology(&self, cell: Cell) -> f32 {
        self.ecology[self.index[cell] as usize]
    }

    fn rough(&self, name: u64, cell: Cell, wavelength: f64, gain: f64) -> f32 {
        let (x, y) = kilometres(self.lattice, cell);
        self.land.rough(name, x, y, wavelength, gain) as f32
    }

    fn choose(&self, cells: &[u32], km2: f64, island: u32, hole: u32, score: impl Fn(Cell) -> f32 + Sync) -> Vec<bool> {
        choose(self.lattice, cells, score, km2 * KM2, Specks { island, hole }, self.areas)
    }

    fn of_city(&self, keep: impl Fn(Cell) -> bool + Sync) -> Vec<u32> {
        self.city.par_iter().copied().filter(|&c| keep(c as usize)).collect()
    }
}

/// Draws up the plan inside an outline; ends early with what `step` refuses.
pub(crate) fn draw(
    lattice: Lattice,
    land: Land,
    areas: CellAreas,
    outline: &[bool],
    step: &mut dyn FnMut(u64) -> Result<(), SampleError>,
) -> Result<Plan, SampleError> {
    let city: Vec<u32> = (0..lattice.cells() as u32).filter(|&c| outline[c as usize]).collect();
    let mut index = vec![0u32; lattice.cells()];
    for (n, &c) in city.iter().enumerate() {
        index[c as usize] = n as u32;
    }
    let places: Vec<Place> = city
        .par_iter()
        .map(|&c| {
            let (x, y) = kilometres(&lattice, c as usize);
            land.place(x, y)
        })
        .collect();
    let ecology: Vec<f32> = city
        .par_iter()
        .zip(&places)
        .map(|(&c, place)| {
            let (x, y) = kilometres(&lattice, c as usize);
            land.ecology(x, y, place) as f32
        })
        .collect();
    step(1)?;
    let draft = Draft { lattice: &lattice, land: &land, areas: &areas, city: &city, index, places, ecology };
    let mut marks = districts(&draft);
    step(2)?;
    let class = classes(&draft);
    step(3)?;
    let red_zones = red_line(&draft, &class, &mut marks);
    step(4)?;
    control_line(&draft, &class, &red_zones, &mut marks);
    step(5)?;
    growth(&draft, &mut marks);
    let (farmland, farmland_blocks) = farmland(&draft, &class, &marks);
    step(6)?;
    drop(draft);
    Ok(Plan { lattice, land, areas, city, marks, class, farmland, farmland_blocks, red_zones })
}

fn districts(draft: &Draft) -> Vec<Mark> {
    let lattice = draft.lattice;
    let nearest: Vec<u32> = draft
        .city
        .par_iter()
        .map(|&c| {
            let (x, y) = kilometres(lattice, c as usize);
            let wx = x + 2.6 * draft.land.rough(90, x, y, 10.0, 0.5);
            let wy = y + 2.6 * draft.land.rough(91, x, y, 10.0, 0.5);
            let reach = |d: &(&str, f64, f64, f64)| ((wx - d.1) * (wx - d.1) + (wy - d.2) * (wy - d.2)) * d.3 * d.3;
            let best = (0..DISTRICTS.len()).min_by(|&a, &b| reach(&DISTRICTS[a]).total_cmp(&reach(&DISTRICTS[b])));
            best.unwrap_or(0) as u32 + 1
        })
        .collect();
    let mut of = vec![0u32; lattice.cells()];
    for (&c, &d) in draft.city.iter().zip(&nearest) {
        of[c as usize] = d;
    }
    // a district is one piece: whatever noise cut off joins the district around it
    loop {
        let pieces = parts(lattice, |c| of[c]);
        let mut largest = [0u32; DISTRICTS.len() + 1];
        for p in 1..pieces.label.len() {
            let d = pieces.label[p] as usize;
            if largest[d] == 0 || pieces.size[p] > pieces.size[largest[d] as usize] {
                largest[d] = p as u32;
            }
        }
        let stray = |c: Cell| pieces.of[c] != 0 && largest[of[c] as usize] != pieces.of[c];
        let moved: Vec<(usize, u32)> = draft
            .city
            .iter()
            .map(|&c| c as usize)
            .filter(|&c| stray(c))
            .filter_map(|c| lattice.neighbours(c).into_iter().find(|&o| of[o] != 0 && !stray(o)).map(|o| (c, of[o])))
            .collect();
        if moved.is_empty() {
            break;
        }
        for (c, d) in moved {
            of[c] = d;
        }
    }
    let mut marks = vec![Mark::default(); lattice.cells()];
    for &c in draft.city {
        marks[c as usize].set_district(of[c as usize]);
    }
    marks
}

fn classes(draft: &Draft) -> Vec<u8> {
    let city_km2 = CITY_KM2;
    let mut class = vec![0u8; draft.lattice.cells()];
    type Score<'a> = Box<dyn Fn(Cell) -> f32 + Sync + 'a>;
    let place = |c: Cell| draft.place(c);
    let passes: [(u8, u32, u32, Score); 7] = [
        (class::WATER, 3, 4, Box::new(move |c| place(c).river.max(place(c).reservoir).max(place(c).pond))),
        (class::TRANSPORT, 8, 1, Box::new(move |c| place(c).road)),
        (class::SETTLEMENT, 3, 4, Box::new(move |c| place(c).settlement)),
        (class::UNUSED, 2, 2, Box::new(move |c| place(c).bare)),
        (class::GRASS, 2, 2, Box::new(move |c| place(c).grass)),
        (class::FOREST, 8, 6, Box::new(move |c| place(c).forest)),
        (class::ORCHARD, 5, 6, Box::new(move |c| place(c).orchard)),
    ];
    for (own, island, hole, score) in &passes {
        let free = draft.of_city(|c| class[c] == 0);
        let km2 = city_km2 * LAND_USE[*own as usize - 1].percent / 100.0;
        let mask = draft.choose(&free, km2, *island, *hole, score);
        for &c in &free {
            if mask[c as usize] {
                class[c as usize] = *own;
            }
        }
    }
    for &c in draft.city {
        if class[c as usize] == 0 {
            class[c as usize] = class::CROP;
        }
    }
    absorb_crop_specks(draft, &mut class);
    class
}

/// Crop is what the other classes left over: its single cells join the forest or orchard beside
/// them, and as much orchard and forest edge becomes crop again.
fn absorb_crop_specks(draft: &Draft, class: &mut [u8]) {
    let lattice = draft.lattice;
    let fields = parts(lattice, |c| u32::from(class[c] == class::CROP));
    for &c in draft.city {
        let c = c as usize;
        if fields.of[c] != 0 && fields.size[fields.of[c] as usize] < 3 {
            let beside = lattice
                .neighbours(c)
                .into_iter()
                .map(|o| class[o])
                .find(|k| [class::FOREST, class::ORCHARD].contains(k));
            class[c] = beside.unwrap_or(class::CROP);
        }
    }
    for own in [class::FOREST, class::ORCHARD] {
        let allowed_cells = draft.of_city(|c| class[c] == own || class[c] == class::CROP);
        let mut allowed = vec![false; lattice.cells()];
        allowed_cells.iter().for_each(|&c| allowed[c as usize] = true);
        let mut mask: Vec<bool> = class.iter().map(|&k| k == own).collect();
        let ordered =
            by_score(
                &allowed_cells,
                |c| {
                    if own == class::FOREST { draft.place(c).forest } else { draft.place(c).orchard }
                },
            );
        let target = CITY_KM2 * KM2 * LAND_USE[own as usize - 1].percent / 100.0;
        crate::select::adjust(lattice, &mut mask, &allowed, &ordered, target, draft.areas, |_| true);
        for &c in &allowed_cells {
            class[c as usize] = if mask[c as usize] {
                own
            } else if class[c as usize] == own {
                class::CROP
            } else {
                class[c as usize]
            };
        }
    }
}

fn suits_red_line(class: u8) -> bool {
    ![class::SETTLEMENT, class::CROP, class::TRANSPORT].contains(&class)
}

/// How well a place suits a statutory kind, and how its edge is drawn.
fn suitability(draft: &Draft, kind: usize, c: Cell) -> f32 {
    let p = draft.place(c);
    let (_, y) = kilometres(draft.lattice, c);
    let north = |from: f32| if (y as f32) > from { 0.0 } else { -3.0 };
    match kind {
        0 => (2.0 * p.river).clamp(-1.0, 0.3).max((1.5 * p.reservoir).clamp(-1.0, 0.3)) + north(-12.0),
        1 => draft.ecology(c) * 0.8,
        2 => 0.8 * draft.ecology(c) + 0.9 * p.urban - (p.height - 0.7).abs(),
        3 => 0.5 * p.forest - (p.height - 0.6).abs(),
        4 => {
            (1.6 * p.river.max(p.pond)).clamp(-1.0, 0.4) - 3.0 * (p.height - 0.1).max(0.0)
                + if y < 5.0 { 0.0 } else { -3.0 }
        }
        _ => draft.rough(101, c, 12.0, 0.5) + north(5.0),
    }
}

fn red_line(draft: &Draft, class: &[u8], marks: &mut [Mark]) -> Vec<RedZone> {
    let lattice = draft.lattice;
    let mut zones: Vec<RedZone> = Vec::new();
    let mut sites: Vec<(f64, f64)> = Vec::new();
    for (kind, figures) in RED_LINE_KINDS.iter().enumerate().filter(|(_, k)| k.sites > 0) {
        let score = |c: Cell| suitability(draft, kind, c);
        let free = draft.of_city(|c| suits_red_line(class[c]) && !marks[c].in_red_line());
        let ordered = by_score(&free, |c| score(c) + 0.5 * draft.rough(110 + kind as u64, c, 6.0, 0.5));
        let mut left_km2 = figures.km2;
        for number in 1..=figures.sites {
            let apart = |c: u32, least: f64| {
                let (x, y) = kilometres(lattice, c as usize);
                sites.iter().all(|s| (s.0 - x) * (s.0 - x) + (s.1 - y) * (s.1 - y) > least * least)
            };
            let seed = [7.0, 4.0, 2.0].into_iter().find_map(|least| {
                ordered.iter().copied().find(|&c| !marks[c as usize].in_red_line() && apart(c, least))
            });
            let Some(seed) = seed else { continue };
            let (sx, sy) = kilometres(lattice, seed as usize);
            sites.push((sx, sy));
            let share = if number == figures.sites {
                left_km2
            } else {
                let even = left_km2 / (figures.sites - number + 1) as f64;
                even * (1.0 + 0.4 * signed(hash2(lattice.seed ^ 0x51E5, (kind * 100 + number) as u64)))
            };
            let reach = (share / std::f64::consts::PI).sqrt();
            let along_river = kind == 0 || kind == 4;
            let region = grow(
                lattice,
                seed as usize,
                |c| {
                    if class[c] == 0 || !suits_red_line(class[c]) || marks[c].in_red_line() {
                        return None;
                    }
                    let (x, y) = kilometres(lattice, c);
                    let d = ((x - sx) * (x - sx) + (y - sy) * (y - sy)).sqrt() / reach;
                    let pull = if along_river { 2.2 * score(c) } else { 0.6 * score(c) };
                    Some(pull + 0.5 * draft.rough(120, c, 2.6, 0.6) - (if along_river { 0.35 } else { 0.8 }) * d as f32)
                },
                share * KM2,
                draft.areas,
            );
            zones.push(RedZone { kind, number, district: marks[seed as usize].district() });
            let mark = zones.len() as u32;
            left_km2 -= region.iter().map(|&c| draft.areas.of(c as usize)).sum::<f64>() / KM2;
            for c in region {
                marks[c as usize].set_red_zone(mark);
            }
        }
    }
    important_areas(draft, class, marks, &mut zones);
    zones
}

fn important_areas(draft: &Draft, class: &[u8], marks: &mut [Mark], zones: &mut Vec<RedZone>) {
    let lattice = draft.lattice;
    let taken: f64 =
        draft.city.iter().filter(|&&c| marks[c as usize].in_red_line()).map(|&c| draft.areas.of(c as usize)).sum();
    let free = draft.of_city(|c| suits_red_line(class[c]) && class[c] != class::ORCHARD && !marks[c].in_red_line());
    let km2 = RED_LINE_KM2 - taken / KM2;
    let mask = draft.choose(&free, km2, 10, 3, |c| draft.ecology(c) + 0.3 * draft.rough(130, c, 2.2, 0.7));
    let cells: Vec<u32> = free.into_iter().filter(|&c| mask[c as usize]).collect();
    // the four kinds lie in bands of one slow field: neighbours share their boundary
    let ordered = by_score(&cells, |c| {
        let (x, y) = kilometres(lattice, c);
        draft.rough(140, c, 26.0, 0.5) + 0.022 * (0.6 * x + 0.8 * y) as f32
    });
    let mut kind_of = vec![0u32; lattice.cells()];
    let mut rest = &ordered[..];
    for (kind, figures) in RED_LINE_KINDS.iter().enumerate().filter(|(_, k)| k.sites == 0) {
        let n = if kind + 1 == RED_LINE_KINDS.len() { rest.len() } else { take(rest, figures.km2 * KM2, draft.areas) };
        for &c in &rest[..n] {
            kind_of[c as usize] = kind as u32;
        }
        rest = &rest[n..];
    }
    // large pieces are zones of their own, the small ones of a kind and district make one zone
    let pieces = parts(lattice, |c| kind_of[c]);
    let large = (4.0 * KM2 / lattice.cell_area()) as u32;
    let mut numbers = [0usize; RED_LINE_KINDS.len()];
    let mut zone_of_piece = vec![0u32; pieces.label.len()];
    let mut gathered = [[0u32; DISTRICTS.len() + 1]; RED_LINE_KINDS.len()];
    for &c in draft.city {
        let c = c as usize;
        let piece = pieces.of[c] as usize;
        if piece == 0 {
            continue;
        }
        if zone_of_piece[piece] == 0 {
            let (kind, district) = (pieces.label[piece] as usize, marks[c].district());
            let slot = &mut gathered[kind][district as usize];
            let small = pieces.size[piece] < large;
            if small && *slot != 0 {
                zone_of_piece[piece] = *slot;
            } else {
                numbers[kind] += 1;
                zones.push(RedZone { kind, number: numbers[kind], district });
                zone_of_piece[piece] = zones.len() as u32;
                if small {
                    *slot = zones.len() as u32;
                }
            }
        }
        marks[c].set_red_zone(zone_of_piece[piece]);
    }
}

fn control_line(draft: &Draft, class: &[u8], red_zones: &[RedZone], marks: &mut [Mark]) {
    let last = RED_LINE_KINDS.len() - 1;
    let tier_1 = {
        let kind = |c: Cell| red_zones.get((marks[c].red_zone() as usize).wrapping_sub(1)).map(|z| z.kind);
        let cells = draft.of_city(|c| class[c] != class::SETTLEMENT || draft.place(c).urban < 0.3);
        draft.choose(&cells, CITY_KM2 * TIER_1_PERCENT / 100.0, 10, 6, |c| {
            let worth = draft.ecology(c) + 0.12 * draft.rough(150, c, 3.0, 0.6);
            match kind(c) {
                // part of the eroding land is kept in tier 2: the two lines are drawn by different hands
                Some(k) if k == last && draft.rough(151, c, 8.0, 0.4) > 0.0 => worth - 0.5,
                Some(_) => worth + 100.0,
                None => worth,
            }
        })
    };
    for &c in draft.city {
        if tier_1[c as usize] {
            marks[c as usize].set_tier(1);
        }
    }
    let cells = draft
        .of_city(|c| !tier_1[c] && (draft.place(c).urban < 0.75 || marks[c].in_red_line() || class[c] == class::WATER));
    let tier_2_km2 = CONTROL_LINE_KM2 - CITY_KM2 * TIER_1_PERCENT / 100.0;
    let tier_2 = draft.choose(&cells, tier_2_km2, 12, 10, |c| {
        let p = draft.place(c);
        let field = if class[c] == class::CROP || class[c] == class::WATER { 0.1 } else { 0.0 };
        let town = if class[c] == class::SETTLEMENT { 0.25 } else { 0.0 };
        let forced = if marks[c].in_red_line() { 100.0 } else { 0.0 };
        0.6 * draft.ecology(c) + 0.3 * draft.rough(160, c, 5.0, 0.58) + (0.5 * p.river).clamp(-0.3, 0.2) - 0.6 * p.urban
            + field
            - town
            + forced
    });
    for &c in draft.city {
        if tier_2[c as usize] {
            marks[c as usize].set_tier(2);
        }
    }
}

fn growth(draft: &Draft, marks: &mut [Mark]) {
    let cells = draft.of_city(|c| !marks[c].in_red_line() && marks[c].tier() != 1);
    let worth = |c: Cell, marks: &[Mark]| {
        draft.place(c).urban + 0.22 * draft.rough(170, c, 5.0, 0.5) - if marks[c].tier() == 2 { 1.0 } else { 0.0 }
    };
    let total: f64 = GROWTH.iter().map(|g| g.2).sum();
    let inside = draft.choose(&cells, total, 30, 40, |c| worth(c, marks));
    let mut left: Vec<u32> = cells.into_iter().filter(|&c| inside[c as usize]).collect();
    let special = draft.choose(&left, GROWTH[2].2, 30, 30, |c| draft.rough(171, c, 6.0, 0.5));
    left.retain(|&c| !special[c as usize]);
    let flexible = draft.choose(&left, GROWTH[1].2, 30, 30, |c| -worth(c, marks));
    for &c in draft.city {
        let c = c as usize;
        if inside[c] {
            marks[c].set_growth(if special[c] {
                3
            } else if flexible[c] {
                2
            } else {
                1
            });
        }
    }
}

fn farmland(draft: &Draft, class: &[u8], marks: &[Mark]) -> (Vec<u32>, usize) {
    let lattice = draft.lattice;
    let cells = draft.of_city(|c| class[c] == class::CROP && marks[c].growth() == 0 && !marks[c].in_red_line());
    let mask = draft.choose(&cells, FARMLAND_KM2, 6, 3, |c| {
        draft.rough(180, c, 4.0, 0.5) - 0.2 * draft.place(c).height - 0.3 * draft.place(c).urban
    });
    // blocks (片) of about 3 km² within a district, numbered in cell order
    let mut blocks = std::collections::BTreeMap::new();
    let mut of = vec![0u32; lattice.cells()];
    for &c in draft.city {
        let c = c as usize;
        if mask[c] {
            let (x, y) = kilometres(lattice, c);
            let (_, _, block) = nearest_two(lattice.seed ^ 0xFA23, x / 2.4, y / 2.4);
            let next = blocks.len() as u32 + 1;
            of[c] = *blocks.entry((marks[c].district(), block)).or_insert(next);
        }
    }
    (of, blocks.len())
}

/// A number in [0, 1) for a cell and a purpose.
pub(crate) fn chance(lattice: &Lattice, purpose: u64, cell: Cell) -> f64 {
    unit(hash2(lattice.seed ^ purpose, cell as u64))
}
