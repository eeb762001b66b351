//! A review for people: notes first, then plot after plot the outcome, the areas that add up, the
//! clauses they stand under; at the end one line a plot.

use super::review_grounds::clauses;
use super::review_sums::{land_use, layers, summary, totals};
use crate::page::{Cell, Column, Ink, Page, Row, Rows, badge, figure};
use redline_engine::Outcome;
use redline_engine::output::balance::{AreaUnit, Figures, LayerBalance, Part, layer_balances};
use redline_engine::output::words::{self, Severity};
use redline_engine::review::{ActivityRecord, NoteRecord, PlotReview, ProjectReview, Review, ZoneRecord};
use redline_wording::Lang;

/// The lead unit of a review's tables.
pub fn lead_unit(units: &str) -> AreaUnit {
    match units {
        "ha" => AreaUnit::Hectares,
        "mu" => AreaUnit::Mu,
        _ => AreaUnit::SquareMetres,
    }
}

/// Writes `review` on `page`, areas led by `unit`.
pub fn review_page(page: &mut Page, review: &Review, unit: AreaUnit) {
    head(page, review);
    let many = review.projects.len();
    for (place, project) in review.projects.iter().enumerate() {
        project_part(page, review, project, unit, (place + 1, many));
    }
    // no plot stands on a layer where no file could be used
    if review.projects.iter().any(|project| project.error.is_none()) {
        layers(page, review);
    }
    summary(page, review, unit);
}

fn head(page: &mut Page, review: &Review) {
    let title = format!("{} {}", page.pick("红线审查", "Redline review"), review.date);
    page.title(&title, &badge(review.outcome, page.lang), Ink::Outcome(review.outcome));
    let workspace = &review.workspace;
    let mut place = match page.lang {
        Lang::Zh => format!("{} · 版本 {} · {}", workspace.file, workspace.revision, workspace.crs),
        Lang::En => format!("{} · revision {} · {}", workspace.file, workspace.revision, workspace.crs),
    };
    if workspace.sample {
        place
            .push_str(page.pick(" · 合成示例数据，不可用于实际审查", " · synthetic sample data, not for real reviews"));
    }
    let book = &review.rule_book;
    let from = book.valid_from.as_deref().unwrap_or("…");
    let to = book.valid_to.as_deref().unwrap_or("…");
    let rules = match page.lang {
        Lang::Zh => format!("{} · {} · 第 {} 版 · 有效期 {from} 至 {to}", book.id, book.title, book.version),
        Lang::En => format!("{} · {} · version {} · valid {from} to {to}", book.id, book.title, book.version),
    };
    let settings = match page.lang {
        Lang::Zh => format!("小于 {} m² 的重叠列为忽略 · 结论按椭球面积", trimmed(review.settings.sliver_m2)),
        Lang::En => format!(
            "overlaps under {} m² are listed as ignored · areas on the ellipsoid",
            trimmed(review.settings.sliver_m2)
        ),
    };
    let mut facts = vec![
        (page.pick("工作空间", "Workspace"), place),
        (page.pick("规则集", "Rule book"), rules),
        (page.pick("项目要素", "Project keys"), keys(page, &review.activity)),
        (page.pick("设置", "Settings"), settings),
    ];
    if let Some(width) = review.settings.line_width_m {
        facts.push((
            page.pick("线宽", "Line width"),
            match page.lang {
                Lang::Zh => format!("线状项目按 {} m 宽成面（--width）", trimmed(width)),
                Lang::En => format!("lines were given a width of {} m (--width)", trimmed(width)),
            },
        ));
    }
    if let Some(day) = &review.settings.layers_as_of {
        facts.push((
            page.pick("图层时点", "Layers as of"),
            match page.lang {
                Lang::Zh => format!("{day}（--layers-as-of）"),
                Lang::En => format!("{day} (--layers-as-of)"),
            },
        ));
    }
    facts_rows(page, 0, &facts);
    notes(page, 0, &review.notes);
}

pub(super) fn facts_rows(page: &mut Page, indent: usize, facts: &[(&str, String)]) {
    let mut rows = Rows::headless(vec![Column::text(""), Column::wrapped("")]);
    for (label, value) in facts {
        rows.cells([Cell::new(label, Ink::Quiet), Cell::new(value, Ink::Plain)]);
    }
    page.rows(indent, &rows);
}

fn keys(page: &Page, activity: &ActivityRecord) -> String {
    let unknown = page.pick("未给出", "not given");
    let stage = activity.stage.map(|stage| page.say(&stage.word()));
    let mut parts = match page.lang {
        Lang::Zh => vec![
            format!("活动 {}", activity.code.as_deref().unwrap_or(unknown)),
            format!("阶段 {}", stage.as_deref().unwrap_or(unknown)),
            format!("行业 {}", activity.industry.as_deref().unwrap_or(unknown)),
        ],
        Lang::En => vec![
            format!("activity {}", activity.code.as_deref().unwrap_or(unknown)),
            format!("stage {}", stage.as_deref().unwrap_or(unknown)),
            format!("industry {}", activity.industry.as_deref().unwrap_or(unknown)),
        ],
    };
    if activity.major == Some(true) {
        parts.push(page.pick("国家重大项目", "national major project").to_string());
    }
    if activity.no_land {
        parts.push(page.pick("声明红线内不申请用地", "states that it asks for no land in the red line").to_string());
    }
    for opinion in &activity.opinions {
        let kind = page.say(&words::opinion(&opinion.kind));
        parts.push(match page.lang {
            Lang::Zh => format!("{kind}（{}）", opinion.file),
            Lang::En => format!("{kind} ({})", opinion.file),
        });
    }
    parts.join(" · ")
}

/// Notes, each with its mark, code and place.
pub fn notes(page: &mut Page, indent: usize, notes: &[NoteRecord]) {
    for note in notes {
        let word = page.say(&words::severity(note.severity));
        let (mark, ink) = match note.severity {
            Severity::Error => ("✗", Ink::Error),
            Severity::Warning => ("!", Ink::Warning),
            Severity::Info => ("i", Ink::Quiet),
        };
        let place = words::place(note, page.lang);
        let place = if place.is_empty() { String::new() } else { format!("{place}：") };
        let place = if page.lang == Lang::En { place.replace('：', ": ") } else { place };
        let accepted = if note.accepted { page.pick("（已接受）", " (accepted)") } else { "" };
        let sentence = format!("{place}{} [{}]{accepted}", words::message(note, page.lang), note.code);
        page.hanging_inked(indent, &format!("{mark} {word} "), ink, &sentence, Ink::Plain);
    }
}

fn project_part(
    page: &mut Page,
    review: &Review,
    project: &ProjectReview,
    unit: AreaUnit,
    (place, many): (usize, usize),
) {
    page.gap();
    let number = if many > 1 { format!("{place}/{many} ") } else { String::new() };
    let title = format!("{}{number}{}", page.pick("项目文件 ", "Project file "), project.file);
    match project.outcome {
        Some(outcome) => page.title(&title, &badge(outcome, page.lang), Ink::Outcome(outcome)),
        None => page.title(&title, page.pick("✗ 不能用", "✗ not usable"), Ink::Error),
    }
    if let Some(error) = words::error(project, page.lang) {
        page.hanging_inked(0, page.pick("✗ 错误 ", "✗ error "), Ink::Error, error, Ink::Plain);
    }
    notes(page, 0, &project.notes);
    if project.error.is_some() {
        return;
    }
    crs(page, &project.crs, words::evidence(project, page.lang));
    for plot in &project.plots {
        plot_part(page, review, plot, unit);
    }
    if project.plots.len() > 1 {
        totals(page, review, project, unit);
    }
}

/// The CRS a file was read in, and why.
pub fn crs(page: &mut Page, crs: &str, evidence: &[String]) {
    let mut words = crs.to_string();
    if !evidence.is_empty() {
        words.push_str(page.pick(" · 依据：", " · evidence: "));
        // Some evidence is a whole sentence, some a few words: one list, one mark between.
        let listed: Vec<&str> = evidence.iter().map(|one| one.trim_end_matches(['\u{3002}', '.'])).collect();
        words.push_str(&listed.join(page.pick("\u{ff1b}", "; ")));
    }
    page.hanging_inked(0, page.pick("坐标系 ", "CRS "), Ink::Quiet, &words, Ink::Plain);
}

fn plot_part(page: &mut Page, review: &Review, plot: &PlotReview, unit: AreaUnit) {
    let name = if plot.name.is_empty() { String::new() } else { format!("  {}", plot.name) };
    let title = format!("{}{}{name}", page.pick("地块 ", "Plot "), plot.id);
    page.heading(&title, &badge(plot.outcome, page.lang), Ink::Outcome(plot.outcome));
    plot_area(page, plot, unit);
    if let Some(own) = &plot.activity {
        let words = keys(page, own);
        page.hanging_inked(0, page.pick("本地块要素 ", "Its own keys "), Ink::Quiet, &words, Ink::Plain);
    }
    let balances = layer_balances(review, plot);
    if !balances.is_empty() {
        page.gap();
        let rows = occupation(page, plot, &balances, unit);
        page.rows(0, &rows);
        ignored_exactly(page, &balances);
    }
    without_area(page, plot);
    clauses(page, plot, &balances);
    land_use(page, plot, unit);
    let official = words::official(plot, page.lang);
    if !official.is_empty() {
        page.gap();
        page.hanging_inked(
            0,
            page.pick("红线官方结论 ", "Official form, red line "),
            Ink::Quiet,
            &official,
            Ink::Plain,
        );
    }
}

fn plot_area(page: &mut Page, plot: &PlotReview, unit: AreaUnit) {
    let area = &plot.area;
    if area.planar_m2 <= 0.0 && plot.geometry.coordinates.is_empty() {
        page.hanging_inked(
            0,
            page.pick("面积 ", "Area "),
            Ink::Quiet,
            page.pick("无（点状或线状项目）", "none (points or lines)"),
            Ink::Plain,
        );
        return;
    }
    let shown = |m2: f64| format!("{} {}", figure(Figures::whole(m2).get(unit), decimals(unit)), unit_name(page, unit));
    let mut parts = vec![
        format!("{} {}", page.pick("椭球", "ellipsoidal"), shown(area.ellipsoidal_m2)),
        format!("{} {}", page.pick("平面", "planar"), shown(area.planar_m2)),
    ];
    if let Some(declared) = area.declared_m2 {
        let difference = declared - area.ellipsoidal_m2;
        let sign = if difference > 0.0 { "+" } else { "" };
        let percent = if area.ellipsoidal_m2 > 0.0 { difference / area.ellipsoidal_m2 * 100.0 } else { 0.0 };
        parts.push(match page.lang {
            Lang::Zh => format!(
                "申报 {}（比椭球 {sign}{} m²，{sign}{}%）",
                shown(declared),
                figure(difference, 2),
                figure(percent, 2)
            ),
            Lang::En => format!(
                "declared {} ({sign}{} m², {sign}{}% of ellipsoidal)",
                shown(declared),
                figure(difference, 2),
                figure(percent, 2)
            ),
        });
    }
    page.hanging_inked(0, page.pick("面积 ", "Area "), Ink::Quiet, &parts.join(" · "), Ink::Plain);
}

/// The units of a table's columns: the lead one first.
fn units(lead: AreaUnit) -> [AreaUnit; 3] {
    match lead {
        AreaUnit::SquareMetres => [AreaUnit::SquareMetres, AreaUnit::Hectares, AreaUnit::Mu],
        AreaUnit::Hectares => [AreaUnit::Hectares, AreaUnit::SquareMetres, AreaUnit::Mu],
        AreaUnit::Mu => [AreaUnit::Mu, AreaUnit::SquareMetres, AreaUnit::Hectares],
    }
}

pub(super) fn decimals(unit: AreaUnit) -> usize {
    unit.usual_decimals() as usize
}

/// `m²`, `公顷`, `亩`; `m²`, `ha`, `mu`.
pub(super) fn unit_name(page: &Page, unit: AreaUnit) -> String {
    match unit {
        AreaUnit::SquareMetres => "m²".to_string(),
        other => page.say(&other.name()),
    }
}

pub(super) fn figure_columns(page: &Page, lead: AreaUnit) -> Vec<Column> {
    let mut columns: Vec<Column> = units(lead)
        .iter()
        .enumerate()
        .map(|(place, &unit)| {
            let name = unit_name(page, unit);
            Column::number(&if place == 0 { format!("{} {name}", page.pick("面积", "area")) } else { name })
        })
        .collect();
    columns.push(Column::number("%"));
    columns
}

pub(super) fn figure_cells(figures: &Figures, lead: AreaUnit) -> Vec<Cell> {
    let mut cells: Vec<Cell> =
        units(lead).iter().map(|&unit| Cell::from(figure(figures.get(unit), decimals(unit)))).collect();
    cells.push(Cell::from(figure(figures.percent, 2)));
    cells
}

fn occupation(page: &Page, plot: &PlotReview, balances: &[LayerBalance<'_>], unit: AreaUnit) -> Rows {
    let mut columns = vec![
        Column::number(page.pick("序号", "no.")),
        Column::wrapped(page.pick("控制线 · 分区 / 级别", "line · class / tier")),
        Column::text(page.pick("图斑", "zone")),
    ];
    columns.extend(figure_columns(page, unit));
    columns.push(Column::text(page.pick(" 结论", " outcome")));
    let mut rows = Rows::new(columns);
    for balance in balances {
        rows.push(Row::Group(balance_title(page, balance)));
        for line in &balance.lines {
            let (number, what, zone, outcome) = match line.part {
                Part::Overlap(overlap) => (
                    overlap.id.rsplit('.').next().unwrap_or_default().to_string(),
                    zone_words(page, &overlap.zone),
                    overlap.zone.id.clone(),
                    Some(overlap.outcome),
                ),
                Part::Ignored(ignored) => {
                    (String::new(), page.pick("忽略的碎面", "ignored sliver").to_string(), ignored.zone.clone(), None)
                }
                Part::CountedTwice => (
                    String::new(),
                    page.pick("扣除：重叠处重复计算", "less: counted twice").to_string(),
                    String::new(),
                    None,
                ),
                Part::Outside => (
                    String::new(),
                    page.pick("不在图斑内", "outside every zone").to_string(),
                    String::new(),
                    Some(outside_outcome(plot, balance.name)),
                ),
            };
            let ink = if matches!(line.part, Part::Overlap(_)) { Ink::Plain } else { Ink::Quiet };
            let mut cells = vec![Cell::from(number), Cell::new(&what, ink), Cell::from(zone)];
            cells.extend(figure_cells(&line.figures, unit));
            cells.push(match outcome {
                Some(outcome) => Cell::new(&badge(outcome, page.lang), Ink::Outcome(outcome)),
                None => Cell::from(""),
            });
            rows.push(Row::Cells(cells));
        }
        // One line that is the whole plot needs no sum.
        if balance.lines.len() > 1 {
            let mut cells: Vec<Cell> = vec!["".into(), page.pick("合计 = 地块", "sum = the plot").into(), "".into()];
            cells.extend(figure_cells(&balance.total, unit));
            cells.push("".into());
            rows.push(Row::Sum(cells));
        }
    }
    rows
}

fn balance_title(page: &Page, balance: &LayerBalance<'_>) -> String {
    match balance.layer {
        Some(layer) => {
            let title = words::layer_title(layer, page.lang);
            match page.lang {
                Lang::Zh => format!("{title} · 版本 {}（{}）", layer.revision, layer.date),
                Lang::En => format!("{title} · revision {} ({})", layer.revision, layer.date),
            }
        }
        None => balance.name.to_string(),
    }
}

fn zone_words(page: &Page, zone: &ZoneRecord) -> String {
    let class = words::zone_class(zone, page.lang);
    if zone.name.is_empty() { class } else { format!("{class} · {}", zone.name) }
}

/// What a plot's part outside every zone of a layer is: what the book says of it, else 不涉及.
fn outside_outcome(plot: &PlotReview, layer: &str) -> Outcome {
    plot.findings
        .iter()
        .filter(|finding| finding.layer == layer)
        .map(|finding| finding.finding.outcome)
        .max()
        .unwrap_or(Outcome::Clear)
}

fn ignored_exactly(page: &mut Page, balances: &[LayerBalance<'_>]) {
    let slivers: Vec<String> = balances
        .iter()
        .flat_map(|balance| &balance.lines)
        .filter_map(|line| match line.part {
            Part::Ignored(ignored) => Some(format!("{} {:.6} m²", ignored.zone, ignored.area_m2)),
            _ => None,
        })
        .collect();
    if !slivers.is_empty() {
        let words = slivers.join(page.pick("、", ", "));
        page.hanging_inked(0, page.pick("忽略的碎面 ", "Ignored slivers "), Ink::Quiet, &words, Ink::Plain);
    }
}

fn without_area(page: &mut Page, plot: &PlotReview) {
    if plot.crossings.is_empty() && plot.locations.is_empty() {
        return;
    }
    page.gap();
    let mut rows = Rows::new(vec![
        Column::wrapped(page.pick("控制线 · 分区 / 级别", "line · class / tier")),
        Column::text(page.pick("图斑", "zone")),
        Column::number(page.pick("穿越长度 m", "length inside m")),
        Column::text(page.pick("点位 N / E", "point N / E")),
        Column::text(page.pick(" 结论", " outcome")),
    ]);
    let line_words = |page: &Page, zone: &ZoneRecord| {
        let role = page.say(&words::role(zone.role));
        let class = zone_words(page, zone);
        if class == role { role } else { format!("{role} · {class}") }
    };
    for crossing in &plot.crossings {
        rows.cells([
            line_words(page, &crossing.zone).into(),
            crossing.zone.id.clone().into(),
            figure(crossing.length_m, 2).into(),
            "".into(),
            Cell::new(&badge(crossing.outcome, page.lang), Ink::Outcome(crossing.outcome)),
        ]);
    }
    for location in &plot.locations {
        let [east, north] = location.point;
        rows.cells([
            line_words(page, &location.zone).into(),
            location.zone.id.clone().into(),
            "".into(),
            format!("{north:.3} / {east:.3}").into(),
            Cell::new(&badge(location.outcome, page.lang), Ink::Outcome(location.outcome)),
        ]);
    }
    page.rows(0, &rows);
}

/// A number as a person would type it: `1`, `0.5`.
fn trimmed(value: f64) -> String {
    format!("{value}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::page::{Colours, display_width};

    fn review() -> Review {
        serde_json::from_str(include_str!("../../../engine/src/output/testdata/review.json")).unwrap()
    }

    fn text(lang: Lang, width: usize, colours: Colours, unit: AreaUnit) -> String {
        let mut page = Page::new(lang, width, colours);
        review_page(&mut page, &review(), unit);
        page.into_text()
    }

    #[test]
    fn a_review_in_chinese() {
        insta::assert_snapshot!(text(Lang::Zh, 120, Colours::None, AreaUnit::SquareMetres));
    }

    #[test]
    fn a_review_in_english() {
        insta::assert_snapshot!(text(Lang::En, 120, Colours::None, AreaUnit::SquareMetres));
    }

    #[test]
    fn a_review_led_by_mu_on_a_narrow_terminal() {
        insta::assert_snapshot!(text(Lang::Zh, 100, Colours::None, AreaUnit::Mu));
    }

    #[test]
    fn a_review_of_nothing_but_unusable_files_names_no_layers() {
        let mut review = review();
        for project in &mut review.projects {
            (project.error, project.outcome) = (Some("读不懂。".into()), None);
            project.plots.clear();
        }
        let mut page = Page::new(Lang::Zh, 120, Colours::None);
        review_page(&mut page, &review, AreaUnit::SquareMetres);
        let words = page.into_text();
        assert!(words.contains("读不懂。") && !words.contains("依据的图层版本"), "{words}");
    }

    #[test]
    fn a_warning_that_was_accepted_says_so() {
        let mut review = review();
        let warned = |n: &&mut NoteRecord| n.severity == Severity::Warning;
        review.projects.iter_mut().flat_map(|p| &mut p.notes).find(warned).unwrap().accepted = true;
        let mut page = Page::new(Lang::Zh, 120, Colours::None);
        review_page(&mut page, &review, AreaUnit::SquareMetres);
        assert_eq!(page.into_text().matches("（已接受）").count(), 1);
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        for lang in [Lang::Zh, Lang::En] {
            for width in [100, 120, 160] {
                for line in text(lang, width, Colours::None, AreaUnit::SquareMetres).lines() {
                    assert!(display_width(line) <= width, "{width}: {} {line}", display_width(line));
                }
            }
        }
    }

    #[test]
    fn colours_change_nothing_but_colour() {
        let plain = text(Lang::Zh, 120, Colours::None, AreaUnit::SquareMetres);
        let painted = text(Lang::Zh, 120, Colours::True, AreaUnit::SquareMetres);
        assert!(!plain.contains('\u{1b}'));
        assert!(painted.contains("\u{1b}[1;38;2;255;255;255;48;2;179;38;30m"));
        let mut bare = String::new();
        let mut rest = painted.as_str();
        while let Some(at) = rest.find('\u{1b}') {
            bare.push_str(&rest[..at]);
            rest = &rest[at + rest[at..].find('m').unwrap() + 1..];
        }
        bare.push_str(rest);
        let trimmed = |text: &str| text.lines().map(str::trim_end).map(str::to_string).collect::<Vec<_>>();
        assert_eq!(trimmed(&bare), trimmed(&plain));
    }
}
