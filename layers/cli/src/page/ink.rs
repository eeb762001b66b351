//! Colours: the interface's own, only where the terminal has them and nobody declined them.

use redline_engine::Outcome;
use redline_engine::output::words;
use redline_wording::Lang;

/// What a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// No escape sequence at all.
    None,
    /// The 256-colour palette.
    Palette,
    /// 24-bit colours.
    True,
}

/// What a piece of text is, as far as its look goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// As the terminal writes.
    Plain,
    /// Bold: titles, sums.
    Strong,
    /// Dim: what is not read first.
    Quiet,
    /// A warning's mark.
    Warning,
    /// An error's mark.
    Error,
    /// An outcome: white on its colour, so that it reads on dark and light terminals alike.
    Outcome(Outcome),
}

impl Colours {
    /// What to use for a stream: none unless it is a terminal, and none where `NO_COLOR` is set
    /// (<https://no-color.org>) or the terminal is `dumb`. `CLICOLOR_FORCE` colours a pipe too.
    pub fn choose(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> Colours {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        if set("NO_COLOR").is_some() || set("TERM").as_deref() == Some("dumb") {
            return Colours::None;
        }
        let forced = set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        if !is_terminal && !forced {
            return Colours::None;
        }
        match set("COLORTERM").as_deref() {
            Some("truecolor" | "24bit") => Colours::True,
            _ => Colours::Palette,
        }
    }

    /// `words` in `ink`.
    pub fn paint(self, ink: Ink, words: &str) -> String {
        if self == Colours::None || words.is_empty() {
            return words.to_string();
        }
        let code = match ink {
            Ink::Plain => return words.to_string(),
            Ink::Strong => "1".to_string(),
            Ink::Quiet => "2".to_string(),
            Ink::Warning => "1;33".to_string(),
            Ink::Error => "1;31".to_string(),
            Ink::Outcome(outcome) => {
                let ((red, green, blue), palette) = colour(outcome);
                match self {
                    Colours::True => format!("1;38;2;255;255;255;48;2;{red};{green};{blue}"),
                    _ => format!("1;38;5;231;48;5;{palette}"),
                }
            }
        };
        format!("\u{1b}[{code}m{words}\u{1b}[0m")
    }
}

/// An outcome's colour: 24 bits, and the nearest of the palette on which white is readable.
fn colour(outcome: Outcome) -> ((u8, u8, u8), u8) {
    match outcome {
        Outcome::Prohibited => ((0xB3, 0x26, 0x1E), 124),
        Outcome::Manual => ((0x6B, 0x4F, 0xA0), 61),
        Outcome::Conditional => ((0xA1, 0x5C, 0x00), 94),
        Outcome::Permitted => ((0x1B, 0x7A, 0x57), 29),
        Outcome::Clear => ((0x55, 0x60, 0x6B), 240),
    }
}

/// An outcome's sign and word with a column of room at each side.
pub fn badge(outcome: Outcome, lang: Lang) -> String {
    format!(" {} {} ", words::icon(outcome), outcome.word().get(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string())
    }

    #[test]
    fn a_pipe_gets_no_colour_and_a_terminal_gets_what_it_has() {
        assert_eq!(Colours::choose(false, environment(&[("COLORTERM", "truecolor")])), Colours::None);
        assert_eq!(Colours::choose(true, environment(&[])), Colours::Palette);
        assert_eq!(Colours::choose(true, environment(&[("COLORTERM", "24bit")])), Colours::True);
        assert_eq!(Colours::choose(false, environment(&[("CLICOLOR_FORCE", "1")])), Colours::Palette);
    }

    #[test]
    fn no_color_wins_over_everything_unless_it_is_empty() {
        assert_eq!(Colours::choose(true, environment(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")])), Colours::None);
        assert_eq!(Colours::choose(true, environment(&[("NO_COLOR", "")])), Colours::Palette);
        assert_eq!(Colours::choose(true, environment(&[("TERM", "dumb")])), Colours::None);
    }

    #[test]
    fn every_outcome_has_word_sign_and_colour() {
        for outcome in [Outcome::Clear, Outcome::Permitted, Outcome::Conditional, Outcome::Manual, Outcome::Prohibited]
        {
            let words = badge(outcome, Lang::Zh);
            assert!(words.contains(words::icon(outcome)) && words.contains(&outcome.word().zh));
            assert!(Colours::True.paint(Ink::Outcome(outcome), &words).contains("48;2;"));
            assert_eq!(Colours::None.paint(Ink::Outcome(outcome), &words), words);
        }
    }
}
