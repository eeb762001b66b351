//! Room for sheets drawn at one time: memory is handed out, and who finds none waits.

use redline_sheet::Rect;
use redline_workspace::LayerInfo;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes a zone on a sheet takes while it is drawn: measured on the sample city, zones of 20–200 points,
/// with the document and its parsed tree.
const BYTES_A_ZONE: f64 = 12_000.0;
/// Bytes of a sheet without any zone, and of its picture.
const BYTES_A_SHEET: f64 = 60e6;

/// What a sheet of this ground takes, bytes: by the share of each layer's extent that it shows.
pub(super) fn need(layers: &[LayerInfo], ground: &Rect) -> u64 {
    let zones: f64 = layers
        .iter()
        .filter_map(|layer| {
            let [x0, y0, x1, y1] = layer.extent?;
            let whole = ((x1 - x0) * (y1 - y0)).max(1.0);
            let (w, h) = (ground.x1.min(x1) - ground.x0.max(x0), ground.y1.min(y1) - ground.y0.max(y0));
            Some(layer.features as f64 * (w.max(0.0) * h.max(0.0) / whole))
        })
        .sum();
    (BYTES_A_SHEET + zones * BYTES_A_ZONE) as u64
}

/// Memory that sheets share.
pub(super) struct Room {
    most: u64,
    taken: Mutex<u64>,
    freed: Condvar,
}

impl Room {
    pub fn new(most: u64) -> Room {
        Room { most, taken: Mutex::new(0), freed: Condvar::new() }
    }

    /// Waits until `bytes` are free, or nothing is taken.
    pub fn enter(&self, bytes: u64) -> Place<'_> {
        let mut taken = self.lock();
        while *taken > 0 && *taken + bytes > self.most {
            taken = self.freed.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += bytes;
        Place { room: self, bytes }
    }

    // a count is whole whatever panicked while it was held
    fn lock(&self) -> MutexGuard<'_, u64> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Memory taken until this is dropped.
pub(super) struct Place<'r> {
    room: &'r Room,
    bytes: u64,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.room.lock() -= self.bytes;
        self.room.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn sheets_drawn_at_one_time_stay_within_the_memory_allowed_and_a_large_one_is_drawn_alone() {
        let room = Room::new(10);
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for bytes in [4, 5, 3, 25, 6, 2, 7, 1] {
                let (room, now, most) = (&room, &now, &most);
                scope.spawn(move || {
                    let place = room.enter(bytes);
                    let here = now.fetch_add(bytes, Ordering::SeqCst) + bytes;
                    most.fetch_max(if here == bytes { 0 } else { here }, Ordering::SeqCst);
                    std::thread::yield_now();
                    now.fetch_sub(bytes, Ordering::SeqCst);
                    drop(place);
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 10, "{most:?}");
        assert_eq!(*room.lock(), 0);
    }
}
