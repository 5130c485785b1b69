//! 待遇试算 — a settlement worked out without effect.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::Problem;
use super::settlements::SettlementDetail;
use super::yuan::Yuan;

/// 试算请求。指定 `person_no` 时人员情况和年度累计取自其档案，`person` 不用。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TrialRequest {
    /// 险种。
    pub scheme: String,
    /// 人员编号。
    pub person_no: Option<String>,
    /// 假设的人员情况。
    pub person: Option<TrialPerson>,
    /// 定点医药机构代码；指定时 `institution_grade` 和 `institution_kind` 不用。
    pub institution: Option<String>,
    /// 机构等级。
    pub institution_grade: Option<String>,
    /// 机构类型。
    pub institution_kind: Option<String>,
    /// 医疗类别。
    pub care_type: String,
    /// 慢特病病种代码。
    pub disease: Option<String>,
    /// 就医地；不填为本县（市、区）。
    pub locality: Option<String>,
    /// 异地就医备案；不填为未备案。
    pub registration: Option<String>,
    /// 转诊情形；不填为未转诊。
    pub referral: Option<String>,
    /// 开始日期。
    pub from: String,
    /// 结束日期。
    pub to: String,
    /// 是否使用个人账户支付。
    pub use_account: bool,
    /// 费用；可以逐项，也可以按甲乙丙汇总。
    pub lines: Vec<TrialLine>,
}

/// 假设的人员情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TrialPerson {
    /// 人员类别。
    pub category: String,
    /// 年龄。
    pub age: u8,
    /// 救助身份等。
    pub identities: Vec<String>,
    /// 连续参保年数。
    pub enrolled_years: u32,
    /// 个人账户余额。
    pub account_balance: Yuan,
    /// 本年已有的累计，例如住院次数、基金已支付；不列的为零。
    pub counters: Vec<TrialCounter>,
}

/// 试算之前已有的一个累计。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TrialCounter {
    /// 累计项代码，见 `Words::counters`。
    pub code: String,
    /// 值：元、次数或数量。
    pub value: String,
}

/// 一行试算费用。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TrialLine {
    /// 医保目录编码；汇总行为空。
    pub code: Option<String>,
    /// 名称。
    pub name: String,
    /// 收费项目等级代码，见 `Words::item_classes`。
    pub class: String,
    /// 单价。
    pub price: String,
    /// 数量。
    pub quantity: String,
}

/// 一个可以直接试算的例子。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TrialExample {
    /// 名称，例如“在职职工，三级医院住院”。
    pub title: String,
    /// 请求。
    pub request: TrialRequest,
}

/// 可以直接试算的例子。
#[utoipa::path(
    get, path = "/api/v1/trial/examples", tag = "trial",
    operation_id = "list_trial_examples",
    responses((status = 200, body = Vec<TrialExample>), (status = 401, body = Problem))
)]
pub async fn examples() {}

/// 试算：与结算完全相同的计算，不产生任何记录。
#[utoipa::path(
    post, path = "/api/v1/trial", tag = "trial",
    operation_id = "run_trial",
    request_body = TrialRequest,
    responses(
        (status = 200, body = SettlementDetail),
        (status = 401, body = Problem),
        (status = 422, body = Problem, description = "政策不予支付，或输入不对"),
    )
)]
pub async fn run() {}
