//! 参保单位 — find an employer, its staff, months and arrears.

use std::sync::Arc;

use app::register::Actor;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::contribution::{ArrearView, read_month};
use super::door::{Refused, SignedIn};
use super::page_size;
use super::problem::{Problem, ProblemIssue};
use super::read;
use super::refund::RefundView;
use super::view::contribution as view;
use super::yuan::Yuan;
use crate::Service;

/// 查找单位的条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EmployerQuery {
    /// 单位名称的一部分，或单位编号。
    pub text: Option<String>,
    /// 翻页游标。
    pub cursor: Option<String>,
    /// 每页条数，默认 50，最多 200。
    pub limit: Option<u32>,
}

/// 一页单位。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EmployerPage {
    /// 本页各单位。
    pub rows: Vec<EmployerLine>,
    /// 下一页的游标。
    pub next_cursor: Option<String>,
}

/// 列表里的一个单位。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EmployerLine {
    /// 单位编号。
    pub no: String,
    /// 单位名称。
    pub name: String,
    /// 单位类型代码。
    pub kind: String,
    /// 单位类型名称。
    pub kind_name: String,
    /// 所在县。
    pub county: String,
    /// 状态名称。
    pub state_name: String,
}

/// 一个单位的全部情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EmployerDetail {
    /// 单位。
    pub employer: EmployerLine,
    /// 参保登记日期。
    pub opened_on: String,
    /// 在册职工。
    pub staff: Vec<StaffMember>,
    /// 各月核定，新的在前。
    pub months: Vec<EmployerMonth>,
    /// 今天的欠费。
    pub arrears: Vec<ArrearView>,
    /// 退费，新的在前。
    pub refunds: Vec<RefundView>,
}

/// 一名在册职工。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StaffMember {
    /// 人员编号。
    pub no: String,
    /// 姓名。
    pub name: String,
    /// 人员类别名称。
    pub category_name: String,
    /// 起（含）。
    pub from: String,
    /// 止（含）。
    pub to: Option<String>,
    /// 最近申报的月工资。
    pub wage: Option<Yuan>,
    /// 自哪个所属期起。
    pub wage_from: Option<String>,
}

/// 单位一个月的核定与到账。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EmployerMonth {
    /// 费款所属期。
    pub month: String,
    /// 第几次核定。
    pub version: u64,
    /// 核定人数。
    pub persons: u64,
    /// 缴费基数合计。
    pub base: Yuan,
    /// 单位应缴。
    pub employer_part: Yuan,
    /// 个人应缴。
    pub person_part: Yuan,
    /// 应缴合计。
    pub owed: Yuan,
    /// 到账。
    pub paid: Yuan,
    /// 欠缴。
    pub unpaid: Yuan,
    /// 多缴，可退可抵。
    pub overpaid: Yuan,
    /// 已核滞纳金。
    pub late_fee: Yuan,
    /// 缴费期限。
    pub due_on: Option<String>,
    /// 核定时间。
    pub assessed_at: String,
    /// 核定人。
    pub assessed_by: String,
    /// 未能核定的人。
    pub problems: Vec<EmployerProblem>,
}

/// 未能核定的人。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EmployerProblem {
    /// 人员编号。
    pub no: String,
    /// 原因。
    pub message: String,
}

/// 一个月里一个人的核定。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MonthLine {
    /// 人员编号。
    pub no: String,
    /// 姓名。
    pub name: String,
    /// 申报工资。
    pub wage: Yuan,
    /// 缴费基数。
    pub base: Yuan,
    /// 单位应缴。
    pub employer_part: Yuan,
    /// 个人应缴。
    pub person_part: Yuan,
    /// 计算步骤。
    pub steps: Vec<MonthStep>,
}

/// 一个计算步骤。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MonthStep {
    /// 名称。
    pub name: String,
    /// 说明。
    pub sentence: String,
    /// 政策条目。
    pub key: Option<String>,
    /// 该条目的生效日期。
    pub effective: Option<String>,
}

/// 申报工资。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WagesAsked {
    /// 自哪个所属期起，例如 `2024-11`。
    pub from: String,
    /// 各人的月工资。
    pub wages: Vec<WageAsked>,
}

/// 一个人的月工资。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WageAsked {
    /// 人员编号。
    pub no: String,
    /// 月工资。
    pub wage: String,
}

/// 申报的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WagesDone {
    /// 申报人数。
    pub declared: u64,
}

/// 查找单位。
#[utoipa::path(
    get, path = "/api/v1/employers", tag = "contributions",
    operation_id = "list_employers", params(EmployerQuery),
    responses((status = 200, body = EmployerPage), (status = 401, body = Problem))
)]
pub async fn list(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<EmployerQuery>,
) -> Result<Json<EmployerPage>, Refused> {
    let limit = page_size(query.limit);
    let text = query.text.as_deref().unwrap_or_default().trim();
    let after = query.cursor.as_deref().unwrap_or_default();
    let found = service
        .app
        .search_employers(&clerk, text, after, limit)
        .await?;
    let full = found.len() == limit;
    let last = found.last().filter(|_| full);
    Ok(Json(EmployerPage {
        next_cursor: last.map(|row| row.employer.clone()),
        rows: found.iter().map(view::employer).collect(),
    }))
}

/// 一个单位的全部情况。
#[utoipa::path(
    get, path = "/api/v1/employers/{no}", tag = "contributions",
    operation_id = "get_employer", params(("no" = String, Path, description = "单位编号")),
    responses((status = 200, body = EmployerDetail), (status = 401, body = Problem),
              (status = 404, body = Problem))
)]
pub async fn detail(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
) -> Result<Json<EmployerDetail>, Refused> {
    let file = service.app.read_employer(&clerk, &no).await?;
    Ok(Json(view::detail(&file)))
}

/// 单位某月的逐人核定，带计算步骤。
#[utoipa::path(
    get, path = "/api/v1/employers/{no}/months/{month}", tag = "contributions",
    operation_id = "get_employer_month",
    params(("no" = String, Path, description = "单位编号"),
           ("month" = String, Path, description = "费款所属期")),
    responses((status = 200, body = [MonthLine]), (status = 401, body = Problem),
              (status = 404, body = Problem))
)]
pub async fn month(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path((no, month)): Path<(String, String)>,
) -> Result<Json<Vec<MonthLine>>, Refused> {
    let month = read_month("month", &month)?;
    let lines = service.app.read_month(&clerk, &no, month).await?;
    let lines = lines.iter().map(|(line, name)| view::line(line, name));
    Ok(Json(lines.collect()))
}

/// 申报职工工资；有一人不对就都不收。
#[utoipa::path(
    post, path = "/api/v1/employers/{no}/wages", tag = "contributions",
    operation_id = "declare_wages", params(("no" = String, Path, description = "单位编号")),
    request_body = WagesAsked,
    responses((status = 200, body = WagesDone), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn wages(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
    Json(asked): Json<WagesAsked>,
) -> Result<Json<WagesDone>, Refused> {
    let from = read_month("from", &asked.from)?;
    let mut wages = Vec::with_capacity(asked.wages.len());
    for (place, one) in asked.wages.iter().enumerate() {
        let path = format!("wages[{place}].wage");
        wages.push((one.no.clone(), read::yuan(&path, &one.wage)?));
    }
    let actor = Actor::clerk(&service.app, &clerk);
    let declared = service.app.declare_wages(&actor, &no, from, &wages).await?;
    let issues = match declared {
        Ok(count) => {
            let declared = u64::try_from(count).unwrap_or(0);
            return Ok(Json(WagesDone { declared }));
        }
        Err(issues) => issues,
    };
    let issues = issues.into_iter().map(|issue| ProblemIssue {
        path: issue.person_no,
        message: issue.message,
    });
    Err(Refused::unreadable(issues.collect()))
}
