//! Files between the browser and the desk. A page in a browser has no paths: what it uploads is put
//! below the scratch folder, what is written for it is fetched from there.

use super::Host;
use super::answers::{refused_with, with};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use redline_wording::{Text, io_reason, text};
use serde_json::json;
use std::fmt::Write;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::io::AsyncWriteExt;
use tokio_stream::StreamExt;
use tokio_util::io::ReaderStream;

/// The largest file taken from a page. It goes to disk as it comes.
const UPLOAD_LIMIT: u64 = 4 << 30;
/// Folders within an upload: a geodatabase is one, an archive laid out in folders a few.
const DEEPEST: usize = 6;
/// What file systems take as a name, in bytes.
const LONGEST_NAME: usize = 240;

/// `PUT /upload/{batch}/{name}`: the file's bytes. Files that belong together (`.shp`, `.dbf`, …, the
/// files of a `.gdb` folder by their path in it) come in one batch. Answers `path`, where it was put,
/// and `top`, the file or folder of the batch that it is or lies in.
pub(super) async fn upload(
    State(host): State<Arc<Host>>,
    Path((batch, name)): Path<(String, String)>,
    body: Body,
) -> Response {
    let parts: Vec<&str> = name.split('/').collect();
    let named = !batch.is_empty() && batch.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !named || batch.len() > 64 || parts.len() > DEEPEST || !parts.iter().all(|part| plain(part)) {
        return refused_with(
            StatusCode::BAD_REQUEST,
            "name-unusable",
            text!(
                "文件名“{name}”不能用。请改名后再拖入。"
                    | "The file name “{name}” cannot be used. Rename the file and drop it again."
            ),
        );
    }
    let folder = host.desk.scratch().join("uploads").join(batch);
    let path: PathBuf = parts.iter().fold(folder.clone(), |path, part| path.join(part));
    match receive(&path, body).await {
        Ok(()) => {
            let top = parts.first().map(|first| folder.join(first));
            with(StatusCode::OK, "application/json", json!({ "path": path, "top": top }).to_string())
        }
        Err(e) if e.kind() == io::ErrorKind::FileTooLarge => refused_with(
            StatusCode::PAYLOAD_TOO_LARGE,
            "file-too-large",
            text!("“{name}”超过 4 GB，没有收下。" | "“{name}” is over 4 GB and was not taken."),
        ),
        Err(e) => {
            let Text { zh, en } = io_reason(&e);
            refused_with(
                StatusCode::INTERNAL_SERVER_ERROR,
                "upload-failed",
                text!(
                    "“{name}”没有收完整（{zh}）。请再拖入一次。"
                        | "“{name}” did not arrive whole ({en}). Drop it again."
                ),
            )
        }
    }
}

/// Writes the body beside `path`, then puts it in place: whole or not at all.
async fn receive(path: &std::path::Path, body: Body) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidFilename)?;
    tokio::fs::create_dir_all(folder).await?;
    let part = tempfile::Builder::new().prefix(".upload-").tempfile_in(folder)?;
    let (file, part) = part.into_parts();
    let mut file = tokio::fs::File::from_std(file);
    let mut stream = body.into_data_stream();
    let mut size = 0u64;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(io::Error::other)?;
        size += chunk.len() as u64;
        if size > UPLOAD_LIMIT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        file.write_all(&chunk).await?;
    }
    file.flush().await?;
    part.persist(path).map_err(|e| e.error)
}

/// `GET /outbox/{name}`: a file written for the page, to be saved.
pub(super) async fn outbox(State(host): State<Arc<Host>>, Path(name): Path<String>) -> Response {
    let missing = || {
        refused_with(
            StatusCode::NOT_FOUND,
            "nothing-to-fetch",
            text!("没有“{name}”可取。请重新导出。" | "There is no “{name}” to fetch. Export it again."),
        )
    };
    if !plain(&name) {
        return missing();
    }
    let Ok(file) = tokio::fs::File::open(host.desk.scratch().join("outbox").join(&name)).await else {
        return missing();
    };
    let mut response = with(StatusCode::OK, "application/octet-stream", Body::from_stream(ReaderStream::new(file)));
    // percent-encoded and ASCII throughout
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{}", encoded(&name))) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// Whether this is a name and not a way somewhere: no separator, no `..`, nothing unseen.
fn plain(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name != "."
        && name != ".."
        && !name.contains(['/', '\\', ':'])
        && !name.chars().any(char::is_control)
}

/// As RFC 8187 has it.
fn encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut all, byte| {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            all.push(char::from(byte));
        } else {
            let _ = write!(all, "%{byte:02X}"); // writing to a String cannot fail
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_name_is_kept_and_a_way_out_of_the_folder_is_not() {
        for name in ["地块.txt", "a b(1).zip", "plots.gdb"] {
            assert!(plain(name), "{name}");
        }
        for name in ["", ".", "..", "../x", "a/b", "a\\b", "C:x", "a\nb", "\u{0}"] {
            assert!(!plain(name), "{name:?}");
        }
        assert_eq!(encoded("表 1.xlsx"), "%E8%A1%A8%201.xlsx");
    }
}
