//! `redline rules` and `redline activities`.

use super::form;
use crate::arguments::{ActivitiesArgs, PlainFormat, RulesCommand};
use crate::page::{Cell, Column, Ink, Page, Row, Rows, badge};
use crate::session::{Failure, Session};
use redline_engine::{Activity, CaseResult, Rule, RuleBook};
use redline_wording::Lang;
use serde::Serialize;

/// A rule book as `--format json` gives it.
#[derive(Serialize)]
struct BookRecord<'a> {
    id: &'a str,
    title: &'a str,
    version: &'a str,
    valid_from: String,
    valid_to: Option<String>,
    sha256: &'a str,
    rules: usize,
    cases: usize,
}

/// A rule book with its rules.
#[derive(Serialize)]
struct FullBookRecord<'a> {
    #[serde(flatten)]
    book: BookRecord<'a>,
    rule: &'a [Rule],
}

/// The examples of a rule book and what became of them.
#[derive(Serialize)]
struct TestRecord<'a> {
    #[serde(flatten)]
    book: BookRecord<'a>,
    passed: usize,
    failed: usize,
    results: &'a [CaseResult],
}

fn record(book: &RuleBook) -> BookRecord<'_> {
    BookRecord {
        id: book.id(),
        title: book.title(),
        version: book.version(),
        valid_from: book.valid_from().to_string(),
        valid_to: book.valid_to().map(|day| day.to_string()),
        sha256: book.sha256(),
        rules: book.rules().len(),
        cases: book.cases().len(),
    }
}

pub(super) fn run(command: &RulesCommand, session: &Session) -> Result<u8, Failure> {
    match command {
        RulesCommand::List { format } => {
            let books = redline_engine::rule_books();
            let records: Vec<BookRecord<'_>> = books.iter().map(record).collect();
            form::answer(&records, *format, session, |page| list(page, books))?;
            Ok(0)
        }
        RulesCommand::Show { book, format } => {
            let book = redline_engine::load_rules(book)?;
            let full = FullBookRecord { book: record(&book), rule: book.rules() };
            form::answer(&full, *format, session, |page| show(page, &book))?;
            Ok(0)
        }
        RulesCommand::Test { book, format } => test(book, *format, session),
    }
}

fn test(book: &str, format: PlainFormat, session: &Session) -> Result<u8, Failure> {
    let (book, results) = redline_engine::test_rules(book)?;
    let failed = results.iter().filter(|result| !result.passed()).count();
    let full = TestRecord { book: record(&book), passed: results.len() - failed, failed, results: &results };
    form::answer(&full, format, session, |page| tested(page, &book, &results))?;
    Ok(if failed > 0 { 2 } else { 0 })
}

fn validity(page: &Page, book: &RuleBook) -> String {
    let from = book.valid_from();
    match (book.valid_to(), page.lang) {
        (Some(to), Lang::Zh) => format!("{from} 至 {to}"),
        (Some(to), Lang::En) => format!("{from} to {to}"),
        (None, Lang::Zh) => format!("{from} 起"),
        (None, Lang::En) => format!("from {from}"),
    }
}

fn list(page: &mut Page, books: &[RuleBook]) {
    let mut rows = Rows::new(vec![
        Column::text(page.pick("代号", "id")),
        Column::wrapped(page.pick("名称", "title")),
        Column::text(page.pick("版本", "version")),
        Column::text(page.pick("有效期", "valid")),
        Column::number(page.pick("规则", "rules")),
        Column::number(page.pick("算例", "cases")),
        Column::number(page.pick("未核实", "unverified")),
    ]);
    for book in books {
        let unverified = book.rules().iter().filter(|rule| !rule.verified).count();
        rows.cells([
            book.id().into(),
            book.title().into(),
            book.version().into(),
            validity(page, book).into(),
            book.rules().len().to_string().into(),
            book.cases().len().to_string().into(),
            unverified.to_string().into(),
        ]);
    }
    page.rows(0, &rows);
}

fn show(page: &mut Page, book: &RuleBook) {
    let title = format!("{} · {}", book.id(), book.title());
    page.title(&title, book.version(), Ink::Plain);
    let words = format!("{} · SHA-256 {}", validity(page, book), book.sha256());
    let label = page.pick("有效期 ", "Valid ").to_string();
    page.hanging_inked(0, &label, Ink::Quiet, &words, Ink::Plain);
    for rule in book.rules() {
        page.gap();
        let zones = page.say(&rule.zone.describe());
        let projects = page.say(&rule.project.describe(book.activities()));
        let verified = if rule.verified { "" } else { page.pick(" · 未核实", " · unverified") };
        let head = format!(" {}{verified}", rule.id);
        page.hanging_inked(0, &badge(rule.outcome, page.lang), Ink::Outcome(rule.outcome), &head, Ink::Strong);
        let asked = format!("{zones} ← {projects}");
        page.paragraph(4, &asked, Ink::Plain);
        page.paragraph(4, &format!("“{}”", rule.clause.trim_matches(['“', '”'])), Ink::Plain);
        let source = format!("{}{}", page.pick("——", "— "), rule.source);
        page.paragraph(4, &source, Ink::Quiet);
        let label = page.pick("理由 ", "Why ").to_string();
        let reason = page.say(&rule.reason);
        page.hanging_inked(4, &label, Ink::Quiet, &reason, Ink::Plain);
        if !rule.attachments.is_empty() {
            let label = page.pick("须附 ", "Attach ").to_string();
            let papers = rule.attachments.join(page.pick("、", ", "));
            page.hanging_inked(4, &label, Ink::Quiet, &papers, Ink::Plain);
        }
    }
}

fn tested(page: &mut Page, book: &RuleBook, results: &[CaseResult]) {
    let failed = results.iter().filter(|result| !result.passed()).count();
    let right = match (failed, page.lang) {
        (0, Lang::Zh) => format!("✓ {} 个算例全部通过", results.len()),
        (0, Lang::En) => format!("✓ all {} cases pass", results.len()),
        (_, Lang::Zh) => format!("✗ {} 个算例中 {failed} 个不符", results.len()),
        (_, Lang::En) => format!("✗ {failed} of {} cases fail", results.len()),
    };
    let title = format!("{} {}", book.id(), book.version());
    page.title(&title, &right, if failed > 0 { Ink::Error } else { Ink::Strong });
    for result in results {
        if result.passed() {
            page.hanging_inked(0, "✓ ", Ink::Quiet, &result.name, Ink::Plain);
            continue;
        }
        let place = match page.lang {
            Lang::Zh => format!("{}（第 {} 行）", result.name, result.line),
            Lang::En => format!("{} (line {})", result.name, result.line),
        };
        page.hanging_inked(0, "✗ ", Ink::Error, &place, Ink::Strong);
        let said = match page.lang {
            Lang::Zh => format!(
                "应为{}，实为{}；规则 {}",
                result.expected.word().zh,
                result.found.word().zh,
                result.rules.join("、")
            ),
            Lang::En => format!(
                "expected {}, found {}; rules {}",
                result.expected.word().en,
                result.found.word().en,
                result.rules.join(", ")
            ),
        };
        page.paragraph(4, &said, Ink::Plain);
        for problem in &result.problems {
            let words = page.say(problem);
            page.paragraph(4, &words, Ink::Plain);
        }
    }
}

pub(super) fn activities(arguments: &ActivitiesArgs, session: &Session) -> Result<u8, Failure> {
    let activities = redline_engine::activities(arguments.rules.as_deref())?;
    form::answer(&activities, arguments.format, session, |page| activity_list(page, &activities))?;
    Ok(0)
}

fn activity_list(page: &mut Page, activities: &[Activity]) {
    let mut rows = Rows::new(vec![
        Column::text(page.pick("代码", "code")),
        Column::wrapped(page.pick("活动", "activity")),
        Column::text(page.pick("十类", "of the ten")),
        Column::text(page.pick("国家重大", "major")),
        Column::text(page.pick("行业", "industry")),
        Column::wrapped(page.pick("文件中的叫法", "names in files")),
    ]);
    let mut groups: Vec<&str> = Vec::new();
    for activity in activities {
        if !groups.contains(&activity.group.as_str()) {
            groups.push(&activity.group);
        }
    }
    for group in groups {
        rows.push(Row::Group(page.say(&redline_engine::output::words::group(group))));
        for activity in activities.iter().filter(|activity| activity.group == group) {
            rows.cells([
                Cell::from(activity.code.clone()),
                page.say(&activity.name()).into(),
                activity.ten_kind.map(|kind| kind.to_string()).unwrap_or_default().into(),
                if activity.major { page.pick("是", "yes") } else { "" }.into(),
                activity.industry.clone().unwrap_or_default().into(),
                activity.aliases.join(page.pick("、", ", ")).into(),
            ]);
        }
    }
    page.rows(0, &rows);
}
