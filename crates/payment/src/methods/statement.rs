//! 清算单：应得额减已预付、代结算、冲抵和扣款，得应付或应收。

use money::Fen;
use serde::{Deserialize, Serialize};

use crate::amounts::sum;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "statement",
    name: "清算单",
    source: source::LOCAL,
};

/// An institution's year, with what it has had.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementFacts {
    /// 应得额; may be negative.
    pub entitlement: Fen,
    /// 各月预付.
    #[serde(default)]
    pub prepaid: Vec<Fen>,
    /// 代结算已付供应商.
    #[serde(default)]
    pub suppliers: Fen,
    /// 预付金冲抵.
    #[serde(default)]
    pub advance_recovery: Fen,
    /// 考核和协议扣款.
    #[serde(default)]
    pub deductions: Fen,
}

/// The closing line of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// 应付机构.
    pub payable: Fen,
    /// 应收机构.
    pub receivable: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// What is still to be paid or to be given back (清算单): months and the last payment together are
/// the entitlement less offsets.
///
/// # Errors
/// [`Refusal::TooLarge`].
pub fn close_statement(of: &StatementFacts) -> Result<Statement, Refusal> {
    let prepaid = sum(&of.prepaid, "预付合计")?;
    let offsets = [of.suppliers, of.advance_recovery, of.deductions];
    let offsets = sum(&offsets, "抵扣合计")?;
    let net = sum(&[of.entitlement, -prepaid, -offsets], "清算差额")?;
    let (payable, receivable) = (net.max(Fen::ZERO), (-net).max(Fen::ZERO));
    let due = of.entitlement;
    let trace = vec![RULE.step(format!(
        "应得{due}元，已预付{prepaid}元，抵扣{offsets}元，应付机构{payable}元，\
         应收机构{receivable}元"
    ))];
    Ok(Statement {
        payable,
        receivable,
        trace,
    })
}
