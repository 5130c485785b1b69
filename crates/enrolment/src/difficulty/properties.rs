//! What holds for every list: order does not matter, and what is said twice is done once.

use std::collections::{BTreeMap, BTreeSet};

use money::Ratio;
use policy::{DifficultyRule, IdentityRule};
use proptest::prelude::*;
use terms::{Date, Word};

use super::{
    Days, Held, Intake, KnownPerson, ListKind, ListLaw, ListTotals, RawRow, ReceivedList, intake,
};
use crate::identity::check_character;

const PEOPLE: usize = 6;
const DAY: Date = Date::constant(2026, 6, 30);

fn rule() -> DifficultyRule {
    let one = |identity: &str, bureaus: &[&str], term, late| IdentityRule {
        identity: identity.into(),
        bureaus: bureaus.iter().map(|word| Word::new(word)).collect(),
        term_months: term,
        look_back_months: 0,
        late_months: late,
        enrol: true,
    };
    DifficultyRule {
        identities: vec![
            one("tekun", &["civil"], None, None),
            one("dibao", &["civil"], Some(12), Some(6)),
            one("fanpin", &["civil", "rural"], None, Some(12)),
        ],
        second_person_above: Ratio::new(1, 5),
    }
}

fn document(person: usize) -> String {
    let body = format!("9901021980010100{person}");
    let check = check_character(&body).expect("seventeen digits have a check character");
    format!("{body}{check}")
}

fn register() -> Vec<KnownPerson> {
    let person = |number: usize| KnownPerson {
        person_no: format!("P{number}"),
        name: format!("人{number}"),
        documents: vec![document(number)],
        birth: None,
        death: None,
        held: Vec::new(),
        covers: Vec::new(),
    };
    (0..PEOPLE).map(person).collect()
}

fn take(list: &ReceivedList, register: &[KnownPerson]) -> Intake {
    let (rule, words) = (rule(), BTreeMap::new());
    let (rule, words) = (&rule, &words);
    intake(list, register, &ListLaw { rule, words }).expect("the list is sound as a whole")
}

/// The register after a list took effect.
fn applied(list: &ReceivedList, mut register: Vec<KnownPerson>) -> Vec<KnownPerson> {
    let done = take(list, &register);
    for change in done.changes {
        let of_change = |person: &&mut KnownPerson| person.person_no == change.person_no;
        let person = register
            .iter_mut()
            .find(of_change)
            .expect("the person is known");
        let replaced = |held: &Held| {
            held.bureau.as_ref() == Some(&list.bureau)
                && held.identity == change.identity
                && Some(held.days) == change.before
        };
        person.held.retain(|held| !replaced(held));
        person.held.extend(change.after.map(|days| Held {
            identity: change.identity.clone(),
            bureau: Some(list.bureau.clone()),
            days,
        }));
    }
    register
}

/// What is believed of a bureau's statements, without the numbers of entries.
fn believed(register: &[KnownPerson], bureau: &str) -> BTreeSet<(String, Word, Days)> {
    let of_person = |person: &KnownPerson| {
        let no = person.person_no.clone();
        let of_bureau = person
            .held
            .iter()
            .filter(|held| held.bureau.as_ref().is_some_and(|one| *one == *bureau));
        let shown = of_bureau.map(move |held| (no.clone(), held.identity.clone(), held.days));
        shown.collect::<Vec<_>>()
    };
    register.iter().flat_map(of_person).collect()
}

fn list(bureau: &str, kind: ListKind, rows: Vec<RawRow>) -> ReceivedList {
    ReceivedList {
        bureau: bureau.into(),
        kind,
        day: DAY,
        covers: ["tekun", "dibao", "fanpin"].map(Word::new).to_vec(),
        totals: ListTotals::default(),
        rows,
    }
}

fn a_row(kind: ListKind) -> impl Strategy<Value = RawRow> {
    let actions = match kind {
        ListKind::Full => vec![""],
        ListKind::Change => vec!["", "新增", "退出", "撤销"],
    };
    let identity = prop::sample::select(vec!["tekun", "dibao", "fanpin", "nobody"]);
    let day = |months: i32| super::days::months_later(DAY, -months).to_string();
    (
        0..PEOPLE + 1,
        identity,
        prop::sample::select(actions),
        0..40_i32,
        prop::option::of(-12..20_i32),
    )
        .prop_map(move |(person, identity, action, from, to)| RawRow {
            document: document(person),
            name: format!("人{person}"),
            identity: identity.to_owned(),
            action: action.to_owned(),
            from: day(from),
            to: to.map(day).unwrap_or_default(),
            ..RawRow::default()
        })
}

fn rows(kind: ListKind) -> impl Strategy<Value = Vec<RawRow>> {
    let numbered = |rows: Vec<RawRow>| {
        let rows = rows.into_iter().zip(1..);
        rows.map(|(row, number)| RawRow { row: number, ..row })
            .collect()
    };
    prop::collection::vec(a_row(kind), 0..14).prop_map(numbered)
}

proptest! {
    #[test]
    fn a_full_list_twice_is_the_list_once(
        first in rows(ListKind::Full),
        second in rows(ListKind::Full),
    ) {
        let before = applied(&list("civil", ListKind::Full, first), register());
        let second = list("civil", ListKind::Full, second);
        let once = applied(&second, before);
        prop_assert_eq!(take(&second, &once).changes, vec![]);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        before in rows(ListKind::Full),
        (rows, mixed) in rows(ListKind::Change)
            .prop_filter("a change list names somebody", |rows| !rows.is_empty())
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let known = applied(&list("civil", ListKind::Full, before), register());
        let straight = take(&list("civil", ListKind::Change, rows), &known);
        let mixed = take(&list("civil", ListKind::Change, mixed), &known);
        prop_assert_eq!(straight, mixed);
    }

    #[test]
    fn a_full_list_of_what_a_change_list_left_changes_nothing(
        before in rows(ListKind::Full),
        rows in rows(ListKind::Change)
            .prop_filter("a change list names somebody", |rows| !rows.is_empty()),
    ) {
        let known = applied(&list("civil", ListKind::Full, before), register());
        let after = applied(&list("civil", ListKind::Change, rows), known);
        let restated = after.iter().flat_map(|person| {
            let today = person.held.iter().filter(|held| held.days.holds(DAY));
            today.map(|held| RawRow {
                document: person.documents[0].clone(),
                name: person.name.clone(),
                identity: held.identity.to_string(),
                from: held.days.from.to_string(),
                // Without a last day a term would be counted from the start of the span.
                to: held.days.to.map(|to| to.to_string()).unwrap_or_default(),
                ..RawRow::default()
            })
        });
        let restated: Vec<RawRow> = restated.collect();
        let open = |row: &RawRow| row.identity == "dibao" && row.to.is_empty();
        prop_assume!(!restated.iter().any(open));
        let full = list("civil", ListKind::Full, restated);
        prop_assert_eq!(take(&full, &after).changes, vec![]);
    }

    #[test]
    fn a_list_touches_what_its_bureau_stated_and_nothing_else(
        rural in rows(ListKind::Full),
        civil in rows(ListKind::Full),
    ) {
        let known = applied(&list("rural", ListKind::Full, rural), register());
        let before = believed(&known, "rural");
        let after = applied(&list("civil", ListKind::Full, civil), known);
        prop_assert_eq!(believed(&after, "rural"), before);
    }

    #[test]
    fn every_row_is_answered_and_no_text_panics(
        texts in prop::collection::vec(any::<[String; 6]>(), 1..6),
    ) {
        let rows = texts.into_iter().zip(1..).map(|(text, row)| {
            let [document, name, identity, action, from, to] = text;
            let document_kind = String::new();
            RawRow { row, document_kind, document, name, identity, action, from, to }
        });
        let rows: Vec<RawRow> = rows.collect();
        let count = rows.len();
        let done = take(&list("civil", ListKind::Change, rows), &register());
        prop_assert_eq!(done.rows.len(), count);
    }
}
