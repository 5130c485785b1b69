//! The service as a process of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

const EXECUTABLE: &str = env!("CARGO_BIN_EXE_tongchou");
/// A start on a busy machine, compile debug and all.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running service; killed when dropped, so that a failing test leaves nothing behind.
pub struct Centre {
    child: Child,
    pub address: SocketAddr,
}

impl Centre {
    /// Starts the service on a data folder and waits until it is ready.
    pub fn start(data: &Path, people: u32) -> Self {
        let mut child = Command::new(EXECUTABLE)
            .args(["demo", "--no-traffic", "--listen", "127.0.0.1:0"])
            .args(["--population", &people.to_string()])
            .arg("--data")
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .find_map(|line| address_in(&line.ok()?))
            .expect("the service prints its address");
        // Whatever else it prints is read and dropped, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        let centre = Self { child, address };
        let begun = Instant::now();
        while !centre.is_ready() {
            assert!(begun.elapsed() < PATIENCE, "the service does not get ready");
            std::thread::yield_now();
        }
        centre
    }

    /// `kill -9`, and waits until the process is gone.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn is_ready(&self) -> bool {
        let ask = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect(self.address)?;
            stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        };
        ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        // Gone already when the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address_in(line: &str) -> Option<SocketAddr> {
    let (_, rest) = line.split_once("http://")?;
    rest.split('/').next()?.trim().parse().ok()
}

/// The database of a data folder.
pub fn database(data: &Path) -> String {
    format!("sqlite:{}", data.join("tongchou.db").display())
}

/// `tongchou verify` must find every sum equal.
pub fn verify(database: &str) {
    let verified = Command::new(EXECUTABLE)
        .args(["verify", "--database", database])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert!(verified.status.success(), "{said}{verified:?}");
}

/// Where the service is at the moment, for everybody who wants to reach it (地址).
#[derive(Clone, Default)]
pub struct Whereabouts(Arc<(Mutex<Place>, Condvar)>);

#[derive(Clone, Copy, Default)]
struct Place {
    address: Option<SocketAddr>,
    closing: bool,
}

impl Whereabouts {
    /// Says where the service is now, or that it is down.
    pub fn announce(&self, address: Option<SocketAddr>) {
        self.set(Place {
            address,
            closing: false,
        });
    }

    /// Says where the service is for the last time: what is under way is to be finished.
    pub fn close_after(&self, address: SocketAddr) {
        self.set(Place {
            address: Some(address),
            closing: true,
        });
    }

    fn set(&self, place: Place) {
        *self.0.0.lock().unwrap() = place;
        self.0.1.notify_all();
    }

    /// Waits until the service is up.
    pub fn wait(&self) -> SocketAddr {
        let mut place = self.0.0.lock().unwrap();
        loop {
            match place.address {
                Some(address) => return address,
                None => place = self.0.1.wait(place).unwrap(),
            }
        }
    }

    /// Whether nothing new shall be begun.
    pub fn is_closing(&self) -> bool {
        self.0.0.lock().unwrap().closing
    }
}
