//! 清算单 — statements with their bills, confirmation, objections and answers.

use std::sync::Arc;

use app::clearing::{CorrectionAsked, Which};
use app::register::Actor;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use terms::BenefitClass;
use utoipa::{IntoParams, ToSchema};

use super::bank::OrderView;
use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::read;
use super::view::statement as view;
use super::yuan::Yuan;
use crate::Service;

/// 一张清算单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StatementView {
    /// 清算单号。
    pub id: String,
    /// 清算年月。
    pub month: String,
    /// 定点医药机构编号。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 账套。
    pub book: String,
    /// 账套名称。
    pub book_name: String,
    /// 版本。
    pub version: u64,
    /// 状态代码。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 明细笔数。
    pub bills: u64,
    /// 基金应付。
    pub funds: Yuan,
    /// 个人账户应付。
    pub account: Yuan,
    /// 调整合计。
    pub adjusted: Yuan,
    /// 应拨付金额。
    pub due: Yuan,
    /// 异议期限。
    pub respond_by: Option<String>,
    /// 拨付期限。
    pub pay_by: Option<String>,
    /// 申请日期。
    pub applied_on: Option<String>,
    /// 经办人。
    pub built_by: String,
    /// 发布人。
    pub published_by: String,
    /// 审批人。
    pub approved_by: String,
    /// 快照（内容的 SHA-256）。
    pub snapshot: String,
}

/// 清算单的一个项目。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StatementLineView {
    /// 项目代码：`bills` 或清算调整事由。
    pub kind: String,
    /// 项目名称。
    pub kind_name: String,
    /// 待遇支出类别代码。
    pub class: String,
    /// 待遇支出类别名称。
    pub class_name: String,
    /// 说明。
    pub text: String,
    /// 金额；扣减为负。
    pub amount: Yuan,
    /// 明细笔数；调整为零。
    pub bills: u64,
    /// 调整编号；明细为空。
    pub source: String,
    /// 依据。
    pub legal: String,
    /// 审核扣款和退还所依据的疑点编号；其他为空。
    pub doubt: String,
    /// 记账分录；清算单审批后才有。
    pub transfer: Option<TransferView>,
}

/// 一笔记账分录。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TransferView {
    /// 分录号：批次号和批内序号。
    pub id: String,
    /// 账套。
    pub book: String,
    /// 借方科目。
    pub debit: String,
    /// 贷方科目。
    pub credit: String,
    /// 金额。
    pub amount: Yuan,
    /// 业务日期。
    pub on: String,
}

/// 清算单办理过程中的一步。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StatementStep {
    /// 步骤代码。
    pub event: String,
    /// 步骤名称。
    pub event_name: String,
    /// 版本。
    pub version: u64,
    /// 办理人。
    pub by: String,
    /// 时间。
    pub at: String,
    /// 说明。
    pub note: String,
}

/// 一条异议和答复。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ObjectionView {
    /// 序号。
    pub number: u64,
    /// 针对的版本。
    pub version: u64,
    /// 涉及的结算编号。
    pub settlements: Vec<String>,
    /// 异议内容。
    pub text: String,
    /// 提出人。
    pub made_by: String,
    /// 提出时间。
    pub made_at: String,
    /// 状态代码。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 答复。
    pub answer: String,
    /// 答复人。
    pub answered_by: String,
}

/// 一张清算单的全部内容；明细另取。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StatementDetail {
    /// 清算单。
    pub statement: StatementView,
    /// 项目，合计等于应拨付金额。
    pub lines: Vec<StatementLineView>,
    /// 办理过程。
    pub steps: Vec<StatementStep>,
    /// 异议和答复。
    pub objections: Vec<ObjectionView>,
    /// 支付凭单。
    pub orders: Vec<OrderView>,
}

/// 清算单的一笔明细。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StatementBill {
    /// 结算编号。
    pub settlement: String,
    /// 人员编号。
    pub person: String,
    /// 姓名。
    pub person_name: String,
    /// 医疗类别名称。
    pub care_type_name: String,
    /// 待遇支出类别名称。
    pub class_name: String,
    /// 结算时间。
    pub settled_at: String,
    /// 医疗费总额。
    pub total: Yuan,
    /// 基金应付；冲正为负。
    pub funds: Yuan,
    /// 个人账户应付。
    pub account: Yuan,
    /// 被冲正的结算编号；不是冲正时为空。
    pub original: String,
}

/// 一页明细。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StatementBills {
    /// 明细，按结算编号。
    pub bills: Vec<StatementBill>,
    /// 下一页从哪个编号之后取；没有时为空。
    pub next: Option<String>,
}

/// 确认的是哪一版。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ConfirmAsked {
    /// 看到的版本。
    pub version: i64,
}

/// 一条异议。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ObjectionAsked {
    /// 看到的版本。
    pub version: i64,
    /// 涉及的结算编号；可以没有。
    #[serde(default)]
    pub settlements: Vec<String>,
    /// 异议内容。
    pub text: String,
}

/// 对异议的答复；更正为空即不予采纳。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AnswerAsked {
    /// 答复。
    pub answer: String,
    /// 更正。
    #[serde(default)]
    pub corrections: Vec<CorrectionView>,
}

/// 一笔更正。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CorrectionView {
    /// 待遇支出类别代码。
    pub class: String,
    /// 金额，扣减以 `-` 开头。
    pub amount: Yuan,
    /// 说明。
    pub text: String,
}

/// 明细的查询条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BillsQuery {
    /// 从哪个结算编号之后取。
    pub after: Option<String>,
    /// 一页几笔。
    pub limit: Option<u32>,
}

/// 清算单的查询条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatementQuery {
    /// 清算年月；不填为全部。
    pub month: Option<String>,
    /// 定点医药机构编号；不填为全部。
    pub institution: Option<String>,
    /// 账套；不填为全部。
    pub book: Option<String>,
}

/// 清算单，按月份、机构、账套。
#[utoipa::path(
    get, path = "/api/v1/clearing/statements", tag = "clearing",
    operation_id = "list_statements", params(StatementQuery),
    responses((status = 200, body = [StatementView]), (status = 401, body = Problem))
)]
pub async fn list(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<StatementQuery>,
) -> Result<Json<Vec<StatementView>>, Refused> {
    let which = Which {
        institution: query.institution.unwrap_or_default(),
        book: query.book.unwrap_or_default(),
    };
    let month = query.month.unwrap_or_default();
    let rows = service
        .app
        .list_statements(clerk.area, &month, &which)
        .await?;
    Ok(Json(view::statements(&service, &rows)))
}

/// 一张清算单：项目、办理过程、异议、支付凭单。
#[utoipa::path(
    get, path = "/api/v1/clearing/statements/{id}", tag = "clearing",
    operation_id = "get_statement", params(("id" = String, Path, description = "清算单号")),
    responses((status = 200, body = StatementDetail), (status = 401, body = Problem),
              (status = 404, body = Problem))
)]
pub async fn detail(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<StatementDetail>, Refused> {
    let file = service.app.statement_file(clerk.area, &id).await?;
    Ok(Json(view::detail(&service, &file)?))
}

/// 清算单的明细，每笔连着它的结算单。
#[utoipa::path(
    get, path = "/api/v1/clearing/statements/{id}/bills", tag = "clearing",
    operation_id = "statement_bills",
    params(("id" = String, Path, description = "清算单号"), BillsQuery),
    responses((status = 200, body = StatementBills), (status = 401, body = Problem))
)]
pub async fn bills(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Query(query): Query<BillsQuery>,
) -> Result<Json<StatementBills>, Refused> {
    let limit = super::page_size(query.limit);
    let after = query.after.unwrap_or_default();
    let rows = service
        .app
        .bills_page(clerk.area, &id, &after, limit)
        .await?;
    Ok(Json(view::bills(&rows, limit)))
}

/// 确认清算单（代机构录入其书面确认）。
#[utoipa::path(
    post, path = "/api/v1/clearing/statements/{id}/confirmation", tag = "clearing",
    operation_id = "confirm_statement", params(("id" = String, Path, description = "清算单号")),
    request_body = ConfirmAsked,
    responses((status = 200, body = StatementView), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn confirm(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<ConfirmAsked>,
) -> Result<Json<StatementView>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let row = service
        .app
        .confirm_statement(&actor, &id, asked.version)
        .await?;
    Ok(Json(view::statement(&service, &row)))
}

/// 对清算单提出异议（代机构录入）。
#[utoipa::path(
    post, path = "/api/v1/clearing/statements/{id}/objection", tag = "clearing",
    operation_id = "object_statement", params(("id" = String, Path, description = "清算单号")),
    request_body = ObjectionAsked,
    responses((status = 200, body = StatementView), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn object(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<ObjectionAsked>,
) -> Result<Json<StatementView>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let which = (id.as_str(), asked.version);
    let row = service
        .app
        .object_statement(&actor, which, &asked.settlements, &asked.text)
        .await?;
    Ok(Json(view::statement(&service, &row)))
}

/// 答复异议；清算单以新版本再发布。
#[utoipa::path(
    post, path = "/api/v1/clearing/statements/{id}/answer", tag = "clearing",
    operation_id = "answer_objection", params(("id" = String, Path, description = "清算单号")),
    request_body = AnswerAsked,
    responses((status = 200, body = StatementView), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn answer(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<AnswerAsked>,
) -> Result<Json<StatementView>, Refused> {
    let numbered = asked.corrections.iter().enumerate();
    let corrections = numbered.map(correction).collect::<Result<Vec<_>, _>>()?;
    let actor = Actor::clerk(&service.app, &clerk);
    let row = service
        .app
        .answer_objection(&actor, &id, &asked.answer, &corrections)
        .await?;
    Ok(Json(view::statement(&service, &row)))
}

fn correction((nth, asked): (usize, &CorrectionView)) -> Result<CorrectionAsked, Refused> {
    let class: BenefitClass = read::word(&format!("corrections[{nth}].class"), &asked.class)?;
    let text = &asked.amount.0;
    let amount = money::Fen::from_yuan_text(text).map_err(|_| {
        let path = format!("corrections[{nth}].amount");
        Refused::field(&path, format!("“{text}”不是金额"))
    })?;
    Ok(CorrectionAsked {
        class,
        amount,
        text: asked.text.clone(),
    })
}
