use crate::ask::{Answered, Ask};
use crate::{Fields, Json, codes};

/// 4105 医疗保障基金结算清单数量统计查询: how many lists a period wants of the institution, and how many
/// have come.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let from = data.datetime("stt_begntime")?.date();
    let to = data.optional_range_end("stt_endtime");
    let to = to.ok_or_else(|| data.missing("stt_endtime"))?.date();
    if to < from {
        return Err(data.refuse("stt_endtime", "早于开始时间").into());
    }
    let asked = data.raw("medtype_list").map(codes_of).unwrap_or_default();
    let cares: Vec<_> = asked
        .iter()
        .filter_map(|code| codes::care_type(code))
        .collect();
    if cares.is_empty() {
        return Err(data.refuse("medtype_list", "没有一个是医疗类别").into());
    }
    let counted = ask.app.count_lists(ask.call, (from, to), &cares).await?;
    let row = Fields::new()
        .integer("needUploadCnt", counted.0)
        .integer("uploadedCnt", counted.1);
    Ok(ask.seal(ask.output().node("-", row))?)
}

/// Codes in a list, or in a text between commas.
fn codes_of(json: &Json) -> Vec<String> {
    let of_text = |text: &str| text.split(',').map(|code| code.trim().to_owned()).collect();
    match json {
        Json::Array(items) => items
            .iter()
            .filter_map(Json::as_text)
            .flat_map(|text| {
                let codes: Vec<String> = of_text(text);
                codes
            })
            .collect(),
        other => other.as_text().map(of_text).unwrap_or_default(),
    }
}
