use policy::{WatchLine, WatchRule};

use super::{Legend, Rendered, condition_text, list};

/// The lines from which an own share is watched.
pub(crate) fn watch(legend: &Legend<'_>, rule: &WatchRule) -> Rendered {
    let parts = list(rule.parts.iter().map(|part| part.zh().to_owned()));
    let mut rows = vec![vec!["计入的个人负担".to_owned(), String::new(), parts]];
    rows.extend(rule.lines.iter().map(|line| line_row(legend, line)));
    Rendered::grid(&["项目", "适用", "内容"], rows)
}

fn line_row(legend: &Legend<'_>, line: &WatchLine) -> Vec<String> {
    let amount = legend.title(&legend.scheme.amounts, line.amount);
    let told = legend.words(&line.bureaus);
    vec![
        line.title.clone(),
        condition_text(legend, &line.condition),
        format!(
            "年度累计达到{amount}，推送{told}；再增加{}元的再次推送",
            line.step
        ),
    ]
}
