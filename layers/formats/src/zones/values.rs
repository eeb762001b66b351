//! What a layer's own words for class, tier and kind mean to the rules.

use redline_zoning::LayerRole;

/// Words compare without spaces, brackets and dashes, in lower case, Roman and full-width digits as
/// plain ones.
fn plain(value: &str) -> String {
    value
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c {
            '\u{ff10}'..='\u{ff19}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            'Ⅰ' | 'ⅰ' => '1',
            'Ⅱ' | 'ⅱ' => '2',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Tier of a control line, `1` or `2`.
pub(crate) fn tier(value: &str) -> Option<&'static str> {
    match plain(value).as_str() {
        "1"
        | "01"
        | "i"
        | "一"
        | "一级"
        | "1级"
        | "一级管制区"
        | "1级管制区"
        | "一级管制"
        | "一级区"
        | "一级管控区"
        | "一级管控"
        | "生态控制线一级管制区"
        | "tier1"
        | "level1" => Some("1"),
        "2"
        | "02"
        | "ii"
        | "二"
        | "二级"
        | "2级"
        | "二级管制区"
        | "2级管制区"
        | "二级管制"
        | "二级区"
        | "二级管控区"
        | "二级管控"
        | "生态控制线二级管制区"
        | "tier2"
        | "level2" => Some("2"),
        _ => None,
    }
}

/// Class of a zone in a layer of a role.
pub(crate) fn class(role: LayerRole, value: &str) -> Option<&'static str> {
    let words = plain(value);
    match role {
        LayerRole::RedLine => match words.as_str() {
            "法定生态保护区" | "法定保护区" | "法定保护区域" | "法定" | "statutory" => {
                Some("statutory")
            }
            "生态系统重要区" | "重要生态系统区" | "重要区" | "生态功能重要区" | "important" => {
                Some("important")
            }
            _ => None,
        },
        LayerRole::GrowthBoundary => match words.as_str() {
            "集中建设区" | "城镇集中建设区" | "concentrated" => Some("concentrated"),
            "弹性发展区" | "城镇弹性发展区" | "flexible" => Some("flexible"),
            "特别用途区" | "城镇特别用途区" | "special" => Some("special"),
            _ => None,
        },
        LayerRole::LandUse => match words.as_str() {
            "农用地" | "agricultural" => Some("agricultural"),
            "建设用地" | "construction" => Some("construction"),
            "未利用地" | "unused" => Some("unused"),
            _ => None,
        },
        LayerRole::ControlLine | LayerRole::Farmland | LayerRole::District => None,
    }
}

/// The class that a red line's member kind implies: the founding plan's own list, and the words of
/// later red-line layers for the same things.
pub(crate) fn class_of_kind(kind: &str) -> Option<&'static str> {
    let words = plain(kind);
    let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    // 饮用水源一级保护区; 自然保护区核心区; 风景名胜区核心景区; 森林公园生态保育区; 湿地公园湿地保育区; 地质公园一级保护区.
    let statutory = (has(&["饮用水"]) && has(&["一级"]))
        || (has(&["自然保护区", "自然保护地"]) && has(&["核心"]))
        || (has(&["风景名胜区"]) && has(&["核心"]))
        || (has(&["森林公园"]) && has(&["保育"]))
        || (has(&["湿地公园"]) && has(&["保育"]))
        || (has(&["地质公园"]) && has(&["一级"]));
    if statutory {
        Some("statutory")
    } else if has(&["水源涵养", "土壤保持", "水土保持", "生物多样性", "水土流失"]) {
        Some("important")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ten_member_kinds_of_the_plan_have_their_class() {
        for kind in [
            "饮用水源一级保护区",
            "市级及以上自然保护区核心区",
            "省级及以上风景名胜区核心景区",
            "森林公园生态保育区",
            "湿地公园湿地保育区",
            "地质公园一级保护区",
        ] {
            assert_eq!(class_of_kind(kind), Some("statutory"), "{kind}");
        }
        for kind in ["水源涵养", "土壤保持", "生物多样性保护", "水土流失"] {
            assert_eq!(class_of_kind(kind), Some("important"), "{kind}");
        }
        assert_eq!(class_of_kind("饮用水源二级保护区"), None);
        assert_eq!(class_of_kind("风景名胜区一般景区"), None);
    }

    #[test]
    fn tiers_are_known_in_the_ways_they_are_written() {
        for value in
            ["一级管制区", "一级", "1", "Ⅰ级".trim_end_matches('级'), "1级", "一级管控区", "Tier 1", "\u{ff11}"]
        {
            assert_eq!(tier(value), Some("1"), "{value}");
        }
        assert_eq!(tier("二级管制区(增城)"), None);
        assert_eq!(tier("三级"), None);
    }

    #[test]
    fn a_class_means_something_only_in_its_own_layer() {
        assert_eq!(class(LayerRole::RedLine, "法定生态保护区"), Some("statutory"));
        assert_eq!(class(LayerRole::GrowthBoundary, "城镇弹性发展区"), Some("flexible"));
        assert_eq!(class(LayerRole::GrowthBoundary, "法定生态保护区"), None);
    }
}
