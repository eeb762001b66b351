//! Wall clock and processor time of one stretch of work. Ratios are taken from processor time where
//! one thread works, because it does not count what other programs on the machine take.

use std::time::Instant;

/// What a stretch of work took, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Took {
    /// By the clock on the wall.
    pub wall: f64,
    /// Processor time of the calling thread; equals `wall` where the system does not say (anything but
    /// Linux).
    pub cpu: f64,
}

/// Processor time of this thread so far, seconds (Linux: `/proc/thread-self/schedstat`, nanoseconds).
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = stat.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// Runs `work` and says what it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let result = work();
    let wall = start.elapsed().as_secs_f64();
    let cpu = match (cpu, cpu_seconds()) {
        (Some(before), Some(after)) => after - before,
        _ => wall,
    };
    (result, Took { wall, cpu })
}
