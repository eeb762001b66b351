//! Two revisions of a layer as a sheet: the earlier one, and upon it the ground that changed hands.

use super::ground::SheetGround;
use super::map::DrawnSheet;
use crate::EngineError;
use crate::commands::diff::DiffReport;
use crate::progress::Progress;
use redline_geometry::Shape;
use redline_sheet::{ChangeKind, ChangePiece, Fonts, MapContent, SheetDescription};
use redline_wording::text;
use redline_zoning::LayerRole;
use std::path::Path;

/// Draws a comparison of two revisions upon the earlier one. The same comparison, workspace, description
/// and fonts give the same bytes.
///
/// # Errors
/// `cancelled`; those of any read of a workspace; those of the sheet.
pub fn changes_sheet(
    report: &DiffReport,
    workspace: &Path,
    description: &SheetDescription,
    progress: &dyn Progress,
) -> Result<DrawnSheet, EngineError> {
    drawn(report, workspace, description, &Fonts::installed(), progress)
}

pub(super) fn drawn(
    report: &DiffReport,
    workspace: &Path,
    description: &SheetDescription,
    fonts: &Fonts,
    progress: &dyn Progress,
) -> Result<DrawnSheet, EngineError> {
    let ground = SheetGround::at(workspace, &report.layer, report.from.revision)?;
    let mut description = description.clone();
    let lang = description.language;
    // a draft's ground is that of the revision it changes
    let base = crate::DiffState { draft: None, ..report.from.clone() };
    let [from, to] = [&base, &report.to].map(|state| crate::states::named(state, lang));
    let title = &report.title;
    description.notes.push(
        text!(
            "底图为“{title}”{from}；调入、调出、划转为{to}与之相比。"
                | "Drawn beneath: “{title}”, {from}; gained, lost and reassigned as {to} has it."
        )
        .get(lang)
        .to_string(),
    );
    // what lies beneath a change is the land's matter, not the lines'
    description.layers.retain(|role| *role != LayerRole::LandUse || report.role == LayerRole::LandUse);
    let sheet = ground.draw(&description, fonts, progress, &|_| Vec::new(), |content: &mut MapContent<'_>| {
        content.layers.retain(|layer| layer.role == LayerRole::District || layer.role == report.role);
        content.changes = pieces(report);
    })?;
    Ok(DrawnSheet::of(sheet, &ground.remarks))
}

fn pieces(report: &DiffReport) -> Vec<ChangePiece> {
    let kind = |piece: &crate::commands::diff::DiffPiece| match (&piece.from, &piece.to) {
        (None, _) => ChangeKind::Gained,
        (_, None) => ChangeKind::Lost,
        _ => ChangeKind::Reassigned,
    };
    report
        .pieces
        .iter()
        .map(|piece| ChangePiece {
            kind: kind(piece),
            area_m2: piece.area.ellipsoidal_m2,
            shape: Shape::from(&piece.geometry),
        })
        .collect()
}
