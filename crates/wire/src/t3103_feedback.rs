use app::audit::{PromptAnswer, PromptMoment};

use crate::ask::{Answered, Ask};
use crate::{Node, Refusal};

/// 3103 事前事中服务反馈服务: what the doctor did about each prompt.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let moment = match data.text("warn_type")? {
        "1" => PromptMoment::Before,
        "2" => PromptMoment::During,
        _ => return Err(data.refuse("warn_type", "应为1（事前）或2（事中）").into()),
    };
    let rows = data.rows("warns");
    if rows.is_empty() {
        return Err(data.missing("warns").into());
    }
    let answers: Vec<_> = rows.iter().map(one).collect::<Result<_, _>>()?;
    ask.app.answer_prompts(ask.call, moment, &answers).await?;
    Ok(ask.done()?)
}

fn one(row: &Node) -> Result<PromptAnswer, Refusal> {
    let changed = match row.text("dspo_way")? {
        "1" => false,
        "2" => true,
        _ => return Err(row.refuse("dspo_way", "应为1（继续执行医嘱）或2（返回修改医嘱）")),
    };
    let reason = match changed {
        true => row.optional_text("dspo_way_rea").unwrap_or_default(),
        false => row.text("dspo_way_rea")?,
    };
    Ok(PromptAnswer {
        prompt: row.text("warn_rslt_id")?.to_owned(),
        changed,
        reason: reason.to_owned(),
    })
}
