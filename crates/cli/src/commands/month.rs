//! `tongchou month`：一个月的清算，从结算到对上银行回单。

mod told;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use app::App;
use app::clearing::{NewPayee, Which, bridges};
use app::register::Actor;
use clap::{Args, Subcommand};
use policy::FeeMonth;

use super::place::{Place, answered, refused};
use super::policy::Answer;

/// What to do with a month.
#[derive(Debug, Subcommand)]
pub enum MonthCommand {
    /// 生成清算单：收入尚未清算的结算和待列入的调整，并按支付办法暂扣
    #[command(after_help = "例：tongchou month build --month 2024-10 --by 张三 \
                      --database sqlite:data/tongchou.db")]
    Build(MonthArgs),
    /// 发布清算单给各机构
    Publish(MonthArgs),
    /// 代机构确认已发布的清算单（机构书面确认的）
    Confirm(MonthArgs),
    /// 审批已确认或逾期未提异议的清算单；审批人不能是经办人
    Approve(MonthArgs),
    /// 开具支付凭单；开单人不能是经办人或审批人
    Order(MonthArgs),
    /// 登记收款账户
    Payee(PayeeArgs),
    /// 生成一个账套的银行付款文件
    BankFile(BankFileArgs),
    /// 导入银行回单；同一文件只入账一次
    BankReceipt(BankReceiptArgs),
    /// 退票更正账户后重新开单
    Reissue(ReissueArgs),
    /// 月度结账
    Close(MonthArgs),
    /// 两账桥接表
    Bridge(BridgeArgs),
    /// 一个月的清算单一览
    Show(MonthArgs),
}

/// Which system, and who.
#[derive(Debug, Args)]
pub struct Desk {
    #[command(flatten)]
    place: Place,
    /// 办理人
    #[arg(long, default_value = "tongchou month")]
    by: String,
}

/// Which month, of whom.
#[derive(Debug, Args)]
pub struct MonthArgs {
    #[command(flatten)]
    desk: Desk,
    /// 清算年月
    #[arg(long)]
    month: FeeMonth,
    /// 定点医药机构编号；不填为全部
    #[arg(long, default_value = "")]
    institution: String,
    /// 账套；不填为全部
    #[arg(long, default_value = "")]
    book: String,
}

/// Whose account.
#[derive(Debug, Args)]
pub struct PayeeArgs {
    #[command(flatten)]
    desk: Desk,
    /// 收款方编号
    #[arg(long)]
    payee: String,
    /// 户名
    #[arg(long)]
    name: String,
    /// 开户银行
    #[arg(long)]
    bank: String,
    /// 账号
    #[arg(long)]
    account: String,
    /// 依据
    #[arg(long)]
    document: String,
}

/// Which file, and where to write it.
#[derive(Debug, Args)]
pub struct BankFileArgs {
    #[command(flatten)]
    desk: Desk,
    /// 清算年月
    #[arg(long)]
    month: FeeMonth,
    /// 账套
    #[arg(long)]
    book: String,
    /// 写到哪里（CSV）
    #[arg(long)]
    out: PathBuf,
}

/// Which answer of the bank.
#[derive(Debug, Args)]
pub struct BankReceiptArgs {
    #[command(flatten)]
    desk: Desk,
    /// 银行回单文件（CSV）
    #[arg(long)]
    file: PathBuf,
}

/// Which order came back.
#[derive(Debug, Args)]
pub struct ReissueArgs {
    #[command(flatten)]
    desk: Desk,
    /// 退票的支付凭单号
    #[arg(long)]
    order: String,
}

/// Bridges of one month or of all.
#[derive(Debug, Args)]
pub struct BridgeArgs {
    #[command(flatten)]
    desk: Desk,
    /// 记账月份；不填为全部
    #[arg(long)]
    month: Option<FeeMonth>,
}

/// Carries a command out; 0 done, 1 refused or open, 3 failed.
///
/// # Errors
/// When the database or a file fails.
pub async fn run(command: MonthCommand) -> anyhow::Result<Answer> {
    match command {
        MonthCommand::Build(args) => build(args).await,
        MonthCommand::Publish(args) => publish(args).await,
        MonthCommand::Confirm(args) => confirm(args).await,
        MonthCommand::Approve(args) => approve(args).await,
        MonthCommand::Order(args) => order(args).await,
        MonthCommand::Payee(args) => payee(args).await,
        MonthCommand::BankFile(args) => bank_file(args).await,
        MonthCommand::BankReceipt(args) => bank_receipt(args).await,
        MonthCommand::Reissue(args) => reissue(args).await,
        MonthCommand::Close(args) => close(args).await,
        MonthCommand::Bridge(args) => bridge(args).await,
        MonthCommand::Show(args) => show(args).await,
    }
}

async fn ready(desk: &Desk) -> anyhow::Result<(Arc<App>, Actor)> {
    let (app, at) = desk.place.open().await?;
    let mut actor = Actor::batch(desk.place.area, "tongchou month", at);
    actor.name.clone_from(&desk.by);
    Ok((app, actor))
}

fn which(args: &MonthArgs) -> Which {
    Which {
        institution: args.institution.clone(),
        book: args.book.clone(),
    }
}

async fn build(args: MonthArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.desk).await?;
    let done = app.prepare_month(&actor, args.month, &args.institution, &[]);
    let done = done.await.map(|done| told::built(args.month, &done));
    answered(args.desk.place.format, done)
}

async fn publish(args: MonthArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.desk).await?;
    let out = app.publish_month(&actor, args.month, &which(&args)).await;
    let out = out.map(|rows| told::statements(&format!("{}已发布", args.month), &rows));
    answered(args.desk.place.format, out)
}

async fn confirm(args: MonthArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.desk).await?;
    let done = app.confirm_month(&actor, args.month, &which(&args)).await;
    answered(
        args.desk.place.format,
        done.map(|done| told::done("已确认", &done)),
    )
}

async fn approve(args: MonthArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.desk).await?;
    let done = app.approve_month(&actor, args.month, &which(&args)).await;
    answered(
        args.desk.place.format,
        done.map(|done| told::done("已审批", &done)),
    )
}

async fn order(args: MonthArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.desk).await?;
    let done = app.order_month(&actor, args.month, &which(&args)).await;
    answered(
        args.desk.place.format,
        done.map(|done| told::done("已开单", &done)),
    )
}

async fn payee(args: PayeeArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.desk).await?;
    let new = NewPayee {
        payee: args.payee,
        name: args.name,
        bank: args.bank,
        account: args.account,
        document: args.document,
    };
    let done = app.put_payee(&actor, &new).await;
    answered(args.desk.place.format, done.map(|row| told::payee(&row)))
}

async fn bank_file(args: BankFileArgs) -> anyhow::Result<Answer> {
    if args.out.exists() {
        let message = format!("文件 {} 已存在，请先移走", args.out.display());
        return Ok(refused(args.desk.place.format, &message));
    }
    let (app, actor) = ready(&args.desk).await?;
    let made = app.make_bank_file(&actor, args.month, &args.book).await;
    if let Ok(file) = &made {
        std::fs::write(&args.out, &file.text)
            .with_context(|| format!("不能写 {}", args.out.display()))?;
    }
    answered(
        args.desk.place.format,
        made.map(|file| told::file(&file.row)),
    )
}

async fn bank_receipt(args: BankReceiptArgs) -> anyhow::Result<Answer> {
    let path = &args.file;
    let bytes = std::fs::read(path).with_context(|| format!("不能读取 {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (app, actor) = ready(&args.desk).await?;
    let done = app.take_receipt(&actor, (&name, &bytes)).await;
    answered(
        args.desk.place.format,
        done.map(|done| told::receipt(&done)),
    )
}

async fn reissue(args: ReissueArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.desk).await?;
    let done = app.reissue_order(&actor, &args.order).await;
    answered(
        args.desk.place.format,
        done.map(|order| told::order(&order)),
    )
}

async fn close(args: MonthArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.desk).await?;
    let done = app.close_month(&actor, args.month).await;
    let done = done.map(|done| told::closed(args.month, &done));
    answered(args.desk.place.format, done)
}

async fn bridge(args: BridgeArgs) -> anyhow::Result<Answer> {
    let (app, _) = ready(&args.desk).await?;
    let all = bridges(&app.store, args.desk.place.area, args.month).await;
    answered(args.desk.place.format, all.map(|all| told::bridges(&all)))
}

async fn show(args: MonthArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.desk).await?;
    let rows = app
        .list_statements(actor.area, &args.month.to_string(), &which(&args))
        .await;
    let rows = rows.map(|rows| told::statements(&format!("{}清算单", args.month), &rows));
    answered(args.desk.place.format, rows)
}
