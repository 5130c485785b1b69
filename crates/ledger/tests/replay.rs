//! What must hold of every ledger: replay order, reversal, balance, append-only numbering.
#![allow(clippy::unwrap_used)]

use ledger::{Account, Balances, Batch, Entry, Journal, Refusal, Totals};
use money::Fen;
use proptest::prelude::*;
use terms::Date;

fn date() -> Date {
    "2024-11-15".parse().unwrap()
}

fn entry() -> impl Strategy<Value = Entry> {
    let account = (0..4usize, 0..3usize);
    (0..3usize, account.clone(), account, 1..10_000_000i64).prop_filter_map(
        "two accounts",
        |(book, debit, credit, fen)| {
            let book = ["E", "R", "A"][book];
            let name = |(code, holder): (usize, usize)| {
                let code = ["500101", "M2001", "M3002", "300102"][code];
                Account::held(book, code, ["", "H1", "H2"][holder])
            };
            Entry::try_new(name(debit), name(credit), Fen::new(fen), "settled").ok()
        },
    )
}

fn batches() -> impl Strategy<Value = Vec<Batch>> {
    proptest::collection::vec(proptest::collection::vec(entry(), 1..6), 1..20).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(i, entries)| {
                Batch::try_new(&format!("B{i}"), &format!("S{i}"), date(), entries).unwrap()
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn replay_does_not_depend_on_order(batches in batches(), rotate in 0..100usize) {
        let mut transfers: Vec<_> = batches.iter().flat_map(Batch::transfers).collect();
        let forward = Balances::replay(&transfers);
        let len = transfers.len();
        transfers.rotate_left(rotate % len);
        transfers.reverse();
        prop_assert_eq!(&forward, &Balances::replay(&transfers));
        let (left, right) = transfers.split_at(len / 2);
        let mut merged = Balances::replay(left);
        merged.merge(Balances::replay(right));
        prop_assert_eq!(forward, merged);
    }

    #[test]
    fn every_book_is_in_balance(batches in batches()) {
        let balances = Balances::replay(batches.iter().flat_map(Batch::transfers));
        for totals in balances.trial().values() {
            prop_assert_eq!(totals.balance(), Fen::ZERO);
            prop_assert!(totals.debit > Fen::ZERO);
        }
    }

    #[test]
    fn reversal_restores_every_balance(
        batches in batches(),
        which in any::<prop::sample::Index>(),
    ) {
        let mut journal = Journal::default();
        for batch in &batches {
            journal.post(batch.clone()).unwrap();
        }
        let without: Vec<_> = {
            let skip = which.index(batches.len());
            batches.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, b)| b).collect()
        };
        let original = which.get(&batches);
        journal.post(original.reversal("R", "S-R", date(), "reversed")).unwrap();
        let expected = Balances::replay(without.into_iter().flat_map(Batch::transfers));
        for (account, totals) in journal.balances().iter() {
            prop_assert_eq!(totals.balance(), expected.of(account).balance(), "{}", account);
        }
    }

    #[test]
    fn a_batch_survives_its_transfers(batches in batches()) {
        for batch in batches {
            let again = Batch::from_transfers(batch.transfers().collect()).unwrap();
            prop_assert_eq!(&again, &batch);
            let back = batch.reversal("R", "S", date(), "reversed");
            prop_assert_eq!(&Batch::from_transfers(back.transfers().collect()).unwrap(), &back);
            prop_assert!(back.mirrors(&batch));
        }
    }
}

fn one(id: &str, fen: i64) -> Batch {
    let (debit, credit) = (
        Account::new("E", "M3002"),
        Account::held("E", "M2001", "H1"),
    );
    let entry = Entry::try_new(debit, credit, Fen::new(fen), "settled").unwrap();
    Batch::try_new(id, "S", date(), vec![entry]).unwrap()
}

#[test]
fn refused_entries_in_order_of_precedence() {
    let here = || Account::new("E", "1004");
    let there = || Account::new("R", "1004");
    let refuse = |debit, credit, fen| {
        Entry::try_new(debit, credit, Fen::new(fen), "x")
            .unwrap_err()
            .code()
    };
    assert_eq!(refuse(here(), there(), 0), "ledger.amount_not_positive");
    assert_eq!(refuse(here(), here(), -1), "ledger.amount_not_positive");
    assert_eq!(refuse(here(), there(), 1), "ledger.across_books");
    assert_eq!(refuse(here(), here(), 1), "ledger.same_account");
    let empty = Batch::try_new("B", "S", date(), vec![]).unwrap_err();
    assert_eq!(empty, Refusal::EmptyBatch("B".into()));
}

#[test]
fn refused_batches_leave_the_journal_as_it_was() {
    let mut journal = Journal::default();
    journal.post(one("B1", 100)).unwrap();
    let refused = |journal: &mut Journal, batch| journal.post(batch).unwrap_err().code();
    assert_eq!(
        refused(&mut journal, one("B1", 100)),
        "ledger.duplicate_batch"
    );
    let stranger = one("B9", 100).reversal("R9", "S", date(), "reversed");
    assert_eq!(refused(&mut journal, stranger), "ledger.unknown_original");
    let wrong = one("B1", 101).reversal("R1", "S", date(), "reversed");
    assert_eq!(refused(&mut journal, wrong), "ledger.not_a_mirror");
    let right = one("B1", 100).reversal("R1", "S", date(), "reversed");
    journal.post(right).unwrap();
    let twice = one("B1", 100).reversal("R2", "S", date(), "reversed");
    assert_eq!(refused(&mut journal, twice), "ledger.already_reversed");
    assert_eq!(journal.batches().len(), 2);
}

#[test]
fn a_control_account_sums_its_holders() {
    let entries = [("H1", 30), ("H2", 12)].map(|(holder, fen)| {
        let credit = Account::held("E", "M2001", holder);
        Entry::try_new(Account::new("E", "M3002"), credit, Fen::new(fen), "settled").unwrap()
    });
    let batch = Batch::try_new("B", "S", date(), entries.to_vec()).unwrap();
    let balances = Balances::replay(batch.transfers());
    assert_eq!(
        balances.of_code("E", "M2001"),
        Totals {
            debit: Fen::ZERO,
            credit: Fen::new(42)
        }
    );
    assert_eq!(balances.of_code("R", "M2001"), Totals::default());
}
