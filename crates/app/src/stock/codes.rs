use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use stock::{KnownCodes, Selling, Sold, TraceCode};
use store::TraceCodeRow;

use crate::{App, Call, Error};

/// A box scanned for a fee line (扫码记录).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCode {
    /// The code, as it is compared.
    pub code: String,
    /// Whether only units of the box are sold (拆零).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub split: bool,
}

impl LineCode {
    /// A code as it was scanned; forms of one code become one text.
    pub fn scanned(code: &str, split: bool) -> Self {
        Self {
            code: TraceCode::text_of(code, &KnownCodes::default()),
            split,
        }
    }
}

/// A sale about to be recorded on boxes, as far as it tells itself apart from others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SaleOf<'a> {
    /// Where.
    pub institution: &'a str,
    /// To whom, or empty.
    pub person: &'a str,
    /// The visit by every number it has.
    pub visits: &'a [String],
    /// The settlement, where the sale is told of after it.
    pub settlement: &'a str,
    /// The message, or empty.
    pub message: &'a str,
    /// Whether this is the bill itself, which an upload may have come before.
    pub is_bill: bool,
}

/// What stands on boxes, read at one moment.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    rows: HashMap<String, TraceCodeRow>,
}

impl Standing {
    /// The row of a box, whether a sale stands on it or not.
    pub fn row(&self, code: &str) -> Option<&TraceCodeRow> {
        self.rows.get(code)
    }

    /// The sale that stands on a box and does not let this one be made.
    pub fn against(&self, code: &str, split: bool, sale: SaleOf<'_>) -> Option<&TraceCodeRow> {
        let row = self.rows.get(code).filter(|row| row.sold)?;
        let same = sale.is(row);
        let name = if row.settlement_id.is_empty() {
            row.visit_id.as_str()
        } else {
            row.settlement_id.as_str()
        };
        let own = "same";
        let sold = Sold {
            institution: &row.institution,
            sale: if same { own } else { name },
            split: row.split,
        };
        let selling = Selling {
            institution: sale.institution,
            sale: if same { own } else { "" },
            split,
        };
        (!stock::may_sell(Some(&sold), selling)).then_some(row)
    }

    /// The version a change of the box must carry.
    pub fn next_version(&self, code: &str) -> i64 {
        self.rows.get(code).map_or(0, |row| row.version) + 1
    }
}

impl SaleOf<'_> {
    /// Whether the sale on a box is this very sale: told twice, told before its bill, or tried
    /// again by the same message.
    pub fn is(&self, row: &TraceCodeRow) -> bool {
        if row.institution != self.institution {
            return false;
        }
        if !self.message.is_empty() && row.msgid == self.message {
            return true;
        }
        if !self.settlement.is_empty() && !row.settlement_id.is_empty() {
            return row.settlement_id == self.settlement;
        }
        let same_visit = !row.visit_id.is_empty() && self.visits.contains(&row.visit_id);
        let same_person =
            row.person.is_empty() || self.person.is_empty() || row.person == self.person;
        let unbilled = row.settlement_id.is_empty();
        (same_visit && same_person) || (self.is_bill && unbilled && row.awaits_bill && same_person)
    }
}

impl App {
    /// Reads what stands on boxes.
    ///
    /// A sale whose settlement is not there or was taken back does not stand: on a cluster the box
    /// is freed only after the reversal, and sold before the bill.
    pub(crate) async fn standing(&self, call: &Call, codes: &[String]) -> Result<Standing, Error> {
        let mut standing = Standing::default();
        if codes.is_empty() {
            return Ok(standing);
        }
        for mut row in self.store.trace_codes(call.area, codes).await? {
            if row.sold && !row.settlement_id.is_empty() {
                let person = Some(row.person.as_str());
                let settlement = self.store.settlement(call.area, person, &row.settlement_id);
                row.sold = settlement.await?.is_some_and(|bill| !bill.is_reversed());
            }
            standing.rows.insert(row.code.clone(), row);
        }
        Ok(standing)
    }

    /// Where and when the sale that stands was made, as a refusal says it.
    pub(crate) fn told_of(&self, row: &TraceCodeRow) -> String {
        let name = self.institution(&row.institution);
        let name = name.map_or_else(|_| String::new(), |known| known.name.clone());
        let at = row.sold_at.strftime("%Y-%m-%d %H:%M:%S");
        let bill = if row.settlement_id.is_empty() {
            String::new()
        } else {
            format!("，结算编号{}", row.settlement_id)
        };
        format!(
            "追溯码“{}”已于{at}在{name}（{}）售出{bill}，没有退货",
            row.code, row.institution
        )
    }
}
