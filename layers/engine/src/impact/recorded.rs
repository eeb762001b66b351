//! A review kept in the workspace, made ready to be judged again: its files unpacked, its request
//! rebuilt from its record.

use crate::EngineError;
use crate::commands::check::{AcceptedNote, CheckRequest, OpinionFile};
use crate::commands::rules::{load_rules, rule_book};
use crate::review::Review;
use redline_formats::Axes;
use redline_wording::{Text, text};
use redline_workspace::{ReviewFile, Workspace};
use redline_zoning::RuleBook;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a File Geodatabase's folder holds, by extension.
const GEODATABASE: [&str; 8] = ["gdbtable", "gdbtablx", "gdbindexes", "atx", "spx", "freelist", "horizon", "gdb"];

/// A review ready to be judged again.
pub(super) struct Recorded {
    /// The request that would make it, with the unpacked files.
    pub request: CheckRequest,
    /// What is otherwise than when it was made.
    pub notes: Vec<Text>,
    /// Holds the files.
    _folder: tempfile::TempDir,
}

impl Recorded {
    /// Unpacks the files of `review`, kept under `id`.
    ///
    /// # Errors
    /// `review-file-left-out` where a file was too large to be kept; `review-files-alike` where two
    /// files of one name were kept, since which sidecar belongs to which is not told;
    /// `review-file-missing`; `cannot-unpack` where the temporary folder cannot be written.
    pub fn of(workspace: &Workspace, id: &str, review: &Review) -> Result<Recorded, EngineError> {
        let kept = workspace.review(id)?;
        let folder = tempfile::tempdir().map_err(|e| cannot_unpack(&e))?;
        let mut names = BTreeSet::new();
        for file in &kept.files {
            if !names.insert(file.name.as_str()) {
                return Err(alike(&file.name));
            }
            unpack(folder.path(), file)?;
        }
        let mut places: BTreeSet<&str> = names;
        let folders = review.projects.iter().map(|p| first_part(&p.file)).filter(|n| is_geodatabase(n));
        for project in folders {
            places.insert(project);
            let inside = folder.path().join(project);
            std::fs::create_dir_all(&inside).map_err(|e| cannot_unpack(&e))?;
            for file in kept.files.iter().filter(|f| of_geodatabase(&f.name)) {
                unpack(&inside, file)?;
            }
        }
        let place = |name: &str| -> Result<PathBuf, EngineError> {
            // a name of the record leads nowhere but to what was unpacked
            let there = places.get(first_part(name)).map(|known| folder.path().join(known));
            there.filter(|path| path.exists()).ok_or_else(|| missing(name))
        };

        let mut opinions: BTreeMap<PathBuf, String> = BTreeMap::new();
        for opinion in &review.activity.opinions {
            opinions.insert(place(&opinion.file)?, opinion.kind.clone());
        }
        let files: BTreeSet<PathBuf> =
            review.projects.iter().filter(|p| p.error.is_none()).map(|p| place(&p.file)).collect::<Result<_, _>>()?;
        let activities = review.activity.table.as_ref().map(|table| place(&table.file)).transpose()?;
        let (rules, note) = book(workspace, folder.path(), review)?;
        let settings = &review.settings;
        let request = CheckRequest {
            files: files.into_iter().collect(),
            workspace: workspace.path().to_owned(),
            activity: review.activity.code.clone(),
            stage: review.activity.stage,
            industry: review.activity.industry.clone(),
            rules,
            date: kept.date,
            opinions: opinions.into_iter().map(|(path, kind)| OpinionFile { path, kind: Some(kind) }).collect(),
            layers_as_of: None,
            crs: settings.crs_override.clone(),
            axes: settings.axes_override.as_deref().and_then(Axes::parse),
            width_m: settings.line_width_m,
            sliver_m2: Some(settings.sliver_m2),
            units: Some(settings.units.clone()),
            no_land: review.activity.no_land,
            activities,
            accepted: accepted(review),
            save: false,
        };
        Ok(Recorded { request, notes: note.into_iter().collect(), _folder: folder })
    }
}

/// The book that judged, by what loads it; a note where only another edition of it is at hand.
fn book(workspace: &Workspace, folder: &Path, review: &Review) -> Result<(Option<String>, Option<Text>), EngineError> {
    let wanted = &review.rule_book;
    if RuleBook::builtin(&wanted.id).is_some_and(|book| book.sha256() == wanted.sha256) {
        return Ok((Some(wanted.id.clone()), None));
    }
    // a book of the city's own was kept with the review
    let kept = std::fs::read_dir(folder).map_err(|e| cannot_unpack(&e))?;
    for path in kept.filter_map(Result::ok).map(|entry| entry.path()) {
        let words = path.to_string_lossy().into_owned();
        let toml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
        if toml && load_rules(&words).is_ok_and(|book| book.sha256() == wanted.sha256) {
            return Ok((Some(words), None));
        }
    }
    let (rules, now) = match RuleBook::builtin(&wanted.id) {
        Some(book) => (Some(wanted.id.clone()), book.clone()),
        None => (None, rule_book(None, workspace.settings())?),
    };
    if now.sha256() == wanted.sha256 {
        return Ok((rules, None));
    }
    let (title, was, is) = (now.title(), &wanted.version, now.version());
    if now.id() != wanted.id {
        let (title, id) = (&wanted.title, &wanted.id);
        return Err(EngineError::new(
            "review-book-missing",
            text!(
                "审查所用的规则集《{title}》（{id}，{was}）不在手边，不能重新判定；请用它重新审查原文件。"
                    | "The rule book “{title}” ({id}, {was}) of the review is not at hand, so it cannot be judged again; check the original file with it."
            ),
        ));
    }
    let note = text!(
        "审查时的规则集版本 {was} 已不在手边；按《{title}》{is} 重新判定。"
            | "The rule book's version {was} of the review is not at hand; judged again by {title}, {is}."
    );
    Ok((rules, Some(note)))
}

fn accepted(review: &Review) -> BTreeSet<AcceptedNote> {
    let notes = review.projects.iter().flat_map(|p| p.notes.iter().map(move |note| (p, note)));
    notes
        .filter(|(_, note)| note.accepted)
        .map(|(p, note)| AcceptedNote {
            file: p.file.clone(),
            code: note.code.clone(),
            plot: note.plot.clone(),
            ring: note.ring,
        })
        .collect()
}

/// `archive.zip` of `archive.zip/member.shp`.
fn first_part(name: &str) -> &str {
    name.split(['/', '\\']).next().unwrap_or(name)
}

fn is_geodatabase(name: &str) -> bool {
    // a folder of that name, and no path
    let last = Path::new(name).file_name().is_some_and(|last| last.to_string_lossy() == name);
    last && Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case("gdb"))
}

fn of_geodatabase(name: &str) -> bool {
    let extension = Path::new(name).extension().map_or_else(|| name.to_owned(), |e| e.to_string_lossy().into_owned());
    GEODATABASE.contains(&extension.as_str()) || name == "timestamps"
}

fn unpack(folder: &Path, file: &ReviewFile) -> Result<(), EngineError> {
    let name = &file.name;
    // a name is no path: what another program put into the workspace writes nowhere else
    if Path::new(name).file_name().is_none_or(|last| last.to_string_lossy() != name.as_str()) {
        return Err(missing(name));
    }
    let Some(bytes) = &file.bytes else {
        return Err(EngineError::new(
            "review-file-left-out",
            text!(
                "文件“{name}”太大，未随审查归档，不能重新判定；请用原文件重新审查。"
                    | "The file “{name}” was too large to be kept with the review, so it cannot be judged again; check the original file."
            ),
        ));
    };
    std::fs::write(folder.join(name), bytes).map_err(|e| cannot_unpack(&e))
}

fn alike(name: &str) -> EngineError {
    EngineError::new(
        "review-files-alike",
        text!(
            "这次审查有多个同名文件“{name}”，无法确定哪些附属文件属于谁；请用原文件重新审查。"
                | "The review has several files called “{name}”, and which sidecars belong to which is not told; check the original files."
        ),
    )
}

fn missing(name: &str) -> EngineError {
    EngineError::new(
        "review-file-missing",
        text!(
            "随审查归档的文件里没有“{name}”，不能重新判定；请用原文件重新审查。"
                | "The files kept with the review have no “{name}”, so it cannot be judged again; check the original file."
        ),
    )
}

fn cannot_unpack(error: &std::io::Error) -> EngineError {
    let Text { zh, en } = redline_wording::io_reason(error);
    EngineError::new(
        "cannot-unpack",
        text!(
            "归档的文件无法解到临时文件夹：{zh}；请腾出空间后重试。"
                | "The files kept cannot be unpacked into the temporary folder: {en}; free some space and try again."
        ),
    )
}
