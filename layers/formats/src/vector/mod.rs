//! Vector files through GDAL: Shapefile, GeoJSON, GeoPackage, File Geodatabase, KML/KMZ, DXF.

mod arc;
pub(crate) mod dbf;
mod dxf;
pub(crate) mod fields;
pub(crate) mod gdal_messages;
pub(crate) mod geojson_text;
mod project;
mod shapefile;
pub(crate) mod source;
pub(crate) mod srs;
mod text_copy;
pub(crate) mod wkb;
pub(crate) mod xml_text;

pub(crate) use project::{geojson_default, read as read_vector};

#[cfg(test)]
mod tests;
