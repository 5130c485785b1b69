//! 审核疑点：从发现到扣减或放行（发现 → 初审 → 通知 → 申诉 → 复审 → 专家 → 决定）。

mod advance;
mod deduct;
mod facts;
mod quality;
mod refusal;
mod state;
mod verb;

pub use advance::{Next, advance};
pub use deduct::{Covered, take};
pub use facts::{Doubt, Mover, Role, Strength};
pub use quality::{Record, standing};
pub use refusal::Refusal;
pub use state::State;
pub use verb::{Outcome, Verb};
