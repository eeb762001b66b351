//! Sheet 压占分析表： one block a plot and layer, its subtotal the plot's area.

use super::sheet::{self, Look, look};
use crate::output::balance::{Line, Part, findings_without_line, layer_balances};
use crate::output::words;
use crate::review::{FindingRecord, LayerFinding, PlotReview, Review};
use redline_wording::Lang;
use redline_zoning::Outcome;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// First of the four figure columns.
const FIGURES: u16 = 6;

pub(super) fn write(sheet: &mut Worksheet, review: &Review, lang: Lang) -> Result<(), XlsxError> {
    let columns = columns(lang);
    let (name, title) = match lang {
        Lang::Zh => ("压占分析表", "压占分析表"),
        Lang::En => ("Occupation", "Occupation analysis （压占分析表）"),
    };
    let mut row = sheet::begin(sheet, name, title, &context(review, lang), &columns)?;
    for project in &review.projects {
        sheet::text(sheet, row, 0, &project.file, &look(Look::Group))?;
        for column in 1..columns.len() as u16 {
            sheet::text(sheet, row, column, "", &look(Look::Group))?;
        }
        row += 1;
        if let Some(error) = words::error(project, lang) {
            blank_row(sheet, row, columns.len())?;
            sheet::text(sheet, row, 12, error, &look(Look::Text))?;
            row += 1;
            continue;
        }
        for plot in &project.plots {
            row = plot_rows(sheet, row, review, plot, lang, columns.len())?;
        }
    }
    sheet::finish(sheet, row, columns.len())
}

fn columns(lang: Lang) -> Vec<(String, f64)> {
    let (heads, what): ([&str; 9], &str) = match lang {
        Lang::Zh => (
            ["序号", "地块编号", "地块名称", "控制线", "分区/级别", "图斑编码", "条款依据", "结论", "备注"],
            "压占面积",
        ),
        Lang::En => {
            (["No.", "Plot", "Plot name", "Line", "Class / tier", "Zone", "Clause", "Outcome", "Remarks"], "Occupied")
        }
    };
    let figures = sheet::figure_heads(lang, what);
    let widths = [6.0, 12.0, 18.0, 18.0, 26.0, 16.0, 15.0, 12.0, 12.0, 11.0, 48.0, 12.0, 44.0];
    heads[..6]
        .iter()
        .map(|head| head.to_string())
        .chain(figures)
        .chain(heads[6..].iter().map(|head| head.to_string()))
        .zip(widths)
        .collect()
}

fn context(review: &Review, lang: Lang) -> Vec<String> {
    let book = &review.rule_book;
    let workspace = &review.workspace;
    match lang {
        Lang::Zh => vec![
            format!(
                "审查日期 {} · 结论 {} · 规则集 {} {}",
                review.date,
                review.outcome.word().zh,
                book.id,
                book.version
            ),
            format!(
                "工作空间 {} 版本 {} · {} · 面积为椭球面积，各行之和等于地块面积 · 小于 {} m² 的重叠列为忽略",
                workspace.file, workspace.revision, workspace.crs, review.settings.sliver_m2
            ),
        ],
        Lang::En => vec![
            format!(
                "Review date {} · outcome {} · rule book {} {}",
                review.date,
                review.outcome.word().en,
                book.id,
                book.version
            ),
            format!(
                "Workspace {} revision {} · {} · areas on the ellipsoid, the rows add up to the plot · overlaps under {} m² are listed as ignored",
                workspace.file, workspace.revision, workspace.crs, review.settings.sliver_m2
            ),
        ],
    }
}

fn plot_rows(
    sheet: &mut Worksheet,
    mut row: u32,
    review: &Review,
    plot: &PlotReview,
    lang: Lang,
    width: usize,
) -> Result<u32, XlsxError> {
    let balances = layer_balances(review, plot);
    for balance in &balances {
        let title = balance.layer.map_or_else(|| balance.name.to_string(), |layer| words::layer_title(layer, lang));
        let first = row;
        for line in &balance.lines {
            line_row(sheet, row, plot, balance.name, &title, line, lang)?;
            row += 1;
        }
        for column in 0..width as u16 {
            sheet::text(sheet, row, column, "", &look(Look::SumLabel))?;
        }
        sheet::text(sheet, row, 1, &plot.id, &look(Look::SumLabel))?;
        sheet::text(sheet, row, 2, &plot.name, &look(Look::SumLabel))?;
        sheet::text(sheet, row, 3, &title, &look(Look::SumLabel))?;
        let label = match lang {
            Lang::Zh => "小计（地块面积）",
            Lang::En => "Subtotal (the plot)",
        };
        sheet::text(sheet, row, 4, label, &look(Look::SumLabel))?;
        if balance.lines.is_empty() {
            sheet::figures(sheet, row, FIGURES, &balance.total, true)?;
        } else {
            sheet::sums(sheet, row, FIGURES, first, row - 1, &balance.total)?;
        }
        row += 1;
    }
    for finding in findings_without_line(plot, &balances) {
        row = layer_finding(sheet, row, plot, finding, lang, width)?;
    }
    for (zone, outcome, findings, what) in plot
        .crossings
        .iter()
        .map(|c| {
            let what = match lang {
                Lang::Zh => format!("线状项目，穿越长度 {:.2} m（不计面积）", c.length_m),
                Lang::En => format!("line, {:.2} m inside (no area)", c.length_m),
            };
            (&c.zone, c.outcome, &c.findings, what)
        })
        .chain(plot.locations.iter().map(|l| {
            let what = match lang {
                Lang::Zh => format!("点状项目，N {:.3} E {:.3}（不计面积）", l.point[1], l.point[0]),
                Lang::En => format!("point, N {:.3} E {:.3} (no area)", l.point[1], l.point[0]),
            };
            (&l.zone, l.outcome, &l.findings, what)
        }))
    {
        let text = look(Look::Text);
        let cells = [
            (1, plot.id.clone()),
            (2, plot.name.clone()),
            (3, words::role(zone.role).get(lang).to_string()),
            (4, words::zone_class(zone, lang)),
            (5, zone.id.clone()),
            (10, clauses(findings, lang)),
            (12, format!("{what}\n{}", remarks(findings, lang))),
        ];
        row = blank_row(sheet, row, width)?;
        for (column, words) in cells {
            sheet::text(sheet, row - 1, column, words.trim(), &text)?;
        }
        verdict(sheet, row - 1, outcome, lang)?;
    }
    let official = match lang {
        Lang::Zh => "红线官方结论",
        Lang::En => "Official form, red line",
    };
    let next = blank_row(sheet, row, width)?;
    for (column, words) in [(1, plot.id.as_str()), (2, &plot.name), (4, official), (12, &words::official(plot, lang))] {
        sheet::text(sheet, row, column, words, &look(Look::Text))?;
    }
    Ok(next)
}

fn line_row(
    sheet: &mut Worksheet,
    row: u32,
    plot: &PlotReview,
    layer: &str,
    title: &str,
    line: &Line<Part<'_>>,
    lang: Lang,
) -> Result<(), XlsxError> {
    let plain = look(Look::Text);
    blank_row(sheet, row, 13)?;
    sheet::text(sheet, row, 1, &plot.id, &plain)?;
    sheet::text(sheet, row, 2, &plot.name, &plain)?;
    sheet::text(sheet, row, 3, title, &plain)?;
    sheet::figures(sheet, row, FIGURES, &line.figures, false)?;
    let label = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    match line.part {
        Part::Overlap(overlap) => {
            let number = overlap.id.rsplit('.').next().unwrap_or_default();
            sheet::text(sheet, row, 0, number, &look(Look::Centre))?;
            sheet::text(sheet, row, 4, &words::zone_class(&overlap.zone, lang), &plain)?;
            sheet::text(sheet, row, 5, &overlap.zone.id, &plain)?;
            sheet::text(sheet, row, 10, &clauses(&overlap.findings, lang), &plain)?;
            verdict(sheet, row, overlap.outcome, lang)?;
            sheet::text(sheet, row, 12, &remarks(&overlap.findings, lang), &plain)?;
        }
        Part::Ignored(ignored) => {
            sheet::text(sheet, row, 4, label("忽略的碎面", "ignored sliver"), &plain)?;
            sheet::text(sheet, row, 5, &ignored.zone, &plain)?;
            let exact = format!("{} m²", ignored.area_m2);
            let remark = match lang {
                Lang::Zh => format!("小于碎面限值，未参与判定；实际 {exact}"),
                Lang::En => format!("under the sliver limit, not judged; exactly {exact}"),
            };
            sheet::text(sheet, row, 12, &remark, &plain)?;
        }
        Part::CountedTwice => {
            sheet::text(
                sheet,
                row,
                4,
                label("扣除：图斑重叠部分重复计算", "less: counted twice where zones overlap"),
                &plain,
            )?;
        }
        Part::Outside => {
            sheet::text(sheet, row, 4, label("不在图斑内", "outside every zone"), &plain)?;
            // What a book says of standing outside a layer belongs to this line.
            let outside: Vec<FindingRecord> =
                plot.findings.iter().filter(|f| f.layer == layer).map(|f| f.finding.clone()).collect();
            match outside.iter().map(|finding| finding.outcome).max() {
                Some(outcome) => {
                    sheet::text(sheet, row, 10, &clauses(&outside, lang), &plain)?;
                    verdict(sheet, row, outcome, lang)?;
                    sheet::text(sheet, row, 12, &remarks(&outside, lang), &plain)?;
                }
                None => verdict(sheet, row, Outcome::Clear, lang)?,
            }
        }
    }
    Ok(())
}

fn layer_finding(
    sheet: &mut Worksheet,
    row: u32,
    plot: &PlotReview,
    finding: &LayerFinding,
    lang: Lang,
    width: usize,
) -> Result<u32, XlsxError> {
    let plain = look(Look::Text);
    let next = blank_row(sheet, row, width)?;
    sheet::text(sheet, row, 1, &plot.id, &plain)?;
    sheet::text(sheet, row, 2, &plot.name, &plain)?;
    sheet::text(sheet, row, 3, words::subject(finding.role).get(lang), &plain)?;
    sheet::text(sheet, row, 10, &clauses(std::slice::from_ref(&finding.finding), lang), &plain)?;
    verdict(sheet, row, finding.finding.outcome, lang)?;
    sheet::text(sheet, row, 12, &remarks(std::slice::from_ref(&finding.finding), lang), &plain)?;
    Ok(next)
}

/// A row of bordered empty cells; returns the row below.
fn blank_row(sheet: &mut Worksheet, row: u32, width: usize) -> Result<u32, XlsxError> {
    let plain = look(Look::Text);
    for column in 0..width as u16 {
        sheet.write_blank(row, column, &plain)?;
    }
    Ok(row + 1)
}

fn verdict(sheet: &mut Worksheet, row: u32, outcome: Outcome, lang: Lang) -> Result<(), XlsxError> {
    let words = format!("{} {}", words::icon(outcome), outcome.word().get(lang));
    sheet::text(sheet, row, 11, &words, &sheet::outcome(outcome))
}

/// 条款依据： every clause once, with its citation and whether it is confirmed.
pub(crate) fn clauses(findings: &[FindingRecord], lang: Lang) -> String {
    let mut lines: Vec<String> = Vec::new();
    for finding in findings {
        let doubt = match (finding.verified, lang) {
            (true, _) => "",
            (false, Lang::Zh) => "【未核实】",
            (false, Lang::En) => "[unverified] ",
        };
        let line = match (finding.clause.is_empty(), finding.source.is_empty()) {
            (true, true) => finding.rule.clone(),
            (false, true) => format!("{doubt}{} [{}]", finding.clause, finding.rule),
            (true, false) => format!("{doubt}{} [{}]", finding.source, finding.rule),
            (false, false) => format!("{doubt}{}——{} [{}]", finding.clause, finding.source, finding.rule),
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// 备注： every reason once, then what must be attached.
pub(crate) fn remarks(findings: &[FindingRecord], lang: Lang) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |line: String| {
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    };
    for finding in findings {
        add(words::reason(finding, lang).to_string());
        if !finding.attachments.is_empty() {
            add(match lang {
                Lang::Zh => format!("须附：{}", finding.attachments.join("、")),
                Lang::En => format!("Attach: {}", finding.attachments.join(", ")),
            });
        }
    }
    lines.join("\n")
}
