//! Who is let in. Other programs and other sites' pages on this machine reach the port as well, so
//! every request must name this host (a name that leads here by DNS is no way in), come from this
//! page (`Origin`, `Sec-Fetch-Site`), and carry the cookie that only the address printed by the
//! command gives, once.

use super::Host;
use super::answers::{close, refused_with, sentence};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use redline_engine::EngineError;
use redline_wording::{Text, text};
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// What opens the door.
pub(super) struct Door {
    hosts: [String; 2],
    cookie_name: String,
    session: String,
    /// `None` once it was used.
    token: Mutex<Option<String>>,
}

/// Why somebody is not let in.
struct Stopped(&'static str, Text);

impl Door {
    /// A door and the token that opens it once.
    pub(super) fn new(port: u16) -> Result<(Door, String), EngineError> {
        let token = secret()?;
        let door = Door {
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            // cookies do not tell ports apart, so the name does
            cookie_name: format!("redline-{port}"),
            session: secret()?,
            token: Mutex::new(Some(token.clone())),
        };
        Ok((door, token))
    }

    /// Whether the request is meant for this host and comes from its page.
    fn addressed(&self, method: &Method, headers: &HeaderMap) -> Result<(), Stopped> {
        let word = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
        let host = word(header::HOST).filter(|h| self.hosts.iter().any(|ours| ours == h)).ok_or_else(|| {
            Stopped(
                "host-unknown",
                text!(
                    "请用命令显示的地址打开：这里只应答 127.0.0.1。"
                        | "Open the address the command printed: only 127.0.0.1 is answered here."
                ),
            )
        })?;
        let foreign = || {
            Stopped(
                "origin-foreign",
                text!("不应答其他网页的请求。" | "Requests of other sites' pages are not answered."),
            )
        };
        let ours = |origin: &str| origin.strip_prefix("http://") == Some(host);
        let reading = method == Method::GET || method == Method::HEAD;
        match headers.get(header::ORIGIN) {
            Some(origin) if !origin.to_str().is_ok_and(ours) => return Err(foreign()),
            None if !reading => return Err(foreign()),
            _ => {}
        }
        let elsewhere = matches!(word(FETCH_SITE), Some("cross-site" | "same-site"));
        // a person may follow the printed address from anywhere
        if elsewhere && word(FETCH_MODE) != Some("navigate") {
            return Err(foreign());
        }
        Ok(())
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(name, value)| name == self.cookie_name && same(value, &self.session))
    }

    /// Takes the token: right at the first time only.
    fn opens(&self, given: &str) -> bool {
        let mut token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if token.as_deref().is_some_and(|token| same(token, given)) {
            *token = None;
            return true;
        }
        false
    }

    fn cookie(&self) -> String {
        format!("{}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie_name, self.session)
    }
}

/// Stands before every answer.
pub(super) async fn guard(State(host): State<Arc<Host>>, request: Request, next: Next) -> Response {
    let door = &host.door;
    let mut response = match door.addressed(request.method(), request.headers()) {
        Err(stopped) => stop(&request, stopped),
        Ok(()) => match given_token(&request) {
            Some(given) if door.has_cookie(request.headers()) || door.opens(given) => enter(door),
            Some(_) => stop(
                &request,
                Stopped(
                    "token-used",
                    text!(
                        "这个地址只能用一次，已经用过。请回到已打开的页面，或重新运行 redline open --browser。"
                            | "This address works once and was used. Go back to the page it opened, or run redline open --browser again."
                    ),
                ),
            ),
            None if door.has_cookie(request.headers()) => next.run(request).await,
            None => stop(
                &request,
                Stopped(
                    "not-let-in",
                    text!(
                        "请用 redline open --browser 显示的地址打开本页。"
                            | "Open this page by the address that redline open --browser printed."
                    ),
                ),
            ),
        },
    };
    close(response.headers_mut());
    response
}

/// The token of the printed address, and of no other.
fn given_token(request: &Request) -> Option<&str> {
    let uri = request.uri();
    if uri.path() != "/" || request.method() != Method::GET {
        return None;
    }
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token="))
}

/// To the page, with the token gone from the address bar and the history.
fn enter(door: &Door) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/"));
    // hexadecimal and ASCII throughout
    if let Ok(cookie) = HeaderValue::from_str(&door.cookie()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn stop(request: &Request, Stopped(code, text): Stopped) -> Response {
    if request.method() == Method::GET && !request.uri().path().starts_with("/tiles/") {
        sentence(StatusCode::FORBIDDEN, &text)
    } else {
        refused_with(StatusCode::FORBIDDEN, code, text)
    }
}

/// 256 bits of the system's randomness, hexadecimal.
fn secret() -> Result<String, EngineError> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| {
        EngineError::new(
            "no-randomness",
            text!(
                "系统给不出随机数（{e}），不能安全地打开页面。"
                    | "The system gives no random numbers ({e}); the page cannot be opened safely."
            ),
        )
    })?;
    Ok(bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}"); // writing to a String cannot fail
        hex
    }))
}

/// Equality that takes as long wherever the difference is.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
