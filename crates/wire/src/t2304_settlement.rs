use app::settlement::{Settle, settle};
use app::visit::VisitKind;

use crate::ask::{Answered, Ask};
use crate::settling::{Echo, output, receipt, summary};
use crate::{Node, Refusal, codes};

/// 2304 住院结算.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let echo = Echo::of_stay(data)?;
    let command = Settle {
        receipt: receipt(ask, data),
        ..settlement(data)?
    };
    let reply = settle(ask.app, ask.call, &command, |settled| {
        let summary = summary(ask, settled, &echo)?.text("setl_id", &settled.id);
        ask.seal_settled(settled, output(ask, settled, summary))
    });
    Ok(reply.await?)
}

/// Reads what is to be settled; the rehearsal has the same fields.
pub(crate) fn settlement(data: &Node) -> Result<Settle, Refusal> {
    Ok(Settle {
        person_no: data.text("psn_no")?.to_owned(),
        visit_id: data.text("mdtrt_id")?.to_owned(),
        kind: VisitKind::Stay,
        care: None,
        disease: None,
        expected_total: Some(data.amount("medfee_sumamt")?),
        charge_batch: None,
        use_account: data
            .optional_text("acct_used_flag")
            .is_some_and(|flag| flag != "0"),
        interim: codes::is_set(data.optional_text("mid_setl_flag")),
        receipt: Default::default(),
    })
}
