//! 医保码：激活、一次性令牌、出示核验、使用统计。
//!
//! A token is kept by its hash and spent on one visit. Looking a person up by it is allowed once,
//! and binds it to the institution that did; the visit opened or settled with it spends it. Later
//! messages of the same visit may name it again, nothing else may.

mod issue;
mod shown;
mod usage;

pub use issue::{IssuedToken, lasting_token};
pub(crate) use shown::Shown;
pub use usage::{CredentialUsage, UsageLine};
