//! The lie of the land: smooth fields from which everything else is read. Mountains in the north-east,
//! a delta of rivers in the south, towns in the lowlands, roads between them.
//!
//! Coordinates are kilometres east and north of the city's middle.

use crate::noise::{fractal, gradient, hash2, nearest_two, unit};

/// The fields of one city.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Land {
    seed: u64,
    /// Octaves that bring a 3 km wavelength down to about two cells.
    octaves: u32,
}

/// What the fields say at one place. Scores are only ever compared within one field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub height: f32,
    pub urban: f32,
    pub river: f32,
    pub reservoir: f32,
    pub pond: f32,
    pub road: f32,
    pub settlement: f32,
    pub forest: f32,
    pub orchard: f32,
    pub bare: f32,
    pub grass: f32,
}

/// Middle and radius (km) of what the city's outline is grown around, south to north.
const SPINE: [(f64, f64, f64); 8] = [
    (3.0, -60.0, 13.0),
    (-1.0, -42.0, 18.0),
    (-8.0, -20.0, 24.0),
    (4.0, 0.0, 30.0),
    (-16.0, 18.0, 24.0),
    (16.0, 22.0, 30.0),
    (27.0, 44.0, 20.0),
    (2.0, 42.0, 20.0),
];

/// Middle, radius (km) and weight of the towns.
const TOWNS: [(f64, f64, f64, f64); 9] = [
    (-6.0, -8.0, 11.0, 1.25),
    (-15.0, 6.0, 6.0, 0.85),
    (4.0, -24.0, 8.0, 0.9),
    (1.0, -48.0, 8.0, 0.85),
    (18.0, -3.0, 8.0, 0.85),
    (-22.0, 18.0, 6.0, 0.7),
    (28.0, 14.0, 5.0, 0.7),
    (6.0, 33.0, 4.5, 0.6),
    (-10.0, -32.0, 5.0, 0.7),
];

impl Land {
    pub fn new(seed: u64, cell_km: f64) -> Land {
        let mut octaves = 2;
        while octaves < 7 && 3.0 / f64::from(1u32 << octaves) > cell_km * 1.5 {
            octaves += 1;
        }
        Land { seed, octaves }
    }

    fn field(&self, name: u64) -> u64 {
        hash2(self.seed, name)
    }

    /// Noise of `wavelength` km down to about two cells.
    pub fn rough(&self, name: u64, x: f64, y: f64, wavelength: f64, gain: f64) -> f64 {
        let mut octaves = self.octaves;
        let mut longer = wavelength;
        while longer > 4.5 {
            octaves += 1;
            longer /= 2.0;
        }
        while longer < 2.0 && octaves > 2 {
            octaves -= 1;
            longer *= 2.0;
        }
        fractal(self.field(name), x / wavelength, y / wavelength, octaves, gain)
    }

    /// The place pushed about by noise, so that nothing follows a straight line.
    fn warped(&self, name: u64, x: f64, y: f64, wavelength: f64, reach: f64) -> (f64, f64) {
        let u = fractal(self.field(name), x / wavelength, y / wavelength, 4, 0.5);
        let v = fractal(self.field(name + 1), x / wavelength, y / wavelength, 4, 0.5);
        (x + reach * u, y + reach * v)
    }

    /// How far inside the city a place is: the outline is a level of this field.
    pub fn outline(&self, x: f64, y: f64) -> f64 {
        let depth = |x: f64, y: f64| {
            SPINE.iter().fold(f64::MIN, |deepest, &(cx, cy, r)| {
                let d = ((x - cx) * (x - cx) + (y - cy) * (y - cy)).sqrt();
                deepest.max((r - d) / 20.0)
            })
        };
        let plain = depth(x, y);
        if !(-0.7..0.6).contains(&plain) {
            return plain;
        }
        let (wx, wy) = self.warped(10, x, y, 24.0, 5.0);
        depth(wx, wy) + 0.16 * self.rough(12, x, y, 14.0, 0.52)
    }

    /// Height, about -1 (sea) to 2 (summits).
    pub fn height(&self, x: f64, y: f64) -> f64 {
        let (wx, wy) = self.warped(20, x, y, 18.0, 4.0);
        let rise = (0.45 * wx + 0.95 * wy) / 52.0;
        let hills = fractal(self.field(22), wx / 16.0, wy / 16.0, 6, 0.5);
        // ridges: noise folded at zero
        let fold = 1.0 - (2.2 * gradient(self.field(23), wx / 7.0, wy / 7.0)).abs();
        let upland = (rise + 0.5).clamp(0.0, 1.0);
        0.85 * rise + 0.45 * hills + 0.3 * fold * upland
    }

    /// How deep inside a river a place is, km: main streams and, in the delta, their arms.
    fn river(&self, x: f64, y: f64) -> f64 {
        let (wx, wy) = self.warped(30, x, y, 9.0, 1.6);
        let south = ((-y - 5.0) / 55.0).clamp(0.0, 1.0);
        let course = (gradient(self.field(32), wx / 31.0, wy / 44.0)).abs() * 24.0;
        let trunk = 0.16 + 0.75 * south - course;
        let arm = (gradient(self.field(33), wx / 13.0, wy / 19.0)).abs() * 11.0;
        let arms = -0.05 + 0.5 * south - arm;
        let brook = (gradient(self.field(34), wx / 8.0, wy / 8.0)).abs() * 7.0;
        let brooks = -0.02 - brook;
        trunk.max(arms).max(brooks)
    }

    /// Everything at one place.
    pub fn place(&self, x: f64, y: f64) -> Place {
        let height = self.height(x, y);
        let low = (0.35 - height).clamp(0.0, 1.0);
        let mut urban = 0.0;
        for (cx, cy, r, weight) in TOWNS {
            let d2 = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (r * r);
            urban += weight / (1.0 + d2 * d2);
        }
        urban -= 0.5 * (height - 0.1).max(0.0);

        let (rx, ry) = self.warped(40, x, y, 3.0, 0.25);
        let (f1, f2, _) = nearest_two(self.field(42), rx / 4.6, ry / 4.6);
        let main = (f2 - f1) * 4.6 / 2.0;
        let (g1, g2, _) = nearest_two(self.field(43), rx / 1.3, ry / 1.3);
        let street = (g2 - g1) * 1.3 / 2.0;
        let road = (0.05 - main - 0.10 * (height - 0.3).max(0.0)).max(0.04 * urban.min(1.2) - 0.035 - street);

        let (hx, hy) = self.warped(50, x, y, 1.5, 0.15);
        let (v1, _, village) = nearest_two(self.field(52), hx / 2.1, hy / 2.1);
        let hamlet = 0.25 + 0.5 * unit(village) - 1.6 * v1 - 0.45 * height.max(0.0);
        let grain = self.rough(53, x, y, 2.6, 0.55);
        let settlement = (urban - 0.45 + 0.45 * grain).max(hamlet + 0.12 * grain);

        let cover = self.rough(60, x, y, 3.4, 0.58);
        Place {
            height: height as f32,
            urban: urban as f32,
            river: self.river(x, y) as f32,
            reservoir: (0.9 * -self.rough(70, x, y, 4.2, 0.4) - 1.05 + 0.25 * height.clamp(0.0, 1.0)) as f32,
            pond: (0.5 * self.rough(71, x, y, 1.1, 0.5) + 0.5 * low - 0.62 - 0.15 * urban) as f32,
            road: road as f32,
            settlement: settlement as f32,
            forest: (height + 0.42 * cover) as f32,
            orchard: (0.35 * height + 0.6 * self.rough(61, x, y, 2.2, 0.55)) as f32,
            bare: (self.rough(62, x, y, 1.3, 0.5) + 0.2 * height) as f32,
            grass: (self.rough(63, x, y, 0.9, 0.5) + 0.3 * height) as f32,
        }
    }

    /// Worth to nature: where the red line and the control line go first.
    pub fn ecology(&self, x: f64, y: f64, place: &Place) -> f64 {
        0.9 * f64::from(place.height) + 0.5 * self.rough(80, x, y, 9.0, 0.6) - 0.35 * f64::from(place.urban.max(0.0))
    }
}
