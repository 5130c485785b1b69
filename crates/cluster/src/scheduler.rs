use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use anyhow::Context as _;
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use clap::Args;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};

use crate::codec::{StepCodec, TableCodec};

/// Options of the scheduler.
#[derive(Debug, Args)]
pub struct SchedulerArgs {
    /// 监听地址；端口写 0 则任选
    #[arg(long, default_value = "127.0.0.1:50050")]
    listen: SocketAddr,
    /// 执行节点多少秒没有心跳即视为失联
    #[arg(long, default_value_t = 60)]
    lost_after: u64,
}

/// Runs the scheduler until the process is ended.
///
/// # Errors
/// When the address cannot be listened to.
pub async fn run(args: &SchedulerArgs) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(args.listen).await;
    let listener = listener.with_context(|| format!("不能监听 {}", args.listen))?;
    let address = listener.local_addr()?;
    let config = SchedulerConfig {
        bind_host: address.ip().to_string(),
        external_host: address.ip().to_string(),
        bind_port: address.port(),
        executor_timeout_seconds: args.lost_after,
        expire_dead_executor_interval_seconds: (args.lost_after / 4).max(1),
        no_executors_grace_period_seconds: args.lost_after,
        override_logical_codec: Some(Arc::new(TableCodec::default())),
        override_physical_codec: Some(Arc::new(StepCodec::default())),
        ..SchedulerConfig::default()
    };
    config.validate()?;
    let cluster = BallistaCluster::new_from_config(&config).await?;
    let scheduler =
        create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config)).await?;
    crate::TELLS.store(true, Ordering::Relaxed);
    crate::tell(format_args!("调度节点 df://{address}"));
    start_grpc_service_with_listener(listener, scheduler).await?;
    Ok(())
}
