use store::{Commit, DischargeChange, DischargeRow};

use super::ListState;
use crate::perform::ATTEMPTS;
use crate::{App, Call, Decided, Error};

/// Brings an institution's list into another state and replies with what `encode` makes (清单状态修改).
///
/// # Errors
/// A refusal where there is no list, the state does not lead there, or errors stand against it.
pub async fn change_state<E>(
    app: &App,
    call: &Call,
    person_no: &str,
    settlement: &str,
    next: ListState,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn() -> Result<Vec<u8>, Error>,
{
    for _ in 0..ATTEMPTS {
        let Some(context) = app.context(call, person_no, None).await? else {
            let missing = Error::missing("参保人", person_no);
            return app.replay_or(call, missing).await;
        };
        let found = app.store.discharge_of(call.area, person_no, settlement);
        let own = |row: &DischargeRow| row.institution == call.institution.code;
        let row = match moved(found.await?.filter(own), settlement, next) {
            Ok(row) => row,
            Err(error) => return app.replay_or(call, error).await,
        };
        let mut commit = Commit::new(call.area, person_no);
        commit.discharge = Some(DischargeChange {
            row,
            findings: Vec::new(),
            groups: Vec::new(),
        });
        let decided = Decided {
            commit,
            reply: encode()?,
            settlement: String::new(),
        };
        if let Some(reply) = app.record(call, context.version, decided).await? {
            return Ok(reply);
        }
    }
    Err(Error::Busy)
}

fn moved(
    found: Option<DischargeRow>,
    settlement: &str,
    next: ListState,
) -> Result<DischargeRow, Error> {
    let row = found.ok_or_else(|| Error::missing("结算清单，结算", settlement))?;
    let state = ListState::of(&row.state)?;
    if !state.leads_to(next) {
        let (from, to) = (state.zh(), next.zh());
        let message = format!("结算“{settlement}”的清单{from}，不能改为{to}");
        return Err(Error::refused("list_state", message));
    }
    if next == ListState::Submitted && row.errors > 0 {
        let errors = row.errors;
        let message = format!("结算“{settlement}”的清单有{errors}处差错，改正重传后才能提交");
        return Err(Error::refused("list_errors", message));
    }
    Ok(DischargeRow {
        version: row.version + 1,
        state: next.word().to_owned(),
        ..row
    })
}
