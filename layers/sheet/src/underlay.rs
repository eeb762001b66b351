//! The flat underlay of a sheet's map, and the sheet drawn over an underlay that somebody else drew.
//!
//! The underlay is what lies undermost on the map: the fills of its lowest land-use layer. They are all of
//! one strength and nothing is beneath them but white paper, so that each may as well be opaque in a
//! paler colour, which the simplest of rasterisers can draw.

use crate::output::{Sheet, drawing_refused};
use crate::{Result, SheetError};
use redline_wording::text;
use resvg::tiny_skia::{self, FilterQuality, IntSize, Pixmap, Transform};
use resvg::usvg::{self, Group, Node, Options, Paint, Tree};
use std::ops::Range;
use std::sync::Arc;

/// Where the underlay stands on a sheet.
#[derive(Clone, Debug)]
pub(crate) struct UnderlayPlace {
    /// Bytes of the SVG that hold the white of the paper.
    pub(crate) paper: Range<usize>,
    /// Bytes of the SVG that hold the fills; `None` where there are none.
    pub(crate) fills: Option<Range<usize>>,
}

/// The underlay of a sheet's map, in pixels of a picture of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Underlay {
    /// Where its upper left corner lies in the picture, pixels from the left and from above.
    pub at: (u32, u32),
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from above to below.
    pub height: u32,
    /// Its fills; later ones cover earlier ones, and what none covers is white.
    pub fills: Vec<FlatFill>,
}

/// Ground of one colour.
#[derive(Clone, Debug, PartialEq)]
pub struct FlatFill {
    /// Red, green and blue as they stand in the picture: the fill's own, mixed with the white beneath.
    pub colour: [u8; 3],
    /// Rings by the non-zero rule, pixels from the underlay's corner, y down; not closed by a repeated
    /// point. They may reach beyond the underlay on every side.
    pub rings: Vec<Vec<[f32; 2]>>,
}

impl Sheet {
    /// The underlay of a picture of `dpi` dots an inch; `None` where no land use is on the sheet.
    ///
    /// # Errors
    /// [`SheetError::Picture`] where no picture of this size can be made, [`SheetError::Drawing`].
    pub fn underlay(&self, dpi: f64) -> Result<Option<Underlay>> {
        let place = self.underlay_place();
        let Some(fills) = &place.fills else { return Ok(None) };
        let (fit, (w, h)) = (self.fit(dpi)?, self.pixels(dpi)?);
        let (left, top, right, bottom) = (
            (self.map_mm().x0 * f64::from(w) / self.paper_mm().0).floor(),
            (self.map_mm().y0 * f64::from(h) / self.paper_mm().1).floor(),
            (self.map_mm().x1 * f64::from(w) / self.paper_mm().0).ceil(),
            (self.map_mm().y1 * f64::from(h) / self.paper_mm().1).ceil(),
        );
        let (head, foot) = (&self.svg()[..place.paper.start], "</svg>");
        let alone = format!("{head}{}{foot}", &self.svg()[fills.clone()]);
        let tree = Tree::from_str(&alone, &Options::default()).map_err(drawing_refused)?;
        let mut found = Vec::new();
        flat(tree.root(), 1.0, fit.post_translate(-left as f32, -top as f32), &mut found)?;
        let (width, height) = ((right - left) as u32, (bottom - top) as u32);
        Ok(Some(Underlay { at: (left as u32, top as u32), width, height, fills: found }))
    }

    /// The sheet as a PNG of `dpi` dots an inch over an underlay drawn elsewhere: `rgba` has the size of
    /// `underlay`, row by row from above, opaque.
    ///
    /// # Errors
    /// [`SheetError::Picture`] as for [`Sheet::png`], and where `rgba` is of another size.
    pub fn png_over(&self, dpi: f64, underlay: &Underlay, rgba: Vec<u8>) -> Result<Vec<u8>> {
        let place = self.underlay_place();
        let under = IntSize::from_wh(underlay.width, underlay.height).and_then(|size| Pixmap::from_vec(rgba, size));
        let Some(under) = under else {
            let (w, h) = (underlay.width, underlay.height);
            return Err(SheetError::Picture(text!(
                "地图底色图片不是 {w} × {h} 像素，未使用。"
                    | "The picture of the map's underlay is not one of {w} × {h} pixels, and was not used."
            )));
        };
        let mut paper = self.white(dpi)?;
        let (fit, (w, h)) = (self.fit(dpi)?, self.pixels(dpi)?);
        let (x, y) = (f64::from(w) / self.paper_mm().0, f64::from(h) / self.paper_mm().1);
        let m = self.map_mm();
        let neat =
            tiny_skia::Rect::from_ltrb((m.x0 * x) as f32, (m.y0 * y) as f32, (m.x1 * x) as f32, (m.y1 * y) as f32)
                .ok_or_else(|| SheetError::Drawing(format!("{m:?}")))?;
        let at = Transform::from_translate(underlay.at.0 as f32, underlay.at.1 as f32);
        let shader =
            tiny_skia::Pattern::new(under.as_ref(), tiny_skia::SpreadMode::Pad, FilterQuality::Nearest, 1.0, at);
        let paint = tiny_skia::Paint { shader, ..tiny_skia::Paint::default() };
        paper.fill_rect(neat, &paint, Transform::identity(), None);

        let svg = self.svg();
        let fills = place.fills.clone().unwrap_or(place.paper.end..place.paper.end);
        let rest = [&svg[..place.paper.start], &svg[place.paper.end..fills.start], &svg[fills.end..]].concat();
        let options = Options { fontdb: Arc::clone(self.fonts()), ..Options::default() };
        let tree = Tree::from_str(&rest, &options).map_err(drawing_refused)?;
        resvg::render(&tree, fit, &mut paper.as_mut());
        self.encoded(&paper, dpi)
    }
}

/// The fills of a group and of the groups in it, each mixed with the white beneath.
fn flat(group: &Group, strength: f32, fit: Transform, into: &mut Vec<FlatFill>) -> Result<()> {
    let strength = strength * group.opacity().get();
    for node in group.children() {
        match node {
            Node::Group(inner) => flat(inner, strength, fit, into)?,
            Node::Path(path) => {
                let Some(fill) = path.fill() else { continue };
                let Paint::Color(colour) = fill.paint() else {
                    return Err(SheetError::Drawing("land use without a plain colour".to_owned()));
                };
                let strength = strength * fill.opacity().get();
                let mixed = |c: u8| (f32::from(c) * strength + 255.0 * (1.0 - strength)).round() as u8;
                into.push(FlatFill {
                    colour: [mixed(colour.red), mixed(colour.green), mixed(colour.blue)],
                    rings: rings(path, fit),
                });
            }
            Node::Text(_) | Node::Image(_) => {}
        }
    }
    Ok(())
}

fn rings(path: &usvg::Path, fit: Transform) -> Vec<Vec<[f32; 2]>> {
    use tiny_skia::PathSegment::{Close, CubicTo, LineTo, MoveTo, QuadTo};
    let to = fit.pre_concat(path.abs_transform());
    let mut rings: Vec<Vec<[f32; 2]>> = Vec::new();
    for segment in path.data().segments() {
        let mut place = match segment {
            MoveTo(p) => {
                rings.push(Vec::new());
                p
            }
            // zones have no curves; the end of one keeps its ring whole
            LineTo(p) | QuadTo(_, p) | CubicTo(_, _, p) => p,
            Close => continue,
        };
        to.map_point(&mut place);
        if let Some(ring) = rings.last_mut() {
            ring.push([place.x, place.y]);
        }
    }
    rings.retain(|ring| ring.len() > 2);
    rings
}
