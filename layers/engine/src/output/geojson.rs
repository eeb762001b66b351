//! The clipped pieces as GeoJSON (RFC 7946): longitude and latitude, CGCS2000 degrees, shells
//! anticlockwise. Every piece carries its findings as properties, so that it can be laid over any
//! map and still says which clause it stands under.

use super::degrees::{Place, place, written};
use super::{json, words};
use crate::EngineError;
use crate::review::{FindingRecord, Overlap, PlotReview, ProjectReview, Review, ZoneRecord};
use geo_types::Coord;
use redline_formats::{Crs, Transform};
use redline_wording::Lang;
use redline_zoning::{LayerRole, Outcome};
use serde::Serialize;

#[derive(Serialize)]
struct Collection<'a> {
    r#type: &'static str,
    name: &'static str,
    review: Head<'a>,
    features: Vec<Feature<'a>>,
}

/// A foreign member (RFC 7946, 6.1) that says what the pieces prove.
#[derive(Serialize)]
struct Head<'a> {
    schema: &'a str,
    engine_version: &'a str,
    date: &'a str,
    outcome: Outcome,
    workspace: &'a str,
    revision: u64,
    rule_book: &'a str,
    rule_book_version: &'a str,
    areas: &'static str,
    datum: &'static str,
}

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    id: String,
    properties: Properties<'a>,
    geometry: Option<Place>,
}

/// Flat where a GIS wants columns; the findings in full as a list.
#[derive(Serialize)]
struct Properties<'a> {
    role: &'static str,
    file: &'a str,
    plot: &'a str,
    plot_name: &'a str,
    outcome: Outcome,
    outcome_zh: String,
    ellipsoidal_m2: Option<f64>,
    planar_m2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared_m2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    zone: Option<ZoneProperties<'a>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    strictest: Option<Strictest<'a>>,
    findings: Vec<&'a FindingRecord>,
}

#[derive(Serialize)]
struct ZoneProperties<'a> {
    layer: &'a str,
    layer_role: LayerRole,
    zone: &'a str,
    zone_name: &'a str,
    class: Option<&'a str>,
    tier: Option<&'a str>,
    kind: Option<&'a str>,
    class_zh: String,
}

/// The strictest finding as columns of its own.
#[derive(Serialize)]
struct Strictest<'a> {
    rule: &'a str,
    clause: &'a str,
    source: &'a str,
    verified: bool,
    reason: &'a str,
    reason_en: &'a str,
}

/// `review` as a GeoJSON FeatureCollection: for every plot a feature of role `plot` and, after it,
/// one of role `overlap` for every clipped piece and of role `location` for every point. Areas are
/// unrounded m².
///
/// # Errors
/// When the workspace's plane is not one this product knows, or a point lies outside it.
pub fn geojson(review: &Review) -> Result<String, EngineError> {
    let degrees = Transform::between(Crs::parse(&review.workspace.crs)?, Crs::CGCS2000)?;
    let mut features = Vec::new();
    for (number, project) in review.projects.iter().enumerate() {
        for (plot_number, plot) in project.plots.iter().enumerate() {
            features.push(plot_feature(project, plot, &format!("{}.{}", number + 1, plot_number + 1), &degrees)?);
            for overlap in &plot.overlaps {
                features.push(overlap_feature(project, plot, overlap, &degrees)?);
            }
            for (place, location) in plot.locations.iter().enumerate() {
                let [x, y] = location.point;
                let mut point = [Coord { x, y }];
                degrees.apply(&mut point)?;
                let mut feature = piece(
                    project,
                    plot,
                    format!("{}.{}.p{}", number + 1, plot_number + 1, place + 1),
                    "location",
                    location.outcome,
                    &location.zone,
                    &location.findings,
                );
                feature.geometry = Some(Place::Point(written(point[0])));
                features.push(feature);
            }
        }
    }
    json(&Collection {
        r#type: "FeatureCollection",
        name: "redline-review",
        review: Head {
            schema: &review.schema,
            engine_version: &review.engine_version,
            date: &review.date,
            outcome: review.outcome,
            workspace: &review.workspace.file,
            revision: review.workspace.revision,
            rule_book: &review.rule_book.id,
            rule_book_version: &review.rule_book.version,
            areas: "ellipsoidal_m2 (椭球面积), planar_m2 (平面面积)",
            datum: "CGCS2000",
        },
        features,
    })
}

fn plot_feature<'a>(
    project: &'a ProjectReview,
    plot: &'a PlotReview,
    id: &str,
    degrees: &Transform,
) -> Result<Feature<'a>, EngineError> {
    Ok(Feature {
        r#type: "Feature",
        id: id.to_string(),
        properties: Properties {
            role: "plot",
            file: &project.file,
            plot: &plot.id,
            plot_name: &plot.name,
            outcome: plot.outcome,
            outcome_zh: plot.outcome.word().zh,
            ellipsoidal_m2: Some(plot.area.ellipsoidal_m2),
            planar_m2: Some(plot.area.planar_m2),
            declared_m2: plot.area.declared_m2,
            number: None,
            share: None,
            zone: None,
            strictest: plot.findings.iter().rev().map(|f| &f.finding).max_by_key(|f| f.outcome).map(strictest),
            findings: plot.findings.iter().map(|f| &f.finding).collect(),
        },
        geometry: place(&plot.geometry, degrees)?,
    })
}

fn overlap_feature<'a>(
    project: &'a ProjectReview,
    plot: &'a PlotReview,
    overlap: &'a Overlap,
    degrees: &Transform,
) -> Result<Feature<'a>, EngineError> {
    let mut feature =
        piece(project, plot, overlap.id.clone(), "overlap", overlap.outcome, &overlap.zone, &overlap.findings);
    feature.properties.ellipsoidal_m2 = Some(overlap.area.ellipsoidal_m2);
    feature.properties.planar_m2 = Some(overlap.area.planar_m2);
    feature.properties.number = overlap.id.rsplit('.').next();
    feature.properties.share = Some(overlap.share);
    feature.geometry = place(&overlap.geometry, degrees)?;
    Ok(feature)
}

fn piece<'a>(
    project: &'a ProjectReview,
    plot: &'a PlotReview,
    id: String,
    role: &'static str,
    outcome: Outcome,
    zone: &'a ZoneRecord,
    findings: &'a [FindingRecord],
) -> Feature<'a> {
    Feature {
        r#type: "Feature",
        id,
        properties: Properties {
            role,
            file: &project.file,
            plot: &plot.id,
            plot_name: &plot.name,
            outcome,
            outcome_zh: outcome.word().zh,
            ellipsoidal_m2: None,
            planar_m2: None,
            declared_m2: None,
            number: None,
            share: None,
            zone: Some(ZoneProperties {
                layer: &zone.layer,
                layer_role: zone.role,
                zone: &zone.id,
                zone_name: &zone.name,
                class: zone.class.as_deref(),
                tier: zone.tier.as_deref(),
                kind: zone.kind.as_deref(),
                class_zh: words::zone_class(zone, Lang::Zh),
            }),
            strictest: findings.iter().rev().max_by_key(|finding| finding.outcome).map(strictest),
            findings: findings.iter().collect(),
        },
        geometry: None,
    }
}

fn strictest(finding: &FindingRecord) -> Strictest<'_> {
    Strictest {
        rule: &finding.rule,
        clause: &finding.clause,
        source: &finding.source,
        verified: finding.verified,
        reason: &finding.reason,
        reason_en: &finding.reason_en,
    }
}
