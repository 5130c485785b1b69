use grouping::SchemeKind;

use crate::Fields;
use crate::ask::{Answered, Ask};
use crate::groups::own;

/// 3611 DRG分组结果统计查询: the institution's own groups of a month.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    own(ask, SchemeKind::Drg, |one| {
        Fields::new()
            .text("drg_code", &one.code)
            .text("drg_name", &one.name)
    })
    .await
}
