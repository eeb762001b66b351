//! Keeping a review in the workspace, with every file it was made from.

use crate::EngineError;
use crate::commands::check::{CheckRequest, Saved};
use crate::commands::rules::load_rules;
use crate::input::{Input, opinion_options, read_all};
use crate::progress::Silent;
use crate::review::Review;
use redline_formats::{ReadOptions, content_sha256, read_project};
use redline_wording::text;
use redline_workspace::{ReviewFile, ReviewRecord, Workspace};
use redline_zoning::RuleBook;
use std::path::{Path, PathBuf};

/// Keeps `review` with its project files, opinions, activity table and a rule book of the city's own.
///
/// # Errors
/// When a file changed since it was judged, cannot be read again, or the workspace cannot be
/// written; nothing is kept then.
pub(crate) fn keep(
    request: &CheckRequest,
    review: &Review,
    inputs: &[Input],
    opinions: &[Vec<PathBuf>],
    options: &ReadOptions,
) -> Result<Saved, EngineError> {
    // the name of a built-in book is that book, whatever lies beside
    let own = |book: &&str| RuleBook::builtin(book).is_none();
    let own_book = request.rules.as_deref().filter(own).map(Path::new).filter(|book| book.is_file());
    let paths = inputs
        .iter()
        .filter_map(|input| input.read.as_ref().ok())
        .flat_map(|file| file.members.iter().map(PathBuf::as_path))
        .chain(opinions.iter().flatten().map(PathBuf::as_path))
        .chain(request.activities.as_deref())
        .chain(own_book);
    let mut files = Vec::new();
    for path in paths {
        let bytes = std::fs::read(path).map_err(|e| cannot_archive(path, &e))?;
        files.push(ReviewFile::new(crate::ground::file_name(path), bytes));
    }
    // after the reading: what changed before it, or during it, differs from what was judged
    unchanged(request, inputs, options)?;
    if let (Some(path), Some(table)) = (&request.activities, &review.activity.table)
        && content_sha256(std::slice::from_ref(path)).map_or(true, |now| now != table.sha256)
    {
        return Err(changed_meanwhile(&table.file));
    }
    if let Some(path) = own_book
        && load_rules(&path.to_string_lossy()).map_or(true, |book| book.sha256() != review.rule_book.sha256)
    {
        return Err(changed_meanwhile(&crate::ground::file_name(path)));
    }
    for (record, members) in review.activity.opinions.iter().zip(opinions) {
        let same = content_sha256(members).is_ok_and(|now| now == record.sha256);
        // the hash of an archive's member is not the archive's
        let member = || match members.as_slice() {
            [archive] => read_project(archive, &opinion_options(options))
                .is_ok_and(|files| files.iter().any(|file| file.sha256 == record.sha256)),
            _ => false,
        };
        if !same && !member() {
            return Err(changed_meanwhile(&record.file));
        }
    }
    files.sort_by(|a, b| (&a.name, &a.sha256).cmp(&(&b.name, &b.sha256)));
    files.dedup_by(|a, b| (&a.name, &a.sha256) == (&b.name, &b.sha256));
    let title = review.projects.iter().map(|p| p.file.as_str()).collect::<Vec<_>>().join("、");
    let mut workspace = Workspace::open_for_editing(&request.workspace)?;
    let json = review.to_json()?.into_bytes();
    let record = ReviewRecord::new(request.date, review.outcome, title, review.engine_version.clone(), json, files);
    let saved = workspace.save_review(&record)?;
    Ok(Saved { id: saved.id, already: saved.already, left_out: saved.left_out })
}

/// The bytes kept must be the bytes judged. A file's hash is over its members; that of an archive's
/// member is not, so where hashes differ the files are read once more before anything is refused.
fn unchanged(request: &CheckRequest, inputs: &[Input], options: &ReadOptions) -> Result<(), EngineError> {
    let same = |input: &Input| match &input.read {
        Ok(file) => content_sha256(&file.members).is_ok_and(|now| now == file.sha256),
        Err(_) => true,
    };
    if inputs.iter().all(same) {
        return Ok(());
    }
    let again = read_all(&request.files, options, &Silent)?.files;
    let differs = inputs.iter().zip(&again).find(|(a, b)| (a.name(), a.sha256()) != (b.name(), b.sha256()));
    let changed = match differs {
        Some((input, _)) => input.name(),
        None if again.len() != inputs.len() => "…",
        None => return Ok(()),
    };
    Err(changed_meanwhile(changed))
}

fn changed_meanwhile(changed: &str) -> EngineError {
    EngineError::new(
        "file-changed",
        text!(
            "{changed}：文件在审查过程中被改动；审查未保存，请重新审查。"
                | "{changed}: the file changed while it was being reviewed; the review was not saved, check it again."
        ),
    )
}

fn cannot_archive(path: &Path, error: &std::io::Error) -> EngineError {
    let file = crate::ground::file_name(path);
    EngineError::new("cannot-archive", {
        let redline_wording::Text { zh, en } = redline_wording::io_reason(error);
        text!(
            "{file}：读不出来，无法随审查归档（{zh}）；审查未保存，请确认文件仍在后重试。"
                | "{file}: cannot be read to be kept with the review ({en}); the review was not saved, see that the file is still there and try again."
        )
    })
}
