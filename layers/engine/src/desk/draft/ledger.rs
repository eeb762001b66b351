//! Area in, out and net by tier or class against the draft's base, and the plan's goals before and
//! after. It is reckoned from the zones that differ, not from the edits one after another: ground
//! that went and came back is in neither column, and a draft opened again has the same ledger.

use super::super::Desk;
use super::super::opening::City;
use super::super::wire::*;
use super::drafting;
use crate::EngineError;
use crate::progress::Progress;
use redline_coverage::compare::{self, Areas, Exchange, GoalState};
use redline_geometry::Area;
use redline_wording::{Text, text};
use redline_workspace::{AreaGroup, LayerInfo, Workspace};
use redline_zoning::{LayerRole, Target, ZoneChange, subdivision_word};
use std::collections::BTreeMap;

/// What a ledger is held against.
pub(super) struct Aims {
    before: Areas,
    goals: Vec<Target>,
    /// Why there are no goals: the rule book that states them cannot be read.
    pub trouble: Option<Text>,
}

impl Aims {
    /// The areas of a layer's base and the city's goals.
    pub fn of(workspace: &Workspace, layer: &LayerInfo) -> Result<Aims, EngineError> {
        let mut before = Areas {
            role: layer.role,
            layer: Area::default(),
            classes: BTreeMap::new(),
            tiers: BTreeMap::new(),
            city: None,
        };
        for group in workspace.areas_by(layer)? {
            let area = area(&group);
            before.layer += area;
            if let Some(class) = group.class {
                *before.classes.entry(class).or_default() += area;
            }
            if let Some(tier) = group.tier {
                *before.tiers.entry(tier).or_default() += area;
            }
        }
        for district in workspace.layers()?.iter().filter(|l| l.role == LayerRole::District) {
            for group in workspace.areas_by(district)? {
                *before.city.get_or_insert_default() += area(&group);
            }
        }
        let (goals, trouble) = match goals_of(workspace) {
            Ok((goals, _)) => (goals, None),
            Err(e) => (Vec::new(), Some(e.text)),
        };
        Ok(Aims { before, goals, trouble })
    }
}

fn area(group: &AreaGroup) -> Area {
    Area { ellipsoidal_m2: group.ellipsoidal_m2, planar_m2: group.planar_m2 }
}

/// The workspace's own goals, else those its rule book states; and whether they are its own.
fn goals_of(workspace: &Workspace) -> Result<(Vec<Target>, bool), EngineError> {
    if let Some(goals) = workspace.goals()? {
        return Ok((goals, true));
    }
    let book = crate::commands::rules::rule_book(None, workspace.settings())?;
    Ok((book.targets().to_vec(), false))
}

/// The ledger of a draft that changes so much.
pub(super) fn of(city: &City, layer: &LayerInfo, aims: &Aims, changes: &[ZoneChange]) -> Ledger {
    let comparison = compare::compare(changes, &city.grid(), city.plane());
    let found = compare::ledger(&comparison, &aims.goals, &aims.before);
    let mut rows = Vec::new();
    for (tiers, sums) in [(false, &found.classes), (true, &found.tiers)] {
        // a layer without classes (tiers) has nothing to say by them
        if sums.keys().all(Option::is_none) {
            continue;
        }
        rows.extend(sums.iter().map(|(key, sums)| {
            let (class, tier) = if tiers { (None, key.clone()) } else { (key.clone(), None) };
            row(word(layer.role, key.as_deref()), class, tier, sums)
        }));
    }
    Ledger {
        rows,
        total: row(text!("合计" | "total"), None, None, &found.layer),
        goals: found.goals.iter().map(goal).collect(),
        warning: found.warning,
    }
}

fn row(key: Text, class: Option<String>, tier: Option<String>, sums: &Exchange) -> LedgerRow {
    LedgerRow { key, class, tier, in_m2: sums.gained, out_m2: sums.lost, net_m2: sums.net() }
}

/// A class or tier for people.
pub(super) fn word(role: LayerRole, key: Option<&str>) -> Text {
    let word = key.map(|key| subdivision_word(role, key).unwrap_or_else(|| Text::same(key)));
    word.unwrap_or_else(|| text!("未分类" | "not classed"))
}

fn goal(state: &GoalState) -> LedgerGoal {
    let goal = &state.goal;
    let whole = goal.role.map_or_else(|| text!("全市" | "whole city"), LayerRole::word);
    let part = goal.role.zip(goal.class.as_deref().or(goal.tier.as_deref()));
    let name = match part.map(|(role, key)| word(role, Some(key))) {
        Some(part) => Text::new(format!("{} · {}", whole.zh, part.zh), format!("{} · {}", whole.en, part.en)),
        None => whole,
    };
    LedgerGoal {
        name,
        goal_m2: state.wanted_m2,
        before_m2: state.before_m2,
        after_m2: state.after_m2,
        holds_before: state.held_before(),
        holds_after: state.holds_after(),
    }
}

/// The plan's area goals.
pub(in super::super) fn goals(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Goals, EngineError> {
    let (goals, own) = goals_of(&Workspace::open(desk.city()?.path())?)?;
    Ok(Goals { goals, own })
}

/// Replaces the plan's area goals.
pub(in super::super) fn set_goals(desk: &Desk, asked: SetGoals, _: &dyn Progress) -> Result<Goals, EngineError> {
    let put = |workspace: &mut Workspace| match &asked.goals {
        Some(goals) => workspace.set_goals(goals),
        None => workspace.forget_goals(),
    };
    let mut drafting = drafting(desk);
    let city = desk.city()?;
    let (goals, own) = match &mut drafting.editing {
        Some(editing) => {
            put(&mut editing.workspace)?;
            editing.aims = Aims::of(&editing.workspace, &editing.layer)?;
            goals_of(&editing.workspace)?
        }
        None => {
            let mut workspace = Workspace::open_for_drafting(city.path())?;
            put(&mut workspace)?;
            let held = goals_of(&workspace);
            workspace.close()?;
            held?
        }
    };
    Ok(Goals { goals, own })
}
