use std::fmt;

use serde::{Deserialize, Serialize};
use terms::Word;

/// An account (科目) of one book (账套), with the holder it is kept for (明细对象), if any.
///
/// The book keys the fund: the employee fund, the resident fund and medical aid never share one.
/// A holder is a provider, a person or a region; accounts of one code add up over their holders.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Account {
    /// The book (账套), for instance `E`.
    pub book: Word,
    /// The account code (科目编号), for instance `500101`.
    pub code: Word,
    /// Whose detail account this is (明细对象); empty for an account without details.
    pub holder: Word,
}

impl Account {
    /// The account `code` of `book`, without a holder.
    pub fn new(book: &str, code: &str) -> Self {
        Self::held(book, code, "")
    }

    /// The account `code` of `book`, kept for `holder`.
    pub fn held(book: &str, code: &str, holder: &str) -> Self {
        Self {
            book: Word::new(book),
            code: Word::new(code),
            holder: Word::new(holder),
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.book, self.code)?;
        if &self.holder != "" {
            write!(f, "/{}", self.holder)?;
        }
        Ok(())
    }
}
