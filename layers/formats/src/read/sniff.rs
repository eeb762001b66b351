//! What a file is, by extension and first bytes.

use super::wrong_extension;
use crate::raw::FileFormat;
use crate::{FormatError, source};
use redline_wording::text;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Which reader takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Boundary-point text or a point list.
    Text,
    /// A spreadsheet.
    Sheet,
    /// GDAL's.
    Vector(FileFormat),
}

/// What first bytes can be recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Shapefile,
    SqLite,
    Zip,
    Ole,
    Kml,
    Json,
    DxfText,
    DxfBinary,
    Dwg,
    MapGis,
    Access,
    Pdf,
    Picture,
    Rar,
    /// Nothing known.
    Other,
}

impl Content {
    fn of(head: &[u8]) -> Content {
        let starts = |mark: &[u8]| head.starts_with(mark);
        if starts(&[0, 0, 0x27, 0x0a]) {
            Content::Shapefile
        } else if starts(b"SQLite format 3\0") {
            Content::SqLite
        } else if starts(b"PK\x03\x04") {
            Content::Zip
        } else if starts(&[0xd0, 0xcf, 0x11, 0xe0]) {
            Content::Ole
        } else if starts(b"AC10") || starts(b"AC1.") || starts(b"AC2.") {
            Content::Dwg
        } else if starts(b"AutoCAD Binary DXF") {
            Content::DxfBinary
        } else if starts(b"WMAP") {
            Content::MapGis
        } else if head.get(4..19).is_some_and(|h| h == b"Standard Jet DB" || h == b"Standard ACE DB") {
            Content::Access
        } else if starts(b"%PDF") {
            Content::Pdf
        } else if starts(b"\x89PNG") || starts(&[0xff, 0xd8, 0xff]) || starts(b"II*\0") || starts(b"MM\0*") {
            Content::Picture
        } else if starts(b"Rar!") || starts(&[0x37, 0x7a, 0xbc, 0xaf]) {
            Content::Rar
        } else {
            Content::of_text(head)
        }
    }

    fn of_text(head: &[u8]) -> Content {
        let words: String = head
            .iter()
            .filter(|b| **b != 0)
            .skip_while(|b| matches!(**b, 0xef | 0xbb | 0xbf | 0xff | 0xfe) || b.is_ascii_whitespace())
            .take(2000)
            .map(|b| char::from(*b).to_ascii_lowercase())
            .collect();
        if words.starts_with('<') && (words.contains("<kml") || words.contains(":kml")) {
            Content::Kml
        } else if words.starts_with('{') {
            Content::Json
        } else if words.starts_with("0\n") && words.contains("section")
            || words.starts_with("0\r\n") && words.contains("section")
            || words.starts_with("999\n")
            || words.starts_with("999\r\n")
        {
            Content::DxfText
        } else {
            Content::Other
        }
    }

    fn name(self) -> &'static str {
        match self {
            Content::Shapefile => "Shapefile",
            Content::SqLite => "SQLite/GeoPackage",
            Content::Zip => "ZIP",
            Content::Ole => "OLE (.xls)",
            Content::Kml => "KML",
            Content::Json => "GeoJSON",
            Content::DxfText | Content::DxfBinary => "DXF",
            Content::Dwg => "DWG",
            Content::MapGis => "MapGIS",
            Content::Access => "Access",
            Content::Pdf => "PDF",
            Content::Picture => "图片 (image)",
            Content::Rar => "RAR/7z",
            Content::Other => "?",
        }
    }
}

/// Decides which reader takes a file.
///
/// # Errors
/// `file-missing`, `file-empty`, `file-unreadable`; `wrong-extension`; `dwg-needs-converter`,
/// `mapgis-needs-converter`, `mdb-needs-converter`; `format-unsupported`, naming what is supported.
pub(super) fn kind(path: &Path, name: &str) -> Result<Kind, FormatError> {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if path.is_dir() {
        return if extension == "gdb" { Ok(Kind::Vector(FileFormat::FileGeodatabase)) } else { Err(unsupported(name)) };
    }
    let content = Content::of(&head(path, name)?);
    // what needs a converter is said whatever the extension
    match (content, extension.as_str()) {
        (Content::Dwg, _) | (_, "dwg" | "dgn") => return Err(dwg(name)),
        (Content::MapGis, _) | (_, "wt" | "wl" | "wp" | "mpj" | "wat") => return Err(mapgis(name)),
        (Content::Access, _) | (_, "mdb" | "accdb") => return Err(mdb(name)),
        _ => {}
    }
    let (kind, fits): (Kind, &[Content]) = match extension.as_str() {
        "txt" | "csv" | "tsv" => (Kind::Text, &[Content::Other]),
        "xlsx" | "xlsm" => (Kind::Sheet, &[Content::Zip, Content::Ole]),
        "xls" => (Kind::Sheet, &[Content::Ole, Content::Zip]),
        "shp" => (Kind::Vector(FileFormat::Shapefile), &[Content::Shapefile]),
        "json" | "geojson" => (Kind::Vector(FileFormat::GeoJson), &[Content::Json, Content::Other]),
        "gpkg" => (Kind::Vector(FileFormat::GeoPackage), &[Content::SqLite]),
        "kml" => (Kind::Vector(FileFormat::Kml), &[Content::Kml, Content::Other]),
        "kmz" => (Kind::Vector(FileFormat::Kml), &[Content::Zip]),
        "dxf" => (Kind::Vector(FileFormat::Dxf), &[Content::DxfText, Content::DxfBinary, Content::Other]),
        "shx" | "dbf" | "prj" | "cpg" | "sbn" | "sbx" => return Err(part_of_shapefile(name, path)),
        _ => return Err(unsupported(name)),
    };
    if fits.contains(&content) {
        return Ok(kind);
    }
    if content != Content::Other {
        return Err(wrong_extension(name, content.name()));
    }
    Err(FormatError::new(
        "file-broken",
        text!(
            "“{name}”的内容不是 .{extension} 格式（文件可能已损坏或被改名）。请重新导出。"
                | "The content of \"{name}\" is not .{extension} (the file may be damaged or renamed). Export it again."
        ),
    ))
}

/// Names that explanations beside project files carry.
const READ_ME: [&str; 9] = ["readme", "read me", "read_me", "read-me", "license", "licence", "说明", "自述", "须知"];

/// Whether a text file is an explanation that someone packed beside the project files: it is called
/// so, and no line of it holds a pair of numbers.
pub(super) fn is_read_me(path: &Path) -> bool {
    let stem = path.file_stem().map(|s| s.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_text = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt"));
    if !is_text || !READ_ME.iter().any(|name| stem.contains(name)) {
        return false;
    }
    let Ok(bytes) = source::bytes_of(path, &stem) else { return false };
    let Ok(decoded) = crate::encoding::decode(&bytes, &stem) else { return false };
    !decoded.text.lines().any(|line| {
        let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '、' | '\u{ff0c}' | '\u{ff1b}');
        line.split(apart).filter(|word| crate::numbers::coordinate(word).is_ok()).count() >= 2
    })
}

fn head(path: &Path, name: &str) -> Result<Vec<u8>, FormatError> {
    let mut head = Vec::new();
    let file = File::open(path).map_err(|e| source::io_sentence(&e, name))?;
    file.take(4096).read_to_end(&mut head).map_err(|e| source::io_sentence(&e, name))?;
    if head.is_empty() { Err(source::empty(name)) } else { Ok(head) }
}

fn dwg(name: &str) -> FormatError {
    FormatError::new(
        "dwg-needs-converter",
        text!(
            "“{name}”是 CAD 的 DWG/DGN 图，不能直接读取。请在 CAD 中另存为 DXF（如 AutoCAD 2010 DXF），地块用闭合多段线，再提交。"
                | "\"{name}\" is a CAD drawing (DWG/DGN), which cannot be read directly. Save it from CAD as DXF (such as AutoCAD 2010 DXF) with plots as closed polylines and submit that."
        ),
    )
}

fn mapgis(name: &str) -> FormatError {
    FormatError::new(
        "mapgis-needs-converter",
        text!(
            "“{name}”是 MapGIS 文件，不能直接读取。请在 MapGIS 中用“文件转换/数据导出”转为 Shapefile（连同 .prj），再提交。"
                | "\"{name}\" is a MapGIS file, which cannot be read directly. Export it from MapGIS as a Shapefile (with .prj) and submit that."
        ),
    )
}

fn mdb(name: &str) -> FormatError {
    FormatError::new(
        "mdb-needs-converter",
        text!(
            "“{name}”是 Access 数据库（个人地理数据库），不能直接读取。请在 ArcGIS 中导出为文件地理数据库（.gdb）或 Shapefile，再提交。"
                | "\"{name}\" is an Access database (personal geodatabase), which cannot be read directly. Export it from ArcGIS as a File Geodatabase (.gdb) or a Shapefile and submit that."
        ),
    )
}

fn part_of_shapefile(name: &str, path: &Path) -> FormatError {
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    FormatError::new(
        "format-unsupported",
        text!(
            "“{name}”只是 Shapefile 的一部分。请给出“{stem}.shp”，并把 .shx、.dbf、.prj 放在同一文件夹。"
                | "\"{name}\" is only a part of a Shapefile. Give \"{stem}.shp\", with .shx, .dbf and .prj beside it."
        ),
    )
}

fn unsupported(name: &str) -> FormatError {
    FormatError::new(
        "format-unsupported",
        text!(
            "不支持“{name}”的格式。支持：界址点 TXT、Shapefile、GeoJSON、GeoPackage、文件地理数据库（.gdb）、KML/KMZ、DXF、CSV、XLSX，以及它们的文件夹和 ZIP。"
                | "The format of \"{name}\" is not supported. Supported: boundary-point TXT, Shapefile, GeoJSON, GeoPackage, File Geodatabase (.gdb), KML/KMZ, DXF, CSV, XLSX, and folders or ZIPs of these."
        ),
    )
}
