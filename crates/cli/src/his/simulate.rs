use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::Clock;
use demo_maker::{
    Bill, CATALOGUE_SEED, CATALOGUE_SIZE, DemoArea, Event, Random, Traffic, catalogue, traffic,
};
use terms::DateTime;
use tokio::sync::Semaphore;
use wire::client::Numbers;

use super::{Desk, Record, Setting, Settled, Trouble};

/// Bills under way at once; more would mean that the centre has stopped answering.
const AT_ONCE: usize = 16;
/// How many settled bills may still be taken back.
const REMEMBERED: usize = 400;
/// After how many bills the log gets a line.
const REPORTED: u64 = 1000;

/// Lets the institutions of a demonstration work: bills of all kinds, and now and then one taken
/// back, at about `bills_per_minute`, busier and quieter by turns, until `stop` resolves.
///
/// It knows the area's people and institutions and otherwise speaks only HTTP and the national
/// interface with `target` (such as `http://127.0.0.1:8080`). The business date is the area's. A
/// centre that refuses or does not answer is no reason to stop; what happened is logged.
pub async fn simulate(
    target: String,
    area: Arc<DemoArea>,
    bills_per_minute: u32,
    stop: impl Future<Output = ()>,
) {
    let setting = Setting {
        target,
        area: area.recipe.area,
        clock: Clock::starting_on(area.recipe.today),
        numbers: Numbers::of_terminal('S'),
        days_per_pack: 0,
    };
    let seed = area.recipe.seed;
    let made = tokio::task::spawn_blocking(move || {
        traffic(&area, &catalogue(CATALOGUE_SEED, CATALOGUE_SIZE), seed)
    });
    let Ok(traffic) = made.await else {
        tracing::error!("示范业务不能生成");
        return;
    };
    let town = Arc::new(Town {
        setting: Arc::new(setting),
        signed_in: Mutex::default(),
        settled: Mutex::default(),
        record: Mutex::default(),
        room: Arc::new(Semaphore::new(AT_ONCE)),
    });
    let pace = Pace::of(bills_per_minute, seed);
    tokio::select! {
        () = pin!(stop) => {}
        () = town.live(traffic, pace) => {}
    }
}

/// All institutions of the area at work.
struct Town {
    setting: Arc<Setting>,
    /// Sign-in numbers by operator, with their day.
    signed_in: Mutex<HashMap<String, (terms::Date, String)>>,
    settled: Mutex<VecDeque<(u64, Settled)>>,
    record: Mutex<(u64, Record)>,
    room: Arc<Semaphore>,
}

impl Town {
    async fn live(self: Arc<Self>, traffic: Traffic, mut pace: Pace) {
        for event in traffic {
            tokio::time::sleep(pace.pause()).await;
            let Ok(permit) = Arc::clone(&self.room).acquire_owned().await else {
                return;
            };
            let town = Arc::clone(&self);
            tokio::spawn(async move {
                let done = match event {
                    Event::Bill(bill) => town.play(*bill).await,
                    Event::Reversal { of } => town.take_back(of).await,
                };
                if let Err(trouble) = done {
                    tracing::debug!(%trouble, "a bill of the simulation ended early");
                }
                drop(permit);
            });
        }
    }

    async fn play(&self, bill: Bill) -> Result<(), Trouble> {
        let bill = Arc::new(just_now(bill, self.setting.clock.now()));
        let mut desk = self.desk(&bill).await?;
        let person = &bill.person;
        let message = desk
            .sender()
            .look_up(&person.id_number, &person.name, desk.now());
        let settled = match desk.send(&message).await {
            Ok(_) => desk.play(&bill).await,
            Err(trouble) => Err(trouble),
        };
        self.report(std::mem::take(&mut desk.record));
        self.keep(settled?);
        Ok(())
    }

    async fn take_back(&self, sequence: u64) -> Result<(), Trouble> {
        let found = {
            let mut settled = self.settled.lock().expect("no holder panics");
            let place = settled.iter().position(|(number, _)| *number == sequence);
            place.and_then(|place| settled.remove(place))
        };
        let Some((_, settled)) = found else {
            return Ok(());
        };
        let mut desk = self.desk(&settled.bill).await?;
        let done = desk.take_back(&settled).await;
        self.report(std::mem::take(&mut desk.record));
        done
    }

    /// The desk for a bill, signed in for the day.
    async fn desk(&self, bill: &Bill) -> Result<Desk, Trouble> {
        let desk = Desk::of(&self.setting, &bill.institution, &bill.operator);
        let mut desk = desk.map_err(|cause| Trouble::Silent(cause.to_string()))?;
        let (today, key) = (desk.now().date(), &bill.operator.code);
        let known = self
            .signed_in
            .lock()
            .expect("no holder panics")
            .get(key)
            .cloned();
        desk.sign_in = match known {
            Some((day, number)) if day == today => number,
            _ => {
                let message = desk.sender().sign_in(desk.now());
                let number = desk.send(&message).await?.sign_in;
                let mut all = self.signed_in.lock().expect("no holder panics");
                all.insert(key.clone(), (today, number.clone()));
                number
            }
        };
        Ok(desk)
    }

    fn keep(&self, settled: Settled) {
        let mut all = self.settled.lock().expect("no holder panics");
        all.push_back((settled.bill.sequence, settled));
        if all.len() > REMEMBERED {
            all.pop_front();
        }
    }

    fn report(&self, record: Record) {
        for (what, times) in &record.violations {
            tracing::warn!(what, times, "应答金额不平");
        }
        let mut all = self.record.lock().expect("no holder panics");
        all.0 += 1;
        all.1.absorb(record);
        if all.0.is_multiple_of(REPORTED) {
            let sum = |counts: &HashMap<String, u64>| counts.values().sum::<u64>();
            let (refused, silent) = (sum(&all.1.refusals), sum(&all.1.silences));
            tracing::info!(bills = all.0, refused, silent, "示范业务");
            all.1 = Record::default();
        }
    }
}

/// The same bill, ending this moment.
fn just_now(bill: Bill, now: DateTime) -> Bill {
    let shift = now.duration_since(bill.end);
    let moved = |at: DateTime| at.saturating_add(shift).min(now);
    let lines = bill.lines.into_iter().map(|line| demo_maker::BillLine {
        served: moved(line.served),
        ..line
    });
    Bill {
        begin: moved(bill.begin),
        end: moved(bill.end),
        lines: lines.collect(),
        ..bill
    }
}

/// How long until the next bill: chance around a mean that wanders between half and half as much
/// again, as queues at counters do.
struct Pace {
    mean: u64,
    random: Random,
    mood: u32,
    left: u32,
}

impl Pace {
    fn of(bills_per_minute: u32, seed: u64) -> Self {
        Self {
            mean: 60_000_000 / u64::from(bills_per_minute.max(1)),
            random: Random::named(seed, "pace"),
            mood: 100,
            left: 0,
        }
    }

    fn pause(&mut self) -> Duration {
        if self.left == 0 {
            self.left = self.random.between(10, 40);
            self.mood = self.random.between(50, 150);
        }
        self.left -= 1;
        let percent = u64::from(self.mood) * u64::from(self.random.between(10, 190));
        Duration::from_micros(self.mean * percent / 10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_keeps_its_mean() {
        let mut pace = Pace::of(120, 7);
        let all: Duration = (0..20_000).map(|_| pace.pause()).sum();
        let mean = all / 20_000;
        assert!((470..530).contains(&mean.as_millis()), "{mean:?}");
    }

    #[test]
    fn nobody_is_served_in_the_future() {
        let area = demo_maker::area(demo_maker::Recipe::suizhou().with_people(400));
        let items = catalogue(CATALOGUE_SEED, CATALOGUE_SIZE);
        let now = jiff::civil::datetime(2024, 11, 15, 3, 0, 0, 0);
        for event in traffic(&area, &items, 3).take(300) {
            let Event::Bill(bill) = event else { continue };
            let length = bill.begin.duration_until(bill.end);
            let bill = just_now(*bill, now);
            assert_eq!(bill.end, now);
            assert_eq!(bill.begin.duration_until(bill.end), length);
            let within = |at: DateTime| bill.begin <= at && at <= now;
            assert!(bill.lines.iter().all(|line| within(line.served)));
        }
    }
}
