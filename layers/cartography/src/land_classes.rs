//! How land use is drawn: one drawing class for codes that look alike.
//!
//! Codes are those of the third national survey (GB/T 21010-2017 refined; DLBM), and of the second,
//! which old layers carry (three digits). The survey's template gives a colour to the most usual
//! ones; the others have a neighbour's colour, a little shifted, and are marked as unofficial.

use redline_wording::Text;

/// A drawing class: its key (the code it is named by), names, colour, whether the colour is the
/// survey's, and the beginnings of the codes that belong to it.
struct Class {
    key: &'static str,
    zh: &'static str,
    en: &'static str,
    colour: &'static str,
    official: bool,
    codes: &'static [&'static str],
}

const fn class(
    key: &'static str,
    zh: &'static str,
    en: &'static str,
    colour: &'static str,
    official: bool,
    codes: &'static [&'static str],
) -> Class {
    Class { key, zh, en, colour, official, codes }
}

/// In the order of the legend.
const CLASSES: [Class; 31] = [
    class("0101", "水田", "paddy field", "#f8d072", true, &["0101", "011"]),
    class("0102", "水浇地", "irrigated field", "#f8e71c", true, &["0102", "012"]),
    class("0103", "旱地", "dry field", "#fffbb1", true, &["0103", "013"]),
    class("01", "其他耕地", "other cropland", "#fbe8a0", false, &["01"]),
    class("0201", "果园", "orchard", "#d6a7c9", true, &["0201", "021"]),
    class("02", "其他园地", "other plantation", "#e3c0da", false, &["02"]),
    class("0301", "乔木林地", "forest", "#31ad69", true, &["0301", "031"]),
    class("0305", "灌木林地", "shrubland", "#64b968", true, &["0305", "032"]),
    class("03", "其他林地", "other woodland", "#8fcf96", false, &["03"]),
    class("0401", "牧草地", "pasture", "#83c238", true, &["0401", "0403", "041", "042"]),
    class("0404", "其他草地", "other grassland", "#c8e3a0", true, &["0404", "043"]),
    class("04", "草地", "grassland", "#b3d77d", false, &["04"]),
    class(
        "00",
        "湿地",
        "wetland",
        "#b9e0d8",
        false,
        &["00", "0303", "0304", "0306", "0402", "0603", "1105", "1106", "1108", "115", "116", "125"],
    ),
    class("05", "商业服务业用地", "commercial land", "#ee8f7a", false, &["05"]),
    class("06", "工业、采矿用地", "industry and mining", "#c59a8c", true, &["0601", "0602", "061", "062", "204"]),
    class("0604", "仓储用地", "storage", "#cfab9f", false, &["0508", "0604", "06", "063"]),
    class("0701", "城镇住宅用地", "urban housing", "#e56766", true, &["0701", "071"]),
    class("0702", "农村宅基地", "rural housing", "#ec898a", true, &["0702", "072"]),
    class("08", "公共管理与公共服务用地", "public services", "#f0a7b4", false, &["08"]),
    class("09", "特殊用地", "special land", "#cf9f9f", false, &["09", "205"]),
    class("20", "城镇村", "towns and villages", "#e8827d", false, &["20", "07"]),
    class("1003", "公路用地", "highway", "#d2d8c9", true, &["1003", "102"]),
    class("10", "其他交通运输用地", "other transport", "#c3cab8", false, &["10"]),
    class(
        "11",
        "河流、湖泊、水库",
        "rivers, lakes, reservoirs",
        "#a3d6f5",
        true,
        &["1101", "1102", "1103", "111", "112", "113"],
    ),
    class("1104", "坑塘", "pond", "#90aacf", true, &["1104", "114"]),
    class("1107", "沟渠、水工建筑", "canals and waterworks", "#9fc4e0", false, &["1107", "1109", "11", "117", "118"]),
    class("1110", "冰川及永久积雪", "glaciers and snow", "#e6f3fa", false, &["1110", "119"]),
    class("1202", "设施农用地", "farm facilities", "#dcb482", true, &["1202", "122"]),
    class("12", "其他土地", "other land", "#ddd6c6", false, &["12"]),
    class("agricultural", "农用地", "agricultural land", "#d9e3a8", false, &[]),
    class("construction", "建设用地", "construction land", "#e3a79c", false, &[]),
];

/// What has neither a known code nor a known great class, and unused land without a code.
const OTHER: [Class; 2] = [
    class("unused", "未利用地", "unused land", "#dad9d0", false, &[]),
    class("", "未知地类", "unknown land use", "#c9cdd2", false, &[]),
];

fn all() -> impl Iterator<Item = &'static Class> {
    CLASSES.iter().chain(&OTHER)
}

/// The key of a code, or of a great class where the code is unknown.
pub(crate) fn key(code: Option<&str>, great_class: Option<&str>) -> &'static str {
    by_code(code.unwrap_or_default().trim())
        .or_else(|| great_class.and_then(|great| all().find(|c| c.codes.is_empty() && c.key == great)))
        .map_or("", |c| c.key)
}

/// The class whose longest code begins the code asked for. Three digits are the second survey's
/// code, four the third's: a beginning of three never speaks for four.
fn by_code(code: &str) -> Option<&'static Class> {
    let digits = code.bytes().take_while(u8::is_ascii_digit).count();
    let fits = |c: &&str| match c.len() {
        3 => digits == 3 && code.starts_with(*c),
        n => n >= 2 && digits >= 2 && code.starts_with(*c),
    };
    all()
        .filter_map(|class| Some((class.codes.iter().filter(|c| fits(c)).map(|c| c.len()).max()?, class)))
        .max_by_key(|(length, _)| *length)
        .map(|(_, class)| class)
}

fn of(key: &str) -> &'static Class {
    // the last of the table is the one without a name
    all().find(|c| c.key == key).unwrap_or(&OTHER[1])
}

/// Colour of a class, and whether it is the survey's.
pub(crate) fn colour(key: &str) -> (&'static str, bool) {
    let class = of(key);
    (class.colour, class.official)
}

/// Name of a class.
pub(crate) fn name(key: &str) -> Text {
    let class = of(key);
    Text::new(class.zh, class.en)
}

/// Every key, in the order of the legend.
#[cfg(test)]
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    all().map(|c| c.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_surveys_find_their_colour() {
        for (code, expected) in [
            ("0101", "0101"),
            ("011", "0101"),
            ("0201K", "0201"),
            ("0204", "02"),
            ("0302", "03"),
            ("0303", "00"),
            ("0508", "0604"),
            ("05H1", "05"),
            ("08H2A", "08"),
            ("0602", "06"),
            ("1006", "10"),
            ("1003", "1003"),
            ("1104A", "1104"),
            ("1107A", "1107"),
            ("1110", "1110"),
            ("1106", "00"),
            ("122", "1202"),
            ("1202", "1202"),
            ("1206", "12"),
            ("203", "20"),
            ("01", "01"),
        ] {
            assert_eq!(key(Some(code), None), expected, "{code}");
        }
    }

    #[test]
    fn a_parcel_without_a_known_code_is_drawn_by_its_great_class() {
        assert_eq!(key(None, Some("construction")), "construction");
        assert_eq!(key(Some("X"), Some("unused")), "unused");
        assert_eq!(key(Some("99"), None), "");
        assert_eq!(key(None, None), "");
    }

    #[test]
    fn every_key_stands_once_and_draws_itself() {
        let mut keys: Vec<_> = keys().collect();
        for k in &keys {
            assert_eq!(of(k).key, *k);
        }
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), CLASSES.len() + OTHER.len());
    }
}
