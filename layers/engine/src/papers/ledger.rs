//! Two revisions of a layer as a paper: ledger, map, and the ground that changed hands.

use super::figures::{DPI, Drawn};
use super::{Paper, PaperFacts, changes, filling};
use crate::commands::diff::{DiffReport, DiffZone};
use crate::output::words;
use crate::progress::Progress;
use crate::{EngineError, states};
use redline_report::{Comparison, ExchangeRow, Fonts, LedgerRow, MapFigure, MapKind, ReportData, Setting};
use redline_sheet::SheetDescription;
use redline_wording::{Lang, Text, text};
use redline_workspace::Workspace;
use std::path::Path;

/// A comparison as a tagged PDF. The same comparison, workspace, facts and fonts give the same bytes.
///
/// # Errors
/// `cancelled`; those of any read of the workspace, of the sheet and of the report.
pub fn comparison_pdf(
    report: &DiffReport,
    workspace: &Path,
    facts: &PaperFacts,
    lang: Lang,
    progress: &dyn Progress,
) -> Result<Paper, EngineError> {
    let (data, remarks) = data(report, workspace, facts, Drawn::Svg, lang, progress)?;
    progress.stage(&text!("排版" | "laying out"), None);
    Ok(Paper { bytes: redline_report::pdf(&data, &facts.layout()?, &Fonts::system())?.bytes, remarks })
}

/// A comparison as an editable DOCX with the same tables and map.
///
/// # Errors
/// As [`comparison_pdf`].
pub fn comparison_docx(
    report: &DiffReport,
    workspace: &Path,
    facts: &PaperFacts,
    lang: Lang,
    progress: &dyn Progress,
) -> Result<Paper, EngineError> {
    let (data, remarks) = data(report, workspace, facts, Drawn::Png, lang, progress)?;
    Ok(Paper { bytes: redline_report::docx(&data)?, remarks })
}

fn data(
    report: &DiffReport,
    workspace: &Path,
    facts: &PaperFacts,
    drawn: Drawn,
    lang: Lang,
    progress: &dyn Progress,
) -> Result<(ReportData, Vec<Text>), EngineError> {
    let city = Workspace::open(workspace)?;
    let sample = city.settings().sample;
    drop(city);
    let (maps, remarks) = map(report, workspace, drawn, lang, progress)?;
    let title = &report.title;
    let words = |text: Text| text.get(lang).to_string();
    let mut data = ReportData {
        lang,
        title: facts.title.clone().unwrap_or_else(|| words(text!("调入调出台账" | "Ledger of two revisions"))),
        subject: title.clone(),
        number: facts.number.clone(),
        secrecy: facts.secrecy.clone(),
        unit: facts.unit.clone(),
        date: report.to.date.clone(),
        // nothing is judged here
        decided: true,
        sample,
        comparison: Some(comparison(report, lang)),
        maps,
        signatures: filling::signatures(facts, lang),
        ..ReportData::default()
    };
    data.notes.extend(remarks.iter().map(|remark| filling::map_note(remark, lang)));
    Ok((data, remarks))
}

fn map(
    report: &DiffReport,
    workspace: &Path,
    drawn: Drawn,
    lang: Lang,
    progress: &dyn Progress,
) -> Result<(Vec<MapFigure>, Vec<Text>), EngineError> {
    if report.pieces.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    progress.stage(&text!("绘制图件" | "drawing the map"), None);
    let mut description = SheetDescription { language: lang, ..SheetDescription::preset("figure")? };
    description.paper.height_mm = 170.0;
    let sheet = changes::changes_sheet(report, workspace, &description, progress)?;
    let (width_mm, height_mm) = sheet.sheet.paper_mm();
    let (svg, png) = match drawn {
        Drawn::Svg => (sheet.sheet.svg().as_bytes().to_vec(), Vec::new()),
        Drawn::Png => (Vec::new(), sheet.sheet.png(DPI)?),
    };
    let caption = text!("调入、调出与层内划转的位置" | "Where ground was gained, lost and reassigned");
    let figure = MapFigure {
        kind: MapKind::Overview,
        name: text!("对比图" | "Map of the changes").get(lang).to_string(),
        caption: caption.get(lang).to_string(),
        width_mm,
        height_mm,
        svg,
        png,
    };
    // what the map merged or left out stands on the map itself
    Ok((vec![figure], Vec::new()))
}

fn comparison(report: &DiffReport, lang: Lang) -> Comparison {
    let fact = |name: Text, value: String| Setting { name: name.get(lang).to_string(), value };
    let more = |state: &crate::DiffState| {
        let words = [states::named(state, lang), state.author.clone(), state.reason.clone()];
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(text!("，" | ", ").get(lang))
    };
    let m2 = |m2: f64| format!("{:.2}", hundredths(m2));
    let rows = report.rows.iter().map(|row| LedgerRow {
        by: words::diff_group(&row.group).get(lang).to_string(),
        name: if lang == Lang::Zh { row.name.clone() } else { row.name_en.clone() },
        gained: m2(row.gained.ellipsoidal_m2),
        lost: m2(row.lost.ellipsoidal_m2),
        net: net(row),
    });
    let owner = |zone: Option<&DiffZone>| owner(report, zone, lang);
    let pieces = report.pieces.iter().map(|piece| ExchangeRow {
        from: owner(piece.from.as_ref()),
        to: owner(piece.to.as_ref()),
        m2: m2(piece.area.ellipsoidal_m2),
        planar_m2: m2(piece.area.planar_m2),
        place: format!("{:.2}, {:.2}", piece.at[1], piece.at[0]),
    });
    Comparison {
        facts: vec![
            fact(text!("工作空间" | "Workspace"), format!("{} · {}", report.workspace, report.crs)),
            fact(text!("图层" | "Layer"), report.title.clone()),
            fact(text!("自" | "From"), more(&report.from)),
            fact(text!("至" | "To"), more(&report.to)),
        ],
        summary: summary(report, lang),
        rows: rows.filter(|row| row.gained != "0.00" || row.lost != "0.00").collect(),
        pieces: pieces.collect(),
        renamed: report.renamed.iter().map(|r| [owner(Some(&r.before)), owner(Some(&r.after))]).collect(),
    }
}

/// Rounded as papers show areas, to a hundredth of a square metre, and never minus nothing.
fn hundredths(m2: f64) -> f64 {
    (m2 * 100.0).round() / 100.0 + 0.0
}

/// 净, with its sign: what stands in its row adds up.
fn net(row: &crate::DiffRow) -> String {
    let net = hundredths(hundredths(row.gained.ellipsoidal_m2) - hundredths(row.lost.ellipsoidal_m2));
    if net > 0.0 { format!("+{net:.2}") } else { format!("{net:.2}") }
}

fn summary(report: &DiffReport, lang: Lang) -> Vec<String> {
    let Some(layer) = report.rows.iter().find(|row| row.group == "layer") else { return Vec::new() };
    let [gained, lost] = [&layer.gained, &layer.lost].map(|area| hundredths(area.ellipsoidal_m2));
    let net = net(layer);
    let title = &report.title;
    let mut said = vec![
        text!(
            "“{title}”调入 {gained:.2} m²，调出 {lost:.2} m²，净 {net} m²（椭球面积）。"
                | "“{title}” gained {gained:.2} m², lost {lost:.2} m², net {net} m² (ellipsoidal)."
        )
        .get(lang)
        .to_string(),
    ];
    if gained < lost - 0.005 {
        said.push(
            text!("调入少于调出：占补不平衡。" | "Less came in than went out: the adjustment is not balanced.")
                .get(lang)
                .to_string(),
        );
    }
    said
}

/// Whose ground it is: id, name, class and tier; nobody's says so.
fn owner(report: &DiffReport, zone: Option<&DiffZone>, lang: Lang) -> String {
    let Some(zone) = zone else { return text!("（无）" | "(nobody)").get(lang).to_string() };
    let counted = [&zone.class, &zone.tier].into_iter().flatten();
    let counted: Vec<String> = counted.map(|key| words::subdivision(report.role, key).get(lang).to_string()).collect();
    let counted = counted.join(" · ");
    [&zone.id, &zone.name, &counted].into_iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}
