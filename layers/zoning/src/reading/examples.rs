//! The example cases of a book, as written.

use super::fields::{RawCase, RawZone, Words};
use super::{Read, Reader};
use crate::{Case, MissingKey, NO_RULE, OpinionFact, ProjectKeys, Rule, ZoneFacts};
use redline_wording::text;
use toml::Spanned;

impl Reader<'_> {
    pub(super) fn case(&self, raw: RawCase, rules: &[Rule]) -> Read<Case> {
        let name = self.named(&raw.name, "name")?;
        let zone = &raw.zone;
        let role = self.role(&zone.role)?;
        let own = |word: &Option<Spanned<String>>| word.as_ref().map(|word| Words(vec![word.clone()], word.clone()));
        let selector = self.zone(&RawZone {
            role: Words(vec![zone.role.clone()], zone.role.clone()),
            place: zone.place.clone(),
            class: own(&zone.class),
            tier: own(&zone.tier),
            kind: own(&zone.kind),
            except_kind: None,
        })?;
        let keys = raw.keys.unwrap_or_default();
        if let Some(code) = &keys.activity {
            self.activity_code(code)?;
        }
        let mut opinions = Vec::new();
        for opinion in keys.opinions {
            self.opinion_kind(&opinion.kind)?;
            opinions.push(OpinionFact { kind: opinion.kind.into_inner(), covers: opinion.covers });
        }
        let mut missing = Vec::new();
        for word in &raw.missing {
            match MissingKey::parse(word.get_ref()) {
                Some(key) => missing.push(key),
                None => {
                    let (word_is, known) = (word.get_ref(), MissingKey::ALL.map(MissingKey::as_str).join(" "));
                    return self.refuse(
                        word,
                        text!(
                            "未知的关键字 \"{word_is}\"；可用：{known}" | "unknown key \"{word_is}\"; known: {known}"
                        ),
                    );
                }
            }
        }
        for rule in &raw.rules {
            if rule.get_ref() != NO_RULE && !rules.iter().any(|known| &known.id == rule.get_ref()) {
                let id = rule.get_ref();
                return self.refuse(
                    rule,
                    text!("案例引用的规则 {id} 不存在" | "the case names rule {id}, which does not exist"),
                );
            }
        }
        Ok(Case {
            line: self.lines.at(raw.name.span().start),
            name,
            role,
            outside: selector.outside,
            zone: ZoneFacts {
                class: selector.classes.into_iter().next(),
                tier: selector.tiers.into_iter().next(),
                kind: selector.kinds.into_iter().next(),
                ..ZoneFacts::default()
            },
            keys: ProjectKeys {
                activity: keys.activity.map(Spanned::into_inner),
                stage: keys.stage.as_ref().map(|word| self.stage(word)).transpose()?,
                industry: keys.industry,
                opinions,
            },
            outcome: self.outcome(&raw.outcome)?,
            rules: raw.rules.into_iter().map(Spanned::into_inner).collect(),
            only: raw.only,
            missing,
        })
    }
}
