//! The desktop window of Redline. No logic: the page in it asks, the desk of the engine answers, and
//! what only a desktop has (menu, files given later, folders shown, tiles without a port) is joined
//! on here.

mod commands;
mod menu;
mod opened;
mod tiles;

use redline_engine::Desk;
use redline_host::Tasks;
use redline_wording::text;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use tauri::{App, Manager, RunEvent, Url, WebviewWindowBuilder};

/// The window could not be shown.
const UNUSABLE: u8 = 2;

/// What every command of the page works on.
struct Front {
    desk: Arc<Desk>,
    tasks: Tasks,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            // A closed standard error leaves nobody to tell.
            let _ = writeln!(std::io::stderr(), "{}\n{}", words.zh, words.en);
            ExitCode::from(UNUSABLE)
        }
    }
}

fn run() -> Result<(), redline_wording::Text> {
    let app = tauri::Builder::default()
        // first of all plugins: a second start hands its files over before it builds anything
        .plugin(tauri_plugin_single_instance::init(opened::given_later))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .register_asynchronous_uri_scheme_protocol("tiles", |context, request, responder| {
            context.app_handle().state::<tiles::Pool>().answer(request.uri().path(), responder);
        })
        .manage(opened::Waiting::default())
        .on_window_event(|window, event| opened::dropped(window.app_handle(), event))
        .invoke_handler(tauri::generate_handler![
            commands::rpc,
            commands::cancel,
            commands::show_in_folder,
            menu::set_menu_language
        ])
        .setup(|app| Ok(open_window(app)?))
        .build(tauri::generate_context!())
        .map_err(|e| {
            text!(
                "窗口打不开：{e}。可以改用浏览器：redline open --browser。"
                    | "The window cannot be opened: {e}. The browser can be used instead: redline open --browser."
            )
        })?;
    // only now: a second start has ended inside `build`, and would leave its scratch folder behind.
    // The window, and with it everything that asks the desk, is not made before `run`.
    let places = redline_host::places().map_err(|e| e.text)?;
    let files = opened::files(std::env::args_os().skip(1), std::env::current_dir().unwrap_or_default());
    let desk = Arc::new(Desk::new(places.folders.clone(), files, redline_host::clock));
    if let Some(lang) = redline_host::language() {
        desk.speak(lang);
    }
    let tasks = Tasks::default();
    app.manage(tiles::Pool::new(Arc::clone(&desk)));
    app.manage(Front { desk, tasks: tasks.clone() });
    // the process ends inside `run`: what goes with the window goes at its last event
    let mut held = Some(places);
    app.run(move |_, event| {
        if matches!(event, RunEvent::Exit) {
            tasks.cancel_all();
            drop(held.take());
        }
    });
    Ok(())
}

/// The one window, which shows the page built into this program and nothing else.
fn open_window(app: &App) -> tauri::Result<()> {
    menu::put(app)?;
    let config = app.config().app.windows.first().cloned().unwrap_or_default();
    WebviewWindowBuilder::from_config(app, &config)?
        .on_navigation(ours)
        .on_document_title_changed(|window, title| {
            // a title that cannot be set leaves the one before
            let _ = window.set_title(&title);
        })
        .build()?;
    Ok(())
}

/// Whether an address is the page's own: `tauri://localhost`, on Windows `http(s)://tauri.localhost`.
fn ours(address: &Url) -> bool {
    address.scheme() == "tauri" || address.host_str() == Some("tauri.localhost")
}

/// Brings the window to the front.
fn show(app: &tauri::AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // a desktop that refuses leaves the window where it is
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}
