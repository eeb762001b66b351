//! Tiles without a port: the scheme `tiles://localhost/{path}`, cut on a few threads of its own. The
//! newest question is answered first: it is what the person looks at now.

use percent_encoding::percent_decode_str;
use redline_engine::Desk;
use redline_host::guarded;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tauri::UriSchemeResponder;
use tauri::http::{Response, StatusCode, header};

/// Threads that cut tiles.
pub(crate) struct Pool {
    waiting: Arc<Waiting>,
}

#[derive(Default)]
struct Waiting {
    questions: Mutex<Vec<(String, UriSchemeResponder)>>,
    more: Condvar,
}

impl Pool {
    /// As many threads as there are processors, within reason; they end with the program.
    pub(crate) fn new(desk: Arc<Desk>) -> Pool {
        let waiting = Arc::new(Waiting::default());
        let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
        for _ in 0..threads {
            let (desk, waiting) = (Arc::clone(&desk), Arc::clone(&waiting));
            std::thread::spawn(move || {
                loop {
                    let (path, responder) = waiting.newest();
                    responder.respond(answer(&desk, &path));
                }
            });
        }
        Pool { waiting }
    }

    /// Puts a question to the threads.
    pub(crate) fn answer(&self, path: &str, responder: UriSchemeResponder) {
        let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy().into_owned();
        self.waiting.questions.lock().unwrap_or_else(PoisonError::into_inner).push((path, responder));
        self.waiting.more.notify_one();
    }
}

impl Waiting {
    fn newest(&self) -> (String, UriSchemeResponder) {
        let mut questions = self.questions.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(question) = questions.pop() {
                return question;
            }
            questions = self.more.wait(questions).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The tile; 204 where there is nothing to draw, the refusal as JSON where it cannot be had.
fn answer(desk: &Desk, path: &str) -> Response<Vec<u8>> {
    let (status, media_type, body) = match guarded("tile", || desk.tile(path, &|| false)) {
        Ok(tile) if tile.bytes.is_empty() => (StatusCode::NO_CONTENT, tile.mime, Vec::new()),
        Ok(tile) => (StatusCode::OK, tile.mime, tile.bytes),
        Err(refusal) => {
            let status = match refusal.code.as_str() {
                "tile-unknown" | "nothing-open" => StatusCode::NOT_FOUND,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            (status, "application/json", serde_json::json!({ "refusal": refusal }).to_string().into_bytes())
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(media_type));
    // the page's scheme is another than the tiles'; no other page is ever shown in this window
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
    response
}
