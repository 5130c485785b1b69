use ::store::{
    AdvancePartRow, AdvanceRow, NettingBatchRow, NettingLineRow, NettingOffsetRow, OrderFilter,
    PaymentOrderRow,
};
use terms::AreaCode;

use crate::{App, Error};

/// A batch with all it does (代结算批次).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchShown {
    /// The batch.
    pub batch: NettingBatchRow,
    /// What it pays, invoice by invoice.
    pub lines: Vec<NettingLineRow>,
    /// What it takes from institutions.
    pub offsets: Vec<NettingOffsetRow>,
    /// The payment orders of suppliers; none before it is approved.
    pub orders: Vec<PaymentOrderRow>,
}

/// An advance with the parts in which it comes back (预付金).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvanceShown {
    /// The advance.
    pub advance: AdvanceRow,
    /// Its parts.
    pub parts: Vec<AdvancePartRow>,
    /// Its payment order; none before it is approved.
    pub order: Option<PaymentOrderRow>,
}

impl AdvanceShown {
    /// Whether the bank has paid it.
    pub fn is_paid(&self) -> bool {
        self.order
            .as_ref()
            .is_some_and(|order| order.state == "paid")
    }

    /// What has not come back yet (未收回).
    pub fn open(&self) -> money::Fen {
        let open = self.parts.iter().filter(|part| part.state == "open");
        open.map(|part| part.amount).sum()
    }
}

impl App {
    /// A batch with its lines, offsets and orders.
    ///
    /// # Errors
    /// [`Error::Missing`].
    pub async fn netting_batch(&self, area: AreaCode, batch: &str) -> Result<BatchShown, Error> {
        let found = self.store.netting_batches(area, batch).await?.pop();
        let filter = OrderFilter {
            source: batch.to_owned(),
            ..OrderFilter::default()
        };
        Ok(BatchShown {
            batch: found.ok_or_else(|| Error::missing("代结算批次", batch))?,
            lines: self.store.netting_lines(area, (batch, "")).await?,
            offsets: self.store.netting_offsets(area, (batch, "")).await?,
            orders: self.store.payment_orders(area, &filter).await?,
        })
    }

    /// Advances with their parts, of one institution or number, newest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn advances(
        &self,
        area: AreaCode,
        (institution, advance): (&str, &str),
    ) -> Result<Vec<AdvanceShown>, Error> {
        let which = (institution, advance);
        let rows = self.store.provider_advances(area, which).await?;
        let mut shown = Vec::with_capacity(rows.len());
        for advance in rows {
            let number = advance.advance.as_str();
            let filter = OrderFilter {
                source: number.to_owned(),
                ..OrderFilter::default()
            };
            let orders = self.store.payment_orders(area, &filter).await?;
            shown.push(AdvanceShown {
                parts: self.store.advance_parts(area, number).await?,
                order: orders.into_iter().next_back(),
                advance,
            });
        }
        Ok(shown)
    }
}
