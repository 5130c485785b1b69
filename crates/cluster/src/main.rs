//! 集群审核：同一审核任务在 Apache Ballista 集群上运行。
//!
//! One executable, `tongchou-cluster`, with three roles: the scheduler, an executor, and the
//! hand-over of a job, whose findings are those of one machine byte for byte. The plan (see `plan`)
//! reads the files of lines in parts, deals their rows to shares of people and institutions, and
//! judges each share with the rules of the room `audit`; Ballista moves rows and repeats what a
//! lost machine did.

mod codec;
mod executor;
mod facts;
mod found;
mod judge;
mod plan;
mod rows;
mod run;
mod scheduler;
mod spec;
mod step;

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Parser, Subcommand};

/// 统筹的审核集群：调度、执行、提交审核任务
#[derive(Debug, Parser)]
#[command(
    name = "tongchou-cluster",
    version,
    after_help = "例：tongchou-cluster scheduler --listen 127.0.0.1:50050"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动调度节点：接收任务，分给执行节点，执行节点失联时重做它的部分
    #[command(after_help = "例：tongchou-cluster scheduler --listen 10.0.0.1:50050")]
    Scheduler(scheduler::SchedulerArgs),
    /// 启动执行节点：数据目录须在每个执行节点上以同一路径可读
    #[command(
        after_help = "例：tongchou-cluster executor --cluster df://10.0.0.1:50050 --host 10.0.0.2"
    )]
    Executor(executor::ExecutorArgs),
    /// 在集群上审核一个目录，疑点写入文件，结果与单机逐字节相同
    #[command(
        after_help = "例：tongchou-cluster run --cluster df://10.0.0.1:50050 --data /mnt/month \
                      --knowledge /mnt/knowledge --out findings.csv"
    )]
    Run(run::RunArgs),
}

fn main() -> ExitCode {
    log::set_max_level(log::LevelFilter::Warn);
    // Only one logger is ever set: this one.
    let _ = log::set_logger(&Warnings);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        // Plans are walked by deep recursion; unoptimised builds need this much.
        .thread_stack_size(32 << 20)
        .build();
    let done = runtime.map_err(anyhow::Error::from).and_then(|runtime| {
        runtime.block_on(async {
            // On a thread of the runtime, whose stack is the large one.
            let command = async {
                match Arguments::parse().command {
                    Command::Scheduler(args) => scheduler::run(&args).await,
                    Command::Executor(args) => executor::run(args).await,
                    Command::Run(args) => run::run(args).await,
                }
            };
            tokio::spawn(command).await?
        })
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("失败：{error:#}");
            ExitCode::from(3)
        }
    }
}

/// Whether this process tells what it does.
static TELLS: AtomicBool = AtomicBool::new(false);

/// Says on standard output what goes on, when this process is a node of the cluster.
fn tell(what: std::fmt::Arguments<'_>) {
    if TELLS.load(Ordering::Relaxed) {
        // Nobody may be listening.
        let _ = writeln!(std::io::stdout(), "{what}");
    }
}

/// Warnings of libraries, on standard error.
struct Warnings;

impl log::Log for Warnings {
    fn enabled(&self, about: &log::Metadata<'_>) -> bool {
        about.level() <= log::Level::Warn
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            eprintln!("{} {}: {}", record.level(), record.target(), record.args());
        }
    }

    fn flush(&self) {}
}
