//! 公共词汇：编码、日期、险种、医疗类别。
//!
//! The words that two or more rooms share: what a scheme, a care type or an identity is called, in
//! code and in Chinese. Data with parse and display only; what the words *do* is decided in rooms.

mod care;
mod clearing;
mod fund;
mod ids;
mod institution;
mod item;
mod person;
mod place;
mod vocabulary;

pub use care::{CareType, Cause};
pub use clearing::{AdjustmentKind, BenefitClass, StatementState};
pub use fund::FundType;
pub use ids::{AreaCode, CodeError, Word};
pub use institution::{Grade, InstitutionKind};
pub use item::{ItemClass, ItemKind};
pub use jiff::civil::{Date, DateTime};
pub use person::{
    AccountKind, Category, CoverState, DocumentKind, Relation, Scheme, Sex, SharingPurpose,
};
pub use place::{Locality, Referral, Registration};
pub use vocabulary::{UnknownWord, Vocabulary};
