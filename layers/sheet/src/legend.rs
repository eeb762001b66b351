//! What stands in the panel: scale, legend with areas, lists, plane, sources, fields and boxes.

use crate::content::{ChangeKind, MapContent};
use crate::description::SheetDescription;
use crate::ink::{Anchor, Ink, length};
use crate::lettering::{BLACK, GREY, Lettering, PLAIN, Style};
use crate::locator::locator;
use crate::marks::{BoundaryPoint, change_colour, opinion_stroke, tint};
use crate::panel::{Row, Rows};
use crate::plane::Plane;
use crate::rect::Rect;
use crate::scale::{grouped, round_step};
use crate::strata::{Stratum, pixel, swatch};
use crate::{Remark, Result};
use redline_cartography::{Symbol, key_name, outcome_colour, symbol};
use redline_wording::{Lang, Text, text};
use redline_zoning::{LayerRole, Outcome};

/// What the panel tells of.
pub(crate) struct Told<'t> {
    pub(crate) description: &'t SheetDescription,
    pub(crate) content: &'t MapContent<'t>,
    pub(crate) strata: &'t [Stratum],
    pub(crate) points: &'t [BoundaryPoint],
    pub(crate) plane: &'t Plane,
    pub(crate) remarks: &'t [Remark],
}

/// The most boundary points that are listed.
const LISTED: usize = 800;

/// How a panel is tried.
#[derive(Clone, Copy)]
pub(crate) struct Attempt {
    /// A millimetre of A4 type, mm.
    pub(crate) u: f64,
    /// Lines stand closer, and the locator is lower.
    pub(crate) tight: bool,
    /// Whether there is a locator.
    pub(crate) locator: bool,
    /// The most rows of a list.
    pub(crate) most: usize,
}

/// The rows of the panel and those at its foot, for columns of this width in type of this size.
pub(crate) fn rows(
    told: &Told<'_>,
    letters: &mut Lettering,
    width: f64,
    attempt: &Attempt,
) -> Result<(Vec<Row>, Vec<Row>)> {
    let u = attempt.u;
    let mut rows =
        Rows { letters, width, u, rows: Vec::new(), list: None, line: if attempt.tight { 4.5 } else { 5.0 } };
    scale(&mut rows, told.plane);
    locator(&mut rows, told, attempt)?;
    outcome(&mut rows, told);
    legend(&mut rows, told)?;
    pieces(&mut rows, told)?;
    frames(&mut rows, told)?;
    coordinates(&mut rows, told)?;
    notes(&mut rows, told)?;
    fields(&mut rows, told.description)?;
    let body = std::mem::take(&mut rows.rows);
    signatures(&mut rows, told.description)?;
    Ok((body, rows.rows))
}

fn scale(rows: &mut Rows<'_>, plane: &Plane) {
    let u = rows.u;
    let metres = round_step(plane.scale / 1000.0 * (rows.width - 12.0 * u) / 4.0);
    let part = plane.mm(metres);
    let (unit, factor) = if metres * 4.0 >= 2000.0 { ("km", 1000.0) } else { ("m", 1.0) };
    let mut ink = Ink::default();
    let ratio = rows.letters.said(&text!("比例尺 1:{}" | "Scale 1:{}", grouped(&format!("{:.0}", plane.scale))));
    rows.letters.write(&mut ink, &ratio, (0.0, 4.4 * u), 3.1 * u, &Style { bold: true, ..PLAIN });
    let (x, y, high) = (1.5 * u, 9.4 * u, 1.2 * u);
    ink.open("id=\"scale-bar\"");
    for i in 0..4 {
        let fill = if i % 2 == 0 { BLACK } else { "#fff" };
        let r = Rect::at(x + part * f64::from(i), y, part, high);
        ink.rect(&r, &format!("fill=\"{fill}\" stroke=\"{BLACK}\" stroke-width=\"{}\"", length(0.15 * u)));
    }
    ink.close();
    for i in [0, 1, 2, 4] {
        let value = metres * f64::from(i) / factor;
        let digits = if value.fract().abs() < 1e-9 { format!("{value:.0}") } else { format!("{value}") };
        let at = x + part * f64::from(i);
        let style = Style { anchor: Anchor::Middle, ..PLAIN };
        let digits = grouped(&digits);
        let size = 2.0 * u;
        rows.letters.write(&mut ink, &digits, (at, y - 0.9 * u), size, &style);
        if i == 4 {
            let beside = at + rows.letters.body.width(&digits, size) / 2.0 + 0.6 * u;
            rows.letters.write(&mut ink, unit, (beside, y - 0.9 * u), size, &PLAIN);
        }
    }
    rows.push(12.2 * u, ink, false);
}

/// What the review comes out as, in its colour and in words.
fn outcome(rows: &mut Rows<'_>, told: &Told<'_>) {
    let Some(outcome) = told.content.outcome else { return };
    let u = rows.u;
    let mut ink = Ink::default();
    let name = match told.content.decided {
        Some(false) => text!("审查结论（系统初判）" | "Outcome (system's finding)"),
        _ => text!("审查结论" | "Outcome"),
    };
    let (name, word) = (rows.letters.said(&name), rows.letters.said(&outcome.word()));
    rows.letters.write(&mut ink, &name, (0.0, 3.6 * u), 2.45 * u, &Style { colour: GREY, ..PLAIN });
    let style = Style { colour: outcome_colour(outcome), anchor: Anchor::End, bold: true, ..PLAIN };
    rows.letters.write(&mut ink, &word, (rows.width, 3.6 * u), 3.1 * u, &style);
    rows.push(5.4 * u, ink, false);
}

/// An area as the sheet writes it.
pub(crate) fn area(description: &SheetDescription, m2: f64) -> String {
    let decimals = description.decimals();
    let written = format!("{:.decimals$}", description.area_unit.from_m2(m2));
    // what is there must not read as nothing
    if m2 > 0.0 && written.bytes().all(|b| matches!(b, b'0' | b'.')) {
        let least = 10_f64.powi(-(decimals as i32));
        return format!("<{least:.decimals$}");
    }
    grouped(&written)
}

fn legend(rows: &mut Rows<'_>, told: &Told<'_>) -> Result<()> {
    let (d, content) = (told.description, told.content);
    let has_areas = told.strata.iter().any(|s| content.layers[s.layer].areas.iter().any(|a| s.keys.contains(&a.key)));
    let unit = rows.letters.said(&d.area_unit.name());
    let right = match &content.areas_of {
        _ if !has_areas && content.pieces.is_empty() && content.changes.is_empty() => String::new(),
        Some(of) if has_areas => {
            let of = rows.letters.said(of);
            let of = rows.letters.clean(&of, false)?;
            rows.letters.said(&text!("{of}面积（{unit}）" | "Area in {of} ({unit})"))
        }
        _ => rows.letters.said(&text!("面积（{unit}）" | "Area ({unit})")),
    };
    let head = rows.letters.said(&text!("图例" | "Legend"));
    rows.head(&head, &right);
    let unit_of = rows.letters.unit;
    if content.projects.iter().any(|p| !p.plots.is_empty()) {
        let name = rows.letters.said(&text!("项目用地范围" | "project"));
        rows.entry(&name, "", &|ink, r, _| {
            ink.rect(r, &format!("fill=\"none\" stroke=\"{BLACK}\" stroke-width=\"{}\"", length(2.5 * pixel(unit_of))));
        })?;
    }
    if !content.opinions.is_empty() {
        let name = rows.letters.said(&text!("意见范围" | "ground of the opinion"));
        rows.entry(&name, "", &|ink, r, _| ink.rect(r, &opinion_stroke(pixel(unit_of))))?;
    }
    let patch = |colour: &'static str| {
        move |ink: &mut Ink, r: &Rect, _: f64| {
            ink.rect(
                r,
                &format!(
                    "fill=\"{}\" stroke=\"{colour}\" stroke-width=\"{}\"",
                    tint(colour),
                    length(1.5 * pixel(unit_of))
                ),
            );
        }
    };
    for outcome in [Outcome::Prohibited, Outcome::Manual, Outcome::Conditional, Outcome::Permitted, Outcome::Clear] {
        if content.pieces.iter().any(|piece| piece.outcome == outcome) {
            let Text { zh, en } = outcome.word();
            let name = rows.letters.said(&Text::new(format!("压占：{zh}"), format!("overlap: {en}")));
            // no area: what lies under several lines would count under each, and exceed the project
            rows.entry(&name, "", &patch(outcome_colour(outcome)))?;
        }
    }
    for (kind, word) in [
        (ChangeKind::Gained, text!("调入（新增）" | "gained")),
        (ChangeKind::Lost, text!("调出（减少）" | "lost")),
        (ChangeKind::Reassigned, text!("划转（层内）" | "reassigned within the layer")),
    ] {
        let of: Vec<f64> = content.changes.iter().filter(|c| c.kind == kind).map(|c| c.area_m2).collect();
        if !of.is_empty() {
            let word = rows.letters.said(&word);
            rows.entry(&word, &area(d, of.iter().sum()), &patch(change_colour(kind)))?;
        }
    }
    for stratum in told.strata.iter().rev() {
        let layer = &content.layers[stratum.layer];
        let alike = told.strata.iter().filter(|s| content.layers[s.layer].role == layer.role).count();
        let mut keys: Vec<&str> = stratum.keys.iter().map(String::as_str).collect();
        if layer.role == LayerRole::RedLine {
            // what the law protects stands above what is important besides
            keys.sort_by_key(|k| *k != "statutory");
        }
        let mut quiet: Vec<(String, Symbol)> = Vec::new();
        for key in keys {
            let word = rows.letters.said(&key_name(layer.role, key));
            let name = match (layer.role, key.is_empty()) {
                (LayerRole::RedLine | LayerRole::ControlLine, false) => {
                    let role = rows.letters.said(&layer.role.word());
                    // what the rows differ in must not be what is cut off
                    format!("{} · {word}", role.trim_start_matches("ecological "))
                }
                _ => word,
            };
            let name = if alike > 1 { format!("{name}（{}）", layer.name) } else { name };
            let look = symbol(layer.role, key);
            match layer.areas.iter().find(|a| a.key == key) {
                Some(of) => {
                    rows.entry(&name, &area(d, of.area_m2), &|ink, r, unit| swatch(ink, r, &look, unit))?;
                }
                None if layer.role == LayerRole::LandUse => quiet.push((name, look)),
                None => rows.entry(&name, "", &|ink, r, unit| swatch(ink, r, &look, unit))?,
            }
        }
        // land use without figures stands two in a row
        for two in quiet.chunks(2) {
            rows.entries(two)?;
        }
    }
    rows.gap(1.5);
    Ok(())
}

fn pieces(rows: &mut Rows<'_>, told: &Told<'_>) -> Result<()> {
    let (d, pieces) = (told.description, &told.content.pieces);
    if !d.piece_list || pieces.is_empty() {
        return Ok(());
    }
    let unit = rows.letters.said(&d.area_unit.name());
    let head = rows.letters.said(&text!("压占图斑" | "Overlapped pieces"));
    let right = rows.letters.said(&text!("面积（{unit}）" | "Area ({unit})"));
    rows.head(&head, &right);
    rows.list = Some(1);
    for piece in pieces {
        let word = rows.letters.said(&piece.outcome.word());
        let figure = area(d, piece.area_m2);
        rows.cells(
            &[
                (&piece.number, 0.1, Anchor::Start),
                (&piece.zone, 0.42, Anchor::Start),
                (&word, 0.22, Anchor::Start),
                (&figure, 0.26, Anchor::End),
            ],
            false,
        )?;
    }
    rows.list = None;
    // no sum: one place may lie under several lines, and would count under each
    rows.gap(1.5);
    Ok(())
}

fn frames(rows: &mut Rows<'_>, told: &Told<'_>) -> Result<()> {
    if told.content.frames.is_empty() {
        return Ok(());
    }
    let head = rows.letters.said(&text!("图幅" | "Sheets"));
    rows.head(&head, "");
    rows.list = Some(2);
    for frame in &told.content.frames {
        rows.cells(&[(&frame.number, 0.2, Anchor::Start), (&frame.title, 0.8, Anchor::Start)], false)?;
    }
    rows.list = None;
    rows.gap(1.5);
    Ok(())
}

fn coordinates(rows: &mut Rows<'_>, told: &Told<'_>) -> Result<()> {
    if !told.description.coordinate_table || told.points.is_empty() {
        return Ok(());
    }
    let head = rows.letters.said(&text!("界址点坐标" | "Boundary points"));
    rows.head(&head, "m");
    let (north, east) =
        (rows.letters.said(&text!("X（北）" | "X (north)")), rows.letters.said(&text!("Y（东）" | "Y (east)")));
    let number = rows.letters.said(&text!("点号" | "Point"));
    rows.cells(&[(&number, 0.2, Anchor::Start), (&north, 0.4, Anchor::End), (&east, 0.4, Anchor::End)], true)?;
    rows.list = Some(3);
    // no more than some hundred fit beside any map; what is beyond is only counted
    for point in told.points.iter().take(LISTED) {
        let (x, y) = (grouped(&format!("{:.3}", point.at.y)), grouped(&format!("{:.3}", point.at.x)));
        rows.cells(&[(&point.number, 0.2, Anchor::Start), (&x, 0.4, Anchor::End), (&y, 0.4, Anchor::End)], false)?;
    }
    if told.points.len() > LISTED {
        rows.gap(0.0);
        if let Some(rest) = rows.rows.last_mut() {
            rest.stands_for = told.points.len() - LISTED;
        }
    }
    rows.list = None;
    rows.gap(1.5);
    Ok(())
}

/// 114°, 113°30′.
fn degrees(value: f64) -> String {
    let minutes = (value * 60.0).round() as i64;
    if minutes % 60 == 0 { format!("{}°", minutes / 60) } else { format!("{}°{:02}′", minutes / 60, minutes % 60) }
}

fn notes(rows: &mut Rows<'_>, told: &Told<'_>) -> Result<()> {
    let content = told.content;
    let crs = &content.crs;
    let head = rows.letters.said(&text!("说明" | "Notes"));
    rows.head(&head, "");
    let meridian = degrees(crs.central_meridian_deg);
    let epsg = crs.epsg.map_or(Text::default(), |e| Text::new(format!("（EPSG:{e}）"), format!(" (EPSG:{e})")));
    let line = Text::new(
        format!("坐标系：{}{}，{}，中央子午线 {meridian}E。", crs.name.zh, epsg.zh, crs.projection.zh),
        format!("Plane: {}{}, {}, central meridian {meridian}\u{a0}E.", crs.name.en, epsg.en, crs.projection.en),
    );
    let line = rows.letters.said(&line);
    rows.paragraph(&line, BLACK)?;
    let ticks = if crs.degrees.is_some() {
        text!(
            "图廓下、左注平面坐标（m），上、右注经纬度；图上北为坐标北。"
                | "Ticks below and left are metres of the plane, above and right degrees; up is grid north."
        )
    } else {
        text!(
            "图廓注平面坐标（m）；该坐标系无经纬度换算，未注经纬度。"
                | "Ticks are metres of the plane; this plane has no degrees, so none are given."
        )
    };
    let ticks = rows.letters.said(&ticks);
    rows.paragraph(&ticks, BLACK)?;
    let mut sources: Vec<String> = Vec::new();
    for stratum in told.strata.iter().rev().filter(|s| !s.keys.is_empty()) {
        let layer = &content.layers[stratum.layer];
        let mut words = layer.name.clone();
        let zh = rows.letters.lang == Lang::Zh;
        let date = match layer.date {
            Some(date) => date.to_string(),
            None => rows.letters.said(&text!("日期未记载" | "date not recorded")),
        };
        if layer.source.is_empty() {
            words.push_str(&if zh { format!("（{date}）") } else { format!(" ({date})") });
        } else {
            let source = &layer.source;
            words.push_str(&if zh { format!("（{source}，{date}）") } else { format!(" ({source}, {date})") });
        }
        sources.push(words);
    }
    if !sources.is_empty() {
        let list = sources.join(if rows.letters.lang == Lang::Zh { "；" } else { "; " });
        let line = rows.letters.said(&text!("数据来源：{list}。" | "Sources: {list}."));
        rows.paragraph(&line, BLACK)?;
    }
    for note in &told.description.notes {
        rows.paragraph(note, BLACK)?;
    }
    for remark in told.remarks {
        let line = rows.letters.said(&remark.text);
        rows.paragraph(&line, GREY)?;
    }
    if content.decided == Some(false) {
        let line = rows.letters.said(&text!(
            "结论为系统初判，尚未经人工判定。" | "Outcomes are the system's finding; nobody has decided yet."
        ));
        rows.paragraph(&line, outcome_colour(Outcome::Prohibited))?;
    }
    if content.sample {
        let line = rows.letters.said(&text!("本图为示例数据，不作依据。" | "Sample data: not to be relied on."));
        rows.paragraph(&line, outcome_colour(Outcome::Prohibited))?;
    }
    rows.gap(1.0);
    Ok(())
}

fn fields(rows: &mut Rows<'_>, d: &SheetDescription) -> Result<()> {
    if !d.fields {
        return Ok(());
    }
    let date = d.date.map_or(String::new(), |date| {
        let (y, m, day) = (date.year(), date.month(), date.day());
        rows.letters.said(&Text::new(format!("{y}年{m}月{day}日"), date.to_string()))
    });
    for (name, value) in [
        (text!("编制单位" | "Prepared by"), &d.author_unit),
        (text!("制图日期" | "Date"), &date),
        (text!("密级" | "Secrecy"), &d.secrecy),
        (text!("编号" | "Number"), &d.review_number),
    ] {
        let name = rows.letters.said(&name);
        rows.field(&name, value)?;
    }
    Ok(())
}

fn signatures(rows: &mut Rows<'_>, d: &SheetDescription) -> Result<()> {
    if d.signatures.is_empty() {
        return Ok(());
    }
    let u = rows.u;
    let wide = rows.width / d.signatures.len() as f64;
    let mut ink = Ink::default();
    ink.open("id=\"signatures\"");
    for (i, who) in d.signatures.iter().enumerate() {
        let r = Rect::at(wide * i as f64, 1.5 * u, wide, 11.5 * u);
        ink.rect(&r, &format!("fill=\"none\" stroke=\"{BLACK}\" stroke-width=\"{}\"", length(0.2 * u)));
        let words = rows.letters.fit(who, wide - 2.0 * u, 2.2 * u, false)?;
        rows.letters.write(&mut ink, &words, (r.x0 + u, r.y0 + 2.9 * u), 2.2 * u, &Style { colour: GREY, ..PLAIN });
    }
    ink.close();
    rows.push(13.1 * u, ink, false);
    Ok(())
}
