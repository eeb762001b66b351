//! What was used lately, within a bound.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Values by key. Once their weights exceed a bound, those that were not used since the last round are
/// dropped first ("clock"): nearly as good as strict order of use, at no cost where a value is found.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    most: usize,
    weight: usize,
    values: HashMap<K, Kept<V>, BuildHasherDefault<Mix>>,
    /// Keys in the order in which they will be looked at.
    round: VecDeque<K>,
}

/// Mixes the numbers that keys are made of: thousands are looked up for one tile, and nobody chooses
/// them to collide.
#[derive(Clone, Copy, Debug, Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        // the map looks at the top bits and the low ones
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.write_u64(u64::from(*b)));
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        // the golden ratio in 64 bits, as Fibonacci hashing takes it
        self.0 = (self.0.rotate_left(23) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_i64(&mut self, n: i64) {
        self.write_u64(n as u64);
    }
}

#[derive(Debug)]
struct Kept<V> {
    value: V,
    weight: usize,
    used: bool,
}

impl<K: Copy + Eq + Hash, V: Clone> Recent<K, V> {
    /// Nothing yet, and at most `most` in weight.
    pub(crate) fn new(most: usize) -> Recent<K, V> {
        Recent { most, weight: 0, values: HashMap::default(), round: VecDeque::new() }
    }

    /// A value, which has now been used.
    pub(crate) fn get(&mut self, key: K) -> Option<V> {
        let kept = self.values.get_mut(&key)?;
        kept.used = true;
        Some(kept.value.clone())
    }

    /// Keeps a value; one that is heavier than the bound is not kept.
    pub(crate) fn put(&mut self, key: K, value: V, weight: usize) {
        if weight > self.most {
            return;
        }
        match self.values.insert(key, Kept { value, weight, used: false }) {
            Some(old) => self.weight -= old.weight,
            None => self.round.push_back(key),
        }
        self.weight += weight;
        while self.weight > self.most {
            let Some(next) = self.round.pop_front() else { break };
            match self.values.get_mut(&next) {
                Some(kept) if kept.used => {
                    kept.used = false;
                    self.round.push_back(next);
                }
                _ => self.weight -= self.values.remove(&next).map_or(0, |gone| gone.weight),
            }
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.values.clear();
        self.round.clear();
        self.weight = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_lately_goes_first() {
        let mut recent = Recent::new(10);
        for k in 0..3 {
            recent.put(k, k, 3);
        }
        assert_eq!(recent.get(0), Some(0));
        recent.put(3, 3, 4);
        assert_eq!((recent.get(0), recent.get(1), recent.get(2)), (Some(0), None, Some(2)));
        recent.put(4, 4, 11);
        assert_eq!(recent.get(4), None, "it is heavier than all there is room for");
        recent.put(0, 9, 1);
        assert_eq!((recent.get(0), recent.weight), (Some(9), 8));
    }
}
