//! What a layer's values came to, counted over all its zones: one note each instead of one a zone.

use super::fields::{Columns, Meaning};
use super::note_list::NoteList;
use crate::{FormatError, ImportNote};
use redline_wording::text;
use redline_zoning::LayerRole;
use std::collections::BTreeMap;

/// Distinct values counted of one sort; a column of free text would fill memory.
const MOST_VALUES: usize = 1000;

/// Counts while zones are read.
#[derive(Default)]
pub(super) struct Tally {
    /// By meaning: values that mean nothing known, and how often.
    unknown: BTreeMap<(Meaning, String), usize>,
    missing: BTreeMap<Meaning, usize>,
    /// Kinds as written, the canonical kind they were read as, and how often.
    mapped: BTreeMap<(String, &'static str), usize>,
    /// Kinds no rule knows, and how often.
    unknown_kinds: BTreeMap<String, usize>,
    pub heights: usize,
    pub arcs: usize,
    pub mojibake: usize,
}

/// Counts one more, unless there are too many different ones.
fn count<K: Ord>(counts: &mut BTreeMap<K, usize>, key: K) {
    if counts.len() < MOST_VALUES || counts.contains_key(&key) {
        *counts.entry(key).or_default() += 1;
    }
}

impl Tally {
    /// A value that means nothing known.
    pub fn unknown(&mut self, meaning: Meaning, value: String) {
        count(&mut self.unknown, (meaning, value));
    }

    /// A zone without a value.
    pub fn missing(&mut self, meaning: Meaning) {
        *self.missing.entry(meaning).or_default() += 1;
    }

    /// A kind read as a canonical one.
    pub fn kind_mapped(&mut self, written: String, canonical: &'static str) {
        count(&mut self.mapped, (written, canonical));
    }

    /// A kind kept as written, which no rule knows.
    pub fn kind_unknown(&mut self, written: String) {
        count(&mut self.unknown_kinds, written);
    }

    /// Ends the import with a question where a rule depends on values that mean nothing known.
    ///
    /// # Errors
    /// `value-unknown`.
    pub fn question(
        &self,
        name: &str,
        role: LayerRole,
        columns: &Columns,
        fields: &[String],
    ) -> Result<(), FormatError> {
        let needed = |meaning: &Meaning| match role {
            LayerRole::RedLine => matches!(meaning, Meaning::Class | Meaning::Kind),
            LayerRole::ControlLine => *meaning == Meaning::Tier,
            _ => false,
        };
        let Some((meaning, first)) = self.unknown.keys().find(|(meaning, _)| needed(meaning)) else { return Ok(()) };
        let all: Vec<String> = self
            .unknown
            .iter()
            .filter(|((of, _), _)| of == meaning)
            .take(10)
            .map(|((_, value), count)| format!("{value} ×{count}"))
            .collect();
        let (word, all) = (meaning.word(), all.join("、"));
        let field = columns.of(*meaning).map(|i| fields[i].clone()).unwrap_or_default();
        let example = match meaning {
            Meaning::Tier => "1",
            _ => "important",
        };
        Err(FormatError::new(
            "value-unknown",
            text!(
                "“{name}”字段“{field}”中有不认识的值：{all}。请用 --map \"{word}:{first}={example}\" 这样的写法逐个说明其含义，或用 --map {word}=字段名 改用其他字段。"
                    | "Field “{field}” of “{name}” holds values that are not known: {all}. Say what each means, for example with --map \"{word}:{first}={example}\", or name another field with --map {word}=FIELD."
            ),
        ))
    }

    /// The counts as notes.
    pub fn notes(&self, name: &str) -> Vec<ImportNote> {
        let mut notes = Vec::new();
        if self.heights > 0 {
            notes.push(ImportNote::info(
                "heights-dropped",
                text!(
                    "“{name}”中 {} 个要素带高程或量测值，只用平面坐标。"
                        | "{} features of “{name}” carry heights or measures; only plane coordinates are used.",
                    self.heights
                ),
            ));
        }
        if self.arcs > 0 {
            notes.push(ImportNote::info(
                "curves-densified",
                text!(
                    "“{name}”中 {} 个要素含圆弧，已按弦高不超过 1 毫米加密成折线。"
                        | "{} features of “{name}” hold arcs, which were densified to chords within 1 mm.",
                    self.arcs
                ),
            ));
        }
        if self.mojibake > 0 {
            notes.push(ImportNote::warning(
                "mojibake",
                text!(
                    "“{name}”有 {} 个值含无法解码的文字（乱码）。请核对文件编码。"
                        | "{} values of “{name}” hold text that cannot be decoded. Check the file's encoding.",
                    self.mojibake
                ),
            ));
        }
        for ((meaning, value), count) in &self.unknown {
            let word = meaning.word();
            notes.push(ImportNote::warning(
                "value-unknown",
                text!(
                    "“{name}”中 {count} 个分区的 {word} 值“{value}”不在对照表内，按原样保留。"
                        | "The {word} “{value}” of {count} zones in “{name}” is in no table; it is kept as it stands."
                ),
            ));
        }
        for (meaning, count) in &self.missing {
            let word = meaning.word();
            notes.push(ImportNote::warning(
                "value-missing",
                text!(
                    "“{name}”中 {count} 个分区没有 {word}；相关审查将给出“需人工判定”。"
                        | "{count} zones of “{name}” have no {word}; checks that need it will come back as Manual."
                ),
            ));
        }
        notes.extend(self.kinds(name));
        notes
    }

    /// How kinds were read.
    fn kinds(&self, name: &str) -> Vec<ImportNote> {
        let mut list = NoteList::new(name);
        for ((written, canonical), count) in &self.mapped {
            list.push(ImportNote::info(
                "kind-mapped",
                text!(
                    "“{name}”中 {count} 个分区的种类“{written}”读作“{canonical}”，原文保留在属性中。"
                        | "The kind “{written}” of {count} zones in “{name}” is read as “{canonical}”; the attributes keep it as written."
                ),
            ));
        }
        for (written, count) in &self.unknown_kinds {
            list.push(ImportNote::warning(
                "kind-unknown",
                text!(
                    "“{name}”中 {count} 个分区的种类“{written}”不能确定是哪一种，按原样保留；取决于种类的审查将给出“需人工判定”。"
                        | "What kind “{written}” is, of {count} zones in “{name}”, cannot be told for certain; it is kept as it stands, and checks that hang on the kind will come back as Manual."
                ),
            ));
        }
        list.finish()
    }
}
