//! Amounts as they appear in JSON.

use money::Fen;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 金额，元，两位小数的文本，例如 `"123.40"`；负数以 `-` 开头。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, pattern = r"^-?\d+\.\d{2}$", example = "123.40")]
pub struct Yuan(pub String);

impl From<Fen> for Yuan {
    fn from(amount: Fen) -> Self {
        Self(amount.to_string())
    }
}
