//! 把审核任务交给集群程序 tongchou-cluster：它带着 DataFusion，不编进本程序。

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;

use super::audit::RunArgs;
use super::policy::{Answer, Format};

const PROGRAM: &str = "tongchou-cluster";

/// Hands a job over; the other program prints the sum and its exit code is the answer's.
///
/// # Errors
/// When the program is not beside this one and not in the path.
pub fn hand_over(args: &RunArgs, url: &str) -> anyhow::Result<Answer> {
    let program = beside().unwrap_or_else(|| PathBuf::from(PROGRAM));
    let mut command = Command::new(program);
    command.args(["run", "--cluster", url]);
    command.arg("--data").arg(&args.data);
    command.arg("--out").arg(&args.out);
    for folder in &args.knowledge {
        command.arg("--knowledge").arg(folder);
    }
    for rule in &args.rules {
        command.arg("--rules").arg(rule);
    }
    for (option, path) in [("--params", &args.params), ("--quality", &args.quality)] {
        if let Some(path) = path {
            command.arg(option).arg(path);
        }
    }
    if args.format == Format::Json {
        command.args(["--format", "json"]);
    }
    let done = command.status().with_context(|| {
        format!(
            "找不到集群程序 {PROGRAM}（构建：cargo build --release -p cluster，与本程序放在一起）"
        )
    })?;
    Ok(Answer {
        text: String::new(),
        code: done
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .unwrap_or(3),
    })
}

/// The program in the folder of this one, if it is there.
fn beside() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let program = own.with_file_name(format!("{PROGRAM}{EXE_SUFFIX}"));
    program.is_file().then_some(program)
}
