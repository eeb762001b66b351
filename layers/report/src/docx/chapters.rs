//! The chapters of the DOCX, in the order of the shipped template.

use super::area_tables::{land_use, occupation, totals};
use super::blocks::{Body, Cell, Look, Row, Turn, paragraph, picture};
use super::comparison;
use crate::data::{ReportData, Verdict};
use crate::tables::AreaFigures;
use crate::words::Words;
use docx_rs::{Paragraph, Run, Tab};
use redline_wording::Lang;

/// Counts headings as the report's language does.
pub(super) struct Headings {
    lang: Lang,
    chapter: usize,
    section: usize,
}

impl Headings {
    pub(super) fn chapter(&mut self, body: &mut Body, words: &str) {
        self.chapter += 1;
        self.section = 0;
        let number = match self.lang {
            Lang::Zh => format!("{}、", chinese(self.chapter)),
            Lang::En => format!("{} ", self.chapter),
        };
        body.paragraph("Heading1", &format!("{number}{words}"));
    }

    pub(super) fn section(&mut self, body: &mut Body, words: &str) {
        self.section += 1;
        let number = match self.lang {
            Lang::Zh => format!("（{}）", chinese(self.section)),
            Lang::En => format!("{}.{} ", self.chapter, self.section),
        };
        body.paragraph("Heading2", &format!("{number}{words}"));
    }
}

/// 1–99 in Chinese; beyond, digits.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        0 | 100.. => number.to_string(),
        1..=9 => DIGITS[number].to_string(),
        10..=19 => format!("十{}", DIGITS[number % 10]),
        _ => format!("{}十{}", DIGITS[number / 10], DIGITS[number % 10]),
    }
}

pub(super) fn write(body: &mut Body, data: &ReportData, w: &Words, long_date: &str, dropped: usize) {
    body.turn(Turn::Upright);
    cover(body, data, w, long_date);
    let mut headings = Headings { lang: data.lang, chapter: 0, section: 0 };
    if let Some(of) = &data.comparison {
        comparison::ledger(body, &mut headings, of, w);
        maps(body, &mut headings, data, w);
        comparison::exchange(body, &mut headings, of, w);
        comparison::remarks(body, &mut headings, data, w, dropped);
        return signatures(body, &mut headings, data, w);
    }
    outcome(body, &mut headings, data, w);
    projects(body, &mut headings, data, w);
    occupation(body, &mut headings, data, w);
    body.turn(Turn::Upright);
    totals(body, &mut headings, data, w);
    land_use(body, &mut headings, data, w);
    clauses(body, &mut headings, data, w);
    maps(body, &mut headings, data, w);
    body.turn(Turn::Upright);
    notes(body, &mut headings, data, w, dropped);
    basis(body, &mut headings, data, w);
    signatures(body, &mut headings, data, w);
}

pub(super) fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "：",
        Lang::En => ": ",
    }
}

pub(super) fn verdict(verdict: &Verdict) -> Cell {
    Cell { colour: Some(verdict.colour.clone()), ..Cell::centre(&verdict.word) }
}

fn or_dash(words: &str) -> Cell {
    if words.is_empty() { Cell::centre("—") } else { Cell::words(words) }
}

pub(super) fn figures(area: Option<&AreaFigures>) -> Vec<Cell> {
    match area {
        Some(area) => [&area.m2, &area.ha, &area.mu, &area.percent].map(|figure| Cell::number(&figure.text)).to_vec(),
        None => vec![Cell::centre("—"); 4],
    }
}

/// Longer names are shortened where the full one stands elsewhere, in the plots' own table.
pub(super) const LONGEST: usize = 40;

pub(super) fn short(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_string();
    }
    name.chars().take(LONGEST - 2).chain(['…']).collect()
}

pub(super) fn heads(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_string()).collect()
}

fn cover(body: &mut Body, data: &ReportData, w: &Words, long_date: &str) {
    let colon = colon(data.lang);
    let blank = |words: &str| if words.is_empty() { "____________".to_string() } else { words.to_string() };
    let secrecy = if data.secrecy.is_empty() { String::new() } else { format!("{}{colon}{}", w.secrecy, data.secrecy) };
    let head =
        Paragraph::new().style("CoverHead").add_tab(Tab::new().val(docx_rs::TabValueType::Right).pos(8844)).add_run(
            Run::new().add_text(secrecy).add_tab().add_text(format!("{}{colon}{}", w.number, blank(&data.number))),
        );
    body.styled(head);
    body.paragraph("Title", &data.title);
    body.paragraph("Subtitle", &data.subject);
    body.paragraph("Stamp", if data.decided { "" } else { w.preliminary });
    let line = |name: &str| Paragraph::new().style("CoverLine").add_run(Run::new().add_text(format!("{name}{colon}")));
    let colour = data.outcome.colour.trim_start_matches('#');
    if data.comparison.is_none() {
        body.styled(line(w.outcome).add_run(Run::new().add_text(&data.outcome.word).bold().color(colour)));
    }
    body.styled(line(w.unit).add_run(Run::new().add_text(blank(&data.unit))));
    body.styled(
        line(if data.comparison.is_none() { w.date } else { w.date_compared }).add_run(Run::new().add_text(long_date)),
    );
    if !data.decided {
        body.paragraph("Warning", w.preliminary_note);
    }
    if data.sample {
        body.paragraph("Warning", w.sample_note);
    }
    body.page_break();
}

fn outcome(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words) {
    headings.chapter(body, w.chapter_outcome);
    let colour = data.outcome.colour.trim_start_matches('#');
    let mut said = Paragraph::new().style("Outcome").add_run(Run::new().add_text(&data.outcome.word).color(colour));
    if !data.decided {
        said = said.add_run(Run::new().add_text(format!("（{}）", w.preliminary)).size(22).color("B3261E"));
    }
    body.styled(said);
    for words in &data.summary {
        body.paragraph("Body", words);
    }
    if !data.decided {
        body.paragraph("BodyWarning", w.preliminary_note);
    }
    headings.section(body, w.section_official);
    body.paragraph("Body", w.official_lead);
    let mut rows = Vec::new();
    for plot in data.projects.iter().flat_map(|project| &project.plots) {
        let number = match (plot.official_number, data.lang) {
            (Some(number), Lang::Zh) => format!("第 {number} 种"),
            (Some(number), Lang::En) => format!("No. {number}"),
            (None, _) => "—".to_string(),
        };
        rows.push(Row::plain(vec![
            Cell::words(&plot.id),
            Cell::words(&short(&plot.name)),
            Cell::number(&plot.area.ha.text),
            Cell::centre(&number),
            Cell::words(&plot.official),
            verdict(&plot.outcome),
        ]));
    }
    if !rows.is_empty() {
        let area = format!("{}（{}）", w.area, w.ha);
        let head = heads(&[w.plot_id, w.plot_name, &area, w.official_number, w.official_sentence, w.verdict]);
        body.table(&[18.0, 25.0, 22.0, 15.0, 52.0, 24.0], &head, rows);
    }
    headings.section(body, w.section_undecided);
    if data.undecided.is_empty() {
        return body.paragraph("Body", w.undecided_none);
    }
    body.paragraph("Body", w.undecided_lead);
    let rows = data
        .undecided
        .iter()
        .map(|item| Row::plain(vec![Cell::words(&item.subject), Cell::words(&item.reason), or_dash(&item.next)]));
    body.table(&[38.0, 72.0, 46.0], &heads(&[w.item, w.reason, w.next]), rows.collect());
}

fn projects(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words) {
    headings.chapter(body, w.chapter_projects);
    for project in &data.projects {
        headings.section(body, &project.file);
        let mut rows: Vec<(&str, Cell)> = Vec::new();
        if let Some(error) = &project.error {
            rows.push((w.file_error, Cell::words(error)));
        }
        if let Some(outcome) = &project.outcome {
            rows.push((w.verdict, verdict(outcome).look(Look::Words)));
        }
        if !project.sha256.is_empty() {
            rows.push((w.sha256, Cell::code(&project.sha256)));
        }
        if !project.crs.is_empty() {
            rows.push((w.crs, Cell::words(&project.crs)));
        }
        if !project.crs_evidence.is_empty() {
            rows.push((w.evidence, Cell::lines(&project.crs_evidence)));
        }
        rows.extend(project.keys.iter().map(|key| (key.name.as_str(), Cell::words(&key.value))));
        let rows: Vec<Row> = rows.into_iter().map(|(name, cell)| Row::plain(vec![Cell::words(name), cell])).collect();
        if !rows.is_empty() {
            body.table(&[34.0, 122.0], &heads(&[w.item, w.value]), rows);
        }
        let rows: Vec<Row> = project
            .plots
            .iter()
            .map(|plot| {
                Row::plain(vec![
                    Cell::words(&plot.id),
                    Cell::words(&plot.name),
                    Cell::number(&plot.area.m2.text),
                    Cell::number(&plot.planar_m2),
                    Cell::number(if plot.declared_m2.is_empty() { "—" } else { &plot.declared_m2 }),
                    verdict(&plot.outcome),
                ])
            })
            .collect();
        if !rows.is_empty() {
            let head = heads(&[w.plot_id, w.plot_name, w.area_ellipsoidal, w.area_planar, w.area_declared, w.verdict]);
            body.table(&[22.0, 30.0, 27.0, 27.0, 27.0, 23.0], &head, rows);
        }
    }
}

fn clauses(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words) {
    headings.chapter(body, w.chapter_clauses);
    if data.clauses.is_empty() {
        return body.paragraph("Body", w.clauses_none);
    }
    body.paragraph("Body", w.clauses_lead);
    let colon = colon(data.lang);
    for clause in &data.clauses {
        let words = if clause.text.is_empty() { &clause.source } else { &clause.text };
        let mut said = paragraph("Clause", &format!("〔{}〕　{words}", clause.number));
        if !clause.verified {
            said = said.add_run(Run::new().add_text(format!("【{}】", w.unverified)).color("B3261E"));
        }
        body.styled(said);
        if !clause.text.is_empty() && !clause.source.is_empty() {
            body.paragraph("ClauseSource", &format!("{}{colon}{}", w.source, clause.source));
        }
        body.paragraph("ClauseSource", &format!("{}{colon}{}", w.rule, clause.rule));
        if !clause.attachments.is_empty() {
            body.paragraph("ClauseSource", &format!("{}{colon}{}", w.attach, clause.attachments.join("、")));
        }
    }
}

fn maps(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words) {
    headings.chapter(body, w.chapter_maps);
    body.paragraph("Body", if data.maps.is_empty() { w.maps_none } else { w.maps_lead });
    for (place, map) in data.maps.iter().enumerate() {
        // a map wider than the upright page lies
        body.turn(if map.width_mm <= 156.0 { Turn::Upright } else { Turn::Lying });
        headings.section(body, &map.name);
        body.styled(picture(place + 1, &map.png, map.width_mm, map.height_mm));
        body.paragraph("MapCaption", &format!("{} {}　{}", w.figure, place + 1, map.caption));
    }
}

fn notes(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words, dropped: usize) {
    headings.chapter(body, w.chapter_notes);
    if data.notes.is_empty() && dropped == 0 {
        body.paragraph("Body", w.notes_none);
    }
    if !data.notes.is_empty() {
        let rows = data.notes.iter().map(|note| {
            let accepted = if note.accepted { format!("（{}）", w.accepted) } else { String::new() };
            Row::plain(vec![
                Cell::words(&note.about),
                Cell::centre(&note.severity),
                or_dash(&note.place),
                Cell::number(if note.area_m2.is_empty() { "—" } else { &note.area_m2 }),
                Cell::lines(&[format!("{}{accepted}", note.message), note.code.clone()]),
            ])
        });
        let head = heads(&[w.file, w.severity, w.place, w.area_m2, w.message]);
        body.table(&[32.0, 14.0, 30.0, 22.0, 58.0], &head, rows.collect());
    }
    if dropped > 0 {
        body.paragraph("Body", &format!("{}（{dropped}）。", w.control_characters));
    }
    headings.section(body, w.chapter_slivers);
    if data.slivers.is_empty() {
        return body.paragraph("Body", w.slivers_none);
    }
    body.paragraph("Body", w.slivers_lead);
    let rows = data.slivers.iter().map(|sliver| {
        let mut cells =
            [&sliver.project, &sliver.plot, &sliver.layer, &sliver.zone].map(|words| Cell::words(words)).to_vec();
        cells.push(Cell::number(&sliver.area_m2));
        Row::plain(cells)
    });
    let head = heads(&[w.project, w.plot_id, w.layer, w.zone, w.area_m2]);
    body.table(&[46.0, 24.0, 32.0, 30.0, 24.0], &head, rows.collect());
}

fn basis(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words) {
    headings.chapter(body, w.chapter_basis);
    headings.section(body, w.section_rule_book);
    let book = &data.rule_book;
    let day = |day: &str| if day.is_empty() { "—".to_string() } else { day.to_string() };
    let valid = format!("{} {} {}", day(&book.valid_from), w.until, day(&book.valid_to));
    let rows = [
        (w.title, Cell::words(&book.title)),
        (w.rule, Cell::words(&book.id)),
        (w.version, Cell::words(&book.version)),
        (w.valid, Cell::words(&valid)),
        (w.sha256, Cell::code(&book.sha256)),
    ];
    let rows = rows.map(|(name, cell)| Row::plain(vec![Cell::words(name), cell])).into_iter().collect();
    body.table(&[34.0, 122.0], &heads(&[w.item, w.value]), rows);
    headings.section(body, w.section_layers);
    if !data.layers.is_empty() {
        let rows = data.layers.iter().map(|layer| {
            let mut source = vec![layer.source.clone()];
            source.extend(Some(layer.remark.clone()).filter(|remark| !remark.is_empty()));
            Row::plain(vec![
                Cell::words(&layer.title),
                Cell::lines(&source),
                Cell::centre(&layer.date),
                Cell::centre(&layer.revision),
                Cell::code(&layer.sha256),
                Cell::centre(if layer.judged { w.yes } else { w.no }),
            ])
        });
        let head = heads(&[w.title, w.source, w.layer_date, w.revision, w.sha256, w.judged]);
        body.table(&[28.0, 36.0, 22.0, 13.0, 42.0, 15.0], &head, rows.collect());
    }
    headings.section(body, w.section_settings);
    let rows = data.settings.iter().map(|s| Row::plain(vec![Cell::words(&s.name), Cell::words(&s.value)]));
    body.table(&[56.0, 100.0], &heads(&[w.setting, w.value]), rows.collect());
}

fn signatures(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words) {
    if data.signatures.is_empty() {
        return;
    }
    headings.chapter(body, w.chapter_signatures);
    let rows = data.signatures.iter().map(|signature| {
        // three lines give room to sign
        let room = vec![String::new(), String::new(), String::new()];
        Row::plain(vec![
            Cell::words(&signature.role),
            Cell::words(&signature.name),
            Cell::lines(&room),
            Cell::words(&signature.date),
        ])
    });
    let head = heads(&[w.role, w.name, w.signature, w.sign_date]);
    body.table(&[30.0, 36.0, 54.0, 36.0], &head, rows.collect());
}
