//! How the API says no.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 请求没有办成的原因。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// 稳定的英文代码，例如 `not_signed_in`、`person_unknown`。
    pub code: String,
    /// 直接显示给操作员的中文说明。
    pub message: String,
    /// 逐项的问题；没有时为空。
    #[serde(default)]
    pub issues: Vec<ProblemIssue>,
}

/// 请求里一个具体字段的问题。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ProblemIssue {
    /// 字段路径，例如 `lines[2].price`。
    pub path: String,
    /// 中文说明。
    pub message: String,
}
