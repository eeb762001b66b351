//! Fonts: found by name, measured, and asked whether they have a character.

use crate::words::shortened;
use crate::{Result, SheetError};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The fonts a sheet may use. Making it looks through folders: make one, and keep it.
pub struct Fonts {
    pub(crate) database: Arc<fontdb::Database>,
    faces: Mutex<BTreeMap<(String, bool), Arc<Face>>>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("faces", &self.database.len()).finish()
    }
}

impl Fonts {
    /// The fonts installed on this machine.
    pub fn installed() -> Fonts {
        let mut database = fontdb::Database::new();
        database.load_system_fonts();
        Fonts::of(database)
    }

    /// The fonts of one folder and its folders.
    pub fn of_folder(folder: &Path) -> Fonts {
        let mut database = fontdb::Database::new();
        database.load_fonts_dir(folder);
        Fonts::of(database)
    }

    fn of(database: fontdb::Database) -> Fonts {
        Fonts { database: Arc::new(database), faces: Mutex::new(BTreeMap::new()) }
    }

    /// The face of a family.
    pub(crate) fn face(&self, family: &str, bold: bool) -> Result<Arc<Face>> {
        let missing = || SheetError::MissingFont(family.to_owned());
        // a panic elsewhere cannot leave the map half-written: it only ever gains whole faces
        let mut faces = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (family.to_owned(), bold);
        if let Some(face) = faces.get(&key) {
            return Ok(face.clone());
        }
        let weight = if bold { fontdb::Weight::BOLD } else { fontdb::Weight::NORMAL };
        let query = fontdb::Query { families: &[fontdb::Family::Name(family)], weight, ..fontdb::Query::default() };
        let id = self.database.query(&query).ok_or_else(missing)?;
        let face = self
            .database
            .with_face_data(id, |data, index| Face::read(data, index, family, bold, id))
            .flatten()
            .ok_or_else(missing)?;
        let face = Arc::new(face);
        faces.insert(key, face.clone());
        Ok(face)
    }
}

/// What a face says of its characters.
pub(crate) struct Face {
    pub(crate) family: String,
    pub(crate) bold: bool,
    /// The face in the database.
    pub(crate) id: fontdb::ID,
    /// Width of each character it has, in parts of the type size.
    advances: HashMap<char, f32>,
    /// Height of a capital, in parts of the type size.
    pub(crate) capital: f64,
}

impl Face {
    fn read(data: &[u8], index: u32, family: &str, bold: bool, id: fontdb::ID) -> Option<Face> {
        let face = ttf_parser::Face::parse(data, index).ok()?;
        let em = f32::from(face.units_per_em());
        let mut advances = HashMap::new();
        for table in face.tables().cmap?.subtables.into_iter().filter(|t| t.is_unicode()) {
            table.codepoints(|code| {
                let (Some(c), Some(glyph)) = (char::from_u32(code), table.glyph_index(code)) else { return };
                if let Some(advance) = face.glyph_hor_advance(glyph) {
                    advances.entry(c).or_insert(f32::from(advance) / em);
                }
            });
        }
        let capital = face.capital_height().map_or(0.733, |h| f64::from(h) / f64::from(em));
        Some(Face { family: family.to_owned(), bold, id, advances, capital })
    }

    /// Width of words at this size; a character it has not counts as one square.
    pub(crate) fn width(&self, words: &str, size: f64) -> f64 {
        words.chars().map(|c| f64::from(self.advances.get(&c).copied().unwrap_or(1.0))).sum::<f64>() * size
    }

    /// Whether it can draw every character.
    pub(crate) fn check(&self, words: &str) -> Result<()> {
        match words.chars().find(|c| !self.advances.contains_key(c)) {
            None => Ok(()),
            Some(character) => {
                Err(SheetError::MissingGlyph { character, words: shortened(words, 40), family: self.family.clone() })
            }
        }
    }
}
