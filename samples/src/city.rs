//! The synthetic city: from options to layers of zones.

use crate::border::{Borders, LEVELS, Levels, PUSH_LIMIT, Push};
use crate::error::SampleError;
use crate::facts;
use crate::figures::{CITY_KM2, CONTROL_LINE_KM2, DISTRICTS, GROWTH, RED_LINE_KM2, TIER_1_PERCENT};
use crate::land::Land;
use crate::lattice::{Cell, Lattice};
use crate::marks::Mark;
use crate::parcels::{self, Parcels};
use crate::plan::{self, MIDDLE, Plan, class, kilometres};
use crate::relax;
use crate::select::{CellAreas, adjust, by_score, measure};
use crate::trace::{most_edges, trace};
use rayon::prelude::*;
use redline_geometry::{Ellipsoid, GaussKruger, Shape};
use redline_wording::{Text, text};
use redline_zoning::{LayerRole, Zone, ZoneFacts};

/// What city to make.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CityOptions {
    /// Land-use parcels, 2 000 to 1 000 000; exactly as many are made.
    pub parcels: usize,
    /// Seed: another seed is another city at the same figures.
    pub seed: u64,
}

impl Default for CityOptions {
    fn default() -> CityOptions {
        CityOptions { parcels: 20_000, seed: 1 }
    }
}

/// How far a long task has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub step: Text,
    /// Steps done.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
}

/// One layer of the city.
#[derive(Clone, Debug, PartialEq)]
pub struct CityLayer {
    /// What it is for.
    pub role: LayerRole,
    /// Title, Chinese.
    pub title: String,
    /// Where its data is said to come from.
    pub source: String,
    /// Date of the data, `YYYY-MM-DD`.
    pub date: String,
    /// Its zones, in order of their numbers.
    pub zones: Vec<Zone>,
}

/// A synthetic city. Coordinates are in EPSG:4526 with zone prefix, metres, x = east, y = north.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// Districts, red line, control line, growth boundary, farmland, land use.
    pub layers: Vec<CityLayer>,
    /// Bounds of the city: min x, min y, max x, max y.
    pub extent: [f64; 4],
    /// Always 4526.
    pub crs_epsg: u32,
}

impl City {
    /// The layer of a role.
    pub fn layer(&self, role: LayerRole) -> Option<&CityLayer> {
        self.layers.iter().find(|l| l.role == role)
    }
}

/// Steps of [`city`].
const STEPS: u64 = 14;
const KM2: f64 = 1e6;
/// Vertices the largest red-line polygon has at least (100 000, and some in hand for cells that
/// change sides when areas are fitted).
const LARGEST_RED_LINE: u64 = 104_000;

/// Width of a cell: 37 cells a parcel at 20 000 parcels, fewer in small cities (whose land would
/// otherwise fall into more pieces than parcels), 5 more for every parcel above.
fn cell_width(parcels: usize) -> f64 {
    let base = parcels.min(20_000) as f64;
    let cells = (17.0 + base / 1000.0) * base + 5.2 * parcels.saturating_sub(20_000) as f64;
    (CITY_KM2 * KM2 / cells / 0.866_025_403_784).sqrt()
}

/// Levels of displacement that bring an edge down to about `metres`.
fn levels(side: f64, metres: f64) -> u32 {
    let mut level = 0;
    while level < LEVELS && side / f64::from(1u32 << level) > metres {
        level += 1;
    }
    level
}

/// Makes a city.
///
/// The same options give the same city, vertex for vertex. Areas on the ellipsoid are the plan's:
/// 7434.40 km² of city, 1059.66 km² of red line, 4000.00 km² of control line with tier 1 at 24 % of
/// the city, to a few square metres.
///
/// # Errors
/// [`SampleError`] when the number of parcels is outside 2 000 to 1 000 000, the land of this seed
/// cannot be split into it, or `progress` answers that the person stopped it (`false`).
pub fn city(options: &CityOptions, progress: &mut dyn FnMut(Progress) -> bool) -> Result<City, SampleError> {
    if !(2_000..=1_000_000).contains(&options.parcels) {
        return Err(SampleError::parcels(options.parcels));
    }
    let mut done = 0;
    let mut tell = |step: Text| {
        let goes_on = progress(Progress { step, done, total: STEPS });
        done += 1;
        if goes_on { Ok(()) } else { Err(SampleError::stopped()) }
    };
    tell(text!("勾画市界" | "drawing the city's outline"))?;
    let width = cell_width(options.parcels);
    let bounds = [MIDDLE.0 - 49_500.0, MIDDLE.1 - 80_000.0, MIDDLE.0 + 49_500.0, MIDDLE.1 + 80_000.0];
    let lattice = Lattice::covering(bounds, width, options.seed);
    let land = Land::new(options.seed, width / 1000.0);
    let areas = plan::cell_areas(&lattice);
    let mut levels = Levels {
        red_line: levels(lattice.side, 4.0).max(2),
        zones: levels(lattice.side, 15.0).max(1),
        parcels: levels(lattice.side, 30.0).max(1),
    };
    let outline = fit_outline(&lattice, &land, &areas, levels);
    let mut step = |n: u64| {
        tell(match n {
            1 => text!("生成地形与水系" | "raising hills and rivers"),
            2 => text!("划分行政区" | "dividing districts"),
            3 => text!("划分地类" | "laying out land use"),
            4 => text!("划定生态保护红线" | "drawing the red line"),
            5 => text!("划定生态控制线" | "drawing the control line"),
            _ => text!("划定城镇开发边界与永久基本农田" | "drawing the growth boundary and farmland"),
        })
    };
    let mut plan = plan::draw(lattice, land, areas, &outline, &mut step)?;
    tell(text!("核准面积" | "bringing areas to the plan's figures"))?;
    let longest = most_edges(&plan.lattice, |c| plan.marks[c].red_zone());
    while levels.red_line < LEVELS && longest << levels.red_line < LARGEST_RED_LINE {
        levels.red_line += 1;
    }
    let (offsets, push) = fit_zones(&mut plan, levels);
    tell(text!("划分图斑" | "parcelling land use"))?;
    let parcels = parcels::split(&plan, options.parcels)
        .map_err(|possible| SampleError::cannot_split(options.parcels, possible))?;
    let offsets = relax::parcels(&plan.lattice, &plan.marks, &plan.class, &parcels.of, offsets);
    let borders = Borders { lattice: &plan.lattice, marks: &plan.marks, offsets: &offsets, push, levels };
    tell(text!("描绘控制线边界" | "tracing zones"))?;
    let mut layers = zone_layers(&plan, &borders, options.seed);
    tell(text!("描绘图斑边界" | "tracing parcels"))?;
    layers.push(land_use(&plan, &borders, &parcels, options.seed));
    tell(text!("完成" | "done"))?;
    let extent = bounds_of(&layers[0].zones);
    Ok(City { layers, extent, crs_epsg: 4526 })
}

fn bounds_of(zones: &[Zone]) -> [f64; 4] {
    let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for point in zones.iter().flat_map(|z| &z.shape.0).flat_map(|p| &p.exterior().0) {
        bounds = [bounds[0].min(point.x), bounds[1].min(point.y), bounds[2].max(point.x), bounds[3].max(point.y)];
    }
    bounds
}

/// The city's plane: CGCS2000, 3° zone 38 (EPSG:4526).
pub(crate) const PLANE: GaussKruger = GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 38_500_000.0);

/// Ellipsoidal area by the plane's scale alone, m²: good to 1e-6 and much faster, for comparing
/// one outline with itself slightly moved.
fn quick_m2(shape: &Shape) -> f64 {
    let primitive = |x: f64| {
        let d = x - 38_500_000.0;
        d - d * d * d / (3.0 * 6_362_000.0 * 6_362_000.0)
    };
    let ring = |line: &geo_types::LineString<f64>| -> f64 {
        line.0.windows(2).map(|w| (primitive(w[0].x) + primitive(w[1].x)) / 2.0 * (w[1].y - w[0].y)).sum()
    };
    shape.0.iter().map(|p| ring(p.exterior()) + p.interiors().iter().map(ring).sum::<f64>()).sum()
}

fn area_of(borders: &Borders, inside: impl Fn(Cell) -> bool) -> f64 {
    trace(borders, 2, |c| u32::from(inside(c))).get(1).map_or(0.0, quick_m2)
}

/// The outline whose bent boundary (not its cells) has the plan's area.
fn fit_outline(lattice: &Lattice, land: &Land, areas: &CellAreas, levels: Levels) -> Vec<bool> {
    let mut mask = plan::outline(lattice, land, areas);
    for _ in 0..2 {
        let mut marks = vec![Mark::default(); lattice.cells()];
        for (mark, &inside) in marks.iter_mut().zip(&mask) {
            mark.set_district(u32::from(inside));
        }
        let offsets = relax::zones(lattice, &marks, relax::shaken(lattice));
        let borders = Borders { lattice, marks: &marks, offsets: &offsets, push: Push::default(), levels };
        let missing = CITY_KM2 * KM2 - area_of(&borders, |c| marks[c].in_city());
        let inner: Vec<u32> = (0..lattice.cells() as u32).filter(|&c| !lattice.on_border(c as usize)).collect();
        let allowed: Vec<bool> = (0..lattice.cells()).map(|c| !lattice.on_border(c)).collect();
        let near: Vec<u32> = inner
            .into_par_iter()
            .filter(|&c| lattice.neighbours(c as usize).iter().any(|&o| mask[o] != mask[c as usize]))
            .collect();
        let ordered = by_score(&near, |c| {
            let (x, y) = kilometres(lattice, c);
            land.outline(x, y) as f32
        });
        let aim = measure(&mask, areas) + missing;
        adjust(lattice, &mut mask, &allowed, &ordered, aim, areas, |_| true);
    }
    mask
}

/// Changes cells on the edges of city, red line and tiers, then pushes the outlines, until each has
/// the plan's area.
fn fit_zones(plan: &mut Plan, levels: Levels) -> (Vec<[f32; 2]>, Push) {
    let mut offsets = relax::zones(&plan.lattice, &plan.marks, relax::shaken(&plan.lattice));
    let mut correction = [0.0; 4];
    for round in 0..5 {
        let mut settled = true;
        for (outline, correction) in Outline::ALL.into_iter().zip(&mut correction) {
            let borders = Borders {
                lattice: &plan.lattice,
                marks: &plan.marks,
                offsets: &offsets,
                push: Push::default(),
                levels,
            };
            let shape =
                trace(&borders, 2, |c| u32::from(outline.holds(plan.marks[c]))).pop().unwrap_or(Shape::new(Vec::new()));
            let quick = quick_m2(&shape);
            if round == 0 {
                *correction = PLANE.ellipsoidal_m2(&shape) - quick;
            }
            let missing = outline.target_m2() - quick - *correction;
            // within a cell, the push does the rest
            if missing.abs() > plan.lattice.cell_area() {
                settled = false;
                outline.shift(plan, missing);
            }
        }
        if settled {
            break;
        }
        offsets = relax::zones(&plan.lattice, &plan.marks, relax::shaken(&plan.lattice));
    }
    let mut push = Push::default();
    for (outline, correction) in Outline::ALL.into_iter().zip(correction) {
        let area = |push: Push| {
            let borders = Borders { lattice: &plan.lattice, marks: &plan.marks, offsets: &offsets, push, levels };
            area_of(&borders, |c| outline.holds(plan.marks[c])) + correction
        };
        // the area is all but linear in the push: a secant step or two reach the square metre
        let (mut at, mut gives) = (0.0, area(push));
        let mut other = 0.1;
        for _ in 0..3 {
            if (gives - outline.target_m2()).abs() < 1.0 {
                break;
            }
            *outline.push(&mut push) = other;
            let other_gives = area(push);
            let slope = (other_gives - gives) / (other - at);
            (at, gives) = (other, other_gives);
            if !slope.is_normal() {
                break;
            }
            other = (at + (outline.target_m2() - gives) / slope).clamp(-PUSH_LIMIT, PUSH_LIMIT);
        }
        *outline.push(&mut push) = if (gives - outline.target_m2()).abs() < 1.0 { at } else { other };
    }
    (offsets, push)
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Outline {
    City,
    RedLine,
    Tier1,
    ControlLine,
}

impl Outline {
    const ALL: [Outline; 4] = [Outline::City, Outline::RedLine, Outline::Tier1, Outline::ControlLine];

    fn target_m2(self) -> f64 {
        KM2 * match self {
            Outline::City => CITY_KM2,
            Outline::RedLine => RED_LINE_KM2,
            Outline::Tier1 => CITY_KM2 * TIER_1_PERCENT / 100.0,
            Outline::ControlLine => CONTROL_LINE_KM2,
        }
    }

    fn holds(self, mark: Mark) -> bool {
        match self {
            Outline::City => mark.in_city(),
            Outline::RedLine => mark.in_red_line(),
            Outline::Tier1 => mark.tier() == 1,
            Outline::ControlLine => mark.tier() != 0,
        }
    }

    fn push(self, push: &mut Push) -> &mut f64 {
        match self {
            Outline::City => &mut push.city,
            Outline::RedLine => &mut push.red_line,
            Outline::Tier1 => &mut push.tier_1,
            Outline::ControlLine => &mut push.control_line,
        }
    }

    /// Cells that may change sides without touching another outline.
    fn may_change(self, plan: &Plan, c: Cell) -> bool {
        let mark = plan.marks[c];
        match self {
            Outline::City => !mark.in_red_line() && mark.tier() == 0,
            Outline::RedLine => {
                let important =
                    |m: Mark| plan.red_zones.get((m.red_zone() as usize).wrapping_sub(1)).is_none_or(|z| z.kind > 5);
                let land = [class::FOREST, class::WATER, class::UNUSED].contains(&plan.class[c]);
                let beside_statutory = plan.lattice.neighbours(c).into_iter().any(|o| !important(plan.marks[o]));
                mark.tier() == 1 && land && important(mark) && !beside_statutory
            }
            Outline::Tier1 => !mark.in_red_line() && mark.tier() != 0,
            Outline::ControlLine => !mark.in_red_line() && mark.tier() != 1 && mark.growth() == 0,
        }
    }

    /// Gives the outline `missing` m² more (or less) land along its edge.
    fn shift(self, plan: &mut Plan, missing: f64) {
        let mut mask: Vec<bool> = plan.marks.iter().map(|&m| self.holds(m)).collect();
        let everywhere: Vec<u32>;
        let candidates = if self == Outline::City {
            everywhere = (0..plan.lattice.cells() as u32).filter(|&c| !plan.lattice.on_border(c as usize)).collect();
            &everywhere
        } else {
            &plan.city
        };
        let cells: Vec<u32> = candidates
            .par_iter()
            .copied()
            .filter(|&c| plan.lattice.neighbours(c as usize).iter().any(|&o| mask[o] != mask[c as usize]))
            .filter(|&c| self.may_change(plan, c as usize))
            .collect();
        let mut allowed = vec![false; plan.lattice.cells()];
        cells.iter().for_each(|&c| allowed[c as usize] = true);
        // any order does that spreads the change evenly along the edge
        let ordered = by_score(&cells, |c| plan::chance(&plan.lattice, 0x0DD5, c) as f32);
        let aim = measure(&mask, &plan.areas) + missing;
        adjust(&plan.lattice, &mut mask, &allowed, &ordered, aim, &plan.areas, |_| true);
        for &c in &cells {
            let c = c as usize;
            if mask[c] == self.holds(plan.marks[c]) {
                continue;
            }
            match self {
                Outline::City if mask[c] => {
                    if let Some(beside) = plan.lattice.neighbours(c).into_iter().find(|&o| plan.marks[o].in_city()) {
                        let district = plan.marks[beside].district();
                        plan.marks[c].set_district(district);
                        plan.class[c] = plan.class[beside];
                        plan.city.push(c as u32);
                    }
                }
                Outline::City => {
                    plan.marks[c] = Mark::default();
                    plan.class[c] = 0;
                    plan.farmland[c] = 0;
                }
                Outline::RedLine if mask[c] => {
                    let zone =
                        plan.lattice.neighbours(c).into_iter().map(|o| plan.marks[o].red_zone()).find(|&z| z != 0);
                    if let Some(zone) = zone {
                        plan.marks[c].set_red_zone(zone);
                    }
                }
                Outline::RedLine => plan.marks[c].set_red_zone(0),
                Outline::Tier1 => plan.marks[c].set_tier(if mask[c] { 1 } else { 2 }),
                Outline::ControlLine => plan.marks[c].set_tier(if mask[c] { 2 } else { 0 }),
            }
        }
        if self == Outline::City {
            let marks = &plan.marks;
            plan.city.retain(|&c| marks[c as usize].in_city());
            plan.city.sort_unstable();
        }
    }
}

fn layer(role: LayerRole, title: &str, zones: Vec<Zone>) -> CityLayer {
    CityLayer { role, title: title.to_owned(), source: "示例数据".to_owned(), date: "2016-08-10".to_owned(), zones }
}

/// Zones from traced shapes: `facts(label, ellipsoidal m²)` for every label that covers anything.
fn zones(shapes: Vec<Shape>, facts: impl Fn(usize, f64) -> ZoneFacts + Sync) -> Vec<Zone> {
    shapes
        .into_par_iter()
        .enumerate()
        .filter(|(_, shape)| !shape.0.is_empty())
        .map(|(label, shape)| Zone { facts: facts(label, PLANE.ellipsoidal_m2(&shape)), shape })
        .collect()
}

fn zone_layers(plan: &Plan, borders: &Borders, seed: u64) -> Vec<CityLayer> {
    let marks = &plan.marks;
    let districts = DISTRICTS.len() + 1;
    let district = trace(borders, districts, |c| marks[c].district());
    let red = trace(borders, plan.red_zones.len() + 1, |c| marks[c].red_zone());
    let by_district = |n: u32, c: Cell| if n == 0 { 0 } else { n * districts as u32 + marks[c].district() };
    let control = trace(borders, 3 * districts, |c| by_district(marks[c].tier(), c));
    let growth = trace(borders, (GROWTH.len() + 1) * districts, |c| by_district(marks[c].growth(), c));
    let farmland = trace(borders, plan.farmland_blocks + 1, |c| plan.farmland[c]);
    let mut farmland_district = vec![0; plan.farmland_blocks + 1];
    for &c in &plan.city {
        farmland_district[plan.farmland[c as usize] as usize] = marks[c as usize].district();
    }
    let split = |label: usize| ((label / districts) as u32, (label % districts) as u32);
    vec![
        layer(LayerRole::District, "行政区", zones(district, |d, m2| facts::district(d as u32, m2))),
        layer(
            LayerRole::RedLine,
            "生态保护红线",
            zones(red, |z, m2| facts::red_zone(seed, z, &plan.red_zones[z - 1], m2)),
        ),
        layer(
            LayerRole::ControlLine,
            "生态控制线",
            zones(control, |l, m2| facts::control_zone(split(l).0, split(l).1, m2)),
        ),
        layer(
            LayerRole::GrowthBoundary,
            "城镇开发边界",
            zones(growth, |l, m2| facts::growth_zone(split(l).0, split(l).1, m2)),
        ),
        layer(
            LayerRole::Farmland,
            "永久基本农田",
            zones(farmland, |b, m2| facts::farmland(b, farmland_district[b], m2)),
        ),
    ]
}

fn land_use(plan: &Plan, borders: &Borders, parcels: &Parcels, seed: u64) -> CityLayer {
    let shapes = trace(borders, parcels.seeds.len(), |c| parcels.of[c]);
    let zones = zones(shapes, |parcel, m2| {
        let cell = parcels.seeds[parcel] as usize;
        let (x, y) = kilometres(&plan.lattice, cell);
        facts::parcel(seed, parcel, plan.marks[cell].district(), plan.class[cell], &plan.land.place(x, y), m2)
    });
    layer(LayerRole::LandUse, "地类图斑", zones)
}
