//! The table that gives each plot its own keys: plot, activity, stage, industry.

use crate::EngineError;
use crate::ground::file_name;
use crate::keyring::known;
use crate::review::FileRecord;
use redline_wording::text;
use redline_zoning::{Activities, Stage, industry_code};
use std::path::Path;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Line in the table, from 1.
    pub line: u64,
    /// The project file it speaks of; `None`: whichever holds the plot.
    pub file: Option<String>,
    /// Plot id or name.
    pub plot: String,
    /// Activity code.
    pub activity: Option<String>,
    /// Stage.
    pub stage: Option<Stage>,
    /// Industry.
    pub industry: Option<String>,
}

const COLUMNS: [(&str, &[&str]); 5] = [
    ("plot", &["plot", "地块编号", "地块", "地块名称", "dkbh"]),
    ("activity", &["activity", "活动", "活动代码"]),
    ("stage", &["stage", "建设阶段", "阶段", "建设性质"]),
    ("industry", &["industry", "行业", "行业代码"]),
    ("file", &["file", "文件", "文件名", "项目文件"]),
];

/// Reads a CSV table (UTF-8 or GBK) with a header row.
///
/// # Errors
/// One sentence naming file, line and next step when a column, code or stage is not understood.
pub(crate) fn read(path: &Path, activities: &Activities) -> Result<(FileRecord, Vec<Row>), EngineError> {
    let file = file_name(path);
    let unreadable = |e: std::io::Error| {
        EngineError::new("activity-table-unreadable", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(&e);
            text!(
                "{file}：活动表读不出来（{zh}）；请检查路径。"
                    | "{file}: the activity table cannot be read ({en}); check its path."
            )
        })
    };
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let sha256 = redline_formats::content_sha256(&[path.to_path_buf()]).map_err(unreadable)?;
    let (words, _) = redline_formats::decode_text(&bytes, &file)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(words.as_bytes());
    let bad_line = |line: u64, what: redline_wording::Text| {
        let (zh, en) = (what.zh, what.en);
        EngineError::new("activity-table-invalid", text!("{file}：第 {line} 行：{zh}。" | "{file}: line {line}: {en}."))
    };
    let as_csv = |e: csv::Error| text!("不是有效的 CSV（{e}）" | "this is not valid CSV ({e})");
    let header = reader.headers().map_err(|e| bad_line(1, as_csv(e)))?.clone();
    let column = |aliases: &[&str]| header.iter().position(|h| aliases.iter().any(|a| a.eq_ignore_ascii_case(h)));
    let places = COLUMNS.map(|(_, aliases)| column(aliases));
    if places[0].is_none() || places[1].is_none() {
        return Err(EngineError::new(
            "activity-table-invalid",
            text!(
                "{file}:第 1 行缺少“地块编号”或“活动”列;表头应为 地块编号,活动,建设阶段,行业。"
                    | "{file}: line 1 lacks the column plot or activity; the header is plot,activity,stage,industry."
            ),
        ));
    }
    let mut rows = Vec::new();
    for (n, record) in reader.records().enumerate() {
        let line = n as u64 + 2;
        let record = record.map_err(|e| bad_line(line, as_csv(e)))?;
        let cell = |place: Option<usize>| {
            place.and_then(|p| record.get(p)).map(str::trim).filter(|c| !c.is_empty()).map(str::to_string)
        };
        let Some(plot) = cell(places[0]) else {
            if record.iter().all(|c| c.trim().is_empty()) {
                continue;
            }
            return Err(bad_line(
                line,
                redline_wording::text!(
                    "没有地块编号，请补上或删去这一行" | "there is no plot number; give one or delete the line"
                ),
            ));
        };
        let activity = cell(places[1]);
        if let Some(code) = &activity {
            known(activities, code).map_err(|e| EngineError {
                code: e.code,
                text: redline_wording::Text::new(
                    format!("{file}:第 {line} 行:{}", e.text.zh),
                    format!("{file}: line {line}: {}", e.text.en),
                ),
            })?;
        }
        let stage = match cell(places[2]) {
            None => None,
            Some(words) => Some(Stage::parse(&words).ok_or_else(|| {
                EngineError::new(
                    "activity-table-invalid",
                    text!(
                        "{file}：第 {line} 行：建设阶段“{words}”应为 新建、改建、扩建 或 现有。"
                            | "{file}: line {line}: the stage “{words}” should be new, rebuild, extend or existing."
                    ),
                )
            })?),
        };
        let industry = match cell(places[3]) {
            None => None,
            Some(words) => Some(industry_code(&words).ok_or_else(|| {
                EngineError::new(
                    "activity-table-invalid",
                    text!(
                        "{file}：第 {line} 行：“{words}”不是 GB/T 4754 行业代码（如 C26）。"
                            | "{file}: line {line}: “{words}” is no GB/T 4754 industry code (such as C26)."
                    ),
                )
            })?),
        };
        rows.push(Row { line, file: cell(places[4]), plot, activity, stage, industry });
    }
    Ok((FileRecord { file, sha256 }, rows))
}
