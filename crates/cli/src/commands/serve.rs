//! `tongchou serve`：启动服务。

use std::net::SocketAddr;
use std::sync::Arc;

use app::Clock;
use clap::Args;
use jiff::civil::Time;
use server::Service;
use terms::AreaCode;
use tokio::net::TcpListener;

use super::audit::service::cores;
use super::folders::Folders;
use super::open;
use super::policy::Answer;

/// How to serve.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// 数据库：sqlite:文件 或 postgres://…
    #[arg(long, default_value = "sqlite:tongchou.db")]
    database: String,
    /// 监听地址
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 要求报文带有当日有效的签到编号
    #[arg(long)]
    require_sign_in: bool,
    /// 接受未签名的报文；只用于测试
    #[arg(long)]
    allow_unsigned: bool,
    /// 每天到这个时刻审核本月和上月的结算单，例如 02:30；不填不审核
    #[arg(long)]
    nightly_audit: Option<Time>,
    #[command(flatten)]
    folders: Folders,
}

/// Serves until it is told to stop.
///
/// # Errors
/// When law, database or address cannot be opened.
pub async fn run(args: ServeArgs) -> anyhow::Result<Answer> {
    let law = open::law(&args.folders)?;
    let store = open::store(&args.database).await?;
    let app = open::app(store, law, (Clock::real(), args.area), &args.folders).await?;
    if let Some(at) = args.nightly_audit {
        let threads = cores().div_ceil(2);
        tokio::spawn(server::nightly(Arc::clone(&app), at, threads));
    }
    let service = Service {
        require_sign_in: args.require_sign_in,
        allow_unsigned: args.allow_unsigned,
        ..Service::new(app)
    };
    let listener = TcpListener::bind(args.listen).await?;
    println!("统筹服务：http://{}/", listener.local_addr()?);
    until_stopped(Arc::new(service), listener).await
}

/// Serves until Ctrl-C or the end signal, then closes the store in good order.
pub async fn until_stopped(service: Arc<Service>, listener: TcpListener) -> anyhow::Result<Answer> {
    server::serve(service, listener, stop_signal()).await?;
    Ok(Answer {
        text: "服务已停止\n".to_owned(),
        code: 0,
    })
}

/// Resolves when the process is asked to end.
pub async fn stop_signal() {
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
