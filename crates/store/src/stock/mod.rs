//! Trace codes and goods: what stands on a box, what institutions tell of their stock.

mod read;
mod row;
pub(crate) mod table;
pub(crate) mod write;

pub use row::{
    CodeChange, SettledQuantityRow, StockChange, StockFilter, StockMonthRow, StockRecordRow,
    TraceCodeRow, TraceEventRow,
};
