//! Batches of suppliers' invoices: what suppliers get is what institutions' settlements fall by.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use money::Fen;
use payment::methods::supplier_batch::{BatchPlan, BatchQuestion, Claim, Due, plan_batch};
use payment::methods::supplier_netting::NettingMode;
use proptest::prelude::*;

fn claim(invoice: &str, (institution, supplier): (&str, &str), day: i8, yuan: i64) -> Claim {
    Claim {
        invoice: invoice.to_owned(),
        institution: institution.to_owned(),
        supplier: supplier.to_owned(),
        accepted_on: terms::Date::new(2024, 10, day).unwrap(),
        remaining: Fen::yuan(yuan),
        paid: BTreeMap::new(),
    }
}

fn due(institution: &str, book: &str, yuan: i64) -> Due {
    Due {
        institution: institution.to_owned(),
        book: book.to_owned(),
        due: Fen::yuan(yuan),
    }
}

fn plan(mode: NettingMode, claims: Vec<Claim>, dues: Vec<Due>) -> BatchPlan {
    plan_batch(&BatchQuestion { mode, claims, dues }).unwrap()
}

/// The example of the reference: due 1,000,000, invoices 320,000; and due 250,000, all advanced.
#[test]
fn the_published_examples_come_out() {
    let claims = vec![claim("F1", ("H1", "S1"), 3, 320_000)];
    let paid = plan(
        NettingMode::WithinDue,
        claims.clone(),
        vec![due("H1", "E", 1_000_000)],
    );
    assert_eq!(paid.offsets[0].offset, Fen::yuan(320_000));
    let short = plan(
        NettingMode::Advance,
        claims.clone(),
        vec![due("H1", "E", 250_000)],
    );
    let of = &short.offsets[0];
    assert_eq!(
        (of.offset, of.shortfall),
        (Fen::yuan(250_000), Fen::yuan(70_000))
    );
    let within = plan(
        NettingMode::WithinDue,
        claims,
        vec![due("H1", "E", 250_000)],
    );
    assert_eq!(within.unpaid, [("F1".to_owned(), Fen::yuan(70_000))]);
    assert_eq!(within.offsets[0].shortfall, Fen::ZERO);
}

#[test]
fn the_oldest_invoice_is_paid_first_and_books_bear_their_proportion() {
    let claims = vec![
        claim("F2", ("H1", "S1"), 9, 300),
        claim("F1", ("H1", "S2"), 2, 100),
    ];
    let paid = plan(
        NettingMode::WithinDue,
        claims,
        vec![due("H1", "E", 150), due("H1", "R", 50)],
    );
    let orders = paid.orders();
    let of = |supplier: &str, book: &str| orders.get(&(supplier.to_owned(), book.to_owned()));
    assert_eq!(of("S2", "E"), Some(&Fen::yuan(100)));
    assert_eq!(
        (of("S1", "E"), of("S1", "R")),
        (Some(&Fen::yuan(50)), Some(&Fen::yuan(50)))
    );
    assert_eq!(paid.unpaid, [("F2".to_owned(), Fen::yuan(200))]);
}

#[test]
fn goods_that_went_back_lower_the_next_order_of_their_supplier_in_the_book_that_paid() {
    let mut returned = claim("F0", ("H1", "S1"), 1, -80);
    returned.paid = BTreeMap::from([
        ("E".to_owned(), Fen::yuan(30)),
        ("R".to_owned(), Fen::yuan(90)),
    ]);
    let claims = vec![returned, claim("F1", ("H2", "S1"), 5, 60)];
    let dues = vec![due("H1", "E", 500), due("H2", "R", 500)];
    let paid = plan(NettingMode::WithinDue, claims, dues);
    // H2's goods are paid from R, where 60 of the 80 come back to H1; the rest waits.
    assert_eq!(paid.orders().values().copied().sum::<Fen>(), Fen::ZERO);
    assert_eq!(paid.credit_left, [("F0".to_owned(), Fen::yuan(20))]);
    let back: Vec<(&str, Fen)> = paid
        .offsets
        .iter()
        .map(|of| (of.institution.as_str(), of.offset))
        .collect();
    assert_eq!(back, [("H1", Fen::yuan(-60)), ("H2", Fen::yuan(60))]);
}

fn claims() -> impl Strategy<Value = Vec<Claim>> {
    let one = (
        0..4_u8,
        0..3_u8,
        1..28_i8,
        -50_000..200_000_i64,
        0..90_000_i64,
        0..90_000_i64,
    );
    prop::collection::vec(one, 0..30).prop_map(|all| {
        let made = all
            .into_iter()
            .enumerate()
            .map(|(nth, (h, s, day, fen, e, r))| {
                let paid = [("E", e), ("R", r)].map(|(book, fen)| (book.to_owned(), Fen::new(fen)));
                let mut made = claim(
                    &format!("F{nth}"),
                    (&format!("H{h}"), &format!("S{s}")),
                    day,
                    0,
                );
                (made.remaining, made.paid) = (Fen::new(fen), BTreeMap::from(paid));
                made
            });
        made.collect()
    })
}

proptest! {
    #[test]
    fn suppliers_get_what_settlements_fall_by(
        claims in claims(),
        dues in prop::collection::vec((0..4_u8, any::<bool>(), 0..150_000_i64), 0..8),
        advance in any::<bool>(),
    ) {
        let dues: Vec<Due> = dues.into_iter().map(|(h, e, fen)| Due {
            institution: format!("H{h}"),
            book: if e { "E" } else { "R" }.to_owned(),
            due: Fen::new(fen),
        }).collect();
        let mode = if advance { NettingMode::Advance } else { NettingMode::WithinDue };
        let plan = plan(mode, claims.clone(), dues.clone());
        let orders = plan.orders();
        let fallen: Fen = plan.offsets.iter().map(|of| of.offset + of.shortfall).sum();
        prop_assert_eq!(orders.values().copied().sum::<Fen>(), fallen);
        prop_assert!(orders.values().all(|order| *order >= Fen::ZERO));
        for of in &plan.offsets {
            prop_assert!(of.offset <= of.due && of.shortfall >= Fen::ZERO);
            prop_assert!(advance || of.shortfall.is_zero());
        }
        let asked: Fen = claims.iter().map(|claim| claim.remaining).sum();
        let left: Fen = plan.unpaid.iter().map(|(_, left)| *left).sum();
        let credit: Fen = plan.credit_left.iter().map(|(_, left)| *left).sum();
        prop_assert_eq!(asked, fallen + left - credit);
        prop_assert!(!advance || left.is_zero());
    }
}
