//! States of a layer as people name them: a revision by number or title, what stands now, a draft.

use crate::EngineError;
use crate::commands::check_work::cancelled;
use crate::progress::Progress;
use redline_coverage::compare::{Comparison, compare_while};
use redline_wording::{Lang, Text, text};
use redline_workspace::{DraftInfo, LayerInfo, RevisionInfo, Workspace, composed};
use redline_zoning::{Zone, ZoneChange};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A state of a layer, as a record names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiffState {
    /// Number of the revision; of a draft, of the one it changes.
    pub revision: u64,
    /// The draft's name, where it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub draft: Option<String>,
    /// The version's title, where it has one.
    pub title: Option<String>,
    /// From which day it stands; of a draft, when it was started.
    pub date: String,
    /// Who made it.
    pub author: String,
    /// Why.
    pub reason: String,
}

/// A state as papers name it: 版本 r3“调整”（2026-01-02）.
pub(crate) fn named(state: &DiffState, lang: Lang) -> String {
    let (number, date) = (state.revision, &state.date);
    let head = match &state.draft {
        Some(draft) => text!("草案“{draft}”（r{number}）" | "draft “{draft}” (of r{number})"),
        None => match &state.title {
            Some(title) => text!("版本 r{number}“{title}”（{date}）" | "revision r{number} “{title}” ({date})"),
            None => text!("版本 r{number}（{date}）" | "revision r{number} ({date})"),
        },
    };
    head.get(lang).to_string()
}

/// A state of a layer, found.
pub(crate) struct State {
    /// As a record names it.
    pub words: DiffState,
    /// The layer at that revision.
    pub layer: LayerInfo,
    /// What the draft changes of it.
    pub drafted: Option<Arc<[ZoneChange]>>,
}

impl State {
    /// Every zone of the layer in this state, sorted by id.
    pub fn zones(&self, workspace: &Workspace) -> Result<Vec<Zone>, EngineError> {
        Ok(with_drafted(workspace.all_zones(&self.layer)?, self.drafted.as_deref()))
    }
}

/// Zones with what a draft changes of them, sorted by id.
pub(crate) fn with_drafted(mut zones: Vec<Zone>, drafted: Option<&[ZoneChange]>) -> Vec<Zone> {
    let Some(changes) = drafted else { return zones };
    let changed: BTreeSet<&str> =
        changes.iter().filter_map(|c| c.before.as_ref()).map(|z| z.facts.id.as_str()).collect();
    zones.retain(|zone| !changed.contains(zone.facts.id.as_str()));
    zones.extend(changes.iter().filter_map(|c| c.after.clone()));
    zones.sort_by(|a, b| a.facts.id.cmp(&b.facts.id));
    zones
}

/// Finds two states of one layer.
///
/// # Errors
/// `revision-unknown`, `draft-unknown` and `draft-ambiguous` name a state that is not there;
/// `diff-two-layers`, `diff-layer-missing`; those of any read.
pub(crate) fn two(
    workspace: &Workspace,
    layer: Option<&str>,
    from: &str,
    to: &str,
) -> Result<(State, State), EngineError> {
    let revisions = workspace.revisions()?;
    let find = |words: &str| find(workspace, &revisions, layer, words);
    let (from, to) = (find(from)?, find(to)?);
    let Some(name) = from.layer().or(to.layer()).or(layer).map(str::to_owned) else {
        return Err(EngineError::new(
            "diff-layer-missing",
            text!(
                "两个状态都没有指明图层；请用 --layer 指定图层。"
                    | "Neither state names a layer; say which with --layer."
            ),
        ));
    };
    if let (Some(a), Some(b)) = (from.layer(), to.layer())
        && a != b
    {
        let (first, second) = (from.words(), to.words());
        return Err(EngineError::new(
            "diff-two-layers",
            text!(
                "“{first}”属于图层“{a}”，“{second}”属于图层“{b}”；只能比较同一图层的两个状态。"
                    | "“{first}” is of the layer “{a}”, “{second}” of “{b}”; compare two states of one layer."
            ),
        ));
    }
    let (from, to) = (from.state(workspace, &revisions, &name)?, to.state(workspace, &revisions, &name)?);
    for (draft, other) in [(&from, &to), (&to, &from)] {
        overtaken(draft, other)?;
    }
    Ok((from, to))
}

/// Refuses to set a draft beside a revision later than the one it changes: what others published since would
/// look like the draft's own undoing of it.
fn overtaken(draft: &State, other: &State) -> Result<(), EngineError> {
    let (base, later) = (draft.layer.revision, other.layer.revision);
    let Some(name) = draft.words.draft.as_ref().filter(|_| later > base) else { return Ok(()) };
    Err(EngineError::new(
        "draft-overtaken",
        text!(
            "草案“{name}”改的是版本 r{base}，另一方是更晚的 r{later}；请与 r{base} 比较，或在窗口中新建草案并入它。"
                | "The draft “{name}” changes revision r{base}, and the other side is r{later}, a later one; compare it with r{base}, or bring it into a new draft in the window."
        ),
    ))
}

/// The state a draft is in.
pub(crate) fn of_draft(workspace: &Workspace, id: u64) -> Result<State, EngineError> {
    let draft = workspace.draft(id)?;
    let name = draft.layer.clone();
    Found::Draft(draft).state(workspace, &[], &name)
}

/// The state a draft began from.
pub(crate) fn base_of(workspace: &Workspace, id: u64) -> Result<State, EngineError> {
    let draft = workspace.draft(id)?;
    let revisions = workspace.revisions()?;
    let base = workspace.layer_at(&draft.layer, draft.base_revision)?.revision;
    match revisions.iter().find(|r| r.number == base) {
        Some(base) => Found::Revision(base).state(workspace, &revisions, &draft.layer),
        None => Err(unknown(workspace, &format!("r{base}"))),
    }
}

/// The zones in which two states of one layer differ.
pub(crate) fn changes(workspace: &Workspace, from: &State, to: &State) -> Result<Vec<ZoneChange>, EngineError> {
    let mut changes = workspace.changed_between(&from.layer.name, from.layer.revision, to.layer.revision)?;
    if let Some(drafted) = &from.drafted {
        changes = composed(drafted.iter().cloned().map(ZoneChange::reversed).collect(), changes);
    }
    if let Some(drafted) = &to.drafted {
        changes = composed(changes, drafted.to_vec());
    }
    Ok(changes)
}

/// The zones that differ, held against each other: cancellable, with progress.
pub(crate) fn compared(
    workspace: &Workspace,
    changes: &[ZoneChange],
    progress: &dyn Progress,
) -> Result<Comparison, EngineError> {
    progress.stage(&text!("比较分区" | "comparing zones"), Some(3 * changes.len() as u64));
    let go_on = || {
        progress.advance(1);
        !progress.cancelled()
    };
    compare_while(changes, &workspace.grid(), &workspace.settings().plane, &go_on).ok_or_else(cancelled)
}

enum Found<'a> {
    Now,
    Revision(&'a RevisionInfo),
    Draft(DraftInfo),
}

impl Found<'_> {
    fn layer(&self) -> Option<&str> {
        match self {
            Found::Now => None,
            Found::Revision(r) => Some(&r.layer),
            Found::Draft(d) => Some(&d.layer),
        }
    }

    fn words(&self) -> String {
        match self {
            Found::Now => "now".into(),
            Found::Revision(r) => format!("r{}", r.number),
            Found::Draft(d) => d.name.clone(),
        }
    }

    fn state(self, workspace: &Workspace, revisions: &[RevisionInfo], layer: &str) -> Result<State, EngineError> {
        match self {
            Found::Now => {
                let standing = workspace.layer(layer)?.revision;
                match revisions.iter().find(|r| r.number == standing) {
                    Some(revision) => Found::Revision(revision).state(workspace, revisions, layer),
                    None => Err(unknown(workspace, "now")),
                }
            }
            Found::Revision(r) => Ok(State {
                words: DiffState {
                    revision: r.number,
                    draft: None,
                    title: r.title.clone(),
                    date: r.date.to_string(),
                    author: r.author.clone(),
                    reason: r.reason.clone(),
                },
                layer: workspace.layer_at(layer, r.number)?,
                drafted: None,
            }),
            Found::Draft(draft) => {
                let layer = workspace.layer_at(layer, draft.base_revision)?;
                let drafted = workspace.draft_changes(draft.id)?;
                let date = draft.started.to_string().chars().take(10).collect();
                let words = DiffState {
                    revision: layer.revision,
                    draft: Some(draft.name),
                    title: None,
                    date,
                    author: draft.author,
                    reason: String::new(),
                };
                Ok(State { words, layer, drafted: Some(drafted.into()) })
            }
        }
    }
}

fn find<'a>(
    workspace: &Workspace,
    revisions: &'a [RevisionInfo],
    layer: Option<&str>,
    words: &str,
) -> Result<Found<'a>, EngineError> {
    let words = words.trim();
    if matches!(words, "now" | "现行") {
        return Ok(Found::Now);
    }
    if let Some(name) = ["draft:", "草案:", "草案："].iter().find_map(|head| words.strip_prefix(head)) {
        return draft(workspace, layer, name.trim()).map(Found::Draft);
    }
    let number: Option<u64> = words.strip_prefix(['r', 'R']).unwrap_or(words).parse().ok();
    revisions
        .iter()
        .filter(|r| layer.is_none_or(|l| *l == r.layer))
        .rev()
        .find(|r| r.title.as_deref() == Some(words) || number == Some(r.number))
        .map(Found::Revision)
        .ok_or_else(|| unknown(workspace, words))
}

fn draft(workspace: &Workspace, layer: Option<&str>, name: &str) -> Result<DraftInfo, EngineError> {
    let number: Option<u64> = name.parse().ok();
    let mut found = workspace.drafts()?;
    found.retain(|d| layer.is_none_or(|l| *l == d.layer) && (d.name == name || number == Some(d.id)));
    let file = workspace.file_name();
    let known = || -> Result<String, EngineError> {
        Ok(workspace.drafts()?.iter().map(|d| format!("{}（{}）", d.name, d.id)).collect::<Vec<_>>().join("、"))
    };
    match (found.len(), found.pop()) {
        (1, Some(draft)) => Ok(draft),
        (0, _) => {
            let known = known()?;
            let hint = if known.is_empty() {
                text!("没有草案" | "it has no drafts")
            } else {
                text!("现有 {known}" | "it has {known}")
            };
            Err(EngineError::new(
                "draft-unknown",
                Text::new(
                    format!("工作空间“{file}”中没有草案“{name}”（{}）。", hint.zh),
                    format!("The workspace “{file}” has no draft “{name}” ({}).", hint.en),
                ),
            ))
        }
        _ => {
            let known = known()?;
            Err(EngineError::new(
                "draft-ambiguous",
                text!(
                    "工作空间“{file}”中有多份草案叫“{name}”；请写编号：{known}。"
                        | "Several drafts of the workspace “{file}” are called “{name}”; give the number: {known}."
                ),
            ))
        }
    }
}

fn unknown(workspace: &Workspace, words: &str) -> EngineError {
    let file = workspace.file_name();
    EngineError::new(
        "revision-unknown",
        text!(
            "工作空间“{file}”中没有版本“{words}”；请写版本号（如 r3）、版本名称、now 或 draft:草案名。"
                | "The workspace “{file}” has no revision “{words}”; give its number (such as r3), its title, now, or draft:NAME."
        ),
    )
}
