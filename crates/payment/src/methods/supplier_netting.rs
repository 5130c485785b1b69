//! 集采代结算：基金直接付给供应商，从机构应付款中抵扣。

use money::Fen;
use serde::{Deserialize, Serialize};

use crate::amounts::{not_negative, sum};
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "supplier_netting",
    name: "代结算抵扣",
    source: source::LOCAL,
};

/// What happens when suppliers are owed more than the institution is due (不足时的处理).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NettingMode {
    /// 限额内: suppliers are paid up to what is due.
    WithinDue,
    /// 垫付: suppliers are paid in full, the institution owes the rest.
    Advance,
}

/// A settlement from which suppliers are paid.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Netting {
    /// 应付机构.
    pub due: Fen,
    /// 供应商发票, credit notes negative; together never below zero.
    pub invoices: Vec<Fen>,
    /// 预付金冲抵.
    #[serde(default)]
    pub advance_recovery: Fen,
    /// 扣款.
    #[serde(default)]
    pub deductions: Fen,
    /// What happens when it is not enough.
    pub mode: NettingMode,
}

/// Who is paid how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Netted {
    /// 付供应商.
    pub suppliers: Fen,
    /// 付机构.
    pub hospital: Fen,
    /// 应收机构.
    pub receivable: Fen,
    /// 未付发票, left for the next batch.
    pub unpaid: Fen,
    /// 贷项结转: credit notes above the invoices, left for the next batch.
    pub credit_left: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Pays suppliers out of an institution's settlement (代结算).
///
/// The institution's settlement falls by what its suppliers get; no payment order is negative.
///
/// # Errors
/// [`Refusal::BadFact`] for negative amounts other than credit notes.
pub fn net_suppliers(of: &Netting) -> Result<Netted, Refusal> {
    not_negative(&[
        ("due", of.due),
        ("advance_recovery", of.advance_recovery),
        ("deductions", of.deductions),
    ])?;
    let invoiced = sum(&of.invoices, "发票合计")?;
    let credit_left = (-invoiced).max(Fen::ZERO);
    let invoiced = invoiced.max(Fen::ZERO);
    let suppliers = match of.mode {
        NettingMode::WithinDue => invoiced.min(of.due),
        NettingMode::Advance => invoiced,
    };
    let parts = [of.due, -suppliers, -of.advance_recovery, -of.deductions];
    let net = sum(&parts, "应付机构")?;
    let hospital = net.max(Fen::ZERO);
    let receivable = (-net).max(Fen::ZERO);
    let unpaid = invoiced - suppliers;
    let due = of.due;
    let trace = vec![RULE.step(format!(
        "应付{due}元，代付供应商{suppliers}元，冲抵预付金{}元，扣款{}元，付机构{hospital}元，\
         应收机构{receivable}元，未付发票{unpaid}元",
        of.advance_recovery, of.deductions
    ))];
    Ok(Netted {
        suppliers,
        hospital,
        receivable,
        unpaid,
        credit_left,
        trace,
    })
}
