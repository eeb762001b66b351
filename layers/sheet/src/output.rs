//! A finished sheet, and its picture and PDF from the one parsed tree.

use crate::error::Remark;
use crate::fonts::Fonts;
use crate::plane::Plane;
use crate::rect::Rect;
use crate::underlay::UnderlayPlace;
use crate::{Result, SheetError};
use jiff::civil::Date;
use krilla::metadata::{DateTime, Metadata};
use krilla_svg::{SurfaceExt, SvgSettings};
use redline_wording::text;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg;
use resvg::usvg::{Group, Node, Options, Tree};
use std::sync::Arc;

/// The most pixels a picture has along a side.
const MOST_PIXELS: f64 = 20_000.0;

/// A finished sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    svg: String,
    tree: Tree,
    paper_mm: (f64, f64),
    map_mm: Rect,
    ground: Rect,
    scale: u32,
    title: String,
    language: &'static str,
    date: Option<Date>,
    remarks: Vec<Remark>,
    underlay: UnderlayPlace,
}

/// What a sheet is called in its PDF.
pub(crate) struct Naming {
    pub(crate) title: String,
    pub(crate) language: &'static str,
    pub(crate) date: Option<Date>,
    /// The faces it may be written in.
    pub(crate) faces: [fontdb::ID; 2],
}

impl Sheet {
    /// Parses the SVG, and makes sure that every word of it is drawn.
    pub(crate) fn of(
        svg: String,
        fonts: &Fonts,
        paper_mm: (f64, f64),
        plane: &Plane,
        naming: Naming,
        remarks: Vec<Remark>,
        underlay: UnderlayPlace,
    ) -> Result<Sheet> {
        let options = Options { fontdb: fonts.database.clone(), ..Options::default() };
        let tree = Tree::from_str(&svg, &options).map_err(drawing_refused)?;
        // the library says only to a log what it leaves out; counting needs no logger
        let written = svg.matches("<text ").count();
        let drawn = texts(tree.root(), &naming.faces)?;
        if written != drawn {
            return Err(SheetError::Drawing(format!("{drawn} / {written} <text>")));
        }
        let Naming { title, language, date, .. } = naming;
        let (map_mm, ground, scale) = (plane.paper, plane.ground, plane.scale as u32);
        Ok(Sheet { svg, tree, paper_mm, map_mm, ground, scale, title, language, date, remarks, underlay })
    }

    /// The SVG document: millimetres, true to scale, UTF-8.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// What whoever uses the sheet should know of it.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// The number below the fraction: 10000 for 1:10 000.
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// The map within its neat line, millimetres from the paper's left and top.
    pub fn map_mm(&self) -> Rect {
        self.map_mm
    }

    /// The ground within the neat line, metres east and north.
    pub fn ground(&self) -> Rect {
        self.ground
    }

    /// Width and height of the paper, millimetres.
    pub fn paper_mm(&self) -> (f64, f64) {
        self.paper_mm
    }

    /// The sheet as a PNG of `dpi` dots an inch, which the file records.
    ///
    /// # Errors
    /// [`SheetError::Picture`] where the picture would be too small, too large, or cannot be written.
    pub fn png(&self, dpi: f64) -> Result<Vec<u8>> {
        let mut picture = self.white(dpi)?;
        resvg::render(&self.tree, self.fit(dpi)?, &mut picture.as_mut());
        self.encoded(&picture, dpi)
    }

    pub(crate) fn underlay_place(&self) -> &UnderlayPlace {
        &self.underlay
    }

    pub(crate) fn fonts(&self) -> &Arc<fontdb::Database> {
        self.tree.fontdb()
    }

    /// Width and height of a picture of `dpi` dots an inch, pixels.
    pub(crate) fn pixels(&self, dpi: f64) -> Result<(u32, u32)> {
        let per_mm = dpi / 25.4;
        let (w, h) = ((self.paper_mm.0 * per_mm).round(), (self.paper_mm.1 * per_mm).round());
        let sized = dpi.is_finite() && w >= 16.0 && h >= 16.0 && w <= MOST_PIXELS && h <= MOST_PIXELS;
        if sized {
            return Ok((w as u32, h as u32));
        }
        Err(SheetError::Picture(text!(
            "不能输出 {w} × {h} 像素的图片（{dpi} DPI）。每边应为 16 至 {MOST_PIXELS} 像素，请改用别的分辨率。"
                | "A picture of {w} × {h} pixels ({dpi} DPI) cannot be made. Each side must be 16 to {MOST_PIXELS} pixels; use another resolution."
        )))
    }

    /// From the tree's own unit to the pixels of such a picture.
    pub(crate) fn fit(&self, dpi: f64) -> Result<Transform> {
        let (w, h) = self.pixels(dpi)?;
        let size = self.tree.size();
        Ok(Transform::from_scale(w as f32 / size.width(), h as f32 / size.height()))
    }

    /// White paper of such a picture.
    pub(crate) fn white(&self, dpi: f64) -> Result<Pixmap> {
        let (w, h) = self.pixels(dpi)?;
        let Some(mut picture) = Pixmap::new(w, h) else {
            return Err(SheetError::Drawing(format!("{w} x {h}")));
        };
        picture.fill(Color::WHITE);
        Ok(picture)
    }

    /// A picture of `dpi` dots an inch as a PNG.
    pub(crate) fn encoded(&self, picture: &Pixmap, dpi: f64) -> Result<Vec<u8>> {
        // paper is white and opaque: three channels say everything
        let rgb: Vec<u8> = picture.data().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        let mut out = Vec::new();
        let refused =
            |e: png::EncodingError| SheetError::Picture(text!("PNG 未生成：{e}" | "The PNG was not made: {e}"));
        let mut encoder = png::Encoder::new(&mut out, picture.width(), picture.height());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let per_metre = (dpi / 25.4 * 1000.0).round() as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
        let mut writer = encoder.write_header().map_err(refused)?;
        writer.write_image_data(&rgb).map_err(refused)?;
        writer.finish().map_err(refused)?;
        Ok(out)
    }

    /// The sheet as a PDF of one page: vectors, searchable text, fonts embedded as subsets. The only
    /// date in it is the sheet's own.
    ///
    /// # Errors
    /// [`SheetError::Pdf`].
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let refused = |e: &dyn std::fmt::Debug| SheetError::Pdf(format!("{e:?}"));
        let points = |mm: f64| (mm * 72.0 / 25.4) as f32;
        let (w, h) = (points(self.paper_mm.0), points(self.paper_mm.1));
        let settings = krilla::page::PageSettings::from_wh(w, h).ok_or_else(|| refused(&(w, h)))?;
        let size = krilla::geom::Size::from_wh(w, h).ok_or_else(|| refused(&(w, h)))?;
        let mut document = krilla::Document::new();
        let mut metadata = Metadata::new().language(self.language.to_owned());
        if !self.title.is_empty() {
            metadata = metadata.title(self.title.clone());
        }
        if let Some((date, year)) = self.date.and_then(|d| Some((d, u16::try_from(d.year()).ok()?))) {
            let day = DateTime::new(year).month(date.month().unsigned_abs()).day(date.day().unsigned_abs());
            metadata = metadata.creation_date(day);
        }
        document.set_metadata(metadata);
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        surface.draw_svg(&self.tree, size, SvgSettings::default()).ok_or_else(|| refused(&"draw_svg"))?;
        surface.finish();
        page.finish();
        document.finish().map_err(|e| refused(&e))
    }
}

/// What the drawing library says of an SVG it cannot read.
pub(crate) fn drawing_refused(error: usvg::Error) -> SheetError {
    SheetError::Drawing(error.to_string())
}

/// The texts of a tree; an error where one has a box in place of a character, or a character of a
/// font nobody asked for.
fn texts(group: &Group, faces: &[fontdb::ID]) -> Result<usize> {
    let mut count = 0;
    for node in group.children() {
        match node {
            Node::Group(inner) => count += texts(inner, faces)?,
            Node::Text(text) => {
                count += 1;
                let glyphs = || text.layouted().iter().flat_map(|span: &usvg::layout::Span| &span.positioned_glyphs);
                if let Some(glyph) = glyphs().find(|g| g.id.0 == 0 || !faces.contains(&g.font)) {
                    return Err(SheetError::Drawing(format!("no glyph: {:?}", glyph.text)));
                }
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
    Ok(count)
}
