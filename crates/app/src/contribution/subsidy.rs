use ::store::{Answer, ContributionCommit, DueFilter, PremiumRow, RefundRow, ResidentRow};
use enrolment::contribution::{PremiumBefore, PremiumChange, PremiumFacts, resubsidise};
use money::Fen;
use terms::{Scheme, Word};

use super::post::{Document, PERSON};
use super::season::{facts_of, paid_due, post, season_of};
use super::taken::note_paid;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// Decides a resident's premium of a year again after identities became known or were
    /// withdrawn, books what changes, and proposes the refund of what the person paid too much
    /// (资助变更).
    ///
    /// Nothing is answered where the year was never assessed for the person or nothing changes.
    ///
    /// # Errors
    /// [`Error::Missing`] for an unknown person; what the law refuses.
    pub async fn resubsidise(
        &self,
        actor: &Actor,
        person_no: &str,
        year: i16,
    ) -> Result<Option<PremiumChange>, Error> {
        for _ in 0..ATTEMPTS {
            let Some((change, commit)) = self.resubsidised(actor, person_no, year).await? else {
                return Ok(None);
            };
            if self.store.record_contributions(&commit).await? == Answer::Done {
                return Ok(Some(change));
            }
        }
        Err(Error::Busy)
    }

    async fn resubsidised(
        &self,
        actor: &Actor,
        person_no: &str,
        year: i16,
    ) -> Result<Option<(PremiumChange, ContributionCommit)>, Error> {
        let owners = vec![person_no.to_owned()];
        let versions = self
            .store
            .contribution_versions(actor.area, &owners)
            .await?;
        let premiums = self.store.premiums(actor.area, person_no).await?;
        let mut of_year = premiums
            .into_iter()
            .filter(|row| row.year == i64::from(year));
        let Some(before) = of_year.next_back() else {
            return Ok(None);
        };
        let filter = DueFilter {
            owners,
            period: Some(year.to_string()),
            ..DueFilter::default()
        };
        let dues = self.store.contribution_dues(actor.area, &filter).await?;
        let paid = dues.first().map_or(Fen::ZERO, |due| due.paid_person);
        let law = self.law.scheme(actor.area, Scheme::Resident)?;
        let season = season_of(law, year)?;
        let facts = self.premium_facts(actor, &before, year, season).await?;
        let known = PremiumBefore {
            subsidised: before.subsidy,
            paid,
        };
        let change = resubsidise(&facts, known, law)?;
        let named = (person_no, &facts);
        let mut row = self.premium_row(actor, named, &change.premium, season)?;
        row.version = before.version + 1;
        if (row.due, row.subsidy, &row.subsidy_fund)
            == (before.due, before.subsidy, &before.subsidy_fund)
        {
            return Ok(None);
        }
        let mut commit = ContributionCommit::new(actor.area);
        commit.owners = versions;
        let access = actor.access(self, "resubsidise", &year.to_string(), "done");
        commit.access = Some((person_no.to_owned(), access));
        post_change(&mut commit, actor, &before, &row)?;
        if !change.refund.is_zero() {
            let refund = self.refund_row(actor, &row, change.refund);
            let known = self.store.refunds(actor.area, person_no, 500).await?;
            if !known.iter().any(|other| is_pending(other, &refund)) {
                commit.refunds.push(refund);
            }
        }
        if row.due <= paid || row.due.is_zero() {
            note_paid(&mut commit, actor, &paid_due(&row), actor.at.date());
        }
        commit.premiums.push(row);
        Ok(Some((change, commit)))
    }

    /// The person as the register has one now, enrolled as before.
    async fn premium_facts(
        &self,
        actor: &Actor,
        before: &PremiumRow,
        year: i16,
        season: (terms::Date, terms::Date),
    ) -> Result<PremiumFacts, Error> {
        let query = ::store::ContextQuery {
            area: actor.area,
            person_no: &before.person_no,
            counters_from: i32::from(year),
            visit_id: None,
        };
        let context = self.store.load_context(&query).await?;
        let context = context.ok_or_else(|| Error::missing("参保人", &before.person_no))?;
        let resident = Scheme::Resident.word();
        let mut covers = context.coverage.iter().rev();
        let cover = covers.find(|row| row.scheme == resident);
        let person = context.person;
        let row = ResidentRow {
            category: cover.map_or("adult", |row| &row.category).to_owned(),
            county: cover.map_or(person.county, |row| row.county),
            from: before.enrolled_on,
            person_no: person.person_no,
            sex: person.sex,
            birth: person.birth,
            marks: person.marks,
        };
        let mut facts = facts_of(&row, year, season, actor.at)?;
        facts.enrolled = before.enrolled_on;
        facts.tier = Some(Word::new(&before.tier));
        Ok(facts)
    }

    fn refund_row(&self, actor: &Actor, row: &PremiumRow, amount: Fen) -> RefundRow {
        RefundRow {
            refund: self.numbers.named("TF"),
            owner_kind: PERSON.to_owned(),
            owner: row.person_no.clone(),
            period: row.year.to_string(),
            reason: "subsidised".to_owned(),
            employer_part: Fen::ZERO,
            person_part: amount,
            state: "proposed".to_owned(),
            file: String::new(),
            line_no: 0,
            proposed_by: actor.name.clone(),
            proposed_at: actor.at,
            decided_by: String::new(),
            decided_at: None,
            paid_at: None,
            note: format!("{}：先缴后补，退还本人已缴部分", row.subsidy_title),
        }
    }
}

fn is_pending(known: &RefundRow, refund: &RefundRow) -> bool {
    ["proposed", "approved"].contains(&known.state.as_str()) && known.period == refund.period
}

/// Books the difference; where the fund changes, the old one gets all back and the new pays all.
fn post_change(
    commit: &mut ContributionCommit,
    actor: &Actor,
    before: &PremiumRow,
    now: &PremiumRow,
) -> Result<(), Error> {
    let number = format!("JM{}-{}-{}", now.person_no, now.year, now.version);
    let document = Document {
        batch: &number,
        reference: &number,
        owner: &now.person_no,
        on: actor.at.date(),
    };
    let due = now.due - before.due;
    if now.subsidy_fund == before.subsidy_fund {
        let subsidy = now.subsidy - before.subsidy;
        return post(commit, &document, (due, subsidy), &now.subsidy_fund);
    }
    let back = format!("{number}-B");
    let earlier = Document {
        batch: &back,
        ..document
    };
    let none = (Fen::ZERO, Fen::ZERO - before.subsidy);
    post(commit, &earlier, none, &before.subsidy_fund)?;
    post(commit, &document, (due, now.subsidy), &now.subsidy_fund)
}
