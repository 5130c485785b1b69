//! `tongchou load`：像许多家医药机构同时忙碌那样发报文，量出速度和耗时。

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, bail};
use app::Clock;
use clap::Args;
use demo_maker::{CATALOGUE_SEED, CATALOGUE_SIZE, Random, Recipe, catalogue};
use indicatif::ProgressBar;
use jiff::ToSpan as _;
use serde::Deserialize;
use serde_json::json;
use terms::{AreaCode, Date};
use tokio::time::{Instant, sleep_until};
use wire::client::Numbers;

use super::policy::{Answer, Format};
use crate::his::{Crowd, Desk, Flow, Line, Record, Setting, micros};

/// What to send, to whom, for how long.
#[derive(Debug, Clone, Args)]
pub struct LoadArgs {
    /// 服务地址
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    target: String,
    /// 业务
    #[arg(long, value_enum, default_value_t = Flow::Mixed)]
    flow: Flow,
    /// 同时工作的窗口数
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..))]
    clients: u32,
    /// 测量多少秒
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// 预热多少秒，不计入结果
    #[arg(long, default_value_t = 3)]
    warm_up: u64,
    /// 每秒送出多少笔；不填则前一笔完成即送下一笔
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    rate: Option<u64>,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 被测系统中示范参保人的人数
    #[arg(long, default_value_t = 30_000)]
    population: u32,
    /// 业务日期；不填则问沙箱，没有沙箱则为今天
    #[arg(long)]
    today: Option<Date>,
    /// 就诊日期散布在今天之前的多少天里，0为都在今天
    #[arg(long, default_value_t = 0)]
    days_back: u32,
    /// 药品每盒用多少天，随明细上传；0为不上传
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=90))]
    days_per_pack: u32,
    /// 随机种子
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the load on one thread of its own, so that it costs the measured system little.
///
/// # Errors
/// When the target is no address, does not answer, or nobody is there to be treated.
pub async fn run(args: LoadArgs) -> anyhow::Result<Answer> {
    let done = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(measure(&args))
    });
    done.await.context("压测线程中断")?
}

/// What a worker and its fellows share.
struct Plan {
    flow: Flow,
    crowd: Crowd,
    setting: Arc<Setting>,
    tickets: AtomicU64,
    begin: Instant,
    /// From here bills count.
    measured_from: Instant,
    end: Instant,
    rate: Option<u64>,
    days_back: u32,
}

/// What was measured.
#[derive(Default)]
struct Measured {
    record: Record,
    /// Microseconds of each bill begun in the measured time.
    bills: Vec<u32>,
    /// Bills finished in the measured time.
    finished: u64,
    failed: u64,
}

async fn measure(args: &LoadArgs) -> anyhow::Result<Answer> {
    let plan = Arc::new(plan(args).await?);
    let bar = ProgressBar::new(args.warm_up + args.seconds);
    let workers: Vec<_> = (0..args.clients)
        .map(|number| tokio::spawn(work(Arc::clone(&plan), number, args.seed)))
        .collect();
    for second in 1..=args.warm_up + args.seconds {
        sleep_until(plan.begin + Duration::from_secs(second)).await;
        bar.set_position(second);
    }
    let mut all = Measured::default();
    for worker in workers {
        let one = worker.await.context("压测窗口中断")??;
        all.record.absorb(one.record);
        all.bills.extend(one.bills);
        all.finished += one.finished;
        all.failed += one.failed;
    }
    bar.finish_and_clear();
    all.bills.sort_unstable();
    all.record.messages.sort_unstable();
    let clean = all.record.silences.is_empty() && all.record.violations.is_empty();
    Ok(Answer {
        text: match args.format {
            Format::Text => as_text(args, &all),
            Format::Json => as_json(args, &all),
        },
        code: if clean && all.finished > 0 { 0 } else { 1 },
    })
}

async fn plan(args: &LoadArgs) -> anyhow::Result<Plan> {
    let clock = match args.today {
        Some(today) => Clock::starting_on(today),
        None => clock_of(&args.target).await?,
    };
    let recipe = if args.area == Recipe::fictional().area {
        Recipe::fictional()
    } else if args.area == Recipe::suizhou().area {
        Recipe::suizhou()
    } else {
        Recipe::of_area(args.area, &args.area.to_string())
    };
    let area = demo_maker::area(recipe.with_people(args.population));
    let items = catalogue(CATALOGUE_SEED, CATALOGUE_SIZE);
    let mut random = Random::named(args.seed, "crowd");
    let crowd = Crowd::of(&area, &items, clock.today(), &mut random);
    if crowd.is_empty() {
        bail!("{}没有可以就诊的参保人或机构", area.recipe.name);
    }
    let begin = Instant::now() + Duration::from_millis(100);
    let measured_from = begin + Duration::from_secs(args.warm_up);
    Ok(Plan {
        flow: args.flow,
        crowd,
        setting: Arc::new(Setting {
            target: args.target.clone(),
            area: args.area,
            clock,
            numbers: Numbers::of_terminal('L'),
            days_per_pack: args.days_per_pack,
        }),
        tickets: AtomicU64::new(0),
        begin,
        measured_from,
        end: measured_from + Duration::from_secs(args.seconds),
        rate: args.rate,
        days_back: args.days_back,
    })
}

/// A sandbox says which day it plays; any other centre lives today.
async fn clock_of(target: &str) -> anyhow::Result<Clock> {
    #[derive(Deserialize)]
    struct Sandbox {
        today: Date,
    }
    let mut line = Line::to(target, "")?;
    line.get("/healthz")
        .await
        .with_context(|| format!("{target} 没有应答"))?;
    let Ok(fixtures) = line.get("/sandbox/fixtures").await else {
        return Ok(Clock::real());
    };
    let sandbox: Sandbox = serde_json::from_slice(&fixtures).context("联调样例无法读取")?;
    Ok(Clock::starting_on(sandbox.today))
}

/// One window: bill after bill until the time is over.
async fn work(plan: Arc<Plan>, number: u32, seed: u64) -> anyhow::Result<Measured> {
    let mut random = Random::new(seed ^ (u64::from(number) << 32));
    let mut desks: Vec<Option<Desk>> = vec![None, None, None];
    let mut measured = Measured::default();
    loop {
        let ticket = plan.tickets.fetch_add(1, Ordering::Relaxed);
        let due = match plan.rate {
            Some(rate) => plan.begin + Duration::from_micros(ticket * 1_000_000 / rate),
            None => Instant::now().max(plan.begin),
        };
        if due >= plan.end {
            return Ok(measured);
        }
        sleep_until(due).await;
        let care = Crowd::care(plan.flow, &mut random);
        let places = plan.crowd.places(care);
        let place = &places[number as usize % places.len()];
        let slot = match care {
            terms::CareType::Pharmacy => 0,
            terms::CareType::Inpatient => 1,
            _ => 2,
        };
        let mut desk = match desks[slot].take() {
            Some(desk) => desk,
            None => Desk::of(&plan.setting, &place.institution, &place.operator)?,
        };
        let back = i64::from(random.between(0, plan.days_back));
        let when = desk.now().saturating_sub(back.days());
        let bill = plan.crowd.bill(ticket, care, place, when, &mut random);
        let done = match plan.flow {
            Flow::Prompt => desk.ask(&bill).await,
            _ => desk.play(&Arc::new(bill)).await.map(|_| ()),
        };
        let counts = due >= plan.measured_from;
        let record = std::mem::take(&mut desk.record);
        if counts {
            measured.record.absorb(record);
            measured.bills.push(micros(due.elapsed()));
            measured.failed += u64::from(done.is_err());
        }
        let now = Instant::now();
        if done.is_ok() && now >= plan.measured_from && now <= plan.end {
            measured.finished += 1;
        }
        desks[slot] = Some(desk);
    }
}

/// The value below which a share of sorted microseconds lies, in thousandths.
fn percentile(sorted: &[u32], share: usize) -> u32 {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * share / 1000).copied().unwrap_or(0)
}

const SHARES: [(&str, usize); 4] = [("p50", 500), ("p90", 900), ("p99", 990), ("max", 1000)];

fn as_json(args: &LoadArgs, all: &Measured) -> String {
    let latency = |sorted: &[u32]| -> serde_json::Value {
        let pairs = SHARES.map(|(name, share)| (name, json!(percentile(sorted, share))));
        pairs
            .into_iter()
            .map(|(n, v)| (n.to_owned(), v))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let value = json!({
        "flow": args.flow.word(), "clients": args.clients, "seconds": args.seconds,
        "asked_rate": args.rate,
        "bills": all.finished, "bills_per_second": per_second(all.finished, args.seconds),
        "messages": all.record.messages.len(),
        "bill_microseconds": latency(&all.bills),
        "message_microseconds": latency(&all.record.messages),
        "failed": all.failed, "refusals": all.record.refusals,
        "silences": all.record.silences, "violations": all.record.violations,
        "prompted": all.record.prompted, "prompts": all.record.prompts,
    });
    format!("{value:#}\n")
}

fn per_second(count: u64, seconds: u64) -> f64 {
    (count * 10 / seconds) as f64 / 10.0
}

fn as_text(args: &LoadArgs, all: &Measured) -> String {
    let mut text = String::new();
    let pace = match args.rate {
        Some(rate) => format!("每秒送出{rate}笔"),
        None => "前一笔完成即送下一笔".to_owned(),
    };
    put(
        &mut text,
        format_args!(
            "业务 {}，{}个窗口，{}秒（另预热{}秒），{pace}",
            args.flow.word(),
            args.clients,
            args.seconds,
            args.warm_up
        ),
    );
    put(
        &mut text,
        format_args!(
            "完成 {}笔，每秒{:.1}笔；报文{}条",
            all.finished,
            per_second(all.finished, args.seconds),
            all.record.messages.len()
        ),
    );
    put_latency(&mut text, "每笔耗时", &all.bills);
    put_latency(&mut text, "每条耗时", &all.record.messages);
    put_counts(&mut text, "不予办理", &all.record.refusals);
    put_counts(&mut text, "没有应答", &all.record.silences);
    put_counts(&mut text, "金额不平", &all.record.violations);
    if args.flow == Flow::Prompt {
        let (asked, prompted) = (all.finished, all.record.prompted);
        put(
            &mut text,
            format_args!("有提醒的 {prompted}笔，共完成 {asked}笔"),
        );
        put_counts(&mut text, "审核提醒", &all.record.prompts);
    }
    text
}

fn put_latency(text: &mut String, name: &str, sorted: &[u32]) {
    let shown = SHARES.map(|(share, place)| {
        let value = percentile(sorted, place);
        format!("{share} {}.{:02}毫秒", value / 1000, value % 1000 / 10)
    });
    put(text, format_args!("{name} {}", shown.join("，")));
}

/// The sum, and the three most frequent.
fn put_counts<K: AsRef<str>>(
    text: &mut String,
    name: &str,
    counts: &std::collections::HashMap<K, u64>,
) {
    let mut sorted: Vec<_> = counts.iter().map(|(what, n)| (*n, what.as_ref())).collect();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    let sum: u64 = sorted.iter().map(|(n, _)| n).sum();
    put(text, format_args!("{name} {sum}"));
    for (n, what) in sorted.into_iter().take(3) {
        put(text, format_args!("  {n}次 {what}"));
    }
}

/// One line; writing into a string cannot fail.
fn put(text: &mut String, line: std::fmt::Arguments<'_>) {
    let _ = writeln!(text, "{line}");
}
