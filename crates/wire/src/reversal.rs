//! 撤销应答：三个结算撤销交易共有的部分。

use app::Error;
use app::settlement::{Reverse, Reversed};
use app::visit::VisitKind;

use crate::ask::Ask;
use crate::bill;
use crate::person::PersonCard;
use crate::{Fields, Output, Refusal};

/// Reads which settlement is to be taken back.
pub(crate) fn command(ask: &Ask<'_>, kind: VisitKind) -> Result<Reverse, Refusal> {
    let data = ask.body.node("data")?;
    Ok(Reverse {
        person_no: data.text("psn_no")?.to_owned(),
        settlement: data.text("setl_id")?.to_owned(),
        visit_id: Some(data.text("mdtrt_id")?.to_owned()),
        kind: Some(kind),
    })
}

/// The fields of `setlinfo` that all three transactions have; every amount is negative.
pub(crate) fn summary(ask: &Ask<'_>, reversed: &Reversed<'_>) -> Result<Fields, Error> {
    let booked = &reversed.reversal.booked;
    let card = PersonCard::of(reversed.context, reversed.at.date())?;
    let fields = Fields::new()
        .text("mdtrt_id", &reversed.original.visit_id)
        .text("setl_id", &reversed.id)
        .text("clr_optins", ask.call.area.to_string())
        .datetime("setl_time", reversed.at)
        .amount(
            "balc",
            bill::balance_after(card.balance(), &booked.accounts),
        )
        .text("medins_setl_id", &ask.envelope.msgid);
    Ok(bill::payer_amounts(bill::amounts(fields, booked), booked))
}

/// An output with summary and funds, each fund negative.
pub(crate) fn output(ask: &Ask<'_>, reversed: &Reversed<'_>, summary: Fields) -> Output {
    let funds = bill::fund_rows(&reversed.reversal.booked.funds, &reversed.saved.layers);
    ask.output()
        .node("setlinfo", summary)
        .rows("setldetail", funds)
}
