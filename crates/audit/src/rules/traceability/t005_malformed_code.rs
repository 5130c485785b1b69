use std::collections::BTreeSet;

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "T005",
    name: "追溯码格式/标识不合法",
    english: "Malformed trace code",
    category: Category::Traceability,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Remind,
    knowledge: &["k_trace_prefix", "k_trace_firm"],
    feeds: &["trace_events"],
    parameters: &[],
    finds: "追溯码不是产品标识已知的二十位数字，不是GS1校验正确的码，也不是备案的企业码。",
    why: "格式错误的码无法追溯，可能手工编造。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）",
    false_alarms: "扫码枪截断；企业自建码未登记前缀；标识表不全（没有表时不查标识）。",
    says: "{0}",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let firms: Vec<String> = desk.table("k_trace_firm").map_or_else(
        |_| Vec::new(),
        |table| {
            table
                .rows()
                .map(|row| row.text("prefix").to_owned())
                .collect()
        },
    );
    let products: Option<BTreeSet<String>> = desk.table("k_trace_prefix").ok().map(|table| {
        let prefixes = table.rows().filter_map(|row| row.given("prefix7"));
        prefixes.map(str::to_owned).collect()
    });
    Ok(kernels::each_pack(move |_, events, packs| {
        let code = events[0].code.as_str();
        let firm = firms.iter().any(|prefix| code.starts_with(prefix.as_str()));
        let known = |code: &str| {
            let products = products.as_ref();
            products.is_none_or(|products| code.get(..7).is_some_and(|one| products.contains(one)))
        };
        let words = match (firm || well_formed(code), twenty_digits(code)) {
            (false, _) => "追溯码格式不合法",
            (true, true) if !firm && !known(code) => "追溯码前七位不是已知的产品标识",
            (true, _) => return,
        };
        for event in events {
            packs.add(event, [Fact::Words(words)]);
        }
    }))
}

/// Twenty digits, or a GS1 element string with a valid GTIN and a serial number.
fn well_formed(code: &str) -> bool {
    if twenty_digits(code) {
        return true;
    }
    let plain: String = code
        .chars()
        .filter(|one| !matches!(one, '(' | ')'))
        .collect();
    let Some((gtin, rest)) = plain
        .strip_prefix("01")
        .and_then(|rest| rest.split_at_checked(14))
    else {
        return false;
    };
    digits(gtin) && checks(gtin) && has_serial(rest)
}

/// Whether a serial number (21) follows the GTIN, perhaps behind dates of production and expiry
/// (11, 17 and the like, six digits) and a lot (10), whose end nothing marks.
fn has_serial(mut rest: &str) -> bool {
    let dated = |text: &str| {
        let (name, rest) = text.split_at_checked(2)?;
        let (date, rest) = rest.split_at_checked(6)?;
        let known = matches!(name, "11" | "13" | "15" | "17") && digits(date);
        known.then_some(rest.len())
    };
    while let Some(left) = dated(rest) {
        rest = &rest[rest.len() - left..];
    }
    let after = |text: &str| !text.is_empty();
    let lot = rest.strip_prefix("10").and_then(|lot| lot.split_once("21"));
    rest.strip_prefix("21").is_some_and(after)
        || lot.is_some_and(|(lot, serial)| after(lot) && after(serial))
}

fn twenty_digits(code: &str) -> bool {
    code.len() == 20 && digits(code)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The check digit of a GTIN: weights 3 and 1 from the left, the sum a multiple of ten.
fn checks(gtin: &str) -> bool {
    let weighted = gtin.bytes().zip([3_u32, 1].into_iter().cycle());
    let sum: u32 = weighted
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    sum.is_multiple_of(10)
}
