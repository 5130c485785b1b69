//! 数据清洗 — findings of the register side by side, decisions on them, runs; imports; cover on a day.

use std::sync::Arc;

use app::Error;
use app::cleaning::{Check, Decision, FindingFilter};
use app::register::Actor;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::cleaning as view;
use super::{page_size, read};
use crate::Service;

/// 查找疑点的条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindingsQuery {
    /// 状态：`open`、`confirmed`、`dismissed`、`fixed`、`gone`。
    pub state: Option<String>,
    /// 检查项，例如 `same_person`。
    pub check: Option<String>,
    /// 涉及的人员编号。
    pub person_no: Option<String>,
    /// 交给谁。
    pub assigned: Option<String>,
    /// 翻页游标。
    pub cursor: Option<String>,
    /// 每页条数，默认 50，最多 200。
    pub limit: Option<u32>,
}

/// 一页疑点。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FindingsPage {
    /// 本页各条。
    pub rows: Vec<Finding>,
    /// 下一页的游标。
    pub next_cursor: Option<String>,
    /// 各检查项、各状态的条数。
    pub counts: Vec<FindingCount>,
}

/// 某检查项某状态的条数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FindingCount {
    /// 检查项。
    pub check: String,
    /// 检查项名称。
    pub check_name: String,
    /// 状态。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 条数。
    pub count: i64,
}

/// 列表里的一条疑点。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    /// 疑点编号。
    pub id: String,
    /// 检查项。
    pub check: String,
    /// 检查项名称。
    pub check_name: String,
    /// 人员编号。
    pub person_no: String,
    /// 姓名。
    pub person_name: String,
    /// 另一人的编号；只涉及一人时为空。
    pub other_no: Option<String>,
    /// 另一人的姓名。
    pub other_name: Option<String>,
    /// 状态。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 相似度，千分之几；只涉及一人时为空。
    pub score: Option<i64>,
    /// 交给谁。
    pub assigned: Option<String>,
    /// 一句话说明。
    pub summary: String,
    /// 状态何时变动。
    pub changed_at: String,
}

/// 一条疑点的全部证据。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FindingDetail {
    /// 疑点。
    pub finding: Finding,
    /// 各字段并列。
    pub fields: Vec<FindingField>,
    /// 相互矛盾的值。
    pub against: Vec<FindingEvidence>,
    /// 可以作出的处理：`confirm`、`dismiss`、`assign`、`merge`、`split`、`reopen`。
    pub decisions: Vec<String>,
    /// 已有的处理，早的在前。
    pub history: Vec<FindingStep>,
}

/// 并列的一个字段。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FindingField {
    /// 字段名称。
    pub name: String,
    /// 此人的值。
    pub one: Option<String>,
    /// 另一人的值。
    pub two: Option<String>,
    /// 相似度，千分之几。
    pub score: Option<u16>,
    /// 权重。
    pub weight: Option<u32>,
}

/// 相互矛盾的两个值。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FindingEvidence {
    /// 字段名称。
    pub name: String,
    /// 登记的值。
    pub found: String,
    /// 与之矛盾的值。
    pub against: String,
}

/// 一次处理。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FindingStep {
    /// 处理。
    pub decision: String,
    /// 处理名称。
    pub decision_name: String,
    /// 说明。
    pub note: String,
    /// 经办人。
    pub by: String,
    /// 时间。
    pub at: String,
}

/// 对一条疑点的处理。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DecisionRequest {
    /// 处理：`confirm`、`dismiss`、`assign`、`merge`、`split`、`reopen`。
    pub decision: String,
    /// 归并时保留的人员编号，或交给谁。
    #[serde(default)]
    pub to: Option<String>,
    /// 说明。
    #[serde(default)]
    pub note: String,
}

/// 一次清洗。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CleaningRun {
    /// 批次编号。
    pub id: String,
    /// 是否已完成。
    pub done: bool,
    /// 人数。
    pub people: i64,
    /// 由谁开始。
    pub by: String,
    /// 何时开始。
    pub started_at: String,
    /// 何时完成。
    pub finished_at: Option<String>,
    /// 各检查项的条数。
    pub counts: Vec<CleaningCount>,
}

/// 一次清洗中一个检查项的条数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CleaningCount {
    /// 检查项。
    pub check: String,
    /// 检查项名称。
    pub check_name: String,
    /// 找到。
    pub found: i64,
    /// 其中首次找到。
    pub new: i64,
    /// 不再找到。
    pub gone: i64,
}

/// 一次导入。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Import {
    /// 导入编号。
    pub id: String,
    /// 文件名。
    pub file: String,
    /// 是否已完成；否则可以继续。
    pub done: bool,
    /// 总行数。
    pub rows: i64,
    /// 已处理到第几行。
    pub position: i64,
    /// 写入人数。
    pub accepted: i64,
    /// 未写入行数。
    pub rejected: i64,
    /// 已在册行数。
    pub known: i64,
    /// 由谁开始。
    pub by: String,
    /// 何时开始。
    pub started_at: String,
    /// 最近何时推进。
    pub moved_at: String,
}

/// 哪一天的参保情况。
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CoverageQuery {
    /// 日期；不填为今天。
    pub on: Option<String>,
}

/// 某日的参保情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CoverageOn {
    /// 日期。
    pub on: String,
    /// 合计人次。
    pub total: i64,
    /// 各险种、类别、状态、县区的人数。
    pub rows: Vec<CoverageCount>,
}

/// 一组参保人数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CoverageCount {
    /// 险种。
    pub scheme: String,
    /// 险种名称。
    pub scheme_name: String,
    /// 人员类别名称。
    pub category_name: String,
    /// 待遇状态。
    pub state: String,
    /// 待遇状态名称。
    pub state_name: String,
    /// 参保地代码。
    pub county: String,
    /// 人数。
    pub count: i64,
}

/// 疑点清单。
#[utoipa::path(
    get, path = "/api/v1/cleaning/findings", tag = "cleaning",
    operation_id = "list_findings",
    params(FindingsQuery),
    responses((status = 200, body = FindingsPage), (status = 401, body = Problem))
)]
pub async fn findings(
    State(service): State<Arc<Service>>,
    SignedIn(_): SignedIn,
    Query(query): Query<FindingsQuery>,
) -> Result<Json<FindingsPage>, Refused> {
    let limit = page_size(query.limit);
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let filter = FindingFilter {
        state: filled(query.state),
        check: filled(query.check),
        person_no: filled(query.person_no),
        assigned: filled(query.assigned),
    };
    if let Some(check) = filter
        .check
        .as_deref()
        .filter(|word| Check::of(word).is_none())
    {
        return Err(Refused::field("check", format!("没有检查项“{check}”")));
    }
    let after = query.cursor.unwrap_or_default();
    let mut found = service.app.findings(&filter, &after, limit + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let rows: Vec<Finding> = found
        .iter()
        .map(view::finding)
        .collect::<Result<_, Error>>()?;
    let next_cursor = rows.last().filter(|_| more).map(|row| row.id.clone());
    let counts = service.app.count_findings().await?;
    let counts = counts.into_iter().map(view::count).collect();
    Ok(Json(FindingsPage {
        rows,
        next_cursor,
        counts,
    }))
}

/// 一条疑点。
#[utoipa::path(
    get, path = "/api/v1/cleaning/findings/{id}", tag = "cleaning",
    operation_id = "get_finding",
    params(("id" = String, Path, description = "疑点编号")),
    responses(
        (status = 200, body = FindingDetail),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这条疑点"),
    )
)]
pub async fn finding(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<FindingDetail>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let (row, told) = service.app.read_finding(&actor, &id).await?;
    let history = service.app.finding_history(&id).await?;
    Ok(Json(view::detail(&row, &told, &history)?))
}

/// 处理一条疑点。
#[utoipa::path(
    post, path = "/api/v1/cleaning/findings/{id}/decision", tag = "cleaning",
    operation_id = "decide_finding",
    params(("id" = String, Path, description = "疑点编号")),
    request_body = DecisionRequest,
    responses(
        (status = 200, body = FindingDetail),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这条疑点"),
        (status = 422, body = Problem, description = "处理与疑点不符"),
    )
)]
pub async fn decide(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(request): Json<DecisionRequest>,
) -> Result<Json<FindingDetail>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let to = || request.to.clone().filter(|to| !to.is_empty());
    let needed = || to().ok_or_else(|| Refused::field("to", "没有填写"));
    let decision = match request.decision.as_str() {
        "confirm" => Decision::Confirm,
        "dismiss" => Decision::Dismiss,
        "reopen" => Decision::Reopen,
        "split" => Decision::Split,
        "assign" => Decision::Assign { to: needed()? },
        "merge" => Decision::Merge { keep: needed()? },
        other => return Err(Refused::field("decision", format!("没有处理“{other}”"))),
    };
    let note = request.note.trim();
    service
        .app
        .decide_finding(&actor, &id, &decision, note)
        .await?;
    let (row, told) = service.app.read_finding(&actor, &id).await?;
    let history = service.app.finding_history(&id).await?;
    Ok(Json(view::detail(&row, &told, &history)?))
}

/// 历次清洗。
#[utoipa::path(
    get, path = "/api/v1/cleaning/runs", tag = "cleaning",
    operation_id = "list_cleaning_runs",
    responses((status = 200, body = Vec<CleaningRun>), (status = 401, body = Problem))
)]
pub async fn runs(
    State(service): State<Arc<Service>>,
    SignedIn(_): SignedIn,
) -> Result<Json<Vec<CleaningRun>>, Refused> {
    let runs = service.app.cleaning_runs(60).await?;
    Ok(Json(runs.iter().map(view::run).collect()))
}

/// 历次导入。
#[utoipa::path(
    get, path = "/api/v1/imports", tag = "cleaning",
    operation_id = "list_imports",
    responses((status = 200, body = Vec<Import>), (status = 401, body = Problem))
)]
pub async fn imports(
    State(service): State<Arc<Service>>,
    SignedIn(_): SignedIn,
) -> Result<Json<Vec<Import>>, Refused> {
    let imports = service.app.imports(100).await?;
    Ok(Json(imports.into_iter().map(view::import).collect()))
}

/// 某日全体人员的参保情况。
#[utoipa::path(
    get, path = "/api/v1/coverage", tag = "cleaning",
    operation_id = "get_coverage",
    params(CoverageQuery),
    responses((status = 200, body = CoverageOn), (status = 401, body = Problem))
)]
pub async fn coverage(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<CoverageQuery>,
) -> Result<Json<CoverageOn>, Refused> {
    let day = match query.on.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => read::day("on", text)?,
        None => service.app.clock.today(),
    };
    let counts = service.app.coverage_as_of(clerk.area, day).await?;
    Ok(Json(CoverageOn {
        on: day.to_string(),
        total: counts.iter().map(|row| row.count).sum(),
        rows: counts.iter().map(view::cover).collect(),
    }))
}
