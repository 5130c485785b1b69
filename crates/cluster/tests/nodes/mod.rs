//! Nodes of a cluster as processes of this machine, ended when the test is over.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tongchou-cluster");

/// A process that tells line by line what it does.
pub struct Node {
    child: Child,
    told: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Node {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let told = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, told }
    }

    /// Waits for a line that begins so; the rest of the line.
    pub fn hears(&mut self, wanted: &str) -> String {
        for line in self.told.by_ref() {
            if let Some(rest) = line.unwrap().strip_prefix(wanted) {
                return rest.to_owned();
            }
        }
        panic!("the node ended without saying “{wanted}”");
    }

    /// Ends the process as a failing machine would.
    pub fn dies(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends the process; everything it told that was not yet heard.
    pub fn rest(&mut self) -> Vec<String> {
        self.dies();
        self.told.by_ref().map_while(Result::ok).collect()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // May have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A scheduler and its executors.
pub struct Cluster {
    pub url: String,
    pub executors: Vec<Node>,
    _scheduler: Node,
}

impl Cluster {
    /// Starts a scheduler and so many executors, all ready.
    pub fn start(executors: usize, work: &Path) -> Self {
        let mut scheduler =
            Node::start(&["scheduler", "--listen", "127.0.0.1:0", "--lost-after", "5"]);
        let url = scheduler.hears("调度节点 ");
        let executor = |number: usize| {
            let work = work.join(number.to_string());
            std::fs::create_dir_all(&work).unwrap();
            let work = work.to_str().unwrap();
            let options = ["--heartbeat", "1", "--tasks", "1", "--work", work];
            let start = ["executor", "--cluster", &url];
            Node::start(&[&start[..], &options[..]].concat())
        };
        let mut executors: Vec<Node> = (0..executors).map(executor).collect();
        for executor in &mut executors {
            executor.hears("执行节点就绪");
        }
        Self {
            url,
            executors,
            _scheduler: scheduler,
        }
    }

    /// The command that hands a job over.
    pub fn job(&self, data: &Path, knowledge: &[&Path], out: &Path) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(["run", "--shares", "5", "--cluster", &self.url]);
        command.arg("--data").arg(data).arg("--out").arg(out);
        command.arg("--quality").arg(out.with_extension("json"));
        for folder in knowledge {
            command.arg("--knowledge").arg(folder);
        }
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// What a command said on standard error.
pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
