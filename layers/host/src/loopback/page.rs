//! The page itself, built into the program.

use super::answers::{sentence, with};
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use redline_wording::text;

/// Path, media type, content; sorted by path.
static FILES: &[(&str, &str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// Whether the page was there when this program was built.
pub(super) fn built() -> bool {
    !FILES.is_empty()
}

/// A file of the page; `/` is its document.
pub(super) async fn file(request: Request) -> Response {
    let path = match request.uri().path() {
        "/" => "index.html",
        path => path.trim_start_matches('/'),
    };
    let reading = request.method() == Method::GET || request.method() == Method::HEAD;
    match FILES.binary_search_by_key(&path, |(name, ..)| name).ok().and_then(|n| FILES.get(n)) {
        Some((_, media_type, bytes)) if reading => with(StatusCode::OK, media_type, *bytes),
        _ => sentence(StatusCode::NOT_FOUND, &text!("这里没有 {path}。" | "There is no {path} here.")),
    }
}
