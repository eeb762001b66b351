//! Things that belong together, joined two by two (union by halving paths: Tarjan & van Leeuwen 1984).

/// Numbers 0 up to a count in groups, each group named by its least number.
pub(crate) struct Groups(Vec<usize>);

impl Groups {
    /// Every number in a group of its own.
    pub(crate) fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    /// The name of a number's group.
    pub(crate) fn of(&mut self, mut n: usize) -> usize {
        while self.0[n] != n {
            self.0[n] = self.0[self.0[n]];
            n = self.0[n];
        }
        n
    }

    /// Makes the groups of two numbers one.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b)] = a.min(b);
    }
}
