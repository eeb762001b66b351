//! Two revisions of a layer beside each other.

use super::super::Desk;
use super::super::wire::*;
use super::{ledger, shown};
use crate::EngineError;
use crate::land_use_exchange::land_use;
use crate::progress::Progress;
use crate::states;
use redline_coverage::compare::Exchange;
use redline_wording::{Text, text};
use redline_workspace::Workspace;
use serde_json::{Value, json};

/// The ground that changed hands between two revisions, and what it sums to.
pub(in super::super) fn compare(
    desk: &Desk,
    asked: CompareVersions,
    progress: &dyn Progress,
) -> Result<ComparedVersions, EngineError> {
    let city = desk.city()?;
    let workspace = Workspace::open(city.path())?;
    let layer = workspace.layer(&asked.layer)?;
    let changes = workspace.changed_between(&asked.layer, asked.from, asked.to)?;
    let found = states::compared(&workspace, &changes, progress)?;
    let pieces: Vec<Value> = found
        .pieces
        .iter()
        .map(|piece| {
            let kind = match (&piece.from, &piece.to) {
                (None, _) => "gained",
                (_, None) => "lost",
                _ => "changed",
            };
            let name = |facts: &Option<redline_zoning::ZoneFacts>| facts.as_ref().map(|f| shown::zone(&layer, f));
            json!({
                "type": "Feature",
                "properties": {
                    "from": name(&piece.from), "to": name(&piece.to), "kind": kind, "area": piece.area,
                },
                "geometry": shown::geometry(&city, &piece.shape),
            })
        })
        .collect();
    let mut rows = vec![row("layer", text!("合计" | "total"), &found.sums.layer)];
    rows.extend(found.sums.zones.iter().map(|(id, sums)| row("zone", Text::same(id), sums)));
    let word = |key: &Option<String>| ledger::word(layer.role, key.as_deref());
    // a layer without classes (tiers) has nothing to say by them
    let said = |sums: &std::collections::BTreeMap<Option<String>, Exchange>| sums.keys().any(Option::is_some);
    for (by, sums) in [("class", &found.sums.classes), ("tier", &found.sums.tiers)] {
        if said(sums) {
            rows.extend(sums.iter().map(|(key, sums)| row(by, word(key), sums)));
        }
    }
    for part in land_use(&workspace, &found.pieces, progress)? {
        rows.push(row("land-use", part.name, &part.sums));
    }
    Ok(ComparedVersions { pieces: json!({ "type": "FeatureCollection", "features": pieces }), rows })
}

fn row(by: &str, key: Text, sums: &Exchange) -> ComparedRow {
    ComparedRow { by: by.into(), key, in_m2: sums.gained, out_m2: sums.lost, net_m2: sums.net() }
}
