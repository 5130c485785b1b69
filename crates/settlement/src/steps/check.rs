//! 账单自身是否成立：行、金额、日期。

use money::{Fen, Quantity, Rounding};

use crate::{Bill, Issue, Line, Refusal};

/// How far a line's amount may lie from price × quantity (0.01元).
const TOLERANCE: Fen = Fen::new(1);

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
    let product = line.price.times(line.quantity, Rounding::HalfUp);
    let message = if line.amount.is_negative() {
        format!("金额{}为负数", line.amount)
    } else if line.price.get() < 0 {
        format!("单价{}为负数", line.price)
    } else if line.quantity <= Quantity::ZERO {
        format!("数量{}不大于零", line.quantity)
    } else if (product - line.amount).get().abs() > TOLERANCE.get() {
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
