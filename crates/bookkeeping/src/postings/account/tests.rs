#![allow(clippy::unwrap_used)]

use ledger::{Balances, Batch};

use super::credited::credited;
use super::earned::earned;
use super::inherited::inherited;
use super::left::left;
use super::premium::premium;
use super::refunded::refunded;
use super::*;

fn posting(owner: &'static str, amount: i64) -> AccountPosting<'static> {
    AccountPosting {
        batch: "B",
        owner,
        on: "2024-11-15".parse().unwrap(),
        amount: Fen::yuan(amount),
    }
}

/// What the fund owes a member after these batches.
fn owed(batches: &[Batch], owner: &str) -> Fen {
    let books = Balances::replay(batches.iter().flat_map(Batch::transfers));
    -books.of(&member(owner)).balance()
}

#[test]
fn what_comes_in_is_owed_to_the_member_and_what_leaves_is_not() {
    let batches = [
        credited(&posting("P1", 100)).unwrap(),
        earned(&posting("P1", 3)).unwrap(),
        refunded(&posting("P1", 7), "H1").unwrap(),
    ];
    assert_eq!(owed(&batches, "P1"), Fen::yuan(110));
    for gone in [
        left(&posting("P1", 110), Some("420100")),
        left(&posting("P1", 110), None),
    ] {
        let batches = [batches.as_slice(), &[gone.unwrap()]].concat();
        assert_eq!(owed(&batches, "P1"), Fen::ZERO);
    }
}

#[test]
fn an_inheritance_goes_to_accounts_and_to_cash() {
    let shares = [(Some("P2"), Fen::yuan(60)), (None, Fen::yuan(40))];
    let batches = [
        credited(&posting("P1", 100)).unwrap(),
        inherited(&posting("P1", 100), &shares).unwrap(),
    ];
    assert_eq!(owed(&batches, "P1"), Fen::ZERO);
    assert_eq!(owed(&batches, "P2"), Fen::yuan(60));
    let books = Balances::replay(batches.iter().flat_map(Batch::transfers));
    assert_eq!(-books.of_code("E", OWED_IN_CASH).balance(), Fen::yuan(40));
}

#[test]
fn a_premium_taken_back_gives_every_owner_what_it_paid() {
    let owners = [("P1", Fen::yuan(150)), ("P2", Fen::yuan(250))];
    let paid = premium(&posting("P3", 400), &owners).unwrap();
    let back = paid.reversal("B2", "B2", "2024-11-16".parse().unwrap(), "reversed");
    assert_eq!(owed(std::slice::from_ref(&paid), "P1"), -Fen::yuan(150));
    let books = Balances::replay(paid.transfers().chain(back.transfers()));
    assert!(books.iter().all(|(_, totals)| totals.balance().is_zero()));
}

#[test]
fn nothing_is_not_posted() {
    assert!(credited(&posting("P1", 0)).is_err());
    assert!(inherited(&posting("P1", 1), &[]).is_err());
    assert!(inherited(&posting("P1", 1), &[(Some("P1"), Fen::yuan(1))]).is_err());
}
