//! 计算过程 — one decision explained step by step, as the room that took it explains it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::yuan::Yuan;

/// 计算过程中的一步。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TraceStep {
    /// 步骤代码，例如 `deductible`。
    pub code: String,
    /// 所属支付层或账户的名称；不属于任何一层时为空。
    pub group: Option<String>,
    /// 步骤名称，例如“扣除起付线”。
    pub title: String,
    /// 可以念给患者听的一句话。
    pub sentence: String,
    /// 这一步之前的金额。
    pub before: Option<Yuan>,
    /// 这一步之后的金额。
    pub after: Option<Yuan>,
    /// 这一步涉及的各项金额。
    pub amounts: Vec<LabelledAmount>,
    /// 这一步使用的政策参数。
    pub parameters: Vec<TraceParameter>,
}

/// 带名称的金额。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LabelledAmount {
    /// 名称。
    pub label: String,
    /// 金额。
    pub amount: Yuan,
}

/// 某一步使用的政策参数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TraceParameter {
    /// 参数路径，例如 `employee/inpatient/deductible`。
    pub key: String,
    /// 参数名称。
    pub title: String,
    /// 以中文写出的取值，例如“三级医院 800.00 元”；步骤的句子里已写明时为空。
    pub value_text: Option<String>,
    /// 由哪一级规定：国家、省、统筹区。
    pub level_name: Option<String>,
    /// 生效日期。
    pub effective_from: String,
    /// 依据。
    pub source: Source,
    /// 是否为推定值（没有文件明确规定）。
    pub assumed: bool,
    /// 推定的理由。
    pub assumed_reason: Option<String>,
}

/// 政策依据。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Source {
    /// 文件名称或文号。
    pub document: String,
    /// 条款。
    pub article: Option<String>,
}
