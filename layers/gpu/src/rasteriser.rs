//! The program that draws: started, waited for, and believed only when its answer is whole.

use crate::Fallback;
use crate::tiles::{Cut, SIDE, cut};
use crate::wire::{NO_ADAPTER, Request, read_answer, write_request};
use redline_sheet::Underlay;
use redline_wording::io_reason;
use std::io::{BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The program's name beside the command.
const PROGRAM: &str = "redline-gpu";
/// What the program is given where nobody says otherwise: a drawing of a hundred million pixels in
/// software takes a tenth of it.
const GIVEN: Duration = Duration::from_secs(120);
/// How long a program that has closed its end may take to end.
const GRACE: Duration = Duration::from_secs(5);
/// No more is kept of what the program says of its trouble, bytes.
const MOST_SAID: usize = 4096;
/// No more of it is shown, characters.
const MOST_SHOWN: usize = 160;

/// The program that draws an underlay on the GPU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rasteriser {
    program: PathBuf,
    given: Duration,
}

/// An underlay as the GPU drew it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Painted {
    /// What drew it, as its driver calls it.
    pub adapter: String,
    /// Pixels of the underlay's width and height, row by row from above: red, green, blue, alpha; opaque.
    pub rgba: Vec<u8>,
}

impl Rasteriser {
    /// The program beside the one that runs. It is looked for nowhere else: no search path decides what
    /// is started.
    ///
    /// # Errors
    /// [`Fallback::NotBuilt`] without the feature `maplibre-rs`, [`Fallback::Missing`].
    pub fn beside() -> Result<Rasteriser, Fallback> {
        if !cfg!(feature = "maplibre-rs") {
            return Err(Fallback::NotBuilt);
        }
        let own = std::env::current_exe().map_err(|e| Fallback::NotStarted { reason: io_reason(&e) })?;
        let program = own.with_file_name(format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX));
        if program.is_file() { Ok(Rasteriser::at(&program)) } else { Err(Fallback::Missing { program }) }
    }

    /// The program at a place that the caller knows.
    pub fn at(program: &Path) -> Rasteriser {
        Rasteriser { program: program.to_owned(), given: GIVEN }
    }

    /// The same, given so much time for a drawing.
    pub fn given(self, given: Duration) -> Rasteriser {
        Rasteriser { given, ..self }
    }

    /// Draws an underlay.
    ///
    /// # Errors
    /// [`Fallback`]: whatever kept the program from it.
    pub fn paint(&self, underlay: &Underlay) -> Result<Painted, Fallback> {
        let Cut { request, places } = cut(underlay);
        self.ask(&request, |pipe| {
            let mut rgba = vec![255; underlay.width as usize * underlay.height as usize * 4];
            let adapter = read_answer(pipe, SIDE, places.len(), &mut |number, tile| {
                lay(tile, places[number], underlay, &mut rgba);
            })?;
            Ok(Painted { adapter, rgba })
        })
    }

    /// Starts the program with a request; what `read` makes of its answer.
    fn ask<T: Send>(
        &self,
        request: &Request,
        read: impl FnOnce(&mut BufReader<ChildStdout>) -> std::io::Result<T> + Send,
    ) -> Result<T, Fallback> {
        let until = Instant::now() + self.given;
        let mut child = Command::new(&self.program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| match e.kind() {
                std::io::ErrorKind::NotFound => Fallback::Missing { program: self.program.clone() },
                _ => Fallback::NotStarted { reason: io_reason(&e) },
            })?;
        let (asking, answering, complaining) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        // each pipe has its own thread: a program that answers before it has read everything, or that
        // complains at length, would otherwise wait for us as we wait for it
        thread::scope(|scope| {
            scope.spawn(move || {
                // a program that no longer reads tells why at its other end
                asking.map(|pipe| write_request(&mut BufWriter::new(pipe), request))
            });
            let said = scope.spawn(move || complaining.map(last_words).unwrap_or_default());
            let (send, receive) = mpsc::channel();
            scope.spawn(move || {
                let answer = answering.map(|pipe| read(&mut BufReader::new(pipe)));
                // nobody listens any more once the time is over
                let _ = send.send(answer);
            });
            let answer = receive.recv_timeout(until.saturating_duration_since(Instant::now()));
            let status = match &answer {
                Ok(Some(Err(_))) => ended(&mut child, Instant::now() + GRACE),
                _ => None,
            };
            // a whole answer needs no farewell, and a late one is not waited for
            let _ = child.kill();
            let _ = child.wait();
            let said = said.join().unwrap_or_default();
            match answer {
                Ok(Some(Ok(answer))) => Ok(answer),
                Ok(Some(Err(error))) => Err(why(status, &said, &error)),
                Ok(None) => Err(Fallback::Ended { said: String::new() }),
                Err(_) => Err(Fallback::TooLong { given: self.given }),
            }
        })
    }
}

/// Lays the pixels of a tile, at a column and a row, into those of its underlay.
fn lay(tile: &[u8], (column, row): (u32, u32), underlay: &Underlay, rgba: &mut [u8]) {
    let (x, y) = (column * SIDE, row * SIDE);
    let (wide, high) = (SIDE.min(underlay.width - x) as usize * 4, SIDE.min(underlay.height - y));
    for line in 0..high {
        let from = (line * SIDE) as usize * 4;
        let to = ((y + line) as usize * underlay.width as usize + x as usize) * 4;
        rgba[to..to + wide].copy_from_slice(&tile[from..from + wide]);
    }
}

/// The end of what a program says, which is where it says why it ends. All of it is read, so that it
/// never waits for us.
fn last_words(mut pipe: impl Read) -> String {
    let mut said: Vec<u8> = Vec::new();
    let mut piece = [0; MOST_SAID];
    // a pipe that breaks is one that ends
    while let Ok(length @ 1..) = pipe.read(&mut piece) {
        said.extend_from_slice(&piece[..length]);
        said.drain(..said.len().saturating_sub(MOST_SAID));
    }
    String::from_utf8_lossy(&said).into_owned()
}

/// How a program ended that has closed its end of the pipe.
fn ended(child: &mut Child, until: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < until => thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => return None,
        }
    }
}

fn why(status: Option<ExitStatus>, said: &str, error: &std::io::Error) -> Fallback {
    match status {
        Some(status) if status.code() == Some(i32::from(NO_ADAPTER)) => Fallback::NoAdapter,
        Some(status) if status.success() => Fallback::unreadable(error),
        Some(status) => {
            // a panic's last line is its hint about backtraces
            let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("note: "));
            let last: String = lines.next_back().unwrap_or_default().chars().take(MOST_SHOWN).collect();
            Fallback::Ended { said: if last.is_empty() { status.to_string() } else { last } }
        }
        None => Fallback::unreadable(error),
    }
}
