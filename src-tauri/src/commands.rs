//! What the page may ask: the engine's commands, stopping one, showing a file in its folder.

use crate::Front;
use crate::opened::Waiting;
use redline_engine::EngineError;
use redline_engine::desk::wire::{ProgressReport, Refusal};
use redline_host::{guarded, refusal};
use redline_wording::text;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::State;
use tauri::async_runtime::spawn_blocking;
use tauri::ipc::{Channel, Response};

/// One command of the desk: its question as JSON in, its answer as JSON out, off the main thread.
#[tauri::command]
pub(crate) async fn rpc(
    front: State<'_, Front>,
    waiting: State<'_, Waiting>,
    command: String,
    request: String,
    task: u64,
    progress: Channel<ProgressReport>,
) -> Result<Response, Refusal> {
    let task = front.tasks.begin(Some(task));
    let desk = Arc::clone(&front.desk);
    if command == "start" {
        desk.give(waiting.take());
    }
    spawn_blocking(move || {
        let tell = move |report| {
            // a page that was reloaded reads no more
            let _ = progress.send(report);
        };
        task.run(&desk, &command, request.as_bytes(), tell)
    })
    .await
    .map_err(ending)?
    .map(Response::new)
}

/// Asks a command on its way to stop.
#[tauri::command]
pub(crate) fn cancel(front: State<'_, Front>, task: u64) {
    front.tasks.cancel(task);
}

/// Shows a file in its folder, in the desktop's own file browser.
#[tauri::command]
pub(crate) async fn show_in_folder(path: PathBuf) -> Result<(), Refusal> {
    spawn_blocking(move || {
        guarded("show-in-folder", || {
            tauri_plugin_opener::reveal_item_in_dir(&path).map_err(|e| {
                let shown = path.display();
                EngineError::new(
                    "folder-not-shown",
                    text!(
                        "文件夹打不开（{e}）。文件在：{shown}。"
                            | "The folder cannot be shown ({e}). The file is {shown}."
                    ),
                )
            })
        })
    })
    .await
    .map_err(ending)?
}

/// The program is closing and takes up nothing new.
fn ending(_: tauri::Error) -> Refusal {
    refusal(EngineError::new("closing", text!("程序正在关闭。" | "The program is closing.")))
}
