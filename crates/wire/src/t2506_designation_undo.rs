use app::filing::FilingClass;

use crate::ask::{Answered, Ask};
use crate::filings::undo;

/// 2506 人员定点备案撤销.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    undo(ask, FilingClass::Designation).await
}
