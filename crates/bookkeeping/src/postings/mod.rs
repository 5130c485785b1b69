//! One file per event of the business.

pub(crate) mod contribution;
pub(crate) mod settled;
