//! 参保人：识别、参保信息、就诊与结算查询。

mod cover;
mod entitlement;
mod find;
mod read;
mod records;

pub use entitlement::Entitlement;
pub use find::Identifier;
pub use read::PersonView;
pub use store::CoverCount;
