//! The 压占分析表 to paste into a document: HTML with its borders inline, as Word and WPS want it, and
//! tab-separated text for sheets. Its rows are those of the spreadsheet: every overlap, crossing and
//! place with all its clauses, and the strictest outcome where several speak.

use super::figures::unit;
use super::wire::{AreaUnitName, Table};
use crate::output::balance::{Figures, LayerBalance, Part, findings_without_line, layer_balances};
use crate::output::{clauses, remarks, words};
use crate::review::{FindingRecord, PlotReview, ProjectReview, Review, ZoneRecord};
use redline_geometry::AreaUnit;
use redline_wording::Lang;
use redline_zoning::Outcome;

/// How many columns there are.
const COLUMNS: usize = 11;

/// Which columns are figures.
const FIGURES: [usize; 3] = [0, 6, 7];

/// Text is text in a sheet too: without its marks, `=…` in a cell pasted as HTML is a formula there.
/// Excel and WPS go by the format and `x:str`, LibreOffice by `sdnum`; Word knows none of them and shows
/// the words.
const TEXT: &str = " x:str sdnum=\"0;0;@\"";
const CELL: &str = "border:1px solid #000;padding:2px 6px;vertical-align:top;mso-number-format:'\\@'";
const FIGURE_CELL: &str =
    "border:1px solid #000;padding:2px 6px;vertical-align:top;text-align:right;white-space:nowrap";

/// The table of `review`.
pub(super) fn of(review: &Review, unit_name: AreaUnitName, lang: Lang) -> Table {
    let unit = unit(unit_name);
    let mut rows = Rows { lang, unit, rows: Vec::new() };
    for project in &review.projects {
        rows.project(review, project);
    }
    Table { html: html(&heads(unit, lang), &rows.rows), text: tabbed(&heads(unit, lang), &rows.rows) }
}

enum Row {
    /// A file, over the whole width.
    File(String),
    Cells(Box<[String; COLUMNS]>),
}

/// What one row says; what it does not say is empty.
#[derive(Default)]
struct Said<'a> {
    number: &'a str,
    line: String,
    class: String,
    zone: &'a str,
    figures: Option<&'a Figures>,
    findings: &'a [FindingRecord],
    outcome: Option<Outcome>,
    remark: String,
}

struct Rows {
    lang: Lang,
    unit: AreaUnit,
    rows: Vec<Row>,
}

impl Rows {
    fn project(&mut self, review: &Review, project: &ProjectReview) {
        // plots of several files may have the same number
        if review.projects.len() > 1 || project.error.is_some() {
            self.rows.push(Row::File(project.file.clone()));
        }
        match words::error(project, self.lang) {
            Some(error) => {
                let mut cells: [String; COLUMNS] = Default::default();
                cells[COLUMNS - 1] = error.to_string();
                self.rows.push(Row::Cells(Box::new(cells)));
            }
            None => project.plots.iter().for_each(|plot| self.plot(review, plot)),
        }
    }

    fn plot(&mut self, review: &Review, plot: &PlotReview) {
        let balances = layer_balances(review, plot);
        for balance in &balances {
            self.layer(plot, balance);
        }
        for finding in findings_without_line(plot, &balances) {
            let line = words::subject(finding.role).get(self.lang).to_string();
            let findings = std::slice::from_ref(&finding.finding);
            self.push(plot, Said { line, findings, outcome: Some(finding.finding.outcome), ..Said::default() });
        }
        for crossing in &plot.crossings {
            let length = crossing.length_m;
            let what = match self.lang {
                Lang::Zh => format!("线状项目，穿越长度 {length:.2} m（不计面积）"),
                Lang::En => format!("line, {length:.2} m inside (no area)"),
            };
            self.without_area(plot, &crossing.zone, crossing.outcome, &crossing.findings, what);
        }
        for location in &plot.locations {
            let [east, north] = location.point;
            let what = match self.lang {
                Lang::Zh => format!("点状项目，N {north:.3} E {east:.3}（不计面积）"),
                Lang::En => format!("point, N {north:.3} E {east:.3} (no area)"),
            };
            self.without_area(plot, &location.zone, location.outcome, &location.findings, what);
        }
        let class = self.word("红线官方结论", "Official form, red line");
        self.push(plot, Said { class, remark: words::official(plot, self.lang), ..Said::default() });
    }

    fn without_area(
        &mut self,
        plot: &PlotReview,
        zone: &ZoneRecord,
        outcome: Outcome,
        findings: &[FindingRecord],
        remark: String,
    ) {
        let said = Said {
            line: words::role(zone.role).get(self.lang).to_string(),
            class: words::zone_class(zone, self.lang),
            zone: &zone.id,
            findings,
            outcome: Some(outcome),
            remark,
            ..Said::default()
        };
        self.push(plot, said);
    }

    fn layer(&mut self, plot: &PlotReview, balance: &LayerBalance<'_>) {
        let title = balance.layer.map_or_else(|| balance.name.to_string(), |l| words::layer_title(l, self.lang));
        for line in &balance.lines {
            let outside: Vec<FindingRecord>;
            let said = Said { line: title.clone(), figures: Some(&line.figures), ..Said::default() };
            let said = match line.part {
                Part::Overlap(overlap) => Said {
                    number: overlap.id.rsplit('.').next().unwrap_or_default(),
                    class: words::zone_class(&overlap.zone, self.lang),
                    zone: &overlap.zone.id,
                    findings: &overlap.findings,
                    outcome: Some(overlap.outcome),
                    ..said
                },
                Part::Ignored(sliver) => {
                    let exact = sliver.area_m2;
                    let remark = self.word(
                        &format!("小于碎面限值，未参与判定；实际 {exact} m²"),
                        &format!("under the sliver limit, not judged; exactly {exact} m²"),
                    );
                    Said { class: self.word("忽略的碎面", "ignored sliver"), zone: &sliver.zone, remark, ..said }
                }
                Part::CountedTwice => {
                    let class = self.word("扣除：图斑重叠部分重复计算", "less: counted twice where zones overlap");
                    Said { class, ..said }
                }
                Part::Outside => {
                    let own = plot.findings.iter().filter(|f| f.layer == balance.name);
                    outside = own.map(|f| f.finding.clone()).collect();
                    let strictest = outside.iter().map(|f| f.outcome).max();
                    let class = self.word("不在图斑内", "outside every zone");
                    Said { class, findings: &outside, outcome: Some(strictest.unwrap_or(Outcome::Clear)), ..said }
                }
            };
            self.push(plot, said);
        }
        let class = self.word("小计（地块面积）", "Subtotal (the plot)");
        self.push(plot, Said { line: title, class, figures: Some(&balance.total), ..Said::default() });
    }

    fn push(&mut self, plot: &PlotReview, said: Said<'_>) {
        let outcome = |o: Outcome| format!("{} {}", words::icon(o), o.word().get(self.lang));
        let reasons = remarks(said.findings, self.lang);
        let parts = [said.remark, reasons];
        self.rows.push(Row::Cells(Box::new([
            said.number.to_string(),
            plot.id.clone(),
            plot.name.clone(),
            said.line,
            said.class,
            said.zone.to_string(),
            said.figures.map_or(String::new(), |f| self.figure(f.get(self.unit))),
            said.figures.map_or(String::new(), |f| format!("{:.2}%", f.percent)),
            clauses(said.findings, self.lang),
            said.outcome.map_or(String::new(), outcome),
            parts.iter().filter(|p| !p.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n"),
        ])));
    }

    fn figure(&self, value: f64) -> String {
        format!("{value:.*}", self.unit.usual_decimals() as usize)
    }

    fn word(&self, zh: &str, en: &str) -> String {
        match self.lang {
            Lang::Zh => zh.to_string(),
            Lang::En => en.to_string(),
        }
    }
}

fn heads(unit: AreaUnit, lang: Lang) -> [String; COLUMNS] {
    let unit = match (unit, lang) {
        (AreaUnit::SquareMetres, _) => "m²",
        (AreaUnit::Hectares, Lang::Zh) => "公顷",
        (AreaUnit::Hectares, Lang::En) => "ha",
        (AreaUnit::Mu, Lang::Zh) => "亩",
        (AreaUnit::Mu, Lang::En) => "mu",
    };
    match lang {
        Lang::Zh => [
            "序号",
            "地块编号",
            "地块名称",
            "控制线",
            "分区/级别",
            "图斑编码",
            "",
            "占地块比例",
            "条款依据",
            "结论",
            "备注",
        ],
        Lang::En => [
            "No.",
            "Plot",
            "Plot name",
            "Line",
            "Class / tier",
            "Zone",
            "",
            "Share of plot",
            "Clause",
            "Outcome",
            "Remarks",
        ],
    }
    .map(|head| match (head, lang) {
        ("", Lang::Zh) => format!("压占面积（{unit}，椭球）"),
        ("", Lang::En) => format!("Occupied ({unit}, ellipsoid)"),
        _ => head.to_string(),
    })
}

fn html(heads: &[String; COLUMNS], rows: &[Row]) -> String {
    let mut page = String::from(
        "<table xmlns:x=\"urn:schemas-microsoft-com:office:excel\" style=\"border-collapse:collapse;font-size:10.5pt\"><thead><tr>",
    );
    for head in heads {
        page.push_str(&format!("<th{TEXT} style=\"{CELL};background:#eee\">{}</th>", escaped(head)));
    }
    page.push_str("</tr></thead><tbody>");
    for row in rows {
        page.push_str("<tr>");
        match row {
            Row::File(file) => page.push_str(&format!(
                "<td colspan=\"{COLUMNS}\"{TEXT} style=\"{CELL};background:#eee\">{}</td>",
                escaped(file)
            )),
            Row::Cells(cells) => {
                for (column, cell) in cells.iter().enumerate() {
                    let (marks, style) = if FIGURES.contains(&column) { ("", FIGURE_CELL) } else { (TEXT, CELL) };
                    page.push_str(&format!("<td{marks} style=\"{style}\">{}</td>", escaped(cell)));
                }
            }
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
            '\n' => out.push_str("<br style=\"mso-data-placement:same-cell\">"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn tabbed(heads: &[String; COLUMNS], rows: &[Row]) -> String {
    let line = |cells: &[String]| {
        let cells = cells.iter().enumerate().map(|(column, cell)| plain(cell, FIGURES.contains(&column)));
        cells.collect::<Vec<_>>().join("\t") + "\r\n"
    };
    let row = |row: &Row| match row {
        Row::File(file) => plain(file, false) + "\r\n",
        Row::Cells(cells) => line(cells.as_slice()),
    };
    std::iter::once(line(heads)).chain(rows.iter().map(row)).collect()
}

/// A cell without tabs and breaks; text that a sheet would take for a formula, in half or full width,
/// begins with an apostrophe.
fn plain(cell: &str, figure: bool) -> String {
    let cell: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if !figure && cell.starts_with(formula) { format!("'{cell}") } else { cell }
}
