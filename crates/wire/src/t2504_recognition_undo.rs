use app::filing::FilingClass;

use crate::ask::{Answered, Ask};
use crate::filings::undo;

/// 2504 人员慢特病备案撤销.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    undo(ask, FilingClass::Recognition).await
}
