//! Reports and comparisons as papers. The command `redline` lays them out in a process of its own: the
//! window stays small and never waits for it, and a person who has seen enough ends it.

use super::wire::*;
use super::{Desk, exporting, held};
use crate::EngineError;
use crate::commands::check_work::cancelled;
use crate::files::allowed;
use crate::ground::file_name;
use crate::progress::Progress;
use redline_wording::{Lang, Text, io_reason, text};
use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How often the command is asked whether it is done.
const OFTEN: Duration = Duration::from_millis(30);

/// Writes the report of a held review.
pub(super) fn export_report(
    desk: &Desk,
    asked: ExportReport,
    progress: &dyn Progress,
) -> Result<PaperWritten, EngineError> {
    let city = desk.city()?;
    let held = held::held(desk, asked.review)?;
    let path = match asked.path {
        Some(path) => path,
        None => exporting::outbox(desk)?.join(exporting::name(&held.record, ending(asked.format))),
    };
    let record = tempfile::Builder::new().prefix("review-").suffix(".json").tempfile_in(desk.scratch());
    let record = record.map_err(|e| unwritable(&e))?;
    std::fs::write(record.path(), held.record.to_json()?).map_err(|e| unwritable(&e))?;
    let mut line = Line::new("report", asked.lang);
    line.push(record.path());
    line.give("workspace", city.path());
    line.give("output", &path);
    if !asked.title.trim().is_empty() {
        line.give("title", &asked.title);
    }
    line.give("unit", &asked.unit);
    line.give("number", &asked.number);
    line.give("secrecy", &asked.secrecy);
    if let Some(who) = &asked.decided_by {
        line.give("decided-by", who);
    }
    if !asked.maps {
        line.push("--no-maps");
    }
    progress.stage(&text!("排版报告" | "laying out the report"), None);
    line.run(path, progress)
}

/// Writes a comparison of two revisions.
pub(super) fn export_changes(
    desk: &Desk,
    asked: ExportChanges,
    progress: &dyn Progress,
) -> Result<PaperWritten, EngineError> {
    let city = desk.city()?;
    let (from, to) = (format!("r{}", asked.from), format!("r{}", asked.to));
    let path = match asked.path {
        Some(path) => path,
        None => {
            let title = city.layers().iter().find(|layer| layer.name == asked.layer).map(|layer| layer.title.as_str());
            let stem = allowed(title.unwrap_or(&asked.layer));
            exporting::outbox(desk)?.join(format!("{stem}-{from}-{to}.{}", ending(asked.format)))
        }
    };
    let mut line = Line::new("diff", asked.lang);
    line.push(&from);
    line.push(&to);
    line.give("workspace", city.path());
    line.give("layer", &asked.layer);
    line.give("output", &path);
    line.give("unit", &asked.unit);
    line.give("number", &asked.number);
    line.give("secrecy", &asked.secrecy);
    progress.stage(&text!("排版比较" | "laying out the comparison"), None);
    line.run(path, progress)
}

fn ending(format: ReportFormat) -> &'static str {
    match format {
        ReportFormat::Pdf => "pdf",
        ReportFormat::Docx => "docx",
    }
}

/// A line of the command. Values stand behind their option's equals sign, so that none is read as an
/// option.
struct Line {
    words: Vec<OsString>,
    lang: Lang,
}

impl Line {
    fn new(command: &str, lang: Lang) -> Line {
        let lang_word = match lang {
            Lang::Zh => "--lang=zh",
            Lang::En => "--lang=en",
        };
        Line { words: vec![command.into(), lang_word.into()], lang }
    }

    fn push(&mut self, word: impl AsRef<OsStr>) {
        self.words.push(word.as_ref().to_owned());
    }

    fn give(&mut self, option: &str, value: impl AsRef<OsStr>) {
        let mut word = OsString::from(format!("--{option}="));
        word.push(value);
        self.words.push(word);
    }

    /// Runs the command and waits for it; it is ended when the person asks.
    fn run(self, path: PathBuf, progress: &dyn Progress) -> Result<PaperWritten, EngineError> {
        let command = command()?;
        let child = Command::new(&command)
            .args(&self.words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            // its sentences are read here: no colours in them
            .env("NO_COLOR", "1")
            .env_remove("CLICOLOR_FORCE")
            .spawn()
            .map_err(|e| not_started(&command, &e))?;
        let mut child = Running { child, path: path.clone() };
        // read at its side: a full pipe would stop the command
        let said = child.child.stderr.take().map(|mut stderr| {
            std::thread::spawn(move || {
                let mut said = Vec::new();
                // what cannot be read is not told; the command's end is
                let _ = stderr.read_to_end(&mut said);
                String::from_utf8_lossy(&said).into_owned()
            })
        });
        let done = waited_for(&mut child, progress)?;
        let said = said.and_then(|thread| thread.join().ok()).unwrap_or_default();
        let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
        if !done {
            let mark = match self.lang {
                Lang::Zh => "错误：",
                Lang::En => "Error: ",
            };
            let why = lines().find_map(|line| line.strip_prefix(mark)).or(lines().next_back()).unwrap_or("redline");
            return Err(EngineError::new("paper-not-made", Text::same(why)));
        }
        let bytes = std::fs::metadata(&path).map_err(|e| unwritable(&e))?.len();
        // the last line says where it went, which the answer says too
        let remarks: Vec<&str> = lines().collect();
        let remarks =
            remarks.split_last().map_or(Vec::new(), |(_, rest)| rest.iter().map(|words| Text::same(*words)).collect());
        Ok(PaperWritten { file: Exported { name: file_name(&path), bytes, path }, remarks })
    }
}

/// The command at work. Whoever leaves it ends it.
struct Running {
    child: Child,
    path: PathBuf,
}

impl Drop for Running {
    fn drop(&mut self) {
        // one that has ended cannot be killed, and needs not
        let _ = self.child.kill();
        let _ = self.child.wait();
        // what it had begun beside the place: `.NAME.PID.part`
        if let Some(name) = self.path.file_name() {
            let mut part = OsString::from(".");
            part.push(name);
            part.push(format!(".{}.part", self.child.id()));
            let _ = std::fs::remove_file(self.path.with_file_name(part));
        }
    }
}

/// Whether the command did its work.
fn waited_for(running: &mut Running, progress: &dyn Progress) -> Result<bool, EngineError> {
    loop {
        match running.child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if progress.cancelled() => return Err(cancelled()),
            Ok(None) => std::thread::sleep(OFTEN),
            Err(e) => return Err(unwritable(&e)),
        }
    }
}

/// The command: this very program, or the one beside it.
fn command() -> Result<PathBuf, EngineError> {
    let name = format!("redline{}", std::env::consts::EXE_SUFFIX);
    let here = std::env::current_exe().map_err(|e| not_started(Path::new(&name), &e))?;
    let beside = here.with_file_name(&name);
    if beside.is_file() { Ok(beside) } else { Err(not_started(&beside, &std::io::ErrorKind::NotFound.into())) }
}

fn not_started(command: &Path, error: &std::io::Error) -> EngineError {
    let Text { zh, en } = io_reason(error);
    let shown = command.display();
    EngineError::new(
        "command-not-started",
        text!(
            "排版报告的程序 {shown} 启动不了：{zh}。请重新安装红线。"
                | "The program that lays reports out, {shown}, cannot be started: {en}. Install Redline again."
        ),
    )
}

fn unwritable(error: &std::io::Error) -> EngineError {
    let Text { zh, en } = io_reason(error);
    EngineError::new(
        "export-unwritable",
        text!("报告没有写成：{zh}。请换一个位置。" | "The paper was not written: {en}. Choose another place."),
    )
}
