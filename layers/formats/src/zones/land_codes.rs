//! Land-use codes (DLBM) of the third national survey: name and great class (三大类).
//!
//! Codes: 第三次全国国土调查工作分类 (it refines GB/T 21010-2017). Great classes: GB/T 21010-2017,
//! appendix A. A two-digit code stands in the table only where all its members share one class
//! (草地, 交通, 水域 and 其他土地 do not).

use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("land_codes.csv");

static CODES: LazyLock<BTreeMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    TABLE
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some((cells.next()?, (cells.next()?, cells.next()?)))
        })
        .collect()
});

/// Name and great class (`agricultural`, `construction`, `unused`) of a code; `None` where the
/// table does not have it. A trailing `K` (可调整, adjustable) does not change what a code is.
pub(crate) fn look_up(code: &str) -> Option<(&'static str, &'static str)> {
    let code = code.trim();
    CODES.get(code).or_else(|| CODES.get(code.strip_suffix(['K', 'k'])?)).copied()
}

/// The survey's name of a land-use code (DLBM): `0101` is 水田. Names of the law: Chinese only.
///
/// ```
/// assert_eq!(redline_formats::land_use_name("0101"), Some("水田"));
/// ```
pub fn land_use_name(code: &str) -> Option<&'static str> {
    look_up(code).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_names_and_great_classes() {
        assert_eq!(look_up("0101"), Some(("水田", "agricultural")));
        assert_eq!(look_up("1006"), Some(("农村道路", "agricultural")));
        assert_eq!(look_up("1003"), Some(("公路用地", "construction")));
        assert_eq!(look_up("0404"), Some(("其他草地", "unused")));
        assert_eq!(look_up("0201K"), Some(("果园", "agricultural")));
        assert_eq!(look_up("11"), None);
        assert_eq!(look_up(""), None);
    }

    #[test]
    fn every_line_of_the_table_is_whole() {
        assert_eq!(CODES.len(), TABLE.lines().count() - 1);
        for (name, class) in CODES.values() {
            assert!(!name.is_empty() && ["agricultural", "construction", "unused"].contains(class));
        }
    }
}
