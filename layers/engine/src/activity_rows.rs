//! Which row of an activity table speaks of which plot.

use crate::EngineError;
use crate::activity_table::Row;
use crate::input::Input;
use redline_formats::{ImportNote, ProjectFile, Severity};
use redline_wording::text;
use std::collections::BTreeMap;

/// The row of each plot that has one, by number of input and of plot.
pub(crate) type RowOfPlot = BTreeMap<(usize, usize), usize>;

/// Finds the plot of every row: by id, else by name, within the row's file where it names one.
///
/// A row that meets no plot is an error, for its plot would be judged by other keys than the person
/// wrote; only where a file could not be read, and may hold that plot, is it a note.
///
/// # Errors
/// One sentence naming the table and the line, when a row meets no plot or several, or when two rows
/// meet the same.
pub(crate) fn match_rows(
    table: &str,
    rows: &[Row],
    inputs: &[Input],
) -> Result<(RowOfPlot, Vec<ImportNote>), EngineError> {
    let mut of_plot = RowOfPlot::new();
    let mut notes = Vec::new();
    // a file that could not be read, and one that lacks a plot, may be where the row belongs
    let lacks = |file: &ProjectFile| file.notes.iter().any(|n| n.severity == Severity::Error);
    let unread = inputs.iter().any(|i| i.read.as_ref().map_or(true, lacks));
    for (number, row) in rows.iter().enumerate() {
        let (line, plot) = (row.line, &row.plot);
        let found = plots_of(row, inputs);
        match found.as_slice() {
            [] if unread => notes.push(ImportNote::warning(
                "activity-row-unmatched",
                text!(
                    "{table}：第 {line} 行的地块“{plot}”不在已读出的文件中；有文件读不出来，修好后请重新审查。" |
                    "{table}: line {line}: no plot “{plot}” in the files that could be read; mend the others and check again."
                ),
            )),
            [] => {
                return Err(EngineError::new(
                    "activity-row-unmatched",
                    text!(
                        "{table}：第 {line} 行的地块“{plot}”不在任何项目文件中；请核对地块编号（redline inspect 列出编号）。"
                            | "{table}: line {line}: no project file holds a plot “{plot}”; check the number (redline inspect lists them)."
                    ),
                ));
            }
            [one] => {
                if let Some(before) = of_plot.insert(*one, number) {
                    let first = rows[before].line;
                    return Err(EngineError::new(
                        "activity-row-twice",
                        text!(
                            "{table}：第 {first} 行和第 {line} 行是同一地块“{plot}”；请只留一行。"
                                | "{table}: lines {first} and {line} speak of the same plot “{plot}”; keep one."
                        ),
                    ));
                }
            }
            several => {
                let count = several.len();
                return Err(EngineError::new(
                    "activity-row-ambiguous",
                    text!(
                        "{table}：第 {line} 行的地块“{plot}”对应 {count} 个地块；请改用唯一的编号，或加一列“文件”写明所在文件。"
                            | "{table}: line {line}: “{plot}” is the name of {count} plots; use a number of its own, or add a column “file”."
                    ),
                ));
            }
        }
    }
    Ok((of_plot, notes))
}

fn plots_of(row: &Row, inputs: &[Input]) -> Vec<(usize, usize)> {
    let all = || {
        inputs
            .iter()
            .enumerate()
            .filter(|(_, input)| row.file.as_deref().is_none_or(|file| file == input.name()))
            .flat_map(|(i, input)| input.plots().iter().enumerate().map(move |(p, plot)| ((i, p), plot)))
    };
    let by_id: Vec<_> = all().filter(|(_, plot)| plot.id == row.plot).map(|(at, _)| at).collect();
    if by_id.is_empty() { all().filter(|(_, plot)| plot.name == row.plot).map(|(at, _)| at).collect() } else { by_id }
}
