//! Land use beneath a plot, totals of a project, the layers a review stood on, and the one-line
//! summary at its end.

use super::review_page::{decimals, figure_cells, figure_columns, unit_name};
use crate::page::{Cell, Column, Ink, Page, Row, Rows, badge, figure};
use redline_engine::LayerRole;
use redline_engine::output::balance::{AreaUnit, Figures, LandUsePart, land_use_balance, outcome_balance};
use redline_engine::output::words;
use redline_engine::review::{PlotReview, ProjectReview, Review};
use redline_wording::{Lang, counted as en};

/// Land use beneath `plot`, adding up to it.
pub fn land_use(page: &mut Page, plot: &PlotReview, unit: AreaUnit) {
    let lines = land_use_balance(plot);
    if lines.is_empty() {
        return;
    }
    let mut columns = vec![
        Column::text(page.pick("地类", "code")),
        Column::wrapped(page.pick("名称", "land use")),
        Column::wrapped(page.pick("三大类", "great class")),
    ];
    columns.extend(figure_columns(page, unit));
    let mut rows = Rows::new(columns);
    for line in &lines {
        let (code, name, great, ink) = match line.part {
            LandUsePart::Code(land) => (
                land.code.clone(),
                land.name.clone(),
                page.say(&words::subdivision(LayerRole::LandUse, &land.great_class)),
                Ink::Plain,
            ),
            LandUsePart::CountedTwice => (
                String::new(),
                page.pick("扣除：重叠处重复计算", "less: counted twice").to_string(),
                String::new(),
                Ink::Quiet,
            ),
            LandUsePart::Uncovered => {
                (String::new(), page.pick("无图斑覆盖", "no parcel there").to_string(), String::new(), Ink::Quiet)
            }
        };
        let mut cells = vec![Cell::from(code), Cell::new(&name, ink), Cell::from(great)];
        cells.extend(figure_cells(&line.figures, unit));
        rows.push(Row::Cells(cells));
    }
    if lines.len() > 1 {
        let mut cells: Vec<Cell> = vec!["".into(), page.pick("合计 = 地块", "sum = the plot").into(), "".into()];
        cells.extend(figure_cells(&Figures::whole(plot.area.ellipsoidal_m2), unit));
        rows.push(Row::Sum(cells));
    }
    page.gap();
    page.rows(0, &rows);
}

/// Totals of a project over the union of its plots.
pub fn totals(page: &mut Page, review: &Review, project: &ProjectReview, unit: AreaUnit) {
    let whole = project.totals.union_of_plots.ellipsoidal_m2;
    if whole <= 0.0 {
        return;
    }
    let layer = |name: &str| review.workspace.layers.iter().find(|layer| layer.name == name);
    let mut columns = vec![Column::wrapped(page.pick("项目合计（地块并集）", "project totals (union of plots)"))];
    columns.extend(figure_columns(page, unit));
    let mut rows = Rows::new(columns);
    let mut put = |name: String, figures: &Figures| {
        let mut cells = vec![Cell::from(name)];
        cells.extend(figure_cells(figures, unit));
        rows.push(Row::Cells(cells));
    };
    for total in &project.totals.by_layer {
        let record = layer(&total.layer);
        let title = record.map_or_else(|| total.layer.clone(), |layer| words::layer_title(layer, page.lang));
        put(title, &Figures::alone(total.area.ellipsoidal_m2, whole));
        for tier in project.totals.by_tier.iter().filter(|tier| tier.layer == total.layer) {
            let word = |word: &String| match record {
                Some(layer) => page.say(&words::subdivision(layer.role, word)),
                None => word.clone(),
            };
            let name: Vec<String> = tier.class.iter().chain(&tier.tier).map(word).collect();
            if !name.is_empty() {
                put(format!("  {}", name.join(" · ")), &Figures::alone(tier.area.ellipsoidal_m2, whole));
            }
        }
    }
    rows.push(Row::Group(page.pick("按最严结论", "by strictest outcome").to_string()));
    for line in outcome_balance(&project.totals) {
        let mut cells = vec![Cell::new(&badge(line.part, page.lang), Ink::Outcome(line.part))];
        cells.extend(figure_cells(&line.figures, unit));
        rows.push(Row::Cells(cells));
    }
    let mut cells: Vec<Cell> = vec![page.pick("合计 = 地块并集", "sum = union of plots").into()];
    cells.extend(figure_cells(&Figures::whole(whole), unit));
    rows.push(Row::Sum(cells));
    page.gap();
    page.rows(0, &rows);
}

/// Which version of which layer the review stood on.
pub fn layers(page: &mut Page, review: &Review) {
    let heading = page.pick("依据的图层版本", "Layer versions").to_string();
    page.gap();
    page.paragraph(0, &heading, Ink::Strong);
    let mut rows = Rows::new(vec![
        Column::wrapped(page.pick("图层", "layer")),
        Column::number(page.pick("版本", "revision")),
        Column::text(page.pick("日期", "date")),
        Column::wrapped(page.pick("来源", "source")),
        Column::text("SHA-256"),
        Column::text(page.pick("用途", "use")),
    ]);
    for layer in &review.workspace.layers {
        rows.cells([
            words::layer_title(layer, page.lang).into(),
            layer.revision.to_string().into(),
            layer.date.clone().into(),
            layer.source.clone().into(),
            Cell::from(short(&layer.sha256)),
            if layer.judged { page.pick("判定", "judged") } else { page.pick("参考", "reference") }.into(),
        ]);
    }
    page.rows(0, &rows);
    let book =
        format!("{} {} · SHA-256 {}", review.rule_book.id, review.rule_book.version, short(&review.rule_book.sha256));
    let label = page.pick("规则集 ", "Rule book ").to_string();
    page.hanging_inked(0, &label, Ink::Quiet, &book, Ink::Plain);
}

/// The first twelve digits of a hash: enough to tell versions apart by eye.
fn short(sha256: &str) -> String {
    sha256.chars().take(12).collect()
}

/// One line a plot, strictest outcomes counted.
pub fn summary(page: &mut Page, review: &Review, unit: AreaUnit) {
    let heading = page.pick("结论", "Summary").to_string();
    page.heading(&heading, &badge(review.outcome, page.lang), Ink::Outcome(review.outcome));
    let mut rows = Rows::headless(vec![
        Column::text(""),
        Column::wrapped(""),
        Column::text(""),
        Column::wrapped(""),
        Column::number(""),
        Column::text(""),
    ]);
    for project in &review.projects {
        for plot in &project.plots {
            let (area, unit_words) = if plot.area.ellipsoidal_m2 > 0.0 {
                (figure(Figures::whole(plot.area.ellipsoidal_m2).get(unit), decimals(unit)), unit_name(page, unit))
            } else {
                ("—".to_string(), String::new())
            };
            rows.cells([
                Cell::new(&badge(plot.outcome, page.lang), Ink::Outcome(plot.outcome)),
                project.file.clone().into(),
                match page.lang {
                    Lang::Zh => format!("地块 {}", plot.id),
                    Lang::En => format!("plot {}", plot.id),
                }
                .into(),
                plot.name.clone().into(),
                area.into(),
                unit_words.into(),
            ]);
        }
        if project.error.is_some() {
            rows.cells([
                Cell::new(page.pick(" ✗ 不能用 ", " ✗ not usable "), Ink::Error),
                project.file.clone().into(),
                "".into(),
                "".into(),
                "".into(),
                "".into(),
            ]);
        }
    }
    page.rows(0, &rows);
    let count = counted(page, review);
    page.gap();
    page.paragraph(0, &count, Ink::Plain);
}

/// `3 个地块：禁止 1 · 不涉及 2;1 个文件不能用。`
pub fn counted(page: &Page, review: &Review) -> String {
    let mut outcomes: Vec<_> =
        review.projects.iter().flat_map(|project| &project.plots).map(|plot| plot.outcome).collect();
    let plots = outcomes.len();
    outcomes.sort_by(|a, b| b.cmp(a));
    let mut counts: Vec<(String, usize)> = Vec::new();
    for outcome in outcomes {
        let word = page.say(&outcome.word());
        match counts.last_mut() {
            Some((last, count)) if *last == word => *count += 1,
            _ => counts.push((word, 1)),
        }
    }
    let counts: Vec<String> = counts.iter().map(|(word, count)| format!("{word} {count}")).collect();
    let bad = review.projects.iter().filter(|project| project.error.is_some()).count();
    let listed = counts.join(" · ");
    if plots == 0 {
        return match page.lang {
            Lang::Zh => format!("没有可审查的地块；{bad} 个文件不能用。"),
            Lang::En => format!("No plot could be reviewed; {} could not be used.", en(bad, "file")),
        };
    }
    match (page.lang, bad) {
        (Lang::Zh, 0) => format!("{plots} 个地块：{listed}。"),
        (Lang::Zh, _) => format!("{plots} 个地块：{listed}；{bad} 个文件不能用。"),
        (Lang::En, 0) => format!("{}: {listed}.", en(plots, "plot")),
        (Lang::En, _) => {
            format!("{}: {listed}; {} could not be used.", en(plots, "plot"), en(bad, "file"))
        }
    }
}
