//! One file a command: arguments to request, answer to page.

mod accepting;
mod areas;
mod atlas;
mod check;
mod diff;
mod export;
mod form;
mod impact;
mod import;
mod inspect;
mod map;
mod open;
mod report;
mod review_grounds;
mod review_page;
mod review_sums;
mod reviews;
mod rules;
mod sample;
mod sheet_words;

use crate::arguments::Command;
use crate::session::{Failure, Session};

/// Runs one command; the exit code of the contract.
///
/// # Errors
/// When the command has no result; the sentence says why.
pub fn run(command: &Command, session: &Session) -> Result<u8, Failure> {
    match command {
        Command::Sample(arguments) => sample::run(arguments, session),
        Command::Import(arguments) => import::run(arguments, session),
        Command::Inspect(arguments) => inspect::run(arguments, session),
        Command::Check(arguments) => check::run(arguments, session),
        Command::Open(arguments) => open::run(arguments, session),
        Command::Areas(arguments) => areas::run(arguments, session),
        Command::Diff(arguments) => diff::run(arguments, session),
        Command::Impact(arguments) => impact::run(arguments, session),
        Command::Export(arguments) => export::run(arguments, session),
        Command::Rules(arguments) => rules::run(arguments, session),
        Command::Activities(arguments) => rules::activities(arguments, session),
        Command::Map(arguments) => map::run(arguments, session),
        Command::Atlas(arguments) => atlas::run(arguments, session),
        Command::Report(arguments) => report::run(arguments, session),
        Command::Reviews(arguments) => reviews::run(arguments, session),
    }
}
