//! Where an overview lies that the workspace does not hold: one file in the user's cache folder,
//! named by the layer's content.

use redline_workspace::LayerInfo;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The place of one layer's overview in the cache folder.
#[derive(Debug)]
pub(crate) struct Shelf {
    file: PathBuf,
}

impl Shelf {
    /// The place for `layer` of the workspace at `path`. After another program changed the layer, its
    /// content hash says nothing; then size and time of the file stand in the name too.
    pub(crate) fn for_layer(folder: &Path, layer: &LayerInfo, path: &Path) -> Shelf {
        let mut name = layer.sha256.clone();
        if layer.edited_outside {
            let about = std::fs::metadata(path).ok();
            let size = about.as_ref().map_or(0, std::fs::Metadata::len);
            let changed = about.and_then(|m| m.modified().ok()?.duration_since(UNIX_EPOCH).ok());
            name = format!("{name}-{size}-{}", changed.map_or(0, |d| d.as_nanos()));
        }
        Shelf { file: folder.join("tiles").join(name + ".overview") }
    }

    /// What lies there.
    pub(crate) fn get(&self) -> Option<Vec<u8>> {
        std::fs::read(&self.file).ok()
    }

    /// Puts bytes there, whole or not at all.
    pub(crate) fn put(&self, bytes: &[u8]) -> std::io::Result<()> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut part = tempfile::Builder::new().prefix(".part-").tempfile_in(folder)?;
        part.write_all(bytes)?;
        part.persist(&self.file).map_err(|e| e.error)?;
        Ok(())
    }

    /// The folder, as a sentence shows it.
    pub(crate) fn folder(&self) -> String {
        self.file.parent().unwrap_or(Path::new(".")).display().to_string()
    }
}
