use std::collections::HashMap;

use jiff::ToSpan;
use money::Quantity;
use policy::{FeeMonth, TraceRule};
use stock::{Balance, ItemMonth, Mismatch, Tolerance, mismatches};
use terms::AreaCode;

use super::balance::ItemBalance;
use crate::{App, Error};

/// The stock of a month held against what was settled (购销比对).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthCompared {
    /// The month.
    pub month: String,
    /// Items whose stock was looked at.
    pub items: usize,
    /// Items that do not tie.
    pub lines: Vec<MismatchLine>,
}

/// An item whose month does not tie (购销不符).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MismatchLine {
    /// The institution.
    pub institution: String,
    /// The item's national code.
    pub item_code: String,
    /// The name the institution uses.
    pub name: String,
    /// The stock, over all of the institution's own codes for the item.
    pub balance: Balance,
    /// What was settled.
    pub settled: Quantity,
    /// What is wrong.
    pub found: Vec<Mismatch>,
}

impl App {
    /// Which items of a month do not tie: stock against itself and against bills (购销不符清单).
    ///
    /// An institution that never told of its goods is not judged; of one that did, an item settled
    /// without any stock is.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails; a refusal where no scheme has a rule on the month.
    pub async fn compare_stock(
        &self,
        area: AreaCode,
        institution: Option<&str>,
        month: FeeMonth,
    ) -> Result<MonthCompared, Error> {
        let rule = self.stock_rule(area, month)?;
        let tolerance = Tolerance {
            percent: rule.tolerance_percent,
            packs: rule.tolerance_packs,
        };
        let items = self.stock_balances(area, institution, month).await?;
        let mut known = of_month(&items, month);
        let telling: Vec<&str> = items.iter().map(|item| item.institution.as_str()).collect();
        let from = month.first_day().at(0, 0, 0, 0);
        let span = (from, from.saturating_add(1.month()));
        for row in self
            .store
            .settled_quantities(area, institution, span)
            .await?
        {
            if telling.contains(&row.institution.as_str()) && self.is_drug(&row.item_code) {
                let key = (row.institution, row.item_code);
                known.entry(key).or_default().1.settled = Quantity::new(row.quantity_micro / 100);
            }
        }
        let looked_at = known.len();
        let mut lines: Vec<MismatchLine> = known
            .into_iter()
            .filter_map(|((institution, item_code), (name, facts))| {
                let found = mismatches(&facts, tolerance);
                let line = || MismatchLine {
                    name: if name.is_empty() {
                        self.item_name(&item_code)
                    } else {
                        name
                    },
                    institution,
                    item_code,
                    balance: facts.balance,
                    settled: facts.settled,
                    found: found.clone(),
                };
                (!found.is_empty()).then(line)
            })
            .collect();
        lines.sort_by(|a, b| (&a.institution, &a.item_code).cmp(&(&b.institution, &b.item_code)));
        Ok(MonthCompared {
            month: month.to_string(),
            items: looked_at,
            lines,
        })
    }

    fn stock_rule(&self, area: AreaCode, month: FeeMonth) -> Result<&TraceRule, Error> {
        let policy = self.law.area(area)?;
        let day = month.last_day();
        let topics = policy.schemes.values().flat_map(|law| &law.traces);
        let mut rules = topics.filter_map(|topic| topic.on(day));
        let missing = || format!("{}在{month}没有追溯码与进销存的规定", policy.name);
        let found = rules.next().map(|(rule, _)| rule);
        found.ok_or_else(|| Error::refused("no_rule", missing()))
    }

    /// Goods are drugs and supplies; services are never in stock.
    fn is_drug(&self, code: &str) -> bool {
        let item = self.law.item(code);
        item.is_some_and(|item| item.kind == terms::ItemKind::Drug)
    }

    fn item_name(&self, code: &str) -> String {
        let item = self.law.item(code);
        item.map_or_else(String::new, |item| item.name.clone())
    }
}

type Known = HashMap<(String, String), (String, ItemMonth)>;

/// Each item's month by national code; an institution may have several codes of its own for one.
fn of_month(items: &[ItemBalance], month: FeeMonth) -> Known {
    let wanted = month.to_string();
    let year_ago = year_before(month);
    let mut known = Known::new();
    for item in items {
        let bought = item
            .months
            .iter()
            .any(|one| one.month > year_ago && one.balance.came_in() > Quantity::ZERO);
        let balance = item.of_month(&wanted);
        let key = (item.institution.clone(), item.item_code.clone());
        let (name, facts) = known.entry(key).or_default();
        name.clone_from(&item.name);
        facts.balance = sum(&facts.balance, &balance);
        facts.bought_within_a_year |= bought;
    }
    known
}

fn year_before(month: FeeMonth) -> String {
    let day = month.first_day().saturating_sub(12.months());
    day.strftime("%Y-%m").to_string()
}

fn sum(a: &Balance, b: &Balance) -> Balance {
    let add = |a: Quantity, b: Quantity| Quantity::new(a.get().saturating_add(b.get()));
    let counted = match (a.counted, b.counted) {
        (Some(a), Some(b)) => Some(add(a, b)),
        (one, other) => one.or(other),
    };
    Balance {
        begin: add(a.begin, b.begin),
        purchased: add(a.purchased, b.purchased),
        sent_back: add(a.sent_back, b.sent_back),
        sold: add(a.sold, b.sold),
        returned: add(a.returned, b.returned),
        other_in: add(a.other_in, b.other_in),
        other_out: add(a.other_out, b.other_out),
        counted,
    }
}
