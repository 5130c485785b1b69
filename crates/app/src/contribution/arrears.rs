use ::store::{DueFilter, DueRow};
use enrolment::contribution::{LateFacts, late_fee};
use money::Fen;
use policy::Payer;
use terms::{Date, Scheme};

use super::facts::of_employer;
use super::plan::open_of;
use super::post::EMPLOYER;
use super::taken::month;
use crate::{App, Error};
use terms::AreaCode;

/// What is overdue of a period, with its late fee up to a day (欠费).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrear {
    /// What is owed and paid.
    pub due: DueRow,
    /// 单位名称, or nothing for a resident.
    pub name: String,
    /// 单位欠缴.
    pub employer: Fen,
    /// 个人欠缴.
    pub person: Fen,
    /// The last day without late fee, deferrals included.
    pub free_until: Date,
    /// Days that count.
    pub days: i32,
    /// 滞纳金 up to the day.
    pub late_fee: Fen,
}

impl App {
    /// Everything overdue on a day, by owner and period, each with its late fee up to the day; a
    /// deferred month is overdue only after its deferral (欠费清单).
    ///
    /// Residents pay no late fee; their unpaid premiums are listed where `residents` is set.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails, or what the law refuses.
    pub async fn arrears(
        &self,
        area: AreaCode,
        on: Date,
        (owner, residents): (Option<&str>, bool),
    ) -> Result<Vec<Arrear>, Error> {
        let filter = DueFilter {
            owners: owner.map(str::to_owned).into_iter().collect(),
            period: None,
            due_before: Some(on),
            unpaid: true,
        };
        let dues = self.store.contribution_dues(area, &filter).await?;
        let mut found = Vec::with_capacity(dues.len());
        let mut known = std::collections::HashMap::new();
        for due in dues {
            if due.owner_kind != EMPLOYER {
                if residents {
                    found.push(of_resident(due, on));
                }
                continue;
            }
            if !known.contains_key(&due.owner) {
                let employer = self.store.employer(area, &due.owner).await?;
                let employer =
                    employer.ok_or_else(|| Error::missing("参保单位", due.owner.as_str()))?;
                let facts = of_employer(&employer)?;
                known.insert(due.owner.clone(), (employer.name, facts));
            }
            let (name, facts) = &known[&due.owner];
            let arrear = self.arrear(area, due, (name, facts), on)?;
            // A month inside its deferral is not overdue.
            if arrear.free_until < on {
                found.push(arrear);
            }
        }
        Ok(found)
    }

    fn arrear(
        &self,
        area: AreaCode,
        due: DueRow,
        (name, facts): (&String, &enrolment::PersonFacts),
        on: Date,
    ) -> Result<Arrear, Error> {
        let law = self.law.scheme(area, Scheme::Employee)?;
        let open = open_of(&due);
        let mut arrear = Arrear {
            name: name.clone(),
            employer: open.employer,
            person: open.person,
            free_until: Date::MAX,
            days: 0,
            late_fee: Fen::ZERO,
            due,
        };
        let parts = [
            (Payer::Employer, open.employer),
            (Payer::Person, open.person),
        ];
        for (payer, arrears) in parts.into_iter().filter(|(_, open)| !open.is_zero()) {
            let fee = late_fee(
                &LateFacts {
                    person: facts.clone(),
                    payer,
                    arrears,
                    month: month(&arrear.due.period)?,
                    due: arrear.due.due_on,
                    paid: on,
                    deferral_granted: false,
                    left: None,
                },
                law,
            )?;
            arrear.free_until = arrear.free_until.min(fee.due);
            arrear.days = arrear.days.max(fee.days);
            arrear.late_fee += fee.late_fee;
        }
        Ok(arrear)
    }
}

fn of_resident(due: DueRow, on: Date) -> Arrear {
    Arrear {
        name: String::new(),
        employer: Fen::ZERO,
        person: open_of(&due).person,
        free_until: due.due_on.unwrap_or(on),
        days: 0,
        late_fee: Fen::ZERO,
        due,
    }
}
