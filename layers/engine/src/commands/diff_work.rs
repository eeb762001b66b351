//! How `diff` compares.

use super::diff::{DiffFacts, DiffPiece, DiffReport, DiffRequest, DiffRow, DiffState, DiffZone, place};
use crate::error::EngineError;
use redline_coverage::compare::{self, Exchange};
use redline_wording::{Text, text};
use redline_workspace::{RevisionInfo, Workspace};
use redline_zoning::{LayerRole, ZoneFacts, subdivision_word};

/// Holds two states of a layer against each other. Reads only.
///
/// # Errors
/// `revision-unknown` names a state that is not there; `diff-two-layers`, `diff-layer-missing`; those of any
/// read of a workspace.
pub fn diff(request: &DiffRequest) -> Result<DiffReport, EngineError> {
    let workspace = Workspace::open(&request.workspace)?;
    let revisions = workspace.revisions()?;
    let (from, to) = (find(&revisions, request, &request.from)?, find(&revisions, request, &request.to)?);
    let named = from.or(to).map(|r| r.layer.clone()).or_else(|| request.layer.clone());
    let Some(name) = named else {
        return Err(EngineError::new(
            "diff-layer-missing",
            text!(
                "两个状态都没有指明图层；请用 --layer 指定图层。"
                    | "Neither state names a layer; say which with --layer."
            ),
        ));
    };
    let now = |found: Option<&RevisionInfo>| match found {
        Some(found) => Ok(found.clone()),
        None => {
            let standing = workspace.layer(&name)?.revision;
            revisions
                .iter()
                .find(|r| r.number == standing)
                .cloned()
                .ok_or_else(|| unknown(&request.workspace.display().to_string(), "now"))
        }
    };
    let (from, to) = (now(from)?, now(to)?);
    if from.layer != to.layer {
        let (a, b) = (&from.layer, &to.layer);
        return Err(EngineError::new(
            "diff-two-layers",
            text!(
                "版本 {} 属于图层“{a}”，版本 {} 属于图层“{b}”；只能比较同一图层的两个版本。"
                    | "Revision {} is of the layer “{a}”, revision {} of “{b}”; compare two of one layer.",
                from.number,
                to.number
            ),
        ));
    }
    let layer = workspace.layer(&name)?;
    let changes = workspace.changed_between(&name, from.number, to.number)?;
    let found = compare::compare(&changes, &workspace.grid(), &workspace.settings().plane);
    let mut rows = vec![row("layer", String::new(), text!("全部" | "all"), &found.sums.layer)];
    for (group, sums) in [("class", &found.sums.classes), ("tier", &found.sums.tiers)] {
        // a layer without classes (tiers) has nothing to say by them
        if sums.keys().any(Option::is_some) {
            rows.extend(
                sums.iter().map(|(key, sums)| row(group, key.clone().unwrap_or_default(), word(layer.role, key), sums)),
            );
        }
    }
    rows.extend(found.sums.zones.iter().map(|(id, sums)| row("zone", id.clone(), Text::same(id), sums)));
    let pieces = found
        .pieces
        .iter()
        .map(|piece| DiffPiece {
            from: piece.from.as_ref().map(zone),
            to: piece.to.as_ref().map(zone),
            area: piece.area,
            at: place(piece.shape.0.first().and_then(|p| p.exterior().0.first())),
        })
        .collect();
    let renamed = found.facts.iter().map(|f| DiffFacts { before: zone(&f.before), after: zone(&f.after) }).collect();
    Ok(DiffReport {
        schema: "redline.diff/1".into(),
        workspace: workspace.file_name(),
        layer: name,
        title: layer.title,
        role: layer.role,
        from: state(from),
        to: state(to),
        rows,
        pieces,
        renamed,
    })
}

/// The revision a state is; `None` for `now`.
fn find<'a>(
    revisions: &'a [RevisionInfo],
    request: &DiffRequest,
    words: &str,
) -> Result<Option<&'a RevisionInfo>, EngineError> {
    let words = words.trim();
    if matches!(words, "now" | "现行") {
        return Ok(None);
    }
    let number: Option<u64> = words.strip_prefix(['r', 'R']).unwrap_or(words).parse().ok();
    let of_layer = |r: &&RevisionInfo| request.layer.as_ref().is_none_or(|l| *l == r.layer);
    revisions
        .iter()
        .filter(of_layer)
        .rev()
        .find(|r| r.title.as_deref() == Some(words) || number == Some(r.number))
        .map(Some)
        .ok_or_else(|| unknown(&request.workspace.display().to_string(), words))
}

fn unknown(file: &str, words: &str) -> EngineError {
    EngineError::new(
        "revision-unknown",
        text!(
            "工作空间“{file}”中没有版本“{words}”；请写版本号（如 r3）、版本名称或 now。"
                | "The workspace “{file}” has no revision “{words}”; give its number (such as r3), its title, or now."
        ),
    )
}

fn state(r: RevisionInfo) -> DiffState {
    DiffState { revision: r.number, title: r.title, date: r.date.to_string(), author: r.author, reason: r.reason }
}

fn zone(facts: &ZoneFacts) -> DiffZone {
    DiffZone { id: facts.id.clone(), name: facts.name.clone(), class: facts.class.clone(), tier: facts.tier.clone() }
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
