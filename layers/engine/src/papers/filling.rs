//! A review as the dictionary that a report's template is given.

use super::clauses::Clauses;
use super::{PaperFacts, blocks};
use crate::output::balance::Figures;
use crate::output::words;
use crate::review::{ActivityRecord, NoteRecord, PlotReview, ProjectReview, Review};
use redline_cartography::outcome_colour;
use redline_report::{
    LayerRow, NoteRow, PlotRow, ProjectPart, ReportData, RuleBookEntry, Setting, Signature, Undecided, Verdict,
};
use redline_wording::{Lang, Text, counted, text};
use redline_zoning::Outcome;

/// An outcome as papers show it.
pub(super) fn verdict(outcome: Outcome, lang: Lang) -> Verdict {
    Verdict::new(outcome, lang, outcome_colour(outcome))
}

/// A reason without the options of the command that it names: on paper there is no command.
pub(super) fn sentence(words: &str) -> String {
    without(&without(words, "（--", "）"), " (--", ")")
}

fn without(words: &str, open: &str, close: &str) -> String {
    let mut said = String::new();
    let mut left = words;
    while let Some((before, rest)) = left.split_once(open) {
        let Some((_, after)) = rest.split_once(close) else { break };
        said.push_str(before);
        left = after;
    }
    said + left
}

fn setting(name: &Text, value: impl Into<String>, lang: Lang) -> Setting {
    Setting { name: name.get(lang).to_string(), value: value.into() }
}

/// What a report says of `review`, in `lang`; clauses stay in the law's language.
pub fn report_data(review: &Review, facts: &PaperFacts, lang: Lang) -> ReportData {
    let mut clauses = Clauses::default();
    let mut data = ReportData {
        lang,
        title: facts.title.clone().unwrap_or_else(|| title(lang)),
        subject: subject(review, lang),
        number: facts.number.clone(),
        secrecy: facts.secrecy.clone(),
        unit: facts.unit.clone(),
        date: review.date.clone(),
        decided: facts.decided_by.is_some(),
        sample: review.workspace.sample,
        outcome: verdict(review.outcome, lang),
        summary: summary(review, lang),
        rule_book: rule_book(review),
        layers: layers(review, lang),
        settings: settings(review, lang),
        signatures: signatures(facts, lang),
        ..ReportData::default()
    };
    let about = text!("审查" | "review");
    data.notes.extend(review.notes.iter().map(|n| note(about.get(lang), n, lang)));
    for project in &review.projects {
        data.projects.push(part(review, project, lang));
        data.notes.extend(project.notes.iter().map(|n| note(&project.file, n, lang)));
        data.totals.extend(blocks::totals(review, project, lang));
        for plot in &project.plots {
            data.occupation.extend(blocks::occupation(review, project, plot, &mut clauses, lang));
            data.land_use.extend(blocks::land_use(project, plot, lang));
            data.slivers.extend(blocks::slivers(review, project, plot, lang));
            data.undecided.extend(undecided(project, plot, lang));
        }
    }
    data.clauses = clauses.entries();
    data
}

fn title(lang: Lang) -> String {
    text!("生态红线与控制线审查报告" | "Review against the ecological red line and control line").get(lang).to_string()
}

fn subject(review: &Review, lang: Lang) -> String {
    let more = review.projects.len().saturating_sub(1);
    match review.projects.first() {
        Some(first) if more > 0 => {
            let (first, all) = (&first.file, more + 1);
            text!("{first} 等 {all} 个项目文件" | "{first} and {more} more").get(lang).to_string()
        }
        Some(first) => first.file.clone(),
        None => String::new(),
    }
}

/// The conclusion: what the whole comes out as, and how many plots came out how.
fn summary(review: &Review, lang: Lang) -> Vec<String> {
    let plots: Vec<&PlotReview> = review.projects.iter().flat_map(|project| &project.plots).collect();
    let unusable = review.projects.iter().filter(|project| project.error.is_some()).count();
    let (files, count) = (review.projects.len(), plots.len());
    let (with, of) = (counted(files, "project file"), counted(count, "plot"));
    let word = review.outcome.word();
    let (zh, en) = (&word.zh, &word.en);
    let book = format!("{} {}", review.rule_book.title, review.rule_book.version);
    let mut said = vec![
        text!(
            "本次审查 {files} 个项目文件、{count} 个地块，依据规则集“{book}”，结论为：{zh}。"
                | "Reviewed by the rule book “{book}”: {with} with {of}. Outcome: {en}."
        )
        .get(lang)
        .to_string(),
    ];
    let outcomes = [Outcome::Prohibited, Outcome::Manual, Outcome::Conditional, Outcome::Permitted, Outcome::Clear];
    let by_outcome: Vec<String> = outcomes
        .iter()
        .filter_map(|&outcome| {
            let plots = plots.iter().filter(|plot| plot.outcome == outcome).count();
            let word = outcome.word();
            let (zh, en) = (&word.zh, &word.en);
            (plots > 0).then(|| text!("{zh} {plots} 个" | "{plots} {en}").get(lang).to_string())
        })
        .collect();
    if !by_outcome.is_empty() {
        let zh = by_outcome.join("，");
        let en = by_outcome.join(", ");
        said.push(text!("地块结论：{zh}。" | "Plots: {en}.").get(lang).to_string());
    }
    if unusable > 0 {
        let files = counted(unusable, "file");
        said.push(
            text!(
                "{unusable} 个文件未能使用，原因见项目一节。"
                    | "{files} could not be used; the reasons stand with the projects."
            )
            .get(lang)
            .to_string(),
        );
    }
    said
}

fn part(review: &Review, project: &ProjectReview, lang: Lang) -> ProjectPart {
    ProjectPart {
        file: project.file.clone(),
        sha256: project.sha256.clone(),
        crs: project.crs.clone(),
        crs_evidence: words::evidence(project, lang).to_vec(),
        keys: keys(&review.activity, lang)
            .into_iter()
            .chain(project.plots.iter().filter_map(|plot| own_keys(plot, lang)))
            .collect(),
        error: words::error(project, lang).map(str::to_string),
        outcome: project.outcome.map(|outcome| verdict(outcome, lang)),
        plots: project.plots.iter().map(|plot| plot_row(plot, lang)).collect(),
    }
}

fn plot_row(plot: &PlotReview, lang: Lang) -> PlotRow {
    let sentence = match lang {
        Lang::Zh => &plot.official.sentence,
        Lang::En => &plot.official.sentence_en,
    };
    PlotRow {
        id: plot.id.clone(),
        name: plot.name.clone(),
        area: blocks::figures(&Figures::whole(plot.area.ellipsoidal_m2)),
        planar_m2: format!("{:.2}", plot.area.planar_m2),
        declared_m2: plot.area.declared_m2.map(|m2| format!("{m2:.2}")).unwrap_or_default(),
        outcome: verdict(plot.outcome, lang),
        official_number: plot.official.number,
        official: sentence.clone(),
    }
}

fn keys(activity: &ActivityRecord, lang: Lang) -> Vec<Setting> {
    let given =
        |value: &Option<String>| value.clone().unwrap_or_else(|| text!("未给出" | "not given").get(lang).to_string());
    let stage = activity.stage.map(|stage| stage.word().get(lang).to_string());
    let mut keys = vec![
        setting(&text!("活动" | "Activity"), given(&activity.code), lang),
        setting(&text!("建设阶段" | "Stage"), given(&stage), lang),
        setting(&text!("行业（GB/T 4754）" | "Industry (GB/T 4754)"), given(&activity.industry), lang),
    ];
    if activity.no_land {
        let words = text!("不在红线内用地" | "asks for no land inside the red line");
        keys.push(setting(&text!("声明" | "Statement"), words.get(lang), lang));
    }
    if let Some(table) = &activity.table {
        let value = format!("{} SHA-256 {}", table.file, table.sha256);
        keys.push(setting(&text!("活动表" | "Activity table"), value, lang));
    }
    for opinion in &activity.opinions {
        let kind = words::opinion(&opinion.kind);
        let value = format!("{} · {} · SHA-256 {}", kind.get(lang), opinion.file, opinion.sha256);
        keys.push(setting(&text!("意见" | "Opinion"), value, lang));
    }
    keys
}

/// The keys of a plot that has its own, in one line.
fn own_keys(plot: &PlotReview, lang: Lang) -> Option<Setting> {
    let own = keys(plot.activity.as_ref()?, lang);
    let id = &plot.id;
    let value: Vec<String> = own.iter().map(|key| format!("{} {}", key.name, key.value)).collect();
    Some(setting(&text!("地块 {id}" | "Plot {id}"), value.join(text!("；" | "; ").get(lang)), lang))
}

fn note(about: &str, note: &NoteRecord, lang: Lang) -> NoteRow {
    NoteRow {
        about: about.to_string(),
        severity: words::severity(note.severity).get(lang).to_string(),
        code: note.code.clone(),
        place: words::place(note, lang),
        area_m2: note.area_m2.map(|m2| format!("{m2:.4}")).unwrap_or_default(),
        message: words::message(note, lang).to_string(),
        accepted: note.accepted,
    }
}

/// What must be known of the maps, among the notes.
pub(super) fn map_note(remark: &Text, lang: Lang) -> NoteRow {
    NoteRow {
        about: text!("图件" | "maps").get(lang).to_string(),
        severity: words::severity(redline_formats::Severity::Info).get(lang).to_string(),
        code: "maps".into(),
        message: remark.get(lang).to_string(),
        ..NoteRow::default()
    }
}

/// What came back as 需人工判定, once a reason and what it is about.
fn undecided(project: &ProjectReview, plot: &PlotReview, lang: Lang) -> Vec<Undecided> {
    let id = if plot.name.is_empty() { plot.id.clone() } else { format!("{} {}", plot.id, plot.name) };
    let of_zone = |zone: &crate::review::ZoneRecord| {
        let name = if zone.name.is_empty() { &zone.id } else { &zone.name };
        format!("{} · {id} · {name}", project.file)
    };
    let overlaps = plot.overlaps.iter().map(|o| (of_zone(&o.zone), &o.findings));
    let crossings = plot.crossings.iter().map(|c| (of_zone(&c.zone), &c.findings));
    let locations = plot.locations.iter().map(|l| (of_zone(&l.zone), &l.findings));
    let about_zones = overlaps
        .chain(crossings)
        .chain(locations)
        .flat_map(|(subject, findings)| findings.iter().map(move |finding| (subject.clone(), finding)));
    let about_layers = plot.findings.iter().map(|finding| {
        let subject = words::subject(finding.role);
        (format!("{} · {id} · {}", project.file, subject.get(lang)), &finding.finding)
    });
    let mut open: Vec<Undecided> = Vec::new();
    for (subject, finding) in about_zones.chain(about_layers) {
        if finding.outcome != Outcome::Manual {
            continue;
        }
        let one = Undecided {
            subject,
            reason: sentence(words::reason(finding, lang)),
            next: finding.attachments.join(text!("、" | ", ").get(lang)),
        };
        if !open.contains(&one) {
            open.push(one);
        }
    }
    open
}

fn rule_book(review: &Review) -> RuleBookEntry {
    let book = &review.rule_book;
    RuleBookEntry {
        id: book.id.clone(),
        title: book.title.clone(),
        version: book.version.clone(),
        valid_from: book.valid_from.clone().unwrap_or_default(),
        valid_to: book.valid_to.clone().unwrap_or_default(),
        sha256: book.sha256.clone(),
    }
}

fn layers(review: &Review, lang: Lang) -> Vec<LayerRow> {
    let row = |layer: &crate::review::LayerRecord| LayerRow {
        title: words::layer_title(layer, lang),
        source: layer.source.clone(),
        date: layer.date.clone(),
        revision: layer.revision.to_string(),
        sha256: layer.sha256.clone(),
        judged: layer.judged,
        remark: match layer.edited_outside {
            true => text!("导入后被其他程序改动" | "changed by another program after its import").get(lang).to_string(),
            false => String::new(),
        },
    };
    review.workspace.layers.iter().map(row).collect()
}

fn settings(review: &Review, lang: Lang) -> Vec<Setting> {
    let (workspace, settings) = (&review.workspace, &review.settings);
    let mut all = vec![
        setting(&text!("工作空间" | "Workspace"), workspace.file.clone(), lang),
        setting(&text!("工作空间版本" | "Workspace revision"), workspace.revision.to_string(), lang),
        setting(&text!("坐标系" | "Plane"), workspace.crs.clone(), lang),
        setting(&text!("碎面限值（m²）" | "Sliver limit (m²)"), settings.sliver_m2.to_string(), lang),
        setting(&text!("叠加格网步长（m）" | "Step of the overlay grid (m)"), grid_step(settings.grid_step_m), lang),
        setting(&text!("程序版本" | "Program version"), review.engine_version.clone(), lang),
    ];
    let given = [
        (text!("线状项目宽度（m）" | "Width given to lines (m)"), settings.line_width_m.map(|m| m.to_string())),
        (text!("图层时点" | "Layers as of"), settings.layers_as_of.clone()),
        (text!("指定的坐标系" | "CRS given"), settings.crs_override.clone()),
        (text!("指定的坐标轴次序" | "Axis order given"), settings.axes_override.clone()),
    ];
    all.extend(given.into_iter().filter_map(|(name, value)| Some(setting(&name, value?, lang))));
    all
}

/// A grid's step, m, in two significant digits: a power of two has many more, which the record holds.
fn grid_step(m: f64) -> String {
    let digits = (1.0 - m.log10().floor()).max(0.0);
    if digits.is_finite() { format!("{m:.*}", digits as usize) } else { m.to_string() }
}

pub(super) fn signatures(facts: &PaperFacts, lang: Lang) -> Vec<Signature> {
    let role = |role: Text, name: &str| Signature {
        role: role.get(lang).to_string(),
        name: name.to_string(),
        date: String::new(),
    };
    vec![
        role(text!("经办" | "Prepared by"), ""),
        role(text!("复核" | "Checked by"), ""),
        role(text!("审定" | "Decided by"), facts.decided_by.as_deref().unwrap_or_default()),
    ]
}

#[cfg(test)]
mod tests {
    use super::{grid_step, sentence};

    #[test]
    fn the_step_of_the_grid_is_read_at_a_glance() {
        assert_eq!(grid_step(2f64.powi(-24)), "0.000000060");
        assert_eq!(grid_step(0.001), "0.0010");
        assert_eq!(grid_step(1.0), "1.0");
        assert_eq!(grid_step(0.0), "0");
    }

    #[test]
    fn a_reason_on_paper_names_no_option_of_the_command() {
        assert_eq!(sentence("缺少建设阶段（--stage）、行业（--industry）。规则"), "缺少建设阶段、行业。规则");
        assert_eq!(sentence("no stage (--stage). Rule"), "no stage. Rule");
        assert_eq!(sentence("甲（乙）"), "甲（乙）");
        assert_eq!(sentence("（--stage"), "（--stage");
    }
}
