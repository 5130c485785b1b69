use policy::{ScanDuty, TraceRule};

use super::{Rendered, list};

/// What bills must say about trace codes.
pub(crate) fn trace(rule: &TraceRule) -> Rendered {
    let no_code = match rule.no_code.is_empty() {
        true => "没有".to_owned(),
        false => list(rule.no_code.iter().map(|word| word.as_str().to_owned())),
    };
    let tolerance = format!(
        "相差超过入库数的{}%并且超过{}盒",
        rule.tolerance_percent, rule.tolerance_packs
    );
    let mut rows = vec![row("已售未退的追溯码再次结算", rule.second_sale.zh())];
    rows.extend(rule.duties.iter().map(duty));
    rows.push(row("无码清单（编码或编码开头）", &no_code));
    rows.push(row("进销存不符的认定", &tolerance));
    Rendered::grid(&["事项", "内容"], rows)
}

fn duty(duty: &ScanDuty) -> Vec<String> {
    let kinds = list(duty.kinds.values().map(|kind| kind.zh().to_owned()));
    row(&format!("药品扫码：{kinds}"), duty.without_code.zh())
}

fn row(title: &str, text: &str) -> Vec<String> {
    vec![title.to_owned(), text.to_owned()]
}
