#![allow(clippy::unwrap_used)]

use ledger::{Balances, Batch};
use terms::FundType;

use super::received::Rest;
use super::*;

fn levy(employer: i64, person: i64) -> Levy<'static> {
    Levy {
        batch: "B",
        reference: "D",
        owner: "E1",
        levied: Levied::Employee,
        on: "2024-11-15".parse().unwrap(),
        employer: Fen::yuan(employer),
        person: Fen::yuan(person),
    }
}

fn balance(batches: &[Option<Batch>], book: &str, code: &str) -> Fen {
    let transfers = batches.iter().flatten().flat_map(Batch::transfers);
    Balances::replay(transfers).of_code(book, code).balance()
}

#[test]
fn a_month_paid_in_full_leaves_nothing_owed_and_nothing_waiting() {
    let batches = [
        assessed::assessed(&levy(80, 20)).unwrap(),
        received::received(&levy(80, 20), Rest::default()).unwrap(),
    ];
    for (code, yuan) in [
        ("M1004", 0),
        ("M4001", 0),
        ("4601", 0),
        ("1005", 100),
        ("400101", -80),
        ("400102", -20),
    ] {
        assert_eq!(balance(&batches, "E", code), Fen::yuan(yuan), "{code}");
    }
}

#[test]
fn a_halved_month_that_was_paid_is_owed_back_until_it_is_refunded() {
    let mut batches = vec![
        assessed::assessed(&levy(80, 20)).unwrap(),
        received::received(&levy(80, 20), Rest::default()).unwrap(),
        assessed::assessed(&levy(-40, 0)).unwrap(),
    ];
    assert_eq!(balance(&batches, "E", "M1004"), Fen::yuan(-40));
    batches.push(offset::offset(&levy(10, 0)).unwrap());
    assert_eq!(balance(&batches, "E", "M1004"), Fen::yuan(-40));
    assert_eq!(balance(&batches, "E", "400101"), Fen::yuan(-80));
    batches.push(refunded::refunded(&levy(40, 0)).unwrap());
    assert_eq!(balance(&batches, "E", "M1004"), Fen::ZERO);
    assert_eq!(balance(&batches, "E", "400101"), Fen::yuan(-40));
    assert_eq!(balance(&batches, "E", "1003"), Fen::yuan(-40));
}

#[test]
fn what_no_period_takes_waits_until_it_is_matched_or_returned() {
    let rest = Rest {
        late_fee: Fen::yuan(3),
        left: Fen::yuan(7),
    };
    let mut batches = vec![
        assessed::assessed(&levy(80, 20)).unwrap(),
        late_fee::late_fee(&levy(3, 0)).unwrap(),
        received::received(&levy(80, 20), rest).unwrap(),
    ];
    assert_eq!(balance(&batches, "E", "4601"), Fen::yuan(-7));
    assert_eq!(balance(&batches, "E", "4501"), Fen::yuan(-3));
    assert_eq!(balance(&batches, "E", "1005"), Fen::yuan(110));
    assert_eq!(balance(&batches, "E", "M1004"), Fen::ZERO);
    batches.push(refunded::returned(&levy(5, 2)).unwrap());
    assert_eq!(balance(&batches, "E", "4601"), Fen::ZERO);
    assert_eq!(balance(&batches, "E", "M1004"), Fen::ZERO);
}

#[test]
fn the_aid_book_pays_what_the_residents_book_receives() {
    let levy = Levy {
        levied: Levied::Resident,
        ..levy(0, 0)
    };
    let there = subsidised::subsidised(&levy, FundType::Assistance, Fen::yuan(300)).unwrap();
    let less = subsidised::subsidised(&levy, FundType::Assistance, Fen::yuan(-100)).unwrap();
    let batches = [there, less];
    assert_eq!(balance(&batches, "A", "500111"), Fen::yuan(200));
    assert_eq!(balance(&batches, "R", "400106"), Fen::yuan(-200));
    assert!(
        subsidised::subsidised(&levy, FundType::PublicFinance, Fen::ZERO)
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_premium_of_a_year_not_begun_is_no_income_yet() {
    let levy = Levy {
        levied: Levied::ResidentPrepaid,
        ..levy(0, 400)
    };
    let batches = [received::received(&levy, Rest::default()).unwrap()];
    assert_eq!(balance(&batches, "R", "200101"), Fen::yuan(-400));
    assert_eq!(balance(&batches, "R", "400105"), Fen::ZERO);
}
