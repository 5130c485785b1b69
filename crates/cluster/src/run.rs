//! 提交一次集群审核，收回结果。

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use anyhow::{Context as _, bail};
use ballista::prelude::{SessionConfigExt, SessionContextExt};
use clap::{Args, ValueEnum};
use columnar::{quality_text, write_finding_rows, write_quality};
use datafusion::execution::SessionStateBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use lines::Quality;
use serde_json::json;

use crate::codec::{StepCodec, TableCodec};
use crate::found::Answer;
use crate::plan::AuditTable;
use crate::spec::{Base, Spec, whole_path};

/// Stands before what is wrong with the job itself, so that it is found within a longer message.
pub const FAULT: &str = "审核任务出错：";

/// Where the scheduler listens (调度节点地址).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Name or number of the machine.
    pub host: String,
    /// Port.
    pub port: u16,
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let (host, port) = rest.rsplit_once(':').unwrap_or((rest, "50050"));
        match port.trim_end_matches('/').parse() {
            Ok(port) if !host.is_empty() => Ok(Self {
                host: host.to_owned(),
                port,
            }),
            _ => Err("地址应写作 df://主机:端口".to_owned()),
        }
    }
}

/// What is audited, with what, and where; the options of `tongchou audit run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// 调度节点，如 df://10.0.0.1:50050
    #[arg(long)]
    cluster: Address,
    /// 数据目录，每个执行节点以同一路径可读
    #[arg(long)]
    data: PathBuf,
    /// 知识库目录，可以几个，后面的补充、覆盖前面的
    #[arg(long, value_delimiter = ',')]
    knowledge: Vec<PathBuf>,
    /// 参数文件（JSON）
    #[arg(long)]
    params: Option<PathBuf>,
    /// 疑点文件（CSV）
    #[arg(long)]
    out: PathBuf,
    /// 只运行这些规则，逗号分隔；不写则全部
    #[arg(long, value_delimiter = ',')]
    rules: Vec<String>,
    /// 数据质量另写一个文件（JSON）
    #[arg(long)]
    quality: Option<PathBuf>,
    /// 人员和机构分成几份
    #[arg(long, default_value_t = 16)]
    shares: usize,
    /// 汇总的输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the sum is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 文本
    Text,
    /// JSON
    Json,
}

/// Hands a job over and writes what comes back.
///
/// # Errors
/// When files cannot be read, the cluster cannot be reached, or the job fails.
pub async fn run(args: RunArgs) -> anyhow::Result<()> {
    let mut spec = spec_of(&args)?;
    let base = Base::read(&spec)?;
    spec.parts = base.parts.len();
    check(&args.cluster)?;
    let started = Instant::now();
    let order = |id: &str| base.rules.iter().position(|rule| rule.id == id);
    let order = |id: &str| order(id).unwrap_or(usize::MAX);
    let answer = Box::pin(submit(&args.cluster, Arc::new(spec))).await?;
    let answer = Answer::of(&answer, order);
    let mut quality = base.quality.clone();
    base.params.check(&audit::all_rules(), &mut quality);
    quality.merge(answer.quality.clone());
    write_finding_rows(&args.out, answer.findings.iter())?;
    if let Some(path) = &args.quality {
        write_quality(path, &quality)?;
    }
    tell(&args, &answer, &quality, (base.rules.len(), started));
    Ok(())
}

fn spec_of(args: &RunArgs) -> anyhow::Result<Spec> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let knowledge = args.knowledge.iter().map(|path| whole_path(path));
    let params = args.params.as_deref().map(whole_path);
    Ok(Spec {
        run: format!(
            "{}-{}",
            std::process::id(),
            now.unwrap_or_default().as_nanos()
        ),
        data: whole_path(&args.data)?,
        knowledge: knowledge.collect::<Result<_, _>>()?,
        params: params.transpose()?,
        rules: args.rules.clone(),
        parts: 0,
        shares: args.shares.max(1),
    })
}

/// Asks the scheduler whether it has executors: a job without any would wait for one.
fn check(address: &Address) -> anyhow::Result<()> {
    let Address { host, port } = address;
    let mut stream = TcpStream::connect((host.as_str(), *port))
        .with_context(|| format!("连接不上调度节点 {host}:{port}"))?;
    write!(stream, "GET /readyz HTTP/1.0\r\nHost: {host}\r\n\r\n")?;
    let mut told = String::new();
    stream.read_to_string(&mut told)?;
    if !told
        .lines()
        .next()
        .is_some_and(|line| line.contains(" 200"))
    {
        bail!("调度节点 {host}:{port} 没有可用的执行节点");
    }
    Ok(())
}

/// Runs the job. Results lie on executors until they are fetched: when one is lost just then, the
/// job is run once more.
async fn submit(
    address: &Address,
    spec: Arc<Spec>,
) -> anyhow::Result<Vec<arrow_array::RecordBatch>> {
    let mut again = true;
    loop {
        let error = match collect(address, Arc::clone(&spec)).await {
            Ok(batches) => return Ok(batches),
            Err(error) => error.to_string(),
        };
        if let Some((_, fault)) = error.split_once(FAULT) {
            let fault = fault.lines().next().unwrap_or(fault);
            let fault = fault.split(['"', '\\']).next().unwrap_or(fault);
            bail!("{fault}");
        }
        if !std::mem::take(&mut again) {
            bail!("集群没有完成审核：{error}");
        }
        eprintln!("集群没有完成审核，再试一次：{error}");
    }
}

async fn collect(
    address: &Address,
    spec: Arc<Spec>,
) -> datafusion::error::Result<Vec<arrow_array::RecordBatch>> {
    let config = SessionConfig::new_with_ballista()
        .with_target_partitions(spec.shares)
        // The plan is the same for any data; there is nothing to adapt.
        .with_ballista_adaptive_query_planner(false)
        .with_ballista_job_name("审核")
        .with_ballista_logical_extension_codec(Arc::new(TableCodec::default()))
        .with_ballista_physical_extension_codec(Arc::new(StepCodec::default()));
    let state = SessionStateBuilder::new()
        .with_default_features()
        .with_config(config)
        .build();
    let url = format!("df://{}:{}", address.host, address.port);
    let context = SessionContext::remote_with_state(&url, state).await?;
    let table = context.read_table(Arc::new(AuditTable(spec)))?;
    table.collect().await
}

fn tell(args: &RunArgs, answer: &Answer, quality: &Quality, (rules, started): (usize, Instant)) {
    eprint!("{}", quality_text(quality));
    let (lines, findings) = (answer.lines, answer.findings.len());
    let rules = rules - answer.waiting.len();
    let seconds = format!("{:.2}", started.elapsed().as_secs_f64());
    if args.format == Format::Json {
        let waiting: serde_json::Map<_, _> = answer
            .waiting
            .iter()
            .map(|(id, why)| (id.clone(), json!(why)))
            .collect();
        let sum = json!({
            "lines": lines, "findings": findings, "rules": rules, "waiting": waiting,
            "cluster_seconds": seconds,
        });
        println!("{sum}");
        return;
    }
    println!("明细{lines}条，规则{rules}条，疑点{findings}条；集群审核{seconds}秒");
    for (id, why) in &answer.waiting {
        println!("{id} 等待：{why}");
    }
}
