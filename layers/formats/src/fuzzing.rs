//! Doors to the hand-written parsers for the fuzz targets in `fuzz/`; built with the feature `fuzzing`
//! only. Each takes the bytes of a file; none may panic, whatever they are.

use crate::vector::{dbf, geojson_text, wkb, xml_text};
use std::path::Path;

fn with_file(name: &str, bytes: &[u8], read: impl FnOnce(&Path)) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join(name);
    if std::fs::write(&path, bytes).is_ok() {
        read(&path);
    }
}

/// The attribute table of a Shapefile.
pub fn attribute_table(bytes: &[u8]) {
    with_file("a.dbf", bytes, |path| _ = dbf::look(path, None));
}

/// A geometry as well-known binary.
pub fn well_known_binary(bytes: &[u8]) {
    _ = wkb::parts(bytes);
}

/// GeoJSON, looked over before GDAL reads it.
pub fn geojson(bytes: &[u8]) {
    with_file("a.geojson", bytes, |path| _ = geojson_text::prepare(path));
}

/// KML, looked over before GDAL reads it.
pub fn kml(bytes: &[u8]) {
    with_file("a.kml", bytes, |path| _ = xml_text::prepare_kml(path));
}

/// A ZIP and the names inside.
pub fn zip(bytes: &[u8]) {
    with_file("a.zip", bytes, |path| _ = crate::archive::zip_members::unpack(path));
}

/// Text in an encoding nobody names.
pub fn text(bytes: &[u8]) {
    _ = crate::decode_text(bytes, "a.txt");
}
