//! `tongchou regroup`：一个年度的病例按另一方案重新分组，报告变化。

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use app::discharge::{Changed, Regrouped, Scheme};
use clap::Args;
use serde_json::json;
use terms::AreaCode;

use super::database::Database;
use super::folders::Folders;
use super::open;
use super::policy::{Answer, Format};
use super::scheme::listed;

/// Which year to group again, and by what.
#[derive(Debug, Args)]
pub struct RegroupArgs {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 分组方案目录或工作簿；有 core.csv 的是 DIP 目录
    #[arg(long)]
    scheme: PathBuf,
    /// 结算年度
    #[arg(long)]
    year: i16,
    /// 把结果写入数据库；付费仍按启用的方案
    #[arg(long)]
    write: bool,
    /// 差异报告文件（CSV）
    #[arg(long)]
    out: PathBuf,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    folders: Folders,
}

const TITLES: [&str; 14] = [
    "清单流水号",
    "结算编号",
    "机构编码",
    "出院日期",
    "主要诊断",
    "原方案",
    "原组",
    "原结果",
    "新组",
    "新组名称",
    "新结果",
    "原权重",
    "新权重",
    "权重差",
];

/// Groups a year again and reports what changes.
///
/// # Errors
/// When the scheme cannot be used, or the database or the file fails.
pub async fn run(args: RegroupArgs) -> anyhow::Result<Answer> {
    let app = open::plain_app(args.database.url(), &args.folders, args.area).await?;
    let mut out = csv::Writer::from_path(&args.out)
        .with_context(|| format!("文件 {} 无法写入", args.out.display()))?;
    out.write_record(TITLES)?;
    let mut failed = None;
    let each = |changed: &Changed| {
        if let Err(cause) = line(&mut out, changed) {
            failed.get_or_insert(cause);
        }
        Ok(())
    };
    let done = match args.scheme.join("core.csv").is_file() {
        true => {
            let scheme = usable(&args.scheme, lawbook::load_dip(&args.scheme))?;
            let scheme = Scheme::Dip(&scheme);
            app.regroup(args.area, scheme, args.year, args.write, each)
                .await
        }
        false => {
            let scheme = usable(&args.scheme, lawbook::load_drg(&args.scheme, None))?;
            let scheme = Scheme::Drg(&scheme);
            app.regroup(args.area, scheme, args.year, args.write, each)
                .await
        }
    };
    let done = done.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    if let Some(cause) = failed {
        return Err(cause).context("写不下去差异报告");
    }
    out.flush()?;
    Ok(Answer {
        text: told(&args, &done),
        code: 0,
    })
}

fn usable<S>(
    path: &Path,
    loaded: Result<lawbook::LoadedScheme<S>, Vec<lawbook::Fault>>,
) -> anyhow::Result<S> {
    match loaded {
        Ok(loaded) => Ok(loaded.scheme),
        Err(faults) => bail!(
            "分组方案 {} 不能使用：\n{}",
            path.display(),
            listed(&faults)
        ),
    }
}

/// A list whose group changes, as a line of the report.
fn line(out: &mut csv::Writer<std::fs::File>, changed: &Changed) -> csv::Result<()> {
    let (row, after) = (&changed.row, &changed.after);
    let before = |text: fn(&store::GroupRow) -> &str| changed.before.as_ref().map_or("", text);
    let weight = changed.after_weight();
    let difference = changed.difference().map(in_decimals).unwrap_or_default();
    let day = row.discharged_on.to_string();
    out.write_record([
        row.list_id.as_str(),
        &row.settlement_id,
        &row.institution,
        &day,
        &row.principal,
        before(|old| &old.scheme),
        before(|old| &old.code),
        before(|old| &old.outcome),
        &after.code,
        &after.name,
        &after.outcome,
        before(|old| &old.weight),
        &weight,
        &difference,
    ])
}

/// Ten-thousandths as a decimal.
fn in_decimals(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    format!("{sign}{}.{:04}", value / 10_000, value % 10_000)
}

fn told(args: &RegroupArgs, done: &Regrouped) -> String {
    let sums = done.institutions.values();
    let (lists, changed) = sums.fold((0, 0), |(lists, changed), one| {
        (lists + one.lists, changed + one.changed)
    });
    if args.format == Format::Json {
        let each = done.institutions.iter().map(|(code, one)| {
            json!({ "institution": code, "lists": one.lists, "changed": one.changed,
                "lost": one.lost, "gained": one.gained,
                "weight_before": in_decimals(one.weight_before),
                "weight_after": in_decimals(one.weight_after) })
        });
        let all = json!({ "scheme": done.scheme, "year": args.year, "lists": lists,
            "changed": changed, "written": done.written,
            "institutions": each.collect::<Vec<_>>() });
        return format!("{all:#}\n");
    }
    let mut text = format!(
        "方案：{}\n{}年清单{lists}张，组别变化{changed}张\n",
        done.scheme, args.year
    );
    for (code, one) in &done.institutions {
        let (before, after) = (
            in_decimals(one.weight_before),
            in_decimals(one.weight_after),
        );
        let _ = writeln!(
            text,
            "  {code}  清单{}张，变化{}张，失组{}张，新入组{}张，权重合计{before} → {after}",
            one.lists, one.changed, one.lost, one.gained
        );
    }
    if args.write {
        let _ = writeln!(text, "已写入{}条分组结果", done.written);
    }
    let _ = writeln!(text, "差异报告：{}", args.out.display());
    text
}
