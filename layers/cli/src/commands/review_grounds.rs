//! The clauses a plot's outcome stands under: each once, quoted, cited, with the numbers of the
//! overlaps it speaks of and why it says what it says.

use crate::page::{Ink, Page, badge};
use redline_engine::LayerRole;
use redline_engine::output::balance::{LayerBalance, Part, findings_without_line};
use redline_engine::output::words;
use redline_engine::review::{FindingRecord, PlotReview};

/// One finding and everything it stands for.
struct Ground<'a> {
    finding: &'a FindingRecord,
    stands_for: Vec<String>,
}

/// Findings in the order they are met, equal ones once.
#[derive(Default)]
struct Grounds<'a>(Vec<Ground<'a>>);

impl<'a> Grounds<'a> {
    fn add(&mut self, finding: &'a FindingRecord, stands_for: String) {
        match self.0.iter_mut().find(|ground| ground.finding == finding) {
            Some(ground) if ground.stands_for.contains(&stands_for) => {}
            Some(ground) => ground.stands_for.push(stands_for),
            None => self.0.push(Ground { finding, stands_for: vec![stands_for] }),
        }
    }
}

/// Writes the grounds of `plot`.
pub fn clauses<'a>(page: &mut Page, plot: &'a PlotReview, balances: &[LayerBalance<'a>]) {
    let mut grounds = Grounds::default();
    for balance in balances {
        for line in &balance.lines {
            match line.part {
                Part::Overlap(overlap) => {
                    let number = overlap.id.rsplit('.').next().unwrap_or_default();
                    for finding in &overlap.findings {
                        grounds.add(finding, number.to_string());
                    }
                }
                Part::Outside => {
                    for finding in plot.findings.iter().filter(|finding| finding.layer == balance.name) {
                        grounds.add(&finding.finding, outside(page, finding.role));
                    }
                }
                Part::Ignored(_) | Part::CountedTwice => {}
            }
        }
    }
    for finding in findings_without_line(plot, balances) {
        grounds.add(&finding.finding, page.say(&words::subject(finding.role)));
    }
    for crossing in &plot.crossings {
        for finding in &crossing.findings {
            grounds.add(finding, crossing.zone.id.clone());
        }
    }
    for location in &plot.locations {
        for finding in &location.findings {
            grounds.add(finding, location.zone.id.clone());
        }
    }
    if grounds.0.is_empty() {
        return;
    }
    page.gap();
    page.paragraph(0, page.pick("依据", "Grounds").to_string().as_str(), Ink::Strong);
    for ground in &grounds.0 {
        one(page, ground);
    }
}

fn outside(page: &Page, role: Option<LayerRole>) -> String {
    let role = page.say(&words::subject(role));
    match page.lang {
        redline_wording::Lang::Zh => format!("{role}以外"),
        redline_wording::Lang::En => format!("outside {role}"),
    }
}

fn one(page: &mut Page, ground: &Ground<'_>) {
    let finding = ground.finding;
    let numbers = ground.stands_for.join(page.pick("、", ", "));
    let verified = if finding.verified { "" } else { page.pick(" · 未核实", " · unverified") };
    let head = format!(" {numbers} · {}{verified}", finding.rule);
    page.hanging_inked(0, &badge(finding.outcome, page.lang), Ink::Outcome(finding.outcome), &head, Ink::Plain);
    let indent = 4;
    if !finding.clause.is_empty() {
        let quoted = format!("“{}”", finding.clause.trim_matches(['“', '”']));
        page.paragraph(indent, &quoted, Ink::Plain);
    }
    if !finding.source.is_empty() {
        let source = format!("{}{}", page.pick("——", "— "), finding.source);
        page.paragraph(indent, &source, Ink::Quiet);
    }
    let reason = words::reason(finding, page.lang).to_string();
    if !reason.is_empty() {
        let label = page.pick("理由 ", "Why ").to_string();
        page.hanging_inked(indent, &label, Ink::Quiet, &reason, Ink::Plain);
    }
    if !finding.attachments.is_empty() {
        let label = page.pick("须附 ", "Attach ").to_string();
        let papers = finding.attachments.join(page.pick("、", ", "));
        page.hanging_inked(indent, &label, Ink::Quiet, &papers, Ink::Plain);
    }
}
