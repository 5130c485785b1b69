//! What must hold of every outcome, in release builds too; a broken one is a bug and books nothing.

use money::Fen;

use crate::{Bill, Outcome};

pub(crate) fn hold(bill: &Bill, outcome: &Outcome) {
    let payers =
        outcome.fund_total() + outcome.account_total() + outcome.cash + outcome.institution;
    assert_eq!(payers, outcome.total, "payers sum to the bill");
    assert_eq!(
        outcome.total,
        bill.total(),
        "the outcome is about the whole bill"
    );
    let parts = outcome.self_paid + outcome.over_limit + outcome.prior + outcome.in_scope;
    assert_eq!(parts, outcome.total, "line parts sum to the bill");
    assert!(!outcome.cash.is_negative(), "cash is not negative");
    assert_eq!(
        outcome.own.total(),
        outcome.person_total(),
        "own money is accounts and cash"
    );
    assert_eq!(
        outcome.lines.len(),
        bill.lines.len(),
        "every line is accounted for once"
    );
    for (line, split) in bill.lines.iter().zip(&outcome.lines) {
        let parts = [
            split.self_paid,
            split.over_limit,
            split.prior,
            split.in_scope,
        ];
        assert!(
            parts.iter().all(|part| !part.is_negative()),
            "no part of a line is negative"
        );
        assert_eq!(
            parts.into_iter().sum::<Fen>(),
            split.amount,
            "line parts sum to the line"
        );
        assert_eq!(split.line, line.number, "splits keep the order of the bill");
    }
    for layer in &outcome.layers {
        assert!(!layer.paid.is_negative(), "no layer pays a negative share");
        assert!(layer.paid <= layer.base, "no layer pays more than its base");
    }
    for draw in &outcome.accounts {
        assert!(draw.amount > Fen::ZERO, "an account draw is positive");
        assert!(!draw.after.is_negative(), "no account goes below zero");
    }
    assert!(
        outcome
            .funds
            .iter()
            .all(|share| !share.amount.is_negative()),
        "no fund is negative"
    );
}
