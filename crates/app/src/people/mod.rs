//! 参保人：识别、参保信息、就诊与结算查询。

mod find;
mod read;

pub use find::Identifier;
pub use read::PersonView;
