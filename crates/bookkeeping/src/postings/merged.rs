//! 人员归并：个人账户余额随人转入保留的编号（ACCOUNT_MERGE）。

use ledger::{Account, Batch, Entry, Refusal};
use money::Fen;
use terms::Date;

use crate::book::ACCOUNT_BOOK;

/// 参保人个人账户: what the fund owes the members themselves.
const MEMBER_ACCOUNTS: &str = "M2007";

/// Books what the fund owes one record of a person over to the other; `None` for no money.
///
/// # Errors
/// A [`Refusal`] of the ledger where both are the same record or the amount is negative.
pub fn merged(
    batch: &str,
    (from, to): (&str, &str),
    amount: Fen,
    on: Date,
) -> Result<Option<Batch>, Refusal> {
    if amount.is_zero() {
        return Ok(None);
    }
    let member = |person| Account::held(ACCOUNT_BOOK, MEMBER_ACCOUNTS, person);
    let entry = Entry::try_new(member(from), member(to), amount, "account_merged")?;
    Batch::try_new(batch, batch, on, vec![entry]).map(Some)
}

#[cfg(test)]
mod tests {
    use ledger::Balances;

    use super::*;

    #[test]
    fn what_is_owed_moves_from_one_record_to_the_other() {
        let on = Date::constant(2024, 11, 15);
        let batch = merged("G1", ("P2", "P1"), Fen::yuan(30), on)
            .unwrap()
            .unwrap();
        let balances = Balances::replay(batch.transfers());
        let of = |person| balances.of(&Account::held("E", "M2007", person)).balance();
        assert_eq!(of("P1"), -of("P2"));
        assert!(!of("P1").is_zero());
        assert!(merged("G1", ("P2", "P1"), Fen::ZERO, on).unwrap().is_none());
        assert!(merged("G1", ("P1", "P1"), Fen::yuan(1), on).is_err());
    }
}
