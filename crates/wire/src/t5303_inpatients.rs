use app::people::PersonView;
use app::{Error, VisitRow};

use crate::ask::{Answered, Ask};
use crate::person::PersonCard;
use crate::visits::{insutype, med_type, read};
use crate::{Fields, codes};

/// 5303 在院信息查询: who lies in the asking institution, or whether one person does.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let end = data.optional_range_end("endtime");
    let end = end.ok_or_else(|| data.missing("endtime"))?;
    let period = (data.datetime("begntime")?, end);
    let wanted = data.optional_text("psn_no");
    let stays = ask.app.stays_here(ask.call, period).await?;
    let mut rows = Vec::new();
    for (person_no, visit) in &stays {
        if wanted.is_none_or(|wanted| wanted == person_no) {
            let view = ask.app.read_person(ask.call, person_no, "5303").await?;
            rows.push(row(ask, &view, visit)?);
        }
    }
    if let Some(person_no) = wanted.filter(|_| rows.is_empty()) {
        ask.app.read_person(ask.call, person_no, "5303").await?;
    }
    Ok(ask.seal(ask.output().rows("data", rows))?)
}

fn row(ask: &Ask<'_>, view: &PersonView, visit: &VisitRow) -> Result<Fields, Error> {
    let card = PersonCard::of(&view.context, ask.call.at.date())?;
    let (detail, _) = read(visit)?;
    let elsewhere = ask.call.institution.county.city() != ask.call.area.city();
    Ok(card
        .without_ethnicity(Fields::new())
        .text("mdtrt_id", &visit.visit_id)
        .text("insutype", insutype(&visit.scheme))
        .datetime("begndate", visit.started_at)
        .text("med_type", med_type(&visit.care_type))
        .text("ipt_otp_no", &detail.local_number)
        .text("out_flag", codes::flag(elsewhere)))
}
