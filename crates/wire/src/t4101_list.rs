use app::discharge::{ListState, Received, receive};

use crate::ask::{Answered, Ask};
use crate::{Fields, lists};

/// 4101、4101A 医疗保障基金结算清单信息上传: the full body or the slim one, which leaves out what the
/// centre knows from its own settlement. What is wrong with a list is told in the warning.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let head = ask.body.node("setlinfo")?;
    let text = |field: &str| head.optional_text(field).map(str::to_owned);
    let submit = match head.optional_text("stas_type") {
        Some(_) => lists::state(head)? == ListState::Submitted,
        None => false,
    };
    let received = Received {
        person_no: head.text("psn_no")?.to_owned(),
        settlement: head.text("setl_id")?.to_owned(),
        visit: text("mdtrt_id"),
        submit,
        list: lists::read(&ask.body)?,
    };
    let encode = |row: &app::discharge::DischargeRow,
                  findings: &[grouping::quality::QualityFinding]| {
        let number = Fields::new().text("setl_list_id", &row.list_id);
        let output = ask.output().node("data", number);
        ask.seal_with(
            output,
            findings.first().map(|first| {
                let (errors, warnings) = (row.errors, row.warnings);
                let first = &first.message;
                format!("质控差错{errors}处、提示{warnings}处：{first}")
            }),
        )
    };
    Ok(receive(ask.app, ask.call, &received, encode).await?)
}
