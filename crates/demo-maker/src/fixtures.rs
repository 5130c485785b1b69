use std::collections::BTreeSet;

use terms::{AreaCode, Date, Grade, InstitutionKind, ItemClass};

use crate::{ConsoleAccount, DemoArea, Diagnosis, Institution, Item, Operator, Sample, diagnoses};

/// What a developer of a hospital system needs to start calling within a minute (联调样例).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixtures {
    /// The pooling area.
    pub area: AreaCode,
    /// The business date.
    pub today: Date,
    /// Institutions of every kind and grade, with their keys.
    pub institutions: Vec<Institution>,
    /// At least ten people for each scheme, with a 中文 note each.
    pub people: Vec<Sample>,
    /// Sixty items over three classes and three kinds.
    pub items: Vec<SampleItem>,
    /// Diagnoses, the common ones first.
    pub diagnoses: Vec<Diagnosis>,
    /// Operators of the institutions listed.
    pub operators: Vec<Operator>,
    /// Console users of all roles.
    pub accounts: Vec<ConsoleAccount>,
}

/// An item as an institution would send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleItem {
    /// The item of the catalogue.
    pub item: Item,
    /// Its class on the business date.
    pub class: ItemClass,
    /// The institution's own code for it (院内编码).
    pub local_code: String,
}

const PER_CLASS: usize = 20;
const COMMON: [&str; 10] = [
    "J06.900", "I10.x00", "E11.900", "J18.900", "K29.500", "I25.100", "M54.500", "N39.000",
    "I63.900", "C34.900",
];

/// How many institutions of each kind and grade are shown.
const SHOWN: [(InstitutionKind, Option<Grade>, usize); 7] = [
    (InstitutionKind::Hospital, Some(Grade::Tertiary), 2),
    (InstitutionKind::Hospital, Some(Grade::Secondary), 2),
    (InstitutionKind::Hospital, Some(Grade::Primary), 1),
    (InstitutionKind::Community, None, 2),
    (InstitutionKind::Village, None, 1),
    (InstitutionKind::Pharmacy, None, 3),
    (InstitutionKind::InternetHospital, None, 1),
];

/// Picks the fixtures of an area from its people, institutions and a catalogue.
pub fn fixtures(area: &DemoArea, items: &[Item]) -> Fixtures {
    let today = area.recipe.today;
    let institutions = shown(area);
    let codes: BTreeSet<&str> = institutions.iter().map(|one| one.code.as_str()).collect();
    let operators = area
        .operators
        .iter()
        .filter(|one| codes.contains(one.institution.as_str()));
    let mut diagnoses = diagnoses();
    diagnoses.sort_by_key(|one| {
        let common = COMMON.iter().position(|code| *code == one.code);
        (common.unwrap_or(COMMON.len()), one.code)
    });
    diagnoses.truncate(60);
    Fixtures {
        area: area.recipe.area,
        today,
        people: area.samples(),
        items: sample_items(items, today),
        diagnoses,
        operators: operators.cloned().collect(),
        accounts: area.accounts.clone(),
        institutions,
    }
}

fn shown(area: &DemoArea) -> Vec<Institution> {
    let inside = |one: &&Institution| one.county.city() == area.recipe.area;
    let of_kind = |(kind, grade, most): &(InstitutionKind, Option<Grade>, usize)| {
        let fits = move |one: &&Institution| {
            one.kind == *kind && grade.is_none_or(|grade| one.grade == grade)
        };
        area.institutions
            .iter()
            .filter(inside)
            .filter(fits)
            .take(*most)
            .cloned()
            .collect()
    };
    SHOWN
        .iter()
        .flat_map::<Vec<Institution>, _>(of_kind)
        .collect()
}

/// The first items of each class, those of each kind in turn so that all three occur.
fn sample_items(items: &[Item], today: Date) -> Vec<SampleItem> {
    let mut chosen = Vec::new();
    for class in ItemClass::ALL {
        let of_class = |(_, item): &(usize, &Item)| item.class_on(today) == Some(*class);
        let mut rows: Vec<(usize, &Item)> = items.iter().enumerate().filter(of_class).collect();
        let mut seen = [0_usize; 3];
        rows.sort_by_cached_key(|(index, item)| {
            let turn = &mut seen[item.kind as usize];
            *turn += 1;
            (*turn, *index)
        });
        chosen.extend(
            rows.into_iter()
                .take(PER_CLASS)
                .map(|(index, item)| SampleItem {
                    item: item.clone(),
                    class: *class,
                    local_code: format!("Y{:06}", index + 1),
                }),
        );
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CATALOGUE_SEED, Recipe, area, catalogue};
    use terms::{Category, CoverState, ItemKind, Scheme};

    fn of(recipe: Recipe) -> Fixtures {
        fixtures(&area(recipe), &catalogue(CATALOGUE_SEED, 500))
    }

    #[test]
    fn institutions_of_every_level_are_there_with_keys_and_operators() {
        let all = of(Recipe::suizhou());
        let count = |kind| {
            all.institutions
                .iter()
                .filter(|one| one.kind == kind)
                .count()
        };
        let hospitals = all
            .institutions
            .iter()
            .filter(|i| i.kind == InstitutionKind::Hospital);
        let grades: BTreeSet<Grade> = hospitals.map(|one| one.grade).collect();
        assert_eq!(grades.len(), 3);
        assert!(count(InstitutionKind::Community) >= 1 && count(InstitutionKind::Village) >= 1);
        assert!(count(InstitutionKind::Pharmacy) >= 2);
        for one in &all.institutions {
            assert!(!one.keys.secret_key.is_empty());
            assert!(
                all.operators
                    .iter()
                    .any(|operator| operator.institution == one.code)
            );
        }
        assert_eq!(all.accounts.len(), 4);
    }

    #[test]
    fn each_scheme_has_ten_people_with_every_promised_trait() {
        for recipe in [Recipe::suizhou(), Recipe::fictional()] {
            let all = of(recipe);
            for scheme in [Scheme::Employee, Scheme::Resident] {
                let people: Vec<_> = all
                    .people
                    .iter()
                    .filter(|sample| sample.scheme == scheme)
                    .collect();
                assert!(people.len() >= 10);
                let has_identity = |word: &str| {
                    people
                        .iter()
                        .any(|s| s.person.identities.iter().any(|i| &i.word == word))
                };
                assert!(has_identity("dibao") && has_identity("tekun"), "{scheme}");
                assert!(people.iter().any(|s| !s.person.recognitions.is_empty()));
                let in_state = |state| people.iter().any(|s| s.person.covers[0].state == state);
                assert!(in_state(CoverState::Waiting) && in_state(CoverState::Suspended));
            }
            let in_category = |category| {
                all.people
                    .iter()
                    .any(|s| s.person.covers[0].category == category)
            };
            for category in [
                Category::Active,
                Category::Retired,
                Category::Adult,
                Category::Child,
            ] {
                assert!(in_category(category), "{category}");
            }
        }
    }

    #[test]
    fn the_one_who_shares_opens_the_account_to_listed_residents() {
        let all = of(Recipe::suizhou());
        let giver = all
            .people
            .iter()
            .find(|s| !s.person.sharing.is_empty())
            .unwrap();
        assert_eq!(giver.person.sharing.len(), 2);
        for grant in &giver.person.sharing {
            let taker = all
                .people
                .iter()
                .find(|s| s.person.number == grant.beneficiary)
                .unwrap();
            assert_eq!(taker.scheme, Scheme::Resident);
        }
    }

    #[test]
    fn items_span_classes_and_kinds() {
        let all = of(Recipe::suizhou());
        assert_eq!(all.items.len(), 60);
        for class in ItemClass::ALL {
            for kind in ItemKind::ALL {
                let fits = |one: &&SampleItem| one.class == *class && one.item.kind == *kind;
                assert!(all.items.iter().filter(fits).count() >= 3, "{class} {kind}");
            }
        }
    }
}
