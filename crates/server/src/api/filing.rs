//! 备案与认定 — what was filed for people, and what the agency makes of it.

use std::sync::Arc;

use app::filing::{Approval, Conclusion, Filing, FilingClass, FilingState, Verdict};
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::filing as view;
use super::{page_size, read};
use crate::Service;

/// 备案的查询条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FilingQuery {
    /// 状态：pending、valid、rejected、withdrawn；不填为待审核，all 为全部。
    pub state: Option<String>,
    /// 种类：recognition、referral、designation、non_local、accident。
    pub class: Option<String>,
    /// 办理机构代码。
    pub institution: Option<String>,
    /// 人员编号。
    pub person: Option<String>,
    /// 经办机构是否已审核。
    pub reviewed: Option<bool>,
    /// 翻页游标。
    pub cursor: Option<String>,
    /// 每页条数，默认 50，最多 200。
    pub limit: Option<u32>,
}

/// 一页备案，早的在前。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FilingPage {
    /// 本页各件。
    pub rows: Vec<FilingView>,
    /// 下一页的游标。
    pub next_cursor: Option<String>,
    /// 各种类待审核件数。
    pub waiting: Vec<FilingCount>,
}

/// 一种备案的待审核件数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FilingCount {
    /// 种类。
    pub class: String,
    /// 种类名称。
    pub class_name: String,
    /// 件数。
    pub count: i64,
}

/// 一件备案。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FilingView {
    /// 备案编号。
    pub id: String,
    /// 种类。
    pub class: String,
    /// 种类名称。
    pub class_name: String,
    /// 状态。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 经办机构是否已审核。
    pub reviewed: bool,
    /// 人员编号。
    pub person_no: String,
    /// 姓名。
    pub person_name: String,
    /// 办理机构代码；经办窗口办理的为空。
    pub institution: Option<String>,
    /// 办理机构名称。
    pub institution_name: String,
    /// 事由，例如“门诊慢性病 高血压”。
    pub subject: String,
    /// 起（含）。
    pub from: String,
    /// 止（含）；长期时为空。
    pub to: Option<String>,
    /// 申请时间。
    pub filed_at: String,
    /// 选定机构。
    pub institutions: Vec<FilingPlace>,
    /// 各项内容，依次显示。
    pub facts: Vec<FilingFact>,
    /// 办理经过，早的在前。
    pub steps: Vec<FilingStepView>,
}

/// 一家机构。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FilingPlace {
    /// 机构代码。
    pub code: String,
    /// 机构名称。
    pub name: String,
}

/// 备案的一项内容。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FilingFact {
    /// 名称，例如“受伤地点”。
    pub name: String,
    /// 内容。
    pub value: String,
}

/// 办理经过的一步。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FilingStepView {
    /// 时间。
    pub at: String,
    /// 经办人。
    pub by: String,
    /// 做了什么。
    pub done: String,
    /// 理由或备注。
    pub note: String,
}

/// 准予备案；不填的按申请。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ApprovalRequest {
    /// 起。
    pub from: Option<String>,
    /// 止。
    pub to: Option<String>,
    /// 选定机构代码。
    pub institutions: Option<Vec<String>>,
    /// 意外伤害的调查结论，见 `FilingWords`。
    pub conclusion: Option<String>,
    /// 备注，或者事实与证据。
    pub note: Option<String>,
}

/// 不予备案，或者取消已生效的备案。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RejectionRequest {
    /// 理由。
    pub reason: String,
}

/// 经办窗口替本人办理的备案。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CounterFiling {
    /// 种类。
    pub class: String,
    /// 类型：异地就医为 retired_elsewhere、resident_elsewhere、posted_elsewhere、temporary；
    /// 定点为 designated、diseases。
    pub kind: Option<String>,
    /// 险种；不填按参保情况。
    pub scheme: Option<String>,
    /// 起。
    pub from: String,
    /// 止。
    pub to: Option<String>,
    /// 备案地行政区划代码。
    pub destinations: Vec<String>,
    /// 病种或药品代码，转诊时为诊断代码。
    pub code: Option<String>,
    /// 病种、药品或诊断名称。
    pub name: Option<String>,
    /// 选定机构，或者转往机构的代码。
    pub institutions: Vec<String>,
    /// 第几定点。
    pub order: Option<i32>,
    /// 是否承诺制办理。
    pub promise: bool,
    /// 原因。
    pub reason: Option<String>,
    /// 受伤日期。
    pub injured_on: Option<String>,
    /// 受伤地点。
    pub place: Option<String>,
    /// 备注。
    pub note: Option<String>,
}

/// 备案用到的词。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FilingWords {
    /// 种类。
    pub classes: Vec<FilingWord>,
    /// 状态。
    pub states: Vec<FilingWord>,
    /// 意外伤害的调查结论。
    pub conclusions: Vec<FilingWord>,
}

/// 一个词。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FilingWord {
    /// 代码。
    pub code: String,
    /// 名称。
    pub name: String,
}

/// 查询备案，默认只列待审核的。
#[utoipa::path(
    get, path = "/api/v1/filings", tag = "filing",
    operation_id = "list_filings",
    params(FilingQuery),
    responses((status = 200, body = FilingPage), (status = 401, body = Problem))
)]
pub async fn list(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<FilingQuery>,
) -> Result<Json<FilingPage>, Refused> {
    let state = match query.state.as_deref().unwrap_or("pending") {
        "all" => None,
        word => Some(FilingState::of(word)?.word().to_owned()),
    };
    let class = query.class.as_deref().map(FilingClass::of).transpose()?;
    let filter = store::FilingFilter {
        state,
        class: class.map(|class| class.word().to_owned()),
        institution: query.institution,
        person_no: query.person,
        reviewed: query.reviewed,
    };
    let after = query.cursor.as_deref().unwrap_or_default();
    let limit = page_size(query.limit);
    let page = service
        .app
        .list_filings(&clerk, &filter, after, limit)
        .await?;
    let waiting = service.app.waiting_filings(&clerk).await?;
    let count = |(class, count): (FilingClass, i64)| FilingCount {
        class: class.word().to_owned(),
        class_name: class.zh().to_owned(),
        count,
    };
    Ok(Json(FilingPage {
        rows: page
            .filings
            .iter()
            .map(|one| view::filing(&service, one))
            .collect(),
        next_cursor: page.next,
        waiting: waiting.into_iter().map(count).collect(),
    }))
}

/// 备案用到的词和名称。
#[utoipa::path(
    get, path = "/api/v1/filings/words", tag = "filing",
    operation_id = "filing_words",
    responses((status = 200, body = FilingWords), (status = 401, body = Problem))
)]
pub async fn words(SignedIn(_): SignedIn) -> Json<FilingWords> {
    let word = |code: &str, name: &str| FilingWord {
        code: code.to_owned(),
        name: name.to_owned(),
    };
    let (classes, states) = (FilingClass::ALL, FilingState::ALL);
    let conclusions = Conclusion::ALL;
    Json(FilingWords {
        classes: classes
            .iter()
            .map(|one| word(one.word(), one.zh()))
            .collect(),
        states: states
            .iter()
            .map(|one| word(one.word(), one.zh()))
            .collect(),
        conclusions: conclusions
            .iter()
            .map(|one| word(one.word(), one.zh()))
            .collect(),
    })
}

/// 准予备案、复核通过。
#[utoipa::path(
    post, path = "/api/v1/filings/{id}/approval", tag = "filing",
    operation_id = "approve_filing",
    params(("id" = String, Path, description = "备案编号")),
    request_body = ApprovalRequest,
    responses(
        (status = 200, body = FilingView),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这件备案"),
        (status = 422, body = Problem, description = "不能这样办理"),
    )
)]
pub async fn approve(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<ApprovalRequest>,
) -> Result<Json<FilingView>, Refused> {
    let day = |path: &str, text: &Option<String>| {
        let given = text.as_deref().filter(|text| !text.is_empty());
        given.map(|text| read::day(path, text)).transpose()
    };
    let approval = Approval {
        from: day("from", &asked.from)?,
        to: day("to", &asked.to)?,
        institutions: asked.institutions,
        conclusion: asked
            .conclusion
            .as_deref()
            .map(Conclusion::of)
            .transpose()?,
        note: asked.note.unwrap_or_default(),
    };
    decide(&service, &clerk, &id, &Verdict::Approve(approval)).await
}

/// 不予备案、取消备案。
#[utoipa::path(
    post, path = "/api/v1/filings/{id}/rejection", tag = "filing",
    operation_id = "reject_filing",
    params(("id" = String, Path, description = "备案编号")),
    request_body = RejectionRequest,
    responses(
        (status = 200, body = FilingView),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这件备案"),
        (status = 422, body = Problem, description = "不能这样办理"),
    )
)]
pub async fn reject(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<RejectionRequest>,
) -> Result<Json<FilingView>, Refused> {
    decide(&service, &clerk, &id, &Verdict::Reject(asked.reason)).await
}

async fn decide(
    service: &Service,
    clerk: &app::office::Clerk,
    id: &str,
    verdict: &Verdict,
) -> Result<Json<FilingView>, Refused> {
    let filing: Filing = service.app.decide_filing(clerk, id, verdict).await?;
    Ok(Json(view::filing(service, &filing)))
}

/// 一个人的全部备案，早的在前。
#[utoipa::path(
    get, path = "/api/v1/people/{no}/filings", tag = "filing",
    operation_id = "list_person_filings",
    params(("no" = String, Path, description = "人员编号")),
    responses(
        (status = 200, body = Vec<FilingView>),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这个人"),
    )
)]
pub async fn of_person(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
) -> Result<Json<Vec<FilingView>>, Refused> {
    let filings = service.app.filings_of(&clerk, &no).await?;
    let shown = filings.iter().map(|one| view::filing(&service, one));
    Ok(Json(shown.collect()))
}

/// 经办窗口办理备案。
#[utoipa::path(
    post, path = "/api/v1/people/{no}/filings", tag = "filing",
    operation_id = "file_for_person",
    params(("no" = String, Path, description = "人员编号")),
    request_body = CounterFiling,
    responses(
        (status = 200, body = FilingView),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这个人"),
        (status = 422, body = Problem, description = "不能这样办理"),
    )
)]
pub async fn file(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
    Json(asked): Json<CounterFiling>,
) -> Result<Json<FilingView>, Refused> {
    let applied = view::applied(&asked)?;
    let filing = service.app.file_at_counter(&clerk, &no, &applied).await?;
    Ok(Json(view::filing(&service, &filing)))
}
