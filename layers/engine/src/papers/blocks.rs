//! The tables of a report: 压占分析表, land use, totals, slivers.

use super::clauses::Clauses;
use super::filling::{sentence, verdict};
use crate::output::balance::{self, Figures, LandUsePart, Part};
use crate::output::words;
use crate::review::{FindingRecord, PlotReview, ProjectReview, Review, ZoneRecord};
use redline_report::{
    AreaFigures, LandUseBlock, LandUseRow, OccupationBlock, OccupationRow, RowKind, SliverRow, TotalsGroup, TotalsRow,
};
use redline_wording::{Lang, Text, text};
use redline_zoning::{LayerRole, Outcome};

pub(super) fn figures(figures: &Figures) -> AreaFigures {
    AreaFigures::new(figures.m2, figures.ha, figures.mu, figures.percent)
}

fn said(findings: &[FindingRecord], lang: Lang) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for finding in findings {
        let said = sentence(words::reason(finding, lang));
        if !said.is_empty() && !sentences.contains(&said) {
            sentences.push(said);
        }
    }
    sentences
}

/// The 压占分析表 of one plot.
pub(super) fn occupation(
    review: &Review,
    project: &ProjectReview,
    plot: &PlotReview,
    clauses: &mut Clauses,
    lang: Lang,
) -> Vec<OccupationBlock> {
    let block = |layer: String| OccupationBlock {
        project: project.file.clone(),
        plot: plot.id.clone(),
        plot_name: plot.name.clone(),
        layer,
        ..OccupationBlock::default()
    };
    let balances = balance::layer_balances(review, plot);
    let mut blocks = Vec::new();
    for found in &balances {
        let title = found.layer.map_or_else(|| found.name.to_string(), |layer| words::layer_title(layer, lang));
        let rows = found.lines.iter().map(|line| {
            let row = OccupationRow { figures: Some(figures(&line.figures)), ..OccupationRow::default() };
            match line.part {
                Part::Overlap(overlap) => OccupationRow {
                    number: overlap.id.rsplit('.').next().unwrap_or_default().to_string(),
                    zone_class: words::zone_class(&overlap.zone, lang),
                    zone: zone_name(&overlap.zone),
                    clauses: clauses.numbers(&overlap.findings),
                    outcome: Some(verdict(overlap.outcome, lang)),
                    remarks: said(&overlap.findings, lang),
                    ..row
                },
                Part::Ignored(ignored) => {
                    let exact = ignored.area_m2;
                    let remark = text!(
                        "小于碎面限值，未参与判定；实际 {exact} m²"
                            | "under the sliver limit, not judged; exactly {exact} m²"
                    );
                    OccupationRow {
                        kind: RowKind::Ignored,
                        zone_class: text!("忽略的碎面" | "ignored sliver").get(lang).to_string(),
                        zone: ignored.zone.clone(),
                        remarks: vec![remark.get(lang).to_string()],
                        ..row
                    }
                }
                Part::CountedTwice => OccupationRow {
                    kind: RowKind::CountedTwice,
                    zone_class: text!("扣除：图斑重叠部分重复计算" | "less: counted twice where zones overlap")
                        .get(lang)
                        .to_string(),
                    ..row
                },
                Part::Outside => {
                    // what a book says of standing outside a layer belongs to this line
                    let outside: Vec<FindingRecord> =
                        plot.findings.iter().filter(|f| f.layer == found.name).map(|f| f.finding.clone()).collect();
                    let strictest = outside.iter().map(|finding| finding.outcome).max().unwrap_or(Outcome::Clear);
                    OccupationRow {
                        kind: RowKind::Outside,
                        zone_class: text!("不在图斑内" | "outside every zone").get(lang).to_string(),
                        clauses: clauses.numbers(&outside),
                        outcome: Some(verdict(strictest, lang)),
                        remarks: said(&outside, lang),
                        ..row
                    }
                }
            }
        });
        let rows = rows.collect();
        blocks.push(OccupationBlock { rows, subtotal: Some(figures(&found.total)), ..block(title) });
    }
    for finding in balance::findings_without_line(plot, &balances) {
        let row = OccupationRow {
            kind: RowKind::WithoutArea,
            clauses: clauses.numbers([&finding.finding]),
            outcome: Some(verdict(finding.finding.outcome, lang)),
            remarks: said(std::slice::from_ref(&finding.finding), lang),
            ..OccupationRow::default()
        };
        blocks.push(OccupationBlock { rows: vec![row], ..block(words::subject(finding.role).get(lang).to_string()) });
    }
    let crossings = plot.crossings.iter().map(|crossing| {
        let m = crossing.length_m;
        let what = text!("线状项目，穿越长度 {m:.2} m（不计面积）" | "line, {m:.2} m inside (no area)");
        (&crossing.zone, crossing.outcome, &crossing.findings, what)
    });
    let locations = plot.locations.iter().map(|location| {
        let [east, north] = location.point;
        let what =
            text!("点状项目，N {north:.3} E {east:.3}（不计面积）" | "point, N {north:.3} E {east:.3} (no area)");
        (&location.zone, location.outcome, &location.findings, what)
    });
    for (zone, outcome, findings, what) in crossings.chain(locations) {
        let mut remarks = vec![what.get(lang).to_string()];
        remarks.extend(said(findings, lang));
        let row = OccupationRow {
            kind: RowKind::WithoutArea,
            zone_class: words::zone_class(zone, lang),
            zone: zone_name(zone),
            clauses: clauses.numbers(findings),
            outcome: Some(verdict(outcome, lang)),
            remarks,
            ..OccupationRow::default()
        };
        blocks.push(OccupationBlock { rows: vec![row], ..block(words::role(zone.role).get(lang).to_string()) });
    }
    blocks
}

fn zone_name(zone: &ZoneRecord) -> String {
    if zone.name.is_empty() { zone.id.clone() } else { format!("{} {}", zone.id, zone.name) }
}

/// Land use beneath one plot; `None` without a land-use layer or without area.
pub(super) fn land_use(project: &ProjectReview, plot: &PlotReview, lang: Lang) -> Option<LandUseBlock> {
    let rows: Vec<LandUseRow> = balance::land_use_balance(plot)
        .into_iter()
        .map(|line| {
            let (code, name, great_class) = match line.part {
                LandUsePart::Code(land) => (
                    land.code.clone(),
                    land.name.clone(),
                    words::subdivision(LayerRole::LandUse, &land.great_class).get(lang).to_string(),
                ),
                LandUsePart::CountedTwice => {
                    let words = text!("扣除：图斑重叠部分重复计算" | "less: counted twice where parcels overlap");
                    (String::new(), words.get(lang).to_string(), String::new())
                }
                LandUsePart::Uncovered => {
                    (String::new(), text!("无图斑覆盖" | "no parcel there").get(lang).to_string(), String::new())
                }
            };
            LandUseRow { code, name, great_class, figures: figures(&line.figures) }
        })
        .collect();
    (!rows.is_empty()).then(|| LandUseBlock {
        project: project.file.clone(),
        plot: plot.id.clone(),
        plot_name: plot.name.clone(),
        rows,
        sum: figures(&Figures::whole(plot.area.ellipsoidal_m2)),
    })
}

/// The totals of one project over the union of its plots.
pub(super) fn totals(review: &Review, project: &ProjectReview, lang: Lang) -> Vec<TotalsGroup> {
    let whole = project.totals.union_of_plots.ellipsoidal_m2;
    if project.error.is_some() || whole <= 0.0 {
        return Vec::new();
    }
    let layer = |name: &str| review.workspace.layers.iter().find(|layer| layer.name == name);
    let title = |name: &str| layer(name).map_or_else(|| name.to_string(), |layer| words::layer_title(layer, lang));
    let group = |by: Text, rows: Vec<TotalsRow>, whole: Option<AreaFigures>| TotalsGroup {
        project: project.file.clone(),
        by: by.get(lang).to_string(),
        rows,
        whole,
    };
    // lines and tiers overlap one another, so each stands for itself
    let alone = |name: String, m2: f64| TotalsRow { name, figures: figures(&Figures::alone(m2, whole)), outcome: None };
    let lines = project.totals.by_layer.iter().map(|t| alone(title(&t.layer), t.area.ellipsoidal_m2)).collect();
    let tiers = project.totals.by_tier.iter().map(|total| {
        let mut parts = vec![title(&total.layer)];
        let role = layer(&total.layer).map(|layer| layer.role);
        for word in total.class.iter().chain(&total.tier) {
            let words = role.map_or_else(|| Text::same(word), |role| words::subdivision(role, word));
            parts.push(words.get(lang).to_string());
        }
        alone(parts.join(" · "), total.area.ellipsoidal_m2)
    });
    let outcomes = balance::outcome_balance(&project.totals).into_iter().map(|line| TotalsRow {
        name: line.part.word().get(lang).to_string(),
        figures: figures(&line.figures),
        outcome: Some(verdict(line.part, lang)),
    });
    let groups = [
        group(text!("按控制线" | "By line"), lines, None),
        group(text!("按分区/级别" | "By class and tier"), tiers.collect(), None),
        group(text!("按结论" | "By outcome"), outcomes.collect(), Some(figures(&Figures::whole(whole)))),
    ];
    groups.into_iter().filter(|group| !group.rows.is_empty()).collect()
}

/// The slivers left out beneath one plot.
pub(super) fn slivers(review: &Review, project: &ProjectReview, plot: &PlotReview, lang: Lang) -> Vec<SliverRow> {
    let title = |name: &str| {
        let layer = review.workspace.layers.iter().find(|layer| layer.name == name);
        layer.map_or_else(|| name.to_string(), |layer| words::layer_title(layer, lang))
    };
    let of_layer = |sum: &crate::review::LayerSum| {
        let layer = title(&sum.layer);
        let row = move |ignored: &crate::review::Ignored| SliverRow {
            project: project.file.clone(),
            plot: plot.id.clone(),
            layer: layer.clone(),
            zone: ignored.zone.clone(),
            // a sliver may be far below what two decimals show
            area_m2: format!("{:.4}", ignored.area_m2),
        };
        sum.ignored.iter().map(row).collect::<Vec<_>>()
    };
    plot.layers.iter().flat_map(of_layer).collect()
}
