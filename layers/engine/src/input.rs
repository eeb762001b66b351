//! Reading the files a command was given: several at once, a bad one never stopping the good.

use crate::EngineError;
use crate::assess::Opinion;
use crate::commands::check::CheckRequest;
use crate::ground::{Site, file_name};
use crate::keyring::Keyring;
use crate::progress::Progress;
use crate::review::OpinionRecord;
use rayon::prelude::*;
use redline_formats::{Crs, FormatError, ImportNote, Plot, ProjectFile, ReadOptions, read_path, read_project};
use redline_geometry::{Shape, overlay};
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
pub(crate) fn read_options(site: &Site, crs: Option<&str>, width_m: Option<f64>) -> Result<ReadOptions, EngineError> {
    Ok(ReadOptions {
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

/// Reads the opinion polygons; an opinion that cannot be used stops the review, for every verdict
/// that leans on it would be wrong.
pub(crate) fn read_opinions(
    request: &CheckRequest,
    keyring: &Keyring,
    options: &ReadOptions,
) -> Result<Vec<(OpinionRecord, Opinion)>, EngineError> {
    let mut opinions = Vec::new();
    for opinion in &request.opinions {
        let kind = match &opinion.kind {
            Some(kind) => kind.clone(),
            None => keyring.opinion_kind(&opinion.path)?,
        };
        for file in read_project(&opinion.path, options)? {
            let shapes: Vec<&Shape> = file.plots.iter().map(|p| &p.shape).filter(|s| !s.0.is_empty()).collect();
            if shapes.is_empty() {
                let name = &file.name;
                return Err(EngineError::new(
                    "opinion-empty",
                    text!(
                        "{name}:意见文件里没有面,无法比对范围;请提供意见范围的面文件。"
                            | "{name}: the opinion holds no polygon to compare with; give the file of its extent."
                    ),
                ));
            }
            let shape = overlay::union(&shapes, &options.grid);
            let record = OpinionRecord { file: file.name.clone(), sha256: file.sha256.clone(), kind: kind.clone() };
            opinions.push((record, Opinion { kind: kind.clone(), file: file.name.clone(), shape }));
        }
    }
    opinions.sort_by(|a, b| (&a.0.file, &a.0.sha256).cmp(&(&b.0.file, &b.0.sha256)));
    Ok(opinions)
}
