//! `redline atlas`.

use super::map::DPI;
use super::{form, sheet_words};
use crate::arguments::{AtlasArgs, SheetForm, SheetPer};
use crate::session::{Failure, Session};
use redline_engine::papers;
use redline_engine::papers::atlas::{AtlasOf, AtlasRequest, SheetFile, atlas};
use redline_wording::text;

pub(super) fn run(arguments: &AtlasArgs, session: &Session) -> Result<u8, Failure> {
    // what would be without effect is refused: a person would believe that it had one
    let idle = [
        ("REVIEW", arguments.review.is_some() && arguments.by != SheetPer::Project),
        ("--decided", arguments.decided && arguments.by != SheetPer::Project),
        ("--layer", arguments.layer.is_some() && arguments.by != SheetPer::Zone),
        ("--dpi", arguments.dpi.is_some() && arguments.format != SheetForm::Png),
    ];
    if let Some((option, _)) = idle.iter().find(|(_, idle)| *idle) {
        return Err(Failure::Sentence(text!(
            "{option} 在这样的图集中不起作用：审查与 --decided 用于 --by project，--layer 用于 --by zone，--dpi 用于 --format png。请去掉它。"
                | "{option} has no effect in such a set: a review and --decided are for --by project, --layer for --by zone, --dpi for --format png. Leave it out."
        )));
    }
    let workspace = &arguments.workspace;
    // the arguments' own rules see to it that layer and review are there where they are needed
    let (of, title, date) = match (arguments.by, &arguments.layer, &arguments.review) {
        (SheetPer::Project, _, Some(asked)) => {
            let (review, _) = form::review_named(asked, Some(workspace))?;
            let date = review.date.parse().ok();
            (AtlasOf::Projects(Box::new(review), arguments.decided), papers::review_title(), date)
        }
        (SheetPer::Zone, Some(layer), _) => (AtlasOf::Zones(layer.clone()), papers::city_title(), None),
        _ => (AtlasOf::Districts, papers::city_title(), None),
    };
    let request = AtlasRequest {
        workspace: workspace.clone(),
        of,
        description: sheet_words::described(&arguments.sheet, &title, date, session)?,
        file: match arguments.format {
            SheetForm::Pdf => SheetFile::Pdf,
            SheetForm::Png => SheetFile::Png(arguments.dpi.unwrap_or(DPI)),
            SheetForm::Svg => SheetFile::Svg,
        },
        folder: arguments.output.clone(),
        memory: arguments.memory << 20,
    };
    let made = {
        let bar = session.bar();
        atlas(&request, &bar)?
    };
    made.remarks.iter().for_each(|remark| session.remark(remark));
    let (shown, sheets, kept) = (arguments.output.display(), made.sheets, made.sheets - made.drawn);
    session.remark(&text!(
        "图集已写入 {shown}：{sheets} 幅（其中 {kept} 幅没有变化，保留），索引图 {}"
            | "The map set is in {shown}: {sheets} sheets ({kept} of them unchanged and kept), index {}",
        made.index.file_name().unwrap_or_default().to_string_lossy()
    ));
    Ok(0)
}
