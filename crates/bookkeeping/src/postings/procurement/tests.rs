use ledger::Balances;

use super::*;
use super::{approved::*, paid::*, refunded::*, short::*};

fn line(amount: Fen) -> SupplierLine<'static> {
    SupplierLine {
        batch: "B",
        invoice: "F1",
        institution: "H1",
        supplier: "S1",
        book: "E",
        on: Date::constant(2024, 11, 15),
        amount,
    }
}

fn short(amount: Fen) -> ProviderAmount<'static> {
    ProviderAmount {
        batch: "B",
        document: "D1",
        institution: "H1",
        book: "E",
        on: Date::constant(2024, 11, 15),
        amount,
    }
}

/// The example of the reference: due 250,000, a supplier gets 320,000, 70,000 are receivable.
#[test]
fn a_paid_supplier_waits_for_the_settlement_and_nothing_else_stays_open() {
    let amount = Fen::yuan(320_000);
    let batches = [
        supplier_owed(&line(amount)).unwrap(),
        supplier_paid(&line(amount)).unwrap(),
        shortfall_noted(&short(Fen::yuan(70_000))).unwrap(),
    ];
    let balances = Balances::replay(batches.iter().flat_map(Batch::transfers));
    let of = |code: &str, holder: &str| balances.of(&Account::held("E", code, holder)).balance();
    assert_eq!(of("110102", "H1"), amount);
    assert_eq!(of("1004", ""), -amount);
    assert_eq!(of("M2003", "S1"), Fen::ZERO);
    assert_eq!(of("M1001", "H1"), Fen::yuan(70_000));
    let met = shortfall_met(&short(Fen::yuan(70_000))).unwrap();
    let all = batches.iter().chain([&met]).flat_map(Batch::transfers);
    let balances = Balances::replay(all);
    let open = |code: &str| balances.of(&Account::held("E", code, "H1")).balance();
    assert_eq!((open("M1001"), open("M1005")), (Fen::ZERO, Fen::ZERO));
}

#[test]
fn what_is_taken_back_or_refunded_undoes_what_was_paid() {
    let amount = Fen::yuan(80);
    for undone in [
        supplier_paid(&line(-amount)),
        supplier_refunded(&line(amount)),
    ] {
        let paid = supplier_paid(&line(amount)).unwrap();
        let undone = undone.unwrap();
        let balances = Balances::replay(paid.transfers().chain(undone.transfers()));
        let of = |code: &str, holder| balances.of(&Account::held("E", code, holder)).balance();
        assert_eq!((of("110102", "H1"), of("1004", "")), (Fen::ZERO, Fen::ZERO));
    }
    assert!(supplier_paid(&line(Fen::ZERO)).is_err());
}
