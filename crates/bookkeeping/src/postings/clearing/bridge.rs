//! 两账桥接：现金支出 = 发生数 − 应付变动 + 预付变动 − 追回（fund accounting, §2）。

use money::Fen;

use super::{ADVANCED, EXPENDITURE, OWED, PAID_TO_SUPPLIERS, RECEIVABLE};
use super::{BUDGET_USED, HELD, OWED_AGAIN, RETAINED};
use crate::postings::account::MEMBER_ACCOUNTS;

/// What went from one account code to another in a period of a book (发生额).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The code debited.
    pub debit: String,
    /// The code credited.
    pub credit: String,
    /// How much.
    pub amount: Fen,
}

/// The bridge between the accrual and the cash books of a period (桥接表).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bridge {
    /// 发生数: what bills and decisions made the fund owe.
    pub incurred: Fen,
    /// 应付变动: what the fund owes more than before, less what it is owed more.
    pub payables: Fen,
    /// 预付变动: advances, and payments to suppliers not yet set off.
    pub advances: Fen,
    /// 追回: cash that came back from institutions.
    pub recovered: Fen,
    /// 现金支出, as the account of expenditure shows it.
    pub cash: Fen,
    /// 待遇支出, as the expense accounts show it.
    pub expense: Fen,
}

impl Bridge {
    /// What the accrual books say must have left the account.
    pub fn expected(&self) -> Fen {
        self.incurred - self.payables + self.advances - self.recovered
    }

    /// What is not explained; zero where both books tell one story (差额).
    pub fn difference(&self) -> Fen {
        self.cash - self.expected()
    }
}

/// Codes of what the fund owes institutions and suppliers.
const PAYABLES: [&str; 7] = [
    OWED, RETAINED, "M2003", OWED_AGAIN, HELD, RECEIVABLE, "M1005",
];
/// 应急专项预拨.
const EMERGENCY: &str = "110106";
const ADVANCES: [&str; 3] = [ADVANCED, PAID_TO_SUPPLIERS, EMERGENCY];

/// Computes the bridge of one book from what moved between its accounts.
pub fn bridge(flows: &[Flow]) -> Bridge {
    let mut sums = Bridge::default();
    for flow in flows {
        add(&mut sums, &flow.debit, &flow.credit, flow.amount);
    }
    sums.payables -= sums.recovered;
    sums
}

fn add(sums: &mut Bridge, debit: &str, credit: &str, amount: Fen) {
    let owed = |code: &str| PAYABLES.contains(&code);
    let accrued = |code: &str| code == BUDGET_USED || code == MEMBER_ACCOUNTS;
    let advanced = |code: &str| ADVANCES.contains(&code);
    let expensed = |code: &str| code.starts_with("5001");
    // What was received and belongs to no bill: retained or sent back, still to be paid.
    let waiting = |code: &str| code == "200103" || code == "200104";
    if owed(credit) {
        sums.payables += amount;
        sums.incurred += if accrued(debit) { amount } else { Fen::ZERO };
    }
    if owed(debit) {
        sums.payables -= amount;
        sums.incurred -= if accrued(credit) { amount } else { Fen::ZERO };
    }
    if advanced(debit) {
        sums.advances += amount;
    }
    if advanced(credit) {
        sums.advances -= amount;
    }
    if expensed(debit) {
        sums.expense += amount;
    }
    if expensed(credit) {
        sums.expense -= amount;
    }
    let ours = |code: &str| expensed(code) || advanced(code) || waiting(code);
    if credit == EXPENDITURE && ours(debit) {
        sums.cash += amount;
    }
    if debit == EXPENDITURE && ours(credit) {
        sums.cash -= amount;
        sums.recovered += if expensed(credit) { amount } else { Fen::ZERO };
    }
}
