//! Why a sheet could not be made.

use redline_wording::{Text, text};

/// A sheet that could not be made. `Display` is the Chinese sentence; [`SheetError::text`] has both.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub enum SheetError {
    /// A sheet's description that cannot be used.
    Description {
        /// The file's name as the caller gave it.
        file: String,
        /// Line, from 1, where the cause has one.
        line: Option<usize>,
        /// What is wrong there.
        cause: Text,
    },
    /// No preset has this name.
    UnknownPreset(String),
    /// A font family that is not installed.
    MissingFont(String),
    /// A character the font cannot draw.
    MissingGlyph {
        /// The character.
        character: char,
        /// The words it stands in, shortened.
        words: String,
        /// The font.
        family: String,
    },
    /// There is no ground to show: no layer, project or district has an extent.
    NothingToShow,
    /// A window that is empty or not finite.
    BadWindow,
    /// The ground does not fit at the smallest scale there is.
    TooLarge {
        /// Width of the ground, metres.
        width_m: u64,
        /// Height of the ground, metres.
        height_m: u64,
    },
    /// What must stand beside the map does not fit on the paper.
    NoRoom(Text),
    /// A layer that could not be read: the reader's own code and sentence.
    Source {
        /// The reader's code.
        code: &'static str,
        /// The reader's sentence.
        text: Text,
    },
    /// The drawing library left something out: the sheet would not look as it was described.
    Drawing(String),
    /// A picture of a size that cannot be made.
    Picture(Text),
    /// The PDF could not be written.
    Pdf(String),
    /// Whoever asked for the sheet took it back.
    Cancelled,
}

/// What this crate's functions return.
pub type Result<T> = std::result::Result<T, SheetError>;

impl SheetError {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            SheetError::Description { .. } => "sheet-description",
            SheetError::UnknownPreset(_) => "unknown-preset",
            SheetError::MissingFont(_) => "missing-font",
            SheetError::MissingGlyph { .. } => "missing-glyph",
            SheetError::NothingToShow => "nothing-to-show",
            SheetError::BadWindow => "bad-window",
            SheetError::TooLarge { .. } => "too-large-for-sheet",
            SheetError::NoRoom(_) => "no-room",
            SheetError::Source { code, .. } => code,
            SheetError::Drawing(_) => "drawing-left-out",
            SheetError::Picture(_) => "picture-not-made",
            SheetError::Pdf(_) => "pdf-not-made",
            SheetError::Cancelled => "cancelled",
        }
    }

    /// The sentence in both languages.
    pub fn text(&self) -> Text {
        match self {
            SheetError::Description { file, line: Some(line), cause } => Text::new(
                format!("图幅说明 {file} 第 {line} 行：{}", cause.zh),
                format!("Sheet description {file}, line {line}: {}", cause.en),
            ),
            SheetError::Description { file, line: None, cause } => {
                Text::new(format!("图幅说明 {file}：{}", cause.zh), format!("Sheet description {file}: {}", cause.en))
            }
            SheetError::UnknownPreset(name) => {
                let known = crate::presets::NAMES.join(", ");
                text!(
                    "没有名为“{name}”的图幅预设。可用：{known}。"
                        | "There is no sheet preset “{name}”. There are: {known}."
                )
            }
            SheetError::MissingFont(family) => text!(
                "未安装字体“{family}”。请安装它（Debian/Ubuntu:fonts-noto-cjk），或在图幅说明的 fonts 中改用已安装的字体。"
                    | "The font “{family}” is not installed. Install it (Debian/Ubuntu: fonts-noto-cjk), or name an installed one under fonts in the sheet description."
            ),
            SheetError::MissingGlyph { character, words, family } => {
                let number = format!("U+{:04X}", u32::from(*character));
                text!(
                    "字体“{family}”没有字符“{character}”（{number}），出现在“{words}”中。请改用含此字的字体，或改正该文字。"
                        | "The font “{family}” has no “{character}” ({number}), which stands in “{words}”. Use a font that has it, or correct the words."
                )
            }
            SheetError::NothingToShow => text!(
                "没有可绘制的范围：图层、项目和行政区都是空的。"
                    | "There is nothing to draw: layers, projects and districts are all empty."
            ),
            SheetError::BadWindow => text!(
                "要绘制的范围无效：坐标必须是有限的数，且东大于西、北大于南。"
                    | "The window to draw is not usable: coordinates must be finite, east above west and north above south."
            ),
            SheetError::TooLarge { width_m, height_m } => text!(
                "范围 {width_m} m × {height_m} m 在 1:5 000 000 下也放不进图幅。请用更大的纸张，或指定较小的范围。"
                    | "The ground of {width_m} m × {height_m} m does not fit the sheet even at 1:5 000 000. Use larger paper, or a smaller window."
            ),
            SheetError::NoRoom(what) => Text::new(
                format!("图幅放不下{}。请用更大的纸张或减少内容。", what.zh),
                format!("There is no room on the sheet for {}. Use larger paper or show less.", what.en),
            ),
            SheetError::Source { text, .. } => text.clone(),
            SheetError::Drawing(said) => {
                text!(
                    "绘图库漏画了内容，图幅未生成：{said}"
                        | "The drawing library left something out, so no sheet was made: {said}"
                )
            }
            SheetError::Picture(cause) => cause.clone(),
            SheetError::Pdf(cause) => text!("PDF 未生成：{cause}" | "The PDF was not made: {cause}"),
            SheetError::Cancelled => text!("已取消制图。" | "Making the sheet was cancelled."),
        }
    }
}

/// Something the reader of a sheet, or whoever made it, should know: what was merged, shortened,
/// dropped or could not be placed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Remark {
    /// Stable kebab-case code.
    pub code: &'static str,
    /// The sentence.
    pub text: Text,
}
