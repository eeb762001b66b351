//! Commands of the desk: the question as JSON, the answer as lines of JSON, progress first.

use super::Host;
use super::answers::{refused_with, with};
use crate::tasks::Canceller;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use redline_engine::desk::wire::{ProgressReport, Refusal};
use redline_wording::text;
use serde_json::json;
use std::collections::HashMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_stream::Stream;

/// The longest question: a drawing of a million corners.
const QUESTION_LIMIT: usize = 64 << 20;

/// `POST /rpc/{command}?task=N`: lines `{"progress":…}`, the last `{"answer":…}` or `{"refusal":…}`.
/// A page that goes away stops the command.
pub(super) async fn call(
    State(host): State<Arc<Host>>,
    Path(command): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
    body: Body,
) -> Response {
    // known before the question has arrived, so that a cancel finds it
    let task = host.tasks.begin(asked.get("task").and_then(|n| n.parse().ok()));
    let Ok(question) = to_bytes(body, QUESTION_LIMIT).await else {
        return refused_with(
            StatusCode::PAYLOAD_TOO_LARGE,
            "question-too-long",
            text!(
                "请求没有收完整，或超过 64 MB。请减少一次提交的内容后再试。"
                    | "The request did not arrive whole or is over 64 MB. Send less at once and try again."
            ),
        );
    };
    let (lines, receiver) = unbounded_channel();
    let canceller = task.canceller();
    tokio::spawn(async move {
        // never closed, so there is always a turn to come
        let turn = Arc::clone(&host.commands).acquire_owned().await;
        let work = tokio::task::spawn_blocking(move || {
            let progress = lines.clone();
            let tell = move |report: ProgressReport| {
                // a page that went away reads no more
                let _ = progress.send(line(&json!({ "progress": report })));
            };
            let last = match task.run(&host.desk, &command, &question, tell) {
                Ok(answer) => answer_line(answer),
                Err(refusal) => refusal_line(&refusal),
            };
            let _ = lines.send(last);
            drop(turn);
        });
        let _ = work.await;
    });
    with(StatusCode::OK, "application/x-ndjson", Body::from_stream(Lines { receiver, canceller }))
}

/// `POST /cancel/{task}`.
pub(super) async fn cancel(State(host): State<Arc<Host>>, Path(task): Path<u64>) -> StatusCode {
    host.tasks.cancel(task);
    StatusCode::NO_CONTENT
}

fn line(value: &serde_json::Value) -> Bytes {
    Bytes::from(format!("{value}\n"))
}

fn refusal_line(refusal: &Refusal) -> Bytes {
    line(&json!({ "refusal": refusal }))
}

/// The desk's JSON has no line breaks between its values, so it stands in a line as it is.
fn answer_line(answer: Vec<u8>) -> Bytes {
    let mut line = Vec::with_capacity(answer.len() + 12);
    line.extend_from_slice(b"{\"answer\":");
    line.extend_from_slice(&answer);
    line.extend_from_slice(b"}\n");
    Bytes::from(line)
}

/// Lines on their way to the page; dropped with the connection.
struct Lines {
    receiver: UnboundedReceiver<Bytes>,
    canceller: Canceller,
}

impl Stream for Lines {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.receiver.poll_recv(context).map(|line| line.map(Ok))
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.canceller.cancel();
    }
}
