use std::collections::BTreeSet;

use lines::Day;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Phase, Rule, Strength, Target, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "S007",
    name: "采购渠道异常",
    english: "Purchase outside platform / invoice mismatch",
    category: Category::Stock,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_platform_item"],
    feeds: &["stock_purchase"],
    parameters: &[],
    finds: "购进没有发票、供货方无资质，或应在平台采购而未在平台采购。",
    why: "来路不明的药品耗材。",
    clause: "《药品管理法》第五十五条；两票制；集中采购平台管理规定",
    false_alarms: "紧急采购备案。",
    says: "{0}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let purchases = desk.feed("stock_purchase")?;
    desk.require(
        purchases.has("invoice"),
        "购进数据没有发票号（stock_purchase.invoice）",
    )?;
    let licensed: Option<BTreeSet<String>> = desk.data.table("supplier_register").map(|table| {
        table
            .rows()
            .map(|row| row.text("supplier").to_owned())
            .collect()
    });
    let platform: BTreeSet<String> = desk.table("k_platform_item").map_or_else(
        |_| BTreeSet::new(),
        |table| {
            table
                .rows()
                .map(|row| row.text("item").to_owned())
                .collect()
        },
    );
    let ordered = purchases.has("platform_order");
    let mut wrong: Vec<(u32, u32, Day, &'static str)> = Vec::new();
    for row in purchases.rows() {
        let unlicensed = licensed
            .as_ref()
            .is_some_and(|known| !known.contains(row.text("supplier")));
        let off_platform =
            ordered && platform.contains(row.text("item")) && row.given("platform_order").is_none();
        let words = match (row.given("invoice"), unlicensed, off_platform) {
            (None, _, _) => "购进没有发票",
            (Some(_), true, _) => "供货方不在资质名册",
            (Some(_), false, true) => "应在平台采购而没有平台订单",
            (Some(_), false, false) => continue,
        };
        let provider = desk.data.providers.ids.find(row.text("provider"));
        if let Some((provider, day)) = provider.zip(kernels::month_of(row)) {
            wrong.extend(
                desk.exact(row.text("item"))
                    .into_iter()
                    .map(|item| (provider, item, day, words)),
            );
        }
    }
    Ok(Kernel::Batch(Box::new(move |_, sheet| {
        for &(provider, item, day, words) in &wrong {
            let target = Target::ProviderItemMonth(provider, item, day);
            sheet.add(target, Hit::new(Fen::ZERO, [Fact::Words(words)]));
        }
    })))
}
