//! What a zone is, and zones that go or are rebuilt as a whole.

use crate::coverage::Coverage;
use crate::edit::{Change, FactsEdit};
use crate::outline::rings;
use crate::refusal::{Refusal, Result};
use crate::{Point, transfer};
use redline_wording::text;
use redline_zoning::{Zone, ZoneChange, ZoneFacts};
use std::collections::HashSet;

impl Coverage {
    pub(crate) fn remove(&self, id: &str) -> Result<Change> {
        let slot = self.slot(id)?;
        let Some(held) = self.held_at(slot) else { return Ok(Change::default()) };
        let zone = held.zone();
        let transfers = vec![transfer::transfer(self, Some(zone.facts.clone()), None, zone.shape.clone())];
        Ok(Change { zones: vec![ZoneChange { before: Some(zone), after: None }], transfers, ..Change::default() })
    }

    pub(crate) fn rebuild(&self, id: &str) -> Result<Change> {
        let slot = self.slot(id)?;
        let Some(held) = self.held_at(slot) else { return Ok(Change::default()) };
        let all: Vec<Vec<Point>> = rings(&held.shape).map(|(ring, _)| ring.to_vec()).collect();
        let built = redline_geometry::rings::build(&all, &self.grid());
        let before = held.zone();
        let transfers = transfer::of_shapes(self, &[(slot, before.shape.clone(), built.shape.clone())]);
        let after = Zone { facts: before.facts.clone(), shape: built.shape };
        Ok(Change {
            zones: vec![ZoneChange { before: Some(before), after: Some(after) }],
            transfers,
            ..Change::default()
        })
    }

    pub(crate) fn set_facts(&self, id: &str, edit: &FactsEdit) -> Result<Change> {
        let slot = self.slot(id)?;
        let Some(held) = self.held_at(slot) else { return Ok(Change::default()) };
        let facts = edit.of(&held.facts);
        if facts == *held.facts {
            return Ok(Change::default());
        }
        if facts.id.is_empty() {
            return Err(Refusal::of(
                "id-empty",
                text!("分区编号不能为空；请填写编号。" | "A zone needs an id; give it one."),
            ));
        }
        if facts.id != id && self.has_id(&facts.id) {
            return Err(id_taken(&facts.id));
        }
        let before = held.zone();
        let after = Zone { facts, shape: before.shape.clone() };
        let kind = |z: &ZoneFacts| (z.class.clone(), z.tier.clone(), z.kind.clone());
        let mut transfers = Vec::new();
        if kind(&before.facts) != kind(&after.facts) {
            let (from, to) = (Some(before.facts.clone()), Some(after.facts.clone()));
            transfers.push(transfer::transfer(self, from, to, before.shape.clone()));
        }
        let zones = vec![ZoneChange { before: Some(before), after: Some(after) }];
        Ok(Change { zones, transfers, ..Change::default() })
    }

    pub(crate) fn new_facts(&self, edit: &FactsEdit) -> Result<ZoneFacts> {
        let mut facts = edit.of(&ZoneFacts::default());
        if facts.id.is_empty() {
            facts.id = self.free_id("new", &HashSet::new());
        } else if self.has_id(&facts.id) {
            return Err(id_taken(&facts.id));
        }
        Ok(facts)
    }
}

fn id_taken(id: &str) -> Refusal {
    Refusal::of("id-taken", text!("编号“{id}”已被使用；请换一个编号。" | "The id “{id}” is in use; choose another."))
}
