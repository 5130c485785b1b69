use jiff::ToSpan;
use terms::{Category, CoverState, Registration, Sex, Word};

use crate::institution::elsewhere;
use crate::maker::{Home, Maker};
use crate::names::surname;
use crate::{
    Cover, DISEASES, IdentitySpan, Kinship, Person, RegistrationSpan, Relation, SharingGrant,
};

/// What kinds of households there are, and how common each is in a hundred.
const KINDS: [(u32, Kind); 7] = [
    (
        35,
        Kind {
            head: (26, 50),
            couple: true,
            children: (1, 2),
            parents: false,
        },
    ),
    (
        15,
        Kind {
            head: (30, 50),
            couple: true,
            children: (1, 2),
            parents: true,
        },
    ),
    (
        12,
        Kind {
            head: (25, 60),
            couple: true,
            children: (0, 0),
            parents: false,
        },
    ),
    (
        18,
        Kind {
            head: (60, 88),
            couple: true,
            children: (0, 0),
            parents: false,
        },
    ),
    (
        10,
        Kind {
            head: (20, 58),
            couple: false,
            children: (0, 0),
            parents: false,
        },
    ),
    (
        7,
        Kind {
            head: (60, 92),
            couple: false,
            children: (0, 0),
            parents: false,
        },
    ),
    (
        3,
        Kind {
            head: (28, 50),
            couple: false,
            children: (1, 2),
            parents: false,
        },
    ),
];

#[derive(Clone, Copy)]
struct Kind {
    head: (u32, u32),
    couple: bool,
    children: (u32, u32),
    parents: bool,
}

/// Poverty of households in a thousand (救助身份).
const POVERTY: [(u32, &str); 5] = [
    (30, "dibao"),
    (10, "jiance"),
    (4, "fanpin"),
    (10, "dibao_bianyuan"),
    (4, "zhichuxing"),
];

/// The next household, never more than `most` people.
pub(crate) fn household(maker: &mut Maker<'_>, most: usize) -> Vec<Person> {
    let home = maker.home();
    let kind = KINDS[maker.random.weighted(&KINDS.map(|(weight, _)| weight))].1;
    let mut members = members(maker, home, kind);
    members.truncate(most);
    for person in &mut members {
        insure(maker, home, person);
        burden(maker, person);
    }
    impoverish(maker, home, &mut members);
    for person in &mut members {
        if person.identities.is_empty() && maker.random.chance(4) {
            identify(maker, person, "zhongcan", 22);
        }
    }
    share(maker, &mut members);
    members
}

fn members(maker: &mut Maker<'_>, home: Home, kind: Kind) -> Vec<Person> {
    let age = maker.random.between(kind.head.0, kind.head.1);
    let (own, other) = (surname(&mut maker.random), surname(&mut maker.random));
    let head_is_male = kind.couple || maker.random.chance(500);
    let sex = if head_is_male { Sex::Male } else { Sex::Female };
    let mut made = vec![maker.person(home, Relation::Head, own, sex, age)];
    let mut mother = age;
    if kind.couple {
        mother = (age + maker.random.below(5)).saturating_sub(4).max(20);
        made.push(maker.person(home, Relation::Spouse, other, Sex::Female, mother));
    }
    for _ in 0..maker.random.between(kind.children.0, kind.children.1) {
        let oldest = (mother.min(age) - 22).min(24);
        let years = maker.random.below(oldest + 1);
        let sex = if maker.random.chance(520) {
            Sex::Male
        } else {
            Sex::Female
        };
        made.push(maker.person(home, Relation::Child, own, sex, years));
    }
    if kind.parents {
        let years = age + maker.random.between(22, 32);
        made.push(maker.person(home, Relation::Parent, own, Sex::Male, years));
        if maker.random.chance(700) {
            let wife = surname(&mut maker.random);
            made.push(maker.person(home, Relation::Parent, wife, Sex::Female, years - 2));
        }
    }
    made
}

/// Category by age, place and chance; a few never enrolled, a few have trouble with their cover.
fn insure(maker: &mut Maker<'_>, home: Home, person: &mut Person) {
    let age = person.age_on(maker.recipe.today);
    let category = category(maker, home, age);
    if maker.random.chance(15) {
        return;
    }
    maker.enrol(person, home, category);
    let state = match maker.random.below(1000) {
        0..10 => CoverState::Waiting,
        10..20 => CoverState::Suspended,
        20..25 => CoverState::Ended,
        _ => CoverState::Active,
    };
    trouble(maker, person, state);
    if !(7..60).contains(&age) && maker.random.chance(300) {
        person.marks.push(Word::new("family_doctor"));
    }
}

fn category(maker: &mut Maker<'_>, home: Home, age: i16) -> Category {
    let (active, flexible, retired) = if home.urban {
        (700, 120, 650)
    } else {
        (90, 30, 70)
    };
    match age {
        ..=0 => Category::Newborn,
        1..=6 => Category::Child,
        7..=18 => Category::Student,
        19..=22 if maker.random.chance(600) => Category::Student,
        60.. if maker.random.chance(retired) => Category::Retired,
        60.. => Category::Elderly,
        _ => match maker.random.below(1000) {
            n if n < active => Category::Active,
            n if n < active + flexible => Category::Flexible,
            _ => Category::Adult,
        },
    }
}

/// Puts the current cover into a state other than active, with the dates that go with it.
pub(crate) fn trouble(maker: &Maker<'_>, person: &mut Person, state: CoverState) {
    let month = maker.recipe.today.first_of_month();
    let Some(cover) = person.covers.last_mut() else {
        return;
    };
    match state {
        CoverState::Waiting => {
            // Enrolled again last month after a break: benefits begin after three months.
            cover.from = month.saturating_sub(1.months()).max(person.born);
            cover.enrolled_since = cover.from;
            cover.state_since = cover.from;
            cover.benefit_from = month.saturating_add(2.months());
        }
        CoverState::Suspended => {
            cover.state_since = month.saturating_sub(2.months()).max(cover.from);
        }
        CoverState::Ended => {
            let last = month.saturating_sub(1.days());
            cover.to = Some(last.max(cover.from));
            cover.state_since = month.max(cover.from);
        }
        CoverState::Active | CoverState::NotCovered => return,
    }
    cover.state = state;
}

/// Recognised diseases by age, and registrations for care elsewhere.
fn burden(maker: &mut Maker<'_>, person: &mut Person) {
    if person.covers.is_empty() {
        return;
    }
    let odds = match person.age_on(maker.recipe.today) {
        ..18 => 3,
        18..40 => 12,
        40..60 => 75,
        60.. => 220,
    };
    if maker.random.chance(odds) {
        let weights: Vec<u32> = DISEASES.iter().map(|disease| disease.weight).collect();
        let first = maker.random.weighted(&weights);
        maker.recognise(person, first);
        let second = maker.random.weighted(&weights);
        if second != first && maker.random.chance(250) {
            maker.recognise(person, second);
        }
    }
    if maker.random.chance(15) {
        register_elsewhere(maker, person, Registration::LongTerm);
    } else if maker.random.chance(3) {
        register_elsewhere(maker, person, Registration::Referred);
    }
}

/// Registers the person at the seat of the province or in another province.
pub(crate) fn register_elsewhere(maker: &mut Maker<'_>, person: &mut Person, kind: Registration) {
    let [seat, abroad] = elsewhere(maker.recipe).map(|(place, _)| place);
    let place = if maker.random.chance(600) {
        seat
    } else {
        abroad
    };
    let months = i32::try_from(maker.random.between(0, 10)).expect("few months");
    let from = maker
        .recipe
        .today
        .first_of_month()
        .saturating_sub(months.months());
    let to = (kind == Registration::Referred).then(|| from.saturating_add(6.months()));
    person.registrations.push(RegistrationSpan {
        kind,
        place,
        from,
        to,
    });
}

/// Gives a whole household an identity, or an old person alone the status of 特困.
fn impoverish(maker: &mut Maker<'_>, home: Home, members: &mut [Person]) {
    let today = maker.recipe.today;
    let alone = members.len() == 1 && members[0].age_on(today) >= 60;
    let word = if alone && !home.urban && maker.random.chance(150) {
        "tekun"
    } else {
        let mut left = maker.random.below(1000);
        let hit = POVERTY.iter().find(|(share, _)| {
            let hit = left < *share;
            left = left.saturating_sub(*share);
            hit
        });
        let Some((_, word)) = hit else { return };
        word
    };
    let months = i32::try_from(maker.random.between(1, 22)).expect("few months");
    for person in members {
        identify(maker, person, word, months);
    }
}

/// Adds an identity held for that many months; people with a wage or a pension get none.
pub(crate) fn identify(maker: &Maker<'_>, person: &mut Person, word: &str, months: i32) {
    let from = maker
        .recipe
        .today
        .first_of_month()
        .saturating_sub(months.months());
    let is_paid = |cover: &Cover| matches!(cover.category, Category::Active | Category::Retired);
    if person.cover().is_some_and(is_paid) {
        return;
    }
    person.identities.push(IdentitySpan {
        word: Word::new(word),
        from: from.max(person.born),
        to: None,
    });
}

/// A quarter of those with an account open it to their relatives without one.
fn share(maker: &mut Maker<'_>, members: &mut [Person]) {
    let others: Vec<(Relation, String, bool)> = members
        .iter()
        .map(|other| {
            (
                other.relation,
                other.number.clone(),
                other.account.is_some(),
            )
        })
        .collect();
    if others.len() < 2 {
        return;
    }
    for giver in members.iter_mut().filter(|giver| giver.account.is_some()) {
        if !maker.random.chance(250) {
            continue;
        }
        let months = i32::try_from(maker.random.between(0, 10)).expect("few months");
        let from = maker
            .recipe
            .today
            .first_of_month()
            .saturating_sub(months.months());
        let grants = others.iter().filter(|(_, _, has_account)| !has_account);
        giver.sharing = grants
            .map(|(relation, number, _)| SharingGrant {
                beneficiary: number.clone(),
                kinship: Kinship::between(giver.relation, *relation),
                from,
            })
            .collect();
    }
}
