use std::collections::BTreeMap;

use money::Quantity;

/// Units sold out of one opened box (拆零销售).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSale {
    /// The box.
    pub code: String,
    /// Units, in ten-thousandths like every quantity.
    pub units: Quantity,
}

/// The sales with which more units left a box than it holds (T009 拆零超装量), by position.
///
/// The sales are given oldest first; every sale from the one that goes over on is named.
pub fn over_pack(holds: Quantity, sales: &[UnitSale]) -> Vec<usize> {
    let mut taken: BTreeMap<&str, i128> = BTreeMap::new();
    let mut over = Vec::new();
    for (place, sale) in sales.iter().enumerate() {
        let sum = taken.entry(&sale.code).or_default();
        *sum += i128::from(sale.units.get());
        if *sum > i128::from(holds.get()) {
            over.push(place);
        }
    }
    over
}
