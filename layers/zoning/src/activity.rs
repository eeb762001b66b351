//! The registry of activities: the codes rules and projects share, and the words files use for them.

use crate::RuleBook;
use crate::error::BookError;
use crate::industry::industry_code;
use crate::keys::ProjectKeys;
use redline_wording::{Text, text};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// 活动: what a project does, as rules know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Code, lower-case English with hyphens; what `--activity` takes.
    pub code: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Main group; rules may name groups in place of codes.
    pub group: String,
    /// Further groups it belongs to.
    #[serde(default)]
    pub also: Vec<String>,
    /// Which of the ten kinds of 有限人为活动 (自然资发〔2022〕142号) it can be recognised as, 1–10.
    /// Whether it *is* recognised is for the province's opinion to say.
    #[serde(default)]
    pub ten_kind: Option<u8>,
    /// 国家重大项目.
    #[serde(default)]
    pub major: bool,
    /// Sections or divisions of GB/T 4754-2017 it can belong to by its definition; empty: any.
    /// Where a project gives no industry, this rules a rule out and never in: a sewage works
    /// cannot be manufacturing, so a rule on manufacturing does not ask for its industry.
    #[serde(default)]
    pub sections: Vec<String>,
    /// Industry to suggest to the person; never applied by itself.
    #[serde(default)]
    pub industry: Option<String>,
    /// Words for it in 地块用途 and attribute columns, besides its names.
    #[serde(default)]
    pub aliases: Vec<String>,
}

impl Activity {
    /// The name in both languages.
    pub fn name(&self) -> Text {
        Text::new(&self.zh, &self.en)
    }

    /// Whether `word`, an activity code or a group, speaks of this activity. Two groups are derived:
    /// `ten-kinds` (has a `ten_kind`) and `major` (national major projects).
    pub fn belongs_to(&self, word: &str) -> bool {
        self.code == word
            || self.group == word
            || self.also.iter().any(|group| group == word)
            || (word == "ten-kinds" && self.ten_kind.is_some())
            || (word == "major" && self.major)
    }

    /// Whether a project of this activity can, by its definition, be of an industry that starts
    /// with `prefix` (GB/T 4754).
    pub(crate) fn may_be_industry(&self, prefix: &str) -> bool {
        self.sections.is_empty()
            || self.sections.iter().any(|s| s.starts_with(prefix) || prefix.starts_with(s.as_str()))
    }
}

/// What a file's words for an activity lead to.
#[derive(Clone, Debug, PartialEq)]
pub enum ActivityMatch<'a> {
    /// One activity and no other.
    One(&'a Activity),
    /// Several fit equally well: the person must choose.
    Several(Vec<&'a Activity>),
    /// Nothing fits.
    None,
}

impl<'a> ActivityMatch<'a> {
    /// The activity where exactly one fits.
    pub fn one(&self) -> Option<&'a Activity> {
        match self {
            ActivityMatch::One(activity) => Some(activity),
            _ => None,
        }
    }

    /// Whatever could be meant, in registry order.
    pub fn candidates(&self) -> Vec<&'a Activity> {
        match self {
            ActivityMatch::One(activity) => vec![activity],
            ActivityMatch::Several(several) => several.clone(),
            ActivityMatch::None => Vec::new(),
        }
    }
}

/// The activities in force: the built-in registry, and with a book its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Activities {
    list: Vec<Activity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActivityFile {
    activities: Vec<Activity>,
}

static BUILTIN: LazyLock<Activities> = LazyLock::new(|| {
    // the file is compiled in and read by a test: it cannot fail for a user
    #[allow(clippy::expect_used)]
    let file: ActivityFile =
        toml::from_str(include_str!("../data/activities.toml")).expect("the built-in activities parse");
    Activities { list: file.activities }
});

impl Activities {
    /// The built-in registry.
    pub fn builtin() -> &'static Activities {
        &BUILTIN
    }

    /// The registry a book is judged with: the built-in one and the book's own activities, which
    /// stand in place of a built-in one with the same code.
    pub fn with_book(book: &RuleBook) -> &Activities {
        book.activities()
    }

    /// The built-in registry with `own` added; a same code replaces.
    pub(crate) fn extended(own: &[Activity]) -> Activities {
        let mut list = BUILTIN.list.clone();
        for activity in own {
            match list.iter_mut().find(|known| known.code == activity.code) {
                Some(known) => *known = activity.clone(),
                None => list.push(activity.clone()),
            }
        }
        Activities { list }
    }

    /// Every activity, in the registry's order: the ten kinds first.
    pub fn iter(&self) -> impl Iterator<Item = &Activity> {
        self.list.iter()
    }

    /// The activity with this code.
    pub fn get(&self, code: &str) -> Option<&Activity> {
        self.list.iter().find(|activity| activity.code == code)
    }

    /// Whether `word` is a code or a group that at least one activity answers to.
    pub fn knows(&self, word: &str) -> bool {
        self.list.iter().any(|activity| activity.belongs_to(word))
    }

    /// Every group with the codes in it, derived groups included, sorted by group.
    pub fn groups(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for activity in &self.list {
            let own = std::iter::once(activity.group.as_str())
                .chain(activity.also.iter().map(String::as_str))
                .chain(activity.ten_kind.map(|_| "ten-kinds"))
                .chain(activity.major.then_some("major"));
            for group in own.collect::<BTreeSet<_>>() {
                groups.entry(group).or_default().push(&activity.code);
            }
        }
        groups
    }

    /// Codes near to a mistyped one, nearest first, at most three: for an error's "did you mean".
    pub fn near(&self, code: &str) -> Vec<&str> {
        let mut near: Vec<(usize, &str)> = self
            .list
            .iter()
            .map(|a| (edit_distance(code, &a.code), a.code.as_str()))
            .filter(|(distance, known)| *distance <= 1 + known.len() / 4)
            .collect();
        near.sort();
        near.into_iter().take(3).map(|(_, known)| known).collect()
    }

    /// Reads the words of a 地块用途 or an attribute column: first as code, name or alias exactly,
    /// then by the aliases the words contain, an alias within a longer one left out. Where they speak
    /// of several activities all are returned, for the person to choose.
    ///
    /// ```
    /// use redline_zoning::{Activities, ActivityMatch};
    /// let activities = Activities::builtin();
    /// assert_eq!(activities.match_text("污水处理厂").one().map(|a| a.code.as_str()), Some("sewage-treatment"));
    /// assert_eq!(activities.match_text("住宅及污水处理厂").candidates().len(), 2);
    /// assert_eq!(activities.match_text("污水处理厂及商铺"), ActivityMatch::None);
    /// assert!(activities.match_text("污水处理厂及配套设施").one().is_some());
    /// assert_eq!(activities.match_text("天书"), ActivityMatch::None);
    /// ```
    pub fn match_text(&self, words: &str) -> ActivityMatch<'_> {
        let words = plain(words);
        if words.is_empty() {
            return ActivityMatch::None;
        }
        let exact: Vec<&Activity> = self.list.iter().filter(|a| a.words().any(|word| plain(word) == words)).collect();
        if !exact.is_empty() {
            return of(exact);
        }
        let (found, rest) = self.contained(&words);
        match of(found) {
            // 环卫设施及商铺: the second thing is no alias, but it is there
            ActivityMatch::One(_) if joins_more(&rest) => ActivityMatch::None,
            found => found,
        }
    }

    /// The activities whose aliases `words` contain, aliases within a longer alias left out: of
    /// 污水处理厂 the word 污水处理 says nothing more. Two aliases side by side are two activities.
    /// Also what of the words is left, with [`KNOWN`] in place of each alias.
    fn contained(&self, words: &str) -> (Vec<&Activity>, String) {
        // one character would match nearly anything
        let usable = |word: &String| word.chars().count() >= 2 && !word.is_ascii() && words.contains(word.as_str());
        let mut aliases: Vec<(String, &Activity)> =
            self.list.iter().flat_map(|a| a.words().map(plain).filter(usable).map(move |word| (word, a))).collect();
        aliases.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
        let mut meant: Vec<&str> = Vec::new();
        for (alias, activity) in &aliases {
            let within =
                |at: usize| taken.iter().any(|t| t.len() > alias.len() && t.start <= at && at + alias.len() <= t.end);
            let free: Vec<usize> =
                words.match_indices(alias.as_str()).map(|(at, _)| at).filter(|at| !within(*at)).collect();
            if !free.is_empty() {
                taken.extend(free.into_iter().map(|at| at..at + alias.len()));
                meant.push(&activity.code);
            }
        }
        let rest = words
            .char_indices()
            .filter_map(|(at, c)| match taken.iter().find(|t| t.contains(&at)) {
                None => Some(c),
                Some(alias) => (alias.start == at).then_some(KNOWN),
            })
            .collect();
        (self.list.iter().filter(|a| meant.contains(&a.code.as_str())).collect(), rest)
    }

    /// What is doubtful about a project's keys themselves, whatever the rules: an activity no
    /// registry knows, an industry that is no GB/T 4754 code, an industry the activity's definition
    /// leaves out.
    pub fn doubts(&self, keys: &ProjectKeys) -> Vec<Text> {
        let mut doubts = Vec::new();
        let activity = keys.activity.as_deref();
        if let Some(code) = activity.filter(|code| self.get(code).is_none()) {
            doubts.push(text!(
                "活动代码 {code} 不在活动目录中；可用 redline activities 查看目录"
                    | "activity {code} is not in the registry; list it with redline activities"
            ));
        }
        if let Some(given) = keys.industry.as_deref() {
            match (industry_code(given), activity.and_then(|code| self.get(code))) {
                (None, _) => doubts.push(text!(
                    "行业 {given} 不是 GB/T 4754-2017 代码；应写作门类字母加至多四位数字，如 C26" |
                    "industry {given} is no GB/T 4754-2017 code; write the section letter and up to four digits, such as C26"
                )),
                (Some(industry), Some(activity)) if !activity.may_be_industry(&industry) => {
                    let (zh, en, sections) = (&activity.zh, &activity.en, activity.sections.join(" "));
                    doubts.push(Text::new(
                        format!("行业 {industry} 与活动“{zh}”不符（其行业应为 {sections}），请核对"),
                        format!("industry {industry} does not fit the activity \"{en}\" (expected {sections}); check both"),
                    ));
                }
                _ => {}
            }
        }
        doubts
    }
}

impl Activity {
    fn words(&self) -> impl Iterator<Item = &str> {
        [self.code.as_str(), self.zh.as_str(), self.en.as_str()]
            .into_iter()
            .chain(self.aliases.iter().map(String::as_str))
    }
}

fn of(mut found: Vec<&Activity>) -> ActivityMatch<'_> {
    match found.len() {
        0 => ActivityMatch::None,
        1 => ActivityMatch::One(found.remove(0)),
        _ => ActivityMatch::Several(found),
    }
}

/// Whether another thing is joined to a purpose's one known activity, which stands as [`KNOWN`] in
/// `rest`: a word that joins right beside it, and more than what any project has.
fn joins_more(rest: &str) -> bool {
    const JOINERS: [&str; 9] = ["及", "和", "与", "兼", "、", "+", "/", "改为", "改建为"];
    const COMMON: [&str; 16] = [
        "其", "配套", "附属", "相关", "设施", "工程", "项目", "用地", "建设", "用房", "道路", "绿化", "管网", "管线",
        "管道", "泵站",
    ];
    let more = |joined: &str| {
        let own = COMMON.iter().fold(joined.to_owned(), |words, common| words.replace(common, ""));
        own.chars().filter(|c| c.is_alphanumeric()).count() >= 2
    };
    let (before, after) = rest.split_once(KNOWN).unwrap_or((rest, ""));
    JOINERS
        .iter()
        .any(|joiner| before.strip_suffix(joiner).is_some_and(more) || after.strip_prefix(joiner).is_some_and(more))
}

/// Stands for the known activity in what is left of a purpose.
const KNOWN: char = '\u{1}';

/// Lower case, without white space: how words are compared.
fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Levenshtein's distance over characters.
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (diagonal + usize::from(ca != *cb)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

/// Refuses an activity that could never be used or would confuse: empty words, a kind past ten.
pub(crate) fn check_own(activity: &Activity, line: usize) -> Result<(), BookError> {
    let problem = |cause: Text| Err(BookError { file: None, line: Some(line), cause });
    let code = &activity.code;
    if code.is_empty() || !code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return problem(text!(
            "活动代码“{code}”应只含小写字母、数字和连字符"
                | "activity code \"{code}\" must consist of lower-case letters, digits and hyphens"
        ));
    }
    if activity.zh.is_empty() || activity.en.is_empty() || activity.group.is_empty() {
        return problem(text!(
            "活动 {code} 的 zh、en、group 不能为空" | "activity {code}: zh, en and group must not be empty"
        ));
    }
    if let Some(kind) = activity.ten_kind.filter(|kind| !(1..=10).contains(kind)) {
        return problem(text!(
            "活动 {code} 的 ten_kind = {kind}，应为 1 到 10" | "activity {code}: ten_kind = {kind}, must be 1 to 10"
        ));
    }
    if let Some(section) =
        activity.sections.iter().chain(&activity.industry).find(|s| industry_code(s).as_deref() != Some(s))
    {
        return problem(text!(
            "活动 {code} 的行业“{section}”不是 GB/T 4754-2017 代码"
                | "activity {code}: industry \"{section}\" is no GB/T 4754-2017 code"
        ));
    }
    Ok(())
}
