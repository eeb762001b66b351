//! From raw features to plots: the one way every reader's output goes.
//!
//! CRS by evidence → numbers put right → into the workspace's plane → rings by containment →
//! declared against computed area → overlaps among the plots. Whatever was changed or doubted on
//! the way is a note.

mod declared;
mod defects;
mod overlaps;

use crate::evidence::{self, Reading, bare_pairs, label, pairs};
use crate::raw::{FileFormat, RawFeature, RawFile, RawGeometry};
use crate::{FormatError, ImportNote, Plot, PlotOrigin, ProjectFile, ReadOptions, Transform};
use geo_types::{Coord, LineString};
use redline_geometry::{Area, GaussKruger, Shape, footprint, planar_m2, rings};
use redline_wording::text;
use std::collections::BTreeSet;

/// Makes a project file of what a reader found.
///
/// # Errors
/// `no-plots` without features; `non-finite` for NaN or infinity; `too-few-points` for a plot whose
/// rings enclose nothing; `not-in-crs`; and the errors of the CRS decision.
pub fn assemble(file: RawFile, options: &ReadOptions) -> Result<ProjectFile, FormatError> {
    if file.features.is_empty() {
        let name = &file.name;
        return Err(FormatError::new(
            "no-plots",
            text!(
                "“{name}”中没有可用的地块图形。请检查后重新导出。"
                    | "\"{name}\" holds no usable plots; check it and export again."
            ),
        ));
    }
    refuse_not_finite(&file)?;
    let decided = evidence::decide(&file, options)?;
    let transform = Transform::between(decided.decision.crs, options.target)?;
    let plane = options.target.gauss_kruger();
    let mut notes = file.notes.clone();
    notes.extend(decided.notes);
    notes.extend(transform.doubt());
    let mut plots = Vec::with_capacity(file.features.len());
    let mut taken = BTreeSet::new();
    for (index, (feature, reading)) in file.features.iter().zip(&decided.readings).enumerate() {
        let id = unique_id(feature, index, &mut taken, &mut notes);
        let view = View { file: &file, feature, reading: *reading, transform: &transform, options, plane };
        plots.push(view.plot(id, &mut notes)?);
    }
    overlaps::note(&plots, &options.grid, &mut notes);
    Ok(ProjectFile { name: file.name, sha256: file.sha256, members: file.members, crs: decided.decision, plots, notes })
}

fn refuse_not_finite(file: &RawFile) -> Result<(), FormatError> {
    for (index, feature) in file.features.iter().enumerate() {
        if bare_pairs(feature).all(|(x, y)| x.is_finite() && y.is_finite()) {
            continue;
        }
        for (x, y, ring, point) in pairs(feature) {
            if !x.is_finite() || !y.is_finite() {
                let (name, plot) = (&file.name, label(feature, index));
                return Err(FormatError::new(
                    "non-finite",
                    text!(
                        "“{name}”地块“{plot}”第 {ring} 圈点“{point}”的坐标不是有限的数。请改正后重新提交。"
                            | "In \"{name}\", plot \"{plot}\", ring {ring}, point \"{point}\" has a coordinate that is not a finite number. Correct it and submit again."
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// The source's id, or its name, or its place in the file; a repeated one gets a number behind it.
fn unique_id(feature: &RawFeature, index: usize, taken: &mut BTreeSet<String>, notes: &mut Vec<ImportNote>) -> String {
    let wanted = label(feature, index);
    if taken.insert(wanted.clone()) {
        return wanted;
    }
    let mut n = 2usize;
    let mut id = format!("{wanted}-{n}");
    while !taken.insert(id.clone()) {
        n += 1;
        id = format!("{wanted}-{n}");
    }
    if feature.id.is_some() {
        notes.push(
            ImportNote::warning(
                "duplicate-plot-id",
                text!(
                    "地块编号“{wanted}”重复，后一个改称“{id}”。"
                        | "The plot id \"{wanted}\" occurs more than once; the later plot is called \"{id}\"."
                ),
            )
            .of_plot(&id),
        );
    }
    id
}

/// One feature with everything needed to make a plot of it.
struct View<'a> {
    file: &'a RawFile,
    feature: &'a RawFeature,
    reading: Reading,
    transform: &'a Transform,
    options: &'a ReadOptions,
    plane: Option<GaussKruger>,
}

impl View<'_> {
    fn plot(&self, id: String, notes: &mut Vec<ImportNote>) -> Result<Plot, FormatError> {
        let mut drawn = Vec::new();
        let (shape, origin) = match &self.feature.geometry {
            RawGeometry::Rings(_) => (self.area(&id, notes, &mut drawn)?, PlotOrigin::Polygon),
            RawGeometry::Lines(lines) => self.line(&id, lines, notes)?,
            RawGeometry::Points(points) => {
                let points = self.carried(points.iter().map(|p| (p.x, p.y)), &id)?;
                (Shape::new(Vec::new()), PlotOrigin::Point { points })
            }
        };
        let area = self.computed(&shape);
        let declared_m2 = match &self.feature.declared {
            Some(declared) if origin == PlotOrigin::Polygon => {
                declared::compare(declared, area, self.file.format, &id, notes)
            }
            _ => None,
        };
        Ok(Plot {
            id,
            name: self.feature.name.clone().unwrap_or_default(),
            shape,
            origin,
            declared_m2,
            purpose: self.feature.purpose.clone(),
            attributes: self.feature.attributes.clone(),
            drawn,
        })
    }

    fn computed(&self, shape: &Shape) -> Area {
        match self.plane {
            Some(plane) => plane.area(shape),
            None => Area { ellipsoidal_m2: planar_m2(shape), planar_m2: planar_m2(shape) },
        }
    }

    /// Points in the target plane.
    fn carried(&self, points: impl Iterator<Item = (f64, f64)>, id: &str) -> Result<Vec<Coord<f64>>, FormatError> {
        let mut carried: Vec<Coord<f64>> = points.map(|(x, y)| self.reading.apply(x, y)).collect();
        self.transform.apply(&mut carried).map_err(|e| {
            let name = &self.file.name;
            FormatError::new(
                e.code,
                redline_wording::Text {
                    zh: format!("“{name}”地块“{id}”：{}", e.text.zh),
                    en: format!("\"{name}\", plot \"{id}\": {}", e.text.en),
                },
            )
        })?;
        Ok(carried)
    }

    fn area(
        &self,
        id: &str,
        notes: &mut Vec<ImportNote>,
        drawn: &mut Vec<Vec<Coord<f64>>>,
    ) -> Result<Shape, FormatError> {
        let RawGeometry::Rings(raw) = &self.feature.geometry else { return Ok(Shape::new(Vec::new())) };
        let mut carried = Vec::with_capacity(raw.len());
        for ring in raw {
            let mut points = self.carried(ring.points.iter().map(|p| (p.x, p.y)), id)?;
            if let (true, Some(first)) = (ring.closed, points.first().copied())
                && points.last() != Some(&first)
            {
                points.push(first);
            }
            carried.push(points);
        }
        let built = rings::build(&carried, &self.options.grid);
        defects::note(&built, &carried, raw, id, self.file.format, notes);
        if let Some(declared) = self.feature.declared_points {
            defects::count(declared, raw, id, notes);
        }
        if built.shape.0.is_empty() {
            let (name, place) = (&self.file.name, &self.feature.place);
            return Err(FormatError::new(
                "too-few-points",
                redline_wording::Text {
                    zh: format!(
                        "“{name}”地块“{id}”（{}）的界址点围不成面（不足 3 个不同的点，或在一条线上）。请补全界址点。",
                        place.zh
                    ),
                    en: format!(
                        "The points of plot \"{id}\" in \"{name}\" ({}) enclose no area (fewer than 3 different points, or all on one line). Complete its points.",
                        place.en
                    ),
                },
            ));
        }
        if self.options.keep_drawn {
            *drawn = carried;
        }
        Ok(built.shape)
    }

    fn line(
        &self,
        id: &str,
        lines: &[Vec<Coord<f64>>],
        notes: &mut Vec<ImportNote>,
    ) -> Result<(Shape, PlotOrigin), FormatError> {
        let mut carried = Vec::with_capacity(lines.len());
        for line in lines {
            carried.push(LineString(self.carried(line.iter().map(|p| (p.x, p.y)), id)?));
        }
        let shape = match self.options.width_m.filter(|w| w.is_finite() && *w > 0.0) {
            Some(width) => {
                let shape = footprint::widen(&carried, width, &self.options.grid);
                let area = planar_m2(&shape);
                notes.push(
                    ImportNote::warning(
                        "line-widened",
                        text!(
                            "线状地块按 {width} 米全宽生成占地范围，面积 {area:.2} 平方米。"
                                | "The line was widened to {width} m full width to make a footprint of {area:.2} m²."
                        ),
                    )
                    .of_plot(id)
                    .of_area(area),
                );
                shape
            }
            None => Shape::new(Vec::new()),
        };
        Ok((shape, PlotOrigin::Line { lines: carried, width_m: self.options.width_m }))
    }
}

/// Whether rings of a format are open by custom, so that a missing closing point is only for the record.
fn open_by_custom(format: FileFormat) -> bool {
    matches!(format, FileFormat::BoundaryTxt | FileFormat::PointCsv | FileFormat::PointSheet)
}

#[cfg(test)]
mod tests;
