//! 进销存查询：各查询交易共有的部分。

use app::stock::{GoodsQuery, LineCode, StockFilter, StockKind, StockRecordRow};
use jiff::ToSpan;
use jiff::civil::Date;
use money::{Price, Quantity};
use serde_json::Value;

use crate::ask::{Answered, Ask};
use crate::{Fields, Node, Refusal};

/// Answers a query: the rows found, each as `row` writes it.
pub(crate) async fn answer<R, I>(ask: &Ask<'_>, kinds: &[StockKind], row: R) -> Answered
where
    R: Fn(&Found) -> I,
    I: IntoIterator<Item = Fields>,
{
    let query = read(ask, ask.body.node("data")?, kinds)?;
    let found = ask.app.list_goods(ask.call, &query).await?;
    let rows: Vec<Fields> = found
        .into_iter()
        .flat_map(|one| row(&Found::of(one, query.code.clone())))
        .collect();
    Ok(ask.seal(ask.output().rows("output", rows))?)
}

fn read(ask: &Ask<'_>, node: &Node, kinds: &[StockKind]) -> Result<GoodsQuery, Refusal> {
    let own = &ask.call.institution.code;
    if node
        .optional_text("fixmedins_code")
        .is_some_and(|code| code != own)
    {
        return Err(node.refuse("fixmedins_code", "不是本机构，只能查询本机构的进销存"));
    }
    let text = |field: &str| {
        let known = node.table.position(field).is_some();
        known
            .then(|| node.optional_text(field))
            .flatten()
            .map(str::to_owned)
    };
    let end = node.optional_date("enddate");
    let visit = text("mdtrt_id");
    Ok(GoodsQuery {
        kinds: kinds.to_vec(),
        filter: StockFilter {
            kinds: Vec::new(),
            batch: text("fixmedins_bchno"),
            local_code: text("medins_list_codg"),
            item_code: text("med_list_codg"),
            visits: visit.into_iter().collect(),
            person: text("psn_no"),
            from: node.optional_date("begndate").map(|day| day.at(0, 0, 0, 0)),
            before: end.map(|day| day.saturating_add(1.day()).at(0, 0, 0, 0)),
        },
        code: text("drug_trac_codg").map(|code| LineCode::scanned(&code, false).code),
    })
}

/// A line found, with what is kept beside its columns.
pub(crate) struct Found {
    /// The line.
    pub row: StockRecordRow,
    detail: Value,
    wanted: Option<String>,
}

impl Found {
    fn of(row: StockRecordRow, wanted: Option<String>) -> Self {
        let detail = serde_json::from_str(&row.detail).unwrap_or_default();
        Self {
            row,
            detail,
            wanted,
        }
    }

    /// What is kept under a word, or empty.
    pub fn kept(&self, word: &str) -> &str {
        self.detail[word].as_str().unwrap_or_default()
    }

    /// A day kept under a word.
    pub fn day(&self, word: &str) -> Option<Date> {
        self.kept(word).parse().ok()
    }

    /// The quantity.
    pub fn quantity(&self) -> Quantity {
        Quantity::new(self.row.quantity)
    }

    /// The price.
    pub fn price(&self) -> Price {
        Price::new(self.row.price_micro)
    }

    /// Whether a box was opened, as the interface writes it.
    pub fn split(&self) -> &'static str {
        if self.row.split { "1" } else { "0" }
    }

    /// The boxes of the line, or the one asked for.
    pub fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = serde_json::from_str(&self.row.codes).unwrap_or_default();
        if let Some(wanted) = &self.wanted {
            codes.retain(|code| code == wanted);
        }
        codes
    }

    /// What every answer of the group says of a line.
    pub fn named(&self) -> Fields {
        let row = &self.row;
        Fields::new()
            .text("fixmedinsCode", &row.institution)
            .text("medListCodg", &row.item_code)
            .text("medinsListCodg", &row.local_code)
            .text("medinsListName", &row.name)
            .text("fixmedinsBchno", &row.batch)
    }

    /// What the first four queries say beside that.
    pub fn recorded(&self, area: &str) -> Fields {
        let row = &self.row;
        self.named()
            .text("poolareaNo", area)
            .text("memo", self.kept("note"))
            .text("rid", &row.record_id)
            .text("valiFlag", "1")
            .text("rxFlag", self.kept("prescription_only"))
            .datetime("crteTime", row.recorded_at)
            .datetime("updtTime", row.recorded_at)
            .datetime("optTime", row.recorded_at)
    }
}
