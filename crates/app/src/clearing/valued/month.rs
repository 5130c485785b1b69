use std::collections::BTreeMap;
use std::str::FromStr;

use ::store::{
    AdjustmentFilter, AdjustmentRow, Answer, BillShown, ClearingCommit, MethodMonthRow,
    StatementFilter, StatementRow,
};
use bookkeeping::benefit_class;
use money::{Fen, share_by_weight};
use payment::{Claim, Method, MethodLine, Month, Traits, monthly_lines};
use policy::FeeMonth;
use terms::{AdjustmentKind, AreaCode, BenefitClass, CareType, Scheme};

use super::facts::scheme_of_book;
use super::quota::YearTarget;
use super::{kept, refused};
use crate::clearing::NewAdjustment;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// What valuing a month did (月度按办法支付).
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct ValuedMonth {
    /// 清算单 looked at.
    pub statements: usize,
    /// 支付行.
    pub lines: usize,
    /// 清算调整 proposed; the next build takes them.
    pub adjustments: usize,
    /// Held of what was looked at, the sum.
    pub held: Fen,
}

const DRAFT: &str = "draft";
const PAGE: usize = 5_000;

impl App {
    /// Prices the bills of a month's drafts by their methods: what a method does not pay now is
    /// proposed as an adjustment, which the next build of the month takes (月度支付). Doing it again
    /// proposes differences only. Quotas of global budgets are those of `targets`, and where they
    /// say nothing those of the targets that were agreed.
    ///
    /// # Errors
    /// What the methods refuse: parameters that are not approved, a global budget without quota.
    pub async fn value_month(
        &self,
        actor: &Actor,
        month: FeeMonth,
        institution: &str,
        targets: &[YearTarget],
    ) -> Result<ValuedMonth, Error> {
        let filter = StatementFilter {
            month: month.to_string(),
            institution: institution.to_owned(),
            state: DRAFT.to_owned(),
            ..StatementFilter::default()
        };
        let mut done = ValuedMonth::default();
        for statement in self.store.clearing_statements(actor.area, &filter).await? {
            if let Some(scheme) = scheme_of_book(&statement.book) {
                done.statements += 1;
                let lines = self
                    .value_statement(actor, (month, scheme), &statement, targets)
                    .await?;
                done.lines += lines.lines;
                done.held += lines.held;
                done.adjustments += lines.adjustments;
            }
        }
        Ok(done)
    }

    async fn value_statement(
        &self,
        actor: &Actor,
        (month, scheme): (FeeMonth, Scheme),
        statement: &StatementRow,
        targets: &[YearTarget],
    ) -> Result<ValuedMonth, Error> {
        let bills = self
            .bills_to_value(actor.area, &statement.statement)
            .await?;
        let traits = self.traits(&statement.institution)?;
        let claims = self
            .claims_of_bills(actor.area, (month, scheme), &traits, &bills)
            .await?;
        let whose = (statement.institution.as_str(), statement.book.as_str());
        let quotas = self.quotas_of(actor.area, month, whose, targets).await?;
        let asked = Month {
            area: actor.area,
            scheme,
            day: month.last_day(),
            institution: &traits,
            claims: &claims,
            quotas,
            points: BTreeMap::new(),
        };
        let lines = monthly_lines(&self.law.methods, &asked).map_err(|cause| refused(&cause))?;
        let mut done = ValuedMonth {
            lines: lines.len(),
            held: lines.iter().map(|line| line.held).sum(),
            ..ValuedMonth::default()
        };
        for _ in 0..ATTEMPTS {
            let mut commit = ClearingCommit::new(actor.area);
            for line in &lines {
                commit.methods.months.push(row(actor, statement, line));
                let held = self.held_by_class(line, &asked, &statement.book);
                let proposed = self
                    .held_differences(actor, statement, (line, month), held)
                    .await?;
                commit.adjustments.extend(proposed);
            }
            let count = commit.adjustments.len();
            if lines.is_empty() {
                return Ok(done);
            }
            let access = actor.access(self, "value_month", &statement.statement, "done");
            commit.access = Some(access);
            if self.store.record_clearing(&commit).await? == Answer::Done {
                done.adjustments = count;
                return Ok(done);
            }
        }
        Err(Error::Busy)
    }

    async fn bills_to_value(
        &self,
        area: AreaCode,
        statement: &str,
    ) -> Result<Vec<BillShown>, Error> {
        let (mut bills, mut after) = (Vec::new(), String::new());
        loop {
            let page = self
                .store
                .statement_bills(area, statement, &after, PAGE)
                .await?;
            let Some(last) = page.last() else {
                return Ok(bills);
            };
            after.clone_from(&last.bill.settlement);
            bills.extend(page);
        }
    }

    /// The bills as methods ask about them; what personal accounts pay is no method's matter.
    async fn claims_of_bills(
        &self,
        area: AreaCode,
        (month, scheme): (FeeMonth, Scheme),
        traits: &Traits,
        bills: &[BillShown],
    ) -> Result<Vec<Claim>, Error> {
        let mut claims = Vec::with_capacity(bills.len());
        for shown in bills.iter().filter(|shown| !shown.bill.funds.is_zero()) {
            let Ok(care) = CareType::from_str(&shown.care_type) else {
                continue;
            };
            let mut claim = Claim {
                id: shown.bill.settlement.clone(),
                care,
                fund: shown.bill.funds,
                cost: shown.total,
                days: 0,
                disease: None,
            };
            let day = month.last_day();
            let one = self.law.methods.covering((area, scheme), traits, care, day);
            let version = one.and_then(|one| one.on(day).ok().flatten());
            if let Some(Method::BedDay { .. } | Method::SingleDisease { .. }) =
                version.map(|(version, _)| &version.method)
            {
                self.with_stay(area, shown, &mut claim).await?;
            }
            claims.push(claim);
        }
        Ok(claims)
    }

    /// Days and disease of a stay, as its list says.
    async fn with_stay(
        &self,
        area: AreaCode,
        shown: &BillShown,
        claim: &mut Claim,
    ) -> Result<(), Error> {
        let settlement = match shown.original.as_str() {
            "" => &shown.bill.settlement,
            original => original,
        };
        let person = &shown.bill.person_no;
        if let Some(list) = self.store.discharge_of(area, person, settlement).await? {
            let admitted = list.admitted_on.unwrap_or(list.discharged_on);
            let span = admitted.until(list.discharged_on);
            claim.days = span.map_or(0, |span| span.get_days().into()).max(1);
            claim.disease = Some(list.principal).filter(|code| !code.is_empty());
        }
        Ok(())
    }

    /// What is held, by what it is spent on: in proportion to the items of each class.
    fn held_by_class(
        &self,
        line: &MethodLine,
        month: &Month<'_>,
        book: &str,
    ) -> Vec<(BenefitClass, Fen)> {
        let mut items: BTreeMap<BenefitClass, i64> = BTreeMap::new();
        let place = (month.area, month.scheme);
        for claim in month.claims {
            let found = self
                .law
                .methods
                .covering(place, month.institution, claim.care, month.day);
            if found.is_some_and(|one| one.key == line.arrangement) {
                *items.entry(benefit_class(book, claim.care)).or_default() += claim.fund.get();
            }
        }
        let positive: Vec<i64> = items.values().map(|fen| (*fen).max(0)).collect();
        let classes: Vec<BenefitClass> = items.into_keys().collect();
        match (classes.as_slice(), positive.iter().sum::<i64>()) {
            ([], _) => Vec::new(),
            ([only], _) => vec![(*only, line.held)],
            ([first, ..], 0) => vec![(*first, line.held)],
            _ => {
                let parts = share_by_weight(line.held, &positive);
                classes.into_iter().zip(parts).collect()
            }
        }
    }

    /// What has to be proposed so that the statement holds what the method says.
    async fn held_differences(
        &self,
        actor: &Actor,
        statement: &StatementRow,
        (line, month): (&MethodLine, FeeMonth),
        held: Vec<(BenefitClass, Fen)>,
    ) -> Result<Vec<AdjustmentRow>, Error> {
        let filter = AdjustmentFilter {
            institution: statement.institution.clone(),
            book: statement.book.clone(),
            ..AdjustmentFilter::default()
        };
        let known = self.store.clearing_adjustments(actor.area, &filter).await?;
        let mut wanted: BTreeMap<BenefitClass, Fen> = held.into_iter().collect();
        let (year, number) = (month.year(), month.month());
        let stem = format!(
            "M{year}{number:02}-{}-{}-{}",
            statement.institution, statement.book, line.arrangement
        );
        // A class that no longer has a bill gives back what was held of it.
        for row in known
            .iter()
            .filter(|row| row.adjustment.starts_with(&format!("{stem}:")))
        {
            if let Ok(class) = BenefitClass::from_str(&row.class) {
                wanted.entry(class).or_default();
            }
        }
        let mut proposed = Vec::new();
        for (class, wanted) in wanted {
            let prefix = format!("{stem}:{}:", class.word());
            let mine = known
                .iter()
                .filter(|row| row.adjustment.starts_with(&prefix));
            let counted: Vec<_> = mine.collect();
            let live = counted.iter().filter(|row| row.state != "withdrawn");
            let already: Fen = live.map(|row| row.amount).sum();
            let amount = -wanted - already;
            if amount.is_zero() {
                continue;
            }
            let kind = match (amount.is_negative(), line.retention) {
                (false, _) => AdjustmentKind::HeldRelease,
                (true, true) => AdjustmentKind::Retention,
                (true, false) => AdjustmentKind::HeldByMethod,
            };
            let (title, paid, items) = (&line.title, line.paid, line.items);
            let new = NewAdjustment {
                adjustment: format!("{prefix}{}", counted.len() + 1),
                institution: statement.institution.clone(),
                book: statement.book.clone(),
                class,
                kind,
                amount,
                first_month: month,
                document: line.basis.clone(),
                text: format!("{title}：按项目{items}元，本月按办法支付{paid}元"),
            };
            proposed.push(self.checked_adjustment(actor, &new)?);
        }
        Ok(proposed)
    }
}

fn row(actor: &Actor, statement: &StatementRow, line: &MethodLine) -> MethodMonthRow {
    MethodMonthRow {
        institution: statement.institution.clone(),
        month: statement.month.clone(),
        book: statement.book.clone(),
        arrangement: line.arrangement.clone(),
        title: line.title.clone(),
        method: line.method.clone(),
        year: line.version.0.into(),
        version: line.version.1.into(),
        claims: i64::try_from(line.claims).unwrap_or(i64::MAX),
        items: line.items,
        paid: line.paid,
        held: line.held,
        carry: line.carry_left,
        basis: line.basis.clone(),
        trace: kept(&line.trace),
        computed_at: actor.at,
    }
}
