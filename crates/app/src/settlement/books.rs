//! What a decided bill changes in the store: the settlement, counters, accounts, the ledger.

use ::settlement::{AccountDraw, Booked, CounterChange};
use jiff::civil::DateTime;
use money::Fen;
use store::{
    AccountChange, AccountRow, Commit, Context, CounterKey, FundRow, LineTotals, SettlementRow,
};
use terms::{AccountKind, CareType, Date, Scheme};

use crate::Error;
use crate::account::{Returned, family_changes};

/// How family draws meet relatives' purses.
pub(crate) enum Family<'a> {
    /// They are taken from purses of these kinds, in order.
    Taken(Vec<AccountKind>),
    /// They go back where the original took them from.
    Returned(&'a Returned),
}

/// A decided bill on its way into the store.
pub(crate) struct Booking<'a> {
    pub context: &'a Context,
    pub settlement: &'a str,
    pub original: &'a str,
    pub institution: &'a str,
    pub message: &'a str,
    pub visit: &'a str,
    pub scheme: Scheme,
    pub care: CareType,
    pub edition: &'a str,
    pub decided_on: Date,
    pub at: DateTime,
    pub booked: &'a Booked,
    pub outcome: String,
    /// Where family draws are taken from, or given back to.
    pub family: Family<'a>,
    /// The transfers.
    pub ledger: Option<ledger::Batch>,
}

impl Booking<'_> {
    /// Puts the settlement and everything it moves into the commit.
    pub fn write(mut self, commit: &mut Commit) -> Result<(), Error> {
        commit.counters = self.counter_changes();
        commit.accounts = self.account_changes()?;
        commit.ledger = self.ledger.take();
        commit.settlement = Some(self.row());
        Ok(())
    }

    fn row(self) -> SettlementRow {
        let booked = self.booked;
        let family: Fen = amounts(&booked.accounts, true);
        SettlementRow {
            person_no: self.context.person.person_no.clone(),
            settlement_id: self.settlement.to_owned(),
            original_id: self.original.to_owned(),
            reversed_by: String::new(),
            institution: self.institution.to_owned(),
            msgid: self.message.to_owned(),
            visit_id: self.visit.to_owned(),
            person_name: self.context.person.name.clone(),
            scheme: self.scheme.word().to_owned(),
            care_type: self.care.word().to_owned(),
            benefit_year: i32::from(booked.benefit_year),
            edition: self.edition.to_owned(),
            decided_on: self.decided_on,
            settled_at: self.at,
            amounts: LineTotals {
                total: booked.total,
                self_paid: booked.self_paid,
                over_limit: booked.over_limit,
                prior: booked.prior,
                in_scope: booked.in_scope,
            },
            fund: booked.fund_total(),
            account: amounts(&booked.accounts, false),
            family,
            cash: booked.cash,
            other: booked.institution,
            funds: booked
                .funds
                .iter()
                .filter(|share| !share.amount.is_zero())
                .map(|share| FundRow {
                    fund: share.fund.word().to_owned(),
                    amount: share.amount,
                })
                .collect(),
            outcome: self.outcome,
        }
    }

    fn counter_changes(&self) -> Vec<store::CounterChange> {
        let year = i32::from(self.booked.benefit_year);
        let change = |change: &CounterChange| {
            let key = CounterKey {
                scheme: self.scheme.word().to_owned(),
                counter: change.key.name.to_string(),
                period: change.key.period.to_string(),
                subject: change
                    .key
                    .subject
                    .as_ref()
                    .map_or(String::new(), ToString::to_string),
            };
            store::CounterChange {
                read: self.context.counter(&key, year),
                delta: change.after - change.before,
            }
        };
        let changes = self.booked.counters.iter().map(change);
        changes.filter(|change| change.delta != 0).collect()
    }

    fn account_changes(&self) -> Result<Vec<AccountChange>, Error> {
        let moved = self.booked.accounts.iter();
        let (family, own): (Vec<_>, Vec<_>) = moved
            .filter(|draw| !draw.amount.is_zero())
            .partition(|draw| draw.kind == AccountKind::Family);
        let change = |draw: &&AccountDraw| {
            let read = self.account_of(draw).ok_or_else(|| {
                Error::Bug(format!(
                    "the account of {} was drawn on but never read",
                    draw.owner
                ))
            })?;
            Ok(AccountChange {
                read: read.clone(),
                delta: -draw.amount,
            })
        };
        let mut changes: Vec<AccountChange> =
            own.iter().map(change).collect::<Result<_, Error>>()?;
        match &self.family {
            Family::Taken(kinds) => {
                for draw in family {
                    changes.extend(family_changes(self.context, draw, kinds)?);
                }
            }
            Family::Returned(returned) => {
                changes.extend(returned.changes(&self.context.person.person_no)?);
            }
        }
        Ok(changes)
    }

    fn account_of(&self, draw: &AccountDraw) -> Option<&AccountRow> {
        let mut own = self.context.accounts.iter();
        own.find(|row| row.kind == draw.kind.word() && row.owner == draw.owner.as_str())
    }
}

fn amounts(draws: &[AccountDraw], family: bool) -> Fen {
    let of = draws
        .iter()
        .filter(|draw| (draw.kind == AccountKind::Family) == family);
    of.map(|draw| draw.amount).sum()
}
