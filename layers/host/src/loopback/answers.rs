//! How answers look on the wire: refusals as the page reads them, or as a sentence where a person
//! looks at the bare answer; and the headers every answer carries.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use redline_engine::desk::wire::Refusal;
use redline_wording::Text;

/// What the page may load and call: itself, and nothing else anywhere. The window's is the same but
/// for the schemes of its own tiles and commands.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; \
    object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Carried by every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Puts the headers every answer carries; nothing is kept by the browser unless the answer says so.
pub(super) fn close(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// A refusal that the page reads: `{"refusal": …}`.
pub(super) fn refused(status: StatusCode, refusal: &Refusal) -> Response {
    let json = serde_json::json!({ "refusal": refusal });
    with(status, "application/json", json.to_string())
}

/// A refusal from its code and sentence.
pub(super) fn refused_with(status: StatusCode, code: &str, text: Text) -> Response {
    refused(status, &Refusal { code: code.into(), text })
}

/// A sentence for a person who looks at the bare answer.
pub(super) fn sentence(status: StatusCode, text: &Text) -> Response {
    with(status, "text/plain; charset=utf-8", format!("{}\n{}\n", text.zh, text.en))
}

/// An answer of a media type.
pub(super) fn with(status: StatusCode, media_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}
