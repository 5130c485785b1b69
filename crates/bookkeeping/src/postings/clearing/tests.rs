use ledger::{Balances, Batch};
use terms::Date;

use super::bridge::{Flow, bridge};
use super::management::approved::{Approval, Posted, statement_approved};
use super::statutory::paid::{Payment, statement_paid};
use super::statutory::returned::{Again, payment_reissued, payment_returned};
use super::*;

const ON: Date = Date::constant(2024, 11, 15);

fn adjusted(kind: AdjustmentKind, yuan: i64) -> Adjusted {
    Adjusted {
        kind,
        class: BenefitClass::Inpatient,
        amount: Fen::yuan(yuan),
    }
}

fn posted(book: &str, adjusted: &[Adjusted]) -> Result<Option<Posted>, Unpostable> {
    statement_approved(&Approval {
        batch: "SP",
        statement: "QS",
        institution: "H1",
        book,
        on: ON,
        adjusted,
    })
}

fn approved(book: &str, adjusted: &[Adjusted]) -> Result<Option<Batch>, Unpostable> {
    Ok(posted(book, adjusted)?.map(|posted| posted.batch))
}

#[test]
fn every_adjustment_knows_its_transfer() {
    let adjusted = [
        adjusted(AdjustmentKind::AuditDeduction, -30),
        adjusted(AdjustmentKind::SupplierNetting, -50),
        adjusted(AdjustmentKind::AuditDeduction, 0),
        adjusted(AdjustmentKind::AuditDeduction, -30),
    ];
    let posted = posted("E", &adjusted).unwrap().unwrap();
    let numbers = posted.transfers.iter().flatten().map(ToString::to_string);
    assert_eq!(numbers.collect::<Vec<_>>(), ["SP#1", "SP#2"]);
    assert!(posted.transfers[1].is_none() && posted.transfers[2].is_none());
    assert_eq!(posted.transfers[3].as_ref().map(|id| id.sequence), Some(2));
}

fn payment<'a>(spent: &'a [(BenefitClass, Fen)], parts: [i64; 3]) -> Payment<'a> {
    let [netting, advance, cash] = parts.map(Fen::yuan);
    Payment {
        batch: "FK",
        statement: "QS",
        institution: "H1",
        book: "E",
        on: ON,
        spent,
        netting,
        advance,
        cash,
    }
}

fn again() -> Again<'static> {
    Again {
        batch: "TP",
        order: "PZ",
        payee: "H1",
        book: "E",
        on: ON,
        amount: Fen::yuan(680),
    }
}

fn flows<'a>(batches: impl IntoIterator<Item = &'a Batch>) -> Vec<Flow> {
    let transfers = batches.into_iter().flat_map(Batch::transfers);
    let flow = |transfer: ledger::Transfer| Flow {
        debit: transfer.entry.debit().code.to_string(),
        credit: transfer.entry.credit().code.to_string(),
        amount: transfer.entry.amount(),
    };
    transfers.map(flow).collect()
}

/// The example of the reference, §12.3: due 1,000,000, invoices 320,000, the hospital gets 680,000.
#[test]
fn gross_expense_is_net_cash_and_offsets() {
    let spent = [(BenefitClass::Inpatient, Fen::yuan(1_000_000))];
    let payment = payment(&spent, [320_000, 0, 680_000]);
    let batch = statement_paid(&payment).unwrap().unwrap();
    let balances = Balances::replay(batch.transfers());
    let of = |code: &str, holder: &str| balances.of(&Account::held("E", code, holder)).balance();
    assert_eq!(of("500101", ""), Fen::yuan(1_000_000));
    assert_eq!(of("1004", ""), -Fen::yuan(680_000));
    assert_eq!(of("110102", "H1"), -Fen::yuan(320_000));
    assert_eq!(of("M2001", "H1"), Fen::yuan(1_000_000));
}

#[test]
fn a_class_below_zero_lowers_its_own_expense() {
    let spent = [
        (BenefitClass::Inpatient, Fen::yuan(100)),
        (BenefitClass::Pharmacy, -Fen::yuan(30)),
    ];
    let batch = statement_paid(&payment(&spent, [0, 0, 70])).unwrap();
    let balances = Balances::replay(batch.unwrap().transfers());
    let of = |code: &str| balances.of(&Account::new("E", code)).balance();
    assert_eq!(of("500101"), Fen::yuan(100));
    assert_eq!(of("500104"), -Fen::yuan(30));
    assert_eq!(of("1004"), -Fen::yuan(70));
}

#[test]
fn both_sides_of_a_payment_are_equal_or_nothing_is_posted() {
    let spent = [(BenefitClass::Inpatient, Fen::yuan(100))];
    for parts in [[0, 0, 99], [50, 0, 51], [150, 0, -50]] {
        let refused = statement_paid(&payment(&spent, parts)).unwrap_err();
        assert_eq!(refused.code(), "payment_unequal");
    }
}

#[test]
fn fines_and_other_funds_are_refused() {
    let fine = approved("E", &[adjusted(AdjustmentKind::AdministrativeFine, -1)]);
    assert_eq!(fine.unwrap_err(), Unpostable::Fine);
    for book in ["E", "R", "L"] {
        let mut aid = adjusted(AdjustmentKind::Correction, 1);
        aid.class = BenefitClass::Aid;
        let refused = approved(book, &[aid]).unwrap_err();
        assert_eq!(refused.code(), "class_not_in_book");
    }
    let hospital = adjusted(AdjustmentKind::Correction, 1);
    assert!(approved("A", &[hospital]).is_err());
    let aid = [(BenefitClass::Aid, Fen::yuan(1))];
    assert!(statement_paid(&payment(&aid, [0, 0, 1])).is_err());
}

/// The reverse of every event restores the balances (fund accounting, §9).
#[test]
fn the_mirror_of_every_event_leaves_nothing() {
    let kinds = AdjustmentKind::ALL.iter().copied();
    let lines: Vec<Adjusted> = kinds
        .filter(|kind| *kind != AdjustmentKind::AdministrativeFine)
        .map(|kind| adjusted(kind, if kind.sign() == Some(true) { 7 } else { -5 }))
        .collect();
    let spent = [(BenefitClass::Inpatient, Fen::yuan(1_000))];
    let batches = [
        approved("E", &lines).unwrap().unwrap(),
        statement_paid(&payment(&spent, [300, 20, 680]))
            .unwrap()
            .unwrap(),
        payment_returned(&again()).unwrap(),
        payment_reissued(&again()).unwrap(),
    ];
    for there in &batches {
        let back = there.reversal("B", "S", ON, "reversed");
        let balances = Balances::replay(there.transfers().chain(back.transfers()));
        assert!(
            balances
                .iter()
                .all(|(_, totals)| totals.balance().is_zero())
        );
    }
    assert!(bridge(&flows(&batches)).difference().is_zero());
}

/// By hand: 1,000 incurred and owed, 100 deducted, 680 paid, 200 set off against an advance, the
/// rest of 20 against suppliers; then 680 come back and are paid again.
#[test]
fn the_bridge_follows_every_step() {
    let settled = Batch::try_new(
        "S1",
        "S1",
        ON,
        vec![
            Entry::try_new(
                Account::held("E", "M3002", "employee_pooled"),
                Account::held("E", "M2001", "H1"),
                Fen::yuan(1_000),
                "settled_inpatient",
            )
            .unwrap(),
        ],
    )
    .unwrap();
    let deduction = [adjusted(AdjustmentKind::AuditDeduction, -100)];
    let spent = [(BenefitClass::Inpatient, Fen::yuan(900))];
    let steps = [
        settled,
        approved("E", &deduction).unwrap().unwrap(),
        statement_paid(&payment(&spent, [20, 200, 680]))
            .unwrap()
            .unwrap(),
        payment_returned(&again()).unwrap(),
        payment_reissued(&again()).unwrap(),
    ];
    let cash = [0, 0, 680, 0, 680].map(Fen::yuan);
    for (last, cash) in (1..=steps.len()).zip(cash) {
        let bridge = bridge(&flows(&steps[..last]));
        assert_eq!(bridge.cash, cash);
        assert!(bridge.difference().is_zero(), "{last}: {bridge:?}");
    }
    let whole = bridge(&flows(&steps));
    assert_eq!(whole.incurred, Fen::yuan(900));
    assert_eq!(
        (whole.payables, whole.advances),
        (Fen::ZERO, -Fen::yuan(220))
    );
    assert_eq!(whole.expense, Fen::yuan(900));
}

/// A posting that touches one kind of books only opens the bridge: it is not closed by definition.
#[test]
fn a_bridge_that_lacks_a_side_stays_open() {
    let cash_only = [Flow {
        debit: "500101".to_owned(),
        credit: "1004".to_owned(),
        amount: Fen::yuan(10),
    }];
    assert_eq!(bridge(&cash_only).difference(), Fen::yuan(10));
    let owed_only = [Flow {
        debit: "M2001".to_owned(),
        credit: "M4002".to_owned(),
        amount: Fen::yuan(10),
    }];
    assert_eq!(bridge(&owed_only).difference(), -Fen::yuan(10));
}
