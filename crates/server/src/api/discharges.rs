//! 结算清单 — settlement lists, what the checks found, and the groups they fell into.

use std::sync::Arc;

use app::discharge::ListState;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use store::DischargeFilter;
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::discharge as view;
use super::yuan::Yuan;
use super::{page_size, read};
use crate::Service;

/// 结算清单的查询条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DischargeQuery {
    /// 状态：draft、submitted、approved、rejected；不填为全部。
    pub state: Option<String>,
    /// 机构代码。
    pub institution: Option<String>,
    /// 人员编号。
    pub person: Option<String>,
    /// 结算编号。
    pub settlement: Option<String>,
    /// 结算日期起（含）。
    pub from: Option<String>,
    /// 结算日期止（含）。
    pub to: Option<String>,
    /// 只要有差错的，或者只要没有差错的。
    pub faulty: Option<bool>,
    /// 翻页游标。
    pub cursor: Option<String>,
    /// 每页条数，默认 50，最多 200。
    pub limit: Option<u32>,
}

/// 一页结算清单，新的在前。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DischargePage {
    /// 本页清单。
    pub rows: Vec<DischargeLine>,
    /// 下一页的游标。
    pub next_cursor: Option<String>,
}

/// 一张结算清单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DischargeLine {
    /// 清单流水号。
    pub id: String,
    /// 结算编号。
    pub settlement: String,
    /// 就诊编号。
    pub visit: String,
    /// 状态。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 机构代码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 人员编号。
    pub person_no: String,
    /// 姓名。
    pub person_name: String,
    /// 险种名称。
    pub scheme_name: String,
    /// 医疗类别名称。
    pub care_name: String,
    /// 入院日期。
    pub admitted_on: Option<String>,
    /// 出院日期。
    pub discharged_on: String,
    /// 结算日期。
    pub settled_on: String,
    /// 主要诊断编码，与所报相同。
    pub principal: String,
    /// 医疗费总额。
    pub total: Yuan,
    /// 基金支付总额。
    pub fund: Yuan,
    /// 差错数。
    pub errors: i64,
    /// 提示数。
    pub warnings: i64,
    /// 上传次数。
    pub uploads: i64,
    /// 最近上传时间。
    pub received_at: String,
}

/// 一张清单的全部内容。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DischargeView {
    /// 概要。
    pub list: DischargeLine,
    /// 诊断，按清单次序。
    pub diagnoses: Vec<ListedCode>,
    /// 手术操作，按清单次序。
    pub procedures: Vec<ListedCode>,
    /// 参加分组的事实，依次显示。
    pub facts: Vec<CaseFact>,
    /// 质控结果，差错在前。
    pub findings: Vec<QualityView>,
    /// 各次分组，新的在前；每个种类和方案以最新的为准。
    pub groups: Vec<GroupView>,
}

/// 清单上的一个编码。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ListedCode {
    /// 编码。
    pub code: String,
    /// 名称。
    pub name: String,
    /// 是否主要诊断、主要手术操作。
    pub main: bool,
    /// 类别：西医诊断、中医诊断、手术操作。
    pub kind: String,
    /// 手术操作日期。
    pub on: Option<String>,
}

/// 参加分组的一项事实。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CaseFact {
    /// 名称，例如“年龄”。
    pub name: String,
    /// 内容。
    pub value: String,
}

/// 一处质控结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct QualityView {
    /// 质控项目。
    pub check: String,
    /// 质控项目名称。
    pub check_name: String,
    /// 等级：error 差错、warning 提示。
    pub severity: String,
    /// 等级名称。
    pub severity_name: String,
    /// 所查项目。
    pub field: String,
    /// 所报内容。
    pub value: String,
    /// 说明。
    pub message: String,
}

/// 一次分组的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GroupView {
    /// 种类：drg、dip。
    pub kind: String,
    /// 方案版本。
    pub scheme: String,
    /// 方案指纹。
    pub scheme_hash: String,
    /// 是否为当日启用的方案。
    pub used: bool,
    /// 分组时间。
    pub at: String,
    /// 第几次上传的清单。
    pub upload: i64,
    /// 主要诊断大类。
    pub mdc: String,
    /// 核心病组。
    pub adrg: String,
    /// 病组或病种编码。
    pub code: String,
    /// 病组或病种名称。
    pub name: String,
    /// 权重或分值；方案没有时为空。
    pub weight: String,
    /// 是否入组。
    pub grouped: bool,
    /// 结果：grouped、ambiguous、ungrouped，或者不能入组的原因代码。
    pub outcome: String,
    /// 简要理由。
    pub note: String,
    /// 分组说明，逐句。
    pub said: Vec<String>,
}

/// 质控看板的条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BoardQuery {
    /// 结算日期起（含）。
    pub from: String,
    /// 结算日期止（含）。
    pub to: String,
    /// 机构代码；不填为全部。
    pub institution: Option<String>,
}

/// 质控看板。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct QualityBoard {
    /// 应有清单的住院结算数。
    pub settled: i64,
    /// 各机构各状态的清单数。
    pub lists: Vec<BoardList>,
    /// 各质控项目的清单数。
    pub findings: Vec<BoardFinding>,
    /// 各机构的入组情况。
    pub groups: Vec<BoardGroups>,
}

/// 一家机构一个状态的清单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BoardList {
    /// 机构代码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 状态。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 清单数。
    pub lists: i64,
    /// 其中有差错的。
    pub faulty: i64,
    /// 其中只有提示的。
    pub doubtful: i64,
    /// 医疗费合计。
    pub total: Yuan,
}

/// 一个质控项目。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BoardFinding {
    /// 质控项目。
    pub check: String,
    /// 质控项目名称。
    pub check_name: String,
    /// 等级。
    pub severity: String,
    /// 清单数。
    pub lists: i64,
}

/// 一家机构的入组情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BoardGroups {
    /// 种类：drg、dip。
    pub kind: String,
    /// 机构代码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 组数。
    pub groups: i64,
    /// 入组清单数。
    pub grouped: i64,
    /// 未入组清单数。
    pub ungrouped: i64,
}

/// 退回清单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ListReturn {
    /// 理由。
    pub reason: String,
}

/// 结算清单，新的在前。
#[utoipa::path(
    get, path = "/api/v1/discharges", tag = "discharge",
    operation_id = "list_discharges",
    params(DischargeQuery),
    responses(
        (status = 200, body = DischargePage),
        (status = 401, body = Problem),
        (status = 422, body = Problem, description = "条件有误"),
    )
)]
pub async fn list(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<DischargeQuery>,
) -> Result<Json<DischargePage>, Refused> {
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let day = |path: &str, text: &Option<String>| {
        let given = text.as_deref().filter(|text| !text.is_empty());
        given.map(|text| read::day(path, text)).transpose()
    };
    let state = given(query.state)
        .map(|word| ListState::of(&word))
        .transpose()?;
    let filter = DischargeFilter {
        state: state.map(|state| state.word().to_owned()),
        from: day("from", &query.from)?,
        to: day("to", &query.to)?,
        institution: given(query.institution),
        person_no: given(query.person),
        settlement_id: given(query.settlement),
        faulty: query.faulty,
        ..DischargeFilter::default()
    };
    let (before, limit) = (given(query.cursor), page_size(query.limit));
    let page = service
        .app
        .list_discharges(&clerk, &filter, before.as_ref(), limit);
    let page = page.await?;
    Ok(Json(DischargePage {
        rows: page
            .rows
            .iter()
            .map(|row| view::line(&service, row))
            .collect(),
        next_cursor: page.next,
    }))
}

/// 一张清单：所报内容、质控结果、分组及其理由。
#[utoipa::path(
    get, path = "/api/v1/discharges/{id}", tag = "discharge",
    operation_id = "discharge",
    params(("id" = String, Path, description = "清单流水号")),
    responses(
        (status = 200, body = DischargeView),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这张清单"),
    )
)]
pub async fn detail(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<DischargeView>, Refused> {
    let file = service.app.read_discharge(&clerk, &id).await?;
    Ok(Json(view::whole(&service, &file)))
}

/// 质控看板：清单、质控结果、入组情况的数目。
#[utoipa::path(
    get, path = "/api/v1/discharges/quality", tag = "discharge",
    operation_id = "discharge_quality",
    params(BoardQuery),
    responses(
        (status = 200, body = QualityBoard),
        (status = 401, body = Problem),
        (status = 422, body = Problem, description = "条件有误"),
    )
)]
pub async fn quality(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<BoardQuery>,
) -> Result<Json<QualityBoard>, Refused> {
    let span = (read::day("from", &query.from)?, read::day("to", &query.to)?);
    let institution = query.institution.filter(|code| !code.is_empty());
    let board = service.app.quality_board(&clerk, institution, span).await?;
    Ok(Json(view::board(&service, &board)))
}

/// 审核通过一张已提交的清单。
#[utoipa::path(
    post, path = "/api/v1/discharges/{id}/approval", tag = "discharge",
    operation_id = "approve_discharge",
    params(("id" = String, Path, description = "清单流水号")),
    responses(
        (status = 200, body = DischargeLine),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这张清单"),
        (status = 422, body = Problem, description = "不能这样办理"),
    )
)]
pub async fn approve(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<DischargeLine>, Refused> {
    let row = service.app.review_list(&clerk, &id, true, "").await?;
    Ok(Json(view::line(&service, &row)))
}

/// 退回一张已提交的清单。
#[utoipa::path(
    post, path = "/api/v1/discharges/{id}/return", tag = "discharge",
    operation_id = "return_discharge",
    params(("id" = String, Path, description = "清单流水号")),
    request_body = ListReturn,
    responses(
        (status = 200, body = DischargeLine),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这张清单"),
        (status = 422, body = Problem, description = "不能这样办理"),
    )
)]
pub async fn send_back(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<ListReturn>,
) -> Result<Json<DischargeLine>, Refused> {
    let row = service
        .app
        .review_list(&clerk, &id, false, &asked.reason)
        .await?;
    Ok(Json(view::line(&service, &row)))
}
