//! `redline open`: the window's program, or the page on loopback for whoever cannot run it.

use crate::support::{folder, shared_city};
use redline_tests::command::{Said, command, finish, redline, run};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// The command as it is installed alone, or beside a window's program that is `window`.
struct Installed {
    place: TempDir,
    command: PathBuf,
}

impl Installed {
    fn beside(window: Option<&str>) -> Installed {
        let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let command = place.path().join("redline");
        // the built command is large; a second name costs nothing where the disk is the same
        if std::fs::hard_link(redline(), &command).is_err() {
            std::fs::copy(redline(), &command).unwrap();
        }
        #[cfg(unix)]
        if let Some(program) = window {
            std::os::unix::fs::symlink(program, place.path().join("redline-window")).unwrap();
        }
        Installed { place, command }
    }

    /// `redline open` of `files`, run from `from`, with nothing on the PATH.
    fn open(&self, files: &[&str], from: &Path) -> Said {
        let mut open = Command::new(&self.command);
        open.arg("open").args(files).current_dir(from).env("LC_ALL", "C.UTF-8").env("PATH", self.place.path());
        finish(open)
    }
}

#[test]
fn a_file_that_is_not_there_is_named_before_any_window_opens() {
    run(&["open", "nowhere.gpkg"]).refuses("nowhere.gpkg");
    run(&["open", "nowhere.gpkg", "--browser", "--no-launch"]).refuses("nowhere.gpkg");
}

#[test]
fn where_no_window_is_installed_a_sentence_says_what_to_install_and_that_a_browser_will_do() {
    let said = Installed::beside(None).open(&[], Path::new("/")).refuses("redline-window");
    assert!(said.stderr.contains("make build") && said.stderr.contains("redline open --browser"), "{said:#?}");
}

#[cfg(unix)]
#[test]
fn the_window_is_given_whole_paths_wherever_the_person_stands() {
    let city = &shared_city().workspace;
    // echo says what a window would have been given
    let said = Installed::beside(Some("/bin/echo")).open(&["./city.gpkg"], city.parent().unwrap()).exits(0);
    assert_eq!(said.stdout.trim(), city.canonicalize().unwrap().to_str().unwrap());
}

#[cfg(unix)]
#[test]
fn a_window_that_ends_badly_is_told_with_the_way_out() {
    let said = Installed::beside(Some("/bin/false")).open(&[], Path::new("/")).exits(2);
    assert!(said.stderr.contains("did not end well") && said.stderr.contains("--browser"), "{said:#?}");
}

/// `redline open --browser`, running; ended with the test.
struct Serving {
    child: Child,
    /// What it printed first: the address, or nothing where it refused.
    address: String,
}

impl Serving {
    fn city(temporary: &Path, more: &[&str]) -> Serving {
        let mut arguments = vec!["open", shared_city().workspace(), "--browser", "--no-launch"];
        arguments.extend(more);
        let mut open = command(&arguments);
        open.env("TMPDIR", temporary).env("REDLINE_CONFIG_DIR", temporary.join("config"));
        open.env("REDLINE_CACHE_DIR", temporary.join("cache"));
        let mut child = open.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        Serving { child, address: line.trim_end().to_string() }
    }

    /// Port and path of the printed address.
    fn parts(&self) -> (u16, String) {
        let rest = self.address.strip_prefix("http://127.0.0.1:").unwrap();
        let (port, path) = rest.split_once('/').unwrap();
        (port.parse().unwrap(), format!("/{path}"))
    }

    /// Presses Ctrl-C; the exit code and what was said.
    #[cfg(unix)]
    fn interrupt(mut self) -> (Option<i32>, String) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // ended already, where the test got so far
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the page server answers, head and body.
fn get(port: u16, path: &str, cookie: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[cfg(unix)]
#[test]
fn the_printed_address_opens_the_page_once_and_ctrl_c_leaves_nothing_behind() {
    let temporary = folder();
    let mut serving = Serving::city(temporary.path(), &[]);
    if serving.address.is_empty() {
        // built without the page: that must be said with the way out
        let mut said = String::new();
        serving.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(said.contains("make build"), "{said}");
        assert_eq!(serving.child.wait().unwrap().code(), Some(2), "{said}");
        return;
    }
    let (port, path) = serving.parts();
    assert!(get(port, "/", "").starts_with("HTTP/1.0 403"), "nobody comes in without the address");
    let entered = get(port, &path, "");
    assert!(entered.starts_with("HTTP/1.0 303"), "{entered}");
    let cookie = entered.lines().find_map(|l| l.strip_prefix("set-cookie: ")).unwrap();
    let cookie = cookie.split(';').next().unwrap();
    assert!(get(port, "/", cookie).to_lowercase().contains("<!doctype html>"));
    assert!(get(port, &path, "").starts_with("HTTP/1.0 403"), "the address works once");
    let (code, said) = serving.interrupt();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("this machine only"), "{said}");
    let left: Vec<_> = std::fs::read_dir(temporary.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name != "config" && name != "cache")
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_port_that_is_taken_is_named_with_another_way() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = run(&["open", "--browser", "--no-launch", "--port", &port]).exits(2);
    // built without the page it has no use for a port
    assert!(said.stderr.contains("make build") || said.stderr.contains("--port"), "{said:#?}");
    assert!(said.stdout.is_empty(), "no address that leads nowhere: {said:#?}");
}
