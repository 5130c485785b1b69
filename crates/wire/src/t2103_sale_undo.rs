use app::settlement::reverse;
use app::visit::VisitKind;

use crate::ask::{Answered, Ask};
use crate::reversal::{command, output, summary};

/// 2103 药店结算撤销: every amount of the reply is negative.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let command = command(ask, VisitKind::Pharmacy)?;
    let reply = reverse(ask.app, ask.call, &command, |reversed| {
        ask.seal(output(ask, reversed, summary(ask, reversed)?))
    });
    Ok(reply.await?)
}
