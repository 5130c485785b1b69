//! 追溯码与进销存：一盒一码只结算一次，进销存上传、删除、结存与购销比对。

mod balance;
mod bill;
mod codes;
mod delete;
mod goods;
mod history;
mod list;
mod make_code;
mod mismatch;
mod tell;

pub use ::stock::{Balance, Mismatch};
pub use balance::{ItemBalance, MonthBalance};
pub(crate) use bill::{BillCodes, CodesOf, freed_by};
pub use codes::LineCode;
pub use delete::{Deleted, Goods, delete_goods};
pub use goods::{NewGoods, StockKind};
pub use history::{CodeHistory, event_name};
pub use list::GoodsQuery;
pub use make_code::make_code;
pub use mismatch::{MismatchLine, MonthCompared};
pub use tell::{Told, tell_goods};

pub use store::{StockFilter, StockMonthRow, StockRecordRow, TraceCodeRow, TraceEventRow};
