use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use terms::DateTime;

/// What happened to a box (追溯码事件).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeEventKind {
    /// 销售.
    Sale,
    /// 销售退货, or the settlement taken back.
    Return,
}

/// An event in the life of one box (追溯码流向).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeEvent {
    /// The event's own number.
    pub event: String,
    /// The code.
    pub code: String,
    /// Sold or returned.
    pub kind: CodeEventKind,
    /// Where.
    pub institution: String,
    /// Which sale: whatever tells two sales of one institution apart.
    pub sale: String,
    /// Whether only units of the box were sold (拆零).
    #[serde(default)]
    pub split: bool,
    /// When.
    pub at: DateTime,
}

/// The sale that stands on a code (在售状态).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold<'a> {
    /// Where.
    pub institution: &'a str,
    /// Which sale there.
    pub sale: &'a str,
    /// Whether units only.
    pub split: bool,
}

/// A sale about to be made or told of afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selling<'a> {
    /// Where.
    pub institution: &'a str,
    /// Which sale there.
    pub sale: &'a str,
    /// Whether units only.
    pub split: bool,
}

/// Two sales of one box with no return between (T001 追溯码重复结算), by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondSale {
    /// The sale that stood.
    pub first: usize,
    /// The sale that should not have been.
    pub later: usize,
}

/// Whether a box may be sold, given the sale that stands on it (一盒一码、只售一次).
///
/// The same sale told twice, by its upload and by its bill, is one sale. Units of an opened box
/// may be sold on; how many is the business of [`crate::over_pack`].
pub fn may_sell(standing: Option<&Sold<'_>>, selling: Selling<'_>) -> bool {
    standing.is_none_or(|sold| {
        let same = sold.institution == selling.institution && sold.sale == selling.sale;
        same || (sold.split && selling.split)
    })
}

/// Every second sale of a history: a box sold while another sale of it stood.
///
/// Events may come in any order; they are replayed by time, and by number within a moment. A later
/// sale does not displace the one that stands: both ends stay to be looked at.
pub fn second_sales(events: &[CodeEvent]) -> Vec<SecondSale> {
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|&place| (events[place].at, &events[place].event));
    let mut standing: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for place in order {
        let event = &events[place];
        match event.kind {
            CodeEventKind::Return => {
                standing.remove(event.code.as_str());
            }
            CodeEventKind::Sale => {
                let first = standing.get(event.code.as_str()).copied();
                let sold = first.map(|first| sold(&events[first]));
                if may_sell(sold.as_ref(), selling(event)) {
                    standing.insert(&event.code, first.unwrap_or(place));
                } else if let Some(first) = first {
                    found.push(SecondSale {
                        first,
                        later: place,
                    });
                }
            }
        }
    }
    found
}

fn sold(event: &CodeEvent) -> Sold<'_> {
    Sold {
        institution: &event.institution,
        sale: &event.sale,
        split: event.split,
    }
}

fn selling(event: &CodeEvent) -> Selling<'_> {
    Selling {
        institution: &event.institution,
        sale: &event.sale,
        split: event.split,
    }
}
