//! 参保人 — find a person, and everything the scheme knows about one.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::settlements::SettlementRow;
use super::sheet::CounterUnit;
use super::view::people::Register;
use super::yuan::Yuan;
use super::{page_size, settlements};
use crate::Service;

/// 查找参保人的条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    /// 人员编号、姓名、证件号码或手机号。
    pub text: Option<String>,
    /// 翻页游标。
    pub cursor: Option<String>,
    /// 每页条数，默认 50，最多 200。
    pub limit: Option<u32>,
}

/// 一页参保人。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PeoplePage {
    /// 本页各人。
    pub rows: Vec<PersonRow>,
    /// 下一页的游标。
    pub next_cursor: Option<String>,
}

/// 列表里的一个人。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PersonRow {
    /// 人员编号。
    pub no: String,
    /// 姓名。
    pub name: String,
    /// 性别。
    pub sex_name: String,
    /// 出生日期。
    pub born: String,
    /// 遮盖后的证件号码。
    pub id_card_masked: String,
    /// 遮盖后的手机号。
    pub phone_masked: Option<String>,
    /// 险种名称；没有有效参保时为空。
    pub scheme_name: Option<String>,
    /// 人员类别名称。
    pub category_name: String,
    /// 参保状态名称，例如“正常参保”“暂停参保”。
    pub status_name: String,
    /// 当前是否可享受待遇。
    pub entitled: bool,
}

/// 一个参保人的全部情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PersonDetail {
    /// 身份。
    pub identity: Identity,
    /// 各段参保，早的在前。
    pub coverage: Vec<CoveragePeriod>,
    /// 个人账户。
    pub accounts: Vec<Account>,
    /// 同户人员。
    pub household: Vec<HouseholdPerson>,
    /// 家庭共济绑定。
    pub family: Vec<FamilyLink>,
    /// 救助对象等身份认定。
    pub designations: Vec<Designation>,
    /// 慢特病认定、备案等。
    pub recognitions: Vec<Recognition>,
    /// 年度累计。
    pub counters: Vec<Counter>,
    /// 最近的结算，新的在前。
    pub recent: Vec<SettlementRow>,
}

/// 同户的另一个人。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct HouseholdPerson {
    /// 人员编号。
    pub person_no: String,
    /// 姓名。
    pub name: String,
}

/// 身份信息。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Identity {
    /// 人员编号。
    pub no: String,
    /// 姓名。
    pub name: String,
    /// 性别。
    pub sex_name: String,
    /// 出生日期。
    pub born: String,
    /// 年龄。
    pub age: u8,
    /// 证件类型名称。
    pub id_card_kind_name: String,
    /// 证件号码；没有查看权限时遮盖中段。
    pub id_card: String,
    /// 手机号，遮盖中段。
    pub phone_masked: Option<String>,
    /// 住址。
    pub address: Option<String>,
    /// 户号。
    pub household: Option<String>,
    /// 死亡日期。
    pub died: Option<String>,
    /// 人员类别名称。
    pub category_name: String,
    /// 当前是否可享受待遇。
    pub entitled: bool,
    /// 当前待遇状态的说明，例如“等待期至 2024-12-31”。
    pub entitlement_text: String,
}

/// 一段参保。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CoveragePeriod {
    /// 险种代码。
    pub scheme: String,
    /// 险种名称。
    pub scheme_name: String,
    /// 人员类别名称。
    pub category_name: String,
    /// 参保地名称。
    pub area_name: String,
    /// 参保单位或村社区。
    pub group_name: Option<String>,
    /// 起（含）。
    pub from: String,
    /// 止（含）；仍有效时为空。
    pub to: Option<String>,
    /// 状态。
    pub status: CoverageStatus,
    /// 状态名称。
    pub status_name: String,
    /// 待遇开始日期；有等待期时晚于 `from`。
    pub benefit_from: Option<String>,
    /// 为什么从这一天起是这个状态；没有记载时为空。
    pub reason: Option<String>,
}

/// 参保段的状态，决定时间轴的颜色。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoverageStatus {
    /// 正常。
    Active,
    /// 等待期。
    Waiting,
    /// 暂停。
    Suspended,
    /// 已终止。
    Ended,
}

/// 一个个人账户。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Account {
    /// 名称，例如“职工医保个人账户”。
    pub name: String,
    /// 余额。
    pub balance: Yuan,
}

/// 一条家庭共济绑定。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FamilyLink {
    /// 对方人员编号。
    pub person_no: String,
    /// 对方姓名。
    pub name: String,
    /// 关系名称。
    pub relation_name: String,
    /// 方向：`gives` 为本人账户供对方使用，`receives` 为使用对方账户。
    pub direction: FamilyDirection,
    /// 起。
    pub from: String,
    /// 止。
    pub to: Option<String>,
}

/// 共济的方向。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FamilyDirection {
    /// 本人账户供对方使用。
    Gives,
    /// 使用对方账户。
    Receives,
}

/// 一项身份认定，例如低保对象。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Designation {
    /// 代码。
    pub code: String,
    /// 名称。
    pub name: String,
    /// 起。
    pub from: String,
    /// 止。
    pub to: Option<String>,
    /// 今天是否有效。
    pub current: bool,
}

/// 一项认定或备案，例如门诊慢特病、异地就医备案。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Recognition {
    /// 类别名称，例如“门诊慢特病”。
    pub kind_name: String,
    /// 代码。
    pub code: String,
    /// 名称，例如“高血压Ⅲ期”。
    pub name: String,
    /// 起。
    pub from: String,
    /// 止。
    pub to: Option<String>,
    /// 定点机构名称。
    pub institution_name: Option<String>,
    /// 今天是否有效。
    pub current: bool,
}

/// 一个年度累计。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Counter {
    /// 累计项代码。
    pub code: String,
    /// 名称。
    pub name: String,
    /// 期间和对象，例如“2024年度”“2024年11月 高血压”。
    pub period_name: String,
    /// 已用。
    pub used: String,
    /// 年度限额；没有时为空。
    pub limit: Option<String>,
    /// 单位。
    pub unit: CounterUnit,
}

/// 查找参保人。
#[utoipa::path(
    get, path = "/api/v1/people", tag = "people",
    operation_id = "list_people",
    params(PeopleQuery),
    responses((status = 200, body = PeoplePage), (status = 401, body = Problem))
)]
pub async fn list(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<PeopleQuery>,
) -> Result<Json<PeoplePage>, Refused> {
    let text = query.text.as_deref().unwrap_or_default().trim();
    let after = query.cursor.as_deref().unwrap_or_default();
    let limit = page_size(query.limit);
    let mut found = service
        .app
        .search_people(&clerk, text, after, limit + 1)
        .await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let register = register(&service, clerk.area);
    let rows: Vec<PersonRow> = found.iter().map(|line| register.line(line)).collect();
    let next_cursor = rows.last().filter(|_| more).map(|row| row.no.clone());
    Ok(Json(PeoplePage { rows, next_cursor }))
}

/// What pages about people stand on.
pub(super) fn register(service: &Service, area: terms::AreaCode) -> Register<'_> {
    let (law, today) = (&service.app.law, service.app.clock.today());
    Register { law, area, today }
}

/// 一个参保人。
#[utoipa::path(
    get, path = "/api/v1/people/{no}", tag = "people",
    operation_id = "get_person",
    params(("no" = String, Path, description = "人员编号")),
    responses(
        (status = 200, body = PersonDetail),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这个人"),
    )
)]
pub async fn detail(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
) -> Result<Json<PersonDetail>, Refused> {
    let file = service.app.read_file(&clerk, &no).await?;
    let register = register(&service, clerk.area);
    let place = |code: &str| settlements::institution_name(&service, code);
    let household = &file.detail.household;
    let household = service.app.household(&clerk, &no, household).await?;
    Ok(Json(PersonDetail {
        identity: register.identity(&file),
        coverage: register.coverage(&file.context),
        accounts: register.accounts(&file.context),
        household: household
            .into_iter()
            .map(|member| HouseholdPerson {
                person_no: member.person_no,
                name: member.name,
            })
            .collect(),
        family: register.family(&file),
        designations: register.designations(&file),
        recognitions: register.recognitions(&file.context, place),
        counters: register.counters(&file.context),
        recent: file
            .recent
            .iter()
            .map(|row| settlements::row(&service, row))
            .collect(),
    }))
}
