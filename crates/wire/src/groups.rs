//! 分组结果：3605、3606 与 3608–3611 共有的部分。

use app::discharge::{GroupTotals, GroupedList};
use grouping::SchemeKind;
use serde_json::Value;

use crate::ask::{Answered, Ask, Stop};
use crate::{Fields, lists};

/// Lists of a month with their groups, page by page.
pub(crate) async fn of_month(ask: &Ask<'_>, kind: SchemeKind) -> Result<Vec<GroupedList>, Stop> {
    let data = ask.body.node("data")?;
    let month = lists::month(data, "setl_ym")?;
    let settlement = data.optional_text("setl_id").map(str::to_owned);
    let page = lists::page(data)?;
    Ok(ask
        .app
        .grouped_lists(ask.call, kind, month, settlement, page)
        .await?)
}

/// What a stored result says of one of its items.
pub(crate) fn item(reason: &Value, name: &str) -> String {
    let found = &reason["result"][name];
    found.as_str().unwrap_or_default().to_owned()
}

/// The codes of a list that a stored result holds, joined.
pub(crate) fn codes_in(reason: &Value, name: &str) -> String {
    let codes = reason["result"][name].as_array();
    let codes = codes.into_iter().flatten().filter_map(Value::as_str);
    codes.collect::<Vec<_>>().join(",")
}

/// 3608、3610: every institution of the region; others than the one that asks stay unnamed.
pub(crate) async fn region(ask: &Ask<'_>, kind: SchemeKind) -> Answered {
    let data = ask.body.node("data")?;
    let (month, (offset, size)) = (lists::month(data, "setl_mon")?, lists::page(data)?);
    let totals = ask.app.group_totals(ask.call, kind, month).await?;
    let (own, area) = (&ask.call.institution, ask.call.area.to_string());
    let row = |(at, one): (usize, &GroupTotals)| {
        let (code, name) = match one.institution == own.code {
            true => (own.code.clone(), own.name.clone()),
            false => (format!("***{:04}", at + 1), "其他医疗机构".to_owned()),
        };
        Fields::new()
            .text("setl_mon", month.0.strftime("%Y%m").to_string())
            .text("fixmedins_code", code)
            .text("fixmedins_name", name)
            .integer("grp_sum", one.groups)
            .amount("medfee_sumamt", one.total)
            .text("admdvs", &area)
            .integer("setl_psntime", one.lists)
            .amount("ave_medfee_sumamt", one.mean())
    };
    let page = totals.iter().enumerate().skip(offset).take(size);
    Ok(ask.seal(ask.output().rows("data", page.map(row)))?)
}

/// 3609、3611: the groups of the institution that asks; `row` adds how the group is called.
pub(crate) async fn own(
    ask: &Ask<'_>,
    kind: SchemeKind,
    named: impl Fn(&app::discharge::GroupTally) -> Fields,
) -> Answered {
    let data = ask.body.node("data")?;
    let (month, (offset, size)) = (lists::month(data, "setl_mon")?, lists::page(data)?);
    if data.text("fixmedins_code")? != ask.call.institution.code {
        return Err(data.refuse("fixmedins_code", "不是本机构").into());
    }
    let wanted = data.optional_text("dise_code");
    let tallies = ask.app.own_groups(ask.call, kind, month).await?;
    let tallies = tallies
        .iter()
        .filter(|one| wanted.is_none_or(|code| one.code == code));
    let area = ask.call.area.to_string();
    let row = |one: &app::discharge::GroupTally| {
        let mean = app::discharge::mean(one.total, one.lists);
        named(one)
            .text("setl_mon", month.0.strftime("%Y%m").to_string())
            .text("admdvs", &area)
            .amount("medfee_sumamt", one.total)
            .amount("ave_medfee_sumamt", mean)
            .integer("setl_psntime", one.lists)
    };
    let page = tallies.skip(offset).take(size);
    Ok(ask.seal(ask.output().rows("data", page.map(row)))?)
}
