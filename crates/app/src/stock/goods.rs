use jiff::civil::DateTime;
use money::{Price, Quantity};
use serde::{Deserialize, Serialize};
use stock::Movement;
use store::{StockMonthRow, StockRecordRow};

use super::codes::LineCode;
use crate::{Call, Error};

/// Which upload of goods it is (进销存上传种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockKind {
    /// 商品盘存.
    Count,
    /// 库存变更.
    Change,
    /// 商品采购.
    Purchase,
    /// 采购退货.
    PurchaseReturn,
    /// 商品销售.
    Sale,
    /// 销售退货.
    SaleReturn,
}

impl StockKind {
    /// The word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Change => "change",
            Self::Purchase => "purchase",
            Self::PurchaseReturn => "purchase_return",
            Self::Sale => "sale",
            Self::SaleReturn => "sale_return",
        }
    }
}

/// A line of goods as an institution tells it (进销存明细).
#[derive(Debug, Clone)]
pub struct NewGoods {
    /// Which upload.
    pub kind: StockKind,
    /// What it moves; a count moves nothing.
    pub movement: Option<Movement>,
    /// The institution's batch number.
    pub batch: String,
    /// The institution's own code of the item.
    pub local_code: String,
    /// National code.
    pub item_code: String,
    /// The name the institution uses.
    pub name: String,
    /// Smallest priced packs.
    pub quantity: Quantity,
    /// Price, where it is told.
    pub price: Option<Price>,
    /// When it happened.
    pub at: DateTime,
    /// To whom, or empty.
    pub person: String,
    /// The visit as the institution numbers it, or empty.
    pub visit: String,
    /// The settlement, or empty.
    pub settlement: String,
    /// Whether the insurance is to pay.
    pub insured: bool,
    /// Whether a box was opened.
    pub split: bool,
    /// The boxes.
    pub codes: Vec<LineCode>,
    /// Whatever else was told, by the names of the glossary.
    pub detail: Vec<(&'static str, String)>,
}

impl NewGoods {
    /// Why the line cannot be taken, by itself.
    ///
    /// # Errors
    /// A refusal naming what and which value.
    pub(crate) fn check(&self, call: &Call) -> Result<(), Error> {
        let refuse = |code, message: String| Err(Error::refused(code, message));
        if self.at.date() > call.at.date() {
            return refuse("future_date", format!("发生时间“{}”晚于今天", self.at));
        }
        let least = match self.kind {
            StockKind::Count => 0,
            _ => 1,
        };
        if self.quantity.get() < least {
            return refuse("bad_quantity", format!("数量“{}”应大于零", self.quantity));
        }
        let codes: Vec<String> = self.codes.iter().map(|one| one.code.clone()).collect();
        if let Some(empty) = codes.iter().position(String::is_empty) {
            return refuse("empty_code", format!("第{}个追溯码为空", empty + 1));
        }
        // A count of boxes that does not fit is a doubt for later; a box named twice is a slip.
        match stock::codes_fit(self.quantity, true, &codes) {
            Err(fault) => refuse("code_twice", fault.to_string()),
            Ok(()) => Ok(()),
        }
    }

    /// The row that keeps the line.
    pub(crate) fn row(&self, call: &Call, record_id: String) -> StockRecordRow {
        let movement = self.movement.map(movement_word);
        let codes: Vec<&str> = self.codes.iter().map(|one| one.code.as_str()).collect();
        let detail: serde_json::Map<String, serde_json::Value> = self
            .detail
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
            .collect();
        StockRecordRow {
            institution: call.institution.code.clone(),
            record_id,
            kind: self.kind.word().to_owned(),
            movement: movement.unwrap_or_default().to_owned(),
            deleted: false,
            batch: self.batch.clone(),
            local_code: self.local_code.clone(),
            item_code: self.item_code.clone(),
            name: self.name.clone(),
            quantity: self.quantity.get(),
            price_micro: self.price.map_or(0, Price::get),
            happened_at: self.at,
            person: self.person.clone(),
            visit: self.visit.clone(),
            settlement_id: self.settlement.clone(),
            split: self.split,
            codes: serde_json::json!(codes).to_string(),
            recorded_at: call.at,
            detail: serde_json::Value::Object(detail).to_string(),
        }
    }
}

const MOVEMENTS: [(&str, Movement); 6] = [
    ("purchased", Movement::Purchased),
    ("sent_back", Movement::SentBack),
    ("sold", Movement::Sold),
    ("returned", Movement::Returned),
    ("other_in", Movement::OtherIn),
    ("other_out", Movement::OtherOut),
];

fn movement_word(movement: Movement) -> &'static str {
    let known = MOVEMENTS.iter().find(|(_, known)| *known == movement);
    known.map_or("", |(word, _)| word)
}

/// What the lines add to the months, or take from them again, one row for each item and month.
pub(crate) fn month_sums(rows: &[StockRecordRow], sign: i64) -> Vec<StockMonthRow> {
    let mut sums: Vec<StockMonthRow> = Vec::new();
    for row in rows {
        let day = row.happened_at.date();
        let month = day.strftime("%Y-%m").to_string();
        let place = MOVEMENTS.iter().position(|(word, _)| *word == row.movement);
        let is_count = row.kind == StockKind::Count.word();
        let found = sums
            .iter()
            .position(|sum| sum.month == month && sum.local_code == row.local_code);
        let at = found.unwrap_or_else(|| {
            sums.push(StockMonthRow {
                institution: row.institution.clone(),
                local_code: row.local_code.clone(),
                month,
                item_code: row.item_code.clone(),
                name: row.name.clone(),
                moved: [0; 6],
                counted: None,
            });
            sums.len() - 1
        });
        if let Some(place) = place {
            sums[at].moved[place] += sign * row.quantity;
        }
        // Batches of one item counted on one day are one count.
        if is_count && sign > 0 {
            let before = sums[at].counted.filter(|(_, known)| *known == day);
            let later = sums[at].counted.is_none_or(|(_, known)| known <= day);
            if later {
                sums[at].counted = Some((before.map_or(0, |(sum, _)| sum) + row.quantity, day));
            }
        }
    }
    sums
}
