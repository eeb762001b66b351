//! Round scales, and the steps of scale bars and ticks.

/// The scales a sheet may have of itself: the national series, with 1:20 000, 1:200 000 between; and
/// beyond 1:1 000 000 two for a large city's index on small paper.
pub const ROUND_SCALES: [u32; 15] = [
    500, 1_000, 2_000, 5_000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 250_000, 500_000, 1_000_000, 2_000_000,
    5_000_000,
];

/// The largest round scale at which ground of this size (metres) fits paper of that size (mm);
/// `None` where not even the smallest does.
///
/// ```
/// use redline_sheet::round_scale;
/// assert_eq!(round_scale((1900.0, 900.0), (200.0, 150.0)), Some(10_000));
/// assert_eq!(round_scale((2_000_000.0, 1.0), (200.0, 150.0)), None);
/// ```
pub fn round_scale(ground_m: (f64, f64), paper_mm: (f64, f64)) -> Option<u32> {
    ROUND_SCALES.into_iter().find(|n| {
        let mm = |m: f64| m * 1000.0 / f64::from(*n);
        mm(ground_m.0) <= paper_mm.0 && mm(ground_m.1) <= paper_mm.1
    })
}

/// The greatest of 1, 2, 5 × 10ⁿ that is not above `most`.
pub(crate) fn round_step(most: f64) -> f64 {
    let ten = 10_f64.powf(most.log10().floor());
    [10.0, 5.0, 2.0, 1.0].into_iter().map(|f| f * ten).find(|s| *s <= most * (1.0 + 1e-9)).unwrap_or(ten)
}

/// Steps of ticks in degrees, in seconds of arc: what divides a degree or a minute evenly.
const ARC_STEPS: [f64; 16] =
    [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 18000.0, 36000.0];

/// The least step, seconds of arc, that is at least `least`.
pub(crate) fn arc_step(least: f64) -> f64 {
    ARC_STEPS.into_iter().find(|s| *s >= least).unwrap_or(36000.0)
}

/// 113°22′30″; seconds only where the step has some.
pub(crate) fn arc_words(seconds: i64, step: f64) -> String {
    let (sign, s) = if seconds < 0 { ("-", -seconds) } else { ("", seconds) };
    let (d, m, s) = (s / 3600, s / 60 % 60, s % 60);
    if step < 60.0 {
        format!("{sign}{d}°{m:02}′{s:02}″")
    } else if step < 3600.0 {
        format!("{sign}{d}°{m:02}′")
    } else {
        format!("{sign}{d}°")
    }
}

/// Digits in groups of three with spaces that do not break, from five digits on: 38 640 112 but 2551.
pub(crate) fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |d| ("-", d));
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(w, r)| (w, Some(r)));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && whole.len() > 4 && (whole.len() - i) % 3 == 0 {
            out.push('\u{a0}');
        }
        out.push(c);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_one_two_or_five() {
        for (most, step) in [(1.0, 1.0), (1.9, 1.0), (4.99, 2.0), (5.0, 5.0), (730.0, 500.0), (0.3, 0.2)] {
            assert!((round_step(most) - step).abs() < 1e-12, "{most}: {}", round_step(most));
        }
    }

    #[test]
    fn degrees_read_as_surveyors_write_them() {
        assert_eq!(arc_words(113 * 3600 + 22 * 60 + 30, 30.0), "113°22′30″");
        assert_eq!(arc_words(23 * 3600 + 5 * 60, 300.0), "23°05′");
        assert_eq!(arc_words(23 * 3600, 3600.0), "23°");
    }

    #[test]
    fn long_numbers_are_grouped_and_short_ones_left() {
        assert_eq!(grouped("38640112"), "38\u{a0}640\u{a0}112");
        assert_eq!(grouped("2551.25"), "2551.25");
        assert_eq!(grouped("-12551.25"), "-12\u{a0}551.25");
    }
}
