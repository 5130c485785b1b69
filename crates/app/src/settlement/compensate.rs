use store::{Commit, RequestKey, StoredRequest};

use super::reverse::{Reverse, reverse_marking};
use crate::visit::{Visit, VisitStatus};
use crate::{App, Call, Decided, Error};

/// Takes back a message whose answer never arrived (冲正交易).
#[derive(Debug, Clone)]
pub struct Compensate {
    /// The person.
    pub person_no: String,
    /// The number of the message meant.
    pub message: String,
    /// Its transaction.
    pub transaction: String,
}

/// Undoes whatever the message did, or makes sure that it will never do anything.
///
/// A settled message is reversed, an admission cancelled; one never seen is blocked, so that a late
/// original is refused. Doing it twice is the same as doing it once.
///
/// `visit_of` reads the number of the visit out of the reply an admission was given.
///
/// # Errors
/// A refusal where the message was about another person or transaction, or may not be undone.
pub async fn compensate<E, V>(
    app: &App,
    call: &Call,
    command: &Compensate,
    visit_of: V,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn() -> Result<Vec<u8>, Error>,
    V: Fn(&[u8]) -> Option<String>,
{
    let key = RequestKey {
        institution: call.institution.code.clone(),
        msgid: command.message.clone(),
    };
    let known = match app.store.find_request(call.area, &key).await? {
        Some(StoredRequest::Decided(known)) => known,
        Some(StoredRequest::Reversed(_) | StoredRequest::Blocked) => return encode(),
        Some(StoredRequest::Undecided { .. }) | None => {
            return block(app, call, command, key, encode).await;
        }
    };
    if known.person_no != command.person_no {
        let message = format!("报文“{}”不是该人员的报文", command.message);
        return Err(Error::refused("other_person", message));
    }
    if known.request.infno != command.transaction {
        return Err(Error::refused(
            "other_transaction",
            format!(
                "报文“{}”的交易编号是“{}”，不是“{}”",
                command.message, known.request.infno, command.transaction
            ),
        ));
    }
    if !known.request.settlement_id.is_empty() {
        let reverse = Reverse {
            person_no: command.person_no.clone(),
            settlement: known.request.settlement_id.clone(),
            visit_id: None,
            kind: None,
        };
        return reverse_marking(app, call, &reverse, Some(key), |_| encode()).await;
    }
    match visit_of(&known.request.reply) {
        Some(visit_id) => cancel_admission(app, call, command, &visit_id, key, encode).await,
        None => Err(Error::refused(
            "not_reversible",
            format!("交易“{}”不可冲正", command.transaction),
        )),
    }
}

/// Blocks a message number that was never decided.
async fn block<E>(
    app: &App,
    call: &Call,
    command: &Compensate,
    key: RequestKey,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn() -> Result<Vec<u8>, Error>,
{
    app.perform(call, &command.person_no, None, |_| {
        let mut commit = Commit::new(call.area, command.person_no.as_str());
        commit.block = Some((key.clone(), call.at));
        Ok(Decided {
            commit,
            reply: encode()?,
            settlement: String::new(),
        })
    })
    .await
}

/// Takes an admission back whose answer never arrived.
async fn cancel_admission<E>(
    app: &App,
    call: &Call,
    command: &Compensate,
    visit_id: &str,
    key: RequestKey,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn() -> Result<Vec<u8>, Error>,
{
    app.perform(call, &command.person_no, Some(visit_id), |desk| {
        let mut visit = Visit::asked_for(desk.context, call, visit_id, None)?;
        visit.must_be(&[VisitStatus::Open], "冲正")?;
        if !desk.context.lines.is_empty() {
            let message = format!("住院“{visit_id}”已有费用明细，请先撤销明细");
            return Err(Error::refused("lines_left", message));
        }
        visit.status = VisitStatus::Cancelled;
        let mut commit = Commit::new(call.area, command.person_no.as_str());
        commit.visit = Some(visit.changed()?);
        commit.reversed_request = Some(key.clone());
        Ok(Decided {
            commit,
            reply: encode()?,
            settlement: String::new(),
        })
    })
    .await
}
