use ::settlement::{LaterBill, Purse, Reversal};
use jiff::civil::DateTime;
use money::Fen;
use serde::Serialize;
use store::{
    Commit, Context, LineMove, LineStatus, LinesChosen, RequestKey, SettlementFilter,
    SettlementRow, SettlementState, TraceCodeRow,
};
use terms::{AccountKind, Word};

use super::SavedSettlement;
use super::books::{Booking, Family};
use crate::account::Returned;
use crate::facts::{Desk, counters_of};
use crate::stock::freed_by;
use crate::visit::{Visit, VisitKind, VisitStatus};
use crate::{App, Call, Decided, Error};

/// How many of a person's later bills a reversal looks at.
const LATER_BILLS: usize = 2_000;

/// Takes a settlement back (结算撤销).
#[derive(Debug, Clone)]
pub struct Reverse {
    /// The person.
    pub person_no: String,
    /// The settlement.
    pub settlement: String,
    /// The visit, where the message names it.
    pub visit_id: Option<String>,
    /// The kind of visit the transaction is for.
    pub kind: Option<VisitKind>,
}

/// A reversal with all that a reply may want to say.
pub struct Reversed<'a> {
    /// The reversal's own number.
    pub id: String,
    /// When.
    pub at: DateTime,
    /// The person as read.
    pub context: &'a Context,
    /// The settlement taken back.
    pub original: &'a SettlementRow,
    /// Its archive.
    pub saved: &'a SavedSettlement,
    /// What the reversal books.
    pub reversal: Reversal,
}

/// What is kept of a reversal.
#[derive(Debug, Serialize)]
struct SavedReversal<'a> {
    reversal: &'a Reversal,
    operator: &'a str,
}

/// What a reversal has to know beside the person.
struct Before {
    original: SettlementRow,
    saved: SavedSettlement,
    later: Vec<LaterBill>,
    /// What it took from accounts.
    returned: Returned,
    /// What stands on the boxes it sold.
    boxes: Vec<TraceCodeRow>,
    /// Whether other bills of the visit stand.
    visit_has_others: bool,
}

/// Reverses a settlement: exact negatives, accounts and counters restored, lines free again.
///
/// # Errors
/// A refusal where the settlement is not this institution's or already reversed, or where later
/// bills depend on it and the policy wants them reversed first.
pub async fn reverse<E>(
    app: &App,
    call: &Call,
    command: &Reverse,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn(&Reversed<'_>) -> Result<Vec<u8>, Error>,
{
    reverse_marking(app, call, command, None, encode).await
}

/// As [`reverse`], marking the message that caused the settlement as taken back.
pub(crate) async fn reverse_marking<E>(
    app: &App,
    call: &Call,
    command: &Reverse,
    taken_back: Option<RequestKey>,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn(&Reversed<'_>) -> Result<Vec<u8>, Error>,
{
    for _ in 0..crate::perform::ATTEMPTS {
        // The person is read first: whatever happens after that shows in the person's version.
        let visit_id = match find(app, call, command).await {
            Ok(row) => row.visit_id,
            Err(error) => return app.replay_or(call, error).await,
        };
        let context = app
            .context(call, &command.person_no, Some(&visit_id))
            .await?;
        let Some(context) = context else {
            return app
                .replay_or(call, Error::missing("参保人", &command.person_no))
                .await;
        };
        let before = match load(app, call, command).await {
            Ok(before) => before,
            Err(error) => return app.replay_or(call, error).await,
        };
        let desk = Desk {
            app,
            call,
            context: &context,
        };
        let mut decided = match decide(&desk, command, &before, &encode) {
            Ok(decided) => decided,
            Err(error) => return app.replay_or(call, error).await,
        };
        decided.commit.reversed_request.clone_from(&taken_back);
        if let Some(reply) = app.record(call, context.version, decided).await? {
            return Ok(reply);
        }
    }
    Err(Error::Busy)
}

async fn find(app: &App, call: &Call, command: &Reverse) -> Result<SettlementRow, Error> {
    let found = app
        .store
        .settlement(call.area, None, &command.settlement)
        .await?;
    let row = found.ok_or_else(|| Error::missing("结算记录", &command.settlement))?;
    let refuse = |code, message| Err(Error::refused(code, message));
    let id = &command.settlement;
    if row.person_no != command.person_no {
        return refuse("other_person", format!("结算“{id}”不是该人员的结算"));
    }
    if row.institution != call.institution.code {
        return refuse("other_institution", format!("结算“{id}”不是本机构的结算"));
    }
    if row.is_reversal() {
        return refuse("is_reversal", format!("“{id}”本身是撤销记录"));
    }
    if row.is_reversed() {
        return refuse(
            "already_reversed",
            format!("结算“{id}”已被“{}”撤销", row.reversed_by),
        );
    }
    if command
        .visit_id
        .as_ref()
        .is_some_and(|visit| *visit != row.visit_id)
    {
        return refuse("other_visit", format!("结算“{id}”不属于所报的就诊记录"));
    }
    Ok(row)
}

async fn load(app: &App, call: &Call, command: &Reverse) -> Result<Before, Error> {
    let original = find(app, call, command).await?;
    let saved = saved_of(&original)?;
    let filter = SettlementFilter {
        from: Some(original.settled_at.date()),
        person_no: Some(command.person_no.clone()),
        scheme: Some(original.scheme.clone()),
        state: Some(SettlementState::Standing),
        ..SettlementFilter::default()
    };
    let page = app
        .store
        .search_settlements(call.area, &filter, None, LATER_BILLS)
        .await?;
    // Numbers rise with real time; the business clock of a demonstration begins its day anew.
    let after = |row: &&SettlementRow| row.settlement_id > original.settlement_id;
    let mut later = Vec::new();
    for row in page.rows.iter().filter(after) {
        let counters = saved_of(row)?.booked.counters;
        later.push(LaterBill {
            id: Word::new(&row.settlement_id),
            counters: counters.into_iter().map(|change| change.key).collect(),
        });
    }
    later.sort_by(|a: &LaterBill, b| a.id.cmp(&b.id));
    let of_visit = SettlementFilter {
        person_no: Some(command.person_no.clone()),
        visit_id: Some(original.visit_id.clone()),
        state: Some(SettlementState::Standing),
        ..SettlementFilter::default()
    };
    let of_visit = app
        .store
        .search_settlements(call.area, &of_visit, None, 2)
        .await?;
    let returned = taken(app, call, &original).await?;
    let boxes = app.store.trace_codes(call.area, &saved.codes).await?;
    Ok(Before {
        returned,
        boxes,
        visit_has_others: of_visit.rows.len() > 1,
        original,
        saved,
        later,
    })
}

/// What the bill moved on accounts, and relatives' purses as they stand now.
async fn taken(app: &App, call: &Call, original: &SettlementRow) -> Result<Returned, Error> {
    let person = original.person_no.as_str();
    let moved = app
        .store
        .settlement_movements(call.area, person, &original.settlement_id)
        .await?;
    let mut relatives: Vec<store::AccountRow> = Vec::new();
    for row in moved.iter().filter(|row| row.owner != person) {
        if !relatives.iter().any(|known| known.owner == row.owner) {
            relatives.extend(app.store.accounts_of(call.area, &row.owner).await?);
        }
    }
    Ok(Returned { moved, relatives })
}

/// Reads a settlement's archive.
pub(crate) fn saved_of(row: &SettlementRow) -> Result<SavedSettlement, Error> {
    serde_json::from_str(&row.outcome)
        .map_err(|cause| Error::Bug(format!("settlement {}: {cause}", row.settlement_id)))
}

fn decide<E>(
    desk: &Desk<'_>,
    command: &Reverse,
    before: &Before,
    encode: &E,
) -> Result<Decided, Error>
where
    E: Fn(&Reversed<'_>) -> Result<Vec<u8>, Error>,
{
    let (original, saved) = (&before.original, &before.saved);
    let visit = Visit::asked_for(desk.context, desk.call, &original.visit_id, command.kind)?;
    let law = desk.law(saved.facts.scheme)?;
    let settings = law
        .settings
        .at(&saved.facts.dates)
        .map(|(settings, _)| settings.later_bills);
    let rule = settings.unwrap_or(policy::LaterBills::Refuse);
    let counters = counters_of(desk.context, saved.facts.scheme)?;
    let purses = purses_today(desk.context, before);
    let reversal = ::settlement::reverse(&saved.booked, &counters, &purses, &before.later, rule)?;
    let reversed = Reversed {
        id: desk.app.numbers.named("S"),
        at: desk.call.at,
        context: desk.context,
        original,
        saved,
        reversal,
    };
    let reply = encode(&reversed)?;
    let mut commit = Commit::new(desk.call.area, command.person_no.as_str());
    free_visit(visit, before, &mut commit)?;
    commit.codes = freed_by(desk, &original.settlement_id, &before.boxes);
    book(desk, (&reversed, before), &mut commit)?;
    Ok(Decided {
        commit,
        reply,
        settlement: reversed.id,
    })
}

/// The visit is open to be settled again unless other bills of it stand; a sale ends with its
/// settlement.
fn free_visit(mut visit: Visit<'_>, before: &Before, commit: &mut Commit) -> Result<(), Error> {
    let (original, saved) = (&before.original, &before.saved);
    let is_sale = visit.row.kind == VisitKind::Pharmacy.word();
    let stays_settled = before.visit_has_others
        && visit.status == VisitStatus::Settled
        && visit.row.kind == VisitKind::Outpatient.word();
    visit.status = match (is_sale, visit.row.ended_at) {
        (true, _) => VisitStatus::Cancelled,
        (false, _) if stays_settled => VisitStatus::Settled,
        (false, Some(_)) => VisitStatus::Discharged,
        (false, None) => VisitStatus::Open,
    };
    commit.visit = Some(visit.changed()?);
    let id = original.settlement_id.clone();
    commit.line_moves.push(LineMove {
        visit_id: original.visit_id.clone(),
        chosen: LinesChosen::All,
        from: (LineStatus::Settled, id),
        to: if is_sale {
            (LineStatus::Cancelled, String::new())
        } else {
            (LineStatus::Live, String::new())
        },
        expected: u64::try_from(saved.lines.len()).unwrap_or(u64::MAX),
    });
    Ok(())
}

fn book(
    desk: &Desk<'_>,
    (reversed, before): (&Reversed<'_>, &Before),
    commit: &mut Commit,
) -> Result<(), Error> {
    let kept = SavedReversal {
        reversal: &reversed.reversal,
        operator: &desk.call.operator,
    };
    let outcome = serde_json::to_string(&kept)
        .map_err(|cause| Error::Bug(format!("reversal {}: {cause}", reversed.id)))?;
    let facts = &reversed.saved.facts;
    let posted = super::ledger::batch_of(reversed.original)?;
    let (id, on) = (&reversed.id, desk.call.at.date());
    let ledger = posted.map(|batch| batch.reversal(id, id, on, "reversed"));
    Booking {
        context: desk.context,
        settlement: &reversed.id,
        original: &reversed.original.settlement_id,
        institution: &desk.call.institution.code,
        message: desk
            .call
            .message
            .as_ref()
            .map_or("", |message| &message.number),
        visit: &reversed.original.visit_id,
        scheme: facts.scheme,
        care: facts.visit.care,
        edition: &reversed.original.edition,
        decided_on: facts.dates.settlement,
        at: desk.call.at,
        booked: &reversed.reversal.booked,
        outcome,
        family: Family::Returned(&before.returned),
        ledger,
    }
    .write(commit)
}

/// The accounts the original drew on, as they stand today; a grant may have ended since.
fn purses_today(context: &Context, before: &Before) -> Vec<Purse> {
    let purse = |draw: &::settlement::AccountDraw| {
        let balance: Option<Fen> = if draw.kind == AccountKind::Family {
            Some(before.returned.balance(draw.owner.as_str()))
        } else {
            let mut own = context.accounts.iter();
            own.find(|row| row.kind == draw.kind.word())
                .map(|row| row.balance)
        };
        Purse {
            kind: draw.kind,
            owner: draw.owner.clone(),
            balance: balance.unwrap_or(Fen::ZERO),
        }
    };
    before.saved.booked.accounts.iter().map(purse).collect()
}
