use store::{Answer, Commit, Context, ContextQuery, RequestKey, RequestRow, StoredRequest};

use crate::credential::Shown;
use crate::facts::Desk;
use crate::stock::{BillCodes, CodesOf};
use crate::{App, Call, Error, Message};

/// How often a decision is made again when somebody else was faster at the same person.
pub(crate) const ATTEMPTS: usize = 12;

/// What a verb decided: what to record, and the reply to give and remember.
pub struct Decided {
    /// Everything that changes.
    pub commit: Commit,
    /// The reply, byte for byte.
    pub reply: Vec<u8>,
    /// The settlement the message led to, or empty.
    pub settlement: String,
}

impl App {
    /// Loads a person, lets `decide` decide, and records it; a repeated message gets its old reply.
    ///
    /// `decide` is pure and may run several times: it sees the person at one moment, and what it
    /// decides is recorded only if that moment still holds.
    ///
    /// # Errors
    /// What `decide` refuses, a message number used for something else, or a fault of the store.
    pub async fn perform<D>(
        &self,
        call: &Call,
        person_no: &str,
        visit_id: Option<&str>,
        decide: D,
    ) -> Result<Vec<u8>, Error>
    where
        D: Fn(&Desk<'_>) -> Result<Decided, Error>,
    {
        let nothing = CodesOf::Lines(&[]);
        let decide = |desk: &Desk<'_>, _: &BillCodes| decide(desk);
        self.perform_bill(call, (person_no, visit_id), (None, &nothing), decide)
            .await
    }

    /// The same for a bill, whose boxes are read together with the person; who has read the person
    /// already hands them over.
    ///
    /// # Errors
    /// Those of [`App::perform`].
    pub(crate) async fn perform_bill<D>(
        &self,
        call: &Call,
        (person_no, visit_id): (&str, Option<&str>),
        (mut read, codes): (Option<Context>, &CodesOf<'_>),
        decide: D,
    ) -> Result<Vec<u8>, Error>
    where
        D: Fn(&Desk<'_>, &BillCodes) -> Result<Decided, Error>,
    {
        for _ in 0..ATTEMPTS {
            let known = match read.take() {
                Some(context) => Some(context),
                None => self.context(call, person_no, visit_id).await?,
            };
            let Some(context) = known else {
                return self
                    .replay_or(call, Error::missing("参保人", person_no))
                    .await;
            };
            let desk = Desk {
                app: self,
                call,
                context: &context,
            };
            let codes = self.bill_codes(call, &context, codes).await?;
            let decided = match self.shown(call, &context, visit_id).await {
                Ok(shown) => decide(&desk, &codes).map(|decided| spending(shown, call, decided)),
                Err(error) => Err(error),
            };
            let decided = match decided {
                Ok(decided) => decided,
                Err(error) => return self.replay_or(call, error).await,
            };
            if let Some(reply) = self.record(call, context.version, decided).await? {
                return Ok(reply);
            }
        }
        Err(Error::Busy)
    }

    /// Records a decision made on a version of the person; `None` where that version is past.
    pub(crate) async fn record(
        &self,
        call: &Call,
        version: i64,
        decided: Decided,
    ) -> Result<Option<Vec<u8>>, Error> {
        self.record_message(call, Some(version), decided).await
    }

    /// The same for what no person's version stands behind; `None` where what was read is past.
    pub(crate) async fn record_message(
        &self,
        call: &Call,
        version: Option<i64>,
        mut decided: Decided,
    ) -> Result<Option<Vec<u8>>, Error> {
        decided.commit.expected_version = version;
        // Blocking another number is its own memory: asking again finds it blocked.
        if decided.commit.block.is_none() {
            decided.commit.request = call.message.as_ref().map(|m| remembered(call, m, &decided));
        }
        let (action, target) = match &call.message {
            Some(message) => (message.transaction.as_str(), decided.settlement.as_str()),
            None => ("command", decided.settlement.as_str()),
        };
        decided.commit.access = Some(self.access_row(call, action, target, "done"));
        match self.store.commit(decided.commit).await? {
            Answer::Done => Ok(Some(decided.reply)),
            Answer::Conflict { .. } => Ok(None),
            answer => replayed(call, answer).map(Some),
        }
    }

    /// The person at this moment, or nothing.
    pub(crate) async fn context(
        &self,
        call: &Call,
        person_no: &str,
        visit_id: Option<&str>,
    ) -> Result<Option<Context>, Error> {
        let query = ContextQuery {
            area: call.area,
            person_no,
            counters_from: i32::from(call.at.year()) - 1,
            visit_id,
        };
        Ok(self.store.load_context(&query).await?)
    }

    /// The old reply where the message was decided before, else the error.
    ///
    /// # Errors
    /// The error given, or that the message number was used for something else.
    pub async fn replay_or(&self, call: &Call, error: Error) -> Result<Vec<u8>, Error> {
        let Some(message) = &call.message else {
            return Err(error);
        };
        if !error.is_decided() {
            return Err(error);
        }
        let key = key_of(call, message);
        match self.store.find_request(call.area, &key).await? {
            Some(StoredRequest::Decided(known) | StoredRequest::Reversed(known)) => {
                if known.request.body_hash == message.body_hash {
                    Ok(known.request.reply)
                } else {
                    Err(Error::DifferentBody {
                        message: message.number.clone(),
                    })
                }
            }
            Some(StoredRequest::Blocked) => Err(Error::Blocked {
                message: message.number.clone(),
            }),
            Some(StoredRequest::Undecided { .. }) | None => Err(error),
        }
    }
}

/// The decision with the credential that was shown spent on its visit.
pub(crate) fn spending(shown: Option<Shown>, call: &Call, mut decided: Decided) -> Decided {
    if let Some(shown) = shown {
        shown.spend(call, &mut decided.commit);
    }
    decided
}

pub(crate) fn key_of(call: &Call, message: &Message) -> RequestKey {
    RequestKey {
        institution: call.institution.code.clone(),
        msgid: message.number.clone(),
    }
}

fn remembered(call: &Call, message: &Message, decided: &Decided) -> RequestRow {
    RequestRow {
        key: key_of(call, message),
        infno: message.transaction.clone(),
        body_hash: message.body_hash.clone(),
        settlement_id: decided.settlement.clone(),
        reply: decided.reply.clone(),
        decided_at: call.at,
    }
}

fn replayed(call: &Call, answer: Answer) -> Result<Vec<u8>, Error> {
    let number = call
        .message
        .as_ref()
        .map_or("", |message| message.number.as_str())
        .to_owned();
    match answer {
        Answer::Replay(stored) => match stored.known() {
            Some(known) => Ok(known.request.reply.clone()),
            None => Err(Error::Blocked { message: number }),
        },
        Answer::DifferentBody { .. } => Err(Error::DifferentBody { message: number }),
        Answer::Blocked => Err(Error::Blocked { message: number }),
        Answer::Done | Answer::Conflict { .. } => Err(Error::Bug(
            "a finished commit was asked for its replay".to_owned(),
        )),
    }
}
