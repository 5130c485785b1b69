use app::Error;
use app::settlement::{Reversed, reverse};
use app::visit::VisitKind;

use crate::ask::{Answered, Ask};
use crate::person::PersonCard;
use crate::reversal::{command, output, summary};
use crate::settling::clr_way;
use crate::{Fields, codes};

/// 2208 门诊结算撤销: every amount of the reply is negative.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let command = command(ask, VisitKind::Outpatient)?;
    let reply = reverse(ask.app, ask.call, &command, |reversed| {
        let summary = with_person(summary(ask, reversed)?, reversed)?;
        ask.seal(output(ask, reversed, summary))
    });
    Ok(reply.await?)
}

/// This reply repeats person and payers once more, one of them under a misspelt name.
fn with_person(fields: Fields, reversed: &Reversed<'_>) -> Result<Fields, Error> {
    let (booked, facts) = (&reversed.reversal.booked, &reversed.saved.facts);
    let card = PersonCard::of(reversed.context, reversed.at.date())?;
    Ok(card
        .onto(fields)
        .amount("hosp_part_amt", booked.institution)
        .amount("pdn_cash_pay", booked.cash)
        .text("insutype", codes::insutype(facts.scheme))
        .text("psn_type", codes::psn_type(facts.person.category))
        .text("cvlserv_flag", card.civil_servant())
        .text("med_type", codes::med_type(facts.visit.care))
        .text("clr_type", codes::clr_type(facts.visit.care))
        .text("clr_way", clr_way(facts.visit.care)))
}
