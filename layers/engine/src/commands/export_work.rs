//! How `export` writes.

use super::export::{ExportRequest, ExportedLayer};
use crate::EngineError;
use crate::ground::file_name;
use crate::states::{self, State};
use redline_formats::{Crs, write_zones_geojson, write_zones_geopackage, write_zones_shapefile};
use redline_wording::text;
use redline_workspace::Workspace;
use std::path::Path;

/// Writes one state of a layer as a file. The workspace is only read.
///
/// # Errors
/// `export-format-unknown` for an extension that is not offered; `export-onto-workspace`; those of
/// finding a state ([`crate::diff`]) and of writing a file.
pub fn export(request: &ExportRequest) -> Result<ExportedLayer, EngineError> {
    let workspace = Workspace::open(&request.workspace)?;
    let (state, _) = states::two(&workspace, request.layer.as_deref(), &request.state, &request.state)?;
    write(&workspace, &state, &request.output)
}

/// Whether a workspace lies there: it holds reviews and drafts that no result may take the place of.
pub fn is_workspace(path: &Path) -> bool {
    path.is_file() && Workspace::open(path).is_ok()
}

/// Writes a state found.
pub(crate) fn write(workspace: &Workspace, state: &State, output: &Path) -> Result<ExportedLayer, EngineError> {
    if is_workspace(output) {
        let file = file_name(output);
        return Err(EngineError::new(
            "export-onto-workspace",
            text!(
                "“{file}”是工作空间，不会覆盖；请换一个文件名。"
                    | "“{file}” is a workspace and is not overwritten; choose another name."
            ),
        ));
    }
    let crs = Crs::from_epsg(workspace.crs_epsg())?;
    let zones = state.zones(workspace)?;
    let layer = &state.layer;
    let extension = output.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "gpkg" => write_zones_geopackage(output, &layer.title, &zones, crs)?,
        "shp" => write_zones_shapefile(output, &layer.title, &zones, crs)?,
        "geojson" | "json" => write_zones_geojson(output, &zones, crs)?,
        _ => {
            let shown = output.display();
            return Err(EngineError::new(
                "export-format-unknown",
                text!(
                    "{shown}：扩展名应为 .gpkg、.shp 或 .geojson，据此决定写成什么格式。"
                        | "{shown}: the extension says the format; use .gpkg, .shp or .geojson."
                ),
            ));
        }
    }
    Ok(ExportedLayer {
        layer: layer.name.clone(),
        title: layer.title.clone(),
        state: state.words.clone(),
        zones: zones.len() as u64,
    })
}
