//! 追溯码与进销存：一盒一码只卖一次，进销存账实相符。
//!
//! The room decides three things about goods, each from complete facts and without touching
//! anything: whether a trace code is one and to which family it belongs ([`read_code`]); whether
//! a code may be sold now, given who sold it last ([`may_sell`], and [`second_sales`] over a whole
//! history); and whether the stock of an institution adds up and covers what was settled
//! ([`Balance`], [`mismatches`]). Codes over how many lines are wanted, and from which day, is law
//! and comes as [`policy::TraceRule`].
//!
//! ```
//! use stock::{Family, KnownCodes, read_code};
//! let known = KnownCodes::default();
//! let code = read_code(" 81000000000000007919 ", &known).unwrap();
//! assert_eq!((code.family, code.text.as_str()), (Family::Supervision, "81000000000000007919"));
//! ```

mod balance;
mod code;
mod count;
mod mismatch;
mod pack;
mod replay;
mod required;

pub use balance::{Balance, Movement};
pub use code::{CodeFault, Family, KnownCodes, TraceCode, read_code};
pub use count::{CountFault, codes_fit};
pub use mismatch::{ItemMonth, Mismatch, MismatchKind, Tolerance, mismatches};
pub use pack::{UnitSale, over_pack};
pub use replay::{CodeEvent, CodeEventKind, SecondSale, Selling, Sold, may_sell, second_sales};
pub use required::{Scan, missing_codes};
