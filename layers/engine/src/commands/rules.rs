//! `rules` and `activities`: what the rule books say and which activities they know.

use crate::EngineError;
use crate::ground::file_name;
use redline_wording::text;
use redline_workspace::Settings;
use redline_zoning::{Activities, Activity, CaseResult, RuleBook};
use std::path::Path;

/// The book of the founding plan, for workspaces that name none.
pub(crate) const DEFAULT_BOOK: &str = "guangzhou-2016";

/// The built-in rule books.
pub fn rule_books() -> &'static [RuleBook] {
    RuleBook::builtins()
}

/// The rule book `book`: the id of a built-in one, or the path of a TOML file.
///
/// # Errors
/// When there is no such book, or the file is none; the sentence names file, line and cause.
pub fn load_rules(book: &str) -> Result<RuleBook, EngineError> {
    if let Some(found) = RuleBook::builtin(book) {
        return Ok(found.clone());
    }
    let path = Path::new(book);
    if !path.exists() {
        let known = rule_books().iter().map(RuleBook::id).collect::<Vec<_>>().join(", ");
        return Err(EngineError::new(
            "rule-book-missing",
            text!(
                "没有规则集“{book}”：内置的有 {known}；自定义规则集请给出 TOML 文件的路径。"
                    | "There is no rule book “{book}”: built in are {known}; for a book of your own give the path of its TOML file."
            ),
        ));
    }
    let file = file_name(path);
    let words = std::fs::read_to_string(path).map_err(|e| {
        EngineError::new("rule-book-unreadable", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(&e);
            text!(
                "{file}：规则集读不出来（{zh}）；请确认它是 UTF-8 编码的 TOML 文件。"
                    | "{file}: the rule book cannot be read ({en}); see that it is a TOML file in UTF-8."
            )
        })
    })?;
    RuleBook::parse_named(&file, &words).map_err(|e| EngineError::new("rule-book-invalid", e.text()))
}

/// The book a command asks for, else the one the workspace names, else the founding plan's.
pub(crate) fn rule_book(asked: Option<&str>, settings: &Settings) -> Result<RuleBook, EngineError> {
    load_rules(asked.or(settings.rule_book.as_deref()).unwrap_or(DEFAULT_BOOK))
}

/// Runs the example cases a rule book carries.
///
/// # Errors
/// As [`load_rules`].
pub fn test_rules(book: &str) -> Result<(RuleBook, Vec<CaseResult>), EngineError> {
    let book = load_rules(book)?;
    let results = redline_zoning::test_book(&book);
    Ok((book, results))
}

/// The activities a project can be given: the built-in ones and those of `book`.
///
/// # Errors
/// As [`load_rules`].
pub fn activities(book: Option<&str>) -> Result<Vec<Activity>, EngineError> {
    Ok(match book {
        None => Activities::builtin().iter().cloned().collect(),
        Some(book) => Activities::with_book(&load_rules(book)?).iter().cloned().collect(),
    })
}
