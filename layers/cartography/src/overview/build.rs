//! Painting a layer: one thread reads, the others project and paint, the reader puts the spans into
//! the grid in the order of the file. The result does not depend on the number of threads.

use crate::error::{CartographyError, Result};
use crate::mercator::Projection;
use crate::overview::grid::{self, Level, Overview, SIDE_BITS};
use crate::overview::raster::{self, Span};
use crate::symbols;
use crate::troubles::Troubles;
use crate::zone_lines::project;
use redline_workspace::{LayerInfo, Stored, StoredZone, Workspace, ZonePlace};
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};

/// Zones handed to a thread at a time.
const BATCH: usize = 1024;
/// Batches waiting to be painted, at most.
const WAITING: usize = 8;

/// Zones with their class.
type Batch = Vec<(ZonePlace, u8, StoredZone)>;
/// Spans by class.
type Painted = Vec<(u8, Vec<Span>)>;

/// Builds the overview of a layer with this finest zoom.
pub(crate) fn build(
    workspace: &Workspace,
    layer: &LayerInfo,
    zoom: u8,
    projection: &Projection,
    troubles: &Troubles,
    progress: &mut dyn FnMut(u64, u64),
    cancelled: &dyn Fn() -> bool,
) -> Result<Overview> {
    let total = layer.features;
    let mut keys = Keys::default();
    let mut level = Level::new();
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().saturating_sub(1).clamp(1, 6));
    let (give, take) = sync_channel::<(u64, Batch)>(WAITING);
    let (bring, fetch) = channel::<(u64, Painted)>();
    let take = Mutex::new(take);
    let mut stopped = false;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (take, bring) = (&take, bring.clone());
            scope.spawn(move || paint_batches(zoom, projection, &layer.name, troubles, take, &bring));
        }
        // the threads hold the others
        drop(bring);
        let mut read = 0_u64;
        let mut in_order = InOrder::default();
        let mut batch = Batch::with_capacity(BATCH);
        let visited = workspace.draw_all(layer, |place, stored| {
            read += 1;
            match stored {
                Stored::Zone(zone) => batch.push((place, keys.class(symbols::key_of(layer.role, &zone.facts)), zone)),
                Stored::Damaged(what) => troubles.damaged(&layer.name, place, &what),
                Stored::OfAnotherRevision => {}
            }
            if batch.len() < BATCH {
                return true;
            }
            progress(read.min(total), total);
            stopped = cancelled();
            let batch = std::mem::replace(&mut batch, Batch::with_capacity(BATCH));
            let given = !stopped && give.send((in_order.given(), batch)).is_ok();
            fetch.try_iter().for_each(|painted| in_order.put(painted, &mut level));
            given
        });
        // the rest; the threads end when they have painted it
        let _ = give.send((in_order.given(), batch));
        drop(give);
        fetch.iter().for_each(|painted| in_order.put(painted, &mut level));
        visited
    })?;
    if stopped || cancelled() {
        return Err(CartographyError::cancelled());
    }
    progress(total, total);
    Ok(Overview::from_finest(zoom, keys.0, level))
}

/// Takes batches until there are no more.
fn paint_batches(
    zoom: u8,
    projection: &Projection,
    layer: &str,
    troubles: &Troubles,
    take: &Mutex<Receiver<(u64, Batch)>>,
    bring: &Sender<(u64, Painted)>,
) {
    let shift = 32 - u32::from(zoom) - SIDE_BITS;
    let mut along = projection.along();
    let mut crossings = Vec::new();
    loop {
        let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, batch)) = next else { return };
        let mut painted = Painted::with_capacity(batch.len());
        for (place, class, zone) in batch {
            match zone.shape().map(|shape| project(&shape, &mut along)) {
                Ok(Ok(rings)) => {
                    let mut spans = Vec::new();
                    raster::paint(&rings, shift, &mut crossings, &mut spans);
                    painted.push((class, spans));
                }
                Ok(Err(why)) => troubles.undrawable(layer, place, &zone.facts.id, why),
                Err(what) => troubles.damaged(layer, place, &what),
            }
        }
        if bring.send((number, painted)).is_err() {
            return;
        }
    }
}

/// Puts batches into the grid in the order in which they were given away.
#[derive(Default)]
struct InOrder {
    given: u64,
    next: u64,
    early: BTreeMap<u64, Painted>,
}

impl InOrder {
    fn given(&mut self) -> u64 {
        self.given += 1;
        self.given - 1
    }

    fn put(&mut self, (number, painted): (u64, Painted), level: &mut Level) {
        self.early.insert(number, painted);
        while let Some(painted) = self.early.remove(&self.next) {
            self.next += 1;
            painted.iter().for_each(|(class, spans)| grid::paint(level, *class, spans));
        }
    }
}

/// Drawing keys by class, from class 1.
#[derive(Default)]
struct Keys(Vec<String>);

impl Keys {
    /// The class of a key. A byte holds 255; whatever comes after is drawn as the last.
    fn class(&mut self, key: String) -> u8 {
        let at = self.0.iter().position(|k| *k == key).unwrap_or_else(|| {
            if self.0.len() < 255 {
                self.0.push(key);
            }
            self.0.len() - 1
        });
        at as u8 + 1
    }
}
