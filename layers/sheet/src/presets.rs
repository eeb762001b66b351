//! The built-in sheets: A4 and A3 both ways, an A0 map of a city, and a figure of a report.

use crate::description::{FontNames, Margins, Panel, PanelSide, Paper, ScaleChoice, SheetDescription};
use redline_geometry::AreaUnit;
use redline_wording::Lang;
use redline_zoning::LayerRole;

/// The names of the presets.
pub const NAMES: [&str; 7] =
    ["a4-landscape", "a4-portrait", "a3-landscape", "a3-portrait", "a0-city", "a0-city-portrait", "figure"];

/// The preset of this name.
pub(crate) fn of(name: &str) -> Option<SheetDescription> {
    let (width_mm, height_mm, margin, side, size_mm, columns, type_scale) = match name {
        "a4-landscape" => (297.0, 210.0, 9.0, PanelSide::Right, 66.0, 1, 1.0),
        "a4-portrait" => (210.0, 297.0, 9.0, PanelSide::Below, 82.0, 3, 1.0),
        "a3-landscape" => (420.0, 297.0, 12.0, PanelSide::Right, 86.0, 1, 1.25),
        "a3-portrait" => (297.0, 420.0, 12.0, PanelSide::Below, 104.0, 3, 1.25),
        "a0-city" => (1189.0, 841.0, 25.0, PanelSide::Right, 190.0, 1, 2.6),
        "a0-city-portrait" => (841.0, 1189.0, 25.0, PanelSide::Below, 230.0, 4, 2.6),
        // as wide as the text of a report on A4
        "figure" => (156.0, 118.0, 0.6, PanelSide::Right, 46.0, 1, 0.8),
        _ => return None,
    };
    let figure = name == "figure";
    let city = name.starts_with("a0");
    Some(SheetDescription {
        preset: name.to_owned(),
        paper: Paper { width_mm, height_mm },
        margins: Margins { left: margin, right: margin, top: margin, bottom: margin },
        panel: Panel { side, size_mm, columns },
        type_scale,
        title: String::new(),
        subtitle: String::new(),
        scale: ScaleChoice::Auto,
        centre: None,
        language: Lang::Zh,
        author_unit: String::new(),
        date: None,
        secrecy: String::new(),
        review_number: String::new(),
        fields: !figure,
        signatures: if figure { Vec::new() } else { ["编制", "审核", "批准"].map(str::to_owned).to_vec() },
        locator: !city && !figure,
        boundary_points: false,
        coordinate_table: false,
        piece_list: !city && !figure,
        zone_labels: true,
        area_unit: AreaUnit::Hectares,
        area_decimals: if city { Some(2) } else { None },
        fonts: FontNames { title: "Noto Sans CJK SC".to_owned(), body: "Noto Sans CJK SC".to_owned() },
        layers: LayerRole::ALL.to_vec(),
        notes: Vec::new(),
    })
}
