use app::filing::{Filing, FilingClass, FilingState};
use jiff::civil::{Date, DateTime};

use crate::Fields;
use crate::ask::{Answered, Ask, Stop};

/// 5302 人员定点信息查询: where the person may be treated under a registration.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let person_no = data.text("psn_no")?;
    let view = ask.app.read_person(ask.call, person_no, "5302").await?;
    let (context, today) = (&view.context, ask.call.at.date());
    let mut found: Vec<Designated> = Vec::new();
    match data.text("biz_appy_type")? {
        "01" => {
            for row in &context.recognitions {
                let chosen: Vec<String> =
                    serde_json::from_str(&row.institutions).unwrap_or_default();
                found.extend(chosen.into_iter().map(|code| Designated {
                    code,
                    span: (row.starts_on, row.ends_on),
                    memo: row.name.clone(),
                }));
            }
        }
        wanted => {
            let kind = registration(wanted)
                .ok_or_else(|| data.refuse("biz_appy_type", "没有对应的备案"))?;
            let of_kind = context.registrations.iter().filter(|row| {
                row.kind == kind && row.state == "valid" && !row.institution.is_empty()
            });
            found.extend(of_kind.map(|row| Designated {
                code: row.institution.clone(),
                span: (row.starts_on, row.ends_on),
                memo: row.destination.clone(),
            }));
        }
    }
    found.retain(|row| row.span.1.is_none_or(|end| today <= end));
    found.extend(waiting(ask, person_no, data.text("biz_appy_type")?).await?);
    let rows = found.iter().zip(1..).map(|(row, number)| {
        let known = ask.app.institution(&row.code).ok();
        Fields::new()
            .text("psn_no", person_no)
            .text("fix_srt_no", format!("{number}"))
            .text("fixmedins_code", &row.code)
            .text(
                "fixmedins_name",
                known.map_or(String::new(), |one| one.name.clone()),
            )
            .date("begndate", row.span.0)
            .date("enddate", row.span.1)
            .text("memo", &row.memo)
    });
    Ok(ask.seal(ask.output().rows("psnfixmedin", rows))?)
}

/// Designations that wait for the agency.
async fn waiting(ask: &Ask<'_>, person_no: &str, wanted: &str) -> Result<Vec<Designated>, Stop> {
    let kind = if wanted == "01" {
        "diseases"
    } else {
        "designated"
    };
    let ever = (DateTime::MIN, DateTime::MAX);
    let class = FilingClass::Designation;
    let shown = ask.app.filings_shown(ask.call, person_no, class, ever);
    let mut filings = shown.await?;
    filings.retain(|one| one.state == FilingState::Pending && one.detail.kind == kind);
    let one = |filing: &Filing| Designated {
        code: filing
            .detail
            .institutions
            .first()
            .cloned()
            .unwrap_or_default(),
        span: (filing.row.starts_on, filing.row.ends_on),
        memo: filing.state.zh().to_owned(),
    };
    Ok(match wanted {
        "01" | "03" => filings.iter().map(one).collect(),
        _ => Vec::new(),
    })
}

/// An institution chosen for a span of days.
struct Designated {
    code: String,
    span: (Date, Option<Date>),
    memo: String,
}

/// The registration behind a kind of application.
fn registration(code: &str) -> Option<&'static str> {
    Some(match code {
        "03" => "designated",
        "06" => "referred",
        "07" => "emergency",
        "08" => "long_term",
        _ => return None,
    })
}
