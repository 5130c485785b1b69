//! A handful of records with something wrong, and a pass of the checks that finds them.

use app::cleaning::shipped_limits;
use app::{App, Error, person_detail};
use demo_maker::{DemoArea, Person, checksum_of};
use jiff::ToSpan;
use store::{CoverageRow, PersonFile};
use terms::{Scheme, Sex, Word};

use super::file;

/// What is wrong with a record, and how many are made so.
const WRONG: [(Wrong, usize); 9] = [
    (Wrong::Checksum, 3),
    (Wrong::Birth, 3),
    (Wrong::Sex, 2),
    (Wrong::Document, 2),
    (Wrong::Passport, 3),
    (Wrong::Spelling, 2),
    (Wrong::Schemes, 3),
    (Wrong::Areas, 2),
    (Wrong::Dead, 3),
];
/// Subsidised without an identity.
const SUBSIDISED: usize = 3;
/// The first number of the records made here, behind the area.
const FIRST: u64 = 9_500_000_001;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Checksum,
    Birth,
    Sex,
    /// The same document under two numbers.
    Document,
    /// The same person again with a passport.
    Passport,
    /// The same person again, misspelt and with a number given out elsewhere.
    Spelling,
    Schemes,
    Areas,
    Dead,
    Subsidised,
}

/// Enters the records and runs the checks once; doing it again changes nothing.
///
/// # Errors
/// What the store refuses.
pub async fn seed(app: &App, area: &DemoArea) -> Result<(), Error> {
    let code = area.recipe.area;
    if !app.store.cleaning_runs(code, 1).await?.is_empty() {
        return Ok(());
    }
    let kinds = WRONG.into_iter().chain([(Wrong::Subsidised, SUBSIDISED)]);
    let kinds = kinds.flat_map(|(wrong, count)| std::iter::repeat_n(wrong, count));
    let kinds: Vec<Wrong> = kinds.collect();
    let insured = |person: &Person| person.cover().is_some_and(|cover| cover.to.is_none());
    let plain = |person: &Person| insured(person) && person.identities.is_empty();
    let people: Vec<Person> = area.people().filter(plain).collect();
    let mut files = Vec::new();
    // Spread over the area: neighbours in the numbering live in one household.
    for (place, (number, wrong)) in (FIRST..).zip(&kinds).enumerate() {
        let Some(person) = people.get(place * people.len() / kinds.len()) else {
            break;
        };
        files.push(spoilt(area, person, *wrong, format!("{code}{number}"))?);
    }
    let opened_at = area.recipe.today.at(0, 0, 0, 0);
    app.store.put_people(code, &files, opened_at).await?;
    app.clean("clerk", &shipped_limits()?, &|_| {}).await?;
    Ok(())
}

/// A person again under another number, or somebody like the person, with something wrong.
fn spoilt(
    area: &DemoArea,
    person: &Person,
    wrong: Wrong,
    number: String,
) -> Result<PersonFile, Error> {
    let mut made = person.clone();
    let order = number[number.len() - 2..].to_owned();
    made.number = number;
    made.card_number = format!("Y{}", &made.number[7..]);
    made.account = None;
    made.sharing.clear();
    let again = matches!(wrong, Wrong::Document | Wrong::Passport | Wrong::Spelling);
    if !again {
        // Somebody else: born the day before, named otherwise, reached elsewhere.
        made.born = made.born.saturating_sub(1.day());
        made.name = format!("{}{}", spelt(&person.name), "祥");
        made.phone = format!("122{order}{}", &person.phone[5..]);
        made.id_number = renumbered(&made, "998801", &format!("8{order}"));
    }
    match wrong {
        Wrong::Checksum => {
            let last = made.id_number.pop();
            made.id_number
                .push(if last == Some('7') { '8' } else { '7' });
        }
        Wrong::Birth => made.born = made.born.saturating_sub(1.year()),
        Wrong::Sex => {
            made.sex = match made.sex {
                Sex::Male => Sex::Female,
                Sex::Female => Sex::Male,
            }
        }
        Wrong::Passport => made.id_number = format!("EX95000{order}"),
        Wrong::Spelling => {
            made.name = spelt(&person.name);
            made.id_number = renumbered(&made, "998801", &person.id_number[14..17]);
        }
        _ => {}
    }
    let mut file = file(&made, &std::collections::HashMap::new());
    if wrong == Wrong::Document {
        // The document leads to the first record; this one only repeats it.
        file.identifiers.retain(|row| row.kind != "document");
    }
    doubtful(area, &mut file, wrong)?;
    Ok(file)
}

/// What lies in cover and details rather than in the person.
fn doubtful(area: &DemoArea, file: &mut PersonFile, wrong: Wrong) -> Result<(), Error> {
    let today = area.recipe.today;
    let again = |file: &PersonFile, change: &dyn Fn(&mut CoverageRow)| {
        let mut row = file.coverage.last().cloned();
        row.iter_mut().for_each(change);
        row
    };
    match wrong {
        Wrong::Schemes => {
            let other = again(file, &|row| {
                let employee = row.scheme == Scheme::Employee.word();
                let scheme = if employee {
                    Scheme::Resident
                } else {
                    Scheme::Employee
                };
                scheme.word().clone_into(&mut row.scheme);
                row.starts_on = today.first_of_year();
            });
            file.coverage.extend(other);
        }
        Wrong::Areas => {
            let mut elsewhere = area.recipe.counties.iter().map(|county| county.code);
            let elsewhere = elsewhere.rfind(|county| *county != file.person.county);
            let other = again(file, &|row| {
                row.county = elsewhere.unwrap_or(row.county);
                row.starts_on = row.starts_on.saturating_add(40.days());
            });
            file.coverage.extend(other);
        }
        Wrong::Dead => file.person.death = Some(today.saturating_sub(50.days())),
        Wrong::Subsidised => {
            let mut detail = person_detail(&file.person.marks)?;
            detail.marks.push(Word::new("subsidised"));
            file.person.marks = serde_json::to_string(&detail)
                .map_err(|cause| Error::Bug(format!("details: {cause}")))?;
        }
        _ => {}
    }
    Ok(())
}

/// The name with another last character.
fn spelt(name: &str) -> String {
    let kept = name.chars().count() - 1;
    let stem: String = name.chars().take(kept).collect();
    let other = if name.ends_with('洁') { '杰' } else { '洁' };
    format!("{stem}{other}")
}

/// A number of another place for the same birth.
fn renumbered(person: &Person, place: &str, order: &str) -> String {
    let mut digits = format!("{place}{}{order}", person.born.strftime("%Y%m%d"));
    let odd = digits.ends_with(['1', '3', '5', '7', '9']);
    if odd != (person.sex == Sex::Male) {
        let last = digits.pop().and_then(|last| last.to_digit(10)).unwrap_or(0);
        digits.extend(char::from_digit((last + 1) % 10, 10));
    }
    let check = checksum_of(&digits);
    digits.extend(check);
    digits
}
