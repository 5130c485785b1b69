use std::collections::BTreeMap;
use std::str::FromStr;

use ::store::{
    BuildPlan, Candidate, Composed, Gathered, Makers, MonthBuilt, StatementBillRow,
    StatementEventRow,
};
use bookkeeping::{benefit_class, book_of, is_cleared};
use jiff::ToSpan;
use money::Fen;
use policy::FeeMonth;
use terms::{CareType, Date, FundType};

use super::compose::{Composing, row, sums};
use super::propose::STATEMENT_PREFIX;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// How far back a build looks for settlements no statement has: bills that waited for a month
/// because their statement was out, and reversals of old ones carry their own day.
const MONTHS_BACK: i32 = 24;
/// The book of personal accounts.
const ACCOUNT_BOOK: &str = "E";

/// The number of a statement: there is one per month, institution and book.
pub(super) fn statement_number(month: FeeMonth, institution: &str, book: &str) -> String {
    let (year, month) = (month.year(), month.month());
    format!("{STATEMENT_PREFIX}{year}{month:02}-{institution}-{book}")
}

impl App {
    /// Builds the drafts of a month: every settlement no statement has yet, and every open
    /// adjustment, by institution and book (生成清算单). Building again takes what has come since;
    /// statements that are out are left alone, what comes late for them goes to the next month.
    ///
    /// # Errors
    /// `month_open` where the month has not ended.
    pub async fn build_month(
        &self,
        actor: &Actor,
        month: FeeMonth,
        institution: &str,
    ) -> Result<MonthBuilt, Error> {
        if month.last_day() >= actor.at.date() {
            let message = format!("{month}还没有结束，不能生成清算单");
            return Err(Error::refused("month_open", message));
        }
        self.adjust_reopened(actor).await?;
        let applied = self.applied_on(actor, month).await?;
        let plan = BuildPlan {
            area: actor.area,
            month: month.to_string(),
            from: month.later(-MONTHS_BACK).first_day(),
            before: month.last_day().saturating_add(1.days()),
            institution: institution.to_owned(),
            access: actor.access(self, "build_month", &month.to_string(), "done"),
        };
        let bills = |candidate: &Candidate| bills_of(month, candidate);
        let number = |institution: &str, book: &str| statement_number(month, institution, book);
        let compose = |gathered| composed(actor, month, &applied, gathered);
        let makers = Makers {
            bills: &bills,
            number: &number,
            compose: &compose,
        };
        for _ in 0..ATTEMPTS {
            if let Some(built) = self.store.build_month(&plan, &makers).await? {
                return Ok(built);
            }
        }
        Err(Error::Busy)
    }

    /// The day each institution applied for a month, the first application that stands.
    async fn applied_on(
        &self,
        actor: &Actor,
        month: FeeMonth,
    ) -> Result<BTreeMap<String, Date>, Error> {
        let all = self
            .store
            .clearing_applications(actor.area, "", &month.to_string())
            .await?;
        let mut days = BTreeMap::new();
        for one in all.into_iter().filter(|one| one.state == "applied") {
            days.entry(one.institution).or_insert(one.applied_at.date());
        }
        Ok(days)
    }
}

/// The bills of a settlement, one per book that the agency pays from.
fn bills_of(month: FeeMonth, candidate: &Candidate) -> Vec<StatementBillRow> {
    let mut parts: BTreeMap<&'static str, (Fen, Fen)> = BTreeMap::new();
    for (fund, amount) in &candidate.funds {
        let book = FundType::from_str(fund).map_or("OTHER", book_of);
        parts.entry(book).or_default().0 += *amount;
    }
    if !candidate.account.is_zero() {
        parts.entry(ACCOUNT_BOOK).or_default().1 += candidate.account;
    }
    let care = CareType::from_str(&candidate.care_type).unwrap_or(CareType::Inpatient);
    let bill = |(book, (funds, account)): (&'static str, (Fen, Fen))| StatementBillRow {
        person_no: candidate.person_no.clone(),
        settlement: candidate.settlement.clone(),
        book: book.to_owned(),
        statement: statement_number(month, &candidate.institution, book),
        class: benefit_class(book, care).word().to_owned(),
        funds,
        account,
    };
    parts
        .into_iter()
        .filter(|(book, _)| is_cleared(book))
        .map(bill)
        .collect()
}

fn composed(
    actor: &Actor,
    month: FeeMonth,
    applied: &BTreeMap<String, Date>,
    gathered: Gathered,
) -> Composed {
    let composing = Composing {
        by: &actor.name,
        at: actor.at,
        month,
        institution: &gathered.institution,
        book: &gathered.book,
    };
    let sums = sums(&composing, &gathered);
    let mut row = row(&composing, &gathered, &sums);
    let before = gathered.before.as_ref();
    row.applied_on = applied.get(&gathered.institution).copied();
    let same = |before: &::store::StatementRow| {
        (&before.snapshot, before.applied_on) == (&row.snapshot, row.applied_on)
    };
    if before.is_some_and(same) {
        return Composed {
            row,
            derived: sums.derived,
            event: None,
        };
    }
    (row.built_by, row.built_at) = (actor.name.clone(), actor.at);
    let note = format!("{}笔明细，应拨付{}元", row.bills, row.due);
    let event = event(actor, &row, "built", &note);
    Composed {
        row,
        derived: sums.derived,
        event: Some(event),
    }
}

/// A step of a statement; its number is given when it is recorded.
pub(super) fn event(
    actor: &Actor,
    row: &::store::StatementRow,
    event: &str,
    note: &str,
) -> StatementEventRow {
    let body = serde_json::json!({
        "state": row.state, "bills": row.bills, "funds": row.funds.get(),
        "account": row.account.get(), "adjusted": row.adjusted.get(), "due": row.due.get(),
        "lines": serde_json::from_str::<serde_json::Value>(&row.lines).unwrap_or_default(),
    });
    StatementEventRow {
        statement: row.statement.clone(),
        sequence: 0,
        event: event.to_owned(),
        version: row.version,
        by: actor.name.clone(),
        at: actor.at,
        note: note.to_owned(),
        snapshot: row.snapshot.clone(),
        body: body.to_string(),
    }
}
