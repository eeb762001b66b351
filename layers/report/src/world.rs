//! What a template can reach: the files of its folder, the report's data and maps, the fonts. No
//! network, no packages, no clock.

use crate::fonts::Fonts;
use crate::template::{SHIPPED, Template};
use std::collections::BTreeMap;
use std::path::Path;
use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, TextElem};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The world of one report.
pub(crate) struct ReportWorld {
    library: LazyHash<Library>,
    fonts: Fonts,
    template: Template,
    main: FileId,
    /// `data.json` and the maps, by the path templates use.
    data: BTreeMap<String, Bytes>,
}

impl ReportWorld {
    /// `None` only when typst takes no plain file name for a path.
    pub fn new(template: &Template, main: &str, fonts: &Fonts, data: BTreeMap<String, Bytes>) -> Option<ReportWorld> {
        let mut library = Library::default();
        // another font than those named would differ from machine to machine: a character that they lack
        // is an error
        library.styles.set(TextElem::fallback, false);
        let path = VirtualPath::new(main).ok()?;
        Some(ReportWorld {
            library: LazyHash::new(library),
            fonts: fonts.clone(),
            template: template.clone(),
            main: RootedPath::new(VirtualRoot::Project, path).intern(),
            data,
        })
    }

    /// How a person finds the file.
    pub fn name(&self, id: FileId) -> String {
        self.template.name_of(id.vpath().get_without_slash())
    }

    fn bytes(&self, id: FileId) -> FileResult<Bytes> {
        if matches!(id.root(), VirtualRoot::Package(_)) {
            return Err(FileError::Package(PackageError::Other(Some(
                "templates of reports use no packages and no network; copy its files into the template's folder".into(),
            ))));
        }
        let path = id.vpath().get_without_slash();
        if let Some(bytes) = self.data.get(path) {
            return Ok(bytes.clone());
        }
        let Some(folder) = self.template.folder() else {
            let shipped = SHIPPED.iter().find(|(name, _)| *name == path);
            return shipped
                .map(|(_, content)| Bytes::from_string(*content))
                .ok_or_else(|| FileError::NotFound(path.into()));
        };
        let file = id.vpath().realize(folder)?;
        let not_there = |error| FileError::from_io(error, Path::new(path));
        // a link may lead out of the folder
        let file = file.canonicalize().map_err(not_there)?;
        if !file.starts_with(folder) {
            return Err(FileError::Other(Some(
                "it lies outside the template's folder, which templates must not leave".into(),
            )));
        }
        std::fs::read(&file).map(Bytes::new).map_err(not_there)
    }
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.store().book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let bytes = self.bytes(id)?;
        let words = std::str::from_utf8(&bytes).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, words.trim_start_matches('\u{feff}').to_string()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.bytes(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.store().font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // the date is the review's, never the clock's
        None
    }
}
