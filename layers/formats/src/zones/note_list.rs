//! Notes of a large layer: the first of each code in full, the rest counted with their area.

use crate::ImportNote;
use redline_wording::text;
use std::collections::BTreeMap;

/// Notes of one code that are kept in full.
const IN_FULL: usize = 200;

/// Collects notes.
pub(super) struct NoteList {
    name: String,
    notes: Vec<ImportNote>,
    /// By code: notes seen, area of those not kept.
    seen: BTreeMap<String, (usize, f64, ImportNote)>,
}

impl NoteList {
    pub fn new(name: &str) -> NoteList {
        NoteList { name: name.to_owned(), notes: Vec::new(), seen: BTreeMap::new() }
    }

    pub fn push(&mut self, note: ImportNote) {
        let (seen, area, _) = self.seen.entry(note.code.clone()).or_insert_with(|| (0, 0.0, note.clone()));
        *seen += 1;
        if *seen <= IN_FULL {
            self.notes.push(note);
        } else {
            *area += note.area_m2.unwrap_or(0.0);
        }
    }

    /// All notes; what was too many to keep stands as one note a code, with count and area.
    pub fn finish(self) -> Vec<ImportNote> {
        let name = self.name;
        let mut notes = self.notes;
        for (code, (seen, area, first)) in self.seen {
            if seen > IN_FULL {
                let rest = seen - IN_FULL;
                let words = text!(
                    "“{name}”另有 {rest} 条同类说明（{code}），合计涉及 {area:.4} 平方米。"
                        | "“{name}” has {rest} more notes of this kind ({code}), {area:.4} m² in all."
                );
                notes.push(ImportNote::new(&code, first.severity, words).of_area(area));
            }
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_too_many_to_list_is_counted_with_its_area() {
        let mut list = NoteList::new("a.shp");
        for i in 0..IN_FULL + 10 {
            list.push(ImportNote::info("t-junction", text!("{i}" | "{i}")).of_area(0.5));
        }
        let notes = list.finish();
        assert_eq!(notes.len(), IN_FULL + 1);
        assert_eq!(notes.last().unwrap().area_m2, Some(5.0));
        assert!(notes.last().unwrap().message.zh.contains("10 条"));
    }
}
