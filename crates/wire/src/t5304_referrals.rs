use app::Error;
use app::filing::{Filing, FilingClass, FilingState};
use app::people::PersonView;
use jiff::civil::DateTime;
use terms::Scheme;

use crate::ask::{Answered, Ask};
use crate::person::PersonCard;
use crate::{Fields, codes};

/// 5304 转院信息查询: the person's referrals that wait or count, filed in a period.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let person_no = data.text("psn_no")?;
    let end = data.optional_range_end("endtime");
    let period = (data.datetime("begntime")?, end.unwrap_or(DateTime::MAX));
    let view = ask.app.read_person(ask.call, person_no, "5304").await?;
    let class = FilingClass::Referral;
    let shown = ask.app.filings_shown(ask.call, person_no, class, period);
    let filings = shown.await?;
    let standing =
        |filing: &&Filing| matches!(filing.state, FilingState::Pending | FilingState::Valid);
    let rows = filings.iter().filter(standing);
    let rows = rows.map(|filing| row(ask, &view, filing));
    let rows: Vec<Fields> = rows.collect::<Result<_, Error>>()?;
    Ok(ask.seal(ask.output().rows("refmedin", rows))?)
}

fn row(ask: &Ask<'_>, view: &PersonView, filing: &Filing) -> Result<Fields, Error> {
    let card = PersonCard::of(&view.context, ask.call.at.date())?;
    let (detail, row) = (&filing.detail, &filing.row);
    let place = detail
        .destinations
        .first()
        .and_then(|code| code.parse().ok());
    let elsewhere =
        place.is_some_and(|place: terms::AreaCode| place.city() != ask.call.area.city());
    let last = detail.steps.last();
    let scheme = detail.scheme.unwrap_or(Scheme::Employee);
    let desk = view.desk(ask.app, ask.call);
    let cover = desk.cover(Some(scheme), ask.call.at.date());
    let source = if row.institution.is_empty() {
        "02"
    } else {
        "01"
    };
    Ok(card
        .without_age(Fields::new())
        .text("insutype", codes::insutype(scheme))
        .text("dcla_souc", source)
        .text("tel", &detail.phone)
        .text("addr", &detail.address)
        .text("insu_optins", ask.call.area.to_string())
        .text(
            "emp_name",
            cover.map_or("", |cover| cover.row.employer.as_str()),
        )
        .text("diag_code", &detail.subject.code)
        .text("diag_name", &detail.subject.name)
        .text("dise_cond_dscr", &detail.condition)
        .text("reflin_medins_no", &detail.target.code)
        .text("reflin_medins_name", &detail.target.name)
        .text("out_flag", codes::flag(elsewhere))
        .date("refl_date", detail.decided_on)
        .text("refl_rea", &detail.reason)
        .date("begndate", row.starts_on)
        .date("enddate", row.ends_on)
        .text(
            "hosp_agre_refl_flag",
            codes::flag(detail.agreed != Some(false)),
        )
        .text("opter_name", last.map_or("", |step| step.by.as_str()))
        .datetime("opt_time", last.map(|step| step.at)))
}
