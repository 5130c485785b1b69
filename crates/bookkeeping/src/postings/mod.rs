//! One file per event of the business.

pub(crate) mod settled;
