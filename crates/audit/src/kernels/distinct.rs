use crate::kernel::Person;
use crate::kernels::net;
use crate::{Fact, Hit, Kernel, Sheet, Spot, Target};

/// Flags days on which a person was charged more different items of a kind than allowed
/// (单日品种过多).
///
/// `counts` says which lines are looked at. The amount is what the items beyond the bound cost, in
/// the order of time and line id. Facts: items of the day, bound, 种.
pub fn distinct_per_day(
    items: Vec<u32>,
    most: i64,
    counts: impl Fn(&Spot<'_>) -> bool + Send + Sync + 'static,
) -> Kernel {
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        too_many(person, rows, most, &counts, sheet);
    };
    Kernel::Items(items, Box::new(look))
}

/// As [`distinct_per_day`], for the rows of one person (单日品种过多).
pub fn too_many(
    person: &Person<'_>,
    rows: &[u32],
    most: i64,
    counts: &dyn Fn(&Spot<'_>) -> bool,
    sheet: &mut Sheet,
) {
    let left = net(person.data, rows).into_iter();
    let spots = left.map(|(row, _)| Spot::of(person.data, row));
    let spots: Vec<Spot<'_>> = spots.filter(|spot| counts(spot)).collect();
    for day in spots.chunk_by(|a, b| a.day() == b.day()) {
        let mut seen: Vec<u32> = Vec::new();
        for spot in day.iter().filter(|spot| spot.count() > 0) {
            if !seen.contains(&spot.item()) {
                seen.push(spot.item());
            }
        }
        let kept = &seen[..seen.len().min(usize::try_from(most).unwrap_or(0))];
        let count = i64::try_from(seen.len()).expect("a day has few items");
        if count > most {
            let beyond = day.iter().filter(|spot| !kept.contains(&spot.item()));
            let facts = [Fact::Whole(count), Fact::Whole(most), Fact::Words("种")];
            let hit = Hit::new(beyond.map(Spot::in_scope).sum(), facts);
            sheet.add(Target::PersonDay(person.person, day[0].day()), hit);
        }
    }
}
