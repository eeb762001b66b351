//! End to end: the built command, peers' cases.
