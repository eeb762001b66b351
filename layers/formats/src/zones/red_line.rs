//! A red line's class and kind, from whichever columns hold them.
//!
//! Authorities write the class, the kind, or the kind where others write the class. Words that agree
//! settle it; words that contradict each other settle nothing: the zone then has no class (or no
//! kind), the note names both words, and checks that need it come back as Manual.

use super::fields::Meaning;
use super::values;
use redline_zoning::{LayerRole, canonical_kind, class_of_kind};

/// What one column says of a zone.
pub(super) struct Word {
    pub meaning: Meaning,
    /// As the layer writes it.
    pub written: String,
    /// What the user said it means (`--map "class:甲=important"`).
    pub said: Option<String>,
}

/// What the columns of a zone come to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RedLine {
    /// Canonical class.
    pub class: Option<&'static str>,
    /// Canonical kind, or the layer's own word where it means none for certain.
    pub kind: Option<String>,
    /// The layer's word and the canonical kind it was read as, where these differ.
    pub mapped: Option<(String, &'static str)>,
    /// The kind is the layer's own word: no rule knows it.
    pub kind_unknown: bool,
    /// Words that say different classes.
    pub classes_differ: Option<[String; 2]>,
    /// Words that say different kinds.
    pub kinds_differ: Option<[String; 2]>,
    /// A word that settles nothing although a rule hangs on it: a question to the user.
    pub ask: Option<(Meaning, String)>,
    /// Neither column says anything.
    pub empty: bool,
}

/// Canonical classes a word names by itself.
fn class(words: &str) -> Option<&'static str> {
    values::class(LayerRole::RedLine, words)
}

/// A canonical class as the user says it.
fn class_said(words: &str) -> Option<&'static str> {
    LayerRole::RedLine.classes().iter().copied().find(|class| *class == words)
}

/// Reads the columns' words together.
pub(super) fn read(words: Vec<Word>) -> RedLine {
    let mut read = RedLine { empty: words.is_empty(), ..RedLine::default() };
    // class and kind, each with the word that says it
    let mut classes: Vec<(&'static str, String)> = Vec::new();
    let mut said: Vec<(&'static str, String)> = Vec::new();
    let mut kinds: Vec<(Option<&'static str>, String)> = Vec::new();
    for Word { meaning, written, said: by_user } in words {
        if let Some(class) = by_user.as_deref().and_then(class_said) {
            said.push((class, written.clone()));
            if meaning == Meaning::Kind {
                kinds.push((canonical_kind(&written), written));
            }
        } else if let Some(kind) = by_user.as_deref().and_then(canonical_kind) {
            kinds.push((Some(kind), written));
        } else if let Some(class) = class(&written) {
            classes.push((class, written));
        } else if meaning == Meaning::Kind || canonical_kind(&written).is_some() {
            kinds.push((canonical_kind(&written), written));
        } else {
            read.ask = Some((meaning, written));
        }
    }
    for (kind, written) in &kinds {
        if let Some(class) = kind.and_then(class_of_kind) {
            classes.push((class, written.clone()));
        }
    }
    // what the user said stands above what the words say
    let voices = if said.is_empty() { classes } else { said };
    match differing(&voices) {
        Some(words) => read.classes_differ = Some(words),
        None => read.class = voices.first().map(|(class, _)| *class),
    }
    if let Some(words) = differing(&kinds) {
        read.kinds_differ = Some(words);
    } else if let Some((kind, written)) = kinds.into_iter().next() {
        read.kind_unknown = kind.is_none();
        read.mapped = kind.filter(|kind| *kind != written.trim()).map(|kind| (written.clone(), kind));
        read.kind = Some(kind.map_or(written, str::to_owned));
    }
    if read.ask.is_none() && read.class.is_none() && read.classes_differ.is_none() && read.kinds_differ.is_none() {
        read.ask = read
            .mapped
            .as_ref()
            .map(|(written, _)| written.clone())
            .or_else(|| read.kind.clone())
            .map(|kind| (Meaning::Kind, kind));
    }
    read
}

/// The first two words that say different things.
fn differing<T: PartialEq>(voices: &[(T, String)]) -> Option<[String; 2]> {
    let (first, words) = voices.first()?;
    voices.iter().find(|(other, _)| other != first).map(|(_, others)| [words.clone(), others.clone()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(class: &str, kind: &str) -> RedLine {
        let word = |meaning, written: &str| Word { meaning, written: written.to_owned(), said: None };
        let both = [(Meaning::Class, class), (Meaning::Kind, kind)];
        read(both.into_iter().filter(|(_, w)| !w.is_empty()).map(|(m, w)| word(m, w)).collect())
    }

    #[test]
    fn words_that_agree_settle_class_and_kind() {
        let read = words("法定生态保护区", "一级饮用水源保护区");
        assert_eq!((read.class, read.kind.as_deref()), (Some("statutory"), Some("饮用水源一级保护区")));
        assert_eq!(read.mapped, Some(("一级饮用水源保护区".to_owned(), "饮用水源一级保护区")));
        assert_eq!(words("", "水源涵养").class, Some("important"));
        assert_eq!(words("水源涵养", "").kind.as_deref(), Some("水源涵养"));
    }

    #[test]
    fn words_that_contradict_each_other_settle_nothing() {
        let read = words("生态系统重要区", "自然保护区核心区");
        assert_eq!((read.class, read.kind.as_deref()), (None, Some("自然保护区核心区")));
        assert_eq!(read.classes_differ, Some(["生态系统重要区".to_owned(), "自然保护区核心区".to_owned()]));
        let read = words("饮用水源一级保护区", "自然保护区核心区");
        assert_eq!((read.class, read.kind), (Some("statutory"), None));
        assert!(read.kinds_differ.is_some());
        assert_eq!(words("法定生态保护区", "生态系统重要区").class, None);
    }

    #[test]
    fn a_word_nobody_knows_is_kept_and_asked_about_where_the_class_hangs_on_it() {
        let read = words("法定生态保护区", "水源保护带");
        assert_eq!(
            (read.class, read.kind.as_deref(), read.kind_unknown),
            (Some("statutory"), Some("水源保护带"), true)
        );
        assert_eq!(read.ask, None);
        assert_eq!(words("", "水源保护带").ask, Some((Meaning::Kind, "水源保护带".to_owned())));
        assert_eq!(words("海洋", "水源涵养").ask, Some((Meaning::Class, "海洋".to_owned())));
        assert!(words("", "").empty);
    }

    #[test]
    fn what_the_user_says_stands_above_what_the_words_say() {
        let word = |meaning, written: &str, said: Option<&str>| Word {
            meaning,
            written: written.to_owned(),
            said: said.map(str::to_owned),
        };
        let settled = read(vec![
            word(Meaning::Class, "生态系统重要区", Some("statutory")),
            word(Meaning::Kind, "自然保护区核心区", None),
        ]);
        assert_eq!((settled.class, settled.classes_differ), (Some("statutory"), None));
        let kind = read(vec![word(Meaning::Kind, "甲", Some("饮用水源一级保护区"))]);
        assert_eq!((kind.class, kind.kind.as_deref()), (Some("statutory"), Some("饮用水源一级保护区")));
    }
}
