use app::{App, Call, Error, Message, RefusedMessage};
use jiff::civil::DateTime;
use terms::AreaCode;

use crate::ask::{Ask, Stop};
use crate::auth::Caller;
use crate::refusal::excerpt;
use crate::tables::Transaction;
use crate::transport;
use crate::{Body, Envelope, Refusal, Reply, credential, fingerprint, reference_id, register};

/// A request as it arrived at an address of the interface (报文到达).
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// The path of the address.
    pub path: &'a str,
    /// The body as received.
    pub body: &'a [u8],
    /// Who signed it.
    pub caller: &'a Caller,
    /// Where it came from, for the access log.
    pub address: &'a str,
    /// Whether a sign-in number of today is demanded (签到).
    pub require_sign_in: bool,
}

/// Answers one message: reads it, carries it out, and shapes the reply (受理).
///
/// Whatever can be decided is answered here, refusals as `infcode` -1 and noted in the access log.
///
/// # Errors
/// Only what is undecided: too busy, a fault of the world, a broken invariant. Nothing may be
/// answered then, because clients find out by themselves what became of a message without answer.
pub async fn dispatch(app: &App, incoming: &Incoming<'_>) -> Result<Vec<u8>, Error> {
    let received = app.clock.now();
    let envelope = match Envelope::parse(incoming.body) {
        Ok(envelope) => envelope,
        Err(rejected) => {
            let note = RefusedMessage {
                institution: rejected.fixmedins_code,
                operator: String::new(),
                transaction: rejected.infno,
                number: rejected.msgid,
                address: incoming.address.to_owned(),
                reason: rejected.refusal.message().to_owned(),
            };
            app.log_refusal(&note).await?;
            return Ok(refused(app, String::new(), received, &rejected.refusal));
        }
    };
    let refusal = match answer(app, incoming, &envelope, received).await {
        Ok(reply) => return Ok(reply),
        Err(Stop::Refused(refusal)) => refusal,
        Err(Stop::Failed(error)) if error.is_decided() => Refusal::new(error.to_string()),
        Err(Stop::Failed(error)) => return Err(error),
    };
    let note = RefusedMessage {
        institution: excerpt(&envelope.fixmedins_code),
        operator: envelope.opter.clone(),
        transaction: excerpt(&envelope.infno),
        number: envelope.msgid.clone(),
        address: incoming.address.to_owned(),
        reason: refusal.message().to_owned(),
    };
    app.log_refusal(&note).await?;
    Ok(refused(
        app,
        next_reference(app, received),
        received,
        &refusal,
    ))
}

fn refused(app: &App, reference: String, received: DateTime, refusal: &Refusal) -> Vec<u8> {
    let reply = Reply::refused(reference, received, app.clock.now(), refusal);
    reply.to_json().into_bytes()
}

/// The centre's number for this exchange.
pub(crate) fn next_reference(app: &App, at: DateTime) -> String {
    reference_id(&app.home.to_string(), at, app.numbers.next())
}

async fn answer(
    app: &App,
    incoming: &Incoming<'_>,
    envelope: &Envelope,
    received: DateTime,
) -> Result<Vec<u8>, Stop> {
    let transaction = transport::resolve(incoming.path, &envelope.infno)?;
    incoming.caller.may_speak_for(&envelope.fixmedins_code)?;
    let institution = app.institution(&envelope.fixmedins_code).map_err(|_| {
        let code = &envelope.fixmedins_code;
        Refusal::new(format!(
            "字段 fixmedins_code 的值“{code}”不是本统筹区的定点医药机构"
        ))
    })?;
    let call = Call {
        area: app.home,
        institution,
        message: Some(Message {
            number: envelope.msgid.clone(),
            transaction: transaction.family().to_owned(),
            body_hash: fingerprint(envelope),
        }),
        credential: None,
        operator: envelope.opter.clone(),
        at: received,
        address: incoming.address.to_owned(),
    };
    match carry_out(app, incoming, envelope, transaction, &call).await {
        // What this crate refuses may still be a message that was accepted before: its sender
        // must not be told now that nothing happened.
        Err(Stop::Refused(refusal)) => {
            let error = Error::refused("message", refusal.message());
            Ok(app.replay_or(&call, error).await?)
        }
        other => other,
    }
}

async fn carry_out(
    app: &App,
    incoming: &Incoming<'_>,
    envelope: &Envelope,
    transaction: &'static Transaction,
    call: &Call,
) -> Result<Vec<u8>, Stop> {
    if incoming.require_sign_in && transaction.number != "9001" {
        let sign_no = envelope.sign_no.as_deref().unwrap_or_default();
        app.check_sign_in(call, sign_no).await?;
    }
    if let Some(region) = &envelope.insuplc_admdvs {
        check_region(region, app.home)?;
    }
    let body = Body::read(transaction, &envelope.input)?;
    let shown = credential::shown(&body)?;
    let call = &Call {
        credential: shown,
        ..call.clone()
    };
    let handler = register::handler(transaction.number)
        .ok_or_else(|| Error::Bug(format!("{} is served by nobody", transaction.number)))?;
    let ask = Ask {
        app,
        call,
        envelope,
        body,
    };
    handler(&ask).await
}

/// This service insures one area; the region named must be that area or a county in it.
fn check_region(region: &str, home: AreaCode) -> Result<(), Refusal> {
    let inside = |code: AreaCode| {
        code == home || code.city() == home || (home == home.province() && code.province() == home)
    };
    if region.parse().is_ok_and(inside) {
        return Ok(());
    }
    Err(Refusal::new(format!(
        "字段 insuplc_admdvs（参保地医保区划）的值“{region}”不是本统筹区“{home}”"
    )))
}
