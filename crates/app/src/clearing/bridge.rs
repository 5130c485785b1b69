use std::collections::BTreeMap;

use ::store::{FlowRow, Store};
use bookkeeping::{Bridge, Flow, bridge, is_cleared};
use policy::FeeMonth;
use terms::AreaCode;

use crate::Error;

/// The bridge of one book and month (两账桥接).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookBridge {
    /// The month posted.
    pub month: String,
    /// 账套.
    pub book: String,
    /// The figures.
    pub bridge: Bridge,
}

/// The bridges between accrual and cash, by month and book, computed from the ledger; of one month
/// or of all that have transfers.
///
/// # Errors
/// [`Error::Fault`] if the store fails.
pub async fn bridges(
    store: &Store,
    area: AreaCode,
    month: Option<FeeMonth>,
) -> Result<Vec<BookBridge>, Error> {
    let month = month.map_or_else(String::new, |month| month.to_string());
    let flows = store.fund_flows(area, &month).await?;
    let mut of: BTreeMap<(String, String), Vec<Flow>> = BTreeMap::new();
    let cleared = flows.into_iter().filter(|flow| is_cleared(&flow.book));
    for FlowRow {
        month,
        book,
        debit,
        credit,
        amount,
    } in cleared
    {
        let flow = Flow {
            debit,
            credit,
            amount,
        };
        of.entry((month, book)).or_default().push(flow);
    }
    let built = |((month, book), flows): ((String, String), Vec<Flow>)| BookBridge {
        month,
        book,
        bridge: bridge(&flows),
    };
    Ok(of.into_iter().map(built).collect())
}

/// The first bridge that does not close.
pub fn open_bridge(bridges: &[BookBridge]) -> Option<&BookBridge> {
    let mut all = bridges.iter();
    all.find(|one| !one.bridge.difference().is_zero())
}
