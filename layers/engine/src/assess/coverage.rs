//! What a layer does not say: no layer, no coverage, no ground. Never Clear.

use super::own_finding;
use crate::ground::{Ground, JudgedLayer};
use crate::review::LayerFinding;
use geo::BoundingRect;
use geo_types::{Coord, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon};
use redline_formats::{Plot, PlotOrigin};
use redline_geometry::{Shape, ZoneIndex, overlay};
use redline_wording::{Text, text};
use redline_zoning::LayerRole;

/// The rule id where no layer of a role is loaded.
pub(super) const NO_DATA: &str = "no-data";
/// The rule id where a layer does not say that it covers the ground.
pub(super) const NO_COVERAGE: &str = "no-coverage";
/// The rule id where the city ends.
pub(super) const BEYOND_CITY: &str = "beyond-city";

/// No layer of a role the book judges is loaded.
pub(super) fn no_layer(role: LayerRole, area_m2: f64) -> LayerFinding {
    let word = role.word();
    let (zh, en) = (word.zh, word.en);
    let reason = Text::new(
        format!("无数据：工作空间没有{zh}图层，不能判定是否涉及。请先导入该图层。"),
        format!("No data: the workspace has no {en} layer, so nothing can be said. Import it first."),
    );
    LayerFinding { role: Some(role), layer: String::new(), area_m2, finding: own_finding(NO_DATA, reason) }
}

/// The part of the plot that lies outside the layer's stated extent, as a finding with its ground.
pub(super) fn gap(
    layer: &JudgedLayer,
    shape: &Shape,
    origin: &PlotOrigin,
    ground: &Ground,
) -> Option<(Shape, LayerFinding)> {
    let bounds = bounds_of(shape, origin)?;
    let title = &layer.info.title;
    let (rest, reason) = match layer.info.stated_extent {
        Some([x0, y0, x1, y1]) if bounds[0] >= x0 && bounds[1] >= y0 && bounds[2] <= x1 && bounds[3] <= y1 => {
            return None;
        }
        Some([x0, y0, x1, y1]) => {
            let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)].map(|(x, y)| Coord { x, y });
            let extent = MultiPolygon(vec![Polygon::new(LineString(corners.to_vec()), Vec::new())]);
            let rest = overlay::difference(shape, &extent, &ground.grid);
            let reason = text!(
                "无数据：地块超出“{title}”图层声明的范围，超出部分不能判定。"
                    | "No data: the plot reaches beyond the stated extent of the layer “{title}”; that part cannot be judged."
            );
            (rest, reason)
        }
        None => {
            let reason = text!(
                "无数据：“{title}”图层没有声明范围，没有压占也不能说明不涉及；请用 redline import --extent 声明范围后重新导入。"
                    | "No data: the layer “{title}” states no extent, so the absence of an overlap proves nothing; import it again with its --extent."
            );
            (shape.clone(), reason)
        }
    };
    let finding = LayerFinding {
        role: Some(layer.info.role),
        layer: layer.info.name.clone(),
        area_m2: ground.plane.area(&rest).ellipsoidal_m2,
        finding: own_finding(NO_COVERAGE, reason),
    };
    Some((rest, finding))
}

/// The part of the plot that lies beyond every district: extents are boxes, cities are not, and a
/// layer says nothing of the neighbour's ground. `limit_m2` is the sliver limit.
pub(super) fn beyond_city(plot: &Plot, limit_m2: f64, ground: &Ground) -> Option<(Shape, LayerFinding)> {
    if ground.districts.is_empty() {
        return None;
    }
    let (rest, area_m2, out) = if plot.shape.0.is_empty() {
        let districts: Vec<&ZoneIndex> = ground.districts.iter().collect();
        (plot.shape.clone(), 0.0, super::lines::outside(&plot.origin, &districts, ground))
    } else {
        let pieces: Vec<Shape> =
            ground.districts.iter().flat_map(|d| d.overlaps(&plot.shape)).map(|o| o.shape).collect();
        let borrowed: Vec<&Shape> = pieces.iter().collect();
        let city = overlay::union(&borrowed, &ground.grid);
        let rest = overlay::difference(&plot.shape, &city, &ground.grid);
        let area_m2 = ground.plane.area(&rest).ellipsoidal_m2;
        (rest, area_m2, area_m2 > limit_m2.max(1e-4))
    };
    let reason = text!(
        "无数据：地块有一部分在行政区范围之外，本市图层对该部分不作说明。请核对坐标，或向相邻行政区查询。"
            | "No data: part of the plot lies beyond the districts, where this city's layers say nothing. Check the coordinates, or ask the neighbouring authority."
    );
    out.then(|| {
        let finding = own_finding(BEYOND_CITY, reason);
        (rest, LayerFinding { role: Some(LayerRole::District), layer: "district".into(), area_m2, finding })
    })
}

/// Bounds of a plot whatever it was drawn as.
pub(crate) fn bounds_of(shape: &Shape, origin: &PlotOrigin) -> Option<[f64; 4]> {
    let own = match origin {
        PlotOrigin::Polygon => None,
        PlotOrigin::Line { lines, .. } => MultiLineString(lines.clone()).bounding_rect(),
        PlotOrigin::Point { points } => MultiPoint::from(points.clone()).bounding_rect(),
    };
    let boxes = [own, shape.bounding_rect()].into_iter().flatten();
    boxes.map(|b| [b.min().x, b.min().y, b.max().x, b.max().y]).reduce(crate::ground::join)
}
