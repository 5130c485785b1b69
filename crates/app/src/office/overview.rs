use jiff::Span;
use jiff::civil::DateTime;
use store::{MinuteRow, SettlementFilter, SettlementRow, TallyRow};

use super::Clerk;
use crate::{App, Error};

/// How many of the last settlements come along.
const LATEST: usize = 10;

/// A day so far (今日概况).
#[derive(Debug, Clone)]
pub struct Day {
    /// Until when.
    pub now: DateTime,
    /// Settlements of the day by institution, scheme and care type.
    pub tally: Vec<TallyRow>,
    /// How many people had one.
    pub people: i64,
    /// The last hour by minute, minutes without settlements left out.
    pub minutes: Vec<MinuteRow>,
    /// The last settlements.
    pub latest: Vec<SettlementRow>,
}

impl App {
    /// What happened today.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn day(&self, clerk: &Clerk) -> Result<Day, Error> {
        let now = self.clock.now();
        let begin = now.date().at(0, 0, 0, 0);
        let end = now.checked_add(Span::new().minutes(1)).unwrap_or(now);
        let hour_ago = now.checked_sub(Span::new().minutes(60)).unwrap_or(begin);
        let tally = self.store.tally_settlements(clerk.area, begin, end).await?;
        let people = self
            .store
            .count_settled_persons(clerk.area, begin, end)
            .await?;
        let minutes = self
            .store
            .settlements_by_minute(clerk.area, hour_ago, end)
            .await?;
        let filter = SettlementFilter::default();
        let page = self
            .store
            .search_settlements(clerk.area, &filter, None, LATEST)
            .await?;
        Ok(Day {
            now,
            tally,
            people,
            minutes,
            latest: page.rows,
        })
    }
}
