//! The contents of a map set, `atlas.json`: which sheets it has, and from what each was drawn.

use super::plan::Planned;
use super::{AtlasOf, AtlasRequest, SheetFile};
use crate::EngineError;
use crate::files::write_whole;
use crate::papers::ground::SheetGround;
use redline_wording::{Text, io_reason, text};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;

/// The file's name.
pub(super) const FILE: &str = "atlas.json";
const SCHEMA: &str = "redline.atlas/1";

/// The contents of a map set (`redline.atlas/1`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Contents {
    pub schema: String,
    /// What it has a sheet for.
    pub of: String,
    /// The index first, then the sheets by number.
    pub sheets: Vec<Entry>,
}

/// A sheet that is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its number.
    pub number: String,
    /// What it is of.
    pub title: String,
    /// Its file.
    pub file: String,
    /// The scale it came to.
    pub scale: u32,
    /// The ground it shows, metres: east, north of two corners.
    pub ground: [f64; 4],
    /// Hash over everything it was drawn from.
    pub drawn_from: String,
    /// Hash of its file.
    pub sha256: String,
    /// What a reader must know of it.
    pub remarks: Vec<Text>,
}

impl Contents {
    /// Those of a folder; none where it has none, or what it has is no map set's.
    ///
    /// # Errors
    /// `atlas-elsewhere` where the folder holds other files and no map set; `atlas-another` where its set has
    /// a sheet for something else.
    pub fn of(folder: &Path, of: &AtlasOf) -> Result<Contents, EngineError> {
        let kind = match of {
            AtlasOf::Districts => "district".to_string(),
            AtlasOf::Zones(layer) => format!("zone {layer}"),
            AtlasOf::Projects(..) => "project".to_string(),
        };
        let empty = Contents { schema: SCHEMA.into(), of: kind.clone(), sheets: Vec::new() };
        let elsewhere = || {
            EngineError::new(
                "atlas-elsewhere",
                text!(
                    "文件夹 {} 里已有别的文件，不是图集；请换一个新的或空的文件夹。"
                        | "The folder {} holds other files and no map set; choose a new or an empty one.",
                    folder.display()
                ),
            )
        };
        match std::fs::read(folder.join(FILE)) {
            Ok(bytes) => {
                let read: Option<Contents> = serde_json::from_slice(&bytes).ok();
                // files are written whole: what cannot be read is somebody else's
                let read = read.filter(|contents| contents.schema == SCHEMA).ok_or_else(elsewhere)?;
                if read.of == kind { Ok(read) } else { Err(another(folder, &read.of)) }
            }
            Err(_) if holds_files(folder) => Err(elsewhere()),
            Err(_) => Ok(empty),
        }
    }

    /// The sheet that is there and would come out the same, whole on the disk.
    pub fn kept(&self, folder: &Path, file: &str, drawn_from: &str) -> Option<Entry> {
        let entry = self.sheets.iter().find(|entry| entry.file == file && entry.drawn_from == drawn_from)?;
        let bytes = std::fs::read(folder.join(file)).ok()?;
        (hash(&bytes) == entry.sha256).then(|| entry.clone())
    }

    /// Writes them, whole or not at all.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), EngineError> {
        let json = serde_json::to_vec_pretty(self).map_err(|e| {
            EngineError::new(
                "atlas-unwritable",
                text!("图集目录写不出来：{e}。" | "The contents cannot be written: {e}."),
            )
        })?;
        write_whole(&folder.join(FILE), &json)
    }
}

fn another(folder: &Path, of: &str) -> EngineError {
    EngineError::new(
        "atlas-another",
        text!(
            "文件夹 {} 里是另一套图集（{of}），不会被替换；请换一个文件夹。"
                | "The folder {} holds another map set ({of}), which is not replaced; choose another folder.",
            folder.display()
        ),
    )
}

fn holds_files(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some())
}

/// Makes the folder where it is missing.
///
/// # Errors
/// `atlas-unwritable`.
pub(super) fn make(folder: &Path) -> Result<(), EngineError> {
    std::fs::create_dir_all(folder).map_err(|e| {
        let Text { zh, en } = io_reason(&e);
        let shown = folder.display();
        EngineError::new(
            "atlas-unwritable",
            text!(
                "图集文件夹 {shown} 建不了：{zh}。请换一个位置。"
                    | "The folder {shown} cannot be made: {en}. Choose another place."
            ),
        )
    })
}

pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Number of the way sheets are drawn, one more whenever the same layers come out otherwise: legends of
/// districts and zones give the areas within them (2).
const DRAWING: u32 = 2;

/// Hash over everything a sheet is drawn from: program, description, layers, review, file.
pub(super) fn drawn_from(
    request: &AtlasRequest,
    ground: &SheetGround,
    sheet: &Planned,
    more: &str,
) -> Result<String, EngineError> {
    let mut words = vec![
        env!("CARGO_PKG_VERSION").to_string(),
        DRAWING.to_string(),
        request.description.to_toml()?,
        sheet.number.clone(),
        sheet.title.clone(),
        format!("{:?}", sheet.focus),
        more.to_string(),
    ];
    words.extend(ground.fingerprint());
    words.push(match request.file {
        SheetFile::Png(dpi) => format!("png {dpi}"),
        other => other.extension().to_string(),
    });
    if let (AtlasOf::Projects(_, decided), Some(review)) = (&request.of, &sheet.review) {
        words.push(format!("{decided}"));
        words.push(review.to_json()?);
    }
    Ok(hash(words.join("\n").as_bytes()))
}
