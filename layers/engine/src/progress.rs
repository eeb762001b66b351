//! Progress and cancelling of long work, whatever the front.

use redline_wording::Text;

/// What a front gives a long command: it is told what goes on, and is asked whether to stop.
/// Called from several threads.
pub trait Progress: Sync {
    /// A new stage begins: `what`, and how many steps it has where that is known.
    fn stage(&self, what: &Text, total: Option<u64>);
    /// `steps` more steps of the stage are done.
    fn advance(&self, steps: u64);
    /// Whether the person asked to stop; the command then ends with `cancelled`, nothing changed.
    fn cancelled(&self) -> bool;
}

/// Shows nothing and never stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &Text, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
    fn cancelled(&self) -> bool {
        false
    }
}
