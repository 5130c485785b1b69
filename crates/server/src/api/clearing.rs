//! 清算月度 — a month at a glance, and the steps all its statements go together.

use std::sync::Arc;

use app::clearing::{Done, Which};
use app::office::Clerk;
use app::register::Actor;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use policy::FeeMonth;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bank::{BankFileView, OrderView};
use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::statement::StatementView;
use super::view::clearing as view;
use super::yuan::Yuan;
use crate::Service;

/// 一个月的清算情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClearingMonth {
    /// 清算年月。
    pub month: String,
    /// 有清算单的月份，新的在前。
    pub months: Vec<String>,
    /// 按账套和状态的张数与金额。
    pub sums: Vec<ClearingSum>,
    /// 清算单。
    pub statements: Vec<StatementView>,
    /// 支付凭单。
    pub orders: Vec<OrderView>,
    /// 银行付款文件和回单。
    pub files: Vec<BankFileView>,
    /// 本月记账的两账桥接。
    pub bridges: Vec<BridgeView>,
}

/// 一个账套一种状态的清算单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClearingSum {
    /// 账套。
    pub book: String,
    /// 账套名称。
    pub book_name: String,
    /// 状态代码。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 张数。
    pub statements: u64,
    /// 明细笔数。
    pub bills: u64,
    /// 应拨付金额。
    pub due: Yuan,
}

/// 一个月一个账套的两账桥接。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BridgeView {
    /// 记账月份。
    pub month: String,
    /// 账套。
    pub book: String,
    /// 账套名称。
    pub book_name: String,
    /// 发生数。
    pub incurred: Yuan,
    /// 应付变动。
    pub payables: Yuan,
    /// 预付变动。
    pub advances: Yuan,
    /// 追回。
    pub recovered: Yuan,
    /// 现金支出。
    pub cash: Yuan,
    /// 待遇支出。
    pub expense: Yuan,
    /// 差额，应为零。
    pub difference: Yuan,
}

/// 办一个月的清算：哪家机构、哪个账套；不填为全部。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct MonthAsked {
    /// 定点医药机构编号。
    #[serde(default)]
    pub institution: String,
    /// 账套。
    #[serde(default)]
    pub book: String,
}

/// 一个月清算办理的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MonthAnswer {
    /// 办成的清算单；生成时为空，见各数。
    pub done: Vec<StatementView>,
    /// 没有办的清算单和原因。
    pub refused: Vec<StatementRefused>,
    /// 结果的一句话。
    pub message: String,
}

/// 没有办的一张清算单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StatementRefused {
    /// 清算单号。
    pub id: String,
    /// 原因。
    pub message: String,
}

/// 一个月的清算看板。
#[utoipa::path(
    get, path = "/api/v1/clearing/months/{month}", tag = "clearing",
    operation_id = "clearing_month", params(("month" = String, Path, description = "清算年月")),
    responses((status = 200, body = ClearingMonth), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn month(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
) -> Result<Json<ClearingMonth>, Refused> {
    let month = month_of(&month)?;
    let board = service.app.clearing_board(clerk.area, month).await?;
    let months = service.app.store.clearing_months(clerk.area).await;
    let months = months.map_err(app::Error::from)?;
    Ok(Json(view::month(&service, month, months, &board)))
}

/// 生成一个月的清算单，并按支付办法暂扣；可以重复办。
#[utoipa::path(
    post, path = "/api/v1/clearing/months/{month}/build", tag = "clearing",
    operation_id = "build_month", params(("month" = String, Path, description = "清算年月")),
    request_body = MonthAsked,
    responses((status = 200, body = MonthAnswer), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn build(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
    Json(asked): Json<MonthAsked>,
) -> Result<Json<MonthAnswer>, Refused> {
    let month = month_of(&month)?;
    let actor = Actor::clerk(&service.app, &clerk);
    let done = service
        .app
        .prepare_month(&actor, month, &asked.institution, &[])
        .await?;
    Ok(Json(view::built(&done)))
}

/// 发布一个月的清算单。
#[utoipa::path(
    post, path = "/api/v1/clearing/months/{month}/publication", tag = "clearing",
    operation_id = "publish_month", params(("month" = String, Path, description = "清算年月")),
    request_body = MonthAsked,
    responses((status = 200, body = MonthAnswer), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn publish(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
    Json(asked): Json<MonthAsked>,
) -> Result<Json<MonthAnswer>, Refused> {
    let (month, which) = (month_of(&month)?, which(asked));
    let actor = Actor::clerk(&service.app, &clerk);
    let rows = service.app.publish_month(&actor, month, &which).await?;
    let done = Done {
        done: rows,
        refused: Vec::new(),
    };
    Ok(Json(view::answer(&service, "发布", &done)))
}

/// 审批一个月的清算单；审批人不能是经办人。
#[utoipa::path(
    post, path = "/api/v1/clearing/months/{month}/approval", tag = "clearing",
    operation_id = "approve_month", params(("month" = String, Path, description = "清算年月")),
    request_body = MonthAsked,
    responses((status = 200, body = MonthAnswer), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 422, body = Problem))
)]
pub async fn approve(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
    Json(asked): Json<MonthAsked>,
) -> Result<Json<MonthAnswer>, Refused> {
    checks(&clerk)?;
    let (month, which) = (month_of(&month)?, which(asked));
    let actor = Actor::clerk(&service.app, &clerk);
    let done = service.app.approve_month(&actor, month, &which).await?;
    Ok(Json(view::answer(&service, "审批", &done)))
}

/// 给一个月已审批的清算单开具支付凭单；开单人不能是经办人或审批人。
#[utoipa::path(
    post, path = "/api/v1/clearing/months/{month}/orders", tag = "clearing",
    operation_id = "order_month", params(("month" = String, Path, description = "清算年月")),
    request_body = MonthAsked,
    responses((status = 200, body = MonthAnswer), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 422, body = Problem))
)]
pub async fn order(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
    Json(asked): Json<MonthAsked>,
) -> Result<Json<MonthAnswer>, Refused> {
    checks(&clerk)?;
    let (month, which) = (month_of(&month)?, which(asked));
    let actor = Actor::clerk(&service.app, &clerk);
    let done = service.app.order_month(&actor, month, &which).await?;
    Ok(Json(view::answer(&service, "开单", &done)))
}

/// 月度结账：全部拨付并对账，桥接表差额为零。
#[utoipa::path(
    post, path = "/api/v1/clearing/months/{month}/close", tag = "clearing",
    operation_id = "close_month", params(("month" = String, Path, description = "清算年月")),
    responses((status = 200, body = MonthAnswer), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 422, body = Problem))
)]
pub async fn close(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
) -> Result<Json<MonthAnswer>, Refused> {
    checks(&clerk)?;
    let month = month_of(&month)?;
    let actor = Actor::clerk(&service.app, &clerk);
    let closed = service.app.close_month(&actor, month).await?;
    let done = Done {
        done: closed.statements,
        refused: Vec::new(),
    };
    Ok(Json(view::answer(&service, "结账", &done)))
}

/// A month of the path.
pub(super) fn month_of(text: &str) -> Result<FeeMonth, Refused> {
    text.parse()
        .map_err(|_| Refused::field("month", format!("“{text}”不是月份")))
}

/// Money is approved, ordered and closed by those who check, not by those who prepare.
pub(super) fn checks(clerk: &Clerk) -> Result<(), Refused> {
    if clerk.role == "clerk" {
        let message = "经办人员只能办理清算单，审批、开单和结账由审核或管理人员办理";
        return Err(Refused::new(StatusCode::FORBIDDEN, "denied", message));
    }
    Ok(())
}

fn which(asked: MonthAsked) -> Which {
    Which {
        institution: asked.institution,
        book: asked.book,
    }
}
