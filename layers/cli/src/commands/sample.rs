//! `redline sample`.

use crate::arguments::SampleArgs;
use crate::page::{Cell, Column, Ink, Rows};
use crate::session::{Failure, Session};
use redline_engine::SampleRequest;
use redline_engine::output::words;

pub(super) fn run(arguments: &SampleArgs, session: &Session) -> Result<u8, Failure> {
    let request =
        SampleRequest { dir: arguments.dir.clone(), seed: arguments.seed, parcels: arguments.parcels as usize };
    let made = {
        let bar = session.bar();
        redline_engine::sample(&request, &bar)?
    };
    let mut page = session.page();
    let title = page.pick("示例城市", "Sample city").to_string();
    page.title(&title, "", Ink::Plain);
    let label = page.pick("工作空间 ", "Workspace ").to_string();
    page.hanging_inked(0, &label, Ink::Quiet, &made.workspace.display().to_string(), Ink::Plain);
    page.gap();
    let mut rows = Rows::new(vec![
        Column::text(page.pick("图层", "layer")),
        Column::text(page.pick("日期", "date")),
        Column::text("SHA-256"),
    ]);
    for layer in &made.layers {
        rows.cells([
            words::layer_title(layer, page.lang).into(),
            layer.date.clone().into(),
            Cell::from(layer.sha256.clone()),
        ]);
    }
    page.rows(0, &rows);
    page.gap();
    let heading = page.pick("项目文件", "Project files").to_string();
    page.paragraph(0, &heading, Ink::Strong);
    for project in &made.projects {
        page.paragraph(2, &project.display().to_string(), Ink::Plain);
    }
    session.print(page.into_text().as_bytes())?;
    Ok(0)
}
