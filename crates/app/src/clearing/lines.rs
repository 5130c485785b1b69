use money::Fen;
use serde::{Deserialize, Serialize};
use terms::BenefitClass;

use crate::Error;

/// One line of a statement (清算单项目).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    /// `bills`, or a word of [`terms::AdjustmentKind`].
    pub kind: String,
    /// What it is spent on.
    pub class: BenefitClass,
    /// What it is, in 中文.
    pub text: String,
    /// Signed, in fen.
    pub amount: Fen,
    /// How many bills; 0 for an adjustment.
    pub bills: u64,
    /// 调整编号; empty for bills.
    pub source: String,
    /// 依据.
    pub legal: String,
}

impl StatementLine {
    /// Reads the lines a statement keeps.
    ///
    /// # Errors
    /// [`Error::Bug`] where the text was not written by this version.
    pub fn read(text: &str) -> Result<Vec<Self>, Error> {
        serde_json::from_str(text).map_err(|cause| Error::Bug(format!("statement lines: {cause}")))
    }

    /// The lines as a statement keeps them.
    pub(super) fn write(lines: &[Self]) -> String {
        serde_json::to_string(lines).expect("lines are plain text and numbers")
    }
}
