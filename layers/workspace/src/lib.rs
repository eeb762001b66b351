//! The workspace: one GeoPackage file with layers, dated revisions and review records.
