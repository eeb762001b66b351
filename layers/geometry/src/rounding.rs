//! Rounded parts that still add up to their rounded whole.
//!
//! Each part is rounded down to the last printed digit; the digits still missing to the rounded
//! whole go to the parts with the largest remainders (Hamilton's method), ties by id, so a table is
//! the same whatever order its rows were computed in.

/// Remainders closer than this (in units of the last digit) are a tie: floating-point noise must not
/// decide which row gets the digit.
const TIE: f64 = 1e-6;

/// Rounds `parts` to `decimals` so that they sum exactly (as decimals) to `total` rounded half away
/// from zero; every part moves by less than one unit of the last digit as long as the parts sum to
/// the total within half a unit. Ties go to the smaller id.
///
/// `ids` must be as long as `parts`; where it is shorter, parts without an id come last in ties.
/// A total that the parts do not sum to is still met: the difference is dealt out one digit a part,
/// round after round, so check sums before rounding.
///
/// ```
/// use redline_geometry::rounding::largest_remainder;
/// let rounded = largest_remainder(&[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], 1.0, 2, &["a", "b", "c"]);
/// assert_eq!(rounded, [0.34, 0.33, 0.33]);
/// ```
pub fn largest_remainder(parts: &[f64], total: f64, decimals: u32, ids: &[impl Ord]) -> Vec<f64> {
    let scale = 10f64.powi(decimals as i32);
    largest_remainder_units(parts, total, decimals, ids).into_iter().map(|n| n as f64 / scale).collect()
}

/// As [`largest_remainder`], in whole units of the last digit (cents for two decimals), for sums in
/// exact integers.
pub fn largest_remainder_units(parts: &[f64], total: f64, decimals: u32, ids: &[impl Ord]) -> Vec<i64> {
    if parts.is_empty() {
        return Vec::new();
    }
    let scale = 10f64.powi(decimals as i32);
    // A value a hair below a whole digit is that digit: 0.29 · 100 = 28.999999999999996.
    let floor = |v: f64| (v * scale + TIE).floor();
    let mut units: Vec<i64> = parts.iter().map(|&p| floor(p) as i64).collect();
    let remainder: Vec<i64> = parts.iter().map(|&p| ((p * scale - floor(p)) / TIE).round() as i64).collect();
    let target = round_units(total, decimals);
    let mut missing = target - units.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| {
        remainder[b]
            .cmp(&remainder[a])
            .then_with(|| match (ids.get(a), ids.get(b)) {
                (Some(x), Some(y)) => x.cmp(y),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => std::cmp::Ordering::Equal,
            })
            .then(a.cmp(&b))
    });
    let n = parts.len() as i64;
    let rounds = missing.div_euclid(n);
    missing = missing.rem_euclid(n);
    for (place, &part) in order.iter().enumerate() {
        units[part] += rounds + i64::from((place as i64) < missing);
    }
    units
}

/// `value` in whole units of the last of `decimals` digits, rounded half away from zero; a value
/// within a millionth of a half counts as the half.
pub fn round_units(value: f64, decimals: u32) -> i64 {
    let scaled = value * 10f64.powi(decimals as i32);
    (scaled.abs() + 0.5 + TIE).floor().copysign(scaled) as i64
}

/// `value` rounded to `decimals`, half away from zero.
pub fn round(value: f64, decimals: u32) -> f64 {
    round_units(value, decimals) as f64 / 10f64.powi(decimals as i32)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rounded_parts_sum_to_the_rounded_whole_and_none_moves_by_a_digit(
            parts in prop::collection::vec(0.0..1e7f64, 1..30), decimals in 0u32..5
        ) {
            let ids: Vec<usize> = (0..parts.len()).collect();
            let total: f64 = parts.iter().sum();
            let units = largest_remainder_units(&parts, total, decimals, &ids);
            prop_assert_eq!(units.iter().sum::<i64>(), round_units(total, decimals));
            for (u, p) in units.iter().zip(&parts) {
                prop_assert!((*u as f64 - p * 10f64.powi(decimals as i32)).abs() < 1.0 + 1e-5);
            }
        }

        #[test]
        fn the_order_of_the_rows_does_not_matter(parts in prop::collection::vec(0.0..100.0f64, 2..12)) {
            let ids: Vec<usize> = (0..parts.len()).collect();
            let total: f64 = parts.iter().sum();
            let forward = largest_remainder_units(&parts, total, 2, &ids);
            let reversed: Vec<f64> = parts.iter().rev().copied().collect();
            let reversed_ids: Vec<usize> = ids.iter().rev().copied().collect();
            let mut backward = largest_remainder_units(&reversed, total, 2, &reversed_ids);
            backward.reverse();
            prop_assert_eq!(forward, backward);
        }
    }

    #[test]
    fn a_tie_goes_to_the_smaller_id() {
        assert_eq!(largest_remainder(&[0.5, 0.5], 1.0, 0, &["b", "a"]), [0.0, 1.0]);
    }

    #[test]
    fn a_value_already_rounded_stays() {
        assert_eq!(largest_remainder(&[0.29, 0.71], 1.0, 2, &[1, 2]), [0.29, 0.71]);
        assert_eq!(round(2.675, 2), 2.68);
    }
}
