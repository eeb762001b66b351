//! What is wrong with a rule book, said with file, line and cause.

use redline_wording::Text;
use std::fmt;

/// A rule book that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookError {
    /// File name as given, without folders; `None` for a text that came from no file.
    pub file: Option<String>,
    /// Line, from 1; `None` where the whole file is meant (a field that is absent everywhere).
    pub line: Option<usize>,
    /// What is wrong and what to write instead.
    pub cause: Text,
}

impl BookError {
    /// The whole sentence: file, line, cause.
    pub fn text(&self) -> Text {
        let (mut zh, mut en) = ("规则集".to_owned(), "rule book".to_owned());
        if let Some(file) = &self.file {
            zh.push_str(&format!(" {file}"));
            en.push_str(&format!(" {file}"));
        }
        if let Some(line) = self.line {
            zh.push_str(&format!(" 第 {line} 行"));
            en.push_str(&format!(", line {line}"));
        }
        Text::new(format!("{zh}：{}", self.cause.zh), format!("{en}: {}", self.cause.en))
    }
}

impl fmt::Display for BookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().zh)
    }
}

impl std::error::Error for BookError {}
