use policy::{Chain, Entry, Overlay, OverlayEffect, Waterfall};

use super::{Legend, Rendered, condition_text};

/// The waterfall.
pub(crate) fn waterfall(legend: &Legend<'_>, waterfall: &Waterfall) -> Rendered {
    let rows = waterfall.table.rows().iter().map(|row| {
        let (title, chain) = row.value.as_ref().map_or_else(
            || (String::new(), "不支付".to_owned()),
            |chain| (chain.title.clone(), chain_text(legend, chain)),
        );
        let rank = if row.rank == 0 {
            String::new()
        } else {
            format!("（优先{}）", row.rank)
        };
        let condition = condition_text(legend, &row.condition);
        vec![title, format!("{condition}{rank}"), chain]
    });
    Rendered::grid(&["名称", "适用", "支付次序"], rows.collect())
}

fn chain_text(legend: &Legend<'_>, chain: &Chain) -> String {
    let mut text = entries_text(legend, &chain.entries);
    if !chain.counts {
        text.push_str("（不计入年度累计）");
    }
    if !chain.counts_as_stay {
        text.push_str("（不计住院次数）");
    }
    text
}

fn entries_text(legend: &Legend<'_>, entries: &[Entry]) -> String {
    if entries.is_empty() {
        return "全部由个人支付".to_owned();
    }
    let scheme = legend.scheme;
    let titles: Vec<String> = entries
        .iter()
        .map(|entry| match entry {
            Entry::Layer(layer) => legend.name(scheme.layer(*layer)),
            Entry::Account(account) => legend.name(scheme.account(*account)),
        })
        .collect();
    titles.join("→")
}

/// A temporary rule.
pub(crate) fn overlay(legend: &Legend<'_>, overlay: &Overlay) -> Rendered {
    let effect = match &overlay.effect {
        OverlayEffect::Replace(chain) => (
            "改按",
            format!("{}：{}", chain.title, chain_text(legend, chain)),
        ),
        OverlayEffect::Add(entries) => ("增加", entries_text(legend, entries)),
    };
    Rendered::pairs(vec![
        ("适用", condition_text(legend, &overlay.condition)),
        effect,
        ("次序", overlay.rank.to_string()),
    ])
}
