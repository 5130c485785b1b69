//! 经办控制台：登录、查询、调阅、试算。

mod overview;
mod people;
mod session;
mod settlements;
mod trial;

pub use overview::Day;
pub use people::{PersonFile, PersonLine};
pub use session::{Clerk, hash_password};
pub(crate) use session::{clerk, token_hash};
pub use settlements::Archive;
pub use trial::{Trial, TrialLine, TrialPerson, TrialPlace};
