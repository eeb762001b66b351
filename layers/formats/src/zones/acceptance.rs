//! What an importer must say yes to: doubts that would move or shrink a layer that rules judge.
//!
//! A red line that lies a hundred metres off, or lacks one of its zones, gives wrong answers for
//! years. Such an import is refused; who knows better accepts it by name, and the revision says so.

use crate::{FormatError, ImportNote, Severity};
use redline_wording::{Text, text};
use redline_zoning::LayerRole;
use std::collections::BTreeSet;

/// A doubt that can be accepted (`redline import --accept …`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Acceptance {
    /// The layer's datum is another one and the parameters between them are not known.
    Datum,
    /// Some of the layer's zones cannot be used and are left out.
    LeftOut,
}

impl Acceptance {
    /// All of them.
    pub const ALL: [Acceptance; 2] = [Acceptance::Datum, Acceptance::LeftOut];

    /// As the command line spells it.
    ///
    /// ```
    /// use redline_formats::Acceptance;
    /// assert_eq!(Acceptance::parse("left-out"), Some(Acceptance::LeftOut));
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Acceptance::Datum => "datum",
            Acceptance::LeftOut => "left-out",
        }
    }

    /// Reads what [`Acceptance::as_str`] gives.
    pub fn parse(word: &str) -> Option<Acceptance> {
        Acceptance::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// The doubt about a layer's datum as notes.
///
/// # Errors
/// `datum-unaccepted` where the layer is one that rules judge and nobody accepted it.
pub(super) fn datum(
    file: &str,
    role: LayerRole,
    doubt: ImportNote,
    accepted: &BTreeSet<Acceptance>,
) -> Result<Vec<ImportNote>, FormatError> {
    if doubt.severity == Severity::Info || !role.judged() {
        return Ok(vec![doubt]);
    }
    if accepted.contains(&Acceptance::Datum) {
        return Ok(vec![doubt, said_yes(Acceptance::Datum)]);
    }
    let (word, Text { zh, en }) = (role.word(), doubt.message);
    Err(FormatError::new(
        "datum-unaccepted",
        Text {
            zh: format!(
                "“{file}”未导入：{}会整体移位。{zh}请先转换坐标再导入；确要原样导入的，加 --accept datum。",
                word.zh
            ),
            en: format!(
                "“{file}” was not imported: the {} would be shifted as a whole. {en} Convert it first; to import it as it is, add --accept datum.",
                word.en
            ),
        },
    ))
}

/// Ends the import where zones of a judged layer would be missing: the notes of severity Error say
/// which. `None` where nothing is, or the layer is for reference only.
///
/// # Errors
/// `zones-left-out`, unless accepted.
pub(super) fn left_out(
    file: &str,
    role: LayerRole,
    notes: &[ImportNote],
    accepted: &BTreeSet<Acceptance>,
) -> Result<Option<ImportNote>, FormatError> {
    let mut missing = notes.iter().filter(|note| note.severity == Severity::Error);
    let Some(first) = missing.next().filter(|_| role.judged()) else { return Ok(None) };
    if accepted.contains(&Acceptance::LeftOut) {
        return Ok(Some(said_yes(Acceptance::LeftOut)));
    }
    let (word, others) = (role.word(), missing.count());
    let (more_zh, more_en) = match others {
        0 => (String::new(), String::new()),
        n => (format!("另有 {n} 处同样不能使用。"), format!(" {n} more cannot be used either.")),
    };
    Err(FormatError::new(
        "zones-left-out",
        Text {
            zh: format!(
                "“{file}”未导入：{}会缺少一部分。{}{more_zh}请修正后重新导入；确认可以缺少的，加 --accept left-out。",
                word.zh, first.message.zh
            ),
            en: format!(
                "“{file}” was not imported: a part of the {} would be missing. {}{more_en} Correct it and import it again; if it may be missing, add --accept left-out.",
                word.en, first.message.en
            ),
        },
    ))
}

/// For the record of the revision: who imported it knew.
fn said_yes(what: Acceptance) -> ImportNote {
    let word = what.as_str();
    ImportNote::warning(
        "accepted",
        text!(
            "导入人已明确接受上述问题（--accept {word}）。"
                | "Whoever imported this accepted the doubt above by name (--accept {word})."
        ),
    )
}
