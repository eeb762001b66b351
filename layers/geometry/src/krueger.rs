//! Krüger's series for the transverse Mercator projection, to sixth order in the third flattening.
//!
//! Source: C. F. F. Karney, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85
//! (2011), eqs. 7–11, 35, 36; latitude from conformal latitude: J. P. Snyder, "Map Projections"
//! (1987), p. 19, carried to n⁶. Within 4000 km of the central meridian the error is under 5 nm.

use crate::{Ellipsoid, GaussKruger};

/// Coefficients of one plane, prepared once for many points.
#[derive(Clone, Debug)]
pub(crate) struct Krueger {
    /// Rectifying radius, metres.
    pub(crate) radius: f64,
    /// First eccentricity, and its square.
    pub(crate) e: f64,
    pub(crate) e2: f64,
    /// Semi-minor axis squared, m².
    pub(crate) b2: f64,
    alpha: [f64; 6],
    /// Karney's β.
    beta: [f64; 6],
    /// Sine coefficients of latitude minus conformal latitude.
    latitude: [f64; 6],
    false_easting: f64,
}

/// `n·c₀ + n²·c₁ + …`, starting at the power `first`.
fn powers(n: f64, first: i32, c: &[f64]) -> f64 {
    c.iter().rev().fold(0.0, |sum, &k| sum * n + k) * n.powi(first)
}

impl Krueger {
    pub(crate) fn of(plane: &GaussKruger) -> Krueger {
        let Ellipsoid { a, inverse_flattening } = plane.ellipsoid;
        let f = 1.0 / inverse_flattening;
        let n = f / (2.0 - f);
        let e2 = f * (2.0 - f);
        let b = a * (1.0 - f);
        let n2 = n * n;
        Krueger {
            radius: a / (1.0 + n) * (1.0 + n2 / 4.0 + n2 * n2 / 64.0 + n2 * n2 * n2 / 256.0),
            e: e2.sqrt(),
            e2,
            b2: b * b,
            alpha: [
                powers(n, 1, &[0.5, -2.0 / 3.0, 5.0 / 16.0, 41.0 / 180.0, -127.0 / 288.0, 7891.0 / 37800.0]),
                powers(n, 2, &[13.0 / 48.0, -0.6, 557.0 / 1440.0, 281.0 / 630.0, -1983433.0 / 1935360.0]),
                powers(n, 3, &[61.0 / 240.0, -103.0 / 140.0, 15061.0 / 26880.0, 167603.0 / 181440.0]),
                powers(n, 4, &[49561.0 / 161280.0, -179.0 / 168.0, 6601661.0 / 7257600.0]),
                powers(n, 5, &[34729.0 / 80640.0, -3418889.0 / 1995840.0]),
                powers(n, 6, &[212378941.0 / 319334400.0]),
            ],
            beta: [
                powers(n, 1, &[0.5, -2.0 / 3.0, 37.0 / 96.0, -1.0 / 360.0, -81.0 / 512.0, 96199.0 / 604800.0]),
                powers(n, 2, &[1.0 / 48.0, 1.0 / 15.0, -437.0 / 1440.0, 46.0 / 105.0, -1118711.0 / 3870720.0]),
                powers(n, 3, &[17.0 / 480.0, -37.0 / 840.0, -209.0 / 4480.0, 5569.0 / 90720.0]),
                powers(n, 4, &[4397.0 / 161280.0, -11.0 / 504.0, -830251.0 / 7257600.0]),
                powers(n, 5, &[4583.0 / 161280.0, -108847.0 / 3991680.0]),
                powers(n, 6, &[20648693.0 / 638668800.0]),
            ],
            latitude: [
                powers(n, 1, &[2.0, -2.0 / 3.0, -2.0, 116.0 / 45.0, 26.0 / 45.0, -2854.0 / 675.0]),
                powers(n, 2, &[7.0 / 3.0, -1.6, -227.0 / 45.0, 2704.0 / 315.0, 2323.0 / 945.0]),
                powers(n, 3, &[56.0 / 15.0, -136.0 / 35.0, -1262.0 / 105.0, 73814.0 / 2835.0]),
                powers(n, 4, &[4279.0 / 630.0, -332.0 / 35.0, -399572.0 / 14175.0]),
                powers(n, 5, &[4174.0 / 315.0, -144838.0 / 6237.0]),
                powers(n, 6, &[601676.0 / 22275.0]),
            ],
            false_easting: plane.false_easting,
        }
    }

    /// East and north (m) of a latitude and a longitude from the central meridian, radians.
    pub(crate) fn forward(&self, latitude: f64, longitude: f64) -> (f64, f64) {
        let tau = latitude.tan();
        let tau1 = self.conformal_tan(tau);
        let (sin_l, cos_l) = longitude.sin_cos();
        let xi1 = tau1.atan2(cos_l);
        let eta1 = (sin_l / tau1.hypot(cos_l)).asinh();
        let (mut xi, mut eta) = (xi1, eta1);
        for (j, a) in self.alpha.iter().enumerate() {
            let k = 2.0 * (j + 1) as f64;
            xi += a * (k * xi1).sin() * (k * eta1).cosh();
            eta += a * (k * xi1).cos() * (k * eta1).sinh();
        }
        (self.false_easting + self.radius * eta, self.radius * xi)
    }

    /// Latitude and longitude from the central meridian (radians) of a point in the plane.
    pub(crate) fn inverse(&self, x: f64, y: f64) -> (f64, f64) {
        let (xi, eta) = (y / self.radius, (x - self.false_easting) / self.radius);
        let (mut xi1, mut eta1) = (xi, eta);
        for (j, b) in self.beta.iter().enumerate() {
            let k = 2.0 * (j + 1) as f64;
            xi1 -= b * (k * xi).sin() * (k * eta).cosh();
            eta1 -= b * (k * xi).cos() * (k * eta).sinh();
        }
        let tau1 = xi1.sin() / eta1.sinh().hypot(xi1.cos());
        (self.tan_from_conformal(tau1).atan(), eta1.sinh().atan2(xi1.cos()))
    }

    /// Tangent of the conformal latitude from that of the latitude (Karney eq. 7).
    fn conformal_tan(&self, tau: f64) -> f64 {
        let root = tau.hypot(1.0);
        let sigma = (self.e * (self.e * tau / root).atanh()).sinh();
        tau * sigma.hypot(1.0) - sigma * root
    }

    /// Newton's method on [`Self::conformal_tan`] (Karney eqs. 19–21).
    fn tan_from_conformal(&self, tau1: f64) -> f64 {
        let mut tau = tau1;
        for _ in 0..5 {
            let guess = self.conformal_tan(tau);
            let step = (tau1 - guess) / guess.hypot(1.0) * (1.0 + (1.0 - self.e2) * tau * tau)
                / ((1.0 - self.e2) * tau.hypot(1.0));
            tau += step;
            if step.abs() <= 1e-16 * tau.abs().max(1.0) {
                break;
            }
        }
        tau
    }

    /// For area: the authalic function `S` (m² per radian of longitude, from the equator) at a point
    /// of the plane, and the gradient of longitude there, radians per metre east and north.
    ///
    /// No inverse trigonometry: with ζ' the point in the plane of the conformal sphere,
    /// sin χ = sin ξ'/cosh η' and λ = atan2(sinh η', cos ξ'), so dλ is rational in
    /// sin ξ', cos ξ', sinh η', cosh η'.
    #[inline]
    pub(crate) fn authalic(&self, x: f64, y: f64) -> (f64, f64, f64) {
        let (xi, eta) = (y / self.radius, (x - self.false_easting) / self.radius);
        let (sin, cos) = xi.sin_cos();
        let up = eta.exp();
        let (sinh, cosh) = (sinh_of(eta, up), 0.5 * (up + 1.0 / up));
        // Complex Clenshaw for Σ βⱼ sin 2jζ and its derivative Σ 2j βⱼ cos 2jζ.
        let (sin2, cos2) = (2.0 * sin * cos, 1.0 - 2.0 * sin * sin);
        let (sinh2, cosh2) = (2.0 * sinh * cosh, 1.0 + 2.0 * sinh * sinh);
        let sine = (sin2 * cosh2, cos2 * sinh2);
        let cosine = (cos2 * cosh2, -sin2 * sinh2);
        let twice = (2.0 * cosine.0, 2.0 * cosine.1);
        let (mut s1, mut s2) = ((0.0, 0.0), (0.0, 0.0));
        let (mut d1, mut d2) = ((0.0, 0.0), (0.0, 0.0));
        for j in (0..6).rev() {
            let b = self.beta[j];
            let t = (twice.0 * s1.0 - twice.1 * s1.1 - s2.0 + b, twice.0 * s1.1 + twice.1 * s1.0 - s2.1);
            (s2, s1) = (s1, t);
            let k = 2.0 * (j + 1) as f64 * b;
            let t = (twice.0 * d1.0 - twice.1 * d1.1 - d2.0 + k, twice.0 * d1.1 + twice.1 * d1.0 - d2.1);
            (d2, d1) = (d1, t);
        }
        // ζ' = ζ − Σ, dζ'/dζ = 1 − Σ'.
        let shift = (-(s1.0 * sine.0 - s1.1 * sine.1), -(s1.0 * sine.1 + s1.1 * sine.0));
        let slope = (1.0 - (d1.0 * cosine.0 - d1.1 * cosine.1 - d2.0), -(d1.0 * cosine.1 + d1.1 * cosine.0 - d2.1));
        let (ds, dc) = small_sin_cos(shift.0);
        let (sin1, cos1) = (sin * dc + cos * ds, cos * dc - sin * ds);
        let (dsh, dch) = small_sinh_cosh(shift.1);
        let (sinh1, cosh1) = (sinh * dch + cosh * dsh, cosh * dch + sinh * dsh);
        // Longitude.
        let q = 1.0 / (sinh1 * sinh1 + cos1 * cos1);
        let by_xi = sin1 * sinh1 * q;
        let by_eta = cos1 * cosh1 * q;
        // dζ' = slope · dζ with dζ = (dN + i dE)/A.
        let inverse_radius = 1.0 / self.radius;
        let east = (by_eta * slope.0 - by_xi * slope.1) * inverse_radius;
        let north = (by_xi * slope.0 + by_eta * slope.1) * inverse_radius;
        // Latitude from conformal latitude χ, then the authalic function.
        let sin_chi = sin1 / cosh1;
        let cos_chi = (1.0 / q).sqrt() / cosh1;
        let (sin2, cos2) = (2.0 * sin_chi * cos_chi, 1.0 - 2.0 * sin_chi * sin_chi);
        let (mut u1, mut u2) = (0.0, 0.0);
        for c in self.latitude.iter().rev() {
            (u2, u1) = (u1, 2.0 * cos2 * u1 - u2 + c);
        }
        let (ds, dc) = small_sin_cos(u1 * sin2);
        (self.authalic_of_sine(sin_chi * dc + cos_chi * ds), east, north)
    }

    /// The survey's authalic function to e⁸, as its coefficients A…E are:
    /// S(B) = b² Σ (k+1)/(2k+1) e²ᵏ sin²ᵏ⁺¹B. The series of domain formula and this sum are the same
    /// numbers, written in multiple angles there and in powers here.
    #[inline]
    pub(crate) fn authalic_of_sine(&self, s: f64) -> f64 {
        let q = self.e2 * s * s;
        self.b2 * s * (1.0 + q * (2.0 / 3.0 + q * (3.0 / 5.0 + q * (4.0 / 7.0 + q * (5.0 / 9.0)))))
    }
}

/// sinh, without cancellation near zero; `up` is eˣ.
#[inline]
fn sinh_of(x: f64, up: f64) -> f64 {
    if x.abs() < 0.3 {
        let q = x * x;
        x * (1.0
            + q / 6.0 * (1.0 + q / 20.0 * (1.0 + q / 42.0 * (1.0 + q / 72.0 * (1.0 + q / 110.0 * (1.0 + q / 156.0))))))
    } else {
        0.5 * (up - 1.0 / up)
    }
}

/// Sine and cosine of a correction of a few milliradians, to the last bit below 0.05.
#[inline]
fn small_sin_cos(d: f64) -> (f64, f64) {
    if d.abs() > 0.05 {
        return d.sin_cos();
    }
    let q = d * d;
    (
        d * (1.0 - q / 6.0 * (1.0 - q / 20.0 * (1.0 - q / 42.0 * (1.0 - q / 72.0)))),
        1.0 - q / 2.0 * (1.0 - q / 12.0 * (1.0 - q / 30.0 * (1.0 - q / 56.0 * (1.0 - q / 90.0)))),
    )
}

#[inline]
fn small_sinh_cosh(d: f64) -> (f64, f64) {
    if d.abs() > 0.05 {
        return (d.sinh(), d.cosh());
    }
    let q = d * d;
    (
        d * (1.0 + q / 6.0 * (1.0 + q / 20.0 * (1.0 + q / 42.0 * (1.0 + q / 72.0)))),
        1.0 + q / 2.0 * (1.0 + q / 12.0 * (1.0 + q / 30.0 * (1.0 + q / 56.0 * (1.0 + q / 90.0)))),
    )
}
