//! What was used last, within a bound.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Values by key, the least recently used dropped once their weights exceed a bound.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    most: usize,
    weight: usize,
    clock: u64,
    values: HashMap<K, (V, usize, u64)>,
    by_use: BTreeMap<u64, K>,
}

impl<K: Copy + Eq + Hash, V: Clone> Recent<K, V> {
    /// Nothing yet, and at most `most` in weight.
    pub(crate) fn new(most: usize) -> Recent<K, V> {
        Recent { most, weight: 0, clock: 0, values: HashMap::new(), by_use: BTreeMap::new() }
    }

    /// A value, which is now the most recent.
    pub(crate) fn get(&mut self, key: K) -> Option<V> {
        self.clock += 1;
        let (value, _, used) = self.values.get_mut(&key)?;
        self.by_use.remove(used);
        *used = self.clock;
        self.by_use.insert(self.clock, key);
        Some(value.clone())
    }

    /// Keeps a value; one that is heavier than the bound is not kept.
    pub(crate) fn put(&mut self, key: K, value: V, weight: usize) {
        if weight > self.most {
            return;
        }
        self.clock += 1;
        if let Some((_, old, used)) = self.values.insert(key, (value, weight, self.clock)) {
            self.weight -= old;
            self.by_use.remove(&used);
        }
        self.by_use.insert(self.clock, key);
        self.weight += weight;
        while self.weight > self.most {
            let Some((_, oldest)) = self.by_use.pop_first() else { break };
            if let Some((_, gone, _)) = self.values.remove(&oldest) {
                self.weight -= gone;
            }
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.values.clear();
        self.by_use.clear();
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
        assert_eq!(recent.get(4), None);
        recent.put(0, 9, 1);
        assert_eq!((recent.get(0), recent.weight), (Some(9), 8));
    }
}
