//! 金额与比例：整数分、精确比例、命名舍入、分摊。
//!
//! The arithmetic of the house. Money is an integer count of fen ([`Fen`]); a ratio is an exact
//! fraction ([`Ratio`]), the quotient of large sums an [`Exact`]; every rounding has a name
//! ([`Rounding`]). Nothing here is a float, and every intermediate product is taken in 128 bits so
//! that it cannot overflow.
//!
//! ```
//! use money::{Fen, Ratio, Rounding};
//! let eligible = Fen::from_yuan_text("18800.00").unwrap();
//! let ratio = Ratio::from_percent_text("70").unwrap();
//! assert_eq!(eligible.times(ratio, Rounding::HalfUp).to_string(), "13160.00");
//! ```

mod decimal;
mod exact;
mod fen;
mod places;
mod price;
mod ratio;
mod rounding;
mod share;

pub use decimal::{DecimalError, parse_decimal};
pub use exact::{Exact, ExactError};
pub use fen::Fen;
pub use places::{Coefficient, Decimal, Points, Score};
pub use price::{Price, Quantity};
pub use ratio::Ratio;
pub use rounding::Rounding;
pub use share::share_by_weight;
