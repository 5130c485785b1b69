//! One file per event of the business.

pub(crate) mod account;
pub(crate) mod clearing;
pub(crate) mod contribution;
pub(crate) mod merged;
pub(crate) mod procurement;
pub(crate) mod settled;
