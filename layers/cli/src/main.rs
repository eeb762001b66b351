//! The command `redline`: reads arguments, asks the engine, prints pages.
//!
//! Messages go to standard error, results to standard output, so that a result can be piped while a
//! person still reads what happened. Nothing is decided here about plots, zones or rules.

mod arguments;
mod commands;
mod page;
mod progress;
mod session;
mod speech;

use arguments::Arguments;
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};
use redline_wording::{Lang, Text};
use session::{Failure, Session};
use std::ffi::OsString;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// A file could not be used, or the usage was wrong.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let lang = speech::language(&words, speech::locale().as_deref());
    own_up_to_panics(lang);
    let code = catch_unwind(AssertUnwindSafe(|| start(words, lang))).unwrap_or(UNUSABLE);
    ExitCode::from(code)
}

/// A panic is a fault of this program: one sentence, what to do, and where it was; no backtrace of
/// ours on a person's screen unless they ask for it.
fn own_up_to_panics(lang: Lang) {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::env::var_os("RUST_BACKTRACE").is_some() {
            usual(panic);
        }
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let sentence = match lang {
            Lang::Zh => format!(
                "程序内部出错（{place}），没有写入任何结果。这是本程序的缺陷：请把所用命令和这一行报告给维护者。"
            ),
            Lang::En => format!(
                "An internal error ({place}); no result was written. This is a fault of the program: please report the command and this line to its maintainers."
            ),
        };
        let _ = writeln!(std::io::stderr(), "{sentence}");
    }));
}

fn start(words: Vec<OsString>, lang: Lang) -> u8 {
    let command = speech::in_language(Arguments::command(), lang);
    let help = speech::help_for(&words, &command);
    let read = command.try_get_matches_from(words).and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match read {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, &help, lang),
    };
    let lang = arguments.common.lang.map_or(lang, Lang::from);
    let mut session = Session::new(lang, arguments.common.quiet);
    session.asked = arguments.common.lang.map(Lang::from);
    progress::listen_for_ctrl_c(lang);
    if let Some(threads) = arguments.common.threads {
        // Fails only where a pool is running already, and none is this early.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    match commands::run(&arguments.command, &session) {
        Ok(code) => code,
        Err(Failure::NobodyReads) => 0,
        Err(Failure::Cancelled) => {
            session.error(&Text::new("已取消，没有写入任何结果。", "Cancelled; no result was written."));
            progress::CANCELLED_CODE
        }
        Err(Failure::Sentence(words)) => {
            session.error(&words);
            UNUSABLE
        }
    }
}

/// Help and version are results; everything else is a wrong usage, told in a sentence.
fn usage(error: &clap::Error, help: &str, lang: Lang) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe after `--help | head` is no error.
            let _ = error.print();
            0
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            UNUSABLE
        }
        _ => {
            let _ = writeln!(std::io::stderr(), "{}", page::clean(&speech::usage_sentence(error, help, lang)));
            UNUSABLE
        }
    }
}
