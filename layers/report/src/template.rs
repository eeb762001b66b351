//! Templates: text files in a folder that a bureau can change. The shipped one is built in and can be
//! written out as the example to start from.

use crate::error::{ReportError, Result};
use crate::roles::FontWishes;
use redline_wording::{Text, io_reason, text};
use std::path::{Path, PathBuf};

/// The file of a template that lays out the report.
pub(crate) const MAIN: &str = "report.typ";
/// The file of a template that lays out a comparison.
pub(crate) const COMPARISON: &str = "comparison.typ";
/// The file of a template that names its fonts.
pub(crate) const FONTS: &str = "fonts.toml";

/// The files of the shipped template.
pub(crate) const SHIPPED: [(&str, &str); 7] = [
    (MAIN, include_str!("../templates/report.typ")),
    ("style.typ", include_str!("../templates/style.typ")),
    ("cover.typ", include_str!("../templates/cover.typ")),
    ("chapters.typ", include_str!("../templates/chapters.typ")),
    ("tables.typ", include_str!("../templates/tables.typ")),
    (COMPARISON, include_str!("../templates/comparison.typ")),
    (FONTS, include_str!("../templates/fonts.toml")),
];

/// A template: the shipped one or a folder of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    folder: Option<PathBuf>,
}

impl Template {
    /// The shipped template.
    pub fn shipped() -> Template {
        Template { folder: None }
    }

    /// The template in `folder`, whose `report.typ` lays out the report. Only files of the folder can be
    /// read by it. Where it has no `fonts.toml`, the shipped one counts.
    ///
    /// # Errors
    /// `template-not-read` when the folder is not there or holds no `report.typ`.
    pub fn in_folder(folder: &Path) -> Result<Template> {
        let folder = folder.canonicalize().map_err(|error| not_read(folder, &io_reason(&error)))?;
        let main = folder.join(MAIN);
        match std::fs::metadata(&main) {
            Ok(file) if file.is_file() => Ok(Template { folder: Some(folder) }),
            Ok(_) => Err(not_read(&main, &Text::new("不是文件", "it is no file"))),
            Err(error) => Err(not_read(&main, &io_reason(&error))),
        }
    }

    /// Writes the shipped template into `folder`, which is made where it is missing, and returns the
    /// files written. Files that are there already are not touched.
    ///
    /// # Errors
    /// `template-not-written` when one of its files is there already or cannot be written.
    pub fn write_shipped(folder: &Path) -> Result<Vec<PathBuf>> {
        std::fs::create_dir_all(folder).map_err(|error| not_written(folder, &io_reason(&error)))?;
        // all or none: whoever has changed one of the files keeps it
        if let Some(path) = SHIPPED.iter().map(|(name, _)| folder.join(name)).find(|path| path.exists()) {
            return Err(not_written(&path, &Text::new("已有同名文件", "a file of that name is there already")));
        }
        let mut written = Vec::new();
        for (name, content) in SHIPPED {
            let path = folder.join(name);
            std::fs::write(&path, content).map_err(|error| not_written(&path, &io_reason(&error)))?;
            written.push(path);
        }
        Ok(written)
    }

    /// Writes what a template is given beside the files of a template: `data.json` and `maps/`, so that a
    /// bureau can try its changes with typst's own tools. Older ones are overwritten.
    ///
    /// # Errors
    /// `template-not-written` when a file cannot be written, and those of [`crate::pdf`] about the data and the
    /// fonts.
    pub fn write_data(&self, folder: &Path, data: &crate::ReportData, fonts: &crate::Fonts) -> Result<()> {
        let (wishes, wished_in) = self.wishes()?;
        let uses = fonts.choose(&wishes, &wished_in)?;
        let json = crate::pdf::template_data(data, &uses)?;
        let write = |path: PathBuf, bytes: &[u8]| {
            std::fs::write(&path, bytes).map_err(|error| not_written(&path, &io_reason(&error)))
        };
        let maps = folder.join("maps");
        std::fs::create_dir_all(&maps).map_err(|error| not_written(&maps, &io_reason(&error)))?;
        write(folder.join("data.json"), json.as_bytes())?;
        for (place, map) in data.maps.iter().enumerate() {
            write(folder.join(crate::pdf::map_file(place)), &map.svg)?;
        }
        Ok(())
    }

    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// How errors name a file of the template.
    pub(crate) fn name_of(&self, file: &str) -> String {
        match &self.folder {
            Some(folder) => folder.join(file).display().to_string(),
            None => file.to_string(),
        }
    }

    /// The fonts the template wishes for, and the file that says so.
    pub(crate) fn wishes(&self) -> Result<(FontWishes, String)> {
        let own = match &self.folder {
            Some(folder) => match std::fs::read_to_string(folder.join(FONTS)) {
                Ok(words) => Some(words),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                Err(error) => return Err(not_read(&folder.join(FONTS), &io_reason(&error))),
            },
            None => None,
        };
        let (words, file) = match &own {
            Some(words) => (words.as_str(), self.name_of(FONTS)),
            None => (SHIPPED[SHIPPED.len() - 1].1, FONTS.to_string()),
        };
        let wishes = toml::from_str(words).map_err(|error: toml::de::Error| {
            let place = error.span().map(|span| words[..span.start.min(words.len())].matches('\n').count() + 1);
            let (line_zh, line_en) = match place {
                Some(line) => (format!(" 第 {line} 行"), format!(" line {line}")),
                None => Default::default(),
            };
            let cause = error.message();
            ReportError::new(
                "template-error",
                Text::new(
                    format!("{file}{line_zh}：{cause}。title、heading、body、mono 各列出字体名称，例如 body = [\"Noto Serif CJK SC\"]。"),
                    format!("{file}{line_en}: {cause}. title, heading, body and mono each list font names, such as body = [\"Noto Serif CJK SC\"]."),
                ),
            )
        })?;
        Ok((wishes, file))
    }
}

fn not_read(path: &Path, reason: &Text) -> ReportError {
    let (path, zh, en) = (path.display(), &reason.zh, &reason.en);
    ReportError::new(
        "template-not-read",
        text!(
            "模板 {path} 读不出来：{zh}。模板是一个文件夹，其中要有 report.typ。"
                | "The template {path} could not be read: {en}. A template is a folder with a report.typ."
        ),
    )
}

fn not_written(path: &Path, reason: &Text) -> ReportError {
    let (path, zh, en) = (path.display(), &reason.zh, &reason.en);
    ReportError::new(
        "template-not-written",
        text!(
            "模板文件 {path} 写不出来：{zh}。请另选一个文件夹。"
                | "The template's file {path} could not be written: {en}. Choose another folder."
        ),
    )
}
