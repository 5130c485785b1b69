use grouping::SchemeKind;

use crate::Fields;
use crate::ask::{Answered, Ask};
use crate::groups::own;

/// 3609 DIP分组结果统计查询: the institution's own groups of a month.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    own(ask, SchemeKind::Dip, |one| {
        Fields::new()
            .text("dip_dise_grp_code", &one.code)
            .text("dip_dise_grp_name", &one.name)
    })
    .await
}
