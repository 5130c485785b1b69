//! The accrual side: what is owed, held, receivable.

pub(crate) mod approved;
pub(crate) mod settled_out;
