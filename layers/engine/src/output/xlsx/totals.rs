//! Sheet 合计： a project's totals over the union of its plots.

use super::sheet::{self, Look, look};
use crate::output::balance::{Figures, outcome_balance};
use crate::output::words;
use crate::review::{ProjectReview, Review};
use redline_wording::{Lang, Text};
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) fn write(sheet: &mut Worksheet, review: &Review, lang: Lang) -> Result<(), XlsxError> {
    let (name, title, heads, what): (&str, &str, [&str; 3], &str) = match lang {
        Lang::Zh => ("合计", "项目合计", ["项目文件", "合计项", "内容"], "面积"),
        Lang::En => ("Totals", "Project totals", ["File", "Total", "Of"], "Area"),
    };
    let mut figures = sheet::figure_heads(lang, what);
    figures[3] = match lang {
        Lang::Zh => "占项目比例（%）".to_string(),
        Lang::En => "Share of project (%)".to_string(),
    };
    let widths = [26.0, 18.0, 40.0, 15.0, 12.0, 12.0, 12.0];
    let columns: Vec<(String, f64)> = heads.iter().map(|head| head.to_string()).chain(figures).zip(widths).collect();
    let context = match lang {
        Lang::Zh => "按地块并集计算：地块相互重叠的部分只计一次；同一处压占多条控制线时各计一次",
        Lang::En => {
            "Over the union of the plots: what plots share counts once; a place under several lines counts under each"
        }
    };
    let mut row = sheet::begin(sheet, name, title, &[context.to_string()], &columns)?;
    for project in review.projects.iter().filter(|project| project.error.is_none()) {
        row = project_rows(sheet, row, review, project, lang)?;
    }
    sheet::finish(sheet, row, columns.len())
}

fn project_rows(
    sheet: &mut Worksheet,
    mut row: u32,
    review: &Review,
    project: &ProjectReview,
    lang: Lang,
) -> Result<u32, XlsxError> {
    let whole = project.totals.union_of_plots.ellipsoidal_m2;
    let label = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let layer = |name: &str| review.workspace.layers.iter().find(|layer| layer.name == name);
    let title = |name: &str| layer(name).map_or_else(|| name.to_string(), |layer| words::layer_title(layer, lang));
    let mut put = |what: &str, of: &str, figures: &Figures, bold: bool| -> Result<(), XlsxError> {
        let format = look(if bold { Look::SumLabel } else { Look::Text });
        for (column, words) in [project.file.as_str(), what, of].iter().enumerate() {
            sheet::text(sheet, row, column as u16, words, &format)?;
        }
        sheet::figures(sheet, row, 3, figures, bold)?;
        row += 1;
        Ok(())
    };
    // Lines and tiers overlap one another, so each stands for itself.
    let alone = |m2: f64| Figures::alone(m2, whole);
    for total in &project.totals.by_layer {
        put(label("按控制线", "by line"), &title(&total.layer), &alone(total.area.ellipsoidal_m2), false)?;
    }
    for total in &project.totals.by_tier {
        let mut parts = vec![title(&total.layer)];
        let role = layer(&total.layer).map(|layer| layer.role);
        for word in total.class.iter().chain(&total.tier) {
            let text = role.map_or_else(|| Text::same(word), |role| words::subdivision(role, word));
            parts.push(text.get(lang).to_string());
        }
        put(label("按分区/级别", "by class and tier"), &parts.join(" · "), &alone(total.area.ellipsoidal_m2), false)?;
    }
    for line in outcome_balance(&project.totals) {
        let word = format!("{} {}", words::icon(line.part), line.part.word().get(lang));
        put(label("按结论", "by outcome"), &word, &line.figures, false)?;
    }
    put(label("地块并集", "union of plots"), "", &Figures::whole(whole), true)?;
    Ok(row)
}
