use ::store::{
    Answer, ContextQuery, ContributionCommit, DueFilter, PersonRow, PremiumRow, ResidentRow,
};
use bookkeeping::Levied;
use enrolment::PersonFacts;
use enrolment::contribution::{Both, Premium, PremiumFacts, premium};
use jiff::civil::{DateTime, date};
use money::Fen;
use policy::{ContributionRule, SchemePolicy};
use terms::{Category, Date, Scheme, Sex, Word};

use super::facts::held;
use super::post::{Document, PERSON, posted};
use super::saved::to_text;
use super::taken::note_paid;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error, person_detail};

/// Residents in one transaction.
const RESIDENTS: usize = 500;

/// What the assessment of a season did (居民年度核定).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeasonDone {
    /// Residents looked at.
    pub persons: u64,
    /// Those assessed for the first time.
    pub assessed: u64,
    /// 本人应缴, of those assessed now.
    pub due: Fen,
    /// 资助, of those assessed now.
    pub subsidised: Fen,
    /// Residents who could not be assessed, with why; the first hundred.
    pub problems: Vec<(String, String)>,
}

impl App {
    /// Assesses the premium of a year for every resident with cover in it who has none yet
    /// (居民年度核定). Changes after that are [`App::resubsidise`]'s.
    ///
    /// Whoever had cover before enrols with the season; a cover that begins later was entered then.
    /// `progress` is told how many are done.
    ///
    /// # Errors
    /// A refusal where the year has no tariff; a fault of the store, steps done before are kept.
    pub async fn assess_season(
        &self,
        actor: &Actor,
        year: i16,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<SeasonDone, Error> {
        let law = self.law.scheme(actor.area, Scheme::Resident)?;
        let season = season_of(law, year)?;
        let days = (date(year, 1, 1), date(year, 12, 31));
        let (mut done, mut after) = (SeasonDone::default(), String::new());
        loop {
            let page = self
                .store
                .residents_in(actor.area, days, &after, RESIDENTS)
                .await?;
            let Some(last) = page.last() else {
                return Ok(done);
            };
            after.clone_from(&last.person_no);
            self.assess_residents(actor, (year, season), &page, &mut done)
                .await?;
            progress(done.persons);
        }
    }

    /// Assesses the premium of a year for one resident who was enrolled within it (中途参保核定);
    /// who has been assessed already stays as it is.
    ///
    /// # Errors
    /// A refusal where the year has no tariff.
    pub async fn assess_resident(
        &self,
        actor: &Actor,
        resident: ResidentRow,
        year: i16,
    ) -> Result<SeasonDone, Error> {
        let season = season_of(self.law.scheme(actor.area, Scheme::Resident)?, year)?;
        let mut done = SeasonDone::default();
        self.assess_residents(actor, (year, season), &[resident], &mut done)
            .await?;
        Ok(done)
    }

    async fn assess_residents(
        &self,
        actor: &Actor,
        (year, season): (i16, (Date, Date)),
        residents: &[ResidentRow],
        done: &mut SeasonDone,
    ) -> Result<(), Error> {
        let law = self.law.scheme(actor.area, Scheme::Resident)?;
        for _ in 0..ATTEMPTS {
            let mut now = done.clone();
            let numbers: Vec<String> = residents.iter().map(|one| one.person_no.clone()).collect();
            let versions = self
                .store
                .contribution_versions(actor.area, &numbers)
                .await?;
            let filter = DueFilter {
                owners: numbers,
                period: Some(year.to_string()),
                ..DueFilter::default()
            };
            let known = self.store.contribution_dues(actor.area, &filter).await?;
            let mut commit = ContributionCommit::new(actor.area);
            let access = actor.access(self, "assess_season", &year.to_string(), "done");
            commit.access = Some((String::new(), access));
            for (resident, version) in residents.iter().zip(versions) {
                now.persons += 1;
                if known.iter().any(|due| due.owner == resident.person_no) {
                    continue;
                }
                let facts = facts_of(resident, year, season, actor.at)?;
                match premium(&facts, law) {
                    Ok(premium) => {
                        now.assessed += 1;
                        now.due += premium.person;
                        now.subsidised += premium.subsidised();
                        commit.owners.push(version);
                        let named = (resident.person_no.as_str(), &facts);
                        let row = self.premium_row(actor, named, &premium, season)?;
                        first(&mut commit, actor, row)?;
                    }
                    Err(refusal) if now.problems.len() < 100 => now
                        .problems
                        .push((resident.person_no.clone(), refusal.to_string())),
                    Err(_) => {}
                }
            }
            if commit.premiums.is_empty()
                || self.store.record_contributions(&commit).await? == Answer::Done
            {
                *done = now;
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    /// Assesses the premium of a year for somebody who enrols today, with or without cover before
    /// (居民参保缴费核定).
    ///
    /// # Errors
    /// [`Error::Missing`] for an unknown person; a refusal where the year is assessed already, or
    /// the law has no price for the person.
    pub async fn assess_premium(
        &self,
        actor: &Actor,
        person_no: &str,
        year: i16,
        (category, tier): (Category, Option<Word>),
    ) -> Result<PremiumRow, Error> {
        let law = self.law.scheme(actor.area, Scheme::Resident)?;
        let season = season_of(law, year)?;
        let known = self.store.premiums(actor.area, person_no).await?;
        if known.iter().any(|row| row.year == i64::from(year)) {
            let message = format!("人员{person_no}的{year}年度已经核定");
            return Err(Error::refused("already_assessed", message));
        }
        let owners = [person_no.to_owned()];
        let versions = self
            .store
            .contribution_versions(actor.area, &owners)
            .await?;
        let person = self.person_row(actor, person_no).await?;
        let today = actor.at.date();
        let resident = ResidentRow {
            person_no: person.person_no,
            category: category.word().to_owned(),
            county: person.county,
            from: today,
            sex: person.sex,
            birth: person.birth,
            marks: person.marks,
        };
        let mut facts = facts_of(&resident, year, season, actor.at)?;
        facts.tier = tier;
        let premium = premium(&facts, law)?;
        let row = self.premium_row(actor, (person_no, &facts), &premium, season)?;
        let mut commit = ContributionCommit::new(actor.area);
        commit.owners = versions;
        let access = actor.access(self, "assess_premium", &year.to_string(), "done");
        commit.access = Some((person_no.to_owned(), access));
        first(&mut commit, actor, row.clone())?;
        match self.store.record_contributions(&commit).await? {
            Answer::Done => Ok(row),
            _ => Err(Error::Busy),
        }
    }

    async fn person_row(&self, actor: &Actor, person_no: &str) -> Result<PersonRow, Error> {
        let query = ContextQuery {
            area: actor.area,
            person_no,
            counters_from: i32::from(actor.at.year()),
            visit_id: None,
        };
        let context = self.store.load_context(&query).await?;
        let context = context.ok_or_else(|| Error::missing("参保人", person_no))?;
        Ok(context.person)
    }

    /// A premium as the store keeps it, version 1.
    pub(super) fn premium_row(
        &self,
        actor: &Actor,
        (person_no, facts): (&str, &PremiumFacts),
        premium: &Premium,
        (_, last): (Date, Date),
    ) -> Result<PremiumRow, Error> {
        let subsidy = premium.subsidy.as_ref().filter(|one| !one.amount.is_zero());
        Ok(PremiumRow {
            person_no: person_no.to_owned(),
            year: i64::from(premium.year),
            version: 1,
            tier: premium.tier.to_string(),
            enrolled_on: facts.enrolled,
            own: premium.own,
            late: premium.late,
            subsidy: premium.subsidised(),
            subsidy_fund: subsidy.map_or_else(String::new, |one| one.fund.word().to_owned()),
            subsidy_title: subsidy.map_or_else(String::new, |one| one.title.clone()),
            public: premium.public,
            due: premium.person,
            due_on: last.max(facts.enrolled),
            trace: to_text(&premium.trace)?,
            edition: self.law.book.edition.to_string(),
            assessed_at: actor.at,
            assessed_by: actor.name.clone(),
        })
    }
}

/// The season of a year's tariff.
pub(super) fn season_of(law: &SchemePolicy, year: i16) -> Result<(Date, Date), Error> {
    let on = Date::new(year, 1, 1)
        .map_err(|_| Error::refused("bad_year", format!("参保年度“{year}”不对")))?;
    let mut rules = law.contributions.iter().filter_map(|topic| {
        let (rule, _) = topic.on(on)?;
        match rule {
            ContributionRule::Premium(rule) if rule.year == year => Some(rule.season),
            _ => None,
        }
    });
    rules
        .next()
        .ok_or_else(|| Error::refused("no_rule", format!("{year}年度没有公布居民缴费标准")))
}

/// A resident as the premium's rules see one.
pub(super) fn facts_of(
    resident: &ResidentRow,
    year: i16,
    (opens, _): (Date, Date),
    now: DateTime,
) -> Result<PremiumFacts, Error> {
    let detail = person_detail(&resident.marks)?;
    let (first, last) = (date(year, 1, 1), date(year, 12, 31));
    let until = last.min(now.date().max(first));
    let category: Category = resident.category.parse().map_err(|_| {
        let text = &resident.category;
        Error::Bug(format!("the category “{text}” of a resident"))
    })?;
    let person = PersonFacts {
        identities: held(&detail, (opens, until)),
        marks: detail.marks,
        sex: resident.sex.parse::<Sex>().ok(),
        birth: Some(resident.birth),
        ..PersonFacts::new(category, resident.county)
    };
    Ok(PremiumFacts {
        person,
        year,
        tier: None::<Word>,
        enrolled: resident.from.max(opens),
    })
}

/// Adds the first version of a premium with what it moves.
fn first(commit: &mut ContributionCommit, actor: &Actor, row: PremiumRow) -> Result<(), Error> {
    let number = format!("JM{}-{}-1", row.person_no, row.year);
    let document = Document {
        batch: &number,
        reference: &number,
        owner: &row.person_no,
        on: actor.at.date(),
    };
    post(commit, &document, (row.due, row.subsidy), &row.subsidy_fund)?;
    if row.due.is_zero() {
        note_paid(
            commit,
            actor,
            &paid_due(&row),
            actor.at.date().min(row.due_on),
        );
    }
    commit.premiums.push(row);
    Ok(())
}

/// The dues of a premium on which nothing is open.
pub(super) fn paid_due(row: &PremiumRow) -> ::store::DueRow {
    ::store::DueRow {
        owner: row.person_no.clone(),
        owner_kind: PERSON.to_owned(),
        period: row.year.to_string(),
        version: row.version,
        due_on: Some(row.due_on),
        owed_employer: Fen::ZERO,
        owed_person: row.due,
        paid_employer: Fen::ZERO,
        paid_person: row.due,
    }
}

/// Books a change of what a resident owes and of what others pay in the person's place.
pub(super) fn post(
    commit: &mut ContributionCommit,
    document: &Document<'_>,
    (due, subsidy): (Fen, Fen),
    fund: &str,
) -> Result<(), Error> {
    let owed = Both {
        employer: Fen::ZERO,
        person: due,
    };
    let levy = document.levy(Levied::Resident, owed);
    let owner = document.owner.to_owned();
    if let Some(batch) = posted(bookkeeping::assessed(&levy))? {
        commit.ledger.push((owner.clone(), batch));
    }
    let Ok(fund) = fund.parse::<terms::FundType>() else {
        return Ok(());
    };
    let number = format!("{}-Z", document.batch);
    let subsidised = Document {
        batch: &number,
        ..*document
    };
    let levy = subsidised.levy(Levied::Resident, Both::NONE);
    if let Some(batch) = posted(bookkeeping::subsidised(&levy, fund, subsidy))? {
        commit.ledger.push((owner, batch));
    }
    Ok(())
}
