//! From TOML to a checked book. Every refusal names its line and what to write instead.

mod examples;
mod fields;
mod words;

use crate::activity::check_own;
use crate::selector::{OpinionState, ProjectSelector, ZoneSelector};
use crate::{
    Activities, Activity, BookError, Case, LayerRole, NO_RULE, Outcome, Rule, RuleBook, SourceDocument, Target,
    industry_code,
};
use fields::{RawBook, RawProject, RawRule, RawTarget, RawZone, Words};
use redline_wording::{Text, text};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use toml::Spanned;

/// Kinds of opinion that rules may ask for.
const OPINIONS: [&str; 2] = ["limited-activity", "unavoidability"];

/// Reads and checks a book.
pub(crate) fn read(toml: &str) -> Result<RuleBook, BookError> {
    let text = toml.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let lines = Lines::of(&text);
    let raw: RawBook = toml::from_str(&text).map_err(|error| BookError {
        file: None,
        line: error.span().map(|span| lines.at(span.start)),
        cause: toml_cause(error.message()),
    })?;
    Reader { lines: &lines, activities: Activities::builtin().clone(), sources: BTreeMap::new() }.book(raw, &text)
}

/// Byte offsets of line starts.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The line of a byte offset, from 1.
    fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }
}

struct Reader<'a> {
    lines: &'a Lines,
    activities: Activities,
    /// Citation of each source document by id.
    sources: BTreeMap<String, String>,
}

type Read<T> = Result<T, BookError>;

impl Reader<'_> {
    fn refuse<T, S>(&self, at: &Spanned<S>, cause: Text) -> Read<T> {
        Err(BookError { file: None, line: Some(self.lines.at(at.span().start)), cause })
    }

    fn book(mut self, raw: RawBook, text: &str) -> Read<RuleBook> {
        self.named(&raw.id, "id")?;
        self.named(&raw.title, "title")?;
        self.named(&raw.version, "version")?;
        let valid_from = self.date(&raw.valid_from)?;
        let valid_to = raw.valid_to.as_ref().map(|date| self.date(date)).transpose()?;
        if let (Some(to), Some(at)) = (valid_to, &raw.valid_to)
            && to < valid_from
        {
            return self.refuse(
                at,
                text!("valid_to {to} 早于 valid_from {valid_from}" | "valid_to {to} is before valid_from {valid_from}"),
            );
        }
        let mut own_activities: Vec<Activity> = Vec::new();
        for activity in raw.activities {
            check_own(activity.get_ref(), self.lines.at(activity.span().start))?;
            let code = &activity.get_ref().code;
            if own_activities.iter().any(|other| &other.code == code) {
                return self.refuse(&activity, text!("活动代码 {code} 重复" | "activity code {code} is given twice"));
            }
            own_activities.push(activity.into_inner());
        }
        self.activities = Activities::extended(&own_activities);

        let mut sources = Vec::new();
        for source in raw.sources {
            let id = self.named(&source.id, "id")?;
            let number = source.number.unwrap_or_default();
            let citation = match number.is_empty() {
                true => format!("《{}》", source.title),
                false => format!("《{}》（{number}）", source.title),
            };
            if self.sources.insert(id.clone(), citation).is_some() {
                return self.refuse(&source.id, text!("来源 {id} 重复" | "source {id} is given twice"));
            }
            let date = source.date.as_ref().map(|date| self.date(date)).transpose()?;
            sources.push(SourceDocument { id, title: source.title, number, date, url: source.url.unwrap_or_default() });
        }
        let mut rules: Vec<Rule> = Vec::new();
        for raw in raw.rules {
            let at = raw.id.clone();
            let rule = self.rule(raw)?;
            if let Some(first) = rules.iter().find(|other| other.id == rule.id) {
                let (id, line) = (&rule.id, first.line);
                return self.refuse(
                    &at,
                    text!(
                        "规则 {id} 重复（首次在第 {line} 行）；每条规则的 id 必须唯一"
                            | "rule {id} is given twice (first on line {line}); every rule needs an id of its own"
                    ),
                );
            }
            rules.push(rule);
        }
        if rules.is_empty() {
            return Err(BookError {
                file: None,
                line: None,
                cause: text!("没有任何 [[rules]]；至少写一条规则" | "there are no [[rules]]; write at least one"),
            });
        }
        let cases = raw.cases.into_iter().map(|case| self.case(case, &rules)).collect::<Read<Vec<Case>>>()?;
        let targets = raw.targets.into_iter().map(|target| self.target(target)).collect::<Read<Vec<Target>>>()?;
        Ok(RuleBook {
            id: raw.id.into_inner(),
            title: raw.title.into_inner(),
            version: raw.version.into_inner(),
            valid_from,
            valid_to,
            sources,
            rules,
            cases,
            targets,
            overlap_note: raw.overlap_note.map(|zh| bilingual(zh, raw.overlap_note_en)),
            activities: self.activities,
            own_activities,
            sha256: Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
            text: text.to_owned(),
        })
    }

    fn rule(&self, raw: RawRule) -> Read<Rule> {
        let line = self.lines.at(raw.id.span().start);
        let id = self.named(&raw.id, "id")?;
        if id == NO_RULE {
            return self.refuse(
                &raw.id,
                text!(
                    "规则不能命名为 no-rule，它表示规则集未作规定"
                        | "no rule may be called no-rule: it means that the book is silent"
                ),
            );
        }
        self.named(&raw.clause, "clause")?;
        self.named(&raw.reason, "reason")?;
        let outcome = self.outcome(&raw.outcome)?;
        if outcome == Outcome::Clear {
            return self.refuse(
                &raw.outcome,
                text!(
                    "规则 {id} 的 outcome 不能是 clear：它表示没有压占"
                        | "rule {id}: outcome cannot be clear, which means that nothing overlaps"
                ),
            );
        }
        let source_id = raw.source.get_ref().clone();
        let Some(citation) = self.sources.get(&source_id) else {
            let known = self.sources.keys().map(String::as_str).collect::<Vec<_>>().join(" ");
            return self.refuse(
                &raw.source,
                text!(
                    "规则 {id} 引用的来源 {source_id} 不在 [[sources]] 中（已有：{known}）"
                        | "rule {id} cites source {source_id}, which is not among [[sources]] ({known})"
                ),
            );
        };
        Ok(Rule {
            line,
            zone: self.zone(&raw.zone)?,
            project: raw
                .project
                .as_ref()
                .map_or(Ok(ProjectSelector::default()), |project| self.project(project, true))?,
            outcome,
            source: format!("{citation}{}", raw.article.unwrap_or_default()),
            source_id,
            reason: bilingual(raw.reason.into_inner(), raw.reason_en),
            clause: raw.clause.into_inner(),
            attachments: raw.attachments,
            verified: raw.verified,
            id,
        })
    }

    fn zone(&self, raw: &RawZone) -> Read<ZoneSelector> {
        let mut roles = Vec::new();
        for word in &raw.role.0 {
            roles.push(self.role(word)?);
        }
        let outside = match raw.place.as_ref().map(|place| place.get_ref().as_str()) {
            None | Some("inside") => false,
            Some("outside") => true,
            Some(other) => {
                return self.refuse(
                    &raw.role.1,
                    text!(
                        "where = \"{other}\" 应为 inside 或 outside" | "where = \"{other}\" must be inside or outside"
                    ),
                );
            }
        };
        if outside && roles.iter().any(|role| *role != LayerRole::GrowthBoundary) {
            return self.refuse(&raw.role.1, text!(
                "where = \"outside\" 只能用于 growth-boundary：在其他控制线之外，该线不作规定" |
                "where = \"outside\" is for growth-boundary only: outside any other line, that line says nothing"
            ));
        }
        if outside && [&raw.class, &raw.tier, &raw.kind, &raw.except_kind].into_iter().any(Option::is_some) {
            return self.refuse(
                &raw.role.1,
                text!(
                    "where = \"outside\" 的规则不能再写 class、tier、kind：线外没有分区"
                        | "a rule with where = \"outside\" cannot name class, tier or kind: outside there are no zones"
                ),
            );
        }
        Ok(ZoneSelector {
            outside,
            classes: self.canonical(raw.class.as_ref(), &roles, LayerRole::classes, "class")?,
            tiers: self.canonical(raw.tier.as_ref(), &roles, LayerRole::tiers, "tier")?,
            kinds: raw.kind.as_ref().map(Words::plain).unwrap_or_default(),
            except_kinds: raw.except_kind.as_ref().map(Words::plain).unwrap_or_default(),
            roles,
        })
    }

    /// Words that at least one of the roles knows: a mistyped class would silently never match.
    fn canonical(
        &self,
        words: Option<&Words>,
        roles: &[LayerRole],
        known: fn(LayerRole) -> &'static [&'static str],
        field: &str,
    ) -> Read<Vec<String>> {
        let Some(words) = words else { return Ok(Vec::new()) };
        let known: Vec<&str> = roles.iter().flat_map(|role| known(*role)).copied().collect();
        for word in &words.0 {
            if !known.contains(&word.get_ref().as_str()) {
                let (word_is, known) = (word.get_ref(), known.join(" "));
                return self.refuse(
                    word,
                    match known.is_empty() {
                        true => text!(
                            "这类图层没有 {field}，不能写 {field} = \"{word_is}\""
                                | "layers of this role have no {field}; remove {field} = \"{word_is}\""
                        ),
                        false => text!(
                            "未知的 {field} \"{word_is}\"；可用：{known}"
                                | "unknown {field} \"{word_is}\"; known: {known}"
                        ),
                    },
                );
            }
        }
        Ok(words.plain())
    }

    fn project(&self, raw: &RawProject, outer: bool) -> Read<ProjectSelector> {
        let mut stages = Vec::new();
        for word in raw.stage.iter().flat_map(|words| &words.0) {
            stages.push(self.stage(word)?);
        }
        for word in raw.activities.iter().chain(&raw.except).flat_map(|words| &words.0) {
            self.activity_word(word)?;
        }
        for word in raw.industry.iter().flat_map(|words| &words.0) {
            if industry_code(word.get_ref()).as_ref() != Some(word.get_ref()) {
                let given = word.get_ref();
                return self.refuse(
                    word,
                    text!(
                        "行业 \"{given}\" 不是 GB/T 4754-2017 代码（如 C、C26、A03）"
                            | "industry \"{given}\" is no GB/T 4754-2017 code (such as C, C26, A03)"
                    ),
                );
            }
        }
        let opinion = match (&raw.opinion, &raw.opinion_is) {
            (None, None) => None,
            (Some(kind), Some(states)) => {
                self.opinion_kind(kind)?;
                let mut parsed = Vec::new();
                for state in &states.0 {
                    match OpinionState::parse(state.get_ref()) {
                        Some(state) => parsed.push(state),
                        None => {
                            return self.refuse(
                                state,
                                text!(
                                    "opinion_is 应为 covering、not-covering 或 absent"
                                        | "opinion_is must be covering, not-covering or absent"
                                ),
                            );
                        }
                    }
                }
                Some((kind.get_ref().clone(), parsed))
            }
            (Some(at), None) => {
                return self.refuse(
                    at,
                    text!(
                        "写了 opinion 还须写 opinion_is（covering、not-covering、absent）"
                            | "opinion needs opinion_is (covering, not-covering, absent)"
                    ),
                );
            }
            (None, Some(at)) => {
                return self.refuse(
                    &at.1,
                    text!(
                        "写了 opinion_is 还须写 opinion（limited-activity 或 unavoidability）"
                            | "opinion_is needs opinion (limited-activity or unavoidability)"
                    ),
                );
            }
        };
        let mut any = Vec::new();
        for one in &raw.any {
            if !outer {
                return self.refuse(one, text!("any 之内不能再写 any" | "any cannot stand within any"));
            }
            let one_of = self.project(one.get_ref(), false)?;
            if one_of == ProjectSelector::default() {
                return self.refuse(one, text!("any 中有一项没有任何条件" | "one entry of any has no condition"));
            }
            any.push(one_of);
        }
        Ok(ProjectSelector {
            activities: raw.activities.as_ref().map(Words::plain).unwrap_or_default(),
            except: raw.except.as_ref().map(Words::plain).unwrap_or_default(),
            stages,
            industries: raw.industry.as_ref().map(Words::plain).unwrap_or_default(),
            major: raw.major,
            opinion,
            any,
        })
    }

    fn target(&self, raw: RawTarget) -> Read<Target> {
        let Some(citation) = self.sources.get(raw.source.get_ref()) else {
            let id = raw.source.get_ref();
            return self
                .refuse(&raw.source, text!("来源 {id} 不在 [[sources]] 中" | "source {id} is not among [[sources]]"));
        };
        for figure in [raw.km2.as_ref(), raw.percent.as_ref()].into_iter().flatten() {
            if !figure.get_ref().is_finite() || *figure.get_ref() < 0.0 {
                return self.refuse(figure, text!("指标应为非负数" | "a target must be a number of at least 0"));
            }
        }
        Ok(Target {
            role: raw.role.as_ref().map(|word| self.any_role(word)).transpose()?,
            class: raw.class,
            tier: raw.tier,
            km2: raw.km2.map(Spanned::into_inner),
            percent: raw.percent.map(Spanned::into_inner),
            clause: raw.clause,
            source: format!("{citation}{}", raw.article.unwrap_or_default()),
            contradiction: raw.contradiction.map(|zh| bilingual(zh, raw.contradiction_en)),
        })
    }
}

/// Chinese and, where it was written, English; else the Chinese words in both.
fn bilingual(zh: String, en: Option<String>) -> Text {
    match en {
        Some(en) => Text::new(zh, en),
        None => Text::same(zh),
    }
}

/// The parser's own message, which is English, with its commonest forms also in Chinese.
fn toml_cause(message: &str) -> Text {
    let message = message.trim();
    let zh = if let Some(rest) = message.strip_prefix("unknown field ") {
        let (field, known) = rest.split_once(", expected ").unwrap_or((rest, ""));
        let known = known.trim_start_matches("one of ").replace("there are no fields", "（无）");
        format!("未知字段 {field}；可用的字段：{known}")
    } else if let Some(field) = message.strip_prefix("missing field ") {
        format!("缺少字段 {field}")
    } else if message.starts_with("duplicate key") {
        format!("同一字段写了两次（{message}）")
    } else if let Some(rest) = message.strip_prefix("invalid type: ") {
        format!("值的类型不对：{rest}")
    } else {
        format!("不是有效的 TOML：{message}")
    };
    Text::new(zh, message)
}
