//! The keys of each plot: the ones given for all, and the ones that are its own.
//!
//! What a person says of one plot (a row of the activity table) stands before what they say of
//! all (`--activity`), and that before what the file says (an activity column, 地块用途). Where the
//! file says something else than what stands, a note tells.

use crate::EngineError;
use crate::activity_rows::{RowOfPlot, match_rows};
use crate::activity_table::{self, Row};
use crate::assess::key_doubt;
use crate::commands::check::CheckRequest;
use crate::ground::file_name;
use crate::input::Input;
use crate::review::{ActivityRecord, FileRecord, FindingRecord, NoteRecord, OpinionRecord};
use redline_formats::{ImportNote, Plot};
use redline_wording::{Text, text};
use redline_zoning::{Activities, ActivityMatch, ProjectKeys, RuleBook, Stage, industry_code};
use std::path::Path;

/// The keys given to a command, and where each plot finds its own.
pub(crate) struct Keyring {
    activities: Activities,
    given: ProjectKeys,
    no_land: bool,
    table: Option<FileRecord>,
    rows: Vec<Row>,
    row_of_plot: RowOfPlot,
}

/// What is known of one plot's project.
pub(crate) struct PlotKeys {
    pub keys: ProjectKeys,
    /// Their record, where they differ from what was given for all.
    pub own: Option<ActivityRecord>,
    /// Why they are in doubt.
    pub doubts: Vec<FindingRecord>,
    pub notes: Vec<NoteRecord>,
}

impl Keyring {
    /// Checks the keys of `request` against the activities `book` knows.
    pub fn new(request: &CheckRequest, book: &RuleBook) -> Result<Keyring, EngineError> {
        let activities = Activities::with_book(book).clone();
        if let Some(code) = &request.activity {
            known(&activities, code)?;
        }
        let given = ProjectKeys {
            activity: request.activity.clone(),
            stage: request.stage,
            industry: request.industry.clone(),
            opinions: Vec::new(),
        };
        if let Some(doubt) = activities.doubts(&given).into_iter().next()
            && industry_code(given.industry.as_deref().unwrap_or("A")).is_none()
        {
            return Err(EngineError::new("industry-unknown", doubt));
        }
        let (table, rows) = match &request.activities {
            None => (None, Vec::new()),
            Some(path) => {
                let (table, rows) = activity_table::read(path, &activities)?;
                (Some(table), rows)
            }
        };
        Ok(Keyring { activities, given, no_land: request.no_land, table, rows, row_of_plot: RowOfPlot::new() })
    }

    /// Finds the plots that the rows of the activity table speak of; returns what to note.
    ///
    /// # Errors
    /// When a row speaks of no plot, or of one that another row speaks of too.
    pub fn settle(&mut self, inputs: &[Input]) -> Result<Vec<ImportNote>, EngineError> {
        let Some(table) = &self.table else { return Ok(Vec::new()) };
        let (row_of_plot, notes) = match_rows(&table.file, &self.rows, inputs)?;
        self.row_of_plot = row_of_plot;
        Ok(notes)
    }

    /// The record of what was given for all plots.
    pub fn given(&self, opinions: Vec<OpinionRecord>) -> ActivityRecord {
        ActivityRecord { opinions, table: self.table.clone(), ..self.record(&self.given) }
    }

    /// The kind of an opinion whose kind nobody said: the one the activity calls for.
    pub fn opinion_kind(&self, path: &Path) -> Result<String, EngineError> {
        let activity = self.given.activity.as_deref().and_then(|code| self.activities.get(code));
        match activity {
            Some(activity) if activity.major => Ok("unavoidability".into()),
            Some(_) => Ok("limited-activity".into()),
            None => {
                let file = file_name(path);
                Err(EngineError::new(
                    "opinion-kind-unknown",
                    text!(
                        "{file}：不知道这是哪种意见；请写成 limited-activity=文件（认定意见）或 unavoidability=文件（不可避让论证意见），或给出 --activity。"
                            | "{file}: which kind of opinion is this? Write limited-activity=FILE or unavoidability=FILE, or give --activity."
                    ),
                ))
            }
        }
    }

    /// The keys of one plot; `at` is its number of input and of plot.
    pub fn of(&self, plot: &Plot, at: (usize, usize)) -> PlotKeys {
        let mut keys = self.given.clone();
        let mut notes = Vec::new();
        if let Some(row) = self.row_of_plot.get(&at).map(|n| &self.rows[*n]) {
            keys.activity = row.activity.clone().or(keys.activity);
            keys.stage = row.stage.or(keys.stage);
            keys.industry = row.industry.clone().or(keys.industry);
        }
        if self.no_land && !plot.shape.0.is_empty() {
            notes.push(ImportNote::warning(
                "no-land-unused",
                text!(
                    "地块有用地范围，“不申请用地”（--no-land）对它不适用，未采用。"
                        | "The plot has a footprint, which is land asked for: --no-land does not hold for it and was not used."
                ),
            ));
        }
        self.stage_and_industry_of_file(plot, &mut keys, &mut notes);
        self.purpose(plot, &mut keys, &mut notes);
        PlotKeys {
            own: (keys != self.given).then(|| self.record(&keys)),
            doubts: self.activities.doubts(&keys).into_iter().map(key_doubt).collect(),
            notes: notes.into_iter().map(|n| NoteRecord::from(&n.of_plot(&plot.id))).collect(),
            keys,
        }
    }

    /// Takes stage and industry from the plot's own columns where nobody gave them; what cannot be
    /// read, or says something else than what was given, is told.
    fn stage_and_industry_of_file(&self, plot: &Plot, keys: &mut ProjectKeys, notes: &mut Vec<ImportNote>) {
        if let Some(words) = column(plot, &["stage", "建设阶段", "建设性质", "JSXZ"]) {
            match (Stage::parse(words), keys.stage) {
                (Some(stage), None) => keys.stage = Some(stage),
                (None, None) => notes.push(ImportNote::warning(
                    "stage-unread",
                    text!(
                        "文件中的建设阶段“{words}”不是 新建、改建、扩建 或 现有，未采用；请以 --stage 或活动表指明。" |
                        "The file's stage “{words}” is none of new, rebuild, extend or existing and is not used; give it by --stage or a table."
                    ),
                )),
                (own, Some(given)) if own != Some(given) => {
                    let given = given.word();
                    notes.push(ImportNote::warning(
                        "stage-differs",
                        Text::new(
                            format!("文件中的建设阶段“{words}”与给定的“{}”不同；按给定的判定。", given.zh),
                            format!("The file's stage “{words}” is not the “{}” that was given; judged by what was given.", given.en),
                        ),
                    ));
                }
                _ => {}
            }
        }
        let Some(words) = column(plot, &["industry", "行业代码", "行业", "HYDM"]) else { return };
        let own = industry_code(words);
        let Some(given) = keys.industry.as_deref() else {
            // a word that is no code stays as it stands: the industry is then given but not known, and
            // rules that hang on it say so
            if own.is_none() {
                notes.push(ImportNote::warning(
                    "industry-unread",
                    text!(
                        "文件中的行业“{words}”不是 GB/T 4754-2017 代码（如 C26），按原样保留；请以 --industry 或活动表指明。" |
                        "The file's industry “{words}” is no GB/T 4754-2017 code (such as C26) and is kept as it stands; give it by --industry or a table."
                    ),
                ));
            }
            keys.industry = Some(own.unwrap_or_else(|| words.to_owned()));
            return;
        };
        let part_of = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
        if !own.zip(industry_code(given)).is_some_and(|(own, given)| part_of(&own, &given)) {
            notes.push(ImportNote::warning(
                "industry-differs",
                text!(
                    "文件中的行业“{words}”与给定的行业 {given} 不同；按给定的行业判定。" |
                    "The file's industry “{words}” is not the industry {given} that was given; judged by what was given."
                ),
            ));
        }
    }

    /// Reads 地块用途 as an activity where nobody gave one; otherwise says where it differs.
    fn purpose(&self, plot: &Plot, keys: &mut ProjectKeys, notes: &mut Vec<ImportNote>) {
        let Some(purpose) = plot.purpose.as_deref().map(str::trim).filter(|p| !p.is_empty()) else {
            return;
        };
        match (self.activities.match_text(purpose), keys.activity.as_deref()) {
            (ActivityMatch::One(found), None) => {
                let (zh, en, code) = (&found.zh, &found.en, &found.code);
                notes.push(ImportNote::info(
                    "activity-from-file",
                    text!(
                        "地块用途“{purpose}”读作活动“{zh}”（{code}）。" |
                        "The purpose “{purpose}” is read as the activity “{en}” ({code})."
                    ),
                ));
                keys.activity = Some(found.code.clone());
            }
            (ActivityMatch::One(found), Some(given)) if found.code != given => {
                let (zh, en, code) = (&found.zh, &found.en, &found.code);
                notes.push(ImportNote::warning(
                    "activity-differs",
                    text!(
                        "地块用途“{purpose}”像是“{zh}”（{code}），与给定的活动 {given} 不同；按给定的活动判定。" |
                        "The purpose “{purpose}” looks like “{en}” ({code}), not the activity {given} that was given; judged by what was given."
                    ),
                ));
            }
            (ActivityMatch::Several(found), None) => {
                let codes = found.iter().map(|a| a.code.as_str()).collect::<Vec<_>>().join(", ");
                notes.push(ImportNote::warning(
                    "activity-ambiguous",
                    text!(
                        "地块用途“{purpose}”可能是 {codes}；没有自行选定，请以 --activity 或活动表指明。" |
                        "The purpose “{purpose}” could be {codes}; none was picked, say which by --activity or a table."
                    ),
                ));
            }
            (ActivityMatch::None, None) => notes.push(ImportNote::warning(
                "activity-unread",
                text!(
                    "地块用途“{purpose}”不对应已知的活动；请以 --activity 或活动表指明（见 redline activities）。" |
                    "The purpose “{purpose}” is no known activity; give one by --activity or a table (see redline activities)."
                ),
            )),
            _ => {}
        }
    }

    fn record(&self, keys: &ProjectKeys) -> ActivityRecord {
        ActivityRecord {
            code: keys.activity.clone(),
            stage: keys.stage,
            industry: keys.industry.clone(),
            major: keys.activity.as_deref().and_then(|c| self.activities.get(c)).map(|a| a.major),
            no_land: self.no_land,
            table: None,
            opinions: Vec::new(),
        }
    }
}

/// What one of a plot's own columns says, by the names it may have.
fn column<'a>(plot: &'a Plot, names: &[&str]) -> Option<&'a str> {
    let values = names.iter().flat_map(|name| {
        plot.attributes.iter().filter(move |(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    });
    values.into_iter().find(|value| !value.is_empty())
}

/// Refuses an activity code nobody knows, naming near ones.
pub(crate) fn known(activities: &Activities, code: &str) -> Result<(), EngineError> {
    if activities.get(code).is_some() {
        return Ok(());
    }
    let near = activities.near(code).join(", ");
    let hint = if near.is_empty() { Text::default() } else { text!("是不是 {near}?" | " Did you mean {near}?") };
    Err(EngineError::new(
        "activity-unknown",
        Text::new(
            format!("没有活动代码“{code}”；{}redline activities 列出全部。", hint.zh),
            format!("There is no activity “{code}”.{} redline activities lists them all.", hint.en),
        ),
    ))
}
