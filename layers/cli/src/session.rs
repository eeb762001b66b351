//! What holds while one command runs: language, streams, and how results reach them.

use crate::page::{Colours, Ink, Page};
use crate::progress::Bar;
use redline_engine::EngineError;
use redline_wording::{Lang, Text, io_reason, text};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Width of tables that go to a file or a pipe.
const PIPE_WIDTH: usize = 120;
/// Tables are readable from this width on …
const NARROWEST: usize = 80;
/// … and are not stretched beyond this one.
const WIDEST: usize = 160;

/// Why a command ended without its result.
#[derive(Debug)]
pub enum Failure {
    /// A sentence for the person; exit code 2.
    Sentence(Text),
    /// Ctrl-C; exit code 130.
    Cancelled,
    /// Whoever read standard output stopped reading (`| head`): nothing is left to say.
    NobodyReads,
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Failure {
        if error.code == "cancelled" { Failure::Cancelled } else { Failure::Sentence(error.text) }
    }
}

/// One run of the command.
#[derive(Debug)]
pub struct Session {
    /// Language of everything written.
    pub lang: Lang,
    /// The language asked for by name, which programs started from here begin in too.
    pub asked: Option<Lang>,
    quiet: bool,
    width: usize,
    colours: Colours,
    error_colours: Colours,
    stdout_is_terminal: bool,
}

impl Session {
    /// A session on the process's own streams.
    pub fn new(lang: Lang, quiet: bool) -> Session {
        let variable = |name: &str| std::env::var(name).ok();
        let stdout_is_terminal = io::stdout().is_terminal();
        let columns = variable("COLUMNS").and_then(|columns| columns.parse::<usize>().ok());
        let seen = if stdout_is_terminal {
            terminal_size::terminal_size().map(|(terminal_size::Width(width), _)| usize::from(width))
        } else {
            None
        };
        Session {
            lang,
            asked: None,
            quiet,
            width: columns.or(seen).unwrap_or(PIPE_WIDTH).clamp(NARROWEST, WIDEST),
            colours: Colours::choose(stdout_is_terminal, variable),
            error_colours: Colours::choose(io::stderr().is_terminal(), variable),
            stdout_is_terminal,
        }
    }

    /// A page for standard output.
    pub fn page(&self) -> Page {
        Page::new(self.lang, self.width, self.colours)
    }

    /// A page for a file: no colours, a width that fits a landscape sheet.
    pub fn page_for_file(&self) -> Page {
        Page::new(self.lang, PIPE_WIDTH, Colours::None)
    }

    /// Whether a person reads standard output.
    pub fn read_by_person(&self) -> bool {
        self.stdout_is_terminal
    }

    /// A progress bar.
    pub fn bar(&self) -> Bar {
        Bar::new(self.lang, self.quiet)
    }

    /// A remark on standard error, unless `--quiet`.
    pub fn remark(&self, words: &Text) {
        if !self.quiet {
            // A closed standard error leaves nobody to tell.
            let _ = writeln!(io::stderr(), "{}", crate::page::clean(words.get(self.lang)));
        }
    }

    /// An error on standard error.
    pub fn error(&self, words: &Text) {
        let mark = match self.lang {
            Lang::Zh => "错误：",
            Lang::En => "Error: ",
        };
        let mark = self.error_colours.paint(Ink::Error, mark);
        let _ = writeln!(io::stderr(), "{mark}{}", crate::page::clean(words.get(self.lang)));
    }

    /// `bytes` to standard output.
    ///
    /// # Errors
    /// [`Failure::NobodyReads`] when the reader is gone; a sentence when the disk behind a
    /// redirection is full.
    pub fn print(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::NobodyReads,
            _ => {
                let Text { zh, en } = io_reason(&error);
                Failure::Sentence(text!(
                    "标准输出写不进去：{zh}。请检查磁盘空间或输出重定向后再试。"
                        | "Standard output cannot be written: {en}. Check the disk or the redirection and try again."
                ))
            }
        })
    }

    /// `bytes` to `output`, whole or not at all: beside it first, then renamed into place.
    ///
    /// # Errors
    /// A sentence when `output` is one of `inputs` (which must not be overwritten), is a folder, or
    /// cannot be written.
    pub fn write(&self, bytes: &[u8], output: &Path, inputs: &[&Path]) -> Result<(), Failure> {
        let shown = output.display();
        if inputs.iter().any(|input| same_file(input, output)) {
            return Err(Failure::Sentence(text!(
                "--output {shown} 是本次的输入文件，不会覆盖它。请换一个文件名。"
                    | "--output {shown} is an input of this run and is not overwritten. Choose another name."
            )));
        }
        if output.is_dir() {
            return Err(Failure::Sentence(text!(
                "--output {shown} 是文件夹。请给出文件名。" | "--output {shown} is a folder. Name a file."
            )));
        }
        if redline_engine::is_workspace(output) {
            return Err(Failure::Sentence(text!(
                "--output {shown} 是工作空间，不会覆盖它。请换一个文件名。"
                    | "--output {shown} is a workspace and is not overwritten. Choose another name."
            )));
        }
        put_in_place(bytes, output).map_err(|error| {
            Failure::Sentence(match error.kind() {
                io::ErrorKind::NotFound => text!(
                    "--output {shown}：所在文件夹不存在。请先建立文件夹。"
                    | "--output {shown}: its folder does not exist. Make the folder first."
                ),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => text!(
                    "--output {shown}：没有写入权限。请换一个位置。"
                    | "--output {shown}: no permission to write. Choose another place."
                ),
                io::ErrorKind::StorageFull => text!(
                    "--output {shown}：磁盘已满，没有写入。请腾出空间或换一个位置。"
                    | "--output {shown}: the disk is full; nothing was written. Free some space or choose another place."
                ),
                _ => {
                    let Text { zh, en } = io_reason(&error);
                    text!(
                        "--output {shown} 写不进去：{zh}。请换一个位置。"
                            | "--output {shown} cannot be written: {en}. Choose another place."
                    )
                }
            })
        })
    }
}

/// Whether both names lead to one file that is there.
fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// Removes the unfinished file when writing ends early.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Renamed into place it is no longer there, which is what was wanted.
        let _ = std::fs::remove_file(&self.0);
    }
}

fn put_in_place(bytes: &[u8], output: &Path) -> io::Result<()> {
    let name = output.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.part", std::process::id()));
    let unfinished = Unfinished(output.with_file_name(beside));
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&unfinished.0)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&unfinished.0, output)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn session() -> Session {
        Session::new(Lang::En, true)
    }

    fn sentence(result: Result<(), Failure>) -> String {
        match result {
            Err(Failure::Sentence(words)) => words.en,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_result_file_is_written_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("压占.json");
        std::fs::write(&output, "old").unwrap();
        session().write(b"new", &output, &[]).unwrap();
        assert_eq!(std::fs::read(&output).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_input_is_never_overwritten_by_the_result() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("plots.txt");
        std::fs::write(&input, "plots").unwrap();
        let roundabout = folder.path().join(".").join("plots.txt");
        let said = sentence(session().write(b"result", &roundabout, &[&input]));
        assert!(said.contains("not overwritten"), "{said}");
        assert_eq!(std::fs::read(&input).unwrap(), b"plots");
    }

    #[test]
    fn a_folder_that_is_missing_or_in_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let said = sentence(session().write(b"x", &folder.path().join("no/such.json"), &[]));
        assert!(said.contains("does not exist"), "{said}");
        let said = sentence(session().write(b"x", folder.path(), &[]));
        assert!(said.contains("is a folder"), "{said}");
    }
}
