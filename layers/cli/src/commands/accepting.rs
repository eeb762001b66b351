//! `check --accept`: the warnings a person looked at, by their code. The record names each by its file,
//! plot and ring, as the window does, so what carries the code is learned by a check first.

use redline_engine::AcceptedNote;
use redline_engine::output::words::Severity;
use redline_engine::review::{NoteRecord, Review};
use redline_wording::{Text, text};
use std::collections::BTreeSet;

/// The warnings of `review` about its files that carry one of `codes`.
pub(super) fn named(review: &Review, codes: &[String]) -> BTreeSet<AcceptedNote> {
    warnings(review)
        .filter(|(_, note)| codes.contains(&note.code))
        .map(|(file, note)| AcceptedNote {
            file: file.to_string(),
            code: note.code.clone(),
            plot: note.plot.clone(),
            ring: note.ring,
        })
        .collect()
}

/// One sentence for every code that no warning carries, with those that could be accepted.
pub(super) fn unmet(review: &Review, codes: &[String]) -> Vec<Text> {
    let there: BTreeSet<&str> = warnings(review).map(|(_, note)| note.code.as_str()).collect();
    let (zh, en) = if there.is_empty() {
        ("没有可以接受的警告".to_string(), "There is no warning to accept".to_string())
    } else {
        let list = there.iter().copied().collect::<Vec<_>>();
        (format!("可以接受的有 {}", list.join("、")), format!("There are {}", list.join(", ")))
    };
    let asked: BTreeSet<&str> = codes.iter().map(String::as_str).collect();
    asked
        .difference(&there)
        .map(|code| {
            text!(
                "--accept {code}：项目文件没有此代码的警告，没有接受任何内容。{zh}。"
                    | "--accept {code}: no warning about the files has this code, so nothing was accepted by it. {en}."
            )
        })
        .collect()
}

/// Only warnings can be accepted: what an error left out is not there.
fn warnings(review: &Review) -> impl Iterator<Item = (&str, &NoteRecord)> {
    review.projects.iter().flat_map(|project| {
        let warnings = project.notes.iter().filter(|note| note.severity == Severity::Warning);
        warnings.map(|note| (project.file.as_str(), note))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn review() -> Review {
        serde_json::from_str(include_str!("../../../engine/src/output/testdata/review.json")).unwrap()
    }

    #[test]
    fn a_code_accepts_every_warning_that_carries_it_and_nothing_else() {
        let review = review();
        let all: Vec<_> = warnings(&review).collect();
        let code = all.first().unwrap().1.code.clone();
        let accepted = named(&review, std::slice::from_ref(&code));
        assert_eq!(accepted.len(), all.iter().filter(|(_, note)| note.code == code).count());
        assert!(accepted.iter().all(|note| note.code == code));
        assert!(unmet(&review, &[code]).is_empty());
    }

    #[test]
    fn what_is_no_warning_is_not_accepted_and_that_is_said() {
        let mut review = review();
        for note in review.projects.iter_mut().flat_map(|p| &mut p.notes) {
            (note.severity, note.code) = (Severity::Error, "spoiled".into());
        }
        let codes = ["spoiled".to_string()];
        assert!(named(&review, &codes).is_empty());
        let said = unmet(&review, &codes);
        assert_eq!(said.len(), 1);
        assert!(said[0].en.starts_with("--accept spoiled: no warning"), "{said:?}");
    }
}
