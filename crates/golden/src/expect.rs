use money::Fen;

use crate::facts::key_of;
use crate::node::{Data, Node};
use crate::reader::Desk;

/// One expected value: a field of the outcome and how it must read.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    /// Such as `cash` or `layers.inpatient/basic`.
    pub field: String,
    /// Amounts with two decimals, counts plain.
    pub want: String,
}

/// Fields that are amounts.
const AMOUNTS: [&str; 38] = [
    "total",
    "self_paid",
    "over_limit",
    "prior",
    "in_scope",
    "deductible",
    "fund",
    "account",
    "cash",
    "institution",
    "person",
    "monthly_wage",
    "allowance",
    "lump_sum",
    "allowance_total",
    "top_up",
    "cash_difference",
    "fund_difference",
    "employer",
    "fixed",
    "base",
    "late_fee",
    "back_payment",
    "pooled",
    "employer_credit",
    "employer_due",
    "person_credit",
    "person_due",
    "own_part",
    "late_part",
    "public_part",
    "subsidy",
    "subsidy_due",
    "subsidy_back",
    "refund",
    "amount",
    "rolled_over",
    "historic",
];
/// Fields that are counts.
const COUNTS: [&str; 5] = [
    "benefit_year",
    "admission_number",
    "days",
    "months",
    "waiting_months",
];
/// Fields that are dates and other text.
const TEXTS: [&str; 13] = [
    "ended",
    "second_person",
    "tier",
    "subsidy_fund",
    "due",
    "benefit_start",
    "until",
    "retroactive_from",
    "share_while_waiting",
    "exempt",
    "postponed",
    "way",
    "order",
];
/// Maps of which nothing but what is listed may have an amount.
pub(crate) const COMPLETE: [&str; 3] = ["funds", "layers", "accounts"];
/// Maps of amounts of which only what is listed is compared.
const PARTIAL: [&str; 8] = [
    "balances", "own", "counters", "charges", "parts", "earned", "pays", "refused",
];
/// Lists of text that must agree whole, and the one whose entries must occur.
const LISTS: [&str; 12] = [
    "trace",
    "resettle",
    "says",
    "rows",
    "changes",
    "enrolled",
    "subsidies",
    "put_forward",
    "told",
    "periods",
    "notes",
    "issues",
];
/// Marks that a complete map is expected.
pub(crate) const ONLY_LISTED: &str = "*";

impl Check {
    /// Reads what a case expects.
    pub fn read(desk: &Desk<'_>, node: &Node) -> Vec<Self> {
        let mut checks = Vec::new();
        for (name, value) in desk.entries(node) {
            match name.as_str() {
                one if AMOUNTS.contains(&one) || COUNTS.contains(&one) => {
                    checks.extend(Self::value(desk, name, value));
                }
                text if TEXTS.contains(&text) => checks.extend(Self::value(desk, name, value)),
                map if COMPLETE.contains(&map) || PARTIAL.contains(&map) => {
                    if COMPLETE.contains(&map) {
                        checks.push(Self::new(name, ONLY_LISTED));
                    }
                    checks.extend(Self::map(desk, name, value));
                }
                "lines" => {
                    for (number, split) in desk.entries(value) {
                        checks.extend(Self::map(desk, &format!("lines.{number}"), split));
                    }
                }
                "refusal" => checks.extend(Self::refusal(desk, value)),
                list if LISTS.contains(&list) => checks.extend(Self::list(desk, name, value)),
                _ => desk.fault(value, format!("不认识期望字段“{name}”")),
            }
        }
        checks
    }

    fn new(field: &str, want: &str) -> Self {
        Self {
            field: field.to_owned(),
            want: want.to_owned(),
        }
    }

    fn map(desk: &Desk<'_>, name: &str, node: &Node) -> Vec<Self> {
        for (key, value) in desk.entries(node) {
            if name == "counters" && key_of(key, 0).is_none() {
                desk.fault(value, format!("“{key}”不是累计项"));
            }
        }
        let entries = desk.entries(node).iter();
        entries
            .filter_map(|(key, value)| Self::value(desk, &format!("{name}.{key}"), value))
            .collect()
    }

    fn value(desk: &Desk<'_>, field: &str, node: &Node) -> Option<Self> {
        let want = match &node.data {
            Data::Whole(number) => number.to_string(),
            Data::Text(text)
                if field.ends_with(".reason")
                    || field.starts_with("refused.")
                    || TEXTS.contains(&field) =>
            {
                text.clone()
            }
            _ => desk.decimal(node, Fen::from_yuan_text)?.to_string(),
        };
        Some(Self::new(field, &want))
    }

    fn refusal(desk: &Desk<'_>, node: &Node) -> Vec<Self> {
        let fields = desk.fields(Some(node));
        let mut checks = Vec::new();
        for name in ["code", "gate", "message"] {
            if let Some(text) = fields.maybe(name).and_then(|node| desk.text(node)) {
                checks.push(Self::new(&format!("refusal.{name}"), text));
            }
        }
        fields.finish();
        checks
    }

    fn list(desk: &Desk<'_>, name: &str, node: &Node) -> Vec<Self> {
        let items = desk.list(node).iter();
        let texts: Vec<&str> = items.filter_map(|item| desk.text(item)).collect();
        if name == "says" {
            return texts.iter().map(|text| Self::new(name, text)).collect();
        }
        vec![Self::new(name, &texts.join("、"))]
    }
}
