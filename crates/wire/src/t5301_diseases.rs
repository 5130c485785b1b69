use app::filing::{FilingClass, FilingState};
use jiff::civil::DateTime;

use crate::Fields;
use crate::ask::{Answered, Ask, Stop};

/// 5301 人员慢特病备案查询: recognised diseases in force that the asking institution may serve, and
/// those applied for, whose names say that they still wait.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let view = ask
        .app
        .read_person(ask.call, data.text("psn_no")?, "5301")
        .await?;
    let desk = view.desk(ask.app, ask.call);
    let known = desk.recognised(ask.call.at.date()).map(|row| {
        Fields::new()
            .text("opsp_dise_code", &row.code)
            .text("opsp_dise_name", &row.name)
            .date("begndate", row.starts_on)
            .date("enddate", row.ends_on)
    });
    let mut rows: Vec<Fields> = known.collect();
    rows.extend(waiting(ask, &view.context.person.person_no).await?);
    Ok(ask.seal(ask.output().rows("feedetail", rows))?)
}

/// Recognitions that wait for the agency.
async fn waiting(ask: &Ask<'_>, person_no: &str) -> Result<Vec<Fields>, Stop> {
    let ever = (DateTime::MIN, DateTime::MAX);
    let class = FilingClass::Recognition;
    let shown = ask.app.filings_shown(ask.call, person_no, class, ever);
    let mut filings = shown.await?;
    filings.retain(|filing| filing.state == FilingState::Pending);
    let row = |filing: &app::filing::Filing| {
        let (subject, state) = (&filing.detail.subject, filing.state.zh());
        Fields::new()
            .text("opsp_dise_code", &subject.code)
            .text("opsp_dise_name", format!("{}（{state}）", subject.name))
            .date("begndate", filing.row.starts_on)
            .date("enddate", filing.row.ends_on)
    };
    Ok(filings.iter().map(row).collect())
}
