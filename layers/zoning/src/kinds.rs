//! Member kinds of a red line: the words rules ask for, and the other words layers write for them.
//!
//! Rules find a zone by its kind (饮用水源一级保护区). The same thing is 一级饮用水源保护区 in one city's
//! layer and 饮用水水源地一级保护区 in the next: unless both are brought to one word, a prohibition is
//! passed over in silence. What no word here means for certain has no canonical kind: it may be
//! anything, and rules that hang on the kind come back as Manual.
//!
//! Classes follow the Guangzhou plan 2016–2020, chapter 3 section 1; the words for functions
//! (生物多样性维护, 水土保持) follow the later red-line guides, where they name the same functions.

/// One canonical kind.
struct Kind {
    name: &'static str,
    /// The class the plan puts it under; `None` where the plan does not name it.
    class: Option<&'static str>,
    /// Other words for it, as [`plain`] writes them; its own name is one by itself.
    aliases: &'static [&'static str],
}

const fn kind(name: &'static str, class: Option<&'static str>, aliases: &'static [&'static str]) -> Kind {
    Kind { name, class, aliases }
}

const STATUTORY: Option<&str> = Some("statutory");
const IMPORTANT: Option<&str> = Some("important");

const KINDS: &[Kind] = &[
    kind(
        "饮用水源一级保护区",
        STATUTORY,
        &["水源一级保护区", "一级水源保护区", "水源保护区一级区", "水源保护区一级保护区", "水源保护区一级"],
    ),
    kind(
        "饮用水源二级保护区",
        None,
        &["水源二级保护区", "二级水源保护区", "水源保护区二级区", "水源保护区二级保护区", "水源保护区二级"],
    ),
    kind("饮用水源准保护区", None, &["水源准保护区", "准水源保护区", "水源保护区准保护区"]),
    // the later law's word for what the plan calls the core of a reserve
    kind("自然保护地核心保护区", STATUTORY, &["自然保护区核心保护区", "自然保护区的核心保护区"]),
    kind("国家公园核心保护区", None, &["国家公园的核心保护区"]),
    kind("自然保护地一般控制区", None, &["自然保护区一般控制区", "自然公园一般控制区"]),
    kind("国家公园一般控制区", None, &[]),
    kind("自然保护区核心区", STATUTORY, &["自然保护区的核心区"]),
    kind("自然保护区缓冲区", None, &["自然保护区的缓冲区"]),
    kind("自然保护区实验区", None, &["自然保护区的实验区"]),
    kind("风景名胜区核心景区", STATUTORY, &["风景名胜区核心区", "风景名胜区的核心景区"]),
    kind("风景名胜区一般景区", None, &["风景名胜区一般区"]),
    kind("森林公园生态保育区", STATUTORY, &["森林公园保育区"]),
    kind("森林公园核心景观区", None, &[]),
    kind("森林公园一般游憩区", None, &[]),
    kind("森林公园管理服务区", None, &[]),
    kind("湿地公园湿地保育区", STATUTORY, &["湿地公园保育区", "湿地公园生态保育区"]),
    kind("湿地公园恢复重建区", None, &[]),
    kind("湿地公园宣教展示区", None, &[]),
    kind("湿地公园合理利用区", None, &[]),
    kind("湿地公园管理服务区", None, &[]),
    kind("地质公园一级保护区", STATUTORY, &["地质公园地质遗迹一级保护区"]),
    kind("地质公园二级保护区", None, &["地质公园地质遗迹二级保护区"]),
    kind("地质公园三级保护区", None, &["地质公园地质遗迹三级保护区"]),
    kind("水源涵养", IMPORTANT, &[]),
    kind("土壤保持", IMPORTANT, &["水土保持"]),
    kind("生物多样性保护", IMPORTANT, &["生物多样性维护", "生物多样性"]),
    kind("水土流失", IMPORTANT, &[]),
    // the plan's own words carry a level; kept as they are, since a rule may ask for the level
    kind("市级及以上自然保护区核心区", STATUTORY, &[]),
    kind("省级及以上风景名胜区核心景区", STATUTORY, &[]),
];

/// Words that say by themselves which kind is meant, but only where nothing else stands beside them:
/// 历史文化街区核心保护区 is another thing.
const ALONE: &[(&str, &str)] = &[
    ("核心保护区", "自然保护地核心保护区"),
    ("生态保护红线核心保护区", "自然保护地核心保护区"),
    ("一般控制区", "自然保护地一般控制区"),
    ("生态保护红线一般控制区", "自然保护地一般控制区"),
];

/// What may follow a kind's words without changing what they mean.
const TAILS: &[&str] = &[
    "",
    "陆域",
    "水域",
    "范围",
    "陆域范围",
    "水域范围",
    "内",
    "红线",
    "红线区",
    "生态保护红线",
    "生态保护红线区",
    "区",
    "功能",
    "功能区",
    "生态功能",
    "生态功能区",
    "重要",
    "极重要",
    "重要区",
    "极重要区",
    "功能重要区",
    "功能极重要区",
    "生态功能重要区",
    "生态功能极重要区",
    "敏感",
    "极敏感",
    "敏感区",
    "极敏感区",
    "控制",
    "控制区",
];

/// Words that turn a kind into something else, wherever they stand before it.
const TURNS: &[&str] = &["非", "除", "以外", "之外", "外围", "拟", "撤销", "调出"];

/// Words for a level or a part: one of them right before a kind's words makes it two kinds at once.
const LEVELS: &[&str] =
    &["一", "二", "三", "准", "一级", "二级", "三级", "保护区", "核心区", "缓冲区", "实验区", "1", "2", "3", "I"];

/// Names of whole families: one of them beside a kind's words makes it two things at once.
const FAMILIES: &[&str] =
    &["自然保护区", "自然保护地", "国家公园", "风景名胜区", "森林公园", "湿地公园", "地质公园", "水源"];

/// A layer's words for a kind in one spelling: no spaces, brackets or dashes; levels as 一级, 二级, 三级;
/// every word for a drinking-water source as 水源.
fn plain(words: &str) -> String {
    let mut plain: String = words
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c {
            '\u{ff10}'..='\u{ff19}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            'Ⅰ' | 'ⅰ' => '1',
            'Ⅱ' | 'ⅱ' => '2',
            'Ⅲ' | 'ⅲ' => '3',
            other => other.to_ascii_uppercase(),
        })
        .collect();
    for (written, read) in [
        ("III级", "三级"),
        ("II级", "二级"),
        ("I级", "一级"),
        ("1级", "一级"),
        ("2级", "二级"),
        ("3级", "三级"),
        ("饮用水水源", "水源"),
        ("饮用水源", "水源"),
        ("饮用水", "水源"),
        ("水源地", "水源"),
    ] {
        plain = plain.replace(written, read);
    }
    plain
}

/// The canonical kind that a layer's words mean, or `None` where they mean none for certain: a word
/// nobody knows, two kinds at once, or one that is not specific enough (自然保护区 alone).
///
/// ```
/// use redline_zoning::canonical_kind;
/// assert_eq!(canonical_kind("一级饮用水源保护区"), Some("饮用水源一级保护区"));
/// assert_eq!(canonical_kind("流溪河饮用水水源地一级保护区（陆域）"), Some("饮用水源一级保护区"));
/// assert_eq!(canonical_kind("自然保护区"), None);
/// ```
pub fn canonical_kind(words: &str) -> Option<&'static str> {
    let trimmed = words.trim();
    if let Some(exact) = KINDS.iter().find(|kind| kind.name == trimmed) {
        return Some(exact.name);
    }
    let words = plain(trimmed);
    if let Some((_, kind)) = ALONE.iter().find(|(alone, _)| *alone == words) {
        return Some(kind);
    }
    let written = KINDS.iter().flat_map(|kind| {
        std::iter::once(plain(kind.name))
            .chain(kind.aliases.iter().map(|alias| (*alias).to_owned()))
            .filter_map(|alias| words.find(&alias).map(|at| (kind, at, alias.len())))
            .collect::<Vec<_>>()
    });
    let (kind, at, len) = written.max_by_key(|(_, _, len)| *len)?;
    let (before, after) = (&words[..at], &words[at + len..]);
    let family_beside = FAMILIES.iter().any(|family| before.contains(family));
    let function_beside = KINDS
        .iter()
        .filter(|other| other.class == IMPORTANT)
        .any(|other| std::iter::once(&other.name).chain(other.aliases).any(|alias| before.contains(alias)));
    // 一、二级水源保护区 is two levels, of which only the second stands in the kind's own words
    let neighbour = before.trim_end_matches(['和', '及', '与', '或']);
    let level_beside = LEVELS.iter().any(|level| neighbour.ends_with(level));
    let turned = TURNS.iter().any(|turn| before.contains(turn));
    (TAILS.contains(&after) && !family_beside && !function_beside && !turned && !level_beside).then_some(kind.name)
}

/// The class under which the plan names a canonical kind; `None` for a kind it does not name.
///
/// ```
/// use redline_zoning::class_of_kind;
/// assert_eq!(class_of_kind("饮用水源一级保护区"), Some("statutory"));
/// assert_eq!(class_of_kind("饮用水源二级保护区"), None);
/// ```
pub fn class_of_kind(canonical: &str) -> Option<&'static str> {
    KINDS.iter().find(|kind| kind.name == canonical)?.class
}

/// Whether a word of a rule is part of a canonical kind: such a word names a family or a part of one
/// (自然保护区), and holding it does not say which kind a zone is.
pub(crate) fn is_part_of_a_kind(word: &str) -> bool {
    KINDS.iter().any(|kind| kind.name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{IMPORTANT_KINDS, STATUTORY_KINDS};

    #[test]
    fn the_kinds_the_plan_names_are_their_own_canonical_words() {
        for kind in STATUTORY_KINDS {
            assert_eq!(canonical_kind(kind), Some(kind));
            assert_eq!(class_of_kind(kind), Some("statutory"), "{kind}");
        }
        for kind in IMPORTANT_KINDS {
            assert_eq!(canonical_kind(kind), Some(kind));
            assert_eq!(class_of_kind(kind), Some("important"), "{kind}");
        }
    }

    #[test]
    fn one_thing_written_in_many_ways_is_one_kind() {
        for words in [
            "一级饮用水源保护区",
            "饮用水水源一级保护区",
            "饮用水水源地一级保护区",
            "流溪河饮用水源一级保护区(水域)",
            "饮用水源Ⅰ级保护区",
            "饮用水 1级 保护区",
            "水源保护区一级区",
        ] {
            assert_eq!(canonical_kind(words), Some("饮用水源一级保护区"), "{words}");
        }
        for (words, kind) in [
            ("二级饮用水水源保护区", "饮用水源二级保护区"),
            ("自然保护区核心保护区", "自然保护地核心保护区"),
            ("核心保护区", "自然保护地核心保护区"),
            ("象头山国家级自然保护区核心区", "自然保护区核心区"),
            ("白云山风景名胜区核心区", "风景名胜区核心景区"),
            ("海珠湿地公园保育区", "湿地公园湿地保育区"),
            ("生物多样性维护生态保护红线", "生物多样性保护"),
            ("水土保持", "土壤保持"),
            ("水源涵养功能极重要区", "水源涵养"),
        ] {
            assert_eq!(canonical_kind(words), Some(kind), "{words}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_no_kind() {
        for words in [
            "",
            "自然保护区",
            "森林公园",
            "核心区",
            "一级保护区",
            "饮用水水源保护区",
            "饮用水源一、二级保护区",
            "一、二级饮用水源保护区",
            "一级和二级水源保护区",
            "准保护区及二级水源保护区",
            "Ⅰ、Ⅱ级饮用水源保护区",
            "非饮用水源一级保护区",
            "饮用水源一级保护区外围",
            "水源涵养、生物多样性维护",
            "历史文化街区核心保护区",
            "帽峰山森林公园饮用水源一级保护区",
            "水源涵养林",
            "海洋",
        ] {
            assert_eq!(canonical_kind(words), None, "{words}");
        }
    }
}
