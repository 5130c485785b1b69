//! What must hold of every invented population, whatever the seed.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write;

use demo_maker::{
    CATALOGUE_SEED, CATALOGUE_SIZE, DISEASES, IDENTITIES, INSTITUTION_MARKS, ITEM_GROUPS,
    PERSON_MARKS, Person, Recipe, area, catalogue, checksum_of, items_csv, traffic,
};
use terms::{Category, CoverState, Scheme};

/// Digest of a text (FNV-1a), enough to notice a changed byte.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn population(recipe: Recipe) -> Vec<Person> {
    area(recipe).people().collect()
}

/// People per thousand for whom something holds.
fn per_mille(people: &[Person], holds: impl Fn(&Person) -> bool) -> usize {
    people.iter().filter(|person| holds(person)).count() * 1000 / people.len()
}

#[test]
fn the_same_recipe_gives_the_same_bytes_on_every_machine() {
    let area = area(Recipe::suizhou().with_people(3000));
    let mut text = format!(
        "{:?}{:?}{:?}",
        area.institutions, area.operators, area.accounts
    );
    for person in area.people() {
        write!(text, "{person:?}").unwrap();
    }
    assert_eq!(digest(&text), 7_591_217_494_854_779_670, "people");
    assert_eq!(
        digest(&items_csv(&catalogue(7, 5000))),
        4_761_475_312_118_377_732,
        "catalogue"
    );
}

#[test]
fn another_seed_gives_other_people() {
    let one = population(Recipe::suizhou().with_people(200));
    assert_ne!(
        one,
        population(Recipe::suizhou().with_people(200).with_seed(2))
    );
}

#[test]
fn a_bigger_population_changes_nobody_but_employers() {
    let names = |people| -> Vec<String> {
        let all = population(Recipe::suizhou().with_people(people));
        all.into_iter()
            .take(1000)
            .map(|person| person.id_number)
            .collect()
    };
    assert_eq!(names(2000), names(2900));
}

#[test]
fn resident_numbers_are_valid_distinct_and_nobodys() {
    let people = population(Recipe::suizhou());
    assert_eq!(people.len(), 30_000);
    let mut numbers = BTreeSet::new();
    for person in &people {
        let (digits, check) = person.id_number.split_at(17);
        assert_eq!(checksum_of(digits), check.chars().next());
        assert!(digits.starts_with("991"), "{digits}");
        assert_eq!(digits[6..14], person.born.strftime("%Y%m%d").to_string());
        let is_male = digits[14..].parse::<u32>().unwrap() % 2 == 1;
        assert_eq!(is_male, person.sex == terms::Sex::Male);
        assert!(person.phone.starts_with("12") && person.phone.len() == 11);
        assert!(numbers.insert(&person.id_number) && numbers.insert(&person.number));
        assert!(numbers.insert(&person.card_number));
    }
}

#[test]
fn shares_are_those_of_a_plausible_city() {
    let people = population(Recipe::suizhou());
    let scheme = |wanted| per_mille(&people, |p| p.cover().is_some_and(|c| c.scheme == wanted));
    let state = |wanted| per_mille(&people, |p| p.cover().is_some_and(|c| c.state == wanted));
    let held = |word| per_mille(&people, |p| p.identities.iter().any(|i| &i.word == word));
    assert!(
        (180..400).contains(&scheme(Scheme::Employee)),
        "{}",
        scheme(Scheme::Employee)
    );
    assert!(
        (550..800).contains(&scheme(Scheme::Resident)),
        "{}",
        scheme(Scheme::Resident)
    );
    let chronic = per_mille(&people, |p| !p.recognitions.is_empty());
    assert!((60..=100).contains(&chronic), "{chronic}");
    assert!(per_mille(&people, |p| p.covers.is_empty()) > 5);
    assert!((15..45).contains(&held("dibao")), "{}", held("dibao"));
    for word in ["tekun", "fanpin", "jiance", "zhichuxing", "zhongcan"] {
        assert!((1..20).contains(&held(word)), "{word}: {}", held(word));
    }
    for wanted in [
        CoverState::Waiting,
        CoverState::Suspended,
        CoverState::Ended,
    ] {
        assert!(
            (2..20).contains(&state(wanted)),
            "{wanted}: {}",
            state(wanted)
        );
    }
    assert!(per_mille(&people, |p| !p.registrations.is_empty()) >= 10);
    assert!(per_mille(&people, |p| !p.sharing.is_empty()) >= 10);
    let over_sixty = per_mille(&people, |p| p.age_on(Recipe::suizhou().today) >= 60);
    assert!((150..350).contains(&over_sixty), "{over_sixty}");
}

#[test]
fn what_the_register_says_of_a_person_fits_together() {
    let recipe = Recipe::fictional();
    let today = recipe.today;
    let people = population(recipe);
    let numbers: BTreeSet<&str> = people.iter().map(|person| person.number.as_str()).collect();
    for person in &people {
        assert!(
            person.born < today && person.age_on(today) <= 125,
            "{person:?}"
        );
        for cover in &person.covers {
            assert!(person.born <= cover.from && cover.enrolled_since <= cover.from);
            assert!(cover.to.is_none_or(|to| cover.from <= to), "{person:?}");
            assert_eq!(
                cover.state == CoverState::Waiting,
                cover.benefit_from > today
            );
            let is_newborn = cover.category == Category::Newborn;
            assert_eq!(is_newborn, person.age_on(today) == 0, "{person:?}");
            assert_eq!(
                cover.scheme == Scheme::Employee,
                person.age_on(today) >= 19
                    && matches!(
                        cover.category,
                        Category::Active | Category::Retired | Category::Flexible
                    )
            );
        }
        let balance = person
            .account
            .map(|account| account.current_year.min(account.historic));
        assert!(balance.is_none_or(|balance| !balance.is_negative()));
        for found in &person.recognitions {
            assert!(found.from <= today);
            assert!(
                DISEASES
                    .iter()
                    .any(|disease| disease.code == found.disease.as_str())
            );
        }
        for grant in &person.sharing {
            assert!(numbers.contains(grant.beneficiary.as_str()) && person.account.is_some());
        }
    }
}

#[test]
fn other_business_dates_move_everything_along() {
    let day = jiff::civil::date(2026, 2, 28);
    for person in population(Recipe::suizhou().with_people(2000).on(day)) {
        assert!(person.born < day);
        let resident = person
            .covers
            .iter()
            .filter(|cover| cover.scheme == Scheme::Resident);
        for cover in resident.filter(|cover| cover.state == CoverState::Active) {
            assert!(cover.from <= day && cover.to.unwrap() >= day);
        }
    }
}

#[test]
fn every_word_in_use_is_listed_and_every_listed_word_is_used() {
    let area = area(Recipe::suizhou());
    let mut used: [BTreeSet<String>; 4] = Default::default();
    for person in area.people() {
        used[0].extend(person.identities.iter().map(|span| span.word.to_string()));
        used[1].extend(person.marks.iter().map(ToString::to_string));
    }
    let marks = area.institutions.iter().flat_map(|one| &one.marks);
    used[2].extend(marks.map(ToString::to_string));
    let items = catalogue(CATALOGUE_SEED, CATALOGUE_SIZE);
    used[3].extend(
        items
            .iter()
            .flat_map(|item| &item.groups)
            .map(ToString::to_string),
    );
    let listed = [IDENTITIES, PERSON_MARKS, INSTITUTION_MARKS, ITEM_GROUPS];
    for (used, listed) in used.iter().zip(listed) {
        let listed: BTreeSet<String> = listed.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(*used, listed);
    }
}

#[test]
fn an_institution_exists_wherever_somebody_is_registered() {
    for recipe in [Recipe::suizhou(), Recipe::fictional()] {
        let area = area(recipe);
        for person in area.people() {
            for span in &person.registrations {
                assert_ne!(span.place.city(), area.recipe.area);
                assert!(area.institutions.iter().any(|one| one.county == span.place));
            }
        }
    }
}

#[test]
fn any_area_can_be_furnished_and_has_traffic() {
    let recipe = Recipe::of_area("330200".parse().unwrap(), "宁波市").with_people(300);
    let area = area(recipe);
    assert_eq!(area.people().count(), 300);
    assert!(area.institutions.len() > 15);
    let items = catalogue(1, 300);
    assert_eq!(traffic(&area, &items, 1).take(500).count(), 500);
}

/// The text of every file of a policy folder, one after the other.
fn policy_text(folder: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy/");
    let mut waiting = vec![std::path::PathBuf::from(format!("{root}{folder}"))];
    let mut text = String::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    text
}

#[test]
fn policy_declares_every_word_and_every_county_in_use() {
    let national = policy_text("national") + &policy_text("area/421300/area.yaml");
    let listed = [IDENTITIES, PERSON_MARKS, INSTITUTION_MARKS, ITEM_GROUPS];
    for word in listed.into_iter().flatten() {
        assert!(national.contains(&format!("\n  {word}: ")), "{word}");
    }
    for recipe in [Recipe::suizhou(), Recipe::fictional()] {
        let area = policy_text(&format!("area/{}/area.yaml", recipe.area));
        for county in recipe.counties {
            let line = format!("\"{}\": {}\n", county.code, county.name);
            assert!(area.contains(&line), "{line}");
        }
    }
}

#[test]
fn policy_knows_every_disease_in_use() {
    for recipe in [Recipe::suizhou(), Recipe::fictional()] {
        let area = policy_text(&format!("area/{}/all/chronic", recipe.area));
        for disease in DISEASES {
            let code = disease.code;
            assert!(
                area.contains(&format!("code: {code},")),
                "{} {code}",
                recipe.name
            );
        }
    }
}
