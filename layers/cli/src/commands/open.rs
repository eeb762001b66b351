//! `redline open`: starts the window's program, or serves the same page to this machine's browser.

use crate::arguments::OpenArgs;
use crate::progress;
use crate::session::{Failure, Session};
use redline_engine::Desk;
use redline_host::Loopback;
use redline_wording::{Text, io_reason, text};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// The window's program, as it is installed.
const WINDOW: &str = "redline-window";

pub(super) fn run(arguments: &OpenArgs, session: &Session) -> Result<u8, Failure> {
    let files = arguments.files.iter().map(|file| found(file)).collect::<Result<Vec<_>, _>>()?;
    if arguments.browser { serve(arguments, files, session) } else { show_window(&files, session) }
}

/// The file by its whole path, for the page does not know where the person stands.
fn found(file: &Path) -> Result<PathBuf, Failure> {
    let shown = file.display();
    file.canonicalize().map_err(|e| {
        let Text { zh, en } = io_reason(&e);
        Failure::Sentence(text!(
            "{shown} 打不开：{zh}。请检查文件名。" | "{shown} cannot be opened: {en}. Check the name."
        ))
    })
}

fn serve(arguments: &OpenArgs, files: Vec<PathBuf>, session: &Session) -> Result<u8, Failure> {
    // held until the server has ended, for the scratch folder goes with it
    let places = redline_host::places()?;
    let desk = Arc::new(Desk::new(places.folders.clone(), files, redline_host::clock));
    if let Some(lang) = session.asked {
        desk.speak(lang);
    }
    let page = Loopback::bind(desk, arguments.port)?;
    let address = page.address();
    session.print(format!("{address}\n").as_bytes())?;
    if !arguments.no_launch && !launched(&address) {
        session.remark(&text!(
            "没有找到浏览器，请自己打开上面的地址。" | "No browser was found; open the address above yourself."
        ));
    }
    session.remark(&text!(
        "页面只在本机应答，地址只能用一次。按 Ctrl-C 结束。"
            | "The page is answered on this machine only, and its address works once. Ctrl-C ends it."
    ));
    page.serve(progress::cancelled)?;
    Ok(0)
}

/// Hands the address to the desktop; whether that could be started.
fn launched(address: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let started = Command::new(program)
        .args(before)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match started {
        Ok(mut child) => {
            // a child that nobody waits for stays in the process table
            std::thread::spawn(move || child.wait());
            true
        }
        Err(_) => false,
    }
}

/// Runs the window's program until it is closed.
fn show_window(files: &[PathBuf], session: &Session) -> Result<u8, Failure> {
    let program = beside().unwrap_or_else(|| PathBuf::from(WINDOW));
    let mut window = Command::new(&program);
    if let Some(lang) = session.asked {
        window.env(redline_host::LANGUAGE, lang.code());
    }
    let ended = window.args(files).stdin(Stdio::null()).status().map_err(|e| {
        let Text { zh, en } = io_reason(&e);
        Failure::Sentence(text!(
            "窗口程序 {WINDOW} 打不开：{zh}。请安装软件包，或在源码目录运行 make build；也可以在浏览器里打开：redline open --browser。"
                | "The window's program {WINDOW} cannot be started: {en}. Install the package, or run make build in the source folder; or open the browser: redline open --browser."
        ))
    })?;
    if ended.success() {
        return Ok(0);
    }
    Err(Failure::Sentence(text!(
        "窗口程序没有正常结束（{ended}）。桌面的 WebKitGTK 太旧时，请用浏览器打开：redline open --browser。"
            | "The window's program did not end well ({ended}). Where the desktop's WebKitGTK is too old, open the browser: redline open --browser."
    )))
}

/// The window's program in the folder of this one, where both were built or installed together.
fn beside() -> Option<PathBuf> {
    let name = format!("{WINDOW}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::current_exe().ok()?.with_file_name(name);
    path.is_file().then_some(path)
}
