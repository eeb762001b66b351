//! Tiles, cut on a bounded number of threads and stopped when the page no longer wants them.

use super::Host;
use super::answers::{refused, with};
use crate::tasks::{Canceller, guarded};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use std::sync::Arc;

/// Stops the tile when the answer is no longer waited for.
struct Awaited(Canceller);

impl Drop for Awaited {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// `GET /tiles/{path}`: 204 where there is nothing to draw.
pub(super) async fn tile(State(host): State<Arc<Host>>, Path(path): Path<String>) -> Response {
    let canceller = Canceller::default();
    let awaited = Awaited(canceller.clone());
    // never closed, so there is always a turn to come
    let turn = Arc::clone(&host.tiles).acquire_owned().await;
    let work = tokio::task::spawn_blocking(move || {
        let served = guarded("tile", || host.desk.tile(&path, &|| canceller.cancelled()));
        drop(turn);
        served
    });
    let served = work.await;
    drop(awaited);
    match served {
        Ok(Ok(tile)) => {
            let status = if tile.bytes.is_empty() { StatusCode::NO_CONTENT } else { StatusCode::OK };
            let mime = tile.mime;
            let mut response = with(status, mime, tile.bytes);
            // a layer's address carries the hash of what it shows; a backdrop's only a number
            if mime != "image/png" {
                response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
            }
            response
        }
        Ok(Err(refusal)) => {
            let status = match refusal.code.as_str() {
                "tile-unknown" | "nothing-open" => StatusCode::NOT_FOUND,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            refused(status, &refusal)
        }
        // the server is ending
        Err(_) => with(StatusCode::SERVICE_UNAVAILABLE, "text/plain", Body::empty()),
    }
}
