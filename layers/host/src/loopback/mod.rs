//! The page on loopback: `redline open --browser`, for desktops whose WebKitGTK is too old for the
//! window. One person, one machine: the address carries a token that works once and leaves a cookie;
//! without it nothing is answered, and nothing is answered to another site's page ([`door`]).

mod answers;
mod door;
mod files;
mod page;
mod rpc;
#[cfg(test)]
mod tests;
mod tiles;

use crate::tasks::Tasks;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post, put};
use axum::serve::ListenerExt;
use door::Door;
use redline_engine::{Desk, EngineError};
use redline_wording::{Text, io_reason, text};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How often it is asked whether the person ended the server.
const LOOK: Duration = Duration::from_millis(100);
/// How long work may take to stop when the server ends.
const PATIENCE: Duration = Duration::from_secs(2);
/// Commands that may run at once; each holds a thread.
const COMMANDS: usize = 8;

/// What every answer is made from.
struct Host {
    desk: Arc<Desk>,
    tasks: Tasks,
    door: Door,
    /// Threads that cut tiles at once.
    tiles: Arc<Semaphore>,
    /// Threads that run commands at once.
    commands: Arc<Semaphore>,
}

/// A page server that has its port and waits to serve.
pub struct Loopback {
    listener: TcpListener,
    port: u16,
    token: String,
    host: Arc<Host>,
}

impl Loopback {
    /// Takes a port of 127.0.0.1: `port`, or any that is free.
    ///
    /// # Errors
    /// When the page was not built into this program, the port is taken, or the system gives no
    /// random numbers.
    pub fn bind(desk: Arc<Desk>, port: Option<u16>) -> Result<Loopback, EngineError> {
        if !page::built() {
            return Err(EngineError::new(
                "page-not-built",
                text!(
                    "本程序编译时没有带上界面页面。请在源码目录运行 make build，再试一次。"
                        | "This program was built without the page. Run make build in the source folder and try again."
                ),
            ));
        }
        Loopback::listen(desk, port)
    }

    fn listen(desk: Arc<Desk>, port: Option<u16>) -> Result<Loopback, EngineError> {
        let failed = |e: std::io::Error| {
            let Text { zh, en } = io_reason(&e);
            let port = port.unwrap_or(0);
            EngineError::new(
                "port-not-free",
                text!(
                    "127.0.0.1:{port} 不能监听（{zh}）。请用 --port 换一个端口，或不写 --port 由系统选择。"
                        | "127.0.0.1:{port} cannot be listened on ({en}). Choose another with --port, or leave --port out and let the system choose."
                ),
            )
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let (door, token) = Door::new(port)?;
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        let host = Host {
            desk,
            tasks: Tasks::default(),
            door,
            tiles: Arc::new(Semaphore::new(processors.clamp(2, 8))),
            commands: Arc::new(Semaphore::new(COMMANDS)),
        };
        Ok(Loopback { listener, port, token, host: Arc::new(host) })
    }

    /// The address to open, with the token that works once.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.port, self.token)
    }

    /// Serves until `ended` says so, then stops all tasks.
    ///
    /// # Errors
    /// When the system refuses threads or the socket.
    pub fn serve(self, ended: impl Fn() -> bool) -> Result<(), EngineError> {
        let failed = |e: std::io::Error| {
            let Text { zh, en } = io_reason(&e);
            EngineError::new(
                "page-not-served",
                text!("页面服务停止了：{zh}。请重新运行。" | "The page server stopped: {en}. Run it again."),
            )
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .thread_name("redline-page")
            .build()
            .map_err(failed)?;
        let tasks = self.host.tasks.clone();
        let served = runtime.block_on(async {
            // an answer goes out in several small writes: waiting to fill a packet costs 40 ms each time
            let listener = tokio::net::TcpListener::from_std(self.listener)?.tap_io(|stream| {
                // without it the page is only slower
                let _ = stream.set_nodelay(true);
            });
            tokio::select! {
                served = axum::serve(listener, router(self.host)).into_future() => served,
                () = asked_to_end(&ended) => Ok(()),
            }
        });
        tasks.cancel_all();
        runtime.shutdown_timeout(PATIENCE);
        served.map_err(failed)
    }
}

async fn asked_to_end(ended: &impl Fn() -> bool) {
    while !ended() {
        tokio::time::sleep(LOOK).await;
    }
}

fn router(host: Arc<Host>) -> Router {
    Router::new()
        .route("/rpc/{command}", post(rpc::call))
        .route("/cancel/{task}", post(rpc::cancel))
        .route("/tiles/{*path}", get(tiles::tile))
        .route("/upload/{batch}/{*name}", put(files::upload))
        .route("/outbox/{name}", get(files::outbox))
        .fallback(page::file)
        .layer(from_fn_with_state(Arc::clone(&host), door::guard))
        .with_state(host)
}
