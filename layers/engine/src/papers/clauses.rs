//! The clauses that a report's tables refer to by number, each quoted once.

use crate::review::FindingRecord;
use redline_report::ClauseEntry;

/// Clauses in the order in which the tables first refer to them.
#[derive(Default)]
pub(super) struct Clauses(Vec<ClauseEntry>);

impl Clauses {
    /// The numbers of what `findings` rest on, each once.
    pub fn numbers<'a>(&mut self, findings: impl IntoIterator<Item = &'a FindingRecord>) -> Vec<usize> {
        let mut numbers = Vec::new();
        for finding in findings {
            let number = self.number(finding);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }

    fn number(&mut self, finding: &FindingRecord) -> usize {
        let same = |entry: &ClauseEntry| {
            entry.rule == finding.rule && entry.text == finding.clause && entry.source == finding.source
        };
        if let Some(entry) = self.0.iter_mut().find(|entry| same(entry)) {
            // one rule may ask for other papers elsewhere: the reader needs all of them
            for paper in &finding.attachments {
                if !entry.attachments.contains(paper) {
                    entry.attachments.push(paper.clone());
                }
            }
            entry.verified &= finding.verified;
            return entry.number;
        }
        let number = self.0.len() + 1;
        self.0.push(ClauseEntry {
            number,
            rule: finding.rule.clone(),
            text: finding.clause.clone(),
            source: finding.source.clone(),
            verified: finding.verified,
            attachments: finding.attachments.clone(),
        });
        number
    }

    /// All of them.
    pub fn entries(self) -> Vec<ClauseEntry> {
        self.0
    }
}
