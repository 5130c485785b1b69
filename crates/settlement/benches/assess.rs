//! How many ten-line bills one core settles per second, trace included.
//!
//! `cargo bench -p settlement --bench assess`
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use divan::counter::ItemsCount;
use policy::SchemePolicy;
use settlement::{Bill, assess};
use terms::Scheme;

fn main() {
    divan::main();
}

const INPATIENT: &str = r#"
person: {identities: [dibao]}
on: 2024-05-06
counters: {admissions: 1, fund-paid: "8000.00", serious-illness-base: "9000.00"}
accounts: {current_year: "300.00"}
use_account: true
lines:
  - {code: A01, class: A, price: "12.50", quantity: "14"}
  - {code: A02, class: A, price: "350.00", quantity: "3"}
  - {code: B01, class: B, prior: "10", price: "86.40", quantity: "20"}
  - {code: B02, class: B, prior: "20", price: "1250.00", quantity: "2"}
  - {code: C01, class: C, price: "120.00", quantity: "1"}
  - {code: S01, kind: service, class: A, price: "45.00", quantity: "12", ceiling: "40.00"}
  - {code: S02, kind: service, class: A, price: "2800.00", quantity: "1"}
  - {code: S03, kind: service, class: B, prior: "10", price: "660.00", quantity: "2"}
  - {code: M01, kind: supply, class: B, prior: "30", price: "5400.00", ceiling: "4800.00"}
  - {code: M02, kind: supply, class: A, price: "3.20", quantity: "60"}
"#;

const OUTPATIENT: &str = r#"
person: {category: retired, age: 70}
visit: {care: general_outpatient}
on: 2023-05-10
counters: {outpatient-deductible: "120.00"}
accounts: {current_year: "50.00", historic: "900.00"}
use_account: true
lines:
  - {code: A01, class: A, price: "12.50", quantity: "2"}
  - {code: A02, class: A, price: "35.00", quantity: "3"}
  - {code: A03, class: A, price: "8.80", quantity: "4"}
  - {code: A04, class: A, price: "15.00", quantity: "1"}
  - {code: B01, class: B, prior: "10", price: "86.40", quantity: "2"}
  - {code: B02, class: B, prior: "20", price: "25.00", quantity: "2"}
  - {code: B03, class: B, prior: "5", price: "64.00", quantity: "1"}
  - {code: C01, class: C, price: "20.00", quantity: "1"}
  - {code: S01, kind: service, class: A, price: "45.00", quantity: "1"}
  - {code: S02, kind: service, class: A, price: "10.00", quantity: "1"}
"#;

fn load(area: &str, scheme: Scheme, facts: &str) -> (Bill, SchemePolicy) {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/settlement/policies/regions");
    let area = area.parse().unwrap();
    let law = golden::law(&folder, area, scheme).unwrap();
    (golden::bill(facts, area, scheme).unwrap(), law)
}

/// An inpatient bill through basic, serious illness, assistance, tilt and account.
#[divan::bench]
fn inpatient_all_layers(bencher: divan::Bencher<'_, '_>) {
    let (bill, law) = load("990281", Scheme::Resident, INPATIENT);
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench_local(|| assess(divan::black_box(&bill), &law).unwrap());
}

/// An outpatient bill: account, deductible, shared segment, account again.
#[divan::bench]
fn outpatient_with_account(bencher: divan::Bencher<'_, '_>) {
    let (bill, law) = load("330200", Scheme::Employee, OUTPATIENT);
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench_local(|| assess(divan::black_box(&bill), &law).unwrap());
}
