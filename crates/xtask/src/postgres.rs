//! A private PostgreSQL server for the length of a test run.

use crate::http;
use crate::process::{self, Fault, Running};
use crate::scratch::Scratch;
use std::fs::{self, File};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// The two programs needed, from the search path or from Debian's own folders.
pub struct Programs {
    initdb: PathBuf,
    postgres: PathBuf,
}

/// Finds the programs; the newest version wins where several are installed.
pub fn programs() -> Option<Programs> {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    folders.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    let initdb = process::find("initdb", &folders)?;
    let postgres = process::find("postgres", &folders)?;
    Some(Programs { initdb, postgres })
}

fn version(folder: &Path) -> u32 {
    let name = folder
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default();
    name.to_string_lossy().parse().unwrap_or(0)
}

/// A server on a free loopback port whose data is gone when the value is dropped.
pub struct Server {
    /// How to reach it.
    pub url: String,
    // Order matters: the process ends before its folder is removed.
    _running: Running,
    _folder: Scratch,
}

/// Creates a cluster and starts it; run as root, as another user, since PostgreSQL refuses root.
pub fn start(programs: &Programs) -> Result<Server, Fault> {
    let folder = Scratch::create("postgres")?;
    let owner = if process::is_root() {
        Some(unprivileged_user()?)
    } else {
        None
    };
    if let Some((user, group)) = owner {
        let given = chown(folder.path(), Some(user), Some(group));
        given.map_err(|error| format!("{}: {error}", folder.path().display()))?;
    }
    let data = folder.path().join("data");
    let mut initdb = as_user(&programs.initdb, folder.path(), owner);
    initdb.arg("--pgdata").arg(&data);
    initdb.args([
        "--username=tongchou",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
    ]);
    initdb.args(["--no-sync"]);
    process::output(&mut initdb)?;

    let address = http::free_address().map_err(|error| error.to_string())?;
    let log = folder.path().join("log");
    let mut server = as_user(&programs.postgres, folder.path(), owner);
    server
        .arg("-D")
        .arg(&data)
        .args(["-p", &address.port().to_string()]);
    server.arg("-k").arg(folder.path());
    // The data lives as long as the test run: it need not survive a power failure.
    for setting in [
        "listen_addresses=127.0.0.1",
        "fsync=off",
        "max_connections=200",
    ] {
        server.args(["-c", setting]);
    }
    let file = File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    server.stdout(Stdio::null()).stderr(file);
    let mut running = Running::start(&mut server, "postgres", "-INT")?;
    let ready = || fs::read_to_string(&log).is_ok_and(|log| log.contains("ready to accept"));
    running.wait_until(Duration::from_secs(60), ready)?;
    let url = format!("postgres://tongchou@{address}/postgres");
    Ok(Server {
        url,
        _running: running,
        _folder: folder,
    })
}

fn as_user(program: &Path, folder: &Path, owner: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("LC_ALL", "C");
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command
}

/// `postgres` where the package made one, else `nobody`.
fn unprivileged_user() -> Result<(u32, u32), Fault> {
    let id = |flag: &str, user: &str| -> Option<u32> {
        let mut command = Command::new("id");
        command.args([flag, user]);
        process::output(&mut command).ok()?.trim().parse().ok()
    };
    ["postgres", "nobody"]
        .iter()
        .find_map(|user| Some((id("-u", user)?, id("-g", user)?)))
        .ok_or_else(|| "no user to run PostgreSQL as".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_server_answers_and_is_gone_afterwards() {
        let Some(programs) = programs() else {
            eprintln!("SKIPPED: no PostgreSQL on this machine");
            return;
        };
        let server = start(&programs).expect("a server starts on a free port");
        let folder = server._folder.path().to_path_buf();
        let address = server
            .url
            .split(['@', '/'])
            .nth(3)
            .expect("the address stands in the URL");
        assert!(std::net::TcpStream::connect(address).is_ok());
        let address = address.to_owned();
        drop(server);
        assert!(std::net::TcpStream::connect(address).is_err());
        assert!(!folder.exists());
    }

    #[test]
    fn versions_are_numbers_not_text() {
        let nine = version(Path::new("/usr/lib/postgresql/9/bin"));
        let fifteen = version(Path::new("/usr/lib/postgresql/15/bin"));
        assert!(fifteen > nine);
        assert_eq!(version(Path::new("/usr/lib/postgresql/strange/bin")), 0);
    }
}
