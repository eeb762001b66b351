//! The content of a layer as numbers: one hash over its zones, and its area sums.
//!
//! Both are taken in the order of zone ids, so that the order of a file changes neither, not even
//! in the last digit of a sum.

use redline_geometry::{Area, Shape};
use redline_zoning::{Zone, ZoneFacts};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use crate::layer::AreaGroup;

/// SHA-256 of a zone: every fact with its length before it, then polygons, rings and coordinates
/// (east, north, little-endian f64).
pub(crate) fn zone_hash(zone: &Zone) -> [u8; 32] {
    let mut hash = Sha256::new();
    let facts = &zone.facts;
    let number = |hash: &mut Sha256, n: usize| hash.update((n as u64).to_le_bytes());
    let words = |hash: &mut Sha256, s: &str| {
        hash.update((s.len() as u64).to_le_bytes());
        hash.update(s.as_bytes());
    };
    let maybe = |hash: &mut Sha256, s: &Option<String>| match s {
        Some(s) => {
            hash.update([1]);
            words(hash, s);
        }
        None => hash.update([0]),
    };
    words(&mut hash, &facts.id);
    words(&mut hash, &facts.name);
    for field in [&facts.class, &facts.tier, &facts.kind, &facts.code] {
        maybe(&mut hash, field);
    }
    match facts.declared_m2 {
        Some(m2) => {
            hash.update([1]);
            hash.update(m2.to_le_bytes());
        }
        None => hash.update([0]),
    }
    number(&mut hash, facts.attributes.len());
    for (field, value) in &facts.attributes {
        words(&mut hash, field);
        words(&mut hash, value);
    }
    hash_shape(&mut hash, &zone.shape);
    hash.finalize().into()
}

fn hash_shape(hash: &mut Sha256, shape: &Shape) {
    hash.update((shape.0.len() as u64).to_le_bytes());
    for polygon in &shape.0 {
        hash.update((1 + polygon.interiors().len() as u64).to_le_bytes());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            hash.update((ring.0.len() as u64).to_le_bytes());
            for c in &ring.0 {
                hash.update(c.x.to_le_bytes());
                hash.update(c.y.to_le_bytes());
            }
        }
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Class, tier, kind, code.
type Key = [Option<String>; 4];

struct Kept {
    id: Box<str>,
    hash: [u8; 32],
    area: Area,
    declared_m2: Option<f64>,
    group: u32,
}

/// Gathers what is needed of each zone while a layer is written; some hundred bytes a zone.
#[derive(Default)]
pub(crate) struct Gathering {
    kept: Vec<Kept>,
    groups: BTreeMap<Key, u32>,
}

/// What was gathered, in order.
pub(crate) struct Content {
    pub sha256: String,
    pub total: Area,
    pub groups: Vec<AreaGroup>,
    /// An id that two zones have.
    pub repeated: Option<String>,
}

impl Gathering {
    pub(crate) fn add(&mut self, facts: &ZoneFacts, hash: [u8; 32], area: Area) {
        let key = [facts.class.clone(), facts.tier.clone(), facts.kind.clone(), facts.code.clone()];
        let next = self.groups.len() as u32;
        let group = *self.groups.entry(key).or_insert(next);
        self.kept.push(Kept { id: facts.id.as_str().into(), hash, area, declared_m2: facts.declared_m2, group });
    }

    pub(crate) fn len(&self) -> u64 {
        self.kept.len() as u64
    }

    pub(crate) fn finish(mut self) -> Content {
        self.kept.sort_unstable_by(|a, b| (&a.id, &a.hash).cmp(&(&b.id, &b.hash)));
        let repeated = self.kept.windows(2).find(|w| w[0].id == w[1].id).map(|w| w[0].id.to_string());
        let mut hash = Sha256::new();
        let mut total = [Sum::default(); 2];
        let mut sums = vec![Sums::default(); self.groups.len()];
        for zone in &self.kept {
            hash.update(zone.hash);
            total[0].add(zone.area.ellipsoidal_m2);
            total[1].add(zone.area.planar_m2);
            sums[zone.group as usize].add(zone);
        }
        let groups = self.groups.into_iter().map(|([class, tier, kind, code], at)| {
            let s = &sums[at as usize];
            AreaGroup {
                class,
                tier,
                kind,
                code,
                features: s.features,
                declared_m2: s.declared.map(Sum::value),
                ellipsoidal_m2: s.ellipsoidal.value(),
                planar_m2: s.planar.value(),
            }
        });
        Content {
            sha256: hex(&hash.finalize()),
            total: Area { ellipsoidal_m2: total[0].value(), planar_m2: total[1].value() },
            groups: groups.collect(),
            repeated,
        }
    }
}

#[derive(Clone, Default)]
struct Sums {
    features: u64,
    declared: Option<Sum>,
    ellipsoidal: Sum,
    planar: Sum,
}

impl Sums {
    fn add(&mut self, zone: &Kept) {
        self.features += 1;
        self.ellipsoidal.add(zone.area.ellipsoidal_m2);
        self.planar.add(zone.area.planar_m2);
        if let Some(m2) = zone.declared_m2 {
            self.declared.get_or_insert_default().add(m2);
        }
    }
}

/// A sum that carries its rounding error along (Neumaier), so that a million parcels add up to
/// their city.
#[derive(Clone, Copy, Default)]
struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    fn add(&mut self, x: f64) {
        let t = self.sum + x;
        self.lost += if self.sum.abs() >= x.abs() { (self.sum - t) + x } else { (x - t) + self.sum };
        self.sum = t;
    }

    fn value(self) -> f64 {
        self.sum + self.lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(id: &str, code: &str) -> ZoneFacts {
        ZoneFacts { id: id.into(), code: Some(code.into()), ..ZoneFacts::default() }
    }

    #[test]
    fn the_order_of_zones_changes_neither_hash_nor_sums() {
        let zones: Vec<_> = (0..100_u8).map(|i| (format!("z{i}"), [i; 32], 0.1 * f64::from(i) + 1e9)).collect();
        let gather = |zones: &mut dyn Iterator<Item = &(String, [u8; 32], f64)>| {
            let mut g = Gathering::default();
            for (id, hash, m2) in zones {
                let code = if m2.to_bits() % 2 == 0 { "011" } else { "021" };
                g.add(&facts(id, code), *hash, Area { ellipsoidal_m2: *m2, planar_m2: -*m2 });
            }
            g.finish()
        };
        let (there, back) = (gather(&mut zones.iter()), gather(&mut zones.iter().rev()));
        assert_eq!(there.sha256, back.sha256);
        assert_eq!(there.total, back.total);
        assert_eq!(there.groups, back.groups);
        assert_eq!(there.groups.len(), 2);
    }

    #[test]
    fn an_id_that_two_zones_have_is_found() {
        let mut g = Gathering::default();
        for id in ["a", "b", "a"] {
            g.add(&facts(id, "1"), [0; 32], Area::default());
        }
        assert_eq!(g.finish().repeated.as_deref(), Some("a"));
    }

    #[test]
    fn a_fact_moved_to_the_next_field_changes_the_hash() {
        let zone = |name: &str, class: &str| Zone {
            facts: ZoneFacts { name: name.into(), class: Some(class.into()), ..ZoneFacts::default() },
            shape: Shape::new(vec![]),
        };
        assert_ne!(zone_hash(&zone("ab", "c")), zone_hash(&zone("a", "bc")));
    }

    #[test]
    fn small_parcels_are_not_lost_in_a_large_sum() {
        let mut sum = Sum::default();
        for x in [1e16, 1.0, 1.0, -1e16] {
            sum.add(x);
        }
        assert_eq!(sum.value(), 2.0);
    }
}
