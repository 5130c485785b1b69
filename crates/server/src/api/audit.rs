//! 费用审核 — the work list of doubts, and one doubt with its evidence.

use std::sync::Arc;

use app::audit::{Officer, State as DoubtState};
use app::office::Clerk;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use store::DoubtFilter;
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::rules::RulePageView;
use super::statement::TransferView;
use super::view::audit as view;
use super::yuan::Yuan;
use super::{page_size, read};
use crate::Service;

/// 疑点的查询条件，也是批量办理和抽样的范围。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct DoubtQuery {
    /// 状态，几种用逗号隔开，例如 `proposed,first_review`；不填为全部。
    pub state: Option<String>,
    /// 规则编号。
    pub rule: Option<String>,
    /// 机构代码。
    pub institution: Option<String>,
    /// 等级：deduct、suspect、remind。
    pub strength: Option<String>,
    /// 人员编号。
    pub person: Option<String>,
    /// 结算编号。
    pub settlement: Option<String>,
    /// 通知编号。
    pub notice: Option<String>,
    /// 基金支付（估计）至少，元。
    pub at_least: Option<String>,
    /// 基金支付（估计）至多，元。
    pub at_most: Option<String>,
    /// 费用日期从。
    pub from: Option<String>,
    /// 费用日期到。
    pub to: Option<String>,
    /// 疑点编号，几个用逗号隔开。
    pub ids: Option<String>,
    /// 只要本人初审的。
    pub mine: Option<bool>,
    /// 翻页游标。
    pub cursor: Option<String>,
    /// 每页条数，默认 50，最多 200。
    pub limit: Option<u32>,
    /// 代哪家机构办理：管理人员录入机构的纸质材料时填写。
    pub for_institution: Option<String>,
}

/// 代哪家机构办理。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Speaking {
    /// 机构代码；经办人员不填。
    pub for_institution: Option<String>,
}

/// 一页疑点，早的在前。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtPage {
    /// 本页各条。
    pub rows: Vec<DoubtView>,
    /// 下一页的游标。
    pub next_cursor: Option<String>,
    /// 同样条件下按状态、规则、机构的条数和金额。
    pub counts: Vec<DoubtCount>,
}

/// 一种状态、一条规则、一家机构的疑点数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtCount {
    /// 状态。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 规则编号。
    pub rule: String,
    /// 规则名称。
    pub rule_name: String,
    /// 机构代码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 条数。
    pub doubts: i64,
    /// 基金支付（估计）。
    pub amount: Yuan,
}

/// 一条疑点。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtView {
    /// 疑点编号。
    pub id: String,
    /// 版本；办理时带上，已由他人办理的会被拒绝。
    pub version: i64,
    /// 规则编号。
    pub rule: String,
    /// 规则名称。
    pub rule_name: String,
    /// 规则类别。
    pub category: String,
    /// 等级。
    pub strength: String,
    /// 等级名称。
    pub strength_name: String,
    /// 状态。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 人员编号。
    pub person_no: String,
    /// 姓名。
    pub person_name: String,
    /// 就诊编号。
    pub visit: String,
    /// 结算编号。
    pub settlement: String,
    /// 机构代码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 费用日期。
    pub day: String,
    /// 疑点说明。
    pub says: String,
    /// 涉及的符合范围金额。
    pub in_scope: Yuan,
    /// 其中基金支付的部分，按结算单的基金支付比例估计。
    pub amount: Yuan,
    /// 确认金额。
    pub confirmed: Yuan,
    /// 已扣减金额。
    pub deducted: Yuan,
    /// 已退还金额。
    pub released: Yuan,
    /// 办理期限。
    pub due: Option<String>,
    /// 通知编号。
    pub notice: String,
    /// 发现时间。
    pub opened_at: String,
    /// 当前用户可以办理的动作；期限已过、须换人办理的写明原因。
    pub moves: Vec<DoubtOffer>,
}

/// 一个可以办理的动作。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtOffer {
    /// 动作：办理请求的 `verb`，或 publish、deduct、release、attach。
    pub verb: String,
    /// 动作名称。
    pub name: String,
    /// 不能办理的原因；空为可以办理。
    pub refused: Option<String>,
}

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

/// Who the clerk is to doubts.
pub(super) async fn officer(
    service: &Service,
    clerk: &Clerk,
    institution: Option<&String>,
) -> Result<Officer, Refused> {
    let named = institution.map(String::as_str);
    Ok(service.app.officer(clerk, named).await?)
}

fn listed(text: Option<String>) -> Vec<String> {
    let text = text.unwrap_or_default();
    let words = text.split(',').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The filter that a query of an officer means.
pub(super) fn filter(query: &DoubtQuery, officer: &Officer) -> Result<DoubtFilter, Refused> {
    let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let day = |path: &str, text: &Option<String>| {
        let text = some(text);
        text.map(|text| read::day(path, &text)).transpose()
    };
    let yuan = |path: &str, text: &Option<String>| {
        let text = some(text);
        text.map(|text| read::yuan(path, &text)).transpose()
    };
    let words = listed(some(&query.state));
    for word in &words {
        if DoubtState::of_word(word).is_none() {
            return Err(Refused::field("state", format!("“{word}”不是疑点状态")));
        }
    }
    Ok(DoubtFilter {
        states: words,
        rule: some(&query.rule),
        institution: some(&query.institution),
        strength: some(&query.strength),
        person_no: some(&query.person),
        settlement: some(&query.settlement),
        notice: some(&query.notice),
        at_least: yuan("at_least", &query.at_least)?,
        at_most: yuan("at_most", &query.at_most)?,
        from: day("from", &query.from)?,
        to: day("to", &query.to)?,
        ids: listed(some(&query.ids)),
        reviewer: query
            .mine
            .is_some_and(|mine| mine)
            .then(|| officer.actor.name.clone()),
        due_before: None,
        notified: false,
    })
}

/// 疑点清单：审核人员看全部，机构看通知到本机构的。
#[utoipa::path(
    get, path = "/api/v1/audit/doubts", tag = "audit",
    operation_id = "list_doubts", params(DoubtQuery),
    responses((status = 200, body = DoubtPage), (status = 422, body = Problem))
)]
pub async fn list(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<DoubtQuery>,
) -> Result<Json<DoubtPage>, Refused> {
    let officer = officer(&service, &clerk, query.for_institution.as_ref()).await?;
    let filter = filter(&query, &officer)?;
    let after = query.cursor.clone().unwrap_or_default();
    let app = &service.app;
    let limit = page_size(query.limit);
    let page = app.doubts(&officer, &filter, &after, limit).await?;
    let counts = app.doubt_sums(&officer, &filter).await?;
    let rows = page.rows.iter();
    let rows = rows.map(|row| view::doubt(&service, &officer, row));
    Ok(Json(DoubtPage {
        rows: rows.collect::<Result<_, _>>()?,
        next_cursor: page.next,
        counts: counts
            .iter()
            .map(|one| view::count(&service, one))
            .collect(),
    }))
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
