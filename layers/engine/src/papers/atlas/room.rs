//! Room for sheets drawn at one time: memory is handed out, and who finds none waits.

use super::SheetFile;
use redline_sheet::{Rect, ScaleChoice, SheetDescription};
use redline_workspace::LayerInfo;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often whoever waits looks whether it was stopped.
const OFTEN: Duration = Duration::from_millis(100);

/// Bytes a zone on a sheet takes while it is drawn, with the document and its parsed tree. An estimate: the
/// A0 sheet of the sample city's 20 000 zones took 0.43 GB as a process, a sheet of few zones 0.2 GB.
const BYTES_A_ZONE: f64 = 12_000.0;
/// Bytes of a sheet without any zone: an estimate too, for most of those 0.2 GB are fonts that sheets share.
const BYTES_A_SHEET: f64 = 60e6;

/// Bytes a pixel of a picture takes: as it is drawn, without its transparency, and packed.
const BYTES_A_PIXEL: f64 = 4.0 + 3.0 + 2.0;

/// What a sheet takes, bytes: by the share of each layer's extent that it shows, and by its picture.
pub(super) fn need(layers: &[LayerInfo], focus: &Rect, description: &SheetDescription, file: SheetFile) -> u64 {
    let paper = description.paper;
    let shown = match description.scale {
        ScaleChoice::Fixed(scale) => {
            let (x, y) = focus.centre();
            let metres = |mm: f64| mm * f64::from(scale) / 1000.0;
            let (w, h) = (metres(paper.width_mm), metres(paper.height_mm));
            Rect::at(x - w / 2.0, y - h / 2.0, w, h)
        }
        // a round scale and the paper's proportions show up to twice as much each way
        ScaleChoice::Auto => focus.grown(focus.width().max(focus.height()) / 2.0),
    };
    // areas are summed over the whole subject, whatever of it the paper shows
    let shown = shown.around(focus);
    let zones: f64 = layers
        .iter()
        .filter_map(|layer| {
            let [x0, y0, x1, y1] = layer.extent?;
            let whole = ((x1 - x0) * (y1 - y0)).max(1.0);
            let (w, h) = (shown.x1.min(x1) - shown.x0.max(x0), shown.y1.min(y1) - shown.y0.max(y0));
            Some(layer.features as f64 * (w.max(0.0) * h.max(0.0) / whole))
        })
        .sum();
    let pixels = match file {
        SheetFile::Png(dpi) => paper.width_mm * paper.height_mm * (dpi / 25.4).powi(2),
        SheetFile::Pdf | SheetFile::Svg => 0.0,
    };
    (BYTES_A_SHEET + zones * BYTES_A_ZONE + pixels * BYTES_A_PIXEL) as u64
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

    /// Waits until `bytes` are free, or nothing is taken; `None` where `stopped` says so meanwhile. Whoever
    /// waits must not be a thread that others need to end their work.
    pub fn enter(&self, bytes: u64, stopped: &dyn Fn() -> bool) -> Option<Place<'_>> {
        let mut taken = self.lock();
        loop {
            if stopped() {
                return None;
            }
            if *taken == 0 || *taken + bytes <= self.most {
                *taken += bytes;
                return Some(Place { room: self, bytes });
            }
            taken = self.freed.wait_timeout(taken, OFTEN).unwrap_or_else(PoisonError::into_inner).0;
        }
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
                    let place = room.enter(bytes, &|| false);
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

    #[test]
    fn whoever_waits_for_room_leaves_when_told_to_stop() {
        let room = Room::new(1);
        let all = room.enter(5, &|| false);
        assert!(all.is_some() && room.enter(5, &|| true).is_none());
    }
}
