use jiff::civil::DateTime;
use store::{Commit, VisitRow};
use terms::{CareType, Scheme};

use super::{Diagnosis, VisitDetail, VisitKind, VisitStatus};
use crate::facts::Desk;
use crate::perform::spending;
use crate::{App, Call, Decided, Error};

/// Opens a visit: outpatient registration or admission (门诊挂号、入院登记).
#[derive(Debug, Clone)]
pub struct OpenVisit {
    /// The person.
    pub person_no: String,
    /// 险种, where the message names one.
    pub scheme: Option<Scheme>,
    /// What kind.
    pub kind: VisitKind,
    /// 医疗类别, as far as known.
    pub care: CareType,
    /// When it begins.
    pub started_at: DateTime,
    /// Diagnoses, as far as known.
    pub diagnoses: Vec<Diagnosis>,
    /// What else is known.
    pub detail: VisitDetail,
}

/// Opens a visit and replies with what `encode` makes of its number.
///
/// # Errors
/// A refusal for an unknown or uncovered person, a beginning in the future, or a stay that is
/// still open.
pub async fn open<E>(
    app: &App,
    call: &Call,
    command: &OpenVisit,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn(&VisitRow) -> Result<Vec<u8>, Error>,
{
    if command.started_at.date() > call.at.date() {
        return Err(Error::refused(
            "future_date",
            format!("就诊时间“{}”晚于今天", command.started_at),
        ));
    }
    for _ in 0..crate::perform::ATTEMPTS {
        // The person is read first: a stay opened after that shows in the person's version.
        let Some(context) = app.context(call, &command.person_no, None).await? else {
            return app
                .replay_or(call, Error::missing("参保人", &command.person_no))
                .await;
        };
        let desk = Desk {
            app,
            call,
            context: &context,
        };
        let decided = match refuse_second_stay(app, call, command).await {
            Ok(()) => match app.shown(call, &context, None).await {
                Ok(shown) => {
                    decide(&desk, command, &encode).map(|decided| spending(shown, call, decided))
                }
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        };
        let decided = match decided {
            Ok(decided) => decided,
            Err(error) => return app.replay_or(call, error).await,
        };
        if let Some(reply) = app.record(call, context.version, decided).await? {
            return Ok(reply);
        }
    }
    Err(Error::Busy)
}

fn decide<E>(desk: &Desk<'_>, command: &OpenVisit, encode: &E) -> Result<Decided, Error>
where
    E: Fn(&VisitRow) -> Result<Vec<u8>, Error>,
{
    let (app, call) = (desk.app, desk.call);
    let cover = desk.cover(command.scheme, command.started_at.date())?;
    let text = |cause: serde_json::Error| Error::Bug(format!("a new visit: {cause}"));
    let visit = VisitRow {
        visit_id: app.numbers.named("V"),
        version: 1,
        institution: call.institution.code.clone(),
        kind: command.kind.word().to_owned(),
        care_type: command.care.word().to_owned(),
        scheme: cover.scheme.word().to_owned(),
        status: VisitStatus::Open.word().to_owned(),
        started_at: command.started_at,
        ended_at: None,
        diagnoses: serde_json::to_string(&command.diagnoses).map_err(text)?,
        detail: serde_json::to_string(&command.detail).map_err(text)?,
    };
    let reply = encode(&visit)?;
    let mut commit = Commit::new(call.area, command.person_no.as_str());
    commit.visit = Some(visit);
    Ok(Decided {
        commit,
        reply,
        settlement: String::new(),
    })
}

/// One person lies in one bed: a second stay is refused while the first is open.
async fn refuse_second_stay(app: &App, call: &Call, command: &OpenVisit) -> Result<(), Error> {
    if command.kind != VisitKind::Stay {
        return Ok(());
    }
    let ever = DateTime::MIN;
    let visits = app
        .store
        .person_visits(call.area, &command.person_no, ever, DateTime::MAX);
    let open = visits
        .await?
        .into_iter()
        .find(|row| row.kind == VisitKind::Stay.word() && row.status == VisitStatus::Open.word());
    match open {
        None => Ok(()),
        Some(row) => Err(Error::refused(
            "stay_open",
            format!(
                "该人员在机构“{}”有未出院的住院“{}”",
                row.institution, row.visit_id
            ),
        )),
    }
}
