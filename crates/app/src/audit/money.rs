use ::store::{AdjustmentRow, AuditDeductionRow, StatementRow};
use ledger::Transfer;
use terms::AreaCode;

use crate::{App, Error};

/// An adjustment that a doubt made, with the statement that took it and the transfer that booked
/// it (疑点的钱款去向).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtMoney {
    /// The adjustment: below zero taken from the institution, above zero given back.
    pub adjustment: AdjustmentRow,
    /// The statement, once one took it.
    pub statement: Option<StatementRow>,
    /// The transfer, once the statement was approved.
    pub transfer: Option<Transfer>,
}

impl App {
    /// Where the money of a doubt's deductions went, in the order they were made.
    pub(super) async fn doubt_money(
        &self,
        area: AreaCode,
        deductions: &[AuditDeductionRow],
    ) -> Result<Vec<DoubtMoney>, Error> {
        let mut named: Vec<&str> = Vec::new();
        for number in deductions
            .iter()
            .flat_map(|row| row.adjustment.split_whitespace())
        {
            if !named.contains(&number) {
                named.push(number);
            }
        }
        let mut found = Vec::new();
        for number in named {
            let row = self.store.clearing_adjustment(area, number).await?;
            let adjustment = row.ok_or_else(|| Error::missing("清算调整", number))?;
            if adjustment.statement.is_empty() {
                found.push(DoubtMoney {
                    adjustment,
                    statement: None,
                    transfer: None,
                });
                continue;
            }
            let file = self.statement_file(area, &adjustment.statement).await?;
            found.push(DoubtMoney {
                transfer: file.transfer_of(number).cloned(),
                statement: Some(file.row),
                adjustment,
            });
        }
        Ok(found)
    }
}
