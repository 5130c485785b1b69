//! 已由他方支付：零星报销、补充结算时先扣除其他基金已付部分。

use money::Fen;
use policy::{BaseTerm, Part};
use terms::Word;

use crate::working::Working;
use crate::{Step, StepKind};

/// Takes what other payers have already put in off the in-scope cost; the rest is own share.
pub(crate) fn deduct(work: &mut Working<'_>) {
    let bill = work.bill;
    for paid in &bill.paid_elsewhere {
        let base = [BaseTerm {
            part: Part::InScope,
            share: money::Ratio::ONE,
        }];
        let draws = work.draws(&base, None);
        let before = work.part(Part::InScope);
        let amount = paid.amount.min(before).max(Fen::ZERO);
        work.take(&draws, amount);
        work.pay_from_fund(paid.fund, amount);
        work.trace.push(Step {
            topic: Word::new("paid_elsewhere"),
            kind: StepKind::PaidElsewhere { payer: paid.fund },
            before,
            after: before - amount,
            basis: None,
        });
    }
}
