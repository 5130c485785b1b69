use app::discharge::{ListState, change_state};

use crate::ask::{Answered, Ask};
use crate::lists;

/// 4102 医疗保障基金结算清单状态修改: an institution submits its list, or takes a rejected one up again.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let (person_no, settlement) = (data.text("psn_no")?, data.text("setl_id")?);
    let next = lists::state(data)?;
    if matches!(next, ListState::Approved | ListState::Rejected) {
        return Err(data.refuse("stas_type", "由经办机构审核决定").into());
    }
    let done = || ask.done();
    Ok(change_state(ask.app, ask.call, person_no, settlement, next, done).await?)
}
