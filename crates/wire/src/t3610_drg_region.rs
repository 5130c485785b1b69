use grouping::SchemeKind;

use crate::ask::{Answered, Ask};
use crate::groups::region;

/// 3610 DRG分组结果统计汇总查询: how many lists and groups every institution of the region had.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    region(ask, SchemeKind::Drg).await
}
