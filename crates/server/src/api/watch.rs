//! 因病致贫返贫预警 — the months, who was put forward and why, what the bureaus answered.

use std::sync::Arc;

use app::register::Actor;
use axum::Json;
use axum::extract::{Multipart, Path, Query, State};
use axum::response::Response;
use policy::FeeMonth;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::difficulty::{ListLine, ListUpload, csv_file, upload};
use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::watch as view;
use super::yuan::Yuan;
use crate::Service;

/// 看哪一年的预警。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WatchYear {
    /// 年份；不填为今年。
    pub year: Option<i16>,
}

/// 一个月的预警概况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WatchMonthLine {
    /// 月份。
    pub month: String,
    /// 第几次列出。
    pub run: i64,
    /// 列出时间。
    pub ran_at: String,
    /// 列出人。
    pub ran_by: String,
    /// 人数。
    pub people: i64,
}

/// 一个月的预警名单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WatchMonthView {
    /// 概况。
    pub month: WatchMonthLine,
    /// 是否与此前列出的相同。
    pub seen_before: bool,
    /// 已推送、没有反馈的人数。
    pub waiting: usize,
    /// 各人。
    pub people: Vec<WatchPersonView>,
}

/// 一名预警人员。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WatchPersonView {
    /// 人员编号。
    pub person_no: String,
    /// 姓名。
    pub name: String,
    /// 预警线代码。
    pub line: String,
    /// 预警线名称。
    pub line_name: String,
    /// 预警线。
    pub threshold: Yuan,
    /// 年度累计个人负担。
    pub own: Yuan,
    /// 当年此前推送时的累计。
    pub before: Option<Yuan>,
    /// 推送部门名称。
    pub bureaus: Vec<String>,
    /// 各张结算单。
    pub bills: Vec<WatchBill>,
    /// 说明，逐句。
    pub says: Vec<String>,
    /// 反馈状态。
    pub state: String,
    /// 反馈状态名称。
    pub state_name: String,
    /// 各部门的反馈，早的在前。
    pub answers: Vec<WatchAnswerView>,
}

/// 一张计入的结算单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WatchBill {
    /// 结算编号。
    pub settlement_id: String,
    /// 结算日。
    pub day: String,
    /// 个人负担。
    pub own: Yuan,
}

/// 一个部门的反馈。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WatchAnswerView {
    /// 部门名称。
    pub bureau_name: String,
    /// 是否认定。
    pub recognised: bool,
    /// 认定的身份名称。
    pub identity_name: String,
    /// 认定日。
    pub on: String,
    /// 记下的人。
    pub by: String,
}

/// 收回反馈的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AnsweredView {
    /// 记下的反馈数。
    pub recorded: usize,
    /// 不能对应的行。
    pub unknown: Vec<UnknownAnswerView>,
    /// 予以认定的人员收成的名单，待入册。
    pub list: Option<ListLine>,
}

/// 不能对应的一行反馈。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct UnknownAnswerView {
    /// 行号。
    pub row: u32,
    /// 原因。
    pub reason: String,
}

fn month_of(text: &str) -> Result<FeeMonth, Refused> {
    let wrong = || Refused::field("month", format!("“{text}”不是月份，应写作 2026-06"));
    text.parse().map_err(|_| wrong())
}

/// 一年中列出过预警的月份，新的在前。
#[utoipa::path(
    get, path = "/api/v1/watch", tag = "difficulty",
    operation_id = "list_watch_months", params(WatchYear),
    responses((status = 200, body = Vec<WatchMonthLine>))
)]
pub async fn months(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<WatchYear>,
) -> Result<Json<Vec<WatchMonthLine>>, Refused> {
    let year = query
        .year
        .unwrap_or_else(|| service.app.clock.today().year());
    let runs = service.app.watched_months(clerk.area, year).await?;
    Ok(Json(runs.iter().map(view::run).collect()))
}

/// 一个月的预警名单，每人写明各张结算单。
#[utoipa::path(
    get, path = "/api/v1/watch/{month}", tag = "difficulty",
    operation_id = "get_watch_month",
    params(("month" = String, Path, description = "月份，例如 2026-06")),
    responses((status = 200, body = WatchMonthView), (status = 404, body = Problem))
)]
pub async fn month(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
) -> Result<Json<WatchMonthView>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let found = service.app.watch_month(&actor, month_of(&month)?).await?;
    Ok(Json(view::month(&service, clerk.area, &found)))
}

/// 列出一个月的预警人员；同样的结算单列出同样的名单。
#[utoipa::path(
    post, path = "/api/v1/watch/{month}", tag = "difficulty",
    operation_id = "run_watch_month",
    params(("month" = String, Path, description = "月份，例如 2026-06")),
    responses((status = 200, body = WatchMonthView), (status = 422, body = Problem))
)]
pub async fn run(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
) -> Result<Json<WatchMonthView>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let found = service.app.run_watch(&actor, month_of(&month)?).await?;
    Ok(Json(view::month(&service, clerk.area, &found)))
}

/// 推送文件：一个月的预警人员，CSV。
#[utoipa::path(
    get, path = "/api/v1/watch/{month}/file", tag = "difficulty",
    operation_id = "get_watch_file",
    params(("month" = String, Path, description = "月份，例如 2026-06")),
    responses(
        (status = 200, content_type = "text/csv", body = String),
        (status = 404, body = Problem),
    )
)]
pub async fn file(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
) -> Result<Response, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let found = service.app.watch_month(&actor, month_of(&month)?).await?;
    let bytes = service.app.export_watch(clerk.area, &found, None).await?;
    Ok(csv_file(bytes))
}

/// 收回部门的认定：予以认定的收成增减名单，待入册。
#[utoipa::path(
    post, path = "/api/v1/watch/{month}/answers", tag = "difficulty",
    operation_id = "answer_watch_month",
    params(("month" = String, Path, description = "月份，例如 2026-06")),
    request_body(content = ListUpload, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = AnsweredView),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn answer(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(month): Path<String>,
    form: Multipart,
) -> Result<Json<AnsweredView>, Refused> {
    let month = month_of(&month)?;
    let file = upload(&service, form).await?;
    let actor = Actor::clerk(&service.app, &clerk);
    let done = service.app.answer_watch(&actor, month, &file).await?;
    Ok(Json(view::answered(&service, clerk.area, &done)))
}
