use ::store::{AllocationRow, Answer, ContributionCommit, DueFilter, DueRow};
use enrolment::contribution::{Both, Open, allocate};
use money::Fen;

use super::plan::{credit_of, is_complete, open_of, pay};
use super::post::{Document, levied, posted};
use super::taken::note_paid;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// Money moved from a period paid too much to one still open (退抵).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offset {
    /// From which period.
    pub from: String,
    /// To which.
    pub to: String,
    /// 单位部分.
    pub employer: Fen,
    /// 个人部分.
    pub person: Fen,
}

impl App {
    /// Sets what an owner paid too much against what it still owes, the oldest first; the
    /// employer's credit never pays the person's part (抵缴).
    ///
    /// # Errors
    /// A refusal where there is no credit or nothing is open.
    pub async fn offset_credit(&self, actor: &Actor, owner: &str) -> Result<Vec<Offset>, Error> {
        for _ in 0..ATTEMPTS {
            let owners = vec![owner.to_owned()];
            let mut commit = ContributionCommit::new(actor.area);
            commit.owners = self
                .store
                .contribution_versions(actor.area, &owners)
                .await?;
            let filter = DueFilter {
                owners,
                ..DueFilter::default()
            };
            let mut dues = self.store.contribution_dues(actor.area, &filter).await?;
            let offsets = offsets(&mut dues);
            if offsets.is_empty() {
                let message = format!("“{owner}”没有可以抵缴的多缴款，或没有未缴的所属期");
                return Err(Error::refused("nothing_to_offset", message));
            }
            let number = self.numbers.named("DJ");
            record(actor, &mut commit, &number, (&dues, &offsets))?;
            let access = actor.access(self, "offset_credit", owner, "done");
            commit.access = Some((String::new(), access));
            if self.store.record_contributions(&commit).await? == Answer::Done {
                return Ok(offsets);
            }
        }
        Err(Error::Busy)
    }
}

/// Moves credits to open periods in the rows of dues, and says how.
fn offsets(dues: &mut [DueRow]) -> Vec<Offset> {
    let mut moved = Vec::new();
    for place in 0..dues.len() {
        let credit = credit_of(&dues[place]);
        if credit.is_none() {
            continue;
        }
        let open: Vec<Open> = dues
            .iter()
            .map(|due| Open {
                period: due.period.clone(),
                owed: open_of(due),
            })
            .collect();
        let from = dues[place].period.clone();
        for (to, part) in allocate(credit, None, &open).parts {
            pay(&mut dues[place], Both::NONE.minus(part));
            if let Some(due) = dues.iter_mut().find(|due| due.period == to) {
                pay(due, part);
            }
            moved.push(Offset {
                from: from.clone(),
                to,
                employer: part.employer,
                person: part.person,
            });
        }
    }
    moved
}

fn record(
    actor: &Actor,
    commit: &mut ContributionCommit,
    number: &str,
    (dues, offsets): (&[DueRow], &[Offset]),
) -> Result<(), Error> {
    let Some(any) = dues.first() else {
        return Ok(());
    };
    for (nth, offset) in (1..).zip(offsets) {
        let part = Both {
            employer: offset.employer,
            person: offset.person,
        };
        let sides = [(&offset.from, Both::NONE.minus(part)), (&offset.to, part)];
        for (period, part) in sides {
            commit.allocations.push(AllocationRow {
                owner: any.owner.clone(),
                period: period.clone(),
                allocation: format!("{number}-{nth}"),
                kind: "offset".to_owned(),
                employer_part: part.employer,
                person_part: part.person,
                late_fee: Fen::ZERO,
                file: String::new(),
                line_no: 0,
                paid_on: actor.at.date(),
                made_at: actor.at,
                made_by: actor.name.clone(),
            });
        }
        let batch = format!("{number}-{nth}");
        let document = Document {
            batch: &batch,
            reference: number,
            owner: &any.owner,
            on: actor.at.date(),
        };
        let kind = levied(&any.owner_kind, &offset.to, actor.at.date());
        let made = posted(bookkeeping::offset(&document.levy(kind, part)))?;
        commit
            .ledger
            .extend(made.map(|batch| (any.owner.clone(), batch)));
    }
    let paid_now =
        |due: &&DueRow| is_complete(due) && offsets.iter().any(|offset| offset.to == due.period);
    for due in dues.iter().filter(paid_now) {
        note_paid(commit, actor, due, actor.at.date());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn due(month: usize, (owed, paid): ((i64, i64), (i64, i64))) -> DueRow {
        DueRow {
            owner: "E1".into(),
            owner_kind: "employer".into(),
            period: format!("2024-{:02}", month + 1),
            version: 1,
            due_on: None,
            owed_employer: Fen::new(owed.0),
            owed_person: Fen::new(owed.1),
            paid_employer: Fen::new(paid.0),
            paid_person: Fen::new(paid.1),
        }
    }

    fn amounts() -> impl Strategy<Value = (i64, i64)> {
        (0_i64..10_000, 0_i64..10_000)
    }

    proptest! {
        #[test]
        fn an_offset_moves_money_and_makes_none(
            months in prop::collection::vec((amounts(), amounts()), 1..12)
        ) {
            let before: Vec<DueRow> = months.into_iter().enumerate()
                .map(|(month, amounts)| due(month, amounts)).collect();
            let mut after = before.clone();
            let _ = offsets(&mut after);
            let sum = |dues: &[DueRow]| -> (Fen, Fen) {
                (dues.iter().map(|due| due.paid_employer).sum(),
                 dues.iter().map(|due| due.paid_person).sum())
            };
            prop_assert_eq!(sum(&before), sum(&after));
            let left = after.iter().any(|due| due.paid_employer > due.owed_employer);
            let open = after.iter().any(|due| due.paid_employer < due.owed_employer);
            prop_assert!(!(left && open), "credit is used before anything stays open");
            for (one, other) in before.iter().zip(&after) {
                let kept = one.paid_employer.min(one.owed_employer);
                prop_assert!(other.paid_employer >= kept);
            }
            let again = offsets(&mut after);
            prop_assert!(again.is_empty(), "a second time there is nothing to move");
        }
    }
}
