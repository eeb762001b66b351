//! 调入调出台账 as a spreadsheet: the sums of two states of a layer, and the ground that changed hands.

use super::sheet::{self, Look, look};
use crate::commands::diff::{DiffReport, DiffZone};
use crate::output::words;
use crate::states::DiffState;
use redline_geometry::Area;
use redline_wording::Lang;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

pub(super) fn workbook(diff: &DiffReport, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(pick(lang, "调入调出台账", "Ledger of two states"))
        .set_comment(format!("{} {}", diff.schema, env!("CARGO_PKG_VERSION")));
    // the later state's day: never the clock's
    let made = ExcelDateTime::parse_from_str(&diff.to.date).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    workbook.set_properties(&properties.set_creation_datetime(&made));
    sums(workbook.add_worksheet(), diff, lang)?;
    pieces(workbook.add_worksheet(), diff, lang)?;
    if !diff.renamed.is_empty() {
        renamed(workbook.add_worksheet(), diff, lang)?;
    }
    workbook.save_to_buffer()
}

fn context(diff: &DiffReport, lang: Lang) -> Vec<String> {
    vec![
        format!("{} · {}", diff.workspace, diff.title),
        format!("{} {}", pick(lang, "自", "From"), said(&diff.from)),
        format!("{} {}", pick(lang, "至", "To"), said(&diff.to)),
        pick(
            lang,
            "面积单位：平方米；椭球面积为准，平面面积对照",
            "Square metres; the ellipsoidal area counts, the planar one stands beside it",
        )
        .into(),
    ]
}

fn said(state: &DiffState) -> String {
    let mut words = vec![match &state.draft {
        Some(draft) => format!("{draft} (r{})", state.revision),
        None => format!("r{}", state.revision),
    }];
    words.extend(state.title.clone());
    words.extend([&state.date, &state.author, &state.reason].into_iter().filter(|w| !w.is_empty()).cloned());
    words.join("  ")
}

fn sums(sheet: &mut Worksheet, diff: &DiffReport, lang: Lang) -> Result<(), XlsxError> {
    let name = pick(lang, "调入调出", "In and out");
    let heads = match lang {
        Lang::Zh => [
            "分组",
            "编号",
            "名称",
            "调入（椭球）",
            "调出（椭球）",
            "净（椭球）",
            "调入（平面）",
            "调出（平面）",
            "净（平面）",
        ],
        Lang::En => [
            "By",
            "Key",
            "Name",
            "In (ellipsoidal)",
            "Out (ellipsoidal)",
            "Net (ellipsoidal)",
            "In (planar)",
            "Out (planar)",
            "Net (planar)",
        ],
    };
    let columns = columns(&heads, &[10.0, 18.0, 24.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0]);
    let mut row = sheet::begin(sheet, name, name, &context(diff, lang), &columns)?;
    let plain = look(Look::Text);
    for line in &diff.rows {
        let name = pick(lang, &line.name, &line.name_en);
        for (column, words) in [words::diff_group(&line.group).get(lang), &line.key, name].iter().enumerate() {
            sheet::text(sheet, row, column as u16, words, &plain)?;
        }
        for (column, m2) in [
            line.gained.ellipsoidal_m2,
            line.lost.ellipsoidal_m2,
            line.net.ellipsoidal_m2,
            line.gained.planar_m2,
            line.lost.planar_m2,
            line.net.planar_m2,
        ]
        .into_iter()
        .enumerate()
        {
            sheet.write_number_with_format(row, 3 + column as u16, cents(m2), &number())?;
        }
        row += 1;
    }
    sheet::finish(sheet, row, columns.len())
}

fn pieces(sheet: &mut Worksheet, diff: &DiffReport, lang: Lang) -> Result<(), XlsxError> {
    let name = pick(lang, "划转明细", "Ground");
    let heads = match lang {
        Lang::Zh => [
            "序号",
            "原分区",
            "原名称",
            "原分类/级别",
            "现分区",
            "现名称",
            "现分类/级别",
            "椭球面积",
            "平面面积",
            "北 X",
            "东 Y",
        ],
        Lang::En => [
            "No.",
            "From zone",
            "Name",
            "Class / tier",
            "To zone",
            "Name",
            "Class / tier",
            "Ellipsoidal",
            "Planar",
            "North",
            "East",
        ],
    };
    let columns = columns(&heads, &[6.0, 16.0, 18.0, 18.0, 16.0, 18.0, 18.0, 16.0, 16.0, 15.0, 16.0]);
    let mut row = sheet::begin(sheet, name, name, &context(diff, lang), &columns)?;
    let (plain, first) = (look(Look::Text), row);
    for (number_of, piece) in diff.pieces.iter().enumerate() {
        sheet.write_number_with_format(row, 0, (number_of + 1) as f64, &look(Look::Centre))?;
        for (side, zone) in [&piece.from, &piece.to].into_iter().enumerate() {
            for (part, words) in named(diff, zone.as_ref(), lang).iter().enumerate() {
                sheet::text(sheet, row, (1 + side * 3 + part) as u16, words, &plain)?;
            }
        }
        let Area { ellipsoidal_m2, planar_m2 } = piece.area;
        for (column, value) in
            [cents(ellipsoidal_m2), cents(planar_m2), piece.at[1], piece.at[0]].into_iter().enumerate()
        {
            sheet.write_number_with_format(row, 7 + column as u16, value, &number())?;
        }
        row += 1;
    }
    if row > first {
        sheet.autofilter(first - 1, 0, row - 1, columns.len() as u16 - 1)?;
    }
    sheet::finish(sheet, row, columns.len())
}

fn renamed(sheet: &mut Worksheet, diff: &DiffReport, lang: Lang) -> Result<(), XlsxError> {
    let name = pick(lang, "属性变更", "Attributes");
    let heads = match lang {
        Lang::Zh => ["分区", "原名称", "原分类/级别", "现名称", "现分类/级别"],
        Lang::En => ["Zone", "Name before", "Class / tier before", "Name now", "Class / tier now"],
    };
    let columns = columns(&heads, &[18.0, 24.0, 24.0, 24.0, 24.0]);
    let mut row = sheet::begin(sheet, name, name, &context(diff, lang), &columns)?;
    for facts in &diff.renamed {
        let [id, was, was_class] = named(diff, Some(&facts.before), lang);
        let [_, is, is_class] = named(diff, Some(&facts.after), lang);
        for (column, words) in [id, was, was_class, is, is_class].iter().enumerate() {
            sheet::text(sheet, row, column as u16, words, &look(Look::Text))?;
        }
        row += 1;
    }
    sheet::finish(sheet, row, columns.len())
}

/// Id, name, class and tier of a zone; nobody's ground says so.
fn named(diff: &DiffReport, zone: Option<&DiffZone>, lang: Lang) -> [String; 3] {
    let Some(zone) = zone else { return [pick(lang, "（无）", "(nobody)").into(), String::new(), String::new()] };
    let parts = [&zone.class, &zone.tier].into_iter().flatten();
    let parts: Vec<String> = parts.map(|key| words::subdivision(diff.role, key).get(lang).to_string()).collect();
    [zone.id.clone(), zone.name.clone(), parts.join(" · ")]
}

fn columns(heads: &[&str], widths: &[f64]) -> Vec<(String, f64)> {
    heads.iter().map(|head| (*head).to_string()).zip(widths.iter().copied()).collect()
}

fn cents(m2: f64) -> f64 {
    let rounded = (m2 * 100.0).round() / 100.0;
    // no minus before a zero
    if rounded == 0.0 { 0.0 } else { rounded }
}

fn number() -> Format {
    look(Look::Text).set_num_format("#,##0.00").set_align(FormatAlign::Right)
}

fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
