//! 征缴 — a fee month at a glance, assessing it, receipts from the tax side, arrears.

use std::sync::Arc;

use app::contribution::ReceiptsOptions;
use app::register::Actor;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use policy::FeeMonth;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::read;
use super::view::contribution as view;
use super::yuan::Yuan;
use super::{employer, refund};
use crate::Service;

/// Paid periods entered in registers while the clerk waits; a larger file leaves the rest to
/// `tongchou contribution register`.
const REGISTERED_AT_ONCE: usize = 5_000;

/// A file of receipts is no larger than this.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The paths about employers and contributions.
pub fn routes() -> Router<Arc<Service>> {
    let base = "/api/v1/contributions";
    let receipts = post(import).layer(body_limit());
    Router::new()
        .route("/api/v1/employers", get(employer::list))
        .route("/api/v1/employers/{no}", get(employer::detail))
        .route("/api/v1/employers/{no}/wages", post(employer::wages))
        .route(
            "/api/v1/employers/{no}/months/{month}",
            get(employer::month),
        )
        .route(&format!("{base}/months/{{month}}"), get(month).post(assess))
        .route(&format!("{base}/receipts"), receipts)
        .route(
            &format!("{base}/receipts/{{file}}/{{line}}/match"),
            post(match_line),
        )
        .route(&format!("{base}/arrears"), get(arrears))
        .route(
            &format!("{base}/refunds"),
            get(refund::list).post(refund::propose),
        )
        .route(
            &format!("{base}/refunds/{{id}}/decision"),
            post(refund::decide),
        )
        .route(&format!("{base}/refunds/{{id}}/payment"), post(refund::pay))
}

/// 一个所属期的征缴情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ContributionBoard {
    /// 费款所属期：月份，或居民参保年度。
    pub period: String,
    /// 上一个月。
    pub previous: Option<String>,
    /// 下一个月。
    pub next: Option<String>,
    /// 合计。
    pub total: BoardGroup,
    /// 按单位类型。
    pub kinds: Vec<BoardGroup>,
    /// 到账文件，新的在前。
    pub files: Vec<BoardFile>,
    /// 待处理的到账明细。
    pub problems: Vec<ReceiptLineView>,
}

/// 一组单位的应缴与到账。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BoardGroup {
    /// 单位类型代码；合计为空。
    pub kind: String,
    /// 名称。
    pub name: String,
    /// 单位数，居民为人数。
    pub owners: u64,
    /// 人数。
    pub persons: u64,
    /// 应缴。
    pub owed: Yuan,
    /// 到账。
    pub paid: Yuan,
    /// 欠缴。
    pub unpaid: Yuan,
    /// 多缴。
    pub overpaid: Yuan,
}

/// 一个到账文件。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BoardFile {
    /// 文件的标识（内容的 SHA-256）。
    pub file: String,
    /// 文件名。
    pub name: String,
    /// 批次号。
    pub number: String,
    /// 笔数。
    pub lines: u64,
    /// 合计金额。
    pub total: Yuan,
    /// 导入时间。
    pub imported_at: String,
    /// 导入人。
    pub imported_by: String,
    /// 各种状态的笔数和金额。
    pub by_status: Vec<ReceiptStatus>,
}

/// 一种状态的笔数和金额。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReceiptStatus {
    /// 状态代码。
    pub status: String,
    /// 状态名称。
    pub name: String,
    /// 笔数。
    pub lines: u64,
    /// 金额。
    pub total: Yuan,
}

/// 一行到账明细。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReceiptLineView {
    /// 文件标识。
    pub file: String,
    /// 行号。
    pub line: u64,
    /// 缴费方类型名称。
    pub owner_kind_name: String,
    /// 缴费方编号。
    pub owner: String,
    /// 费款所属期。
    pub period: String,
    /// 金额。
    pub amount: Yuan,
    /// 其中没有着落的。
    pub left: Yuan,
    /// 入库日期。
    pub paid_on: String,
    /// 税票号码。
    pub voucher: String,
    /// 状态代码。
    pub status: String,
    /// 状态名称。
    pub status_name: String,
    /// 说明。
    pub note: String,
}

/// 核定谁。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct AssessAsked {
    /// 单位编号；不填为全部单位。
    #[serde(default)]
    pub employer: Option<String>,
}

/// 核定的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AssessResult {
    /// 单位数。
    pub employers: u64,
    /// 与上次相同的单位数。
    pub unchanged: u64,
    /// 核定人数。
    pub persons: u64,
    /// 单位应缴。
    pub employer_part: Yuan,
    /// 个人应缴。
    pub person_part: Yuan,
    /// 未能核定的人数。
    pub problems: u64,
}

/// 导入到账文件的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReceiptsResult {
    /// 文件标识。
    pub file: String,
    /// 批次号。
    pub number: String,
    /// 笔数。
    pub lines: u64,
    /// 合计金额。
    pub total: Yuan,
    /// 是否已入账。
    pub applied: bool,
    /// 结果说明。
    pub message: String,
    /// 各种状态的笔数和金额。
    pub by_status: Vec<ReceiptStatus>,
    /// 不能读取的内容。
    pub issues: Vec<ReceiptIssueView>,
}

/// 一处不能读取的内容。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReceiptIssueView {
    /// 行号。
    pub line: u64,
    /// 列。
    pub column: String,
    /// 说明。
    pub message: String,
}

/// 上传的到账文件。
#[derive(ToSchema)]
pub struct ReceiptsUpload {
    /// CSV 文件。
    #[schema(value_type = String, format = Binary)]
    pub file: String,
    /// `true` 为试运行。
    pub dry_run: Option<String>,
    /// `true` 为有不能读取的行也入账。
    pub rows_ok: Option<String>,
}

/// 把一行到账记给谁。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MatchAsked {
    /// 单位或人员编号。
    pub owner: String,
    /// 费款所属期；不填为最早未缴的。
    #[serde(default)]
    pub period: String,
}

/// 欠费的查询条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ArrearsQuery {
    /// 哪一天；不填为今天。
    pub on: Option<String>,
    /// 是否也列居民。
    pub residents: Option<bool>,
}

/// 一笔欠费。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ArrearView {
    /// 单位或人员编号。
    pub owner: String,
    /// 单位名称。
    pub name: String,
    /// 费款所属期。
    pub period: String,
    /// 单位欠缴。
    pub employer_part: Yuan,
    /// 个人欠缴。
    pub person_part: Yuan,
    /// 欠缴合计。
    pub unpaid: Yuan,
    /// 不加收滞纳金的最后一天。
    pub free_until: String,
    /// 天数。
    pub days: u32,
    /// 滞纳金。
    pub late_fee: Yuan,
}

/// A fee month in a path or a body.
pub(super) fn read_month(path: &str, text: &str) -> Result<FeeMonth, Refused> {
    let wrong = || Refused::field(path, format!("“{text}”不是费款所属期，应写作 2024-11"));
    text.parse().map_err(|_| wrong())
}

/// How large an uploaded file may be.
pub fn body_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(MOST_BYTES)
}

/// 一个所属期的征缴情况：月份如 2024-11，居民年度如 2024。
#[utoipa::path(
    get, path = "/api/v1/contributions/months/{month}", tag = "contributions",
    operation_id = "get_contribution_month",
    params(("month" = String, Path, description = "费款所属期")),
    responses((status = 200, body = ContributionBoard), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn month(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
) -> Result<Json<ContributionBoard>, Refused> {
    let is_year = month.len() == 4 && month.parse::<i16>().is_ok();
    if !is_year {
        read_month("month", &month)?;
    }
    let board = service.app.contribution_board(&clerk, &month).await?;
    Ok(Json(view::board(&month, &board)))
}

/// 核定一个月：一个单位或全部单位。
#[utoipa::path(
    post, path = "/api/v1/contributions/months/{month}", tag = "contributions",
    operation_id = "assess_contribution_month",
    params(("month" = String, Path, description = "费款所属期")), request_body = AssessAsked,
    responses((status = 200, body = AssessResult), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn assess(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
    Json(asked): Json<AssessAsked>,
) -> Result<Json<AssessResult>, Refused> {
    let month = read_month("month", &month)?;
    let actor = Actor::clerk(&service.app, &clerk);
    let employer = asked.employer.as_deref().filter(|one| !one.is_empty());
    let done = service.app.assess_month(&actor, month, employer, &|_| {});
    Ok(Json(view::assessed(&done.await?)))
}

/// 导入税务部门的到账文件；同一文件只入账一次，合计不符的整个不收。
#[utoipa::path(
    post, path = "/api/v1/contributions/receipts", tag = "contributions",
    operation_id = "import_receipts",
    request_body(content = ReceiptsUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = ReceiptsResult), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn import(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    mut form: Multipart,
) -> Result<Json<ReceiptsResult>, Refused> {
    let unreadable = |_| Refused::field("file", "上传的内容不能读取，或超过64兆");
    let (mut file, mut options) = (None, ReceiptsOptions::default());
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let shown = field.file_name().unwrap_or("receipts.csv").to_owned();
        let bytes = field.bytes().await.map_err(unreadable)?;
        match name.as_str() {
            "file" => file = Some((shown, bytes)),
            "dry_run" => options.dry_run = bytes.as_ref() == b"true",
            "rows_ok" => options.rows_ok = bytes.as_ref() == b"true",
            _ => {}
        }
    }
    let (name, bytes) = file.ok_or_else(|| Refused::field("file", "没有选择文件"))?;
    let actor = Actor::clerk(&service.app, &clerk);
    let app = &service.app;
    let done = app
        .import_receipts(&actor, (&name, &bytes), options)
        .await?;
    if done.applied {
        app.register_payments(&actor, REGISTERED_AT_ONCE).await?;
    }
    Ok(Json(view::import(&done)))
}

/// 把没有着落的到账记给一个单位或个人。
#[utoipa::path(
    post, path = "/api/v1/contributions/receipts/{file}/{line}/match", tag = "contributions",
    operation_id = "match_receipt",
    params(("file" = String, Path, description = "文件标识"),
           ("line" = i64, Path, description = "行号")),
    request_body = MatchAsked,
    responses((status = 200, body = ReceiptLineView), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn match_line(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path((file, line)): Path<(String, i64)>,
    Json(asked): Json<MatchAsked>,
) -> Result<Json<ReceiptLineView>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let whose = (asked.owner.as_str(), asked.period.as_str());
    let row = service.app.match_line(&actor, (&file, line), whose).await?;
    Ok(Json(view::receipt(&row)))
}

/// 某日的欠费和滞纳金。
#[utoipa::path(
    get, path = "/api/v1/contributions/arrears", tag = "contributions",
    operation_id = "list_arrears", params(ArrearsQuery),
    responses((status = 200, body = [ArrearView]), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn arrears(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<ArrearsQuery>,
) -> Result<Json<Vec<ArrearView>>, Refused> {
    let on = match query.on.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => read::day("on", text)?,
        None => service.app.clock.today(),
    };
    let which = (None, query.residents.unwrap_or(false));
    let found = service.app.arrears(clerk.area, on, which).await?;
    Ok(Json(found.iter().map(view::arrear).collect()))
}
