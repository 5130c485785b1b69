//! 追溯码与进销存 — the life of a box, what institutions have in stock, and what does not tie.

use std::sync::Arc;

use app::register::Actor;
use axum::Json;
use axum::extract::{Path, Query, State};
use policy::FeeMonth;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::stock as view;
use crate::Service;

/// 看哪个机构、哪个月的进销存。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StockMonthQuery {
    /// 机构编码；不填为所有机构。
    pub institution: Option<String>,
    /// 月份，例如 2024-11；不填为当月。
    pub month: Option<String>,
}

/// 一盒药的流向。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TraceCodeView {
    /// 追溯码。
    pub code: String,
    /// 码制代码；不合格式的为空。
    pub family: String,
    /// 不合格式的原因。
    pub fault: String,
    /// 是否在售出状态。
    pub sold: bool,
    /// 在售出状态时：售出机构编码。
    pub institution: String,
    /// 售出机构名称。
    pub institution_name: String,
    /// 结算编号。
    pub settlement_id: String,
    /// 各次事件，早的在前。
    pub events: Vec<TraceEventView>,
}

/// 一次事件。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TraceEventView {
    /// 事件代码。
    pub kind: String,
    /// 事件名称。
    pub kind_name: String,
    /// 机构编码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 结算编号或机构的单据号。
    pub sale: String,
    /// 医疗目录编码。
    pub item_code: String,
    /// 是否拆零。
    pub split: bool,
    /// 是否在别的销售未退货时上报。
    pub contested: bool,
    /// 与第几次事件重复销售，从1起；没有为空。
    pub second_of: Option<usize>,
    /// 发生时间。
    pub happened_at: String,
    /// 上报时间。
    pub recorded_at: String,
}

/// 一个品种的结存。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StockItemView {
    /// 机构编码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 机构自编码。
    pub local_code: String,
    /// 医疗目录编码。
    pub item_code: String,
    /// 名称。
    pub name: String,
    /// 当月进销存；当月没有变动的，只有期初。
    pub balance: StockBalanceView,
}

/// 一个月的进销存，数量按最小计价包装。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StockBalanceView {
    /// 期初。
    pub begin: String,
    /// 采购入库。
    pub purchased: String,
    /// 采购退货。
    pub sent_back: String,
    /// 销售。
    pub sold: String,
    /// 销售退货。
    pub returned: String,
    /// 其他入库。
    pub other_in: String,
    /// 其他出库。
    pub other_out: String,
    /// 应有。
    pub expected: String,
    /// 盘存；没有盘存为空。
    pub counted: Option<String>,
}

/// 一个月的购销比对。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StockComparedView {
    /// 月份。
    pub month: String,
    /// 比对的品种数。
    pub items: usize,
    /// 不符的品种。
    pub lines: Vec<StockMismatchView>,
}

/// 一个不符的品种。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StockMismatchView {
    /// 机构编码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 医疗目录编码。
    pub item_code: String,
    /// 名称。
    pub name: String,
    /// 当月进销存。
    pub balance: StockBalanceView,
    /// 医保结算量。
    pub settled: String,
    /// 不符之处。
    pub found: Vec<StockFindingView>,
}

/// 一处不符。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StockFindingView {
    /// 监管规则编号。
    pub rule: String,
    /// 名称。
    pub name: String,
    /// 相差数量。
    pub by: String,
}

/// Month and institution asked for.
fn asked(service: &Service, query: StockMonthQuery) -> Result<(Option<String>, FeeMonth), Refused> {
    let text = query.month.filter(|text| !text.is_empty());
    let today = || service.app.clock.today().strftime("%Y-%m").to_string();
    let text = text.unwrap_or_else(today);
    let wrong = || Refused::field("month", format!("“{text}”不是月份，应写作 2024-11"));
    let month = text.parse().map_err(|_| wrong())?;
    let chosen = query.institution.filter(|code| !code.is_empty());
    Ok((chosen, month))
}

/// 一盒药的流向：各机构上报和结算的每次事件，重复销售标出前后两次。
#[utoipa::path(
    get, path = "/api/v1/stock/codes/{code}", tag = "stock",
    operation_id = "get_trace_code",
    params(("code" = String, Path, description = "追溯码")),
    responses((status = 200, body = TraceCodeView), (status = 404, body = Problem))
)]
pub async fn code(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(code): Path<String>,
) -> Result<Json<TraceCodeView>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let found = service.app.code_history(&actor, &code).await?;
    Ok(Json(view::code(&service, &code, &found)))
}

/// 进销存结存，按机构和品种。
#[utoipa::path(
    get, path = "/api/v1/stock/balances", tag = "stock",
    operation_id = "list_stock_balances", params(StockMonthQuery),
    responses((status = 200, body = Vec<StockItemView>), (status = 422, body = Problem))
)]
pub async fn balances(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<StockMonthQuery>,
) -> Result<Json<Vec<StockItemView>>, Refused> {
    let (institution, month) = asked(&service, query)?;
    let found = service
        .app
        .stock_balances(clerk.area, institution.as_deref(), month)
        .await?;
    let wanted = month.to_string();
    let views = found.iter().map(|one| view::item(&service, one, &wanted));
    Ok(Json(views.collect()))
}

/// 购销比对：进销存不平、结算量大于可供量、无进货有结算、负库存。
#[utoipa::path(
    get, path = "/api/v1/stock/mismatches", tag = "stock",
    operation_id = "list_stock_mismatches", params(StockMonthQuery),
    responses((status = 200, body = StockComparedView), (status = 422, body = Problem))
)]
pub async fn mismatches(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<StockMonthQuery>,
) -> Result<Json<StockComparedView>, Refused> {
    let (institution, month) = asked(&service, query)?;
    let found = service
        .app
        .compare_stock(clerk.area, institution.as_deref(), month)
        .await?;
    Ok(Json(view::compared(&service, &found)))
}
