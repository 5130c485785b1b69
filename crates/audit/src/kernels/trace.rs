use lines::{Data, StockRow, TraceEvent};

use crate::{Hit, Kernel, Sheet, Target};

/// Judges the scans of each trace code, in the order of time (逐个追溯码).
pub fn each_code(
    judge: impl Fn(&Data, &[TraceEvent], &mut Sheet) + Send + Sync + 'static,
) -> Kernel {
    Kernel::Batch(Box::new(move |data, sheet| {
        for events in data.trace.iter().flat_map(lines::Trace::by_code) {
            judge(data, events, sheet);
        }
    }))
}

/// As [`each_code`], but only the codes that were scanned more than once (重复的追溯码).
pub fn each_repeated_code(
    judge: impl Fn(&Data, &[TraceEvent], &mut Sheet) + Send + Sync + 'static,
) -> Kernel {
    Kernel::Batch(Box::new(move |data, sheet| {
        for events in data.trace.iter().flat_map(lines::Trace::repeated) {
            judge(data, events, sheet);
        }
    }))
}

/// Judges each month of each item of the stock ledger (逐月进销存).
pub fn each_stock_row(
    judge: impl Fn(&Data, &StockRow) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    Kernel::Batch(Box::new(move |data, sheet| {
        for row in data.stock.iter().flat_map(|stock| &stock.0) {
            if let Some(hit) = judge(data, row) {
                sheet.add(
                    Target::ProviderItemMonth(row.provider, row.item, row.month),
                    hit,
                );
            }
        }
    }))
}
