//! What every front with a page needs: the folders of the machine, the tasks a page starts and
//! cancels, and the page itself served on loopback for desktops that cannot run the window.
//!
//! Nothing is decided here about plots, zones or rules: bytes go to the [desk](redline_engine::Desk)
//! and come back.

mod folders;
#[cfg(feature = "loopback")]
mod loopback;
mod tasks;

use redline_wording::Lang;

pub use folders::{Places, places};
#[cfg(feature = "loopback")]
pub use loopback::Loopback;
pub use tasks::{Canceller, Task, Tasks, guarded, refusal};

/// The variable by which the command tells the window's program the language that was asked for.
pub const LANGUAGE: &str = "REDLINE_LANG";

/// The language that was asked for when the program was started; `None`: the remembered one.
pub fn language() -> Option<Lang> {
    let asked = std::env::var(LANGUAGE).ok()?;
    [Lang::Zh, Lang::En].into_iter().find(|lang| lang.code() == asked)
}

/// The machine's clock, in its own time zone.
pub fn clock() -> jiff::Zoned {
    jiff::Zoned::now()
}
