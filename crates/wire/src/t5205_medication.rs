use app::{Error, VisitRow};
use terms::{CareType, ItemKind};

use crate::ask::{Answered, Ask};
use crate::t5204_lines::catalogued;

/// 5205 人员慢特病用药记录查询: settled drugs of chronic and special care, wherever dispensed.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let person_no = data.text("psn_no")?;
    let end = data.optional_range_end("endtime").unwrap_or(ask.call.at);
    let period = (data.datetime("begntime")?, end);
    ask.app.read_person(ask.call, person_no, "5205").await?;
    let lines = ask
        .app
        .lines_everywhere(ask.call, person_no, period)
        .await?;
    let drugs = lines.iter().filter(|(line, visit)| {
        let item = ask.app.law.item(&line.item_code);
        is_chronic(visit) && item.is_some_and(|item| item.kind == ItemKind::Drug)
    });
    let rows = drugs.map(|(line, visit)| {
        let (fields, _) = catalogued(ask, line, visit)?;
        let place = ask.app.institution(&visit.institution).ok();
        Ok(fields
            .text("psn_no", person_no)
            .text("fixmedins_code", &visit.institution)
            .text(
                "fixmedins_name",
                place.map_or(String::new(), |place| place.name.clone()),
            ))
    });
    let rows = rows.collect::<Result<Vec<_>, Error>>()?;
    Ok(ask.seal(ask.output().rows("feedetail", rows))?)
}

fn is_chronic(visit: &VisitRow) -> bool {
    let care: Option<CareType> = visit.care_type.parse().ok();
    matches!(
        care,
        Some(
            CareType::ChronicOutpatient
                | CareType::SpecialOutpatient
                | CareType::TwoDiseases
                | CareType::SeparateDrug
        )
    )
}
