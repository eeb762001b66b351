//! Labels find places that no other label has.

use crate::Rect;
use std::collections::{HashMap, HashSet};

/// Side of the squares places are looked up by, mm.
const SQUARE: f64 = 20.0;

/// What a label set apart takes care of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// Leaders cross neither labels nor one another.
    Everything,
    /// Leaders may cross, and run below labels.
    Labels,
    /// Labels may also lie on leaders; never on one another.
    Least,
}

/// What of the map is already taken by labels and by the map's furniture.
pub(crate) struct Places {
    frame: Rect,
    taken: Vec<Rect>,
    squares: HashMap<(i32, i32), Vec<u32>>,
    leaders: Vec<((f64, f64), (f64, f64))>,
    /// Squares that an outline runs through: labels keep off, leaders may cross.
    walls: HashSet<(i32, i32)>,
    wall: f64,
}

/// A label's place, and its leader where it stands apart from what it names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) label: Rect,
    pub(crate) leader: Option<((f64, f64), (f64, f64))>,
}

fn square(x: f64, y: f64) -> (i32, i32) {
    ((x / SQUARE).floor() as i32, (y / SQUARE).floor() as i32)
}

impl Places {
    pub(crate) fn new(frame: Rect) -> Places {
        Places {
            frame,
            taken: Vec::new(),
            squares: HashMap::new(),
            leaders: Vec::new(),
            walls: HashSet::new(),
            wall: 0.5,
        }
    }

    /// Keeps labels, not leaders, off a line.
    pub(crate) fn keep_off(&mut self, a: (f64, f64), b: (f64, f64)) {
        let cell = |v: f64| (v / self.wall).floor() as i32;
        // beyond the frame no label stands anyway
        let near = self.frame.grown(5.0);
        let around = Rect::new(a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1));
        if around.x0 > near.x1 || around.x1 < near.x0 || around.y0 > near.y1 || around.y1 < near.y0 {
            return;
        }
        let steps = ((b.0 - a.0).hypot(b.1 - a.1) / (self.wall * 0.7)).ceil().clamp(1.0, 20_000.0);
        for i in 0..=steps as usize {
            let t = i as f64 / steps;
            let (x, y) = (cell(a.0 + (b.0 - a.0) * t), cell(a.1 + (b.1 - a.1) * t));
            self.walls.insert((x, y));
        }
    }

    fn walled(&self, place: &Rect) -> bool {
        let cell = |v: f64| (v / self.wall).floor() as i32;
        (cell(place.x0)..=cell(place.x1))
            .any(|x| (cell(place.y0)..=cell(place.y1)).any(|y| self.walls.contains(&(x, y))))
    }

    /// Takes a place.
    pub(crate) fn take(&mut self, place: Rect) {
        let index = self.taken.len() as u32;
        self.taken.push(place);
        let (a, b) = (square(place.x0, place.y0), square(place.x1, place.y1));
        for x in a.0..=b.0 {
            for y in a.1..=b.1 {
                self.squares.entry((x, y)).or_default().push(index);
            }
        }
    }

    fn near(&self, place: &Rect) -> impl Iterator<Item = &Rect> {
        let (a, b) = (square(place.x0, place.y0), square(place.x1, place.y1));
        (a.0..=b.0)
            .flat_map(move |x| (a.1..=b.1).map(move |y| (x, y)))
            .filter_map(|s| self.squares.get(&s))
            .flatten()
            .map(|i| &self.taken[*i as usize])
    }

    /// Whether a place is free and on the map.
    fn free(&self, place: &Rect, care: Care) -> bool {
        self.frame.holds(place)
            && !self.walled(place)
            && !self.near(place).any(|t| t.meets(place))
            && (care == Care::Least || !self.leaders.iter().any(|l| place.crossed_by(l.0, l.1)))
    }

    fn free_line(&self, from: (f64, f64), to: (f64, f64)) -> bool {
        let around = Rect::new(from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1));
        !self.near(&around).any(|t| t.crossed_by(from, to)) && !self.leaders.iter().any(|l| cross(*l, (from, to)))
    }

    /// Takes the first free of these middles.
    pub(crate) fn stand(&mut self, middles: &[(f64, f64)], width: f64, height: f64) -> Option<Place> {
        let label = middles
            .iter()
            .map(|m| Rect::at(m.0 - width / 2.0, m.1 - height / 2.0, width, height))
            .find(|r| self.free(r, Care::Everything))?;
        self.take(label);
        Some(Place { label, leader: None })
    }

    /// Takes the nearest free place around `of`, with a leader to `point`: in rings of growing distance,
    /// the right first, as an eye reads.
    pub(crate) fn apart(&mut self, point: (f64, f64), of: &Rect, width: f64, height: f64, most: f64) -> Option<Place> {
        [Care::Everything, Care::Labels, Care::Least]
            .into_iter()
            .find_map(|care| self.apart_with(care, point, of, (width, height), most))
    }

    /// As [`Places::apart`], but only where nothing is crossed.
    pub(crate) fn beside(&mut self, point: (f64, f64), of: &Rect, width: f64, height: f64, most: f64) -> Option<Place> {
        self.apart_with(Care::Everything, point, of, (width, height), most)
    }

    fn apart_with(
        &mut self,
        care: Care,
        point: (f64, f64),
        of: &Rect,
        (width, height): (f64, f64),
        most: f64,
    ) -> Option<Place> {
        let mut distance = 1.6;
        while distance <= most {
            for step in ORDER {
                let angle = f64::from(step) * std::f64::consts::TAU / 24.0;
                let (dx, dy) = (angle.cos(), -angle.sin());
                // beyond the edge of what is named, seen from its point
                let out =
                    Rect::new(of.x0 - width / 2.0, of.y0 - height / 2.0, of.x1 + width / 2.0, of.y1 + height / 2.0);
                let reach = reach(&out, point, (dx, dy)) + distance;
                let middle = (point.0 + dx * reach, point.1 + dy * reach);
                let label = Rect::at(middle.0 - width / 2.0, middle.1 - height / 2.0, width, height);
                if !self.free(&label, care) {
                    continue;
                }
                let end = (point.0.clamp(label.x0, label.x1), point.1.clamp(label.y0, label.y1));
                if care != Care::Everything || self.free_line(point, end) {
                    self.take(label);
                    self.leaders.push((point, end));
                    return Some(Place { label, leader: Some((point, end)) });
                }
            }
            distance *= 1.3;
        }
        None
    }
}

/// Directions in steps of 15°, the favoured ones first.
const ORDER: [u8; 24] = [3, 21, 9, 15, 0, 12, 6, 18, 2, 22, 10, 14, 4, 20, 8, 16, 1, 23, 11, 13, 5, 19, 7, 17];

/// How far it is from a point in a rectangle to its edge, in a direction.
fn reach(of: &Rect, from: (f64, f64), way: (f64, f64)) -> f64 {
    let side = |at: f64, low: f64, high: f64, step: f64| {
        if step > 1e-9 {
            (high - at) / step
        } else if step < -1e-9 {
            (low - at) / step
        } else {
            f64::INFINITY
        }
    };
    side(from.0, of.x0, of.x1, way.0).min(side(from.1, of.y0, of.y1, way.1)).max(0.0)
}

type Line = ((f64, f64), (f64, f64));

fn cross(a: Line, b: Line) -> bool {
    let side = |l: Line, p: (f64, f64)| (l.1.0 - l.0.0) * (p.1 - l.0.1) - (l.1.1 - l.0.1) * (p.0 - l.0.0);
    side(a, b.0) * side(a, b.1) < 0.0 && side(b, a.0) * side(b, a.1) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_one_place_never_cover_one_another() {
        let mut places = Places::new(Rect::at(0.0, 0.0, 200.0, 150.0));
        let spot = Rect::at(99.0, 74.0, 2.0, 2.0);
        let mut found: Vec<Place> = Vec::new();
        for _ in 0..60 {
            found.extend(places.apart((100.0, 75.0), &spot, 6.0, 3.0, 80.0));
        }
        assert_eq!(found.len(), 60);
        for (i, a) in found.iter().enumerate() {
            for b in &found[i + 1..] {
                assert!(!a.label.meets(&b.label));
            }
        }
        // while there is room leaders run free
        for (i, a) in found[..6].iter().enumerate() {
            for b in &found[i + 1..6] {
                let leader = b.leader.unwrap();
                assert!(!a.label.crossed_by(leader.0, leader.1), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_label_never_leaves_the_map() {
        let mut places = Places::new(Rect::at(0.0, 0.0, 50.0, 50.0));
        let place = places.apart((49.0, 1.0), &Rect::at(48.5, 0.5, 1.0, 1.0), 8.0, 3.0, 40.0).unwrap();
        assert!(Rect::at(0.0, 0.0, 50.0, 50.0).holds(&place.label), "{place:?}");
        assert_eq!(places.stand(&[(60.0, 10.0)], 4.0, 2.0), None);
    }
}
