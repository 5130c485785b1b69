//! 退费 — proposed by one, approved by another, then paid.

use std::sync::Arc;

use app::contribution::RefundAsked;
use app::office::Clerk;
use app::register::Actor;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::contribution as view;
use super::yuan::Yuan;
use crate::Service;

/// 一笔退费。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RefundView {
    /// 退费单号。
    pub refund: String,
    /// 单位或人员编号。
    pub owner: String,
    /// 费款所属期。
    pub period: String,
    /// 原因代码。
    pub reason: String,
    /// 原因名称。
    pub reason_name: String,
    /// 退单位。
    pub employer_part: Yuan,
    /// 退个人。
    pub person_part: Yuan,
    /// 合计。
    pub amount: Yuan,
    /// 状态代码。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 申请人。
    pub proposed_by: String,
    /// 申请时间。
    pub proposed_at: String,
    /// 审核人。
    pub decided_by: String,
    /// 说明。
    pub note: String,
}

/// 申请退费：某一期的多缴，或某一行到账的余额。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RefundRequest {
    /// 单位或人员编号。
    #[serde(default)]
    pub owner: String,
    /// 费款所属期。
    #[serde(default)]
    pub period: String,
    /// 到账文件标识；退到账余额时填。
    #[serde(default)]
    pub file: String,
    /// 到账明细行号。
    #[serde(default)]
    pub line: i64,
    /// 说明。
    #[serde(default)]
    pub note: String,
}

/// 审核退费。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RefundDecision {
    /// 是否同意。
    pub approve: bool,
    /// 意见。
    #[serde(default)]
    pub note: String,
}

/// 退费的查询条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RefundQuery {
    /// 单位或人员编号；不填为全部。
    pub owner: Option<String>,
}

/// 退费，新的在前。
#[utoipa::path(
    get, path = "/api/v1/contributions/refunds", tag = "contributions",
    operation_id = "list_refunds", params(RefundQuery),
    responses((status = 200, body = [RefundView]), (status = 401, body = Problem))
)]
pub async fn list(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<RefundQuery>,
) -> Result<Json<Vec<RefundView>>, Refused> {
    let owner = query.owner.as_deref().unwrap_or_default();
    let found = service.app.list_refunds(&clerk, owner).await?;
    Ok(Json(found.iter().map(view::refund).collect()))
}

/// 申请退费；不付款，由另一人审核。
#[utoipa::path(
    post, path = "/api/v1/contributions/refunds", tag = "contributions",
    operation_id = "propose_refund", request_body = RefundRequest,
    responses((status = 200, body = RefundView), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn propose(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<RefundRequest>,
) -> Result<Json<RefundView>, Refused> {
    let (refund, reason) = if asked.file.is_empty() {
        let (owner, period) = (asked.owner, asked.period);
        (RefundAsked::Period { owner, period }, "reassessed")
    } else {
        let (file, line_no) = (asked.file, asked.line);
        (RefundAsked::Line { file, line_no }, "overpaid")
    };
    let actor = Actor::clerk(&service.app, &clerk);
    let why = (reason, asked.note.as_str());
    let row = service.app.propose_refund(&actor, &refund, why).await?;
    Ok(Json(view::refund(&row)))
}

/// 审核退费；申请人不能审核自己的申请。
#[utoipa::path(
    post, path = "/api/v1/contributions/refunds/{id}/decision", tag = "contributions",
    operation_id = "decide_refund", params(("id" = String, Path, description = "退费单号")),
    request_body = RefundDecision,
    responses((status = 200, body = RefundView), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn decide(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<RefundDecision>,
) -> Result<Json<RefundView>, Refused> {
    checks(&clerk)?;
    let actor = Actor::clerk(&service.app, &clerk);
    let (approve, note) = (asked.approve, asked.note.as_str());
    let row = service
        .app
        .decide_refund(&actor, &id, approve, note)
        .await?;
    Ok(Json(view::refund(&row)))
}

/// 退费付款。
#[utoipa::path(
    post, path = "/api/v1/contributions/refunds/{id}/payment", tag = "contributions",
    operation_id = "pay_refund", params(("id" = String, Path, description = "退费单号")),
    responses((status = 200, body = RefundView), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn pay(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<RefundView>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let row = service.app.pay_refund(&actor, &id).await?;
    Ok(Json(view::refund(&row)))
}

/// Refunds are approved by those who check, not by those who prepare.
fn checks(clerk: &Clerk) -> Result<(), Refused> {
    if clerk.role == "clerk" {
        let message = "经办人员只能申请，退费由审核人员审核";
        return Err(Refused::new(StatusCode::FORBIDDEN, "denied", message));
    }
    Ok(())
}
