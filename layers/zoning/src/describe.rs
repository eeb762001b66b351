//! Selectors in words, for `redline rules show`: what a rule asks of a zone and a project.

use crate::selector::{OpinionState, ProjectSelector, ZoneSelector};
use crate::{Activities, subdivision_word};
use redline_wording::{Text, text};

impl ZoneSelector {
    /// Which zones, in words: `生态保护红线 · 生态系统重要区`.
    ///
    /// ```
    /// use redline_zoning::RuleBook;
    /// let rule = RuleBook::builtin("guangzhou-2016").unwrap().rule("important-industry").unwrap();
    /// assert_eq!(rule.zone.describe().zh, "生态保护红线 · 生态系统重要区");
    /// ```
    pub fn describe(&self) -> Text {
        let mut parts = vec![listed(self.roles.iter().map(|role| role.word()))];
        if self.outside {
            parts.push(Text::new("范围以外", "outside it"));
        }
        let named = |words: &[String]| {
            listed(words.iter().map(|word| {
                let name = self.roles.iter().find_map(|role| subdivision_word(*role, word));
                name.unwrap_or_else(|| Text::same(word))
            }))
        };
        for words in [&self.classes, &self.tiers].into_iter().filter(|words| !words.is_empty()) {
            parts.push(named(words));
        }
        if !self.kinds.is_empty() {
            let kinds = listed(self.kinds.iter().map(Text::same));
            parts.push(Text::new(format!("种类含{}", kinds.zh), format!("kind with {}", kinds.en)));
        }
        if !self.except_kinds.is_empty() {
            let kinds = listed(self.except_kinds.iter().map(Text::same));
            parts.push(Text::new(format!("种类不含{}", kinds.zh), format!("kind without {}", kinds.en)));
        }
        joined(&parts, " · ", " · ")
    }
}

impl ProjectSelector {
    /// Which projects, in words; `任何活动` where nothing is asked.
    pub fn describe(&self, activities: &Activities) -> Text {
        let named = |words: &[String]| {
            listed(words.iter().map(|word| match activities.get(word) {
                // a word that is a code and a group speaks of the whole group
                Some(activity) if !activities.groups().contains_key(word.as_str()) => activity.name(),
                _ => group_word(word),
            }))
        };
        let mut parts = Vec::new();
        if !self.activities.is_empty() {
            parts.push(named(&self.activities));
        }
        if !self.except.is_empty() {
            let except = named(&self.except);
            parts.push(Text::new(format!("除{}外", except.zh), format!("except {}", except.en)));
        }
        match self.major {
            Some(true) => parts.push(Text::new("国家重大项目", "national major project")),
            Some(false) => parts.push(Text::new("非国家重大项目", "not a national major project")),
            None => {}
        }
        if !self.stages.is_empty() {
            parts.push(listed(self.stages.iter().map(|stage| stage.word())));
        }
        if !self.industries.is_empty() {
            let codes = self.industries.join("、");
            parts.push(text!("行业 {codes}" | "industry {codes}"));
        }
        if let Some((kind, states)) = &self.opinion {
            let kind = match kind.as_str() {
                "unavoidability" => Text::new("不可避让论证意见", "unavoidability opinion"),
                _ => Text::new("认定意见", "limited-activity opinion"),
            };
            let states = listed(states.iter().map(|state| state.word()));
            parts.push(Text::new(format!("{}{}", kind.zh, states.zh), format!("{} {}", kind.en, states.en)));
        }
        if !self.any.is_empty() {
            let any: Vec<Text> = self.any.iter().map(|one| one.describe(activities)).collect();
            parts.push(joined(&any, " 或 ", " or "));
        }
        if parts.is_empty() {
            return Text::new("任何活动", "any activity");
        }
        joined(&parts, "；", "; ")
    }
}

impl OpinionState {
    /// The state's word in both languages.
    pub fn word(self) -> Text {
        match self {
            OpinionState::Covering => Text::new("覆盖全部压占", "covers the whole overlap"),
            OpinionState::NotCovering => Text::new("未覆盖全部压占", "does not cover the whole overlap"),
            OpinionState::Absent => Text::new("未提供", "was not given"),
        }
    }
}

/// A group's name in both languages; a group of a city's own book keeps its word.
pub fn group_word(group: &str) -> Text {
    let (zh, en) = match group {
        "ten-kinds" => ("十类有限人为活动", "the ten kinds of limited activity"),
        "major" | "national-major" => ("国家重大项目", "national major projects"),
        "ecological-care" => ("生态保护活动", "ecological care"),
        "special" => ("国防、界务等特殊活动", "defence, border and other special works"),
        "rural-living" => ("农村生活及配套服务设施", "rural living and service facilities"),
        "indigenous" => ("原住居民生产生活", "indigenous residents"),
        "heritage" => ("考古与文物保护", "archaeology and heritage"),
        "forestry" => ("林业经营", "forestry"),
        "tourism" => ("旅游与公园", "tourism and parks"),
        "recreation" => ("游泳、垂钓等", "swimming, angling and the like"),
        "transport" => ("交通设施", "transport"),
        "energy" => ("能源设施", "energy"),
        "communications" => ("通讯设施", "communications"),
        "water-works" => ("水利设施", "water works"),
        "water-supply" => ("供水与水源保护", "water supply and source protection"),
        "municipal-public" => ("市政公益性基础设施", "municipal public infrastructure"),
        "environmental-infrastructure" => ("环境基础设施", "environmental infrastructure"),
        "survey" => ("地质勘查", "geological survey"),
        "urban-construction" => ("城镇建设", "urban construction"),
        "industry" => ("工业", "industry"),
        "mining" => ("矿产资源开发", "mining"),
        "agriculture" => ("农业生产", "agriculture"),
        "livestock" => ("畜禽养殖", "livestock"),
        "farming" => ("种植", "crop farming"),
        "farmland-conversion" => ("改变农田用途的农业活动", "agriculture that converts farmland"),
        "park" => ("公园", "parks"),
        other => return Text::same(other),
    };
    Text::new(zh, en)
}

fn listed(words: impl Iterator<Item = Text>) -> Text {
    joined(&words.collect::<Vec<_>>(), "、", ", ")
}

fn joined(parts: &[Text], zh: &str, en: &str) -> Text {
    let of = |each: fn(&Text) -> &str, comma: &str| parts.iter().map(each).collect::<Vec<_>>().join(comma);
    Text::new(of(|t| &t.zh, zh), of(|t| &t.en, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RuleBook;

    #[test]
    fn every_built_in_group_has_a_chinese_name() {
        for group in Activities::builtin().groups().keys() {
            assert_ne!(group_word(group).zh, *group, "group {group} has no name");
        }
    }

    #[test]
    fn a_rule_reads_as_a_sentence_of_its_conditions() {
        let book = RuleBook::builtin("guangzhou-2016").map(|b| (b, b.rule("important-industry")));
        let words = book.and_then(|(b, rule)| rule.map(|r| r.project.describe(b.activities()).zh));
        assert_eq!(words.as_deref(), Some("新建、扩建；工业 或 行业 C"));
    }
}
