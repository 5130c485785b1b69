//! 医保支付与清算：一段时期的病例、就诊和人头，应付医药机构多少、为什么。
//!
//! What happens between "a bill was settled with the patient" and "the fund has paid the
//! institution": the patient's bill is never changed here, the fund's part is priced again by the
//! method of the area and year. The room is pure: facts and parameters are complete before the
//! call, nothing is a float, and every closed pool is paid out to the fen.
//!
//! The picture: `drg` clears a year by points, `dip` by scores; `methods` holds every other method
//! and provision, one file each. [`MethodVersion`] says which method is in force for an area,
//! scheme and day. Whole regions are folds, so that a province may be counted in parts.
//!
//! Policy says what is paid how ([`MethodBook`], [`Arrangement`]); [`monthly_lines`] turns the
//! bills of a month into what the methods pay for them.
//!
//! Where to add: a method or provision is a file in `methods/`, its parameters in that file.

mod amounts;
mod arrangement;
mod check;
pub mod dip;
pub mod drg;
mod factor;
pub mod methods;
mod monthly;
mod pool;
mod refusal;
mod roster;
mod trace;
mod version;

pub use amounts::Explained;
pub use arrangement::{Arrangement, Basis, MethodBook, Scope, Traits};
pub use factor::Factor;
pub use monthly::{Claim, MethodLine, Month, Monthly, MonthlyBasis, Quota, monthly_lines};
pub use pool::{Pool, PoolBudget};
pub use refusal::Refusal;
pub use roster::{Absorbed, GroupIndex, Groups, InstitutionIndex, Roster};
pub use trace::Step;
pub use version::{
    CaseYearBasis, Method, MethodVersion, ParameterState, belongs, in_force, simulated,
};
