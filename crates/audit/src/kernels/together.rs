use std::collections::{BTreeMap, BTreeSet};

use lines::{Day, NONE, Visits};

use crate::kernel::Provider;

/// The visits of each terminal of a provider whose settlement stands, by begin and visit number
/// (按终端归并).
pub fn by_terminal(provider: &Provider<'_>) -> Vec<Vec<u32>> {
    let mut terminals: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &visit in provider.visits {
        let terminal = provider.data.visits.terminal[visit as usize];
        let taken_back = provider.data.visits.has(visit, Visits::REVERSED);
        if terminal != NONE && !taken_back {
            terminals.entry(terminal).or_default().push(visit);
        }
    }
    terminals.into_values().collect()
}

/// Who came together on which days (同来).
///
/// People are numbered by the order of their ids, so that what grows from the numbers does not
/// depend on the order of the files.
#[derive(Debug, Default)]
pub struct Meetings {
    people: Vec<u32>,
    days: BTreeMap<(u32, u32), BTreeSet<Day>>,
}

/// People who came within so many seconds of one another on at least so many dates that lie within
/// so many days (结伴).
///
/// Only who came on that many dates at all is looked at: in a busy place few did.
pub fn meetings(provider: &Provider<'_>, seconds: i64, days: i64, dates: i64) -> Meetings {
    let visits = &provider.data.visits;
    let people = regulars(provider, dates);
    let rank: BTreeMap<u32, u32> = people.iter().copied().zip(0..).collect();
    let come = provider.visits.iter().copied();
    let rank_of = |visit: u32| rank.get(&visits.person[visit as usize]).copied();
    let timed = |visit: &u32| !visits.begin[*visit as usize].is_only_a_date();
    let come: Vec<(u32, u32)> = come
        .filter(timed)
        .filter_map(|visit| Some((visit, rank_of(visit)?)))
        .collect();
    let mut met: BTreeMap<(u32, u32), BTreeSet<Day>> = BTreeMap::new();
    for (at, &(first, a)) in come.iter().enumerate() {
        let begin = visits.begin[first as usize];
        for &(second, b) in &come[at + 1..] {
            let later = visits.begin[second as usize];
            if later.since(begin) > seconds || later.day() != begin.day() {
                break;
            }
            if a != b {
                let pair = (a.min(b), a.max(b));
                met.entry(pair).or_default().insert(begin.day());
            }
        }
    }
    met.retain(|_, on| within(on, days, dates));
    Meetings { people, days: met }
}

/// Who came on at least so many dates, in the order of ids.
fn regulars(provider: &Provider<'_>, dates: i64) -> Vec<u32> {
    let visits = &provider.data.visits;
    let key = |&visit: &u32| {
        let visit = visit as usize;
        (visits.person[visit], visits.begin[visit].day())
    };
    let mut days: Vec<(u32, Day)> = provider.visits.iter().map(key).collect();
    days.sort_unstable();
    days.dedup();
    let runs = days.chunk_by(|a, b| a.0 == b.0);
    let often = runs.filter(|run| i64::try_from(run.len()).unwrap_or(0) >= dates);
    let mut people: Vec<u32> = often.map(|run| run[0].0).collect();
    people.sort_by_key(|&person| provider.data.people.ids.text(person));
    people
}

/// Whether so many of the days lie within a span.
fn within(days: &BTreeSet<Day>, span: i64, dates: i64) -> bool {
    let days: Vec<i32> = days.iter().map(|day| day.0).collect();
    let count = usize::try_from(dates.max(1)).unwrap_or(1);
    let mut runs = days.windows(count);
    runs.any(|run| i64::from(run[count - 1] - run[0]) < span)
}

/// Groups of at least so many people all of whom met on at least so many common dates, with the
/// number of those dates (结伴群体).
///
/// Each pair belongs to the group that grows from it by taking whoever keeps enough common dates,
/// the lowest number first; a group inside another is left out.
pub fn groups(met: &Meetings, persons: i64, dates: i64) -> Vec<(Vec<u32>, i64)> {
    let mut found: Vec<(Vec<u32>, i64)> = Vec::new();
    for (&(a, b), days) in &met.days {
        if found
            .iter()
            .any(|(group, _)| group.contains(&a) && group.contains(&b))
        {
            continue;
        }
        let (mut group, mut common) = (vec![a, b], days.clone());
        let partners = met.days.keys().filter(|pair| pair.0 == a && pair.1 != b);
        for candidate in partners.map(|pair| pair.1) {
            let shared = shared(met, &group, candidate, &common);
            if i64::try_from(shared.len()).unwrap_or(0) >= dates {
                group.push(candidate);
                common = shared;
            }
        }
        if i64::try_from(group.len()).unwrap_or(0) >= persons {
            group.sort_unstable();
            found.push((group, i64::try_from(common.len()).unwrap_or(0)));
        }
    }
    for (group, _) in &mut found {
        for person in group {
            *person = met.people[*person as usize];
        }
    }
    found
}

/// The common days on which a candidate met everybody of a group.
fn shared(met: &Meetings, group: &[u32], candidate: u32, common: &BTreeSet<Day>) -> BTreeSet<Day> {
    let mut left = common.clone();
    for &member in group {
        let pair = (member.min(candidate), member.max(candidate));
        match met.days.get(&pair) {
            Some(days) => left.retain(|day| days.contains(day)),
            None => return BTreeSet::new(),
        }
    }
    left
}
