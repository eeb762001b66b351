//! Sentences in Chinese and English.
//!
//! Whatever a person reads (a note, a reason, an error) is written once in both languages at the
//! place that knows the facts, and chosen only where it is shown. Records therefore do not depend
//! on the language of whoever made them. Rule texts are not translated: they stay in the law's
//! language.

mod io;

pub use io::io_reason;

use serde::{Deserialize, Serialize};
use std::fmt;

/// A language the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese (simplified), the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Chooses by a locale name such as `zh_CN.UTF-8` or `en-GB`; anything not Chinese is English.
    ///
    /// ```
    /// use redline_wording::Lang;
    /// assert_eq!(Lang::from_locale("zh_CN.UTF-8"), Lang::Zh);
    /// assert_eq!(Lang::from_locale("C"), Lang::En);
    /// ```
    pub fn from_locale(locale: &str) -> Lang {
        if locale.to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
    }

    /// `zh` or `en`, as preferences and arguments write it.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }
}

/// One sentence (or word) in both languages. `Display` gives Chinese.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A sentence from its two wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Text {
        Text { zh: zh.into(), en: en.into() }
    }

    /// The same words in both languages: a name, a code, a quotation of the law.
    pub fn same(words: impl Into<String>) -> Text {
        let zh = words.into();
        Text { en: zh.clone(), zh }
    }

    /// The wording in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A count with its English noun: `noun` as of one, an s added for any other count.
///
/// ```
/// use redline_wording::counted;
/// assert_eq!(counted(1, "plot"), "1 plot");
/// assert_eq!(counted(0, "plot"), "0 plots");
/// ```
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh)
    }
}

/// Formats a [`Text`]: `text!("第{}行" | "line {}", n)`. The same arguments serve both wordings; inline
/// captures (`{name}`) work too.
///
/// ```
/// use redline_wording::text;
/// let n = 3;
/// assert_eq!(text!("第 {n} 行" | "line {n}").en, "line 3");
/// assert_eq!(text!("{} 个点" | "{} points", 4).zh, "4 个点");
/// ```
#[macro_export]
macro_rules! text {
    ($zh:literal | $en:literal $(, $arg:expr)* $(,)?) => {
        $crate::Text { zh: format!($zh $(, $arg)*), en: format!($en $(, $arg)*) }
    };
}
