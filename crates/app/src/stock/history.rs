use stock::{CodeEvent, CodeEventKind, KnownCodes, SecondSale, TraceCode, read_code, second_sales};
use store::{Commit, TraceCodeRow, TraceEventRow};
use terms::AreaCode;

use super::goods::StockKind;
use crate::register::Actor;
use crate::{App, Error};

/// The life of a box: what stands on it, what happened to it, what is wrong (追溯码流向).
#[derive(Debug, Clone)]
pub struct CodeHistory {
    /// The code, read: its family and product, or why it is none.
    pub read: Result<TraceCode, String>,
    /// The sale that stands, or the last one.
    pub row: Option<TraceCodeRow>,
    /// Everything told of it, oldest first.
    pub events: Vec<TraceEventRow>,
    /// Sales while another stood, by position among the events.
    pub second_sales: Vec<SecondSale>,
}

impl App {
    /// What happened to a box (追溯码查询).
    ///
    /// # Errors
    /// [`Error::Missing`] where nobody ever told of it.
    pub async fn code_history(&self, actor: &Actor, code: &str) -> Result<CodeHistory, Error> {
        let text = TraceCode::text_of(code, &KnownCodes::default());
        let history = self.read_history(actor.area, &text).await?;
        let mut commit = Commit::new(actor.area, "");
        commit.access = Some(actor.access(self, "trace_code", &text, "done"));
        self.store.commit(commit).await?;
        if history.row.is_none() && history.events.is_empty() {
            return Err(Error::missing("追溯码", text));
        }
        Ok(history)
    }

    async fn read_history(&self, area: AreaCode, text: &str) -> Result<CodeHistory, Error> {
        let codes = [text.to_owned()];
        let row = self.store.trace_codes(area, &codes).await?.pop();
        let events = self.store.trace_events(area, text).await?;
        let replayed: Vec<(usize, CodeEvent)> = events
            .iter()
            .enumerate()
            .filter_map(|(place, event)| Some((place, replayable(event)?)))
            .collect();
        let (places, replayed): (Vec<usize>, Vec<CodeEvent>) = replayed.into_iter().unzip();
        let found = second_sales(&replayed).into_iter().map(|pair| SecondSale {
            first: places[pair.first],
            later: places[pair.later],
        });
        Ok(CodeHistory {
            read: read_code(text, &KnownCodes::default()).map_err(|fault| fault.to_string()),
            second_sales: found.collect(),
            row,
            events,
        })
    }
}

/// What happened, in 中文.
pub fn event_name(kind: &str) -> &'static str {
    match kind {
        "count" => "盘存",
        "change" => "库存变更",
        "purchase" => "采购",
        "purchase_return" => "采购退货",
        "sale" => "销售",
        "sale_return" => "销售退货",
        "settled" => "医保结算",
        "reversed" => "结算撤销",
        "deleted" => "销售记录删除",
        _ => "其他",
    }
}

/// An event as the room replays it; receipts and counts neither sell nor return.
fn replayable(event: &TraceEventRow) -> Option<CodeEvent> {
    let word = event.kind.as_str();
    let sells = word == "settled" || word == StockKind::Sale.word();
    let returns = ["reversed", "deleted", StockKind::SaleReturn.word()].contains(&word);
    let kind = match (sells, returns) {
        (true, _) => CodeEventKind::Sale,
        (_, true) => CodeEventKind::Return,
        _ => return None,
    };
    // An upload and the bill it came before are one sale, which nothing contested.
    let sale = if event.contested {
        event.event_id.clone()
    } else {
        "uncontested".to_owned()
    };
    Some(CodeEvent {
        event: event.event_id.clone(),
        code: event.code.clone(),
        kind,
        institution: event.institution.clone(),
        sale,
        split: event.split,
        at: event.recorded_at,
    })
}
