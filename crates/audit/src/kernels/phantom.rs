use std::collections::BTreeSet;

use lines::{Data, Day};

use crate::{Desk, Waits};

/// Says of a person on a day why nobody can be meant, if so (虚假人员): the register of the
/// population does not know the person, or the number of the identity card cannot be right.
///
/// # Errors
/// [`Waits`] when there is neither a register of the population nor a number of identity cards.
pub fn phantoms(
    desk: &Desk<'_>,
) -> Result<impl Fn(&Data, u32, Day) -> Option<&'static str> + use<>, Waits> {
    let people = |table: &str| {
        let table = desk.data.table(table)?;
        let ids = table.rows().map(|row| row.text("person"));
        let found = ids.filter_map(|id| desk.data.people.ids.find(id));
        Some(found.collect::<BTreeSet<u32>>())
    };
    let (known, false_numbers) = (people("population_register"), people("false_id_numbers"));
    if known.is_none() && false_numbers.is_none() {
        return Err(Waits::for_table("population_register"));
    }
    Ok(move |data: &Data, person: u32, day: Day| {
        let has = |people: &Option<BTreeSet<u32>>| {
            let people = people.as_ref();
            people.map(|people| people.contains(&person))
        };
        let infant = data.age_on(person, day).is_some_and(|age| age < 1);
        match (has(&known), has(&false_numbers)) {
            (_, Some(true)) => Some("居民身份证号码不能成立"),
            (Some(false), _) if !infant => Some("人口登记中没有此人"),
            _ => None,
        }
    })
}
