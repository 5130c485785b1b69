//! 到账：保费入国库，能对上的分配到单位、个人收入，其余暂挂（PREM_TREASURY、PREM_ALLOC、PREM_RESIDENT）。

use ledger::{Account, Batch, Refusal};
use money::Fen;

use super::late_fee::LATE_FEE_INCOME;
use super::{
    Entries, Levied, Levy, NOT_YET_IN_HAND, RECEIVABLE, TO_ALLOCATE, TREASURY, UNIDENTIFIED, income,
};

/// What a line of receipts brought beside the parts that found their period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rest {
    /// 滞纳金.
    pub late_fee: Fen,
    /// What no period takes (多缴、未对上).
    pub left: Fen,
}

/// The account on which money waits that found no period yet.
pub(super) fn waiting(levied: Levied, owner: &str) -> Account {
    match levied {
        Levied::Employee => Account::held("E", TO_ALLOCATE, owner),
        Levied::Resident | Levied::ResidentPrepaid => Account::held("R", UNIDENTIFIED, owner),
    }
}

/// Books a line of receipts: the whole of it reaches the treasury; the parts that found their
/// period become income and lower what the owner owes, the rest waits.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn received(levy: &Levy<'_>, rest: Rest) -> Result<Option<Batch>, Refusal> {
    let mut entries = Entries(Vec::new());
    let book = levy.levied.book();
    let treasury = || Account::new(book, TREASURY);
    let waiting = || waiting(levy.levied, levy.owner);
    let gross = levy.employer + levy.person + rest.left;
    entries.post(treasury(), waiting(), gross, "received")?;
    allocate(&mut entries, levy)?;
    let fees = Account::new(book, LATE_FEE_INCOME);
    entries.post(treasury(), fees, rest.late_fee, "received_late_fee")?;
    let owed = Account::held(book, RECEIVABLE, levy.owner);
    let other = Account::new(book, NOT_YET_IN_HAND);
    entries.post(other, owed, rest.late_fee, "received_late_fee")?;
    entries.batch(levy)
}

/// Books money that waited and now found its period.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn matched(levy: &Levy<'_>) -> Result<Option<Batch>, Refusal> {
    let mut entries = Entries(Vec::new());
    allocate(&mut entries, levy)?;
    entries.batch(levy)
}

/// Books that waiting money belongs to another owner than the line said.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn renamed(
    levy: &Levy<'_>,
    from: (Levied, &str),
    amount: Fen,
) -> Result<Option<Batch>, Refusal> {
    let mut entries = Entries(Vec::new());
    let (before, after) = (waiting(from.0, from.1), waiting(levy.levied, levy.owner));
    if before == after {
        return Ok(None);
    }
    entries.post(before, after, amount, "renamed")?;
    entries.batch(levy)
}

fn allocate(entries: &mut Entries, levy: &Levy<'_>) -> Result<(), Refusal> {
    let parts = [(levy.employer, false), (levy.person, true)];
    for (amount, of_person) in parts {
        let reason = if of_person {
            "allocated_person"
        } else {
            "allocated_employer"
        };
        let from = waiting(levy.levied, levy.owner);
        entries.post(from, income(levy, of_person), amount, reason)?;
    }
    entries.owe(levy, -levy.employer, "received_employer")?;
    entries.owe(levy, -levy.person, "received_person")
}
