//! `kill -9` at any moment loses nothing that was acknowledged and duplicates nothing.
//!
//! The real executable serves a small invented area from an embedded database. Several windows of
//! a pharmacy sell and take back without pause; again and again the service is killed, started
//! again, and every message that had no answer is sent once more under its number. In the end the
//! database must hold exactly what was acknowledged, and `tongchou verify` must agree with itself.
#![allow(clippy::unwrap_used)]

mod centre;
mod window;

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::time::Duration;

use centre::{Centre, Whereabouts};
use demo_maker::{CATALOGUE_SEED, CATALOGUE_SIZE, Random, Recipe, area, catalogue};
use money::Fen;
use store::{SettlementFilter, SettlementRow, Store};
use window::{Acknowledged, Window};

/// How often the service is killed.
const KILLS: u32 = 21;
const PEOPLE: u32 = 60;
const WINDOWS: u32 = 4;

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_done_twice() {
    let folder = tempfile::tempdir().unwrap();
    let recipe = Recipe::suizhou().with_people(PEOPLE);
    let (home, whereabouts) = (recipe.area, Whereabouts::default());
    let (sender, news) = mpsc::channel();
    // The demonstration brings bills of its own before the first window opens.
    Centre::start(folder.path(), PEOPLE).kill();
    let brought = stored(&centre::database(folder.path()), home);
    let windows = open_windows(recipe, &whereabouts, &sender);
    drop(sender);

    let mut acknowledged = Vec::new();
    let mut random = Random::new(20_241_115);
    for _ in 0..KILLS {
        let mut centre = Centre::start(folder.path(), PEOPLE);
        whereabouts.announce(Some(centre.address));
        for _ in 0..random.between(1, 60) {
            acknowledged.push(next(&news));
        }
        // Not always just after an answer: anywhere within the work on the next few.
        let moment = Duration::from_micros(u64::from(random.below(8_000)));
        acknowledged.extend(news.recv_timeout(moment));
        centre.kill();
        whereabouts.announce(None);
    }

    let mut centre = Centre::start(folder.path(), PEOPLE);
    whereabouts.close_after(centre.address);
    acknowledged.extend(news.iter());
    for window in windows {
        window.join().unwrap();
    }
    centre.kill();
    let database = centre::database(folder.path());
    centre::verify(&database);
    let mut kept = stored(&database, home);
    kept.retain(|row| !brought.contains(row));
    compare(&acknowledged, &kept);
}

fn next(news: &mpsc::Receiver<Acknowledged>) -> Acknowledged {
    let patience = Duration::from_secs(60);
    news.recv_timeout(patience).expect("the service answers")
}

fn open_windows(
    recipe: Recipe,
    whereabouts: &Whereabouts,
    sender: &mpsc::Sender<Acknowledged>,
) -> Vec<std::thread::JoinHandle<()>> {
    let area = area(recipe);
    let items = catalogue(CATALOGUE_SEED, CATALOGUE_SIZE);
    (0..WINDOWS)
        .map(|number| {
            let window = Window::open(&area, &items, number);
            let (whereabouts, sender) = (whereabouts.clone(), sender.clone());
            std::thread::spawn(move || window.work(&whereabouts, &sender))
        })
        .collect()
}

/// Every settlement and reversal in the database.
fn stored(database: &str, home: terms::AreaCode) -> Vec<SettlementRow> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Store::open(database).await.unwrap();
        let filter = SettlementFilter::default();
        let all = store
            .search_settlements(home, &filter, None, 1_000_000)
            .await;
        let rows = all.unwrap().rows;
        store.close().await.unwrap();
        rows
    })
}

/// Message by message: what was acknowledged is there, once, with that number and that total, and
/// nothing else is there.
fn compare(acknowledged: &[Acknowledged], rows: &[SettlementRow]) {
    let mut by_message: BTreeMap<&str, &SettlementRow> = BTreeMap::new();
    for row in rows {
        let twice = by_message.insert(&row.msgid, row);
        assert!(twice.is_none(), "message {} settled twice", row.msgid);
    }
    let done: Vec<_> = acknowledged.iter().filter(|one| one.done).collect();
    for one in &done {
        let row = by_message.get(one.message.as_str());
        let row = row.unwrap_or_else(|| panic!("message {} is lost", one.message));
        assert_eq!(row.settlement_id, one.settlement, "{}", one.message);
        assert_eq!(row.amounts.total, one.total, "{}", one.message);
        assert_eq!(row.is_reversal(), one.total.is_negative());
    }
    assert_eq!(done.len(), rows.len(), "settlements nobody was told of");
    let told: Fen = done.iter().map(|one| one.total).sum();
    let kept: Fen = rows.iter().map(|row| row.amounts.total).sum();
    assert_eq!(told, kept);
    let repeated = acknowledged.iter().filter(|one| one.sent > 1).count();
    assert!(repeated > 0, "no kill ever met a message under way");
    let taken_back = done.iter().filter(|one| one.total.is_negative()).count();
    assert!(taken_back > 0, "nothing was ever taken back");
    println!(
        "{KILLS} kills, {} settlements, {taken_back} of them reversals, {repeated} sent again",
        done.len()
    );
}
