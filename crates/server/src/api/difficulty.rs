//! 困难人员名单 — the inbox of lists from other bureaus: received, checked, applied, answered.

use std::sync::Arc;

use app::difficulty::{ListFile, ListKind, ListTotals};
use app::register::Actor;
use axum::Json;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use terms::Word;
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::read;
use super::view::difficulty as view;
use crate::Service;

/// The largest file that is taken in: a list of a whole province.
pub const LARGEST_FILE: usize = 64 << 20;

/// 送来的名单文件。
#[derive(Debug, ToSchema)]
#[allow(dead_code)]
pub struct ListUpload {
    /// 文件：CSV 或 Excel。
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// 认定部门，例如 `civil_affairs`。
    pub bureau: String,
    /// 名单类型：`full` 全量、`change` 增减。
    pub kind: String,
    /// 名单日；不填为今天。
    pub day: Option<String>,
    /// 全量名单涵盖的身份，以逗号分隔；不填为名单中出现的身份。
    pub identities: Option<String>,
    /// 送件方写明的行数。
    pub rows: Option<String>,
    /// 送件方写明的人数。
    pub people: Option<String>,
}

/// 收件箱中的一份名单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ListLine {
    /// 回执编号。
    pub list_no: String,
    /// 认定部门。
    pub bureau: String,
    /// 认定部门名称。
    pub bureau_name: String,
    /// 名单类型。
    pub kind: String,
    /// 名单类型名称。
    pub kind_name: String,
    /// 名单日。
    pub list_day: String,
    /// 文件名。
    pub file_name: String,
    /// 收件时间。
    pub received_at: String,
    /// 收件人。
    pub received_by: String,
    /// 办理状态。
    pub state: String,
    /// 办理状态名称。
    pub state_name: String,
    /// 汇总。
    pub numbers: ListNumbers,
}

/// 一份名单的汇总。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ListNumbers {
    /// 行数。
    pub rows: usize,
    /// 引起变动的行数。
    pub accepted: usize,
    /// 与登记一致的行数。
    pub unchanged: usize,
    /// 重复的行数。
    pub repeated: usize,
    /// 退回的行数。
    pub rejected: usize,
    /// 登记变动项数。
    pub changes: usize,
    /// 全量名单涵盖的身份原有人数。
    pub held_before: usize,
    /// 其中退出人数。
    pub ended: usize,
    /// 是否须第二人复核入册。
    pub needs_second_person: bool,
    /// 随时参保人数。
    pub enrolled: usize,
    /// 须重新计算的结算单数。
    pub reopened: usize,
}

/// 一份名单及核对结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ListDetail {
    /// 名单。
    pub list: ListLine,
    /// 是否此前已收到同一文件。
    pub seen_before: bool,
    /// 符合条件的各行，最多 `limit` 行。
    pub rows: Vec<ListRowView>,
    /// 符合条件的行数。
    pub rows_found: usize,
    /// 入册会引起的变动；已入册的为空。
    pub planned: Vec<ListChangeView>,
    /// 入册引起的变动。
    pub changed: Vec<ListChangeView>,
    /// 办理过程，早的在前。
    pub steps: Vec<ListStepView>,
}

/// 名单的一行。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ListRowView {
    /// 行号。
    pub row: i64,
    /// 证件号码，照原文。
    pub document: String,
    /// 姓名，照原文。
    pub name: String,
    /// 身份，照原文。
    pub identity: String,
    /// 增减，照原文。
    pub action: String,
    /// 认定日期，照原文。
    pub from: String,
    /// 有效期至或退出日期，照原文。
    pub to: String,
    /// 人员编号；不在登记中的为空。
    pub person_no: Option<String>,
    /// 处理结果。
    pub result: String,
    /// 处理结果名称。
    pub result_name: String,
    /// 退回原因代码。
    pub reason_code: Option<String>,
    /// 说明。
    pub reason: String,
}

/// 一项身份变动。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ListChangeView {
    /// 人员编号。
    pub person_no: String,
    /// 身份。
    pub identity: String,
    /// 身份名称。
    pub identity_name: String,
    /// 变动。
    pub kind: String,
    /// 变动名称。
    pub kind_name: String,
    /// 登记的起止，变动后的；撤销的为变动前的。
    pub days: String,
    /// 随时参保之日。
    pub enrolled_on: Option<String>,
    /// 须重新计算的结算单数。
    pub reopened: i64,
    /// 说明。
    pub reason: String,
}

/// 办理的一步。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ListStepView {
    /// 状态名称。
    pub state_name: String,
    /// 时间。
    pub at: String,
    /// 经办人。
    pub by: String,
}

/// 看名单的哪些行。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RowsQuery {
    /// 处理结果，例如 `rejected`；不填为全部。
    pub result: Option<String>,
    /// 从第几行起。
    pub from: Option<i64>,
    /// 最多几行，默认 200，最多 1000。
    pub limit: Option<u32>,
}

/// 入册。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ApplyRequest {
    /// 有退回的行时，其余各行照样入册。
    pub accept_good_rows: bool,
}

/// 到期提示的条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LapseQuery {
    /// 从哪一天起；不填为今天。
    pub on: Option<String>,
    /// 看多少天，默认 30，最多 366。
    pub days: Option<u32>,
}

/// 将要到期的一项身份。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LapseView {
    /// 人员编号。
    pub person_no: String,
    /// 姓名。
    pub name: String,
    /// 身份名称。
    pub identity_name: String,
    /// 最后一天。
    pub last: String,
    /// 此后仍有的身份名称。
    pub others: Vec<String>,
}

/// 名单收件箱，新的在前。
#[utoipa::path(
    get, path = "/api/v1/difficulty/lists", tag = "difficulty",
    operation_id = "list_difficulty_lists",
    responses((status = 200, body = Vec<ListLine>))
)]
pub async fn inbox(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Vec<ListLine>>, Refused> {
    let lists = service.app.lists(&clerk).await?;
    let shown = lists
        .iter()
        .map(|(list, state, summary)| view::line(&service, clerk.area, list, *state, summary));
    Ok(Json(shown.collect()))
}

/// 一份名单及各行的核对结果。
#[utoipa::path(
    get, path = "/api/v1/difficulty/lists/{id}", tag = "difficulty",
    operation_id = "get_difficulty_list",
    params(("id" = String, Path, description = "回执编号"), RowsQuery),
    responses((status = 200, body = ListDetail), (status = 404, body = Problem))
)]
pub async fn detail(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Query(query): Query<RowsQuery>,
) -> Result<Json<ListDetail>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let report = service.app.list_report(&actor, &id).await?;
    Ok(Json(view::detail(&service, clerk.area, &report, &query)))
}

/// 收下一份名单并核对各行；登记册不变。
#[utoipa::path(
    post, path = "/api/v1/difficulty/lists", tag = "difficulty",
    operation_id = "receive_difficulty_list",
    request_body(content = ListUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = ListDetail), (status = 422, body = Problem))
)]
pub async fn receive(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    form: Multipart,
) -> Result<Json<ListDetail>, Refused> {
    let file = upload(&service, form).await?;
    let actor = Actor::clerk(&service.app, &clerk);
    let report = service.app.receive_list(&actor, &file).await?;
    let query = RowsQuery::default();
    Ok(Json(view::detail(&service, clerk.area, &report, &query)))
}

/// 入册；退出人数较多的全量名单由收件人以外的人入册。
#[utoipa::path(
    post, path = "/api/v1/difficulty/lists/{id}/application", tag = "difficulty",
    operation_id = "apply_difficulty_list",
    params(("id" = String, Path, description = "回执编号")),
    request_body = ApplyRequest,
    responses(
        (status = 200, body = ListDetail),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn apply(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(request): Json<ApplyRequest>,
) -> Result<Json<ListDetail>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let accept = request.accept_good_rows;
    let report = service.app.apply_list(&actor, &id, accept).await?;
    let query = RowsQuery::default();
    Ok(Json(view::detail(&service, clerk.area, &report, &query)))
}

/// 整份退回一份还没有入册的名单。
#[utoipa::path(
    post, path = "/api/v1/difficulty/lists/{id}/return", tag = "difficulty",
    operation_id = "return_difficulty_list",
    params(("id" = String, Path, description = "回执编号")),
    responses(
        (status = 200, body = ListDetail),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn send_back(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<ListDetail>, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let report = service.app.send_list_back(&actor, &id).await?;
    let query = RowsQuery::default();
    Ok(Json(view::detail(&service, clerk.area, &report, &query)))
}

/// 回执：各行的处理结果，CSV。
#[utoipa::path(
    get, path = "/api/v1/difficulty/lists/{id}/receipt", tag = "difficulty",
    operation_id = "get_difficulty_receipt",
    params(("id" = String, Path, description = "回执编号")),
    responses(
        (status = 200, content_type = "text/csv", body = String),
        (status = 404, body = Problem),
    )
)]
pub async fn receipt(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let actor = Actor::clerk(&service.app, &clerk);
    let report = service.app.list_report(&actor, &id).await?;
    let bytes = service.app.list_receipt(&report)?;
    Ok(csv_file(bytes))
}

/// 将要到期的身份。
#[utoipa::path(
    get, path = "/api/v1/difficulty/lapses", tag = "difficulty",
    operation_id = "list_lapses", params(LapseQuery),
    responses((status = 200, body = Vec<LapseView>), (status = 422, body = Problem))
)]
pub async fn lapses(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<LapseQuery>,
) -> Result<Json<Vec<LapseView>>, Refused> {
    let on = query.on.as_deref().filter(|text| !text.is_empty());
    let on = on.map(|text| read::day("on", text)).transpose()?;
    let on = on.unwrap_or_else(|| service.app.clock.today());
    let days = i32::try_from(query.days.unwrap_or(30).clamp(1, 366)).unwrap_or(30);
    let lapses = service.app.lapses(clerk.area, on, days).await?;
    Ok(Json(lapses.iter().map(view::lapse).collect()))
}

/// A file to be kept under a name of its own.
pub(super) fn csv_file(bytes: Vec<u8>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
    (kind, bytes).into_response()
}

/// The file that a form carries, with what is said beside it.
pub(super) async fn upload(service: &Service, mut form: Multipart) -> Result<ListFile, Refused> {
    let mut file = ListFile {
        bureau: Word::new(""),
        kind: ListKind::Change,
        day: service.app.clock.today(),
        covers: Vec::new(),
        totals: ListTotals::default(),
        name: String::new(),
        bytes: Vec::new(),
    };
    let unreadable = |_| Refused::field("file", "没有收到完整的文件");
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        let field = part.name().unwrap_or_default().to_owned();
        if field == "file" {
            file.name = part.file_name().unwrap_or("名单").to_owned();
            file.bytes = part.bytes().await.map_err(unreadable)?.to_vec();
            continue;
        }
        let text = part.text().await.map_err(unreadable)?;
        said(&mut file, &field, text.trim())?;
    }
    if file.bytes.is_empty() {
        return Err(Refused::field("file", "没有选择文件，或者文件是空的"));
    }
    if file.bureau.as_str().is_empty() {
        return Err(Refused::field("bureau", "没有填写认定部门"));
    }
    Ok(file)
}

/// What one field of the form says about the file.
fn said(file: &mut ListFile, field: &str, text: &str) -> Result<(), Refused> {
    let count = || {
        let wrong = || Refused::field(field, format!("“{text}”不是数量"));
        text.parse().map(Some).map_err(|_| wrong())
    };
    match field {
        _ if text.is_empty() => {}
        "bureau" => file.bureau = Word::new(text),
        "kind" => {
            let wrong = || Refused::field("kind", format!("名单类型没有“{text}”"));
            file.kind = ListKind::of(text).ok_or_else(wrong)?;
        }
        "day" => file.day = read::day("day", text)?,
        "identities" => {
            let words = text.split(',').map(str::trim);
            file.covers = words
                .filter(|word| !word.is_empty())
                .map(Word::new)
                .collect();
        }
        "rows" => file.totals.rows = count()?,
        "people" => file.totals.people = count()?,
        _ => {}
    }
    Ok(())
}
