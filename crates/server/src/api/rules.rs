//! 审核规则 — what a rule looks for, what it is worth, and what the audit covered.

use std::sync::Arc;

use app::audit::{RuleQuality, rule_page};
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::audit::officer;
use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::read;
use super::view::audit as view;
use super::yuan::Yuan;
use crate::Service;

/// 一条规则的说明。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RulePageView {
    /// 规则编号。
    pub id: String,
    /// 名称。
    pub name: String,
    /// 类别。
    pub category: String,
    /// 现行版本。
    pub version: i64,
    /// 查什么。
    pub finds: String,
    /// 为什么不对。
    pub why: String,
    /// 依据。
    pub clause: String,
    /// 已知误报。
    pub false_alarms: String,
    /// 参数：名称、缺省值、含义。
    pub parameters: Vec<Vec<String>>,
}

/// 一条规则的质量。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RuleQualityView {
    /// 规则编号。
    pub rule: String,
    /// 规则名称。
    pub rule_name: String,
    /// 命中。
    pub hits: i64,
    /// 通知。
    pub published: i64,
    /// 申诉。
    pub appealed: i64,
    /// 申诉成立。
    pub reversed: i64,
    /// 确认。
    pub confirmed: i64,
    /// 不成立。
    pub dismissed: i64,
    /// 确认率，例如 `85%`；没有办结的为空。
    pub share: Option<String>,
    /// 办结数是否够用来评判。
    pub enough: bool,
    /// 评判所需的办结数。
    pub needed: u32,
    /// 降级线：确认率低于它只作可疑。
    pub floor: String,
    /// 恢复线：确认率到它以上再直接扣减。
    pub restored: String,
    /// 规则自定等级名称。
    pub declared_name: String,
    /// 当前等级名称。
    pub strength_name: String,
    /// 扣减金额。
    pub deducted: Yuan,
    /// 近几个月的办结情况，早的在前。
    pub months: Vec<RuleMonth>,
}

/// 一条规则一个月的办结情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RuleMonth {
    /// 年月。
    pub month: String,
    /// 确认。
    pub confirmed: i64,
    /// 不成立。
    pub dismissed: i64,
}

/// 一条规则在统计期的命中。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CoveredRule {
    /// 规则编号。
    pub rule: String,
    /// 规则名称。
    pub rule_name: String,
    /// 疑点条数。
    pub doubts: i64,
    /// 涉及机构数。
    pub institutions: i64,
    /// 基金支付（估计）。
    pub amount: Yuan,
}

/// 审核覆盖情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CoverageView {
    /// 启用规则数。
    pub rules: i64,
    /// 审核单据数。
    pub bills: i64,
    /// 审核明细数。
    pub lines: i64,
    /// 命中明细数。
    pub lines_flagged: i64,
    /// 涉及单据数。
    pub bills_touched: i64,
    /// 扣减金额。
    pub deducted: Yuan,
    /// 分规则的命中。
    pub by_rule: Vec<CoveredRule>,
}

/// 统计期间。
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Period {
    /// 费用日期从；不填为今年第一天。
    pub from: Option<String>,
    /// 费用日期到；不填为今天。
    pub to: Option<String>,
}

/// 规则说明。
#[utoipa::path(
    get, path = "/api/v1/audit/rules/{id}", tag = "audit",
    operation_id = "get_audit_rule",
    params(("id" = String, Path, description = "规则编号，例如 P003")),
    responses((status = 200, body = RulePageView), (status = 404, body = Problem))
)]
pub async fn rule(
    State(_): State<Arc<Service>>,
    SignedIn(_): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<RulePageView>, Refused> {
    let page = rule_page(&id).ok_or_else(|| Refused::missing(format!("没有规则“{id}”")))?;
    Ok(Json(view::page(&page)))
}

/// 规则质量看板：统计期内各规则的命中、通知、申诉、确认。
#[utoipa::path(
    get, path = "/api/v1/audit/quality", tag = "audit",
    operation_id = "list_rule_quality",
    responses((status = 200, body = Vec<RuleQualityView>), (status = 403, body = Problem))
)]
pub async fn quality(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Vec<RuleQualityView>>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let board: Vec<RuleQuality> = service.app.rule_board(&officer).await?;
    Ok(Json(board.iter().map(view::quality).collect()))
}

/// 审核覆盖：规则、单据、明细、命中、扣减。
#[utoipa::path(
    get, path = "/api/v1/audit/coverage", tag = "audit",
    operation_id = "get_audit_coverage", params(Period),
    responses((status = 200, body = CoverageView), (status = 422, body = Problem))
)]
pub async fn coverage(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(period): Query<Period>,
) -> Result<Json<CoverageView>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let today = service.app.clock.today();
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let from = match given(period.from) {
        Some(text) => read::day("from", &text)?,
        None => today.first_of_year(),
    };
    let to = match given(period.to) {
        Some(text) => read::day("to", &text)?,
        None => today,
    };
    let covered = service.app.audit_coverage(&officer, (from, to)).await?;
    let days = store::DoubtFilter {
        from: Some(from),
        to: Some(to),
        ..store::DoubtFilter::default()
    };
    let sums = service.app.doubt_sums(&officer, &days).await?;
    Ok(Json(view::coverage(&covered, &sums)))
}
