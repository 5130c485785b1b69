//! 首页 — today at a glance.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::Problem;
use super::settlements::SettlementRow;
use super::yuan::Yuan;

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
pub async fn overview() {}
