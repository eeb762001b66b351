//! Single words of a book: dates, roles, stages, outcomes, activities. Each refusal says what is known.

use super::{OPINIONS, Read, Reader};
use crate::activity::edit_distance;
use crate::{LayerRole, Outcome, Stage};
use jiff::civil::Date;
use redline_wording::{Text, text};
use toml::Spanned;

impl Reader<'_> {
    pub(super) fn named(&self, words: &Spanned<String>, field: &str) -> Read<String> {
        match words.get_ref().trim() {
            "" => self.refuse(words, text!("{field} 不能为空" | "{field} must not be empty")),
            _ => Ok(words.get_ref().clone()),
        }
    }

    pub(super) fn date(&self, value: &Spanned<toml::Value>) -> Read<Date> {
        let written = match value.get_ref() {
            toml::Value::Datetime(date) => date.to_string(),
            toml::Value::String(words) => words.clone(),
            other => other.to_string(),
        };
        written.parse::<Date>().or_else(|_| {
            self.refuse(
                value,
                text!("日期 {written} 无效；应写作 2016-08-10" | "{written} is no date; write it as 2016-08-10"),
            )
        })
    }

    pub(super) fn any_role(&self, word: &Spanned<String>) -> Read<LayerRole> {
        let found = LayerRole::ALL.into_iter().find(|role| role.as_str() == word.get_ref());
        found.map_or_else(
            || {
                let (word_is, known) = (word.get_ref(), LayerRole::ALL.map(LayerRole::as_str).join(" "));
                self.refuse(
                    word,
                    text!(
                        "未知的图层角色 \"{word_is}\"；可用：{known}"
                            | "unknown layer role \"{word_is}\"; known: {known}"
                    ),
                )
            },
            Ok,
        )
    }

    pub(super) fn role(&self, word: &Spanned<String>) -> Read<LayerRole> {
        let role = self.any_role(word)?;
        if !role.judged() {
            let Text { zh, en } = role.word();
            return self.refuse(
                word,
                Text::new(
                    format!("{zh}只作参考，规则不能针对它"),
                    format!("{en} is reference only; no rule can speak of it"),
                ),
            );
        }
        Ok(role)
    }

    pub(super) fn stage(&self, word: &Spanned<String>) -> Read<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.as_str() == word.get_ref()).map_or_else(
            || {
                let word_is = word.get_ref();
                self.refuse(
                    word,
                    text!(
                        "未知的建设阶段 \"{word_is}\"；可用：new rebuild extend existing"
                            | "unknown stage \"{word_is}\"; known: new rebuild extend existing"
                    ),
                )
            },
            Ok,
        )
    }

    pub(super) fn outcome(&self, word: &Spanned<String>) -> Read<Outcome> {
        Outcome::parse(word.get_ref()).map_or_else(
            || {
                let word_is = word.get_ref();
                self.refuse(
                    word,
                    text!(
                        "未知的结论 \"{word_is}\"；可用：prohibited manual conditional permitted"
                            | "unknown outcome \"{word_is}\"; known: prohibited manual conditional permitted"
                    ),
                )
            },
            Ok,
        )
    }

    pub(super) fn opinion_kind(&self, kind: &Spanned<String>) -> Read<()> {
        if OPINIONS.contains(&kind.get_ref().as_str()) {
            return Ok(());
        }
        let (kind_is, known) = (kind.get_ref(), OPINIONS.join(" "));
        self.refuse(
            kind,
            text!(
                "未知的意见种类 \"{kind_is}\"；可用：{known}" | "unknown kind of opinion \"{kind_is}\"; known: {known}"
            ),
        )
    }

    pub(super) fn activity_word(&self, word: &Spanned<String>) -> Read<()> {
        if self.activities.knows(word.get_ref()) {
            return Ok(());
        }
        let mut near: Vec<&str> = self.activities.near(word.get_ref());
        near.extend(self.activities.groups().keys().filter(|group| edit_distance(group, word.get_ref()) <= 3));
        self.unknown_activity(word, &near)
    }

    pub(super) fn activity_code(&self, word: &Spanned<String>) -> Read<()> {
        match self.activities.get(word.get_ref()) {
            Some(_) => Ok(()),
            None => self.unknown_activity(word, &self.activities.near(word.get_ref())),
        }
    }

    pub(super) fn unknown_activity<T>(&self, word: &Spanned<String>, near: &[&str]) -> Read<T> {
        let (word_is, near) = (word.get_ref(), near.join(" "));
        self.refuse(word, match near.is_empty() {
            true => text!(
                "未知的活动代码或类别 \"{word_is}\"；可用 redline activities 查看，或在本规则集 [[activities]] 中定义" |
                "unknown activity or group \"{word_is}\"; list them with redline activities, or define it in this book's [[activities]]"
            ),
            false => text!("未知的活动代码或类别 \"{word_is}\"；是否指：{near}" | "unknown activity or group \"{word_is}\"; did you mean: {near}"),
        })
    }
}
