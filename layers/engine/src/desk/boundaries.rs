//! Boundaries near the pointer. They are kept decoded, in short runs with a box around each: while
//! the pointer moves over a zone of twenty thousand vertices, only those near it are looked at.

use crate::EngineError;
use geo_types::{Coord, LineString};
use redline_geometry::Shape;
use redline_workspace::{LayerInfo, Stored, Workspace, ZonePlace};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Edges of a run.
const RUN: usize = 64;
/// More points than this are not kept: 64 MB.
const KEPT: usize = 4_000_000;

/// What the pointer was near to.
#[derive(Default)]
pub(super) struct Boundaries(Mutex<Option<Kept>>);

struct Kept {
    workspace: Workspace,
    // the file as it was read: an import moves zones to other rows
    mark: i64,
    // by layer name; a zone of another revision and a damaged one have no runs
    zones: HashMap<(String, ZonePlace), Vec<Run>>,
    points: usize,
}

/// Consecutive points of a ring, and the box around them.
struct Run {
    bounds: [f64; 4],
    points: Vec<Coord<f64>>,
}

impl Boundaries {
    /// Hands out the runs of points (an edge between each two) of a layer whose box touches `window`.
    /// A zone that cannot be read is passed over: the map says so, and other zones are there still.
    ///
    /// # Errors
    /// Those of any read.
    pub fn near(
        &self,
        path: &Path,
        layer: &LayerInfo,
        window: [f64; 4],
        mut act: impl FnMut(&[Coord<f64>]),
    ) -> Result<(), EngineError> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // left empty where anything fails: the next question opens the file anew
        let mut kept = match slot.take() {
            Some(kept) => kept,
            None => Kept::open(path)?,
        };
        let mark = kept.workspace.change_mark()?;
        if mark != kept.mark || kept.points > KEPT {
            (kept.zones, kept.points, kept.mark) = (HashMap::new(), 0, mark);
        }
        for place in kept.places(layer, window)? {
            let runs = kept.zones.get(&(layer.name.clone(), place)).map_or(&[][..], Vec::as_slice);
            runs.iter().filter(|run| touch(run.bounds, window)).for_each(|run| act(&run.points));
        }
        *slot = Some(kept);
        Ok(())
    }
}

impl Kept {
    fn open(path: &Path) -> Result<Kept, EngineError> {
        let workspace = Workspace::open(path)?;
        let mark = workspace.change_mark()?;
        Ok(Kept { workspace, mark, zones: HashMap::new(), points: 0 })
    }

    /// The zones that may touch a window; those not kept yet are read.
    fn places(&mut self, layer: &LayerInfo, window: [f64; 4]) -> Result<Vec<ZonePlace>, EngineError> {
        let (mut places, mut fresh) = (Vec::new(), Vec::new());
        let zones = &self.zones;
        self.workspace.draw(
            layer,
            window,
            |place| {
                places.push(place);
                !zones.contains_key(&(layer.name.clone(), place))
            },
            |place, stored| {
                let shape = match stored {
                    Stored::Zone(zone) => zone.shape().unwrap_or_else(|_| Shape::new(Vec::new())),
                    Stored::OfAnotherRevision | Stored::Damaged(_) => Shape::new(Vec::new()),
                };
                fresh.push((place, runs(&shape)));
                true
            },
        )?;
        for (place, runs) in fresh {
            self.points += runs.iter().map(|run| run.points.len()).sum::<usize>();
            self.zones.insert((layer.name.clone(), place), runs);
        }
        Ok(places)
    }
}

fn runs(shape: &Shape) -> Vec<Run> {
    let rings = shape.0.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    rings.flat_map(of_ring).collect()
}

fn of_ring(ring: &LineString<f64>) -> impl Iterator<Item = Run> + '_ {
    let last = ring.0.len().saturating_sub(1);
    (0..last).step_by(RUN).map(move |from| {
        // the last point of a run is the first of the next
        let points = ring.0[from..=(from + RUN).min(last)].to_vec();
        let bounds =
            points.iter().fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |b, c| {
                [b[0].min(c.x), b[1].min(c.y), b[2].max(c.x), b[3].max(c.y)]
            });
        Run { bounds, points }
    })
}

fn touch(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_edge_of_a_long_ring_is_lost_between_two_runs() {
        let ring: LineString<f64> = (0..=1000).map(|i| (f64::from(i % 1000), f64::from(i % 7))).collect();
        let edges: Vec<_> =
            of_ring(&ring).flat_map(|r| r.points.windows(2).map(|e| (e[0], e[1])).collect::<Vec<_>>()).collect();
        let all: Vec<_> = ring.0.windows(2).map(|e| (e[0], e[1])).collect();
        assert_eq!(edges, all);
        assert_eq!(of_ring(&LineString::new(Vec::new())).count(), 0);
    }
}
