//! Hashes and noise fields. Only IEEE additions, multiplications and square roots decide values, so
//! that the same seed gives the same city on every machine.

/// A well mixed 64-bit hash (the finaliser of SplitMix64).
pub(crate) fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A hash of two numbers.
pub(crate) fn hash2(a: u64, b: u64) -> u64 {
    mix(a ^ mix(b))
}

/// A hash as a number in [0, 1).
pub(crate) fn unit(hash: u64) -> f64 {
    (hash >> 11) as f64 / (1u64 << 53) as f64
}

/// A hash as a number in [-1, 1).
pub(crate) fn signed(hash: u64) -> f64 {
    unit(hash) * 2.0 - 1.0
}

const DIAGONAL: f64 = std::f64::consts::FRAC_1_SQRT_2;
const GRADIENTS: [(f64, f64); 8] = [
    (1.0, 0.0),
    (DIAGONAL, DIAGONAL),
    (0.0, 1.0),
    (-DIAGONAL, DIAGONAL),
    (-1.0, 0.0),
    (-DIAGONAL, -DIAGONAL),
    (0.0, -1.0),
    (DIAGONAL, -DIAGONAL),
];

fn corner(seed: u64, x: i64, y: i64) -> u64 {
    mix(seed ^ (x as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ (y as u64).wrapping_mul(0xA076_1D64_78BD_642F))
}

fn fade(t: f64) -> f64 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

/// Gradient noise (Perlin 2002) of unit wavelength, about -0.8 to 0.8.
pub(crate) fn gradient(seed: u64, x: f64, y: f64) -> f64 {
    let (fx, fy) = (x.floor(), y.floor());
    let (ix, iy) = (fx as i64, fy as i64);
    let (dx, dy) = (x - fx, y - fy);
    let at = |cx: i64, cy: i64| {
        let g = GRADIENTS[(corner(seed, ix + cx, iy + cy) >> 61) as usize];
        g.0 * (dx - cx as f64) + g.1 * (dy - cy as f64)
    };
    let (u, v) = (fade(dx), fade(dy));
    let low = at(0, 0) * (1.0 - u) + at(1, 0) * u;
    let high = at(0, 1) * (1.0 - u) + at(1, 1) * u;
    low * (1.0 - v) + high * v
}

/// Fractal sum of [`gradient`] noise: each octave half the wavelength and `gain` of the height.
/// Octaves are turned against each other so that the lattice of one does not show in the sum.
pub(crate) fn fractal(seed: u64, x: f64, y: f64, octaves: u32, gain: f64) -> f64 {
    let (mut x, mut y, mut height, mut sum) = (x, y, 1.0, 0.0);
    for octave in 0..octaves {
        sum += height * gradient(hash2(seed, u64::from(octave)), x, y);
        height *= gain;
        // a turn by 36.87° (the 3-4-5 triangle) and a doubling
        (x, y) = (2.0 * (0.8 * x - 0.6 * y) + 0.31, 2.0 * (0.6 * x + 0.8 * y) + 0.17);
    }
    sum * 1.4
}

/// Distances to the nearest and second nearest of one random point per unit square (Worley 1996).
pub(crate) fn nearest_two(seed: u64, x: f64, y: f64) -> (f64, f64, u64) {
    let (fx, fy) = (x.floor(), y.floor());
    let (mut first, mut second, mut who) = (f64::MAX, f64::MAX, 0);
    for cy in -2i64..=2 {
        for cx in -2i64..=2 {
            let hash = corner(seed, fx as i64 + cx, fy as i64 + cy);
            let px = fx + cx as f64 + unit(hash);
            let py = fy + cy as f64 + unit(mix(hash));
            let d = (px - x) * (px - x) + (py - y) * (py - y);
            if d < first {
                second = first;
                first = d;
                who = hash;
            } else if d < second {
                second = d;
            }
        }
    }
    (first.sqrt(), second.sqrt(), who)
}
