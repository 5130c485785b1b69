//! 账单自身是否成立：行、金额、日期。

use money::{Fen, Quantity, Rounding};

use crate::{Bill, Issue, Line, Refusal};

/// How far a line's amount may lie from price × quantity (0.01元).
const TOLERANCE: Fen = Fen::new(1);

/// The largest amount of one line; a bill of any number of lines then fits into 64 bits of fen.
const MOST: Fen = Fen::yuan(1_000_000_000);

/// Refuses a bill that contradicts itself, with every fault found.
pub(crate) fn check(bill: &Bill) -> Result<(), Refusal> {
    let dates = bill.dates;
    if dates.admission > dates.discharge || dates.discharge > dates.settlement {
        return Err(Refusal::BadDates {
            admission: dates.admission,
            discharge: dates.discharge,
            settlement: dates.settlement,
        });
    }
    if bill.lines.is_empty() {
        return Err(Refusal::NoLines);
    }
    let mut issues: Vec<Issue> = bill
        .lines
        .iter()
        .filter_map(|line| fault_of(line, bill))
        .collect();
    issues.extend(repeated_numbers(bill));
    if issues.is_empty() {
        Ok(())
    } else {
        Err(Refusal::BadLines { issues })
    }
}

fn fault_of(line: &Line, bill: &Bill) -> Option<Issue> {
    let message = if line.amount.is_negative() {
        format!("金额{}为负数", line.amount)
    } else if line.price.get() < 0 {
        format!("单价{}为负数", line.price)
    } else if line.quantity <= Quantity::ZERO {
        format!("数量{}不大于零", line.quantity)
    } else if line.amount > MOST || product_is_beyond_bounds(line) {
        format!(
            "金额{}（单价{}×数量{}）超过{MOST}元",
            line.amount, line.price, line.quantity
        )
    } else if (line.price.times(line.quantity, Rounding::HalfUp) - line.amount)
        .get()
        .abs()
        > TOLERANCE.get()
    {
        format!(
            "金额{}与单价{}×数量{}不符",
            line.amount, line.price, line.quantity
        )
    } else if line.served > bill.dates.settlement {
        format!("费用发生日期{}晚于结算日期", line.served)
    } else {
        return None;
    };
    Some(Issue {
        line: line.number,
        message,
    })
}

/// Whether price × quantity exceeds the largest amount; looked at before anything multiplies them.
fn product_is_beyond_bounds(line: &Line) -> bool {
    let product = i128::from(line.price.get()) * i128::from(line.quantity.get());
    // Millionths of a yuan times ten-thousandths of a unit, against fen.
    product > i128::from(MOST.get()) * 100_000_000
}

fn repeated_numbers(bill: &Bill) -> Vec<Issue> {
    let mut numbers: Vec<u32> = bill.lines.iter().map(|line| line.number).collect();
    numbers.sort_unstable();
    let repeated = numbers.windows(2).filter(|pair| pair[0] == pair[1]);
    repeated
        .map(|pair| Issue {
            line: pair[0],
            message: "行号重复".to_owned(),
        })
        .collect()
}
