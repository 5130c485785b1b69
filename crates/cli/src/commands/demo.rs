//! `tongchou demo`：一条命令看到完整的统筹区。

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use app::{App, Clock};
use clap::Args;
use demo_maker::{CATALOGUE_SEED, CATALOGUE_SIZE, DemoArea, Recipe};
use server::{Sandbox, Service, seed};
use tokio::net::TcpListener;

use super::folders::Folders;
use super::open;
use super::policy::Answer;
use super::serve::until_stopped;

/// How to demonstrate.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// 监听地址
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// 数据目录
    #[arg(long, default_value = "data/demo")]
    data: PathBuf,
    /// 数据库；不填为数据目录中的嵌入式数据库
    #[arg(long)]
    database: Option<String>,
    /// 人数
    #[arg(long, default_value_t = 30_000)]
    population: u32,
    /// 不模拟医药机构的业务
    #[arg(long)]
    no_traffic: bool,
    /// 每分钟模拟多少笔业务
    #[arg(long, default_value_t = 60)]
    bills_per_minute: u32,
    /// 沙箱：供医院系统开发者联调，不模拟业务
    #[arg(long)]
    sandbox: bool,
    #[command(flatten)]
    folders: Folders,
}

/// Makes the area where it is missing, serves it, and plays its institutions.
///
/// # Errors
/// When the data folder or the address cannot be opened.
pub async fn run(args: DemoArgs) -> anyhow::Result<Answer> {
    let listener = TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("地址 {} 不能监听", args.listen))?;
    let law = open::law(&args.folders)?;
    std::fs::create_dir_all(&args.data)
        .with_context(|| format!("数据目录 {} 不能建立", args.data.display()))?;
    let embedded = || format!("sqlite:{}", args.data.join("tongchou.db").display());
    let database = args.database.clone().unwrap_or_else(embedded);
    let store = open::store(&database).await?;
    let area = Arc::new(demo_maker::area(
        Recipe::suizhou().with_people(args.population),
    ));
    let home = area.recipe.area;
    if !seed::is_seeded(&store, &area).await? {
        eprintln!("首次启动：写入 {} 名示范参保人……", area.people().len());
        seed::seed(&store, &area).await?;
    }
    let clock = Clock::starting_on(area.recipe.today);
    let app = open::app(store, law, (clock, home), &args.folders).await?;
    let filled = fill(&app, &area).await;
    filled.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let service = Arc::new(Service::demonstration(app, sandbox(&area)));
    let address = listener.local_addr()?;
    greet(address, &area);
    if !args.no_traffic && !args.sandbox {
        let target = format!("http://{address}");
        tokio::spawn(play(target, area, args.bills_per_minute));
    }
    until_stopped(service, listener).await
}

/// Lets the office have worked for a while: each part rests on those before it.
async fn fill(app: &App, area: &DemoArea) -> Result<(), app::Error> {
    seed::contributions::seed(app, area).await?;
    seed::accounts::seed(app, area).await?;
    seed::cleaning::seed(app, area).await?;
    seed::difficulty::seed(app, area).await?;
    seed::clearing::seed(app, area).await?;
    seed::doubts::seed(app, area).await?;
    seed::provider::seed(app, area).await?;
    seed::discharges::seed(app, area).await
}

async fn play(target: String, area: Arc<DemoArea>, bills_per_minute: u32) {
    crate::his::simulate(target, area, bills_per_minute, std::future::pending()).await;
}

fn sandbox(area: &DemoArea) -> Sandbox {
    let items = demo_maker::catalogue(CATALOGUE_SEED, CATALOGUE_SIZE);
    let fixtures = demo_maker::fixtures(area, &items);
    Sandbox {
        today: area.recipe.today,
        fixtures: server::gateway::fixtures_json(&fixtures),
    }
}

fn greet(address: SocketAddr, area: &DemoArea) {
    println!(
        "\n统筹 · {}演示，业务日期 {}",
        area.recipe.name, area.recipe.today
    );
    println!("  控制台    http://{address}/");
    println!("  机构接口  http://{address}/fsi/api/rsfComIfsService/callService");
    println!("  联调样例  http://{address}/sandbox/fixtures");
    println!("  登录");
    for account in &area.accounts {
        println!(
            "    {}  用户名 {}  口令 {}",
            account.role.zh(),
            account.user,
            account.password
        );
    }
    println!("  按 Ctrl-C 结束\n");
}
