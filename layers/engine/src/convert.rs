//! Between the layers' types and the record's.

use crate::review::{FindingRecord, Geometry, NoteRecord, ZoneRecord};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use redline_formats::ImportNote;
use redline_geometry::Shape;
use redline_wording::Text;
use redline_zoning::{Finding, LayerRole, ZoneFacts};

impl From<&Shape> for Geometry {
    fn from(shape: &Shape) -> Geometry {
        let ring = |line: &LineString<f64>| line.0.iter().map(|c| [c.x, c.y]).collect::<Vec<_>>();
        let coordinates =
            shape.0.iter().map(|p| std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect()).collect();
        Geometry { kind: "MultiPolygon".into(), coordinates }
    }
}

impl From<&Geometry> for Shape {
    fn from(geometry: &Geometry) -> Shape {
        let ring = |points: &Vec<[f64; 2]>| LineString(points.iter().map(|&[x, y]| Coord { x, y }).collect());
        let polygons = geometry.coordinates.iter().map(|rings| {
            let mut rings = rings.iter().map(ring);
            let shell = rings.next().unwrap_or_else(|| LineString(Vec::new()));
            Polygon::new(shell, rings.collect())
        });
        MultiPolygon(polygons.collect())
    }
}

impl From<&ImportNote> for NoteRecord {
    fn from(note: &ImportNote) -> NoteRecord {
        NoteRecord {
            code: note.code.clone(),
            severity: note.severity,
            message: note.message.zh.clone(),
            message_en: note.message.en.clone(),
            plot: note.plot.clone(),
            ring: note.ring,
            point: note.point.clone(),
            area_m2: note.area_m2,
            accepted: false,
        }
    }
}

impl From<Finding> for FindingRecord {
    fn from(finding: Finding) -> FindingRecord {
        FindingRecord {
            rule: finding.rule,
            clause: finding.clause,
            source: finding.source,
            verified: finding.verified,
            outcome: finding.outcome,
            reason: finding.reason.zh,
            reason_en: finding.reason.en,
            attachments: finding.attachments,
        }
    }
}

/// The record of a zone of `layer`.
pub(crate) fn zone_record(layer: &str, role: LayerRole, facts: &ZoneFacts) -> ZoneRecord {
    ZoneRecord {
        layer: layer.to_string(),
        role,
        id: facts.id.clone(),
        name: facts.name.clone(),
        class: facts.class.clone(),
        tier: facts.tier.clone(),
        kind: facts.kind.clone(),
    }
}

/// Splits sentences into their Chinese and English halves.
pub(crate) fn halves(texts: &[Text]) -> (Vec<String>, Vec<String>) {
    texts.iter().map(|t| (t.zh.clone(), t.en.clone())).unzip()
}
