use app::settlement::reverse;
use app::visit::VisitKind;

use crate::ask::{Answered, Ask};
use crate::reversal::{command, output, summary};

/// 2305 住院结算撤销: every amount of the reply is negative.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let command = command(ask, VisitKind::Stay)?;
    let reply = reverse(ask.app, ask.call, &command, |reversed| {
        let (booked, dates) = (&reversed.reversal.booked, &reversed.saved.facts.dates);
        let area = ask.call.area.to_string();
        let summary = summary(ask, reversed)?
            .amount("hosp_part_amt", booked.institution)
            .text("insu_admdvs", area)
            .date("begndate", dates.admission)
            .date("enddate", dates.discharge)
            .amount("crt_dedc", booked.deductible);
        ask.seal(output(ask, reversed, summary))
    });
    Ok(reply.await?)
}
