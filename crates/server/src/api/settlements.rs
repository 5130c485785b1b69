//! 待遇结算 — the list of settlements.

use std::sync::Arc;

use app::office::Clerk;
use axum::Json;
use axum::extract::{Query, State};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::yuan::Yuan;
use super::{page_size, read};
use crate::Service;

/// 结算列表的查询条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SettlementQuery {
    /// 结算日期起（含）。
    pub from: Option<String>,
    /// 结算日期止（含）。
    pub to: Option<String>,
    /// 定点医药机构代码。
    pub institution: Option<String>,
    /// 人员编号。
    pub person: Option<String>,
    /// 险种。
    pub scheme: Option<String>,
    /// 医疗类别。
    pub care_type: Option<String>,
    /// 状态。
    pub status: Option<SettlementStatus>,
    /// 任意文字：结算编号、人员编号、姓名、证件号码或机构名称。
    pub text: Option<String>,
    /// 翻页：上一页给出的 `next_cursor`，得到更早的结算。
    pub cursor: Option<String>,
    /// 每页条数，默认 50，最多 200。
    pub limit: Option<u32>,
}

/// 结算的状态。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettlementStatus {
    /// 已结算。
    Settled,
    /// 已被冲正。
    Reversed,
    /// 冲正（金额为负的红字结算）。
    Reversal,
}

/// 一页结算，新的在前。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SettlementPage {
    /// 本页各笔结算。
    pub rows: Vec<SettlementRow>,
    /// 更早一页的游标；没有更早的时为空。
    pub next_cursor: Option<String>,
}

/// 列表里的一笔结算。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SettlementRow {
    /// 结算编号。
    pub id: String,
    /// 结算时间（ISO 8601，到秒）。
    pub at: String,
    /// 定点医药机构代码。
    pub institution: String,
    /// 定点医药机构名称。
    pub institution_name: String,
    /// 人员编号。
    pub person_no: String,
    /// 姓名。
    pub person_name: String,
    /// 险种代码。
    pub scheme: String,
    /// 险种名称。
    pub scheme_name: String,
    /// 医疗类别代码。
    pub care_type: String,
    /// 医疗类别名称。
    pub care_type_name: String,
    /// 医疗费总额。
    pub total: Yuan,
    /// 基金支付总额。
    pub fund: Yuan,
    /// 个人账户支付（含共济）。
    pub account: Yuan,
    /// 个人现金支付。
    pub cash: Yuan,
    /// 状态。
    pub status: SettlementStatus,
}

/// 查询结算，新的在前；不带游标反复查询即得到实时列表。
#[utoipa::path(
    get, path = "/api/v1/settlements", tag = "settlement",
    operation_id = "list_settlements",
    params(SettlementQuery),
    responses(
        (status = 200, body = SettlementPage),
        (status = 401, body = Problem),
        (status = 422, body = Problem, description = "查询条件不对"),
    )
)]
pub async fn list(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<SettlementQuery>,
) -> Result<Json<SettlementPage>, Refused> {
    let filter = filter(&service, &clerk, &query).await?;
    let after = query.cursor.as_deref().map(cursor).transpose()?;
    let limit = page_size(query.limit);
    let page = service
        .app
        .list_settlements(&clerk, &filter, after.as_ref(), limit)
        .await?;
    Ok(Json(SettlementPage {
        rows: page.rows.iter().map(|found| row(&service, found)).collect(),
        next_cursor: page.next.map(|(at, id)| format!("{at}|{id}")),
    }))
}

fn cursor(text: &str) -> Result<(DateTime, String), Refused> {
    let wrong = || Refused::field("cursor", "翻页位置不对，请重新查询");
    let (at, id) = text.split_once('|').ok_or_else(wrong)?;
    Ok((at.parse().map_err(|_| wrong())?, id.to_owned()))
}

async fn filter(
    service: &Service,
    clerk: &Clerk,
    query: &SettlementQuery,
) -> Result<store::SettlementFilter, Refused> {
    let mut filter = store::SettlementFilter {
        from: query
            .from
            .as_deref()
            .map(|day| read::day("from", day))
            .transpose()?,
        to: query
            .to
            .as_deref()
            .map(|day| read::day("to", day))
            .transpose()?,
        institution: query.institution.clone(),
        person_no: query.person.clone(),
        scheme: query.scheme.clone(),
        care_type: query.care_type.clone(),
        state: query.status.map(|status| match status {
            SettlementStatus::Settled => store::SettlementState::Standing,
            SettlementStatus::Reversed => store::SettlementState::Reversed,
            SettlementStatus::Reversal => store::SettlementState::Reversals,
        }),
        ..store::SettlementFilter::default()
    };
    let text = query.text.as_deref().unwrap_or_default().trim();
    if !text.is_empty() {
        match service.app.named_by(clerk, text).await? {
            Some(person) => filter.person_no = Some(person),
            None => filter.text = Some(text.to_owned()),
        }
    }
    Ok(filter)
}

/// The name of an institution, or its code where it is not under agreement any more.
pub(super) fn institution_name(service: &Service, code: &str) -> String {
    service
        .app
        .institution(code)
        .map_or_else(|_| code.to_owned(), |known| known.name.clone())
}

/// A settlement as a line of a list.
pub(super) fn row(service: &Service, found: &store::SettlementRow) -> SettlementRow {
    let care: Option<terms::CareType> = found.care_type.parse().ok();
    let scheme: Option<terms::Scheme> = found.scheme.parse().ok();
    SettlementRow {
        id: found.settlement_id.clone(),
        at: seconds(found.settled_at),
        institution: found.institution.clone(),
        institution_name: institution_name(service, &found.institution),
        person_no: found.person_no.clone(),
        person_name: found.person_name.clone(),
        scheme: found.scheme.clone(),
        scheme_name: scheme.map_or_else(|| found.scheme.clone(), |one| one.zh().to_owned()),
        care_type: found.care_type.clone(),
        care_type_name: care.map_or_else(|| found.care_type.clone(), |one| one.zh().to_owned()),
        total: found.amounts.total.into(),
        fund: found.fund.into(),
        account: (found.account + found.family).into(),
        cash: found.cash.into(),
        status: status(found),
    }
}

/// A moment without its fractions of a second.
pub(super) fn seconds(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// Where a settlement stands.
pub(super) fn status(found: &store::SettlementRow) -> SettlementStatus {
    if found.is_reversal() {
        SettlementStatus::Reversal
    } else if found.is_reversed() {
        SettlementStatus::Reversed
    } else {
        SettlementStatus::Settled
    }
}
