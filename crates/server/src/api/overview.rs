//! 首页 — today at a glance.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use app::office::Day;
use axum::Json;
use axum::extract::State;
use jiff::Span;
use jiff::civil::DateTime;
use money::Fen;
use serde::{Deserialize, Serialize};
use store::TallyRow;
use terms::{CareType, InstitutionKind, Scheme};
use utoipa::ToSchema;

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::settlements::{self, SettlementRow};
use super::yuan::Yuan;
use crate::Service;

/// 今天的概况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Overview {
    /// 业务日期。
    pub on: String,
    /// 数据截至（ISO 8601，到秒）。
    pub as_of: String,
    /// 今天的合计。
    pub today: OverviewTotals,
    /// 按医疗类别。
    pub by_care_type: Vec<OverviewGroup>,
    /// 按机构类型。
    pub by_institution_kind: Vec<OverviewGroup>,
    /// 按险种。
    pub by_scheme: Vec<OverviewGroup>,
    /// 最近一小时，每分钟一点，时间升序，没有结算的分钟为零。
    pub per_minute: Vec<OverviewMinute>,
    /// 最近几笔结算。
    pub latest: Vec<SettlementRow>,
}

/// 一天的合计。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OverviewTotals {
    /// 结算笔数。
    pub settled: u64,
    /// 冲正笔数。
    pub reversed: u64,
    /// 就诊人数。
    pub people: u64,
    /// 医疗费总额。
    pub total: Yuan,
    /// 基金支付。
    pub fund: Yuan,
    /// 个人账户支付。
    pub account: Yuan,
    /// 个人现金支付。
    pub cash: Yuan,
}

/// 一组结算的合计。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OverviewGroup {
    /// 代码。
    pub code: String,
    /// 名称。
    pub name: String,
    /// 笔数。
    pub count: u64,
    /// 医疗费总额。
    pub total: Yuan,
    /// 基金支付。
    pub fund: Yuan,
}

/// 一分钟的结算。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OverviewMinute {
    /// 时刻（ISO 8601，到分）。
    pub at: String,
    /// 笔数。
    pub count: u64,
    /// 医疗费总额。
    pub total: Yuan,
}

/// 今天的概况。
#[utoipa::path(
    get, path = "/api/v1/overview", tag = "overview",
    operation_id = "get_overview",
    responses((status = 200, body = Overview), (status = 401, body = Problem))
)]
pub async fn overview(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Overview>, Refused> {
    let day = service.app.day(&clerk).await?;
    let kind_of = |row: &TallyRow| {
        let known = service.app.institution(&row.institution);
        known.map_or_else(|_| String::new(), |known| known.kind.word().to_owned())
    };
    let care = |code: &str| name::<CareType>(code, CareType::zh);
    let kind = |code: &str| name::<InstitutionKind>(code, InstitutionKind::zh);
    let scheme = |code: &str| name::<Scheme>(code, Scheme::zh);
    Ok(Json(Overview {
        on: day.now.date().to_string(),
        as_of: settlements::seconds(day.now),
        today: totals(&day),
        by_care_type: groups(&day.tally, |row| row.care_type.clone(), care),
        by_institution_kind: groups(&day.tally, kind_of, kind),
        by_scheme: groups(&day.tally, |row| row.scheme.clone(), scheme),
        per_minute: minutes(&day),
        latest: day
            .latest
            .iter()
            .map(|row| settlements::row(&service, row))
            .collect(),
    }))
}

/// The 中文 name of a stored word; what is not known any more keeps its code.
fn name<V: std::str::FromStr>(code: &str, zh: impl Fn(V) -> &'static str) -> String {
    code.parse()
        .map_or_else(|_| code.to_owned(), |value| zh(value).to_owned())
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn totals(day: &Day) -> OverviewTotals {
    let counted = |reversals: bool| {
        let of = day
            .tally
            .iter()
            .filter(move |row| row.reversals == reversals);
        count(of.map(|row| row.count).sum())
    };
    let sum =
        |amount: fn(&TallyRow) -> Fen| -> Yuan { day.tally.iter().map(amount).sum::<Fen>().into() };
    OverviewTotals {
        settled: counted(false),
        reversed: counted(true),
        people: count(day.people),
        total: sum(|row| row.total),
        fund: sum(|row| row.fund),
        account: sum(|row| row.account),
        cash: sum(|row| row.cash),
    }
}

/// The tally added up by one of its words, the dearest group first; reversals count as money only.
fn groups(
    tally: &[TallyRow],
    code: impl Fn(&TallyRow) -> String,
    zh: impl Fn(&str) -> String,
) -> Vec<OverviewGroup> {
    let mut sums: BTreeMap<String, (i64, Fen, Fen)> = BTreeMap::new();
    for row in tally {
        let sum = sums.entry(code(row)).or_insert((0, Fen::ZERO, Fen::ZERO));
        sum.0 += if row.reversals { 0 } else { row.count };
        sum.1 += row.total;
        sum.2 += row.fund;
    }
    let mut sorted: Vec<(String, (i64, Fen, Fen))> = sums.into_iter().collect();
    sorted.sort_by_key(|(_, (_, total, _))| std::cmp::Reverse(total.get()));
    sorted
        .into_iter()
        .map(|(code, (settled, total, fund))| OverviewGroup {
            name: zh(&code),
            code,
            count: count(settled),
            total: total.into(),
            fund: fund.into(),
        })
        .collect()
}

/// Sixty minutes up to this one, the empty ones too.
fn minutes(day: &Day) -> Vec<OverviewMinute> {
    let known: HashMap<&str, &store::MinuteRow> = day
        .minutes
        .iter()
        .map(|row| (row.minute.as_str(), row))
        .collect();
    let minute = |back: i64| {
        let at = day
            .now
            .checked_sub(Span::new().minutes(back))
            .unwrap_or(day.now);
        let at = DateTime::strftime(&at, "%Y-%m-%dT%H:%M").to_string();
        let found = known.get(at.as_str());
        OverviewMinute {
            count: found.map_or(0, |row| count(row.count)),
            total: found.map_or(Fen::ZERO, |row| row.total).into(),
            at,
        }
    };
    (0..60).rev().map(minute).collect()
}
