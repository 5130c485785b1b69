//! Starting programs, watching what they print, and ending those that were started.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a chore may fail with: a sentence for the person at the terminal.
pub type Fault = String;

/// Runs a command with the terminal as its own; whether it succeeded.
pub fn run(command: &mut Command) -> Result<bool, Fault> {
    announce(command);
    let status = command
        .status()
        .map_err(|error| cannot_start(command, &error))?;
    Ok(status.success())
}

/// Runs a command, shows its standard output line by line and hands every line to `seen` as well.
pub fn run_watching(command: &mut Command, mut seen: impl FnMut(&str)) -> Result<bool, Fault> {
    announce(command);
    let started = command.stdout(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| cannot_start(command, &error))?;
    if let Some(output) = child.stdout.take() {
        let mut terminal = io::stdout().lock();
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(|error| format!("{}: {error}", shown(command)))?;
            let line = String::from_utf8_lossy(&line);
            // A terminal that went away is no reason to stop counting.
            let _ = writeln!(terminal, "{line}");
            seen(&line);
        }
    }
    let status = child
        .wait()
        .map_err(|error| format!("{}: {error}", shown(command)))?;
    Ok(status.success())
}

/// Runs a command quietly and returns what it printed.
pub fn output(command: &mut Command) -> Result<String, Fault> {
    let output = command
        .output()
        .map_err(|error| cannot_start(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!(
        "{}: {}",
        shown(command),
        String::from_utf8_lossy(&output.stderr).trim()
    ))
}

fn announce(command: &Command) {
    eprintln!("\n▶ {}", shown(command));
}

fn cannot_start(command: &Command, error: &io::Error) -> Fault {
    format!("cannot start {}: {error}", shown(command))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The program of this name on the search path, or in one of the further folders.
pub fn find(name: &str, further: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(further.iter().cloned());
    folders
        .map(|folder| folder.join(name))
        .find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// Whether the person running this is root.
pub fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// A process that lives no longer than this value.
pub struct Running {
    child: Child,
    name: &'static str,
    /// The signal that asks it to end in an orderly way.
    signal: &'static str,
}

impl Running {
    /// Starts `command`; it is asked to end with `signal` when the value is dropped.
    pub fn start(
        command: &mut Command,
        name: &'static str,
        signal: &'static str,
    ) -> Result<Self, Fault> {
        announce(command);
        let child = command
            .spawn()
            .map_err(|error| cannot_start(command, &error))?;
        Ok(Self {
            child,
            name,
            signal,
        })
    }

    /// Asks `ready` again and again until it says yes, the process ends, or the time is over.
    pub fn wait_until(
        &mut self,
        limit: Duration,
        mut ready: impl FnMut() -> bool,
    ) -> Result<(), Fault> {
        let start = Instant::now();
        while !ready() {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("{} ended before it was ready: {status}", self.name));
            }
            if start.elapsed() > limit {
                return Err(format!("{} was not ready within {limit:?}", self.name));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Running {
    /// Asks first; a process that does not answer within ten seconds is ended.
    fn drop(&mut self) {
        if let Ok(Some(_)) = self.child.try_wait() {
            return; // its number may already be another process's
        }
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args([self.signal, &id]).status();
        let start = Instant::now();
        while asked.is_ok() && start.elapsed() < Duration::from_secs(10) {
            if let Ok(Some(_)) = self.child.try_wait() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        // It may have ended in between; nothing is left to do then.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn programs_are_found_on_the_path_and_in_further_folders() {
        assert!(find("sh", &[]).is_some());
        assert!(find("no-such-program-here", &[]).is_none());
        let shell = find("sh", &[]).unwrap();
        let folder = shell.parent().unwrap().to_path_buf();
        assert!(find("sh", &[folder]).is_some());
    }

    #[test]
    fn every_line_is_seen_and_the_verdict_is_the_programs() {
        let mut lines = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two; exit 3"]);
        let succeeded = run_watching(&mut command, |line| lines.push(line.to_owned())).unwrap();
        assert!(!succeeded);
        assert_eq!(lines, ["one", "two"]);
    }

    #[test]
    fn a_started_process_is_gone_after_the_value_is_dropped() {
        let mut command = Command::new("sleep");
        let running = Running::start(command.arg("600"), "sleep", "-TERM").unwrap();
        let id = running.child.id().to_string();
        drop(running);
        let alive = Command::new("kill")
            .args(["-0", &id])
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(!alive.success());
    }

    #[test]
    fn waiting_ends_when_the_process_does() {
        let mut command = Command::new("true");
        let mut running = Running::start(&mut command, "true", "-TERM").unwrap();
        let fault = running
            .wait_until(Duration::from_secs(30), || false)
            .unwrap_err();
        assert!(fault.contains("ended before it was ready"), "{fault}");
    }
}
