use std::net::{IpAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Context as _;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_executor::health::ExecutorHealth;
use clap::Args;

use crate::codec::{StepCodec, TableCodec};
use crate::run::Address;

/// Options of an executor.
#[derive(Debug, Args)]
pub struct ExecutorArgs {
    /// 调度节点，如 df://10.0.0.1:50050
    #[arg(long)]
    cluster: Address,
    /// 本机监听的网络地址
    #[arg(long, default_value = "127.0.0.1")]
    bind: IpAddr,
    /// 其他节点访问本机所用的名称或地址（默认：监听的地址）
    #[arg(long)]
    host: Option<String>,
    /// 传送数据的端口；0 则任选
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// 接收任务的端口；0 则任选
    #[arg(long, default_value_t = 0)]
    control_port: u16,
    /// 同时做几项任务（默认：全部处理器）
    #[arg(long, default_value_t = 0)]
    tasks: usize,
    /// 中间结果的目录（默认：临时目录）
    #[arg(long)]
    work: Option<PathBuf>,
    /// 每多少秒报告一次心跳
    #[arg(long, default_value_t = 10)]
    heartbeat: u64,
}

/// Runs an executor until the process is ended.
///
/// # Errors
/// When the scheduler cannot be reached or an address cannot be listened to.
pub async fn run(args: ExecutorArgs) -> anyhow::Result<()> {
    let (port, control) = ports(&args)?;
    let own = format!("tongchou-executor-{}", std::process::id());
    let work = args.work.unwrap_or_else(|| std::env::temp_dir().join(own));
    std::fs::create_dir_all(&work).with_context(|| format!("不能建立 {}", work.display()))?;
    let health = ExecutorHealth::new();
    let config = ExecutorProcessConfig {
        bind_host: args.bind.to_string(),
        external_host: Some(args.host.unwrap_or_else(|| args.bind.to_string())),
        port,
        grpc_port: control,
        scheduler_host: args.cluster.host.clone(),
        scheduler_port: args.cluster.port,
        scheduler_connect_timeout_seconds: 30,
        vcores: args.tasks,
        work_dir: Some(work.display().to_string()),
        executor_heartbeat_interval_seconds: args.heartbeat.max(1),
        job_data_ttl_seconds: 86_400,
        job_data_clean_up_interval_seconds: 3_600,
        override_logical_codec: Some(Arc::new(TableCodec::default())),
        override_physical_codec: Some(Arc::new(StepCodec::default())),
        health: health.clone(),
        ..ExecutorProcessConfig::default()
    };
    crate::TELLS.store(true, Ordering::Relaxed);
    tokio::spawn(tell_when_ready(health));
    start_executor_process(Arc::new(config)).await?;
    Ok(())
}

async fn tell_when_ready(health: ExecutorHealth) {
    let mut beat = tokio::time::interval(Duration::from_millis(50));
    while !health.is_ready() {
        beat.tick().await;
    }
    crate::tell(format_args!("执行节点就绪"));
}

/// The two ports; both are held until both are known, so that they differ.
fn ports(args: &ExecutorArgs) -> anyhow::Result<(u16, u16)> {
    let hold = |port: u16| {
        let held = TcpListener::bind((args.bind, port));
        held.with_context(|| format!("不能监听 {}:{port}", args.bind))
    };
    let (data, control) = (hold(args.port)?, hold(args.control_port)?);
    Ok((data.local_addr()?.port(), control.local_addr()?.port()))
}
