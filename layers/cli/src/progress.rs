//! Progress on a terminal, and Ctrl-C.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use redline_engine::Progress;
use redline_wording::{Lang, Text};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Set by Ctrl-C; long work looks at it between steps and ends with nothing changed.
static CANCELLED: AtomicBool = AtomicBool::new(false);

/// How long work may take to end by itself after Ctrl-C before the process does.
const PATIENCE: Duration = Duration::from_secs(3);

/// The shell's code for a command ended by Ctrl-C.
pub const CANCELLED_CODE: u8 = 130;

/// Lets Ctrl-C ask long work to stop. Work that does not look within three seconds, and a second
/// Ctrl-C, end the process: files are renamed into place whole and the workspace is written in
/// transactions, so nothing is half-written either way.
pub fn listen_for_ctrl_c(lang: Lang) {
    let handler = move || {
        if CANCELLED.swap(true, Ordering::SeqCst) {
            std::process::exit(CANCELLED_CODE.into());
        }
        eprintln!();
        eprintln!(
            "{}",
            match lang {
                Lang::Zh => "正在取消……（再按一次 Ctrl-C 立即停止）",
                Lang::En => "Cancelling… (Ctrl-C once more stops at once)",
            }
        );
        std::thread::spawn(|| {
            std::thread::sleep(PATIENCE);
            std::process::exit(CANCELLED_CODE.into());
        });
    };
    // Without a handler Ctrl-C ends the process as the system does; nothing is lost by that.
    let _ = ctrlc::set_handler(handler);
}

/// Whether Ctrl-C was pressed.
pub fn cancelled() -> bool {
    CANCELLED.load(Ordering::SeqCst)
}

/// One bar on standard error, or nothing where that is no terminal or nobody wants it.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    lang: Lang,
}

impl Bar {
    /// A bar in `lang`; hidden when `quiet` or when standard error is no terminal.
    pub fn new(lang: Lang, quiet: bool) -> Bar {
        let shown = !quiet && std::io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Bar { bar: ProgressBar::with_draw_target(None, target), lang }
    }
}

impl Progress for Bar {
    fn stage(&self, what: &Text, total: Option<u64>) {
        // Templates are constant and tested; a style that cannot be made leaves indicatif's own.
        let template = match total {
            Some(_) => "{msg} {wide_bar:.cyan/dim} {human_pos}/{human_len} {eta}",
            None => "{spinner} {msg} {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("━━─"));
        }
        match total {
            Some(total) => self.bar.set_length(total),
            None => self.bar.unset_length(),
        }
        self.bar.set_position(0);
        self.bar.reset_eta();
        self.bar.set_message(what.get(self.lang).to_string());
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn advance(&self, steps: u64) {
        self.bar.inc(steps);
    }

    fn cancelled(&self) -> bool {
        cancelled()
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
