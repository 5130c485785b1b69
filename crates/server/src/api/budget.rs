//! 预算指标、执行进度、超支名单、约谈。

use std::sync::Arc;

use app::budget::{InterviewHeld, TargetAsked};
use app::register::Actor;
use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::procurement::{checks, month};
use super::read;
use super::view::budget as view;
use super::yuan::Yuan;
use crate::Service;

/// 截至某月的预算执行。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BudgetBoard {
    /// 截至的月份。
    pub through: String,
    /// 各机构，进度快的在前。
    pub lines: Vec<BudgetLine>,
    /// 应约谈的机构数。
    pub over_target: usize,
    /// 约谈记录，新的在前。
    pub interviews: Vec<BudgetInterview>,
}

/// 一家机构在一个账套的执行进度。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BudgetLine {
    /// 医疗机构编号。
    pub institution: String,
    /// 名称。
    pub name: String,
    /// 账套。
    pub book: String,
    /// 第几轮协商的指标。
    pub version: i64,
    /// 年度指标。
    pub target: Yuan,
    /// 累计支付。
    pub actual: Yuan,
    /// 累计限额。
    pub quota: Yuan,
    /// 超过限额的金额。
    pub over: Yuan,
    /// 执行进度，四位小数。
    pub progress: String,
    /// 提醒代码：none、notice、interview、special_review。
    pub warning: String,
    /// 提醒名称。
    pub warning_name: String,
    /// 计算说明。
    pub sentence: String,
    /// 逐月。
    pub months: Vec<BudgetMonth>,
}

/// 一个月的限额与发生额。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BudgetMonth {
    /// 月份。
    pub month: String,
    /// 月度限额。
    pub quota: Yuan,
    /// 当月发生额。
    pub actual: Yuan,
}

/// 约谈记录。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BudgetInterview {
    /// 约谈编号。
    pub interview: String,
    /// 医疗机构编号。
    pub institution: String,
    /// 名称。
    pub name: String,
    /// 账套。
    pub book: String,
    /// 截至的月份。
    pub through: String,
    /// 执行进度。
    pub progress: String,
    /// 提醒名称。
    pub warning_name: String,
    /// 超支原因。
    pub causes: String,
    /// 整改措施。
    pub remedies: String,
    /// 整改期限。
    pub deadline: String,
    /// 复查月份。
    pub follow_up: String,
    /// 状态代码：held、closed。
    pub state: String,
    /// 复查时的进度；未复查为空。
    pub progress_after: String,
    /// 复查结论。
    pub result: String,
    /// 约谈人。
    pub made_by: String,
}

/// 一轮指标协商。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BudgetTarget {
    /// 医疗机构编号。
    pub institution: String,
    /// 账套。
    pub book: String,
    /// 年度。
    pub year: i64,
    /// 第几轮。
    pub version: i64,
    /// 协商后的指标。
    pub amount: Yuan,
    /// 机构申报数。
    pub asked: Yuan,
    /// 经办机构意见数。
    pub offered: Yuan,
    /// 限额的季节：history 上年、even 平均、given 填报。
    pub season: String,
    /// 状态代码：proposed、agreed、rejected。
    pub state: String,
    /// 协商记录。
    pub note: String,
    /// 录入人。
    pub made_by: String,
    /// 审定人。
    pub checked_by: String,
}

/// 录入一轮协商；月度限额按上年季节分配。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TargetRequest {
    /// 医疗机构编号。
    pub institution: String,
    /// 账套：E 职工，R 居民。
    pub book: String,
    /// 年度。
    pub year: i16,
    /// 机构申报数。
    pub asked: Yuan,
    /// 经办机构意见数。
    pub offered: Yuan,
    /// 协商后的指标。
    pub amount: Yuan,
    /// 协商记录。
    #[serde(default)]
    pub note: String,
}

/// 审定一轮协商。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TargetDecision {
    /// 医疗机构编号。
    pub institution: String,
    /// 账套。
    pub book: String,
    /// 年度。
    pub year: i16,
    /// 是否同意。
    pub agree: bool,
}

/// 记录一次约谈。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InterviewRequest {
    /// 医疗机构编号。
    pub institution: String,
    /// 账套。
    pub book: String,
    /// 截至的月份。
    pub through: String,
    /// 超支原因。
    pub causes: String,
    /// 整改措施。
    pub remedies: String,
    /// 整改期限。
    pub deadline: String,
    /// 复查月份。
    pub follow_up: String,
}

/// 复查结论。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InterviewResult {
    /// 结论。
    pub result: String,
}

/// 截至某月的预算执行和超支名单。
#[utoipa::path(
    get, path = "/api/v1/budgets/months/{month}", tag = "budgets",
    operation_id = "budget_board", params(("month" = String, Path, description = "截至的月份")),
    responses((status = 200, body = BudgetBoard), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn board(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(through): Path<String>,
) -> Result<Json<BudgetBoard>, Refused> {
    let through = month("month", &through)?;
    let lines = service.app.budget_progress(clerk.area, through).await?;
    let talks = service.app.store.budget_interviews(clerk.area, ("", ""));
    let talks = talks.await.map_err(app::Error::from)?;
    Ok(Json(view::board(&service, through, &lines, &talks)))
}

/// 某年各机构的协商记录。
#[utoipa::path(
    get, path = "/api/v1/budgets/targets/{year}", tag = "budgets",
    operation_id = "list_budget_targets", params(("year" = i16, Path, description = "年度")),
    responses((status = 200, body = [BudgetTarget]), (status = 401, body = Problem))
)]
pub async fn targets(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(year): Path<i16>,
) -> Result<Json<Vec<BudgetTarget>>, Refused> {
    let rows = service.app.store.budget_targets(clerk.area, year, "").await;
    let rows = rows.map_err(app::Error::from)?;
    Ok(Json(rows.iter().map(view::target).collect()))
}

/// 录入一轮协商；由另一人审定后有效。
#[utoipa::path(
    post, path = "/api/v1/budgets/targets", tag = "budgets",
    operation_id = "propose_budget_target", request_body = TargetRequest,
    responses((status = 200, body = BudgetTarget), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn propose(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<TargetRequest>,
) -> Result<Json<BudgetTarget>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let asked = TargetAsked {
        institution: asked.institution,
        book: asked.book,
        year: asked.year,
        asked: read::yuan("asked", &asked.asked.0)?,
        offered: read::yuan("offered", &asked.offered.0)?,
        amount: read::yuan("amount", &asked.amount.0)?,
        quotas: None,
        note: asked.note,
    };
    let row = service.app.propose_target(&actor, &asked).await?;
    Ok(Json(view::target(&row)))
}

/// 审定一轮协商；录入人不能审定自己的录入。
#[utoipa::path(
    post, path = "/api/v1/budgets/targets/decision", tag = "budgets",
    operation_id = "decide_budget_target", request_body = TargetDecision,
    responses((status = 200, body = BudgetTarget), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 422, body = Problem))
)]
pub async fn decide(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<TargetDecision>,
) -> Result<Json<BudgetTarget>, Refused> {
    checks(&clerk)?;
    let actor = Actor::clerk(&service.app, &clerk);
    let of = (asked.institution.as_str(), asked.book.as_str(), asked.year);
    let row = service.app.decide_target(&actor, of, asked.agree).await?;
    Ok(Json(view::target(&row)))
}

/// 记录一次约谈。
#[utoipa::path(
    post, path = "/api/v1/budgets/interviews", tag = "budgets",
    operation_id = "hold_interview", request_body = InterviewRequest,
    responses((status = 200, body = BudgetInterview), (status = 401, body = Problem),
              (status = 422, body = Problem))
)]
pub async fn hold(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<InterviewRequest>,
) -> Result<Json<BudgetInterview>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let held = InterviewHeld {
        through: month("through", &asked.through)?,
        deadline: read::day("deadline", &asked.deadline)?,
        follow_up: month("follow_up", &asked.follow_up)?,
        institution: asked.institution,
        book: asked.book,
        causes: asked.causes,
        remedies: asked.remedies,
    };
    let row = service.app.hold_interview(&actor, &held).await?;
    Ok(Json(view::interview(&service, &row)))
}

/// 复查并办结约谈。
#[utoipa::path(
    post, path = "/api/v1/budgets/interviews/{id}/closing", tag = "budgets",
    operation_id = "close_interview", request_body = InterviewResult,
    params(("id" = String, Path, description = "约谈编号")),
    responses((status = 200, body = BudgetInterview), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn close(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<InterviewResult>,
) -> Result<Json<BudgetInterview>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let row = service.app.close_interview(&actor, &id, &asked.result);
    Ok(Json(view::interview(&service, &row.await?)))
}
