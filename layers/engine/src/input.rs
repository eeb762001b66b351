//! Reading the files a command was given: several at once, a bad one never stopping the good.

use crate::EngineError;
use crate::assess::{Opinion, place_doubts};
use crate::commands::check::CheckRequest;
use crate::ground::{Site, file_name};
use crate::keyring::Keyring;
use crate::progress::Progress;
use crate::review::OpinionRecord;
use rayon::prelude::*;
use redline_formats::{Axes, Crs, FormatError, ImportNote, Plot, ProjectFile, ReadOptions, read_path, read_project};
use redline_geometry::{Shape, TileSize, ZoneIndex, overlay};
use redline_wording::text;
use std::path::{Path, PathBuf};

/// One project file, read or not.
pub(crate) struct Input {
    name: String,
    pub read: Result<ProjectFile, FormatError>,
}

impl Input {
    /// Name without folders.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Hash of its bytes; empty where it could not be read.
    pub fn sha256(&self) -> &str {
        self.read.as_ref().map_or("", |f| &f.sha256)
    }

    /// Its plots; none where it could not be read.
    pub fn plots(&self) -> &[Plot] {
        self.read.as_ref().map_or(&[], |f| &f.plots)
    }
}

/// How files are read for `site`.
pub(crate) fn read_options(
    site: &Site,
    crs: Option<&str>,
    axes: Option<Axes>,
    width_m: Option<f64>,
) -> Result<ReadOptions, EngineError> {
    Ok(ReadOptions {
        axes,
        keep_drawn: false,
        crs: crs.map(Crs::parse).transpose()?,
        target: site.crs,
        extent: site.extent(),
        width_m,
        grid: site.grid,
    })
}

/// What a command was given, once read: the inputs, and what folders and archives held besides.
pub(crate) struct Inputs {
    pub files: Vec<Input>,
    pub skipped: Vec<ImportNote>,
}

/// Reads every path; folders and ZIPs give several inputs. Sorted by name, then hash.
pub(crate) fn read_all(
    paths: &[PathBuf],
    options: &ReadOptions,
    progress: &dyn Progress,
) -> Result<Inputs, EngineError> {
    progress.stage(&text!("读取项目文件" | "Reading project files"), Some(paths.len() as u64));
    let read = paths
        .par_iter()
        .map(|path| {
            if progress.cancelled() {
                return Err(crate::commands::check_work::cancelled());
            }
            let inputs = inputs_of(path, options);
            progress.advance(1);
            Ok(inputs)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut inputs = Inputs { files: Vec::new(), skipped: Vec::new() };
    for one in read {
        inputs.files.extend(one.files);
        inputs.skipped.extend(one.skipped);
    }
    inputs.files.sort_by(|a, b| (a.name(), a.sha256()).cmp(&(b.name(), b.sha256())));
    Ok(inputs)
}

fn inputs_of(path: &Path, options: &ReadOptions) -> Inputs {
    match read_path(path, options) {
        Ok(read) => Inputs {
            files: read.files.into_iter().map(|f| Input { name: f.name, read: f.result }).collect(),
            skipped: read.skipped,
        },
        Err(error) => Inputs { files: vec![Input { name: file_name(path), read: Err(error) }], skipped: Vec::new() },
    }
}

/// The opinions of a review.
pub(crate) struct Opinions {
    pub records: Vec<OpinionRecord>,
    /// Their polygons, one for each record.
    pub opinions: Vec<Opinion>,
    /// The files each came from.
    pub members: Vec<Vec<PathBuf>>,
}

/// Reads the opinion polygons; an opinion that cannot be used stops the review, for every verdict
/// that leans on it would be wrong. Their own CRS is decided by their own evidence, and what their
/// files give reason to note is added to `notes`.
pub(crate) fn read_opinions(
    request: &CheckRequest,
    keyring: &Keyring,
    options: &ReadOptions,
    notes: &mut Vec<ImportNote>,
) -> Result<Opinions, EngineError> {
    // what was said of the project files' CRS and width was not said of these
    let options = opinion_options(options);
    let mut opinions = Vec::new();
    for opinion in &request.opinions {
        let kind = match &opinion.kind {
            Some(kind) => kind.clone(),
            None => keyring.opinion_kind(&opinion.path)?,
        };
        for file in read_project(&opinion.path, &options)? {
            let name = &file.name;
            let shapes: Vec<&Shape> = file.plots.iter().map(|p| &p.shape).filter(|s| !s.0.is_empty()).collect();
            if shapes.is_empty() {
                return Err(EngineError::new(
                    "opinion-empty",
                    text!(
                        "{name}：意见文件里没有面，无法比对范围；请提供意见范围的面文件。"
                            | "{name}: the opinion holds no polygon to compare with; give the file of its extent."
                    ),
                ));
            }
            if let Some(doubt) = place_doubts(&file.notes).into_iter().next() {
                let (zh, en) = (doubt.reason, doubt.reason_en);
                return Err(EngineError::new(
                    "opinion-place-doubtful",
                    text!(
                        "{name}：意见范围的位置存疑，不能据以判断：{zh}"
                            | "{name}: the opinion's place is in doubt, so nothing can lean on it: {en}"
                    ),
                ));
            }
            notes.extend(file.notes.iter().map(|note| of_opinion(note, name)));
            let shape = overlay::union(&shapes, &options.grid);
            let index = ZoneIndex::build(vec![shape.clone()], options.grid, TileSize::default());
            let record = OpinionRecord {
                file: file.name.clone(),
                sha256: file.sha256.clone(),
                kind: kind.clone(),
                crs: format!("EPSG:{}", file.crs.crs.epsg),
                geometry: Some((&shape).into()),
            };
            let opinion = Opinion { kind: kind.clone(), file: file.name.clone(), shape, index };
            opinions.push((record, opinion, file.members));
        }
    }
    opinions.sort_by(|a, b| (&a.0.file, &a.0.sha256).cmp(&(&b.0.file, &b.0.sha256)));
    let mut read = Opinions { records: Vec::new(), opinions: Vec::new(), members: Vec::new() };
    for (record, opinion, members) in opinions {
        read.records.push(record);
        read.opinions.push(opinion);
        read.members.push(members);
    }
    Ok(read)
}

/// How opinion files are read beside project files read with `options`.
pub(crate) fn opinion_options(options: &ReadOptions) -> ReadOptions {
    ReadOptions { crs: None, axes: None, width_m: None, ..options.clone() }
}

/// A note on an opinion file, told from those on project files by its name.
fn of_opinion(note: &ImportNote, file: &str) -> ImportNote {
    let (zh, en) = (&note.message.zh, &note.message.en);
    ImportNote { message: text!("意见文件 {file}：{zh}" | "Opinion file {file}: {en}"), ..note.clone() }
}
