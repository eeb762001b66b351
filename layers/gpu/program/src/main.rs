//! Draws flat vector tiles on the GPU: a request on standard input, pixels on standard output.
//!
//! maplibre and wgpu answer much of what goes wrong with a panic. Here that ends this program and no
//! other; whoever started it reads the last line of standard error and draws without it.

mod canvas;
// both sides are built from the one file; each writes what the other reads
#[allow(dead_code)]
#[path = "../../src/wire.rs"]
mod wire;

use std::io::{BufReader, BufWriter, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match draw() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Trouble::NoAdapter) => {
            eprintln!("no adapter");
            ExitCode::from(wire::NO_ADAPTER)
        }
        Err(Trouble::Other(said)) => {
            eprintln!("{said}");
            ExitCode::FAILURE
        }
    }
}

/// Why nothing was drawn.
enum Trouble {
    /// wgpu finds nothing that draws.
    NoAdapter,
    /// Anything else, in its own words.
    Other(String),
}

fn draw() -> Result<(), Trouble> {
    let other = |e: std::io::Error| Trouble::Other(e.to_string());
    let request = wire::read_request(&mut BufReader::new(std::io::stdin().lock())).map_err(other)?;
    // before maplibre looks, which panics where it finds none
    let adapter = canvas::adapter().ok_or(Trouble::NoAdapter)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(other)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    wire::begin_answer(&mut out, &adapter).map_err(other)?;
    let each = |pixels: &[u8]| out.write_all(pixels).map_err(|e| e.to_string());
    runtime.block_on(canvas::draw(&request, each)).map_err(Trouble::Other)?;
    out.flush().map_err(other)
}
