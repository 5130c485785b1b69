//! 拨付与对账 — payment orders, files for the bank, its receipts, accounts of payees.

use std::sync::Arc;

use app::clearing::NewPayee;
use app::register::Actor;
use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::clearing::{checks, month_of};
use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::bank as view;
use super::yuan::Yuan;
use crate::Service;

/// A receipt is no larger than this.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// 一张支付凭单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OrderView {
    /// 凭单号。
    pub id: String,
    /// 付的是什么：`statement` 等。
    pub source_kind: String,
    /// 来源单号。
    pub source: String,
    /// 账套。
    pub book: String,
    /// 账套名称。
    pub book_name: String,
    /// 收款方编号。
    pub payee: String,
    /// 户名。
    pub payee_name: String,
    /// 开户银行。
    pub bank: String,
    /// 账号，只显示末四位。
    pub account: String,
    /// 金额。
    pub amount: Yuan,
    /// 状态代码。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 重发的是哪张退票凭单；不是重发时为空。
    pub reissues: String,
    /// 付款文件号；没有发出时为空。
    pub file: String,
    /// 开单人。
    pub made_by: String,
    /// 银行记账日期。
    pub paid_on: Option<String>,
    /// 银行流水号。
    pub bank_reference: String,
    /// 退票原因。
    pub note: String,
}

/// 一个银行付款文件和它的回单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BankFileView {
    /// 文件号。
    pub file: String,
    /// 账套。
    pub book: String,
    /// 账套名称。
    pub book_name: String,
    /// 笔数。
    pub lines: u64,
    /// 合计金额。
    pub total: Yuan,
    /// 内容的 SHA-256。
    pub hash: String,
    /// 状态代码：`sent` 或 `answered`。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 制作人。
    pub made_by: String,
    /// 制作时间。
    pub made_at: String,
    /// 回单。
    pub receipt: Option<ReceiptView>,
}

/// 一份银行回单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReceiptView {
    /// 文件名。
    pub name: String,
    /// 笔数。
    pub lines: u64,
    /// 已付金额。
    pub paid: Yuan,
    /// 退票金额。
    pub returned: Yuan,
    /// 导入人。
    pub imported_by: String,
    /// 导入时间。
    pub imported_at: String,
}

/// 哪个账套的付款文件。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BankFileAsked {
    /// 账套。
    pub book: String,
}

/// 导入银行回单的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReceiptResult {
    /// 付款文件号。
    pub file: String,
    /// 是否以前导入过：本次没有再次入账。
    pub known: bool,
    /// 已付金额。
    pub paid: Yuan,
    /// 退票金额。
    pub returned_total: Yuan,
    /// 退票。
    pub returned: Vec<ReturnedOrder>,
}

/// 一笔退票。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReturnedOrder {
    /// 凭单号。
    pub order: String,
    /// 原因。
    pub reason: String,
}

/// 收款账户。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PayeeView {
    /// 收款方编号。
    pub payee: String,
    /// 户名。
    pub name: String,
    /// 开户银行。
    pub bank: String,
    /// 账号；查询时只显示末四位。
    pub account: String,
    /// 依据。
    pub document: String,
}

/// 生成一个账套的银行付款文件。
#[utoipa::path(
    post, path = "/api/v1/clearing/months/{month}/bank-files", tag = "clearing",
    operation_id = "make_bank_file", params(("month" = String, Path, description = "清算年月")),
    request_body = BankFileAsked,
    responses((status = 200, body = BankFileView), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 422, body = Problem))
)]
pub async fn make(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
    Json(asked): Json<BankFileAsked>,
) -> Result<Json<BankFileView>, Refused> {
    checks(&clerk)?;
    let month = month_of(&month)?;
    let actor = Actor::clerk(&service.app, &clerk);
    let made = service
        .app
        .make_bank_file(&actor, month, &asked.book)
        .await?;
    Ok(Json(view::file(&made.row, None)))
}

/// 下载银行付款文件（CSV）。
#[utoipa::path(
    get, path = "/api/v1/clearing/bank-files/{file}", tag = "clearing",
    operation_id = "get_bank_file", params(("file" = String, Path, description = "文件号")),
    responses((status = 200, body = String, content_type = "text/csv"),
              (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub async fn download(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(file): Path<String>,
) -> Result<impl IntoResponse, Refused> {
    let found = service.app.bank_file(clerk.area, &file).await?;
    let name = format!("attachment; filename=\"{}.csv\"", found.row.file);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, found.text))
}

/// 导入银行回单（multipart，字段 `file`）；同一文件只入账一次。
#[utoipa::path(
    post, path = "/api/v1/clearing/receipts", tag = "clearing", operation_id = "take_receipt",
    request_body(content = String, content_type = "multipart/form-data"),
    responses((status = 200, body = ReceiptResult), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn receipt(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    mut form: Multipart,
) -> Result<Json<ReceiptResult>, Refused> {
    checks(&clerk)?;
    let unreadable = || Refused::field("file", "没有收到文件，或文件超过16兆");
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or("receipt.csv").to_owned();
        let bytes = field.bytes().await.map_err(|_| unreadable())?;
        let actor = Actor::clerk(&service.app, &clerk);
        let done = service.app.take_receipt(&actor, (&name, &bytes)).await?;
        return Ok(Json(view::taken(&done)));
    }
    Err(unreadable())
}

/// 退票更正账户后重新开单。
#[utoipa::path(
    post, path = "/api/v1/clearing/orders/{id}/reissue", tag = "clearing",
    operation_id = "reissue_order", params(("id" = String, Path, description = "退票的凭单号")),
    responses((status = 200, body = OrderView), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn reissue(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<OrderView>, Refused> {
    checks(&clerk)?;
    let actor = Actor::clerk(&service.app, &clerk);
    let order = service.app.reissue_order(&actor, &id).await?;
    Ok(Json(view::order(&order)))
}

/// 收款账户，按收款方。
#[utoipa::path(
    get, path = "/api/v1/clearing/payees", tag = "clearing", operation_id = "list_payees",
    responses((status = 200, body = [PayeeView]), (status = 401, body = Problem))
)]
pub async fn payees(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Vec<PayeeView>>, Refused> {
    let rows = service.app.store.payees(clerk.area).await;
    let rows = rows.map_err(app::Error::from)?;
    Ok(Json(rows.iter().map(view::payee).collect()))
}

/// 登记收款账户；以前的账户仍然留存。
#[utoipa::path(
    post, path = "/api/v1/clearing/payees", tag = "clearing", operation_id = "put_payee",
    request_body = PayeeView,
    responses((status = 200, body = PayeeView), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn put_payee(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<PayeeView>,
) -> Result<Json<PayeeView>, Refused> {
    let new = NewPayee {
        payee: asked.payee,
        name: asked.name,
        bank: asked.bank,
        account: asked.account,
        document: asked.document,
    };
    let actor = Actor::clerk(&service.app, &clerk);
    let row = service.app.put_payee(&actor, &new).await?;
    Ok(Json(view::payee(&row)))
}

/// How much a request with a receipt may carry.
pub fn body_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(MOST_BYTES)
}
