//! The built command `redline`, and what a run of it said.

use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Path of the command, built once per test run from the tree under test; `REDLINE_COMMAND` names
/// another one to be tested.
pub fn redline() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        if let Some(named) = std::env::var_os("REDLINE_COMMAND") {
            return PathBuf::from(named);
        }
        let output = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "-p", "redline-cli", "--message-format", "json"])
            .current_dir(root())
            .output()
            .expect("cargo starts");
        assert!(output.status.success(), "redline-cli does not build:\n{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| message["target"]["name"] == "redline")
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .expect("cargo names the command it built")
    })
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests' folder has a parent")
}

/// What one run of the command said.
#[derive(Clone, Debug)]
pub struct Said {
    /// The command line, for messages.
    pub line: String,
    /// Exit code; -1 when a signal ended it.
    pub code: i32,
    /// Results.
    pub stdout: String,
    /// Messages.
    pub stderr: String,
}

/// A command line of `redline`, English, away from the caller's locale.
pub fn command<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(redline());
    command.args(arguments).env("LC_ALL", "C.UTF-8").env_remove("RUST_BACKTRACE");
    command
}

/// Runs `redline` with `arguments`.
pub fn run<S: AsRef<OsStr>>(arguments: &[S]) -> Said {
    finish(command(arguments))
}

/// Runs a prepared command to its end.
pub fn finish(mut command: Command) -> Said {
    let line = format!("{command:?}");
    let Output { status, stdout, stderr } = command.output().expect("the command starts");
    let said = Said {
        line,
        code: status.code().unwrap_or(-1),
        stdout: String::from_utf8(stdout).expect("results are UTF-8"),
        stderr: String::from_utf8(stderr).expect("messages are UTF-8"),
    };
    for word in ["panicked", "RUST_BACKTRACE", "程序内部出错", "internal error"] {
        assert!(!said.stderr.to_lowercase().contains(&word.to_lowercase()), "a panic reached a person: {said:#?}");
    }
    assert!(said.code >= 0, "a signal ended the command: {said:#?}");
    said
}

impl Said {
    /// Fails unless the exit code is `code`.
    #[track_caller]
    pub fn exits(self, code: i32) -> Said {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// The result as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("not JSON ({e}): {self:#?}"))
    }

    /// Fails unless the command refused: exit code 2 and one sentence that names `file`.
    #[track_caller]
    pub fn refuses(self, file: &str) -> Said {
        if let Some(complaint) = self.complaint(file) {
            panic!("{complaint}");
        }
        self
    }

    /// What is wrong with a refusal: it must have exit code 2 and a message of a sentence's length
    /// that names `file` and spares people the words of a programmer.
    pub fn complaint(&self, file: &str) -> Option<String> {
        let sentence = self.stderr.trim();
        let complain = |what: &str| Some(format!("{what}\n{}\nexit {}: {sentence}", self.line, self.code));
        if self.code != 2 {
            return complain("not refused");
        }
        if !sentence.contains(file) {
            return complain("the message does not name the file");
        }
        if sentence.lines().count() > 2 {
            return complain("more than a sentence");
        }
        let technical = ["Err(", "Some(", "Error {", "unwrap", "(os error", "src/", "NULL pointer"];
        technical
            .iter()
            .find(|word| sentence.contains(**word))
            .and_then(|word| complain(&format!("a programmer's word ({word})")))
    }
}
