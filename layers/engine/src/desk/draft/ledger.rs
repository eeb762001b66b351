//! Area in, out and net by tier or class, against the draft's base.
//!
//! It is reckoned from the ground that the zones that differ had and have, key by key, not from
//! the edits one after another: ground that went and came back is in neither column, and a draft
//! opened again has the same ledger.

use super::super::opening::City;
use super::super::wire::{Ledger, LedgerRow};
use redline_geometry::{Area, Shape, overlay};
use redline_wording::{Text, text};
use redline_workspace::LayerInfo;
use redline_zoning::{LayerRole, Zone, ZoneChange, subdivision_word};
use std::collections::BTreeMap;

/// Less than this is what rounding new crossings to the grid does, m².
const ROUNDING_M2: f64 = 1e-4;

/// Shapes before and after.
#[derive(Default)]
struct Ground<'a> {
    before: Vec<&'a Shape>,
    after: Vec<&'a Shape>,
}

/// The ledger of a draft that changes so much.
pub(super) fn of(city: &City, layer: &LayerInfo, changes: &[ZoneChange]) -> Ledger {
    let mut grounds: BTreeMap<(Option<String>, Option<String>), Ground<'_>> = BTreeMap::new();
    let key = |zone: &Zone| (zone.facts.class.clone(), zone.facts.tier.clone());
    let mut whole = Ground::default();
    for change in changes {
        if let Some(zone) = &change.before {
            grounds.entry(key(zone)).or_default().before.push(&zone.shape);
            whole.before.push(&zone.shape);
        }
        if let Some(zone) = &change.after {
            grounds.entry(key(zone)).or_default().after.push(&zone.shape);
            whole.after.push(&zone.shape);
        }
    }
    let rows = grounds.iter().map(|((class, tier), ground)| {
        let key = word(layer.role, class.as_deref().or(tier.as_deref()));
        row(city, key, class.clone(), tier.clone(), ground)
    });
    let rows = rows.collect();
    let total = row(city, text!("合计" | "total"), None, None, &whole);
    let warning = (total.net_m2.planar_m2 < -ROUNDING_M2).then(|| {
        let [came, went] = [total.in_m2.planar_m2, total.out_m2.planar_m2];
        text!(
            "调入 {came:.2} m² 少于调出 {went:.2} m²（平面）；请补划后再确认。"
                | "{came:.2} m² come in and {went:.2} m² go out (planar): add ground before confirming."
        )
    });
    Ledger { rows, total, warning }
}

/// A class or tier for people.
pub(super) fn word(role: LayerRole, key: Option<&str>) -> Text {
    let word = key.map(|key| subdivision_word(role, key).unwrap_or_else(|| Text::same(key)));
    word.unwrap_or_else(|| text!("未分类" | "not classed"))
}

fn row(city: &City, key: Text, class: Option<String>, tier: Option<String>, ground: &Ground<'_>) -> LedgerRow {
    let grid = city.grid();
    let [before, after] = [&ground.before, &ground.after].map(|shapes| overlay::union(shapes, &grid));
    let part = |a: &Shape, b: &Shape| city.plane().area(&overlay::difference(a, b, &grid));
    let (came, went) = (part(&after, &before), part(&before, &after));
    let net =
        Area { ellipsoidal_m2: came.ellipsoidal_m2 - went.ellipsoidal_m2, planar_m2: came.planar_m2 - went.planar_m2 };
    LedgerRow { key, class, tier, in_m2: came, out_m2: went, net_m2: net }
}
