//! `redline import`.

use super::form;
use super::review_page::{crs, notes};
use crate::arguments::{Doubt, ImportArgs, Role};
use crate::page::{Cell, Column, Ink, Rows, figure};
use crate::session::{Failure, Session};
use redline_engine::output::words;
use redline_engine::{Acceptance, ImportRequest, LayerRole};
use redline_wording::Lang;

pub(super) fn run(arguments: &ImportArgs, session: &Session) -> Result<u8, Failure> {
    let request = ImportRequest {
        file: arguments.file.clone(),
        role: match arguments.role {
            Role::RedLine => LayerRole::RedLine,
            Role::ControlLine => LayerRole::ControlLine,
            Role::LandUse => LayerRole::LandUse,
            Role::Farmland => LayerRole::Farmland,
            Role::GrowthBoundary => LayerRole::GrowthBoundary,
            Role::District => LayerRole::District,
        },
        workspace: arguments.workspace.clone(),
        map: arguments.map.iter().cloned().collect(),
        layer: arguments.layer.clone(),
        crs: arguments.crs.clone(),
        date: form::day_or_today(arguments.date.as_deref())?,
        source: arguments.source.clone(),
        source_date: arguments.source_date.clone(),
        author: arguments.author.clone(),
        reason: arguments.reason.clone(),
        extent: arguments.extent,
        workspace_crs: arguments.workspace_crs.clone(),
        accept: arguments
            .accept
            .iter()
            .map(|doubt| match doubt {
                Doubt::Datum => Acceptance::Datum,
                Doubt::LeftOut => Acceptance::LeftOut,
            })
            .collect(),
    };
    let imported = {
        let bar = session.bar();
        redline_engine::import(&request, &bar)?
    };
    let mut page = session.page();
    let role = page.say(&words::role(imported.role));
    let title = format!("{} {role}", page.pick("已导入", "Imported"));
    page.title(&title, "", Ink::Plain);
    notes(&mut page, 0, &imported.notes);
    let evidence = match page.lang {
        Lang::Zh => &imported.crs_evidence,
        Lang::En => &imported.crs_evidence_en,
    };
    crs(&mut page, &imported.crs, evidence);
    let mut workspace = arguments.workspace.display().to_string();
    if imported.created_workspace {
        workspace.push_str(page.pick("（新建）", " (new)"));
    }
    let mut rows = Rows::headless(vec![Column::text(""), Column::wrapped("")]);
    let zones = match page.lang {
        Lang::Zh => format!("{} 个图斑", figure(imported.zones as f64, 0)),
        Lang::En => format!("{} zones", figure(imported.zones as f64, 0)),
    };
    let area = format!(
        "{} {} km² · {} {} km²",
        page.pick("椭球", "ellipsoidal"),
        figure(imported.area.ellipsoidal_m2 / 1e6, 4),
        page.pick("平面", "planar"),
        figure(imported.area.planar_m2 / 1e6, 4)
    );
    let facts = [
        (page.pick("工作空间", "Workspace"), workspace),
        (page.pick("图层", "Layer"), imported.layer.clone()),
        (page.pick("版本", "Revision"), format!("{} · {}", imported.revision, imported.date)),
        (page.pick("内容", "Content"), zones),
        (page.pick("面积", "Area"), area),
        ("SHA-256", imported.sha256.clone()),
    ];
    for (label, value) in facts {
        rows.cells([Cell::new(label, Ink::Quiet), Cell::from(value)]);
    }
    page.rows(0, &rows);
    page.gap();
    let mut fields = Rows::new(vec![
        Column::text(page.pick("来源字段", "source field")),
        Column::text(page.pick("读作", "read as")),
    ]);
    for row in &imported.field_map {
        fields.cells([row.field.clone().into(), row.meaning.clone().into()]);
    }
    if !fields.is_empty() {
        page.rows(0, &fields);
    }
    session.print(page.into_text().as_bytes())?;
    Ok(0)
}
