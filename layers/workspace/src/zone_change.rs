//! What an edit did to one zone, and its bytes in the log: bit for bit, so that undoing gives back
//! the very zone that was there.
//!
//! A log entry is a count, then per change the zone before and the zone after. A zone is a byte (0
//! none, 1 without, 2 with declared area), the declared area's bits, the other facts as JSON and the
//! shape as a GeoPackage geometry, each after its length. All numbers are little-endian.

use crate::content::zone_hash;
use crate::geometry;
use redline_zoning::{Zone, ZoneChange, ZoneFacts};

/// Whether two zones are the same to the bit: by facts and coordinates.
pub(crate) fn same(a: Option<&Zone>, b: Option<&Zone>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => zone_hash(a) == zone_hash(b),
        _ => false,
    }
}

/// The changes as the log keeps them.
pub(crate) fn encode(changes: &[ZoneChange], srs_id: i32) -> Vec<u8> {
    let mut out = (changes.len() as u32).to_le_bytes().to_vec();
    for change in changes {
        for zone in [&change.before, &change.after] {
            put_zone(&mut out, zone.as_ref(), srs_id);
        }
    }
    out
}

fn put_zone(out: &mut Vec<u8>, zone: Option<&Zone>, srs_id: i32) {
    let Some(zone) = zone else { return out.push(0) };
    match zone.facts.declared_m2 {
        None => out.push(1),
        Some(m2) => {
            out.push(2);
            out.extend(m2.to_le_bytes());
        }
    }
    let facts = ZoneFacts { declared_m2: None, ..zone.facts.clone() };
    // facts are strings only: they always have a JSON form
    let json = serde_json::to_vec(&facts).unwrap_or_default();
    for part in [json, geometry::encode(&zone.shape, srs_id)] {
        // SQLite holds no blob over 2^31 bytes, so lengths fit
        out.extend((part.len() as u32).to_le_bytes());
        out.extend(part);
    }
}

/// Reads them back; `None` where the bytes are not ours.
pub(crate) fn decode(bytes: &[u8]) -> Option<Vec<ZoneChange>> {
    let mut rest = bytes;
    let count = length(&mut rest)?;
    let mut changes = Vec::new();
    for _ in 0..count {
        changes.push(ZoneChange { before: take_zone(&mut rest)?, after: take_zone(&mut rest)? });
    }
    rest.is_empty().then_some(changes)
}

fn take_zone(rest: &mut &[u8]) -> Option<Option<Zone>> {
    let declared_m2 = match take::<1>(rest)? {
        [0] => return Some(None),
        [1] => None,
        [2] => Some(f64::from_le_bytes(take(rest)?)),
        _ => return None,
    };
    let facts: ZoneFacts = serde_json::from_slice(part(rest)?).ok()?;
    let shape = geometry::decode(part(rest)?).ok()?;
    Some(Some(Zone { facts: ZoneFacts { declared_m2, ..facts }, shape }))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}

fn length(rest: &mut &[u8]) -> Option<usize> {
    take(rest).map(|n| u32::from_le_bytes(n) as usize)
}

fn part<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let long = length(rest)?;
    let (taken, after) = rest.split_at_checked(long)?;
    *rest = after;
    Some(taken)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::common::*;
    use proptest::prelude::*;

    fn any_zone() -> impl Strategy<Value = Option<Zone>> {
        let numbers = (any::<f64>().prop_filter("finite", |x| x.is_finite()), any::<f64>());
        prop::option::of((numbers, prop::option::of(".*"), ".*").prop_map(|((x, m2), tier, word)| {
            let mut zone = square(&word, 0.0, 0.0, 100.0);
            zone.shape.0[0].exterior_mut(|ring| ring.0[1].x = x);
            zone.facts.declared_m2 = Some(m2).filter(|_| tier.is_some());
            zone.facts.attributes.insert(word.clone(), word);
            zone.facts.tier = tier;
            zone
        }))
    }

    proptest! {
        #[test]
        fn every_change_comes_back_bit_for_bit(pairs in prop::collection::vec((any_zone(), any_zone()), 0..4)) {
            let changes: Vec<_> = pairs.into_iter().map(|(before, after)| ZoneChange { before, after }).collect();
            let bytes = encode(&changes, 4526);
            let back = decode(&bytes).unwrap();
            prop_assert_eq!(encode(&back, 4526), bytes);
            for (a, b) in changes.iter().zip(&back) {
                prop_assert!(same(a.before.as_ref(), b.before.as_ref()) && same(a.after.as_ref(), b.after.as_ref()));
            }
        }

        #[test]
        fn a_cut_log_entry_is_refused(zone in any_zone(), cut in 0_usize..300) {
            let bytes = encode(&[ZoneChange { before: zone, after: None }], 4526);
            if cut < bytes.len() {
                prop_assert!(decode(&bytes[..cut]).is_none());
            }
        }
    }
}
