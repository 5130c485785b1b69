use std::borrow::Borrow;
use std::collections::BTreeMap;

use money::Fen;
use terms::Word;

use crate::{Account, Transfer};

/// What went through one account (发生额).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// The sum of its debits (借方发生额).
    pub debit: Fen,
    /// The sum of its credits (贷方发生额).
    pub credit: Fen,
}

impl Totals {
    /// Debits minus credits: above zero is a debit balance (借方余额).
    pub fn balance(self) -> Fen {
        self.debit - self.credit
    }
}

/// The balances of all accounts (科目余额), derived by replaying transfers in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Balances {
    totals: BTreeMap<Account, Totals>,
}

impl Balances {
    /// The balances after `transfers`.
    pub fn replay<T: Borrow<Transfer>>(transfers: impl IntoIterator<Item = T>) -> Self {
        let mut balances = Self::default();
        for transfer in transfers {
            balances.add(transfer.borrow());
        }
        balances
    }

    /// Adds one transfer.
    pub fn add(&mut self, transfer: &Transfer) {
        let entry = &transfer.entry;
        self.totals.entry(entry.debit.clone()).or_default().debit += entry.amount;
        self.totals.entry(entry.credit.clone()).or_default().credit += entry.amount;
    }

    /// Adds what other balances hold, account by account.
    pub fn merge(&mut self, other: Self) {
        for (account, totals) in other.totals {
            let mine = self.totals.entry(account).or_default();
            mine.debit += totals.debit;
            mine.credit += totals.credit;
        }
    }

    /// What went through one account; zero for an account never used.
    pub fn of(&self, account: &Account) -> Totals {
        self.totals.get(account).copied().unwrap_or_default()
    }

    /// What went through an account code of a book, over all its holders (控制科目).
    pub fn of_code(&self, book: &str, code: &str) -> Totals {
        let first = Account::new(book, code);
        let matching = self.totals.range(first..);
        matching
            .take_while(|(account, _)| &account.book == book && &account.code == code)
            .fold(Totals::default(), |sum, (_, totals)| Totals {
                debit: sum.debit + totals.debit,
                credit: sum.credit + totals.credit,
            })
    }

    /// Every account that was used, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Account, Totals)> {
        self.totals
            .iter()
            .map(|(account, totals)| (account, *totals))
    }

    /// The trial balance (试算平衡): per book, the sum of debits and of credits.
    pub fn trial(&self) -> BTreeMap<Word, Totals> {
        let mut books: BTreeMap<Word, Totals> = BTreeMap::new();
        for (account, totals) in &self.totals {
            let book = books.entry(account.book.clone()).or_default();
            book.debit += totals.debit;
            book.credit += totals.credit;
        }
        books
    }
}
