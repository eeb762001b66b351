//! Commands on their way. Each can be cancelled by the number its front gave it and tells how far it
//! is, at most every 50 ms; a fault in one is a sentence for the person, not the end of the program.

use redline_engine::desk::wire::{ProgressReport, Refusal};
use redline_engine::{Desk, EngineError, Progress};
use redline_wording::{Text, text};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Reports of one task are at least this far apart.
const PACE: Duration = Duration::from_millis(50);
/// A cancel may overtake its command; for so long it waits for it.
const EARLY: Duration = Duration::from_secs(2);

/// The tasks of one desk.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    running: Vec<(u64, Canceller)>,
    early: Vec<(u64, Instant)>,
}

impl Tasks {
    /// A task begins, under the number by which it can be cancelled.
    pub fn begin(&self, id: Option<u64>) -> Task {
        let canceller = Canceller::default();
        if let Some(id) = id {
            let mut known = lock(&self.known);
            known.early.retain(|(_, since)| since.elapsed() < EARLY);
            if let Some(place) = known.early.iter().position(|(early, _)| *early == id) {
                known.early.swap_remove(place);
                canceller.cancel();
            }
            known.running.push((id, canceller.clone()));
        }
        Task { tasks: self.clone(), canceller }
    }

    /// Asks the task of this number to stop.
    pub fn cancel(&self, id: u64) {
        let mut known = lock(&self.known);
        let mut found = false;
        for (_, canceller) in known.running.iter().filter(|(running, _)| *running == id) {
            canceller.cancel();
            found = true;
        }
        if !found {
            known.early.retain(|(_, since)| since.elapsed() < EARLY);
            known.early.push((id, Instant::now()));
        }
    }

    /// Asks every task to stop: the front is closing.
    pub fn cancel_all(&self) {
        for (_, canceller) in &lock(&self.known).running {
            canceller.cancel();
        }
    }
}

#[cfg(test)]
impl Tasks {
    /// How many tasks are on their way.
    pub(crate) fn running(&self) -> usize {
        lock(&self.known).running.len()
    }
}

/// Stops one task.
#[derive(Clone, Debug, Default)]
pub struct Canceller(Arc<AtomicBool>);

impl Canceller {
    /// Asks the task to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether that was asked.
    pub fn cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// One command on its way.
#[derive(Debug)]
pub struct Task {
    tasks: Tasks,
    canceller: Canceller,
}

impl Task {
    /// What stops this task.
    pub fn canceller(&self) -> Canceller {
        self.canceller.clone()
    }

    /// Lets the desk answer. `tell` is given how far it is, from any thread, and nothing after this
    /// function has returned.
    ///
    /// # Errors
    /// The command's refusal; `internal-fault` where it panicked.
    pub fn run(
        self,
        desk: &Desk,
        command: &str,
        body: &[u8],
        tell: impl Fn(ProgressReport) + Send + 'static,
    ) -> Result<Vec<u8>, Refusal> {
        let reporter = Reporter::new(self.canceller.clone(), Box::new(tell));
        guarded(command, || desk.call(command, body, &reporter))
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let mut known = lock(&self.tasks.known);
        known.running.retain(|(_, canceller)| !Arc::ptr_eq(&canceller.0, &self.canceller.0));
    }
}

/// Runs `work`; its error, or its panic, as a refusal.
///
/// # Errors
/// What `work` refused; `internal-fault` where it panicked.
pub fn guarded<T>(what: &str, work: impl FnOnce() -> Result<T, EngineError>) -> Result<T, Refusal> {
    // the desk swaps whole values and takes locks over a panic, so that it stays whole behind one
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(refusal(error)),
        Err(_) => Err(Refusal {
            code: "internal-fault".into(),
            text: text!(
                "程序内部出错（{what}），这一步没有完成，其余照常。这是本程序的缺陷：请把刚才的操作报告给维护者。"
                    | "An internal error ({what}): this step was not done, everything else goes on. This is a fault of the program: please report what you did to its maintainers."
            ),
        }),
    }
}

/// An error as it goes to a page.
pub fn refusal(error: EngineError) -> Refusal {
    Refusal { code: error.code, text: error.text }
}

type Tell = Box<dyn Fn(ProgressReport) + Send>;

/// What a command tells, kept and passed on at a pace that a page can draw.
struct Reporter {
    canceller: Canceller,
    told: Arc<Mutex<Told>>,
}

struct Told {
    tell: Tell,
    now: ProgressReport,
    last: Option<Instant>,
    /// A thread waits to tell what came too soon.
    waiting: bool,
    ended: bool,
}

impl Told {
    fn pass_on(&mut self) {
        (self.tell)(self.now.clone());
        self.last = Some(Instant::now());
    }

    /// How long until the next report may go.
    fn wait(&self) -> Duration {
        self.last.map_or(Duration::ZERO, |last| PACE.saturating_sub(last.elapsed()))
    }
}

impl Reporter {
    fn new(canceller: Canceller, tell: Tell) -> Reporter {
        let now = ProgressReport { stage: Text::default(), done: 0, total: None };
        let told = Told { tell, now, last: None, waiting: false, ended: false };
        Reporter { canceller, told: Arc::new(Mutex::new(told)) }
    }
}

impl Progress for Reporter {
    fn stage(&self, what: &Text, total: Option<u64>) {
        let mut told = lock(&self.told);
        told.now = ProgressReport { stage: what.clone(), done: 0, total };
        let wait = told.wait();
        if wait.is_zero() {
            told.pass_on();
        } else if !told.waiting {
            // the stage may take long without a step: its name must not wait for one
            told.waiting = true;
            let late = Arc::clone(&self.told);
            std::thread::spawn(move || {
                std::thread::sleep(wait);
                let mut told = lock(&late);
                told.waiting = false;
                if !told.ended {
                    told.pass_on();
                }
            });
        }
    }

    fn advance(&self, steps: u64) {
        let mut told = lock(&self.told);
        told.now.done = told.now.done.saturating_add(steps);
        if told.wait().is_zero() {
            told.pass_on();
        }
    }

    fn cancelled(&self) -> bool {
        self.canceller.cancelled()
    }
}

impl Drop for Reporter {
    fn drop(&mut self) {
        lock(&self.told).ended = true;
    }
}

/// The values behind these locks are whole between statements, so a panic elsewhere spoils none.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn stage(n: u64) -> Text {
        Text::same(format!("stage {n}"))
    }

    #[test]
    fn a_thousand_steps_reach_the_page_as_a_few_reports_and_the_last_stage_is_always_told() {
        let (sender, receiver) = mpsc::channel();
        let reporter = Reporter::new(
            Canceller::default(),
            Box::new(move |report| {
                let _ = sender.send(report);
            }),
        );
        for n in 0..1000 {
            reporter.stage(&stage(n), Some(1));
            reporter.advance(1);
        }
        std::thread::sleep(PACE * 2);
        drop(reporter);
        let told: Vec<ProgressReport> = receiver.iter().collect();
        assert!(told.len() < 20, "{} reports", told.len());
        assert_eq!(told.last().map(|t| t.stage.clone()), Some(stage(999)));
    }

    #[test]
    fn nothing_is_told_after_the_answer() {
        let (sender, receiver) = mpsc::channel();
        let reporter = Reporter::new(
            Canceller::default(),
            Box::new(move |report| {
                let _ = sender.send(report);
            }),
        );
        reporter.stage(&stage(1), None);
        reporter.stage(&stage(2), None);
        drop(reporter);
        std::thread::sleep(PACE * 2);
        assert_eq!(receiver.iter().map(|t| t.stage).collect::<Vec<_>>(), [stage(1)]);
    }

    #[test]
    fn a_cancel_reaches_its_task_even_when_it_comes_first_and_no_other() {
        let tasks = Tasks::default();
        let (one, two) = (tasks.begin(Some(1)), tasks.begin(Some(2)));
        tasks.cancel(1);
        assert!(one.canceller().cancelled());
        assert!(!two.canceller().cancelled());
        tasks.cancel(3);
        assert!(tasks.begin(Some(3)).canceller().cancelled(), "the cancel overtook its command");
        assert!(!tasks.begin(Some(3)).canceller().cancelled(), "and was meant for that one only");
        drop(one);
        assert!(!tasks.begin(Some(1)).canceller().cancelled(), "a number used again begins afresh");
    }

    #[test]
    fn a_fault_in_a_command_is_a_sentence() {
        let refused = guarded::<()>("check", || std::panic::panic_any("boom")).unwrap_err();
        assert_eq!(refused.code, "internal-fault");
        assert!(refused.text.en.contains("(check)"), "{}", refused.text.en);
    }
}
