//! 唯一的可执行程序 tongchou：一个程序，多种角色。

mod commands;
mod his;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use commands::policy::Answer;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 统筹：医疗保障统筹区业务系统
#[derive(Debug, Parser)]
#[command(
    name = "tongchou",
    version,
    after_help = "例：tongchou demo --listen 127.0.0.1:8080"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 演示：建立示范统筹区，启动服务和模拟的医药机构
    #[command(after_help = "例：tongchou demo --listen 127.0.0.1:9000 --population 5000")]
    Demo(commands::demo::DemoArgs),
    /// 启动服务
    #[command(after_help = "例：tongchou serve --database sqlite:data/tongchou.db")]
    Serve(commands::serve::ServeArgs),
    /// 建立或升级数据库
    #[command(after_help = "例：tongchou migrate --database postgres://127.0.0.1/tongchou")]
    Migrate(commands::database::MigrateArgs),
    /// 写入示范人员和机构
    #[command(after_help = "例：tongchou seed --database sqlite:data/tongchou.db")]
    Seed(commands::database::SeedArgs),
    /// 备份嵌入式数据库
    #[command(after_help = "例：tongchou backup --database sqlite:data/tongchou.db --to copy.db")]
    Backup(commands::database::BackupArgs),
    /// 由备份恢复嵌入式数据库
    #[command(
        after_help = "例：tongchou restore --database sqlite:data/tongchou.db --from copy.db"
    )]
    Restore(commands::database::RestoreArgs),
    /// 核对：结算、累计、账户、总账逐人重算，指出第一处不符
    #[command(after_help = "例：tongchou verify --database sqlite:data/tongchou.db")]
    Verify(commands::verify::VerifyArgs),
    /// 政策数据：检查、说明、比较
    #[command(
        after_help = "例：tongchou policy explain 421300 employee/outpatient/cap --on 2024-11-15"
    )]
    Policy {
        #[command(subcommand)]
        command: commands::policy::PolicyCommand,
    },
    /// 个人账户：按月划入、年度计息结转、划账基数
    Account {
        #[command(subcommand)]
        command: commands::account::AccountCommand,
    },
    /// 运行待遇结算案例
    #[command(after_help = "例：tongchou settle --policy policy --cases cases/settlement")]
    Settle(commands::settle::SettleArgs),
    /// 年度清算：读入地区文件，按点数法或按病种分值付费分配到机构
    #[command(after_help = "例：tongchou clear --input region.json --out result.json --explain")]
    Clear(commands::clear::ClearArgs),
    /// 清洗登记册：逐人自查、两两比对，疑点记入工作清单
    #[command(after_help = "例：tongchou clean --database sqlite:data/tongchou.db")]
    Clean(commands::clean::CleanArgs),
    /// 某日全体人员的参保情况：汇总，或逐人导出
    #[command(after_help = "例：tongchou coverage --on 2024-11-15 --out cover.csv")]
    Coverage(commands::coverage::CoverageArgs),
    /// 导入登记文件：先预检，写入可中断后继续
    #[command(after_help = "例：tongchou import people --file people.csv --apply")]
    Import {
        #[command(subcommand)]
        command: commands::import::ImportCommand,
    },
    /// 困难人员名单：收件、入册、回执、到期提示
    Lists {
        #[command(subcommand)]
        command: commands::lists::ListsCommand,
    },
    /// 因病致贫返贫预警：每月列出、推送、收回反馈
    Watch {
        #[command(subcommand)]
        command: commands::watch::WatchCommand,
    },
    /// 病例分组：DRG 或 DIP
    Group {
        #[command(subcommand)]
        command: commands::group::GroupCommand,
    },
    /// 费用审核：对文件或本系统的结算单运行规则，列出规则，回测，知识库
    Audit {
        #[command(subcommand)]
        command: commands::audit::AuditCommand,
    },
    /// 重新分组：一个年度的病例按另一方案分组，报告变化
    #[command(
        after_help = "例：tongchou regroup --database sqlite:data/tongchou.db \
                            --scheme catalogues/drg/example --year 2024 --out changes.csv"
    )]
    Regroup(commands::regroup::RegroupArgs),
    /// 分组方案：检查
    Scheme {
        #[command(subcommand)]
        command: commands::scheme::SchemeCommand,
    },
    /// DIP 目录：由历史病例编制
    Dip {
        #[command(subcommand)]
        command: commands::dip::DipCommand,
    },
    /// 月度清算：清算单、审批、拨付、银行对账、结账
    Month {
        #[command(subcommand)]
        command: commands::month::MonthCommand,
    },
    /// 预算：执行进度、超支名单
    Budget {
        #[command(subcommand)]
        command: commands::budget::BudgetCommand,
    },
    /// 征缴：核定、到账、欠费
    Contribution {
        #[command(subcommand)]
        command: commands::contribution::ContributionCommand,
    },
    /// 按支付办法：病例点数、年度清算、批准差额
    Annual {
        #[command(subcommand)]
        command: commands::annual::AnnualCommand,
    },
    /// 压测：像许多家医药机构同时忙碌那样发报文，量出速度和耗时
    #[command(
        after_help = "例：tongchou load --target http://127.0.0.1:8080 --flow pharmacy --seconds 30"
    )]
    Load(commands::load::LoadArgs),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let answer = match arguments.command {
        Command::Policy { command } => commands::policy::run(&command),
        Command::Settle(args) => commands::settle::run(&args),
        Command::Account { command } => waiting(commands::account::run(command)),
        Command::Group { command } => commands::group::run(&command),
        Command::Audit { command } => commands::audit::run(command),
        Command::Regroup(args) => waiting(commands::regroup::run(args)),
        Command::Scheme { command } => commands::scheme::run(&command),
        Command::Dip { command } => commands::dip::run(&command),
        Command::Clear(args) => commands::clear::run(&args),
        Command::Demo(args) => waiting(commands::demo::run(args)),
        Command::Serve(args) => waiting(commands::serve::run(args)),
        Command::Migrate(args) => waiting(commands::database::migrate(args)),
        Command::Seed(args) => waiting(commands::database::seed(args)),
        Command::Backup(args) => waiting(commands::database::backup(args)),
        Command::Restore(args) => waiting(commands::database::restore(args)),
        Command::Verify(args) => waiting(commands::verify::verify(args)),
        Command::Clean(args) => waiting(commands::clean::run(args)),
        Command::Coverage(args) => waiting(commands::coverage::run(args)),
        Command::Import { command } => waiting(commands::import::run(command)),
        Command::Lists { command } => waiting(commands::lists::run(command)),
        Command::Watch { command } => waiting(commands::watch::run(command)),
        Command::Month { command } => waiting(commands::month::run(command)),
        Command::Budget { command } => waiting(commands::budget::run(command)),
        Command::Contribution { command } => waiting(commands::contribution::run(command)),
        Command::Annual { command } => waiting(commands::annual::run(command)),
        Command::Load(args) => waiting(commands::load::run(args)),
    };
    finish(&answer)
}

/// Runs a command that works with the network or the database.
fn waiting(work: impl Future<Output = anyhow::Result<Answer>>) -> Answer {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => Err(error.into()),
    };
    done.unwrap_or_else(|error| Answer {
        text: format!("失败：{error:#}\n"),
        code: 3,
    })
}

/// Prints an answer: what was asked for on standard output, what went wrong on standard error.
fn finish(answer: &Answer) -> ExitCode {
    let written = if answer.code == 3 {
        std::io::stderr().write_all(answer.text.as_bytes())
    } else {
        std::io::stdout().write_all(answer.text.as_bytes())
    };
    match written {
        Ok(()) => ExitCode::from(answer.code),
        // The reader went away (`tongchou … | head`): nobody is left to be told.
        Err(_) => ExitCode::from(3),
    }
}
