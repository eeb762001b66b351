//! The 压占分析表 to paste into a document: HTML with its borders inline, as Word and WPS want it, and
//! tab-separated text for sheets.

use super::figures::unit;
use super::wire::{AreaUnitName, Table};
use crate::output::balance::{Figures, LayerBalance, Part, findings_without_line, layer_balances};
use crate::output::words;
use crate::review::{FindingRecord, PlotReview, Review};
use redline_geometry::AreaUnit;
use redline_wording::Lang;
use redline_zoning::Outcome;

const CELL: &str = "border:1px solid #000;padding:2px 6px;vertical-align:top";
const FIGURE_CELL: &str =
    "border:1px solid #000;padding:2px 6px;vertical-align:top;text-align:right;white-space:nowrap";

/// The table of `review`.
pub(super) fn of(review: &Review, unit_name: AreaUnitName, lang: Lang) -> Table {
    let unit = unit(unit_name);
    let mut rows = Rows { lang, unit, number: 0, rows: Vec::new() };
    for project in &review.projects {
        match words::error(project, lang) {
            Some(error) => rows.push([project.file.clone(), String::new(), error.to_string()], None, ["", "", ""]),
            None => project.plots.iter().for_each(|plot| rows.plot(review, plot)),
        }
    }
    Table { html: html(&heads(unit, lang), &rows.rows), text: tabbed(&heads(unit, lang), &rows.rows) }
}

struct Rows {
    lang: Lang,
    unit: AreaUnit,
    number: u32,
    rows: Vec<[String; 10]>,
}

impl Rows {
    /// Plot, plot name, line; figures; zone and class, clause, outcome.
    fn push(&mut self, [plot, name, line]: [String; 3], figures: Option<&Figures>, [zone, clause, outcome]: [&str; 3]) {
        self.number += 1;
        let area = figures.map_or(String::new(), |f| self.figure(f.get(self.unit)));
        let share = figures.map_or(String::new(), |f| format!("{:.2}%", f.percent));
        let (class, zone_id) = zone.split_once('\t').unwrap_or((zone, ""));
        self.rows.push([
            self.number.to_string(),
            plot,
            name,
            line,
            class.to_string(),
            zone_id.to_string(),
            area,
            share,
            clause.to_string(),
            outcome.to_string(),
        ]);
    }

    fn figure(&self, value: f64) -> String {
        format!("{value:.*}", self.unit.usual_decimals() as usize)
    }

    fn plot(&mut self, review: &Review, plot: &PlotReview) {
        let balances = layer_balances(review, plot);
        for balance in &balances {
            self.layer(plot, balance);
        }
        for finding in findings_without_line(plot, &balances) {
            let line = words::subject(finding.role).get(self.lang).to_string();
            let clause = clause(&finding.finding, self.lang);
            let outcome = self.outcome(finding.finding.outcome);
            self.push([plot.id.clone(), plot.name.clone(), line], None, ["", &clause, &outcome]);
        }
    }

    fn layer(&mut self, plot: &PlotReview, balance: &LayerBalance<'_>) {
        let lang = self.lang;
        let title = balance.layer.map_or_else(|| balance.name.to_string(), |l| words::layer_title(l, lang));
        let who = || [plot.id.clone(), plot.name.clone(), title.clone()];
        for line in &balance.lines {
            let (zone, finding, outcome) = match line.part {
                Part::Overlap(overlap) => (
                    format!("{}\t{}", words::zone_class(&overlap.zone, lang), overlap.zone.id),
                    overlap.findings.first(),
                    Some(overlap.outcome),
                ),
                Part::Ignored(sliver) => {
                    (format!("{}\t{}", word(lang, "忽略的碎片", "Ignored sliver"), sliver.zone), None, None)
                }
                Part::CountedTwice => (word(lang, "重复计入", "Counted twice").to_string(), None, None),
                Part::Outside => {
                    let own = plot.findings.iter().find(|f| f.layer == balance.name);
                    (word(lang, "线外", "Outside").to_string(), own.map(|f| &f.finding), own.map(|f| f.finding.outcome))
                }
            };
            let clause = finding.map_or(String::new(), |f| clause(f, lang));
            let outcome = outcome.map_or(String::new(), |o| self.outcome(o));
            self.push(who(), Some(&line.figures), [&zone, &clause, &outcome]);
        }
        self.push(who(), Some(&balance.total), [word(lang, "小计（地块面积）", "Subtotal (the plot)"), "", ""]);
    }

    fn outcome(&self, outcome: Outcome) -> String {
        format!("{} {}", words::icon(outcome), outcome.word().get(self.lang))
    }
}

fn word<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Clause and citation; the reason where the engine itself found it.
fn clause(finding: &FindingRecord, lang: Lang) -> String {
    if finding.clause.is_empty() {
        return words::reason(finding, lang).to_string();
    }
    let doubt = if finding.verified { "" } else { word(lang, "（未核实）", " (not verified)") };
    format!("{}{doubt}　{}", finding.clause, finding.source)
}

fn heads(unit: AreaUnit, lang: Lang) -> [String; 10] {
    let unit = match (unit, lang) {
        (AreaUnit::SquareMetres, _) => "m²",
        (AreaUnit::Hectares, Lang::Zh) => "公顷",
        (AreaUnit::Hectares, Lang::En) => "ha",
        (AreaUnit::Mu, Lang::Zh) => "亩",
        (AreaUnit::Mu, Lang::En) => "mu",
    };
    match lang {
        Lang::Zh => {
            ["序号", "地块编号", "地块名称", "控制线", "分区/级别", "图斑编码", "", "占地块比例", "条款依据", "结论"]
        }
        Lang::En => {
            ["No.", "Plot", "Plot name", "Line", "Class / tier", "Zone", "", "Share of plot", "Clause", "Outcome"]
        }
    }
    .map(|head| match (head, lang) {
        ("", Lang::Zh) => format!("压占面积（{unit}，椭球）"),
        ("", Lang::En) => format!("Occupied ({unit}, ellipsoid)"),
        _ => head.to_string(),
    })
}

/// Which columns are figures.
const FIGURES: [usize; 3] = [0, 6, 7];

fn html(heads: &[String; 10], rows: &[[String; 10]]) -> String {
    let mut page = String::from("<table style=\"border-collapse:collapse;font-size:10.5pt\"><thead><tr>");
    for head in heads {
        page.push_str(&format!("<th style=\"{CELL};background:#eee\">{}</th>", escaped(head)));
    }
    page.push_str("</tr></thead><tbody>");
    for row in rows {
        page.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let style = if FIGURES.contains(&column) { FIGURE_CELL } else { CELL };
            page.push_str(&format!("<td style=\"{style}\">{}</td>", escaped(cell)));
        }
        page.push_str("</tr>");
    }
    page.push_str("</tbody></table>");
    page
}

/// Text as text: no attribute value becomes markup.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn tabbed(heads: &[String; 10], rows: &[[String; 10]]) -> String {
    let line = |cells: &[String; 10]| {
        let cells = cells.iter().enumerate().map(|(column, cell)| plain(cell, FIGURES.contains(&column)));
        cells.collect::<Vec<_>>().join("\t") + "\r\n"
    };
    std::iter::once(heads).chain(rows).map(line).collect()
}

/// A cell without tabs and breaks; text that a sheet would take for a formula begins with an apostrophe.
fn plain(cell: &str, figure: bool) -> String {
    let cell: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if !figure && cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell }
}
