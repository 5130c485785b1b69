//! 代结算：供应商发票、机构确认、批次审批；预付金。

use std::sync::Arc;

use app::office::Clerk;
use app::procurement::{AdvanceAsked, AdvanceBasis};
use app::register::Actor;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use policy::FeeMonth;
use serde::{Deserialize, Serialize};
use store::InvoiceFilter;
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::procurement as view;
use super::yuan::Yuan;
use crate::Service;

/// 一张供应商发票或退货单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SupplierInvoice {
    /// 结算申请编号。
    pub invoice: String,
    /// 医疗机构编号。
    pub institution: String,
    /// 医疗机构名称。
    pub institution_name: String,
    /// 供应商编号。
    pub supplier: String,
    /// 是否退货。
    pub credit_note: bool,
    /// 退货所属的原申请；发票为空。
    pub original: String,
    /// 发票号码。
    pub number: String,
    /// 采购订单号。
    pub order_no: String,
    /// 金额。
    pub amount: Yuan,
    /// 验收日期。
    pub accepted_on: String,
    /// 确认期限。
    pub confirm_by: String,
    /// 状态代码。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 确认人或异议人；视同确认为空。
    pub decided_by: String,
    /// 说明。
    pub note: String,
}

/// 代结算批次。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NettingBatch {
    /// 批次号。
    pub batch: String,
    /// 从哪个月的结算中抵扣。
    pub month: String,
    /// 状态代码。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 不足时的处理。
    pub mode_name: String,
    /// 付供应商合计。
    pub total: Yuan,
    /// 经办人。
    pub made_by: String,
    /// 审批人。
    pub checked_by: String,
    /// 明细。
    pub lines: Vec<NettingLine>,
    /// 机构抵扣。
    pub offsets: Vec<NettingOffset>,
    /// 支付凭单；审批后才有。
    pub orders: Vec<SupplierOrder>,
    /// 计算说明。
    pub trace: Vec<String>,
}

/// 批次明细：一张发票从一个账套付多少，退货为负。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NettingLine {
    /// 医疗机构编号。
    pub institution: String,
    /// 供应商编号。
    pub supplier: String,
    /// 账套。
    pub book: String,
    /// 结算申请编号。
    pub invoice: String,
    /// 金额。
    pub amount: Yuan,
}

/// 一家机构在一个账套少付多少。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NettingOffset {
    /// 医疗机构编号。
    pub institution: String,
    /// 医疗机构名称。
    pub institution_name: String,
    /// 账套。
    pub book: String,
    /// 应付机构。
    pub due: Yuan,
    /// 本期抵扣。
    pub offset: Yuan,
    /// 不足，下期抵扣。
    pub shortfall: Yuan,
}

/// 付供应商的支付凭单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SupplierOrder {
    /// 凭单号。
    pub order: String,
    /// 账套。
    pub book: String,
    /// 供应商编号。
    pub supplier: String,
    /// 户名。
    pub name: String,
    /// 金额。
    pub amount: Yuan,
    /// 状态代码。
    pub state: String,
    /// 付款日期。
    pub paid_on: Option<String>,
}

/// 预付金。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ProviderAdvance {
    /// 预付编号。
    pub advance: String,
    /// 种类名称。
    pub kind_name: String,
    /// 医疗机构编号。
    pub institution: String,
    /// 医疗机构名称。
    pub institution_name: String,
    /// 账套。
    pub book: String,
    /// 年度。
    pub year: i64,
    /// 预付金额。
    pub amount: Yuan,
    /// 未收回。
    pub open: Yuan,
    /// 状态代码。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 银行是否已付。
    pub paid: bool,
    /// 分期冲抵：月份、金额、状态。
    pub parts: Vec<AdvancePart>,
    /// 计算说明。
    pub trace: Vec<String>,
}

/// 分期冲抵的一期。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AdvancePart {
    /// 月份。
    pub month: String,
    /// 金额。
    pub amount: Yuan,
    /// 状态名称。
    pub state_name: String,
}

/// 发票的查询条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InvoiceQuery {
    /// 医疗机构编号；不填为全部。
    #[serde(default)]
    pub institution: String,
    /// 状态：submitted、confirmed、objected；不填为全部。
    #[serde(default)]
    pub state: String,
}

/// 机构对发票的答复。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InvoiceAnswer {
    /// 是否确认；否则为异议。
    pub confirm: bool,
    /// 说明；异议必填。
    #[serde(default)]
    pub note: String,
}

/// 建批次。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BatchRequest {
    /// 从哪个月的结算中抵扣，如 2024-10。
    pub month: String,
}

/// 申请周转预付金。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AdvanceRequest {
    /// 医疗机构编号。
    pub institution: String,
    /// 账套：E 职工，R 居民。
    pub book: String,
    /// 年度。
    pub year: i16,
    /// 预付几个月，如 1、0.5。
    pub months: String,
    /// 基金可支付月数，如 14.5。
    pub reserve_months: String,
    /// 依据。
    #[serde(default)]
    pub document: String,
}

/// 审批。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ProviderDecision {
    /// 是否同意。
    pub approve: bool,
}

/// 供应商发票，验收早的在前。
#[utoipa::path(
    get, path = "/api/v1/procurement/invoices", tag = "procurement",
    operation_id = "list_supplier_invoices", params(InvoiceQuery),
    responses((status = 200, body = [SupplierInvoice]), (status = 401, body = Problem))
)]
pub async fn invoices(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<InvoiceQuery>,
) -> Result<Json<Vec<SupplierInvoice>>, Refused> {
    let filter = InvoiceFilter {
        institution: query.institution,
        state: query.state,
        ..InvoiceFilter::default()
    };
    let found = service.app.store.supplier_invoices(clerk.area, &filter);
    let found = found.await.map_err(app::Error::from)?;
    let shown = found.iter().map(|row| view::invoice(&service, row));
    Ok(Json(shown.collect()))
}

/// 机构确认发票或提出异议。
#[utoipa::path(
    post, path = "/api/v1/procurement/invoices/{id}/answer", tag = "procurement",
    operation_id = "answer_supplier_invoice", request_body = InvoiceAnswer,
    params(("id" = String, Path, description = "结算申请编号")),
    responses((status = 200, body = SupplierInvoice), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn answer(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<InvoiceAnswer>,
) -> Result<Json<SupplierInvoice>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let said = (asked.confirm, asked.note.as_str());
    let row = service.app.answer_invoice(&actor, &id, said).await?;
    Ok(Json(view::invoice(&service, &row)))
}

/// 代结算批次，新的在前。
#[utoipa::path(
    get, path = "/api/v1/procurement/batches", tag = "procurement",
    operation_id = "list_netting_batches",
    responses((status = 200, body = [NettingBatch]), (status = 401, body = Problem))
)]
pub async fn batches(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Vec<NettingBatch>>, Refused> {
    let rows = service.app.store.netting_batches(clerk.area, "").await;
    let mut shown = Vec::new();
    for row in rows.map_err(app::Error::from)? {
        let batch = service.app.netting_batch(clerk.area, &row.batch).await?;
        shown.push(view::batch(&service, &batch));
    }
    Ok(Json(shown))
}

/// 把已确认的发票建成一批。
#[utoipa::path(
    post, path = "/api/v1/procurement/batches", tag = "procurement",
    operation_id = "make_netting_batch", request_body = BatchRequest,
    responses((status = 200, body = NettingBatch), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn make(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<BatchRequest>,
) -> Result<Json<NettingBatch>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let month = month("month", &asked.month)?;
    let made = service.app.make_netting_batch(&actor, month).await?;
    Ok(Json(view::batch(&service, &made)))
}

/// 审批或撤销批次；经办人不能审批自己建的批次。
#[utoipa::path(
    post, path = "/api/v1/procurement/batches/{id}/decision", tag = "procurement",
    operation_id = "decide_netting_batch", request_body = ProviderDecision,
    params(("id" = String, Path, description = "批次号")),
    responses((status = 200, body = NettingBatch), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn decide(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<ProviderDecision>,
) -> Result<Json<NettingBatch>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    if asked.approve {
        checks(&clerk)?;
        service.app.approve_netting_batch(&actor, &id).await?;
    } else {
        service.app.cancel_netting_batch(&actor, &id).await?;
    }
    let batch = service.app.netting_batch(clerk.area, &id).await?;
    Ok(Json(view::batch(&service, &batch)))
}

/// 预付金，新的在前。
#[utoipa::path(
    get, path = "/api/v1/procurement/advances", tag = "procurement",
    operation_id = "list_provider_advances",
    responses((status = 200, body = [ProviderAdvance]), (status = 401, body = Problem))
)]
pub async fn advances(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Vec<ProviderAdvance>>, Refused> {
    let found = service.app.advances(clerk.area, ("", "")).await?;
    let shown = found.iter().map(|one| view::advance(&service, one));
    Ok(Json(shown.collect()))
}

/// 申请周转预付金；不付款，由另一人审批。
#[utoipa::path(
    post, path = "/api/v1/procurement/advances", tag = "procurement",
    operation_id = "propose_provider_advance", request_body = AdvanceRequest,
    responses((status = 200, body = ProviderAdvance), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn propose_advance(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<AdvanceRequest>,
) -> Result<Json<ProviderAdvance>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let months = money::Ratio::from_factor_text(&asked.months);
    let months = months.map_err(|_| Refused::field("months", "不是月数，应如 1、0.5"))?;
    let reserve = money::Decimal::from_text(&asked.reserve_months);
    let reserve = reserve.map_err(|_| Refused::field("reserve_months", "不是月数，应如 14.5"))?;
    let asked = AdvanceAsked {
        institution: asked.institution,
        book: asked.book,
        basis: AdvanceBasis::LastYear {
            year: asked.year,
            months,
            reserve_months: reserve,
        },
        document: asked.document,
    };
    let made = service.app.propose_advance(&actor, &asked).await?;
    Ok(Json(view::advance(&service, &made)))
}

/// 审批预付金；申请人不能审批自己的申请。
#[utoipa::path(
    post, path = "/api/v1/procurement/advances/{id}/decision", tag = "procurement",
    operation_id = "decide_provider_advance", request_body = ProviderDecision,
    params(("id" = String, Path, description = "预付编号")),
    responses((status = 200, body = ProviderAdvance), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn decide_advance(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<ProviderDecision>,
) -> Result<Json<ProviderAdvance>, Refused> {
    checks(&clerk)?;
    let actor = Actor::clerk(&service.app, &clerk);
    let approve = asked.approve;
    let row = service.app.decide_advance(&actor, &id, approve).await?;
    Ok(Json(view::advance(&service, &row)))
}

/// What others prepared is approved by those who check.
pub(super) fn checks(clerk: &Clerk) -> Result<(), Refused> {
    if clerk.role == "clerk" {
        let message = "经办人员只能申请，由审核人员审批";
        return Err(Refused::new(StatusCode::FORBIDDEN, "denied", message));
    }
    Ok(())
}

/// A month, such as `2024-10`.
pub(super) fn month(path: &str, text: &str) -> Result<FeeMonth, Refused> {
    let wrong = |_| Refused::field(path, format!("“{text}”不是月份，应写作 2024-10"));
    text.parse().map_err(wrong)
}
