//! Boundaries as nature draws them: lattice edges bent by midpoint displacement.
//!
//! Every edge is bent by a hash of its own identity, so whoever walks it (either neighbour, any
//! layer) gets the same vertices. Bends stay within the edge's own diamond (its two ends and the
//! centres of its two cells): the angles of all levels add up to less than the diamond's, hence no
//! two edges can meet anywhere but at a shared end.

use crate::lattice::{Cell, Lattice, Vertex, Way};
use crate::marks::Mark;
use crate::noise::{hash2, signed};
use geo_types::Coord;

/// The most levels of displacement: 64 segments an edge.
pub(crate) const LEVELS: u32 = 6;
/// Share of the diamond's slope each level of displacement may use; they sum to less than 0.81.
const SHARE: [f64; LEVELS as usize] = [0.36, 0.2, 0.12, 0.07, 0.04, 0.02];
/// How far hashed first-level bends go; what is left is for [`Push`].
const HASHED: f64 = 0.8;
/// The greatest [`Push`].
pub(crate) const PUSH_LIMIT: f64 = 0.19;

/// How much each outline is pushed outward (-0.19 to 0.19 of an edge's first bend), so that its
/// area comes out at the plan's figure to the square metre.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Push {
    pub city: f64,
    pub red_line: f64,
    pub tier_1: f64,
    pub control_line: f64,
}

/// Levels of displacement (each halves the spacing of vertices), by what runs along an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Levels {
    pub red_line: u32,
    pub zones: u32,
    pub parcels: u32,
}

/// The bent edges of one city.
pub(crate) struct Borders<'a> {
    pub lattice: &'a Lattice,
    pub marks: &'a [Mark],
    /// Offset of each vertex from its regular place, metres.
    pub offsets: &'a [[f32; 2]],
    pub push: Push,
    pub levels: Levels,
}

/// Millimetres: the precision of boundary-point files (精度 0.001).
pub(crate) fn millimetres(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

impl Borders<'_> {
    pub fn place(&self, v: Vertex) -> Coord<f64> {
        let (x, y) = self.lattice.regular(v);
        let [dx, dy] = self.offsets[v];
        Coord { x: millimetres(x + f64::from(dx)), y: millimetres(y + f64::from(dy)) }
    }

    /// Appends the edge's start and the bends up to, but not including, its end.
    pub fn walk(&self, v: Vertex, way: Way, out: &mut Vec<Coord<f64>>) {
        let (from, along, same) = self.lattice.canonical(v, way);
        let to = self.lattice.step(from, along);
        let (left, right) = self.lattice.sides(from, along);
        let (a, b) = (self.place(from), self.place(to));
        out.push(if same { a } else { b });
        let (l, r) = (self.marks[left], self.marks[right]);
        let level = if l.red_zone() != r.red_zone() {
            self.levels.red_line
        } else if l.differs(r) {
            self.levels.zones
        } else {
            self.levels.parcels
        };
        let slope = self.slope(a, b, left, right);
        let identity = hash2(self.lattice.seed ^ 0xB0D3, (from as u64) * 2 + u64::from(along == Way::Across));
        let start = out.len();
        let bend = Bend { identity, slope, outward: self.outward(left, right) };
        bend.between(a, b, 0, level, 1, out);
        if !same {
            out[start..].reverse();
        }
    }

    /// The tangent of the angle an edge may bend by without leaving its diamond.
    fn slope(&self, a: Coord<f64>, b: Coord<f64>, left: Cell, right: Cell) -> f64 {
        let (ex, ey) = (b.x - a.x, b.y - a.y);
        let mut slope: f64 = 0.7;
        for cell in [left, right] {
            let (cx, cy) = self.lattice.centre(cell);
            for (px, py, sign) in [(a.x, a.y, 1.0), (b.x, b.y, -1.0)] {
                let (dx, dy) = (cx - px, cy - py);
                let along = sign * (ex * dx + ey * dy);
                let across = (ex * dy - ey * dx).abs();
                if along > 0.0 {
                    slope = slope.min(across / along);
                }
            }
        }
        slope
    }

    /// The push on an edge, positive to its left.
    fn outward(&self, left: Cell, right: Cell) -> f64 {
        let (l, r) = (self.marks[left], self.marks[right]);
        // only one outline's push may act on an edge, so that each can be set without the others
        let side = |inside_left: bool| if inside_left { -1.0 } else { 1.0 };
        if l.in_city() != r.in_city() {
            return side(l.in_city()) * self.push.city;
        }
        if l.in_red_line() != r.in_red_line() {
            return if l.tier() == r.tier() { side(l.in_red_line()) * self.push.red_line } else { 0.0 };
        }
        match (l.tier(), r.tier()) {
            (1, 2) => -self.push.tier_1,
            (2, 1) => self.push.tier_1,
            (2, 0) => -self.push.control_line,
            (0, 2) => self.push.control_line,
            _ => 0.0,
        }
    }
}

struct Bend {
    identity: u64,
    slope: f64,
    outward: f64,
}

impl Bend {
    fn between(&self, a: Coord<f64>, b: Coord<f64>, depth: usize, levels: u32, node: u64, out: &mut Vec<Coord<f64>>) {
        if depth >= SHARE.len() || depth as u32 >= levels {
            return;
        }
        let hashed = signed(hash2(self.identity, node));
        let turn = if depth == 0 { hashed * HASHED + self.outward } else { hashed };
        let half = 0.5 * turn * self.slope * SHARE[depth];
        let middle = Coord { x: (a.x + b.x) / 2.0 - (b.y - a.y) * half, y: (a.y + b.y) / 2.0 + (b.x - a.x) * half };
        self.between(a, middle, depth + 1, levels, node * 2, out);
        out.push(Coord { x: millimetres(middle.x), y: millimetres(middle.y) });
        self.between(middle, b, depth + 1, levels, node * 2 + 1, out);
    }
}
