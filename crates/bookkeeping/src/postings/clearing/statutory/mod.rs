//! The cash side: what left the account, came back, and was paid again.

pub(crate) mod paid;
pub(crate) mod returned;

pub use paid::Payment;
pub use returned::Again;
