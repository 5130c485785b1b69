//! 政策参数 — what the law says in an area on a day, where it says so, and what it said before.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use terms::{AreaCode, Date, Scheme};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::trace::Source;
use super::{read, view};
use crate::Service;

/// 一个有政策的统筹区。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyArea {
    /// 统筹区代码。
    pub code: String,
    /// 名称。
    pub name: String,
    /// 所在省名称。
    pub province_name: Option<String>,
    /// 政策版本（内容指纹）。
    pub edition: String,
    /// 建议查看的日期：该区政策资料所述的日期。
    pub on: String,
}

/// 查看政策的条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PolicyQuery {
    /// 险种；不填为全部。
    pub scheme: Option<String>,
    /// 日期；不填为业务日期。
    pub on: Option<String>,
}

/// 查看一个参数历史的条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PolicyKeyQuery {
    /// 参数路径。
    pub key: String,
    /// 日期；不填为业务日期。
    pub on: Option<String>,
}

/// 一个统筹区在某日的全部政策参数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyEdition {
    /// 统筹区代码。
    pub area: String,
    /// 名称。
    pub area_name: String,
    /// 日期。
    pub on: String,
    /// 政策版本（内容指纹）。
    pub edition: String,
    /// 按主题分组的参数。
    pub topics: Vec<PolicyTopic>,
}

/// 一个主题，例如“职工住院待遇”。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyTopic {
    /// 主题代码。
    pub code: String,
    /// 主题名称。
    pub title: String,
    /// 险种代码；各险种通用时为空。
    pub scheme: Option<String>,
    /// 险种名称。
    pub scheme_name: Option<String>,
    /// 参数。
    pub entries: Vec<PolicyEntry>,
}

/// 一个参数在某日的取值。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyEntry {
    /// 参数路径。
    pub key: String,
    /// 参数名称。
    pub title: String,
    /// 取值及依据。
    pub version: PolicyVersion,
    /// 历史版本的数目（含当前）。
    pub versions: u32,
}

/// 一个参数的一个版本。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyVersion {
    /// 以中文写出的取值；已废止时为“废止”。
    pub value_text: String,
    /// 取值为表格时的表格。
    pub table: Option<PolicyTable>,
    /// 生效日期（含）。
    pub effective_from: String,
    /// 失效日期（含）；仍有效时为空。
    pub effective_to: Option<String>,
    /// 由哪一级规定：国家、省、市、险种。
    pub level_name: String,
    /// 依据。
    pub source: Source,
    /// 最近核对日期。
    pub checked: Option<String>,
    /// 是否为推定值。
    pub assumed: bool,
    /// 推定的理由。
    pub assumed_reason: Option<String>,
    /// 读者须知。
    pub note: Option<String>,
}

/// 表格形式的取值，例如按机构等级和费用段的比例。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyTable {
    /// 列名。
    pub columns: Vec<String>,
    /// 各行，与列名对应。
    pub rows: Vec<Vec<String>>,
}

/// 一个参数的全部历史，新的在前。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PolicyHistory {
    /// 参数路径。
    pub key: String,
    /// 参数名称。
    pub title: String,
    /// 各版本，新的在前。
    pub versions: Vec<PolicyVersion>,
    /// 在所问日期有效的版本的生效日期；没有时为空。
    pub in_force_from: Option<String>,
}

/// 有政策的统筹区。
#[utoipa::path(
    get, path = "/api/v1/policy/areas", tag = "policy",
    operation_id = "list_policy_areas",
    responses((status = 200, body = Vec<PolicyArea>), (status = 401, body = Problem))
)]
pub async fn areas(State(service): State<Arc<Service>>, _: SignedIn) -> Json<Vec<PolicyArea>> {
    let (app, home) = (&service.app, service.app.home.to_string());
    let mut areas = view::policy::areas(&app.law.book, app.clock.today());
    areas.sort_by_key(|area| area.code != home);
    Json(areas)
}

/// 一个统筹区在某日的政策。
#[utoipa::path(
    get, path = "/api/v1/policy/{area}", tag = "policy",
    operation_id = "get_policy",
    params(("area" = String, Path, description = "统筹区代码"), PolicyQuery),
    responses(
        (status = 200, body = PolicyEdition),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这个统筹区的政策"),
    )
)]
pub async fn edition(
    State(service): State<Arc<Service>>,
    _: SignedIn,
    Path(area): Path<String>,
    Query(query): Query<PolicyQuery>,
) -> Result<Json<PolicyEdition>, Refused> {
    let area = area_of(&area)?;
    let scheme = query
        .scheme
        .as_deref()
        .map(|word| read::word::<Scheme>("scheme", word));
    let on = day_of(&service, query.on.as_deref())?;
    let found = view::policy::edition(&service.app.law.book, area, scheme.transpose()?, on);
    found
        .map(Json)
        .ok_or_else(|| Refused::missing(format!("没有统筹区“{area}”的政策")))
}

/// 一个参数的历史。
#[utoipa::path(
    get, path = "/api/v1/policy/{area}/key", tag = "policy",
    operation_id = "get_policy_key",
    params(("area" = String, Path, description = "统筹区代码"), PolicyKeyQuery),
    responses(
        (status = 200, body = PolicyHistory),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这个参数"),
    )
)]
pub async fn history(
    State(service): State<Arc<Service>>,
    _: SignedIn,
    Path(area): Path<String>,
    Query(query): Query<PolicyKeyQuery>,
) -> Result<Json<PolicyHistory>, Refused> {
    let area = area_of(&area)?;
    let on = day_of(&service, query.on.as_deref())?;
    let found = view::policy::history(&service.app.law.book, area, &query.key, on);
    found
        .map(Json)
        .ok_or_else(|| Refused::missing(format!("没有参数“{}”", query.key)))
}

fn area_of(text: &str) -> Result<AreaCode, Refused> {
    text.parse()
        .map_err(|cause: terms::CodeError| Refused::missing(cause.to_string()))
}

fn day_of(service: &Service, text: Option<&str>) -> Result<Date, Refused> {
    text.map_or_else(
        || Ok(service.app.clock.today()),
        |text| read::day("on", text),
    )
}
