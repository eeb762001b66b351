//! Three-way merge: what another draft changed since a common revision, brought into this one.
//!
//! Ground is merged piece by piece, as [`crate::compare`] tells whose it was and whose it is. Where only
//! the other draft moved it, it moves here too; where both gave it to the same zone, nothing is left to
//! do; where each gave it to another, a person decides. What a zone is called and counted as is merged
//! field by field in the same way.

use crate::compare::{self, Piece};
use crate::coverage::Coverage;
use crate::edit::{Change, FactsEdit};
use crate::patch::{Drawn, Patch, slots_around};
use crate::planar::Label;
use crate::refusal::Result;
use crate::{Point, ground};
use redline_geometry::{Area, GaussKruger, Grid, Shape, overlay};
use redline_wording::text;
use redline_zoning::{ZoneChange, ZoneFacts, composed};
use std::collections::{BTreeMap, BTreeSet};

/// Less than this is rounding of the overlay grid, m².
const NOISE_M2: f64 = 1e-4;

/// Something the other draft changed and this one did not: taken over as it is.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)] // the lists are short
pub enum Taken {
    /// Ground goes to a zone, or to nobody.
    Ground(Given),
    /// A zone is called or counted otherwise.
    Facts {
        /// Which.
        zone: String,
        /// What changes.
        facts: FactsEdit,
    },
}

/// Ground that the other draft gave away.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Whose it was in the common revision; `None` nobody's.
    pub from: Option<ZoneFacts>,
    /// Who has it in the other draft; `None` nobody.
    pub to: Option<ZoneFacts>,
    /// Which ground.
    pub shape: Shape,
    /// How much, m².
    pub area: Area,
}

/// Something both drafts changed, each otherwise.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)] // the lists are short
pub enum Conflict {
    /// Ground that each gave to another.
    Ground {
        /// Who has it here; `None` nobody.
        mine: Option<ZoneFacts>,
        /// What the other draft did with it.
        theirs: Given,
    },
    /// A zone that each called or counted otherwise, or that is not here any more.
    Facts {
        /// As it is here; `None` where it is gone.
        mine: Option<ZoneFacts>,
        /// As it is in the other draft.
        theirs: ZoneFacts,
        /// What of it differs.
        facts: FactsEdit,
        /// Its ground in the other draft.
        shape: Shape,
    },
}

/// Two drafts of one revision held against each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merger {
    /// What only the other draft changed.
    pub taken: Vec<Taken>,
    /// What both changed otherwise, to be decided one by one.
    pub conflicts: Vec<Conflict>,
    /// New zones of the other draft whose ids this one has given too: their ids here.
    pub renamed: BTreeMap<String, String>,
}

/// Holds what this draft (`mine`) and another (`theirs`) changed of a common revision against each other.
/// Overlays run on `grid`, areas are of `plane`.
pub fn merger(mine: &[ZoneChange], theirs: &[ZoneChange], grid: &Grid, plane: &GaussKruger) -> Merger {
    let renamed = ids_given_twice(mine, theirs);
    let theirs: Vec<ZoneChange> = theirs.iter().map(|change| with_ids(change, &renamed)).collect();
    let (own, other) = (compare::compare(mine, grid, plane), compare::compare(&theirs, grid, plane));
    let moved = |piece: &&Piece| id(&piece.from) != id(&piece.to);
    let own: Vec<&Piece> = own.pieces.iter().filter(moved).collect();
    let gone =
        |id: &str| theirs.iter().any(|c| c.after.is_none() && c.before.as_ref().is_some_and(|z| z.facts.id == id));
    // zones that are called or counted otherwise here and are no more in the other draft
    let here: BTreeMap<&str, &ZoneFacts> = mine
        .iter()
        .filter_map(|c| Some((&c.before.as_ref()?.facts, &c.after.as_ref()?.facts)))
        .filter(|(before, after)| before.id == after.id && otherwise(before, after).is_some() && gone(&before.id))
        .map(|(_, after)| (after.id.as_str(), after))
        .collect();
    let mut found = Merger { renamed, ..Merger::default() };
    for piece in other.pieces.iter().filter(moved) {
        let given = |shape: Shape| {
            let area = plane.area(&shape);
            (area.planar_m2 > NOISE_M2).then(|| Given { from: piece.from.clone(), to: piece.to.clone(), shape, area })
        };
        let mut rest = piece.shape.clone();
        for mine in own.iter().filter(|mine| meet(&mine.shape, &piece.shape)) {
            let both = overlay::intersection(&rest, &mine.shape, grid);
            if both.0.is_empty() {
                continue;
            }
            rest = overlay::difference(&rest, &both, grid);
            if id(&mine.to) != id(&piece.to) {
                let conflict = |theirs| Conflict::Ground { mine: mine.to.clone(), theirs };
                found.conflicts.extend(given(both).map(conflict));
            }
        }
        match id(&piece.from).and_then(|id| here.get(id)) {
            Some(facts) => {
                let conflict = |theirs| Conflict::Ground { mine: Some((*facts).clone()), theirs };
                found.conflicts.extend(given(rest).map(conflict));
            }
            None => found.taken.extend(given(rest).map(Taken::Ground)),
        }
    }
    for change in &theirs {
        let (Some(before), Some(after)) = (&change.before, &change.after) else { continue };
        let Some(facts) = otherwise(&before.facts, &after.facts) else { continue };
        let here = mine.iter().find(|m| m.before.as_ref().is_some_and(|z| z.facts.id == before.facts.id));
        let now = here.map_or(Some(&before.facts), |m| m.after.as_ref().map(|z| &z.facts));
        match now {
            // said alike, or not said here
            Some(now) if facts.of(now) == *now => {}
            Some(now) if facts.undone_by(&before.facts, now) => {
                found.taken.push(Taken::Facts { zone: now.id.clone(), facts });
            }
            now => {
                let (theirs, shape) = (after.facts.clone(), after.shape.clone());
                found.conflicts.push(Conflict::Facts { mine: now.cloned(), theirs, facts, shape });
            }
        }
    }
    found
}

impl Coverage {
    /// What bringing `merger` into this coverage would do, as one change: everything taken, and the
    /// other draft's side of those conflicts whose places in the list are in `decided`.
    ///
    /// # Errors
    /// A [`crate::Refusal`] where a part cannot be brought in; nothing is changed then.
    pub fn merged(&self, merger: &Merger, decided: &BTreeSet<usize>) -> Result<Change> {
        let mut trial = self.clone();
        let mut all = Change::default();
        let theirs = merger.conflicts.iter().enumerate().filter(|(n, _)| decided.contains(n)).map(|(_, c)| c);
        let ground = merger.taken.iter().filter_map(|t| match t {
            Taken::Ground(given) => Some(given),
            Taken::Facts { .. } => None,
        });
        for given in ground {
            trial.step(&mut all, |c| c.given(&given.shape, given.to.as_ref()))?;
        }
        for conflict in theirs.clone() {
            match conflict {
                Conflict::Ground { theirs, .. } => {
                    trial.step(&mut all, |c| c.given(&theirs.shape, theirs.to.as_ref()))?;
                }
                // gone here: it comes back with its ground
                Conflict::Facts { mine: None, theirs, shape, .. } => {
                    trial.step(&mut all, |c| c.given(shape, Some(theirs)))?;
                }
                Conflict::Facts { .. } => {}
            }
        }
        let facts = merger.taken.iter().filter_map(|t| match t {
            Taken::Facts { zone, facts } => Some((zone, facts)),
            Taken::Ground(_) => None,
        });
        let facts = facts.chain(theirs.filter_map(|c| match c {
            Conflict::Facts { mine: Some(mine), facts, .. } => Some((&mine.id, facts)),
            _ => None,
        }));
        for (zone, facts) in facts {
            // all its ground may have gone to others by now
            if trial.has_id(zone) {
                trial.step(&mut all, |c| c.set_facts(zone, facts))?;
            }
        }
        for (was, is) in &merger.renamed {
            all.notes.push(text!(
                "两份草案都新建了编号“{was}”的分区；合并进来的改为“{is}”。"
                    | "Both drafts made a new zone “{was}”; the one brought in becomes “{is}”."
            ));
        }
        all.zones = composed(Vec::new(), all.zones);
        Ok(all)
    }

    /// Plans one step on what stands, takes it over, and adds it to the whole.
    fn step(&mut self, all: &mut Change, plan: impl FnOnce(&Coverage) -> Result<Change>) -> Result<()> {
        let change = plan(self)?;
        self.apply(&change)?;
        all.zones.extend(change.zones);
        all.transfers.extend(change.transfers);
        all.nodes_added.extend(change.nodes_added);
        all.nodes_removed.extend(change.nodes_removed);
        all.notes.extend(change.notes);
        Ok(())
    }

    /// Gives ground to a zone or to nobody, whoever has it here.
    fn given(&self, shape: &Shape, to: Option<&ZoneFacts>) -> Result<Change> {
        let steps = ground::steps(shape);
        let points: Vec<Point> = steps.iter().map(|(a, _)| *a).collect();
        // thinner than anything that is drawn: nothing to give
        if points.is_empty() {
            return Ok(Change::default());
        }
        let mut slots = slots_around(self, &points);
        let there = to.filter(|facts| self.has_id(&facts.id));
        let slot = there.map(|facts| self.slot(&facts.id)).transpose()?;
        slots.extend(slot.filter(|slot| !slots.contains(slot)));
        let place = slot.and_then(|slot| slots.iter().position(|s| *s == slot)).map(|l| l as Label);
        let patch = Patch::new(self, slots, Drawn::Ground(steps))?;
        // a zone that is not here, or no longer, comes with what it is
        let new: Vec<ZoneFacts> =
            to.iter().filter(|_| place.is_none()).map(|f| ZoneFacts { declared_m2: None, ..(*f).clone() }).collect();
        let recipient = place.or_else(|| to.map(|_| patch.ring_label()));
        let inside = |f: usize| patch.faces.labels[f].contains(&patch.ring_label());
        let owners: Vec<Vec<Label>> = (0..patch.faces.len())
            .map(|f| if inside(f) { recipient.into_iter().collect() } else { patch.zones_of(f) })
            .collect();
        Ok(patch.put_together(&owners, new))
    }
}

impl FactsEdit {
    /// Whether what this changes is, here, still what it was in the common revision.
    fn undone_by(&self, base: &ZoneFacts, here: &ZoneFacts) -> bool {
        let untouched = |asked: bool, same: bool| !asked || same;
        untouched(self.name.is_some(), base.name == here.name)
            && untouched(self.class.is_some(), base.class == here.class)
            && untouched(self.tier.is_some(), base.tier == here.tier)
            && untouched(self.kind.is_some(), base.kind == here.kind)
            && untouched(self.code.is_some(), base.code == here.code)
    }
}

/// What of a zone's facts is otherwise; `None` where nothing is.
fn otherwise(before: &ZoneFacts, after: &ZoneFacts) -> Option<FactsEdit> {
    let word = |b: &Option<String>, a: &Option<String>| (b != a).then(|| a.clone().unwrap_or_default());
    let edit = FactsEdit {
        id: None,
        name: (before.name != after.name).then(|| after.name.clone()),
        class: word(&before.class, &after.class),
        tier: word(&before.tier, &after.tier),
        kind: word(&before.kind, &after.kind),
        code: word(&before.code, &after.code),
    };
    (edit != FactsEdit::default()).then_some(edit)
}

/// Ids that both drafts gave to new zones, and the free ids those of the other draft get.
fn ids_given_twice(mine: &[ZoneChange], theirs: &[ZoneChange]) -> BTreeMap<String, String> {
    let new = |changes: &[ZoneChange]| -> BTreeSet<String> {
        let come = changes.iter().filter(|c| c.before.is_none());
        come.filter_map(|c| c.after.as_ref()).map(|z| z.facts.id.clone()).collect()
    };
    let (own, other) = (new(mine), new(theirs));
    let mut taken: BTreeSet<String> = own.union(&other).cloned().collect();
    let mut renamed = BTreeMap::new();
    for id in own.intersection(&other) {
        let mut n = 2;
        while taken.contains(&format!("{id}-{n}")) {
            n += 1;
        }
        let free = format!("{id}-{n}");
        taken.insert(free.clone());
        renamed.insert(id.clone(), free);
    }
    renamed
}

fn with_ids(change: &ZoneChange, renamed: &BTreeMap<String, String>) -> ZoneChange {
    let mut change = change.clone();
    if change.before.is_none()
        && let Some(zone) = &mut change.after
        && let Some(id) = renamed.get(&zone.facts.id)
    {
        zone.facts.id.clone_from(id);
    }
    change
}

fn id(facts: &Option<ZoneFacts>) -> Option<&str> {
    facts.as_ref().map(|f| f.id.as_str())
}

fn meet(a: &Shape, b: &Shape) -> bool {
    let boxes = crate::coverage::bounds_of(a).zip(crate::coverage::bounds_of(b));
    boxes.is_some_and(|(a, b)| a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3])
}
