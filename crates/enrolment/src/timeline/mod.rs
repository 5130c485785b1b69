//! 参保时间线：何时参加什么、何时享受待遇、每一处变化的原因。

mod event;

pub use event::{Dated, Event};
