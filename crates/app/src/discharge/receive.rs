use grouping::quality::{Gravity, QualityFinding, examine};
use grouping::{Schemes, dip, group};
use store::{Commit, Context, DischargeChange, DischargeRow, QualityRow, SettlementRow};
use terms::CareType;

use super::case::Known;
use super::grouped::{GroupedCase, of_dip, of_drg};
use super::{KeptCase, KeptList, ListState, SettlementList};
use crate::facts::word;
use crate::perform::ATTEMPTS;
use crate::{App, Call, Decided, Error};

/// A list as an institution sends it (清单上传).
#[derive(Debug, Clone)]
pub struct Received {
    /// The person.
    pub person_no: String,
    /// The settlement it is about.
    pub settlement: String,
    /// The visit, where named.
    pub visit: Option<String>,
    /// Whether it shall be submitted at once, if nothing is wrong with it.
    pub submit: bool,
    /// The list.
    pub list: SettlementList,
}

/// Takes a list in: checks it, groups it, keeps it, and replies with what `encode` makes of it and
/// its findings. A list sent again takes the place of the one before.
///
/// # Errors
/// A refusal where the settlement is not the institution's, was taken back, is of another visit, or
/// its list waits for the agency or was approved.
pub async fn receive<E>(
    app: &App,
    call: &Call,
    received: &Received,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn(&DischargeRow, &[QualityFinding]) -> Result<Vec<u8>, Error>,
{
    let person_no = received.person_no.as_str();
    for _ in 0..ATTEMPTS {
        let Some(context) = app.context(call, person_no, None).await? else {
            let missing = Error::missing("参保人", person_no);
            return app.replay_or(call, missing).await;
        };
        let made = match look(app, call, received, &context).await {
            Ok(made) => made,
            Err(error) => return app.replay_or(call, error).await,
        };
        let (change, findings) = made;
        let reply = encode(&change.row, &findings)?;
        let mut commit = Commit::new(call.area, person_no);
        commit.discharge = Some(change);
        let decided = Decided {
            commit,
            reply,
            settlement: String::new(),
        };
        if let Some(reply) = app.record(call, context.version, decided).await? {
            return Ok(reply);
        }
    }
    Err(Error::Busy)
}

/// Reads what the list is about, and decides.
async fn look(
    app: &App,
    call: &Call,
    received: &Received,
    context: &Context,
) -> Result<(DischargeChange, Vec<QualityFinding>), Error> {
    let (person_no, id) = (received.person_no.as_str(), received.settlement.as_str());
    let settlement = app.settlement_row(call, person_no, id).await?;
    refuse_foreign(received, &settlement)?;
    let before = app.store.discharge_of(call.area, person_no, id).await?;
    if let Some(row) = &before {
        let state = ListState::of(&row.state)?;
        if !state.is_open() {
            let message = format!("结算“{id}”的清单{}，不能重新上传", state.zh());
            return Err(Error::refused("list_state", message));
        }
    }
    let visit = app.store.visit(call.area, person_no, &settlement.visit_id);
    let visit = visit.await?;
    let known = Known {
        list: &received.list,
        person: &context.person,
        settlement: &settlement,
        visit: visit.as_ref(),
    };
    decide(app, call, received, &known, before.as_ref())
}

fn refuse_foreign(received: &Received, settlement: &SettlementRow) -> Result<(), Error> {
    let id = &settlement.settlement_id;
    if settlement.is_reversal() || settlement.is_reversed() {
        let message = format!("结算“{id}”已撤销，不收清单");
        return Err(Error::refused("reversed", message));
    }
    let other = received.visit.as_ref();
    if let Some(visit) = other.filter(|visit| **visit != settlement.visit_id) {
        let message = format!("结算“{id}”不是就诊“{visit}”的结算");
        return Err(Error::refused("other_visit", message));
    }
    Ok(())
}

fn decide(
    app: &App,
    call: &Call,
    received: &Received,
    known: &Known<'_>,
    before: Option<&DischargeRow>,
) -> Result<(DischargeChange, Vec<QualityFinding>), Error> {
    let (findings, cases) = judge(&app.law.schemes, call.area, known)?;
    let count = |gravity: Gravity| {
        let of = findings.iter().filter(|one| one.gravity == gravity);
        i64::try_from(of.count()).unwrap_or(i64::MAX)
    };
    let (errors, warnings) = (count(Gravity::Error), count(Gravity::Warning));
    let state = match received.submit && errors == 0 {
        true => ListState::Submitted,
        false => ListState::Draft,
    };
    let kept = KeptList {
        list: received.list.clone(),
        case: KeptCase::of(&known.discharge()),
    };
    let settlement = known.settlement;
    let row = DischargeRow {
        person_no: received.person_no.clone(),
        list_id: before.map_or_else(|| app.numbers.short(), |row| row.list_id.clone()),
        settlement_id: settlement.settlement_id.clone(),
        visit_id: settlement.visit_id.clone(),
        version: before.map_or(1, |row| row.version + 1),
        uploads: before.map_or(1, |row| row.uploads + 1),
        state: state.word().to_owned(),
        institution: settlement.institution.clone(),
        person_name: settlement.person_name.clone(),
        scheme: settlement.scheme.clone(),
        care_type: settlement.care_type.clone(),
        admitted_on: known.admitted_on(),
        discharged_on: known.discharged_on(),
        settled_on: settlement.settled_at.date(),
        principal: received.list.principal().unwrap_or_default().to_owned(),
        total: settlement.amounts.total,
        fund: settlement.fund,
        errors,
        warnings,
        received_at: call.at,
        body: kept.text()?,
    };
    let groups = cases
        .into_iter()
        .map(|case| case.row(&row, app.numbers.named("G"), call.at))
        .collect();
    let change = DischargeChange {
        findings: rows(&findings, row.uploads),
        groups,
        row,
    };
    Ok((change, findings))
}

/// Checks and groups: both only where the settlement is of a stay.
fn judge(
    schemes: &Schemes,
    area: terms::AreaCode,
    known: &Known<'_>,
) -> Result<(Vec<QualityFinding>, Vec<GroupedCase>), Error> {
    let care: CareType = word(&known.settlement.care_type)?;
    if !care.is_stay() {
        return Ok((Vec::new(), Vec::new()));
    }
    let (facts, day) = (known.facts(), known.discharged_on());
    let mut cases = Vec::new();
    let drg = schemes.drg_used(area, day);
    let grouped = drg.map(|scheme| (scheme, group(scheme, &facts.discharge)));
    if let Some((scheme, grouped)) = &grouped {
        cases.push(of_drg(scheme, grouped)?);
    }
    if let Some(scheme) = schemes.dip_used(area, day) {
        cases.push(of_dip(scheme, &dip::assign(scheme, &facts.discharge))?);
    }
    let result = grouped.as_ref().map(|(_, grouped)| grouped);
    Ok((examine(&facts, result, &schemes.quality), cases))
}

fn rows(findings: &[QualityFinding], upload: i64) -> Vec<QualityRow> {
    let row = |(one, sequence): (&QualityFinding, i64)| QualityRow {
        upload,
        sequence,
        check: one.check.word().to_owned(),
        severity: one.gravity.word().to_owned(),
        field: one.field.clone(),
        value: one.value.clone(),
        message: one.message.clone(),
    };
    findings.iter().zip(1..).map(row).collect()
}
