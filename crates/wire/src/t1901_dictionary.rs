use jiff::civil::date;

use crate::Fields;
use crate::ask::{Answered, Ask};
use crate::codes::is_set;
use crate::tables::dictionary;

/// When the tables of this version were compiled from their sources.
const COMPILED_ON: jiff::civil::Date = date(2024, 10, 1);

/// 1901 字典表下载: the code tables this system holds.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let wanted = data.text("type")?;
    let held = dictionary(wanted).ok_or_else(|| data.refuse("type", "不是本系统持有的字典"))?;
    let valid = data.optional_text("Vali_Flag");
    // Every entry held is valid, so asking for invalid ones finds none.
    let shown = valid.is_none() || is_set(valid);
    // The tables know no hierarchy: below a parent there is nothing.
    let at_top = data
        .optional_text("parent_value")
        .is_none_or(|parent| parent == wanted);
    let entries = held.entries.iter().filter(|_| shown && at_top);
    let rows = entries.zip(1_i64..).map(|((value, label), sort)| {
        Fields::new()
            .text("type", held.name)
            .text("label", *label)
            .text("value", *value)
            .integer("sort", sort)
            .text("valiFlag", "1")
            .text("createUser", "system")
            .date("createDate", COMPILED_ON)
            .integer("version", 1)
    });
    ask.app.log(ask.call, "", "1901", held.name, "read").await?;
    Ok(ask.seal(ask.output().rows("list", rows))?)
}
