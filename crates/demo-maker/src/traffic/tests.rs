use super::*;
use crate::{CATALOGUE_SEED, Recipe, area, catalogue};
use std::collections::BTreeSet;

fn stream(seed: u64) -> Traffic {
    let area = area(Recipe::suizhou().with_people(5000));
    traffic(&area, &catalogue(CATALOGUE_SEED, 1000), seed)
}

fn bills(count: usize) -> Vec<Bill> {
    let bill = |event| match event {
        Event::Bill(bill) => Some(*bill),
        Event::Reversal { .. } => None,
    };
    stream(1).filter_map(bill).take(count).collect()
}

#[test]
fn the_same_seed_gives_the_same_bills() {
    let first: Vec<Event> = stream(9).take(300).collect();
    assert_eq!(first, stream(9).take(300).collect::<Vec<_>>());
    assert_ne!(first, stream(10).take(300).collect::<Vec<_>>());
}

#[test]
fn the_mix_is_as_promised() {
    let all = bills(4000);
    let share = |care| all.iter().filter(|bill| bill.care == care).count() * 100 / all.len();
    assert!((37..=43).contains(&share(CareType::Pharmacy)));
    assert!((42..=48).contains(&share(CareType::GeneralOutpatient)));
    assert!((8..=12).contains(&share(CareType::ChronicOutpatient)));
    assert!((3..=7).contains(&share(CareType::Inpatient)));
    let reversals = stream(1)
        .take(5000)
        .filter(|e| matches!(e, Event::Reversal { .. }))
        .count();
    assert!((25..=80).contains(&reversals), "{reversals}");
}

#[test]
fn every_bill_adds_up_and_makes_sense() {
    let day = Recipe::suizhou().today;
    for bill in bills(2000) {
        assert!(!bill.lines.is_empty() && bill.total() > Fen::ZERO);
        assert!(bill.begin < bill.end && bill.end.date() == day);
        for line in &bill.lines {
            assert_eq!(
                line.amount.get(),
                line.price.get() * i64::from(line.quantity)
            );
            assert!(line.item.is_listed_on(day) && line.quantity > 0);
            assert!(bill.begin <= line.served && line.served <= bill.end);
        }
        assert_eq!(
            bill.care == CareType::ChronicOutpatient,
            bill.disease.is_some()
        );
        let is_pharmacy = bill.institution.kind == InstitutionKind::Pharmacy;
        assert_eq!(bill.care == CareType::Pharmacy, is_pharmacy);
        assert_eq!(bill.operator.institution, bill.institution.code);
        assert!(bill.doctor < bill.institution.doctors.len());
        assert!(!bill.diagnoses.is_empty());
    }
}

#[test]
fn only_earlier_bills_are_taken_back_and_only_once() {
    let (mut seen, mut gone) = (BTreeSet::new(), BTreeSet::new());
    for event in stream(4).take(5000) {
        match event {
            Event::Bill(bill) => assert!(seen.insert(bill.sequence)),
            Event::Reversal { of } => assert!(seen.contains(&of) && gone.insert(of)),
        }
    }
}

#[test]
fn only_people_registered_there_are_treated_outside_the_area() {
    let outside: Vec<Bill> = bills(20_000)
        .into_iter()
        .filter(|bill| bill.institution.county.city() != bill.person.county.city())
        .collect();
    assert!(!outside.is_empty());
    for bill in outside {
        assert!(bill.person.registrations[0].place == bill.institution.county);
    }
}
