//! 医院信息系统：演示、压测和测试中的机构一端，只用HTTP和国家接口说话。
//!
//! A [`Desk`] is one operator of one institution with a connection of its own. It plays whole bills
//! ([`Desk::play`]) and takes them back ([`Desk::take_back`]); [`simulate`] lets a whole area of
//! desks live, [`Crowd`] makes ten-line bills of many different people for load.

mod crowd;
mod desk;
mod flow;
mod line;
mod record;
mod simulate;
mod visit;

pub use crowd::{Crowd, Flow};
pub use desk::{Desk, Setting, Trouble};
pub use flow::Settled;
pub use line::Line;
pub use record::{Record, micros};
pub use simulate::simulate;
