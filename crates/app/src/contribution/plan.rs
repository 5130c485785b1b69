//! What a line of receipts does to an owner: a pure function of what is owed.

use ::store::DueRow;
use enrolment::contribution::{Allocation, Both, Open, allocate};
use money::Fen;

/// What is owed by a row of dues.
pub(super) fn owed_of(due: &DueRow) -> Both {
    Both {
        employer: due.owed_employer,
        person: due.owed_person,
    }
}

/// What has come in for it.
pub(super) fn paid_of(due: &DueRow) -> Both {
    Both {
        employer: due.paid_employer,
        person: due.paid_person,
    }
}

/// What is still open of it, never below zero.
pub(super) fn open_of(due: &DueRow) -> Both {
    owed_of(due).minus(paid_of(due)).to_zero()
}

/// What is paid beyond what is owed, never below zero.
pub(super) fn credit_of(due: &DueRow) -> Both {
    paid_of(due).minus(owed_of(due)).to_zero()
}

/// Whether nothing is open any more.
pub(super) fn is_complete(due: &DueRow) -> bool {
    open_of(due).is_none()
}

/// Counts money towards a row of dues.
pub(super) fn pay(due: &mut DueRow, part: Both) {
    due.paid_employer += part.employer;
    due.paid_person += part.person;
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Where its money goes.
    pub spread: Allocation,
    /// `matched`, `under`, `over` or `unmatched`.
    pub status: &'static str,
    /// What somebody should know of it.
    pub note: String,
}

/// Decides where the money of a line goes; `dues` are all periods assessed for its owner.
pub(super) fn place(money: Both, period: &str, dues: &[DueRow]) -> Outcome {
    let unmatched = |note: String| Outcome {
        spread: Allocation {
            parts: Vec::new(),
            left: money,
        },
        status: "unmatched",
        note,
    };
    if dues.is_empty() {
        return unmatched("没有此缴费方的核定".to_owned());
    }
    let stated = dues.iter().find(|due| due.period == period);
    if !period.is_empty() && stated.is_none() {
        return unmatched(format!("缴费方没有{period}的核定"));
    }
    let open: Vec<Open> = dues
        .iter()
        .map(|due| Open {
            period: due.period.clone(),
            owed: open_of(due),
        })
        .collect();
    let spread = allocate(money, (!period.is_empty()).then_some(period), &open);
    let (status, note) = judged(&spread, stated, money);
    Outcome {
        spread,
        status,
        note,
    }
}

fn judged(spread: &Allocation, stated: Option<&DueRow>, money: Both) -> (&'static str, String) {
    if !spread.left.is_none() {
        let left = spread.left.total();
        return ("over", format!("多缴{left}元，没有可以抵缴的所属期"));
    }
    let Some(stated) = stated else {
        let periods: Vec<&str> = spread.parts.iter().map(|(period, _)| &**period).collect();
        return (
            "matched",
            format!("没有写明所属期，计入{}", periods.join("、")),
        );
    };
    let first = spread
        .parts
        .iter()
        .find(|(period, _)| *period == stated.period);
    let part = first.map_or(Both::NONE, |(_, part)| *part);
    let short = open_of(stated).minus(part);
    if !short.is_none() {
        return ("under", format!("还差{}元", short.total()));
    }
    let other = money.minus(part).total();
    if other == Fen::ZERO {
        return ("matched", String::new());
    }
    ("matched", format!("多出的{other}元抵缴其他所属期"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(employer: i64, person: i64) -> Both {
        Both {
            employer: Fen::yuan(employer),
            person: Fen::yuan(person),
        }
    }

    fn due(period: &str) -> DueRow {
        DueRow {
            owner: "E1".into(),
            owner_kind: "employer".into(),
            period: period.into(),
            version: 1,
            due_on: None,
            owed_employer: Fen::yuan(80),
            owed_person: Fen::yuan(20),
            paid_employer: Fen::ZERO,
            paid_person: Fen::ZERO,
        }
    }

    #[test]
    fn every_outcome_says_what_became_of_the_money() {
        let dues = [due("2024-09"), due("2024-10")];
        let placed = |money, period| place(money, period, &dues);
        assert_eq!(placed(both(80, 20), "2024-10").status, "matched");
        assert_eq!(placed(both(80, 20), "").spread.parts[0].0, "2024-09");
        let under = placed(both(30, 20), "2024-10");
        assert_eq!((under.status, &*under.note), ("under", "还差50.00元"));
        let more = placed(both(100, 20), "2024-10");
        assert_eq!(
            (more.status, &*more.note),
            ("matched", "多出的20.00元抵缴其他所属期")
        );
        let over = placed(both(200, 20), "2024-10");
        assert_eq!((over.status, over.spread.left), ("over", both(40, 0)));
        assert_eq!(placed(both(80, 20), "2024-11").status, "unmatched");
        assert_eq!(place(both(1, 0), "", &[]).status, "unmatched");
    }
}
