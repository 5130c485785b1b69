use std::collections::BTreeSet;

use enrolment::difficulty::Change;
use store::ResidentRow;
use terms::Scheme;

use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// What a list's changes of a person do to the premiums of the years they touch: somebody just
    /// enrolled is assessed, and who had been assessed gets the subsidy, or what was paid back
    /// (资助参保). One sentence for every year in which something came of it.
    ///
    /// A premium that cannot be decided does not undo the identity: the sentence says why.
    pub(super) async fn subsidise(
        &self,
        actor: &Actor,
        person_no: &str,
        changes: &[Change],
    ) -> Result<Vec<String>, Error> {
        let mut told = Vec::new();
        let enrolled = changes.iter().filter_map(|change| change.enrol_from).min();
        if let Some(day) = enrolled {
            let year = day.year();
            match self.assess_enrolled(actor, person_no, year).await {
                Ok(Some(text)) => told.push(text),
                Ok(None) => {}
                Err(error) if error.is_decided() => {
                    told.push(format!("{year}年度参保缴费未核定：{error}"));
                }
                Err(error) => return Err(error),
            }
        }
        let years = changes.iter().flat_map(|change| &change.subsidy_years);
        let years: BTreeSet<i16> = years.copied().collect();
        for year in years {
            match self.resubsidise(actor, person_no, year).await {
                Ok(Some(change)) => {
                    let (subsidy, refund) = (change.premium.subsidised(), change.refund);
                    let refund = match refund.is_zero() {
                        true => String::new(),
                        false => format!("，应退本人{refund}元"),
                    };
                    told.push(format!("{year}年度资助参保{subsidy}元{refund}"));
                }
                Ok(None) => {}
                Err(error) if error.is_decided() => {
                    told.push(format!("{year}年度资助参保未核定：{error}"));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(told)
    }

    /// The premium of somebody enrolled by the list.
    async fn assess_enrolled(
        &self,
        actor: &Actor,
        person_no: &str,
        year: i16,
    ) -> Result<Option<String>, Error> {
        let record = self.person_record(actor.area, person_no).await?;
        let record = record.ok_or_else(|| Error::missing("参保人", person_no))?;
        let person = record.context.person;
        let of_scheme = |row: &&store::CoverageRow| row.scheme == Scheme::Resident.word();
        let covers = record.context.coverage.iter().filter(of_scheme);
        let cover = covers.max_by_key(|row| row.starts_on);
        let Some(cover) = cover else {
            return Ok(None);
        };
        let resident = ResidentRow {
            person_no: person_no.to_owned(),
            category: cover.category.clone(),
            county: cover.county,
            from: cover.starts_on,
            sex: person.sex,
            birth: person.birth,
            marks: person.marks,
        };
        let done = self.assess_resident(actor, resident, year).await?;
        if let Some((_, why)) = done.problems.first() {
            return Ok(Some(format!("{year}年度参保缴费未核定：{why}")));
        }
        let text = || {
            let (due, subsidised) = (done.due, done.subsidised);
            format!("{year}年度参保缴费核定：资助{subsidised}元，本人应缴{due}元")
        };
        Ok((done.assessed > 0).then(text))
    }
}
