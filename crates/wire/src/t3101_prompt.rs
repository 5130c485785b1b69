use app::audit::{PromptAsk, PromptMoment};

use crate::ask::{Answered, Ask};

mod rows;

/// 3101 明细审核分析服务（事前）.
pub(crate) async fn before(ask: &Ask<'_>) -> Answered {
    answer(ask, PromptMoment::Before).await
}

/// 3102 明细审核事中分析服务.
pub(crate) async fn during(ask: &Ask<'_>) -> Answered {
    answer(ask, PromptMoment::During).await
}

async fn answer(ask: &Ask<'_>, moment: PromptMoment) -> Answered {
    let data = ask.body.node("data")?;
    let wanted = PromptAsk {
        moment,
        settling: rows::settling(data).unwrap_or(moment == PromptMoment::During),
        rules: rows::rules(data)?,
        people: rows::people(ask, data)?,
    };
    let found = ask.app.prompt(ask.call, &wanted).await?;
    let found = found.iter().map(rows::result);
    Ok(ask.seal(ask.output().rows("result", found))?)
}
