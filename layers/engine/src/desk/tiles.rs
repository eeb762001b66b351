//! Tiles by path: `{layer}/{revision and hash}/{z}/{x}/{y}.mvt`, those of the draft and the backdrop's.

use super::wire::*;
use super::{Desk, backdrop, draft};
use crate::EngineError;
use crate::progress::Progress;
use redline_wording::text;
use redline_workspace::LayerInfo;
use std::sync::Mutex;

/// Media type of vector tiles.
const MVT: &str = "application/vnd.mapbox-vector-tile";

/// A tile as it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// Media type.
    pub mime: &'static str,
    /// Content; empty where there is nothing to draw.
    pub bytes: Vec<u8>,
}

/// Where a layer's tiles are, below the front's tile address. The hash makes it another address for
/// other content, so that nothing old is ever shown from a browser's cache.
pub(super) fn path_of(layer: &LayerInfo) -> String {
    format!("{}/r{}-{}", layer.name, layer.revision, layer.sha256.get(..12).unwrap_or("0"))
}

/// A tile by its path. `cancelled` is asked on the way.
pub(super) fn serve(desk: &Desk, path: &str, cancelled: &dyn Fn() -> bool) -> Result<Served, EngineError> {
    let unknown =
        || EngineError::new("tile-unknown", text!("没有这个切片：{path}。" | "There is no such tile: {path}."));
    let (head, place, ending) = split(path).ok_or_else(unknown)?;
    if let (Some(number), "png") = (head.strip_prefix(backdrop::PATH), ending) {
        let bytes = backdrop::tile(desk, number, place)?;
        return Ok(Served { mime: "image/png", bytes });
    }
    if let Some(cut) = draft::tiles::tile(desk, head, place, cancelled).filter(|_| ending == "mvt") {
        return Ok(Served { mime: MVT, bytes: cut? });
    }
    let city = desk.city()?;
    let source = city.sources().iter().find(|s| path_of(s.layer()) == head && ending == "mvt").ok_or_else(unknown)?;
    let (z, x, y) = place;
    let bytes = source.tile(z, x, y, cancelled)?;
    Ok(Served { mime: MVT, bytes })
}

/// `head/z/x/y.ending`, the numbers within what there is at that zoom.
fn split(path: &str) -> Option<(&str, (u8, u32, u32), &str)> {
    let (rest, ending) = path.rsplit_once('.')?;
    let (rest, y) = rest.rsplit_once('/')?;
    let (rest, x) = rest.rsplit_once('/')?;
    let (head, z) = rest.rsplit_once('/')?;
    // digits only, as the map writes them: one tile has one address
    let plain = |word: &str| word.bytes().all(|b| b.is_ascii_digit()) && (word == "0" || !word.starts_with('0'));
    let z: u8 = z.parse().ok().filter(|n| plain(z) && *n <= 24)?;
    let number = |word: &str| word.parse::<u32>().ok().filter(|n| plain(word) && u64::from(*n) < 1 << z);
    Some((head, (z, number(x)?, number(y)?), ending))
}

/// Builds the low zooms of large layers where neither the workspace nor the cache has them.
pub(super) fn prepare(desk: &Desk, _: Nothing, progress: &dyn Progress) -> Result<TilesReady, EngineError> {
    let city = desk.city()?;
    let mut built = Vec::new();
    for source in city.sources().iter().filter(|s| !s.overview_ready()) {
        let title = &source.layer().title;
        progress.stage(
            &text!("准备“{title}”的小比例尺切片" | "Making the small-scale tiles of “{title}”"),
            Some(source.layer().features),
        );
        let last = Mutex::new(0);
        let mut tell = |done: u64, _total: u64| {
            // not shared: the lock only satisfies the closure's type
            if let Ok(mut last) = last.lock() {
                progress.advance(done.saturating_sub(*last));
                *last = done;
            }
        };
        if source.prepare(&mut tell, &|| progress.cancelled())? {
            built.push(source.layer().name.clone());
        }
    }
    Ok(TilesReady { built, troubles: city.sources().iter().flat_map(|s| s.troubles()).collect() })
}
