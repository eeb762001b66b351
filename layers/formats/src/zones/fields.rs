//! Which column of a zone layer says what, by the field names authorities use.
//!
//! What a rule depends on (a red line's class, a control line's tier, a parcel's code) is never
//! guessed: two candidates, or none, end the import with a question that names them.

use super::values;
use crate::vector::fields::plain;
use crate::{FieldMatch, FormatError};
use redline_wording::{Text, text};
use redline_zoning::{LayerRole, canonical_kind};
use std::collections::BTreeMap;

/// What a column can be to a zone. Its word is what `--map` calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    Id,
    Name,
    Class,
    Tier,
    Kind,
    Code,
    Area,
}

impl Meaning {
    pub(crate) const ALL: [Meaning; 7] =
        [Meaning::Id, Meaning::Name, Meaning::Class, Meaning::Tier, Meaning::Kind, Meaning::Code, Meaning::Area];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Meaning::Id => "id",
            Meaning::Name => "name",
            Meaning::Class => "class",
            Meaning::Tier => "tier",
            Meaning::Kind => "kind",
            Meaning::Code => "code",
            Meaning::Area => "area",
        }
    }

    fn title(self) -> Text {
        match self {
            Meaning::Id => Text::new("编号", "identifier"),
            Meaning::Name => Text::new("名称", "name"),
            Meaning::Class => Text::new("类别", "class"),
            Meaning::Tier => Text::new("管制级别", "tier"),
            Meaning::Kind => Text::new("类型", "kind"),
            Meaning::Code => Text::new("地类编码", "land-use code"),
            Meaning::Area => Text::new("面积", "declared area"),
        }
    }

    /// Field names in order of preference, as [`plain`] writes them.
    fn aliases(self, role: LayerRole) -> &'static [&'static str] {
        use LayerRole as Role;
        match (self, role) {
            (Meaning::Id, Role::LandUse) => {
                &["标识码", "BSM", "图斑编号", "TBBH", "图斑预编号", "TBYBH", "编号", "BH", "ZONEID", "ID"]
            }
            (Meaning::Id, Role::Farmland) => &[
                "标识码",
                "BSM",
                "永久基本农田图斑编号",
                "YJJBNTTBBH",
                "JBNTTBBH",
                "图斑编号",
                "TBBH",
                "编号",
                "BH",
                "ZONEID",
                "ID",
            ],
            (Meaning::Id, Role::District) => {
                &["行政区代码", "XZQDM", "标识码", "BSM", "代码", "DM", "编号", "BH", "ZONEID", "ID"]
            }
            (Meaning::Id, _) => &[
                "标识码",
                "BSM",
                "红线编码",
                "HXBM",
                "图斑编号",
                "图斑编码",
                "TBBM",
                "TBBH",
                "控制线编号",
                "KZXBH",
                "编号",
                "编码",
                "BH",
                "BM",
                "ZONEID",
                "ID",
            ],
            (Meaning::Name, Role::LandUse) => &["地类名称", "DLMC", "名称", "MC", "NAME"],
            (Meaning::Name, Role::District) => &["行政区名称", "XZQMC", "名称", "MC", "NAME"],
            (Meaning::Name, Role::RedLine) => {
                &["红线名称", "HXMC", "HXMM", "名称", "MC", "保护地名称", "BHDMC", "ZONENAME", "NAME"]
            }
            (Meaning::Name, Role::GrowthBoundary) => &["名称", "MC", "ZONENAME", "NAME"],
            (Meaning::Name, _) => &["名称", "MC", "管制区名称", "GZQMC", "ZONENAME", "NAME"],
            (Meaning::Class, Role::RedLine) => {
                &["类别", "红线类别", "分类", "LB", "HXLB", "CLASS", "ZONECLASS", "ZONE_CLASS"]
            }
            (Meaning::Class, Role::GrowthBoundary) => {
                &["规划分区名称", "GHFQMC", "分区名称", "FQMC", "类别", "LB", "CLASS", "ZONECLASS"]
            }
            (Meaning::Kind, Role::RedLine) => &[
                "LX",
                "KIND",
                "类型",
                "红线类型",
                "HXLX",
                "LHLX",
                "类型名称",
                "LXMC",
                "主导功能",
                "ZDGN",
                "保护类型",
                "BHLX",
                "成员类型",
            ],
            (Meaning::Kind, Role::LandUse) => &["一级地类", "YJDL", "LX"],
            (Meaning::Tier, Role::ControlLine) => &[
                "管制级别",
                "管制等级",
                "管控级别",
                "管控等级",
                "级别",
                "等级",
                "管制分区",
                "GZJB",
                "GZDJ",
                "GKJB",
                "GKDJ",
                "GZFQ",
                "JB",
                "DJ",
                "TIER",
                "LEVEL",
            ],
            (Meaning::Code, Role::LandUse) => {
                &["地类编码", "DLBM", "地类代码", "DLDM", "LANDCODE", "LANDUSECODE", "CODE"]
            }
            (Meaning::Area, Role::Farmland) => {
                &["YJJBNTMJ", "永久基本农田面积", "YJJBNTTBMJ", "JBNTMJ", "面积", "MJ", "TBMJ", "AREA"]
            }
            (Meaning::Area, _) => {
                &["图斑面积", "TBMJ", "面积", "MJ", "区域面积", "QYMJ", "红线面积", "HXMJ", "控制面积", "KZMJ", "AREA"]
            }
            _ => &[],
        }
    }

    /// Columns that may hold it but mean other things elsewhere: named in the question, never taken.
    fn weak_aliases(self, role: LayerRole) -> &'static [&'static str] {
        match (self, role) {
            (Meaning::Tier, LayerRole::ControlLine) => {
                &["GKCS", "管控措施", "LB", "类别", "LX", "类型", "LXDM", "MC", "名称"]
            }
            (Meaning::Class | Meaning::Kind, LayerRole::RedLine) => {
                &["LXDM", "LXBM", "SLDM", "GKCS", "TYPE", "MC", "名称"]
            }
            (Meaning::Code, LayerRole::LandUse) => &["KCDLBM", "DLMC", "地类名称", "地类"],
            _ => &[],
        }
    }
}

/// Columns by meaning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    by_meaning: BTreeMap<Meaning, usize>,
    /// What a value of a column is said to mean: `--map "tier:甲=1"`.
    values: BTreeMap<(Meaning, String), String>,
    /// Fields that could have served too: chosen, passed over.
    pub passed_over: Vec<(Meaning, usize, Vec<usize>)>,
}

impl Columns {
    /// The column of a meaning.
    pub fn of(&self, meaning: Meaning) -> Option<usize> {
        self.by_meaning.get(&meaning).copied()
    }

    /// Whether a column is used for anything.
    pub fn is_used(&self, column: usize) -> bool {
        self.by_meaning.values().any(|used| *used == column)
    }

    /// What the user said that a value means.
    pub fn value(&self, meaning: Meaning, value: &str) -> Option<&str> {
        self.values.get(&(meaning, value.to_owned())).map(String::as_str)
    }

    /// Every value the user said the meaning of: meaning, value, what it means.
    pub fn said(&self) -> impl Iterator<Item = (Meaning, &str, &str)> {
        self.values.iter().map(|((meaning, value), said)| (*meaning, value.as_str(), said.as_str()))
    }

    /// For the record.
    pub fn field_map(&self, fields: &[String]) -> Vec<FieldMatch> {
        self.by_meaning
            .iter()
            .map(|(meaning, column)| FieldMatch { field: fields[*column].clone(), meaning: meaning.word().to_owned() })
            .collect()
    }
}

/// Values of the first features, by column, for questions.
pub(crate) struct Samples {
    /// Distinct values in order of appearance, a few a column.
    pub by_column: Vec<Vec<String>>,
}

/// Matches a layer's fields. `map` is what the user said: meaning → field, or `meaning:value` →
/// canonical value.
///
/// # Errors
/// `map-wrong` for a name that does not exist; `field-unsure` with candidates and their values.
pub(crate) fn columns(
    file: &str,
    role: LayerRole,
    fields: &[String],
    samples: &Samples,
    map: &BTreeMap<String, String>,
) -> Result<Columns, FormatError> {
    let mut columns = Columns::default();
    for (key, value) in map {
        let (word, of_value) = match key.split_once(':') {
            Some((word, of_value)) => (word, Some(of_value)),
            None => (key.as_str(), None),
        };
        let Some(meaning) = Meaning::ALL.into_iter().find(|m| m.word() == word.to_lowercase()) else {
            let known = Meaning::ALL.map(Meaning::word).join(", ");
            return Err(FormatError::new(
                "map-wrong",
                text!(
                    "--map 中的“{word}”不是可指定的含义。可用：{known}。"
                        | "“{word}” in --map is nothing a field can mean. Known are: {known}."
                ),
            ));
        };
        if let Some(of_value) = of_value {
            can_be_said(role, meaning, key, value)?;
            columns.values.insert((meaning, of_value.to_owned()), value.clone());
            continue;
        }
        let Some(column) =
            fields.iter().position(|f| f == value).or_else(|| fields.iter().position(|f| plain(f) == plain(value)))
        else {
            let all = fields.join("、");
            return Err(FormatError::new(
                "map-wrong",
                text!(
                    "“{file}”没有字段“{value}”（--map {key}={value}）。现有字段：{all}。"
                        | "“{file}” has no field “{value}” (--map {key}={value}). Its fields are: {all}."
                ),
            ));
        };
        columns.by_meaning.insert(meaning, column);
    }
    let names: Vec<String> = fields.iter().map(|field| plain(field)).collect();
    for meaning in Meaning::ALL {
        if columns.by_meaning.contains_key(&meaning) {
            continue;
        }
        let mut found: Vec<usize> = Vec::new();
        for alias in meaning.aliases(role) {
            found.extend((0..names.len()).filter(|i| names[*i] == *alias && !columns.is_used(*i)));
        }
        match found.split_first() {
            None => {}
            Some((only, [])) => {
                columns.by_meaning.insert(meaning, *only);
            }
            // Rules hang on these: of two candidates neither is taken.
            Some(_)
                if matches!(meaning, Meaning::Class | Meaning::Tier | Meaning::Code)
                    || (meaning == Meaning::Kind && role == LayerRole::RedLine) =>
            {
                return Err(unsure(file, meaning, fields, samples, &found));
            }
            Some((first, others)) => {
                columns.by_meaning.insert(meaning, *first);
                columns.passed_over.push((meaning, *first, others.to_vec()));
            }
        }
    }
    let required = match role {
        LayerRole::RedLine if columns.of(Meaning::Kind).is_none() => Some(Meaning::Class),
        LayerRole::ControlLine => Some(Meaning::Tier),
        LayerRole::LandUse => Some(Meaning::Code),
        _ => None,
    };
    if let Some(meaning) = required.filter(|meaning| columns.of(*meaning).is_none()) {
        let weak: Vec<usize> = (0..fields.len())
            .filter(|i| {
                meaning.weak_aliases(role).contains(&names[*i].as_str())
                    || looks_like(role, meaning, &samples.by_column[*i])
            })
            .collect();
        return Err(unsure(file, meaning, fields, samples, &weak));
    }
    Ok(columns)
}

/// Whether the user may say that a value means this: only a word rules know.
///
/// # Errors
/// `map-wrong`, naming the words that can be said.
fn can_be_said(role: LayerRole, meaning: Meaning, key: &str, value: &str) -> Result<(), FormatError> {
    let words: &[&str] = match meaning {
        Meaning::Class | Meaning::Kind => role.classes(),
        Meaning::Tier => role.tiers(),
        _ => &[],
    };
    let a_kind = meaning != Meaning::Tier && role == LayerRole::RedLine && canonical_kind(value).is_some();
    if words.contains(&value) || a_kind {
        return Ok(());
    }
    let known = match words {
        [] => "—".to_owned(),
        words => words.join(", "),
    };
    Err(FormatError::new(
        "map-wrong",
        text!(
            "--map \"{key}={value}\" 中的“{value}”不是可用的含义。这里可用：{known}（红线的种类还可写规范名称，如 饮用水源一级保护区）。"
                | "“{value}” in --map \"{key}={value}\" is nothing a value can mean. Known here are: {known} (for a red line also a kind by its canonical name, such as 饮用水源一级保护区)."
        ),
    ))
}

/// Whether all of a column's values could be the meaning's.
fn looks_like(role: LayerRole, meaning: Meaning, values: &[String]) -> bool {
    !values.is_empty()
        && values.iter().all(|value| match meaning {
            Meaning::Tier => values::tier(value).is_some() && !value.chars().all(|c| c.is_ascii_digit()),
            Meaning::Class => values::class(role, value).is_some() || canonical_kind(value).is_some(),
            Meaning::Code => super::land_codes::look_up(value).is_some(),
            _ => false,
        })
}

fn unsure(file: &str, meaning: Meaning, fields: &[String], samples: &Samples, candidates: &[usize]) -> FormatError {
    let (title, word) = (meaning.title(), meaning.word());
    let shown = |columns: &[usize]| -> String {
        columns
            .iter()
            .map(|i| {
                let values: Vec<&str> = samples.by_column[*i].iter().take(3).map(String::as_str).collect();
                if values.is_empty() { fields[*i].clone() } else { format!("{} ({})", fields[*i], values.join("、")) }
            })
            .collect::<Vec<_>>()
            .join(";")
    };
    let (zh, en) = (&title.zh, &title.en);
    if candidates.is_empty() {
        let all = shown(&(0..fields.len()).collect::<Vec<_>>());
        return FormatError::new(
            "field-unsure",
            text!(
                "“{file}”中没有能认出的{zh}字段。请用 --map {word}=字段名 指定。现有字段：{all}。"
                    | "No field of “{file}” is known to hold the {en}. Name it with --map {word}=FIELD. Its fields: {all}."
            ),
        );
    }
    let first = &fields[candidates[0]];
    let list = shown(candidates);
    FormatError::new(
        "field-unsure",
        text!(
            "不能确定“{file}”中哪个字段是{zh}。候选：{list}。请用 --map {word}={first} 这样的写法指定。"
                | "Which field of “{file}” holds the {en} is not certain. Candidates: {list}. Name it, for example with --map {word}={first}."
        ),
    )
}
