use app::register::Actor;

use crate::ask::{Answered, Ask};
use crate::t3203_clearing::NUMBER;

/// 3204 清算申请撤销.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let application = ask.body.node("data")?.text(NUMBER)?;
    let actor = Actor::institution(ask.call);
    let institution = &ask.call.institution.code;
    ask.app
        .withdraw_application(&actor, institution, application)
        .await?;
    Ok(ask.done()?)
}
