use app::clearing::{Application, Totals};
use app::register::Actor;
use policy::FeeMonth;
use terms::CareType;

use crate::ask::{Answered, Ask};
use crate::{Fields, Node, Refusal, codes};

/// The number an application is known by.
pub(crate) const NUMBER: &str = "clr_appy_evt_id";

/// 3203 清算申请.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let class = data.text("clr_type")?;
    let cares: Vec<CareType> = CareType::ALL
        .iter()
        .copied()
        .filter(|care| codes::clr_type(*care) == class)
        .collect();
    if cares.is_empty() {
        return Err(data
            .refuse("clr_type", "本统筹区没有按这个类别清算的业务")
            .into());
    }
    let asked = Application {
        month: month(data)?,
        class: class.to_owned(),
        cares,
        from: data.date("begndate")?,
        to: data.date("enddate")?,
        totals: Totals {
            visits: data.integer("psntime")?,
            total: data.amount("medfee_sumamt")?,
            in_scope: data.amount("med_sumfee")?,
            funds: data.amount("fund_appy_sum")?,
            cash: data.amount("cash_payamt")?,
            account: data.amount("acct_pay")?,
        },
    };
    let actor = Actor::institution(ask.call);
    let institution = &ask.call.institution.code;
    let number = &ask.envelope.msgid;
    let row = ask
        .app
        .apply_for_clearing(&actor, institution, &asked, number)
        .await?;
    let fields = Fields::new().text(NUMBER, &row.application);
    Ok(ask.seal(ask.output().rows("result", [fields]))?)
}

/// A month as `202410`.
fn month(data: &Node) -> Result<FeeMonth, Refusal> {
    let text = data.text("setlym")?;
    let wrong = || data.refuse("setlym", "应为六位年月，如202410");
    let (year, month) = text.split_at_checked(4).ok_or_else(wrong)?;
    format!("{year}-{month}").parse().map_err(|_| wrong())
}
