//! `redline diff`.

use crate::arguments::{DiffArgs, DiffFormat};
use crate::page::{Cell, Column, Ink, Page, Row, Rows, figure};
use crate::session::{Failure, Session};
use redline_engine::{DiffReport, DiffRequest, DiffState, DiffZone, LayerRole, output};
use redline_wording::{Lang, text};

pub(super) fn run(arguments: &DiffArgs, session: &Session) -> Result<u8, Failure> {
    let format = format(arguments)?;
    if format == DiffFormat::Xlsx && arguments.output.is_none() && session.read_by_person() {
        return Err(Failure::Sentence(text!(
            "电子表格不能显示在终端上。请用 --output 台账.xlsx 指定文件。"
                | "A spreadsheet cannot be shown on a terminal. Name a file with --output ledger.xlsx."
        )));
    }
    let request = DiffRequest {
        workspace: arguments.workspace.clone(),
        layer: arguments.layer.clone(),
        from: arguments.from.clone(),
        to: arguments.to.clone(),
    };
    let report = redline_engine::diff(&request)?;
    let bytes = match format {
        DiffFormat::Table => {
            let mut page = if arguments.output.is_some() { session.page_for_file() } else { session.page() };
            diff_page(&mut page, &report);
            page.into_text().into_bytes()
        }
        DiffFormat::Json => output::json(&report)?.into_bytes(),
        DiffFormat::Geojson => output::diff_geojson(&report)?.into_bytes(),
        DiffFormat::Xlsx => output::diff_xlsx(&report, session.lang)?,
    };
    match &arguments.output {
        None => session.print(&bytes)?,
        Some(path) => {
            session.write(&bytes, path, &[&arguments.workspace])?;
            let shown = path.display();
            session.remark(&text!("已写入 {shown}" | "Written to {shown}"));
        }
    }
    Ok(0)
}

/// The form asked for, else what the name of the result file says, else a table.
fn format(arguments: &DiffArgs) -> Result<DiffFormat, Failure> {
    if let Some(format) = arguments.format {
        return Ok(format);
    }
    let Some(output) = &arguments.output else { return Ok(DiffFormat::Table) };
    let extension = output.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "json" => Ok(DiffFormat::Json),
        "geojson" => Ok(DiffFormat::Geojson),
        "xlsx" => Ok(DiffFormat::Xlsx),
        "txt" | "" => Ok(DiffFormat::Table),
        _ => Err(Failure::Sentence(text!(
            "不知道扩展名 .{extension} 要写成什么形式。请用 --format table、json、geojson 或 xlsx 指明。"
                | "The extension .{extension} names no form of a result. Say which with --format table, json, geojson or xlsx."
        ))),
    }
}

/// Writes what changed hands.
pub fn diff_page(page: &mut Page, report: &DiffReport) {
    let title = format!("{} {} · {}", page.pick("版本比较", "Compared"), report.workspace, report.title);
    page.title(&title, "", Ink::Plain);
    for (label, state) in
        [(page.pick("自 ", "from ").to_owned(), &report.from), (page.pick("至 ", "to ").to_owned(), &report.to)]
    {
        let words = said(page, state);
        page.hanging_inked(0, &label, Ink::Quiet, &words, Ink::Plain);
    }
    if report.pieces.is_empty() && report.renamed.is_empty() {
        page.gap();
        let words = page.pick("两个版本没有差别。", "The two do not differ.").to_owned();
        page.hanging_inked(0, "", Ink::Plain, &words, Ink::Plain);
        return;
    }
    let mut rows = Rows::new(vec![
        Column::text(page.pick("分组", "by")),
        Column::wrapped(page.pick("名称", "name")),
        Column::number(page.pick("调入 m²（椭球）", "in m² (ellipsoidal)")),
        Column::number(page.pick("调出 m²（椭球）", "out m² (ellipsoidal)")),
        Column::number(page.pick("净 m²（椭球）", "net m² (ellipsoidal)")),
    ]);
    for row in &report.rows {
        let group = output::words::diff_group(&row.group);
        let name = match page.lang {
            Lang::Zh => &row.name,
            Lang::En => &row.name_en,
        };
        let signed = |m2: f64| if m2 >= 0.005 { format!("+{}", figure(m2, 2)) } else { figure(m2, 2) };
        rows.push(Row::Cells(vec![
            Cell::new(group.get(page.lang), Ink::Quiet),
            Cell::from(name.clone()),
            figure(row.gained.ellipsoidal_m2, 2).into(),
            figure(row.lost.ellipsoidal_m2, 2).into(),
            signed(row.net.ellipsoidal_m2).into(),
        ]));
    }
    page.gap();
    page.rows(0, &rows);
    if report.pieces.is_empty() {
        return;
    }
    let heading = page.pick("划转明细", "Ground that changed hands").to_owned();
    page.heading(&heading, "", Ink::Plain);
    let mut rows = Rows::new(vec![
        Column::wrapped(page.pick("原属", "from")),
        Column::wrapped(page.pick("现属", "to")),
        Column::number(page.pick("m²（椭球）", "m² (ellipsoidal)")),
        Column::number(page.pick("m²（平面）", "m² (planar)")),
        Column::text(page.pick("位置（北，东）", "place (N, E)")),
    ]);
    for piece in &report.pieces {
        rows.push(Row::Cells(vec![
            owner(page, report.role, piece.from.as_ref()).into(),
            owner(page, report.role, piece.to.as_ref()).into(),
            figure(piece.area.ellipsoidal_m2, 2).into(),
            figure(piece.area.planar_m2, 2).into(),
            format!("{:.2}, {:.2}", piece.at[1], piece.at[0]).into(),
        ]));
    }
    page.rows(0, &rows);
}

pub(super) fn said(page: &Page, state: &DiffState) -> String {
    let head = match &state.draft {
        Some(draft) => format!("{} {draft} (r{})", page.pick("草案", "draft"), state.revision),
        None => format!("r{}", state.revision),
    };
    let mut words = vec![head, state.date.clone()];
    words.extend(state.title.clone());
    words.extend([&state.author, &state.reason].into_iter().filter(|w| !w.is_empty()).cloned());
    words.join(page.pick("　", "  "))
}

/// Whose ground it is: id, name, class and tier; nobody's says so.
pub(super) fn owner(page: &Page, role: LayerRole, zone: Option<&DiffZone>) -> String {
    let Some(zone) = zone else { return page.pick("（无）", "(nobody)").to_owned() };
    let parts = [&zone.class, &zone.tier].into_iter().flatten();
    let counted: Vec<String> =
        parts.map(|key| output::words::subdivision(role, key).get(page.lang).to_string()).collect();
    let counted = counted.join(" · ");
    [&zone.id, &zone.name, &counted].into_iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}
