//! 按支付办法 — what methods pay of a month, what a case counts and why, how a year was cleared.

use std::sync::Arc;

use app::clearing::ThroughYear;
use app::register::Actor;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use store::{AnnualFilter, CaseValueFilter, MethodMonthFilter};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::page_size;
use super::problem::Problem;
use super::view::points as view;
use super::yuan::Yuan;
use crate::Service;

/// 一项支付安排。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PaymentArrangement {
    /// 代码，例如 `employee-inpatient`。
    pub key: String,
    /// 名称。
    pub title: String,
    /// 险种名称。
    pub scheme_name: String,
    /// 适用的医疗类别名称；空为全部。
    pub care: Vec<String>,
    /// 各版参数，早的在前。
    pub versions: Vec<ArrangementVersion>,
}

/// 支付安排的一版参数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ArrangementVersion {
    /// 年度。
    pub year: i16,
    /// 版次。
    pub version: u32,
    /// 生效日期。
    pub effective: String,
    /// 参数状态名称。
    pub state_name: String,
    /// 办法名称。
    pub method: String,
    /// 依据。
    pub basis: String,
    /// 推定的理由。
    pub assumed: Option<String>,
}

/// 计算的一步。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PaymentStep {
    /// 规则代码。
    #[serde(default)]
    pub rule: String,
    /// 名称。
    #[serde(default)]
    pub name: String,
    /// 一句话，写明各项数值和结果。
    #[serde(default)]
    pub sentence: String,
    /// 依据。
    #[serde(default)]
    pub source: String,
}

/// 哪些月度支付行。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MonthAsked {
    /// 机构编号。
    pub institution: Option<String>,
}

/// 一家机构一个月按一项支付安排的支付。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MethodMonth {
    /// 机构编号。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 账套。
    pub book: String,
    /// 支付安排代码。
    pub arrangement: String,
    /// 支付安排名称。
    pub title: String,
    /// 办法名称。
    pub method: String,
    /// 结算笔数。
    pub claims: i64,
    /// 按项目应付。
    pub items: Yuan,
    /// 本月按办法支付。
    pub paid: Yuan,
    /// 留到年终的金额。
    pub held: Yuan,
    /// 结转限额。
    pub carry: Yuan,
    /// 依据。
    pub basis: String,
    /// 计算步骤。
    pub trace: Vec<PaymentStep>,
}

/// 哪些病例。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CasesAsked {
    /// 年度；不填为今年。
    pub year: Option<i16>,
    /// 机构编号。
    pub institution: Option<String>,
    /// 支付安排代码。
    pub arrangement: Option<String>,
    /// 只看点数变过的。
    pub changed: Option<bool>,
    /// 上一页最后一个结算编号。
    pub after: Option<String>,
    /// 一页几例。
    pub limit: Option<u32>,
}

/// 一例的点数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CaseValue {
    /// 结算编号。
    pub settlement_id: String,
    /// 结算清单编号；没有清单时为空。
    pub list_id: String,
    /// 机构编号。
    pub institution: String,
    /// 支付安排代码。
    pub arrangement: String,
    /// 第几次的值。
    pub number: i64,
    /// 出院日期。
    pub discharged_on: String,
    /// 病组或病种代码；未入组时为空。
    pub group_code: String,
    /// 病组或病种名称。
    pub group_name: String,
    /// 病例类型。
    pub class: String,
    /// 点数或加权分值，四位小数。
    pub points: String,
    /// 总费用。
    pub cost: Yuan,
    /// 基金按项目应付。
    pub fund: Yuan,
    /// 折算基金支付。
    pub estimate: Yuan,
    /// 与上一次相比变了什么；第一次为空。
    pub change: String,
    /// 计算时间。
    pub computed_at: String,
    /// 计算步骤。
    pub trace: Vec<PaymentStep>,
}

/// 计算哪个年度的病例点数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ValueAsked {
    /// 支付安排代码。
    pub arrangement: String,
    /// 年度。
    pub year: i16,
}

/// 病例点数计算的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Valued {
    /// 病例数。
    pub cases: usize,
    /// 新算的病例数。
    pub fresh: usize,
    /// 点数变化的病例数。
    pub changed: usize,
    /// 没有病组、不能计算的病例数。
    pub unpriced: usize,
    /// 参数未经批准，只是测算。
    pub simulated: bool,
    /// 预估点值，四位小数。
    pub point_value: String,
}

/// 哪些年度清算。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct YearsAsked {
    /// 年度；不填为全部。
    pub year: Option<i64>,
}

/// 一次年度清算。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AnnualLine {
    /// 年度清算编号。
    pub id: String,
    /// 年度。
    pub year: i64,
    /// 账套。
    pub book: String,
    /// 支付安排代码。
    pub arrangement: String,
    /// 支付安排名称。
    pub title: String,
    /// 办法名称。
    pub method: String,
    /// 状态：computed、approved、replaced。
    pub state: String,
    /// 病例数。
    pub cases: i64,
    /// 可分配总额。
    pub budget: Yuan,
    /// 按项目应付。
    pub items: Yuan,
    /// 决算基金额。
    pub pool: Yuan,
    /// 总点数。
    pub points: String,
    /// 点值，四位小数。
    pub point_value: String,
    /// 快照。
    pub snapshot: String,
    /// 依据。
    pub basis: String,
    /// 计算人。
    pub computed_by: String,
    /// 计算时间。
    pub computed_at: String,
    /// 批准人；未批准时为空。
    pub approved_by: String,
}

/// 年度清算中一家机构的部分。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AnnualPart {
    /// 机构编号。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 病例数。
    pub cases: i64,
    /// 点数。
    pub points: String,
    /// 按项目应付。
    pub items: Yuan,
    /// 患者和其他方支付。
    pub others: Yuan,
    /// 应得。
    pub entitlement: Yuan,
    /// 年终结算额。
    pub payment: Yuan,
    /// 已付。
    pub paid: Yuan,
    /// 差额；负数为应收回。
    pub difference: Yuan,
    /// 清算调整编号；未批准或没有差额时为空。
    pub adjustment: String,
    /// 说明。
    pub trace: Vec<PaymentStep>,
}

/// 一次年度清算和各机构的部分。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AnnualView {
    /// 清算。
    pub clearing: AnnualLine,
    /// 各机构。
    pub parts: Vec<AnnualPart>,
}

/// 本统筹区的支付安排。
#[utoipa::path(
    get, path = "/api/v1/points/methods", tag = "points",
    operation_id = "list_payment_arrangements",
    responses((status = 200, body = Vec<PaymentArrangement>))
)]
pub async fn methods(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Vec<PaymentArrangement>>, Refused> {
    let all = service.app.law.methods.arrangements.iter();
    let mine = all.filter(|one| one.area == clerk.area);
    Ok(Json(mine.map(view::arrangement).collect()))
}

/// 一个月各机构按各项支付安排的支付。
#[utoipa::path(
    get, path = "/api/v1/points/months/{month}", tag = "points",
    operation_id = "list_method_months",
    params(("month" = String, Path, description = "月份，例如 2024-05"), MonthAsked),
    responses((status = 200, body = Vec<MethodMonth>))
)]
pub async fn months(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
    Query(query): Query<MonthAsked>,
) -> Result<Json<Vec<MethodMonth>>, Refused> {
    let filter = MethodMonthFilter {
        institution: query.institution.unwrap_or_default(),
        month,
        ..MethodMonthFilter::default()
    };
    let found = service.app.store.method_months(clerk.area, &filter).await;
    let found = found.map_err(app::Error::from)?;
    let each = found.iter().map(|row| view::month(&service, row));
    Ok(Json(each.collect()))
}

/// 各病例现在的点数，按结算编号。
#[utoipa::path(
    get, path = "/api/v1/points/cases", tag = "points",
    operation_id = "list_case_values", params(CasesAsked),
    responses((status = 200, body = Vec<CaseValue>))
)]
pub async fn cases(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<CasesAsked>,
) -> Result<Json<Vec<CaseValue>>, Refused> {
    let this_year = || service.app.clock.today().year();
    let filter = CaseValueFilter {
        institution: query.institution.unwrap_or_default(),
        arrangement: query.arrangement.unwrap_or_default(),
        year: query.year.unwrap_or_else(this_year).into(),
        changed: query.changed.unwrap_or(false),
    };
    let (after, limit) = (query.after.unwrap_or_default(), page_size(query.limit));
    let store = &service.app.store;
    let found = store.case_values(clerk.area, &filter, &after, limit).await;
    let found = found.map_err(app::Error::from)?;
    Ok(Json(found.iter().map(view::case).collect()))
}

/// 计算一个年度至今各病例的点数。
#[utoipa::path(
    post, path = "/api/v1/points/cases", tag = "points",
    operation_id = "value_cases", request_body = ValueAsked,
    responses((status = 200, body = Valued), (status = 422, body = Problem))
)]
pub async fn value(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<ValueAsked>,
) -> Result<Json<Valued>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let asked = ThroughYear {
        arrangement: asked.arrangement,
        year: asked.year,
        through: service.app.clock.today(),
    };
    let done = service.app.value_cases(&actor, &asked).await?;
    Ok(Json(view::valued(&done)))
}

/// 一例点数的来由：每一次的值、步骤和变化，新的在前。
#[utoipa::path(
    get, path = "/api/v1/points/cases/{id}", tag = "points",
    operation_id = "get_case_values",
    params(("id" = String, Path, description = "结算编号")),
    responses((status = 200, body = Vec<CaseValue>), (status = 404, body = Problem))
)]
pub async fn case(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Vec<CaseValue>>, Refused> {
    let found = service.app.store.values_of_case(clerk.area, &id).await;
    let found = found.map_err(app::Error::from)?;
    if found.is_empty() {
        return Err(app::Error::missing("病例点数", id).into());
    }
    Ok(Json(found.iter().map(view::case).collect()))
}

/// 各次年度清算，新的在前。
#[utoipa::path(
    get, path = "/api/v1/points/years", tag = "points",
    operation_id = "list_annual_clearings", params(YearsAsked),
    responses((status = 200, body = Vec<AnnualLine>))
)]
pub async fn years(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<YearsAsked>,
) -> Result<Json<Vec<AnnualLine>>, Refused> {
    let filter = AnnualFilter {
        year: query.year.unwrap_or(0),
        ..AnnualFilter::default()
    };
    let found = service
        .app
        .store
        .annual_clearings(clerk.area, &filter)
        .await;
    let found = found.map_err(app::Error::from)?;
    Ok(Json(found.iter().map(view::year).collect()))
}

/// 一次年度清算：各机构应得、已付和差额。
#[utoipa::path(
    get, path = "/api/v1/points/years/{id}", tag = "points",
    operation_id = "get_annual_clearing",
    params(("id" = String, Path, description = "年度清算编号")),
    responses((status = 200, body = AnnualView), (status = 404, body = Problem))
)]
pub async fn year(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<AnnualView>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let found = service.app.annual(&actor, &id).await?;
    Ok(Json(view::annual(&service, &found)))
}

/// 由另一人批准年度清算，差额成为清算调整。
#[utoipa::path(
    post, path = "/api/v1/points/years/{id}/approval", tag = "points",
    operation_id = "approve_annual_clearing",
    params(("id" = String, Path, description = "年度清算编号")),
    responses(
        (status = 200, body = AnnualView),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn approve(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<AnnualView>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let done = service.app.approve_year(&actor, &id).await?;
    Ok(Json(view::annual(&service, &done)))
}
