//! Which sheets a map set has.

use super::AtlasOf;
use crate::EngineError;
use crate::files::allowed;
use crate::papers::ground::SheetGround;
use crate::review::{ProjectReview, Review};
use redline_geometry::Shape;
use redline_sheet::Rect;
use redline_wording::{Text, text};
use redline_workspace::Workspace;
use redline_zoning::LayerRole;
use std::path::Path;

/// A sheet to be drawn.
pub(super) struct Planned {
    /// 01, 02, … as wide as the last one's.
    pub number: String,
    /// What it is of.
    pub title: String,
    /// The ground that must be on it.
    pub focus: Rect,
    /// The district or zone that it is of.
    pub subject: Option<Shape>,
    /// The review of its project alone, where it is of one.
    pub review: Option<Review>,
    /// Its file's name without extension.
    pub name: String,
}

/// The sheets of a map set, in their order, and what has none.
pub(super) fn sheets(
    of: &AtlasOf,
    workspace: &Path,
    ground: &SheetGround,
) -> Result<(Vec<Planned>, Vec<Text>), EngineError> {
    let mut left_out = Vec::new();
    let found: Vec<(String, Rect, Option<Shape>, Option<Review>)> = match of {
        AtlasOf::Districts => {
            let all = ground.districts().iter();
            all.filter_map(|d| Some((d.name.clone(), bounds(&d.shape)?, Some(d.shape.clone()), None))).collect()
        }
        AtlasOf::Zones(layer) => {
            let city = Workspace::open(workspace)?;
            let titled = ground.layers().iter().find(|known| known.name != *layer && known.title == *layer);
            let layer = titled.map_or_else(|| city.layer(layer), |known| Ok(known.clone()))?;
            let mut zones = Vec::new();
            city.each_zone(&layer, |zone| {
                let name = if zone.facts.name.is_empty() { zone.facts.id.clone() } else { zone.facts.name.clone() };
                zones.extend(bounds(&zone.shape).map(|rect| (zone.facts.id, name, rect, zone.shape)));
                Ok(())
            })?;
            zones.sort_by(|a, b| a.0.cmp(&b.0));
            zones.into_iter().map(|(_, name, rect, shape)| (name, rect, Some(shape), None)).collect()
        }
        AtlasOf::Projects(review, _) => {
            let mut found = Vec::new();
            for project in &review.projects {
                let file = &project.file;
                match extent(project) {
                    Some(rect) => found.push((file.clone(), rect, None, Some(alone(review, project)))),
                    None => left_out.push(text!(
                        "“{file}”没有可绘的面状地块，没有图幅。"
                            | "“{file}” has no plot with an area to draw, so it has no sheet."
                    )),
                }
            }
            found
        }
    };
    if found.is_empty() {
        return Err(nothing(of));
    }
    let digits = found.len().to_string().len().max(2);
    let numbered = found.into_iter().enumerate().map(|(place, (title, focus, subject, review))| {
        let number = format!("{:0digits$}", place + 1);
        let name = format!("{number}-{}", allowed(&title).trim_matches(['.', ' ']));
        Planned { number, title, focus, subject, review, name }
    });
    Ok((numbered.collect(), left_out))
}

fn nothing(of: &AtlasOf) -> EngineError {
    let said = match of {
        AtlasOf::Districts => text!(
            "工作空间中没有行政区图层，不能按区出图；请导入行政区（--as district），或按图斑、按项目出图。"
                | "The workspace has no districts to make sheets of; import them (--as district), or make the set by zone or by project."
        ),
        AtlasOf::Zones(layer) => {
            text!(
                "图层“{layer}”中没有图斑，图集没有可出的图幅。"
                    | "The layer “{layer}” has no zones, so the set has no sheets."
            )
        }
        AtlasOf::Projects(..) => text!(
            "审查中没有可绘的项目：文件都未能使用。"
                | "The review has no project that can be drawn: no file could be used."
        ),
    };
    EngineError::new("atlas-empty", said)
}

fn bounds(shape: &Shape) -> Option<Rect> {
    Rect::of(shape.0.iter().flat_map(|polygon| &polygon.exterior().0))
}

fn extent(project: &ProjectReview) -> Option<Rect> {
    let plots = project.plots.iter().filter_map(|plot| bounds(&Shape::from(&plot.geometry)));
    plots.reduce(|a, b| a.around(&b))
}

fn alone(review: &Review, project: &ProjectReview) -> Review {
    Review { projects: vec![project.clone()], outcome: project.outcome.unwrap_or(review.outcome), ..review.clone() }
}

/// Ground by its role that an index sheet shows beneath the frames.
pub(super) const INDEX_LAYERS: [LayerRole; 4] =
    [LayerRole::District, LayerRole::RedLine, LayerRole::ControlLine, LayerRole::GrowthBoundary];
