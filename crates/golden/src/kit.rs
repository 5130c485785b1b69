use std::path::Path;

use lawbook::load_policy;
use policy::{AreaPolicy, SchemePolicy};
use settlement::Bill;
use terms::{AreaCode, Scheme};

use crate::Fault;
use crate::facts::{Place, read_bill};
use crate::fault::Faults;
use crate::folder::{of_file, of_policy};
use crate::node::parse;
use crate::reader::Desk;

/// The law of one area, for tests and benchmarks.
///
/// # Errors
/// Every fault of the folder, or that it has no such area.
pub fn area(folder: &Path, code: AreaCode) -> Result<AreaPolicy, Vec<Fault>> {
    let mut book = load_policy(folder)
        .map_err(|faults| faults.iter().map(of_policy).collect::<Vec<Fault>>())?;
    let missing = || vec![of_file(folder, &format!("没有统筹区{code}"))];
    book.areas.remove(&code).ok_or_else(missing)
}

/// The law of one scheme of one area, for tests and benchmarks.
///
/// # Errors
/// Every fault of the folder, or that it has no such area or scheme.
pub fn law(folder: &Path, code: AreaCode, scheme: Scheme) -> Result<SchemePolicy, Vec<Fault>> {
    let mut area = area(folder, code)?;
    let missing = || vec![of_file(folder, &format!("没有{code}的{scheme}"))];
    area.schemes.remove(&scheme).ok_or_else(missing)
}

/// A bill from facts written as in the `given` of a case, for tests and benchmarks.
///
/// # Errors
/// Every fault of the text.
pub fn bill(facts: &str, area: AreaCode, scheme: Scheme) -> Result<Bill, Vec<Fault>> {
    let faults = Faults::default();
    let desk = Desk {
        file: "given",
        faults: &faults,
    };
    let place = Place {
        area,
        scheme,
        nth: 1,
    };
    let node = parse("given", facts).map_err(|fault| vec![fault])?;
    let bill = read_bill(&desk, &node, place);
    let found = faults.into_sorted();
    match bill {
        Some(bill) if found.is_empty() => Ok(bill),
        _ => Err(found),
    }
}
