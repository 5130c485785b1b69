//! 预付金：年初垫付周转，年内分期冲抵收回，末期收回余数。

use money::{Exact, Fen};
use serde::{Deserialize, Serialize};

use crate::amounts::{not_negative, part};
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Factor, Refusal, Step};

const RULE: Rule = Rule {
    rule: "advance",
    name: "预付金",
    source: source::LOCAL,
};

/// An advance for a year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// 上年基金支付额.
    pub last_year: Fen,
    /// 等级系数: what the grade of the institution makes of a month.
    pub grade_factor: Factor,
    /// The most that is advanced.
    #[serde(default)]
    pub cap: Option<Fen>,
    /// In how many parts it is recovered.
    pub parts: u32,
}

/// An advance and its recovery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Advanced {
    /// 预付金.
    pub advance: Fen,
    /// 各期冲抵, the last takes the residue.
    pub recovery: Vec<Fen>,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// A month of last year's payment in advance, and how it is recovered (预付金).
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] for no parts, [`Refusal::BadFact`], [`Refusal::TooLarge`].
pub fn advance(of: &Advance) -> Result<Advanced, Refusal> {
    let cap = of.cap.unwrap_or(Fen::MAX);
    not_negative(&[("last_year", of.last_year), ("cap", cap)])?;
    let month = Exact::from(of.grade_factor).over(Exact::from(12));
    let month = part(of.last_year, month.or_refuse("预付金")?, "预付金")?;
    let advance = month.min(cap);
    not_negative(&[("grade_factor", advance)])?;
    let each = Exact::ONE.over(Exact::from(i64::from(of.parts)));
    let each = part(advance, each.or_refuse("冲抵期数")?, "冲抵额")?;
    let mut left = advance;
    let parts = (0..of.parts).map(|number| {
        let amount = if number + 1 == of.parts {
            left
        } else {
            each.min(left)
        };
        left -= amount;
        amount
    });
    let recovery: Vec<Fen> = parts.collect();
    let last_year = of.last_year;
    let trace = vec![RULE.step(format!(
        "上年支付{last_year}元，月均×{}＝{month}元，预付{advance}元，分{}期冲抵，每期{each}元，\
         末期收回余数",
        of.grade_factor, of.parts
    ))];
    Ok(Advanced {
        advance,
        recovery,
        trace,
    })
}
