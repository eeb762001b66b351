//! How `diff` compares.

use super::diff::{DiffFacts, DiffPiece, DiffReport, DiffRequest, DiffRow, DiffZone, place};
use crate::error::EngineError;
use crate::land_use_exchange::land_use;
use crate::progress::Progress;
use crate::states;
use redline_coverage::compare::Exchange;
use redline_wording::{Text, text};
use redline_workspace::Workspace;
use redline_zoning::{LayerRole, subdivision_word};

/// Holds two states of a layer against each other. Reads only.
///
/// # Errors
/// `cancelled`;
/// `revision-unknown`, `draft-unknown` and `draft-ambiguous` name a state that is not there;
/// `diff-two-layers`, `diff-layer-missing`; those of any read of a workspace.
pub fn diff(request: &DiffRequest, progress: &dyn Progress) -> Result<DiffReport, EngineError> {
    let workspace = Workspace::open(&request.workspace)?;
    let (from, to) = states::two(&workspace, request.layer.as_deref(), &request.from, &request.to)?;
    let role = to.layer.role;
    let changes = states::changes(&workspace, &from, &to)?;
    let found = states::compared(&workspace, &changes, progress)?;
    let mut rows = vec![row("layer", String::new(), text!("全部" | "all"), &found.sums.layer)];
    for (group, sums) in [("class", &found.sums.classes), ("tier", &found.sums.tiers)] {
        // a layer without classes (tiers) has nothing to say by them
        if sums.keys().any(Option::is_some) {
            rows.extend(
                sums.iter().map(|(key, sums)| row(group, key.clone().unwrap_or_default(), word(role, key), sums)),
            );
        }
    }
    rows.extend(found.sums.zones.iter().map(|(id, sums)| row("zone", id.clone(), Text::same(id), sums)));
    for part in land_use(&workspace, &found.pieces, progress)? {
        rows.push(row("land-use", part.code, part.name, &part.sums));
    }
    let pieces = found
        .pieces
        .iter()
        .map(|piece| DiffPiece {
            from: piece.from.as_ref().map(DiffZone::from),
            to: piece.to.as_ref().map(DiffZone::from),
            area: piece.area,
            at: place(piece.shape.0.first().and_then(|p| p.exterior().0.first())),
            geometry: (&piece.shape).into(),
        })
        .collect();
    let renamed =
        found.facts.iter().map(|f| DiffFacts { before: (&f.before).into(), after: (&f.after).into() }).collect();
    Ok(DiffReport {
        schema: "redline.diff/1".into(),
        workspace: workspace.file_name(),
        crs: format!("EPSG:{}", workspace.crs_epsg()),
        layer: to.layer.name,
        title: to.layer.title,
        role,
        from: from.words,
        to: to.words,
        rows,
        pieces,
        renamed,
    })
}

fn word(role: LayerRole, key: &Option<String>) -> Text {
    match key {
        Some(key) => subdivision_word(role, key).unwrap_or_else(|| Text::same(key)),
        None => text!("未分类" | "not classed"),
    }
}

fn row(group: &str, key: String, name: Text, sums: &Exchange) -> DiffRow {
    DiffRow {
        group: group.into(),
        key,
        name: name.zh,
        name_en: name.en,
        gained: sums.gained,
        lost: sums.lost,
        net: sums.net(),
    }
}
