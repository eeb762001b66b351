//! The server as a browser, another program and another site's page meet it.
#![allow(clippy::unwrap_used, clippy::panic)] // test code

use super::*;
use crate::places;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// A server on its own thread; ends with the test.
struct Served {
    port: u16,
    token: String,
    cookie: String,
    scratch: PathBuf,
    tasks: Tasks,
    ended: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Served {
    /// A server nobody has entered yet.
    fn closed() -> Served {
        let places = places().unwrap();
        let scratch = places.folders.scratch.clone();
        let mut folders = places.folders.clone();
        folders.config = scratch.join("config");
        folders.cache = scratch.join("cache");
        let desk = Desk::new(folders, Vec::new(), || {
            "2018-06-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap().to_zoned(jiff::tz::TimeZone::UTC)
        });
        let page = Loopback::listen(Arc::new(desk), None).unwrap();
        let (port, token, tasks) = (page.port, page.token.clone(), page.host.tasks.clone());
        let ended = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&ended);
        let thread = std::thread::spawn(move || {
            page.serve(|| asked.load(Ordering::SeqCst)).unwrap();
            drop(places);
        });
        Served { port, token, cookie: String::new(), scratch, tasks, ended, thread: Some(thread) }
    }

    /// A server with the cookie in hand.
    fn entered() -> Served {
        let mut served = Served::closed();
        let answer = served.ask("GET", &format!("/?token={}", served.token), &[], b"");
        assert_eq!(answer.status, 303, "{}", answer.head);
        let cookie = answer.header("set-cookie").unwrap();
        served.cookie = cookie.split(';').next().unwrap().to_string();
        served
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// One request with exactly these headers; HTTP/1.0, so that the body ends with the connection.
    fn bare(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = self.send(method, path, headers, body);
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let seam = bytes.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..seam].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[seam + 4..].to_vec() }
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        let mut head = format!("{method} {path} HTTP/1.0\r\nContent-Length: {}\r\n", body.len());
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        stream
    }

    /// One request as the page itself makes it.
    fn ask(&self, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]) -> Answer {
        let (host, origin) = (self.host(), format!("http://{}", self.host()));
        let mut headers = vec![("Host", host.as_str()), ("Cookie", self.cookie.as_str())];
        if method != "GET" {
            headers.push(("Origin", &origin));
        }
        headers.extend(more);
        self.bare(method, path, &headers, body)
    }

    fn call(&self, command: &str, task: u64, question: &Value) -> Vec<Value> {
        let path = format!("/rpc/{command}?task={task}");
        let answer = self.ask("POST", &path, &[], question.to_string().as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/x-ndjson"));
        answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn answer(&self, command: &str, question: &Value) -> Value {
        let last = self.call(command, 1, question).pop().unwrap();
        last.get("answer").unwrap_or_else(|| panic!("{command}: {last}")).clone()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    }

    fn refusal(&self) -> String {
        serde_json::from_slice::<Value>(&self.body).unwrap()["refusal"]["code"].as_str().unwrap().to_string()
    }
}

/// Waits for `what`, for tasks end on their own threads.
fn until(what: impl Fn() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        if what() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

#[test]
fn nobody_is_let_in_without_the_address_that_was_printed() {
    let served = Served::closed();
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/index.html"),
        ("GET", "/?token="),
        ("GET", "/?token=0000000000000000000000000000000000000000000000000000000000000000"),
        ("GET", "/tiles/a/1/0/0.mvt"),
        ("GET", "/outbox/a.xlsx"),
        ("POST", "/rpc/start"),
        ("POST", "/cancel/1"),
        ("PUT", "/upload/1/a.txt"),
    ] {
        let answer = served.ask(method, path, &[], b"{}");
        assert_eq!(answer.status, 403, "{method} {path}");
        assert!(answer.text().contains("redline open"), "says how to get in: {}", answer.text());
    }
    let answer = served.ask("GET", "/", &[("Cookie", &format!("redline-{}=guessed", served.port))], b"");
    assert_eq!(answer.status, 403);
    assert!(!served.scratch.join("uploads").exists());
}

#[test]
fn the_printed_address_works_once_and_its_token_leaves_the_address_bar() {
    let served = Served::closed();
    let path = format!("/?token={}", served.token);
    let first = served.ask("GET", &path, &[], b"");
    assert_eq!((first.status, first.header("location")), (303, Some("/")));
    let cookie = first.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains(&served.token), "the cookie is another secret");
    let second = served.ask("GET", &path, &[], b"");
    assert_eq!(second.status, 403);
    assert!(second.header("set-cookie").is_none());
    assert!(second.text().contains("works once"), "{}", second.text());
    let inside = [("Cookie", cookie.split(';').next().unwrap())];
    assert_eq!(served.ask("GET", &path, &inside, b"").status, 303, "whoever is in may follow it again");
}

#[test]
fn a_name_that_leads_here_by_dns_and_another_sites_page_are_refused_even_with_the_cookie() {
    let served = Served::entered();
    let (host, cookie) = (served.host(), served.cookie.as_str());
    let origin = format!("http://{host}");
    let rpc = |headers: &[(&str, &str)]| served.bare("POST", "/rpc/start", headers, b"{}").status;
    let local = format!("localhost:{}", served.port);
    assert_eq!(rpc(&[("Host", &host), ("Cookie", cookie), ("Origin", &origin)]), 200);
    let origin_local = format!("http://{local}");
    assert_eq!(rpc(&[("Host", &local), ("Cookie", cookie), ("Origin", &origin_local)]), 200);
    let evil = format!("evil.example:{}", served.port);
    for refused in [evil.as_str(), "127.0.0.1", "127.0.0.1:1", ""] {
        assert_eq!(rpc(&[("Host", refused), ("Cookie", cookie), ("Origin", &origin)]), 403, "Host: {refused}");
    }
    assert_eq!(rpc(&[("Cookie", cookie), ("Origin", &origin)]), 403, "no Host");
    for refused in ["http://evil.example", "null", "http://127.0.0.1:1", origin_local.as_str()] {
        assert_eq!(rpc(&[("Host", &host), ("Cookie", cookie), ("Origin", refused)]), 403, "Origin: {refused}");
    }
    assert_eq!(rpc(&[("Host", &host), ("Cookie", cookie)]), 403, "no Origin");
    let read = |site: &str| {
        let headers = [("Host", host.as_str()), ("Cookie", cookie), ("Sec-Fetch-Site", site)];
        served.bare("GET", "/tiles/a/1/0/0.mvt", &headers, b"").status
    };
    assert_eq!(read("same-origin"), 404, "no such tile");
    assert_eq!(read("cross-site"), 403);
    assert_eq!(read("same-site"), 403, "a page on another port of this machine");
}

#[test]
fn every_answer_forbids_scripts_from_elsewhere_and_being_framed() {
    let served = Served::entered();
    for path in ["/", "/no/such.js", "/tiles/x", "/outbox/x"] {
        let answer = served.ask("GET", path, &[], b"");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert!(answer.header("access-control-allow-origin").is_none());
    }
}

#[test]
fn the_page_is_served_where_it_was_built_in_and_otherwise_a_sentence_says_how_to_build_it() {
    let places = places().unwrap();
    let desk = Arc::new(Desk::new(places.folders.clone(), Vec::new(), crate::clock));
    match Loopback::bind(desk, None) {
        Ok(page) => {
            assert!(page.address().starts_with("http://127.0.0.1:"));
            let served = Served::entered();
            let answer = served.ask("GET", "/", &[], b"");
            assert_eq!(answer.status, 200);
            assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
            assert!(answer.text().contains("<!doctype html>"));
        }
        Err(e) => {
            assert!(!page::built());
            assert_eq!(e.code, "page-not-built");
            assert!(e.text.en.contains("make build"));
        }
    }
}

#[test]
fn a_port_that_is_taken_is_named_with_the_way_out() {
    let served = Served::closed();
    let places = places().unwrap();
    let desk = Arc::new(Desk::new(places.folders.clone(), Vec::new(), crate::clock));
    let Err(e) = Loopback::listen(desk, Some(served.port)) else { panic!("two servers on one port") };
    assert_eq!(e.code, "port-not-free");
    assert!(e.text.en.contains(&served.port.to_string()) && e.text.en.contains("--port"), "{}", e.text.en);
}

#[test]
fn a_command_that_is_unknown_or_asked_wrongly_is_refused_in_a_sentence() {
    let served = Served::entered();
    let said = served.call("no_such", 1, &json!({}));
    assert_eq!(said.last().unwrap()["refusal"]["code"], "command-unknown");
    let said = served.call("check", 2, &json!({"files": 7}));
    assert_eq!(said.last().unwrap()["refusal"]["code"], "question-misread");
    let answer = served.ask("GET", "/tiles/../../etc/passwd", &[], b"");
    assert_eq!((answer.status, answer.refusal().as_str()), (404, "tile-unknown"));
}

#[test]
fn uploads_stay_below_their_batch() {
    let served = Served::entered();
    let outside = served.scratch.parent().unwrap().join("redline-escaped.txt");
    for path in [
        "/upload/1/..%2F..%2Fredline-escaped.txt",
        "/upload/1/%2E%2E",
        "/upload/..%2F../a.txt",
        "/upload/%2E%2E/a.txt",
        "/upload/1/a/../../../redline-escaped.txt",
        "/upload/1/%2Ftmp%2Fredline-escaped.txt",
        "/upload/1/a%00.txt",
        "/upload/1/a%5Cb.txt",
    ] {
        let answer = served.ask("PUT", path, &[], b"x");
        assert_eq!((answer.status, answer.refusal().as_str()), (400, "name-unusable"), "{path}");
    }
    assert!(!outside.exists());
    let answer = served.ask("PUT", "/upload/b-1/%E5%9C%B0%E5%9D%97.txt", &[], b"plots");
    assert_eq!(answer.status, 200);
    let path = PathBuf::from(serde_json::from_slice::<Value>(&answer.body).unwrap()["path"].as_str().unwrap());
    assert_eq!(path, served.scratch.join("uploads/b-1/地块.txt"));
    assert_eq!(std::fs::read(path).unwrap(), b"plots");
    let answer = served.ask("PUT", "/upload/b-1/plots.gdb%2Fa1.gdbtable", &[], b"table");
    let said: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(said["top"], json!(served.scratch.join("uploads/b-1/plots.gdb")));
    assert_eq!(std::fs::read_dir(served.scratch.join("uploads/b-1")).unwrap().count(), 2, "no part files left");
}

#[test]
fn only_what_was_written_for_the_page_can_be_fetched() {
    let served = Served::entered();
    let outbox = served.scratch.join("outbox");
    std::fs::create_dir_all(&outbox).unwrap();
    std::fs::write(outbox.join("压占.xlsx"), "book").unwrap();
    std::fs::write(served.scratch.join("secret.txt"), "secret").unwrap();
    let answer = served.ask("GET", "/outbox/%E5%8E%8B%E5%8D%A0.xlsx", &[], b"");
    assert_eq!((answer.status, answer.text().as_str()), (200, "book"));
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename*=UTF-8''%E5%8E%8B%E5%8D%A0.xlsx"));
    for path in ["/outbox/..%2Fsecret.txt", "/outbox/%2E%2E", "/outbox/none.xlsx"] {
        let answer = served.ask("GET", path, &[], b"");
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("secret\n"), "{path}");
    }
}

/// Makes a small city through the server; its workspace and a project file.
fn city(served: &Served, task: u64, dir: &Path) -> (Vec<Value>, PathBuf) {
    let said = served.call("make_sample", task, &json!({"dir": dir, "parcels": 2000}));
    let made = said.last().unwrap()["answer"].clone();
    let project = made["projects"][0].as_str().unwrap_or_else(|| panic!("{:?}", said.last()));
    (said.clone(), PathBuf::from(project))
}

#[test]
fn long_work_tells_how_far_it_is_and_an_uploaded_file_is_checked() {
    let served = Served::entered();
    let dir = served.scratch.join("city");
    let (said, project) = city(&served, 7, &dir);
    let (answer, progress) = said.split_last().unwrap();
    assert!(!progress.is_empty());
    for report in progress {
        assert!(report["progress"]["stage"]["zh"].is_string(), "{report}");
    }
    served.answer("open_workspace", &json!({"path": answer["answer"]["workspace"]}));
    let bytes = std::fs::read(&project).unwrap();
    let answer = served.ask("PUT", "/upload/1/plots.txt", &[], &bytes);
    let path = serde_json::from_slice::<Value>(&answer.body).unwrap()["path"].clone();
    let question =
        json!({"files": [path], "given": {"date": "2018-06-01", "stage": "new"}, "reading": {}, "accepted": []});
    let review = served.answer("check", &question);
    assert!(review["record"]["projects"][0]["plots"][0]["outcome"].is_string(), "{review}");
}

#[test]
fn a_cancelled_command_ends_with_nothing_changed() {
    let served = Served::entered();
    let dir = served.scratch.join("never");
    let said = std::thread::scope(|scope| {
        let call = scope.spawn(|| served.call("make_sample", 9, &json!({"dir": dir, "parcels": 20_000})));
        assert!(until(|| served.tasks.running() == 1));
        assert_eq!(served.ask("POST", "/cancel/9", &[], b"").status, 204);
        call.join().unwrap()
    });
    assert_eq!(said.last().unwrap()["refusal"]["code"], "cancelled");
    assert!(!dir.join("city.gpkg").exists());
}

#[test]
fn a_page_that_goes_away_stops_its_command() {
    let served = Served::entered();
    let (host, origin) = (served.host(), format!("http://{}", served.host()));
    let question = json!({"dir": served.scratch.join("never"), "parcels": 20_000}).to_string();
    let headers = [("Host", host.as_str()), ("Cookie", served.cookie.as_str()), ("Origin", origin.as_str())];
    let mut stream = served.send("POST", "/rpc/make_sample?task=4", &headers, question.as_bytes());
    let mut first = [0; 1];
    stream.read_exact(&mut first).unwrap();
    assert!(until(|| served.tasks.running() == 1));
    drop(stream);
    assert!(until(|| served.tasks.running() == 0), "the command still runs");
    assert!(!served.scratch.join("never/city.gpkg").exists());
}
