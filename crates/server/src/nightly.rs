//! 夜间任务：每天到点审核本系统的结算单。

use std::sync::Arc;
use std::time::Duration;

use app::App;
use app::register::Actor;
use jiff::civil::{DateTime, Time};

/// Audits every night at a time of the business clock, for as long as it is polled (夜间审核).
///
/// A night that fails is told in the log and made up for by the next.
pub async fn nightly(app: Arc<App>, at: Time, threads: usize) {
    loop {
        tokio::time::sleep(until(app.clock.now(), at)).await;
        let actor = Actor::batch(app.home, "夜间审核", app.clock.now());
        match app.audit_night(&actor, threads).await {
            Ok(night) => {
                let (counts, lapsed) = (night.run.counts, night.lapsed);
                tracing::info!(?counts, lapsed, run = night.run.run, "nightly audit done");
            }
            Err(error) => tracing::error!(?error, "nightly audit failed"),
        }
    }
}

/// How long until it is that time again; a whole day where it is that time now.
fn until(now: DateTime, at: Time) -> Duration {
    let today = now.date().to_datetime(at);
    let next = match today > now {
        true => today,
        false => now.date().tomorrow().unwrap_or(now.date()).to_datetime(at),
    };
    Duration::try_from(next.duration_since(now)).unwrap_or(Duration::from_secs(86_400))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_next_time_of_day_is_today_or_tomorrow() {
        let now: DateTime = "2026-11-22T01:00:00".parse().unwrap();
        let hours = |text: &str| until(now, text.parse().unwrap()).as_secs() / 60;
        assert_eq!(hours("02:30"), 90);
        assert_eq!(hours("00:30"), 23 * 60 + 30);
        assert_eq!(hours("01:00"), 24 * 60, "never twice in one night");
    }
}
