//! 疑点案卷 — one doubt with its evidence, its way so far and its attachments.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audit::{DoubtView, Speaking, officer};
use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::rules::RulePageView;
use super::statement::TransferView;
use super::view::audit as view;
use super::yuan::Yuan;
use crate::Service;

/// 一条疑点的案卷。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtCaseView {
    /// 疑点。
    pub doubt: DoubtView,
    /// 规则说明。
    pub rule: Option<RulePageView>,
    /// 知识条目编号和版本。
    pub knowledge: String,
    /// 证据要素，含命中当时的知识条目原文。
    pub evidence: serde_json::Value,
    /// 该次就诊的明细。
    pub lines: Vec<DoubtLine>,
    /// 同一结算单的其他疑点。
    pub beside: Vec<BesideView>,
    /// 参保人前后半年的就诊，早的在前。
    pub timeline: Vec<TimelineVisit>,
    /// 办理过程，早的在前。
    pub steps: Vec<DoubtStep>,
    /// 附件。
    pub attachments: Vec<AttachmentView>,
    /// 钱款去向：清算调整、清算单、记账分录。
    pub money: Vec<DoubtMoneyView>,
    /// 个人多付部分（估计），由机构退还参保人。
    pub person_part: Yuan,
}

/// 一条明细。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtLine {
    /// 明细编号。
    pub line: String,
    /// 目录编码。
    pub item: String,
    /// 目录名称。
    pub item_name: String,
    /// 费用时间。
    pub at: String,
    /// 金额。
    pub total: Yuan,
    /// 符合范围金额。
    pub in_scope: Yuan,
    /// 是否为本疑点涉及。
    pub covered: bool,
    /// 命中该明细的其他规则。
    pub other_rules: Vec<String>,
}

/// 疑点的一笔清算调整。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtMoneyView {
    /// 调整编号。
    pub adjustment: String,
    /// 事由名称：审核扣款、审核扣款退还。
    pub kind_name: String,
    /// 账套名称。
    pub book_name: String,
    /// 金额；扣减为负。
    pub amount: Yuan,
    /// 最早列入的清算年月。
    pub first_month: String,
    /// 列入的清算单号；还没有列入的为空。
    pub statement: String,
    /// 清算单的年月。
    pub month: String,
    /// 清算单的状态名称。
    pub state_name: String,
    /// 记账分录；清算单审批后才有。
    pub transfer: Option<TransferView>,
}

/// 同一结算单的另一条命中。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BesideView {
    /// 规则编号。
    pub rule: String,
    /// 规则名称。
    pub rule_name: String,
    /// 说明。
    pub says: String,
    /// 基金支付（估计）。
    pub amount: Yuan,
}

/// 时间线上的一次就诊。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TimelineVisit {
    /// 就诊编号。
    pub visit: String,
    /// 机构名称。
    pub institution_name: String,
    /// 医疗类别名称。
    pub care_name: String,
    /// 开始时间。
    pub from: String,
    /// 结束时间。
    pub to: Option<String>,
    /// 是否为本疑点所在的就诊。
    pub this: bool,
}

/// 一步办理。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtStep {
    /// 做了什么。
    pub verb: String,
    /// 谁。
    pub by: String,
    /// 岗位名称。
    pub role_name: String,
    /// 时间。
    pub at: String,
    /// 之后的状态名称。
    pub state_name: String,
    /// 金额。
    pub amount: Yuan,
    /// 理由、意见。
    pub text: String,
    /// 表决、附件、批次。
    pub detail: serde_json::Value,
}

/// 一个附件。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AttachmentView {
    /// 附件编号。
    pub id: String,
    /// 文件名。
    pub name: String,
    /// 字节数。
    pub size: i64,
    /// 类型。
    pub media_type: String,
    /// 哪一方：institution、agency。
    pub side: String,
    /// 谁。
    pub by: String,
    /// 时间。
    pub at: String,
}

/// 一条疑点的案卷。
#[utoipa::path(
    get, path = "/api/v1/audit/doubts/{id}", tag = "audit",
    operation_id = "get_doubt",
    params(("id" = String, Path, description = "疑点编号"), Speaking),
    responses((status = 200, body = DoubtCaseView), (status = 404, body = Problem))
)]
pub async fn detail(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Query(speaking): Query<Speaking>,
) -> Result<Json<DoubtCaseView>, Refused> {
    let officer = officer(&service, &clerk, speaking.for_institution.as_ref()).await?;
    let case = service.app.doubt_case(&officer, &id).await?;
    Ok(Json(view::case(&service, &officer, &case)?))
}

/// 一个附件的原件。
#[utoipa::path(
    get, path = "/api/v1/audit/doubts/{id}/attachments/{attachment}", tag = "audit",
    operation_id = "get_doubt_attachment",
    params(
        ("id" = String, Path, description = "疑点编号"),
        ("attachment" = String, Path, description = "附件编号"),
        Speaking,
    ),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, body = Problem),
    )
)]
pub async fn attachment(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path((id, attachment)): Path<(String, String)>,
    Query(speaking): Query<Speaking>,
) -> Result<Response, Refused> {
    let officer = officer(&service, &clerk, speaking.for_institution.as_ref()).await?;
    let (row, bytes) = service.app.attachment(&officer, &id, &attachment).await?;
    // Never shown in our own page: what was handed in is saved, not run.
    let headers = [
        (header::CONTENT_TYPE, row.media_type),
        (header::CONTENT_DISPOSITION, "attachment".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
