//! What a layer's own words for class and tier mean to the rules; kinds have their own table
//! ([`redline_zoning::canonical_kind`]), which rules share.

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

#[cfg(test)]
mod tests {
    use super::*;

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
