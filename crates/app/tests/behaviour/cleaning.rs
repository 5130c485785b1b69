//! What the checks find in a register, what becomes of it, and two records joined and parted.

use std::collections::BTreeMap;

use app::cleaning::{Decision, FindingFilter, FindingRow, Told, shipped_limits};
use app::register::{Actor, Change};
use app::{IdentitySpan, PersonDetail, person_detail};
use enrolment::register::{Fact, NewFact};
use jiff::civil::{Date, date};
use money::Fen;
use proptest::prelude::{ProptestConfig, any, proptest};
use store::{
    Context, ContextQuery, CoverageRow, IdentifierRow, OpeningAccount, PersonFile, PersonRow,
};
use terms::{Scheme, Word};

use crate::house::{House, area, at};

const BORN: Date = date(1990, 3, 7);

/// Somebody without anything wrong, of a number, with a document of an order on the day of birth.
fn somebody(number: &str, name: &str, order: u16) -> PersonFile {
    let digits = format!("99010219900307{order:03}");
    let check = enrolment::identity::check_character(&digits).unwrap();
    let document = format!("{digits}{check}");
    let detail = PersonDetail {
        document: document.clone(),
        phone: format!("12{:09}", u64::from(order) * 98_765_431 % 1_000_000_000),
        address: format!("示例市东区第{order}社区"),
        ..PersonDetail::default()
    };
    let mut file = PersonFile::new(PersonRow {
        person_no: number.to_owned(),
        name: name.to_owned(),
        sex: if order % 2 == 1 { "male" } else { "female" }.to_owned(),
        birth: BORN,
        death: None,
        county: "990102".parse().unwrap(),
        marks: serde_json::to_string(&detail).unwrap(),
        detail: "{}".to_owned(),
    });
    file.identifiers.push(IdentifierRow {
        kind: "document".to_owned(),
        value: document,
    });
    file.coverage
        .push(cover(Scheme::Employee, date(2020, 1, 1), None));
    file
}

fn cover(scheme: Scheme, from: Date, to: Option<Date>) -> CoverageRow {
    CoverageRow {
        scheme: scheme.word().to_owned(),
        starts_on: from,
        ends_on: to,
        category: "active".to_owned(),
        state: "active".to_owned(),
        reason: String::new(),
        county: "990102".parse().unwrap(),
        employer: String::new(),
    }
}

fn change(file: &mut PersonFile, change: impl FnOnce(&mut PersonDetail)) {
    let mut detail = person_detail(&file.person.marks).unwrap();
    change(&mut detail);
    file.person.marks = serde_json::to_string(&detail).unwrap();
}

async fn enter(house: &House, files: &[PersonFile]) {
    let store = &house.app.store;
    store
        .put_people(area(), files, at("2024-01-01T00:00:00"))
        .await
        .unwrap();
}

async fn clean(house: &House) -> BTreeMap<String, (i64, i64, i64)> {
    let limits = shipped_limits().unwrap();
    let cleaned = house.app.clean("tester", &limits, &|_| {}).await.unwrap();
    let counts = cleaned.counts.into_iter();
    counts
        .map(|count| (count.check, (count.found, count.new, count.gone)))
        .collect()
}

async fn of_check(house: &House, check: &str) -> Vec<FindingRow> {
    let filter = FindingFilter {
        check: Some(check.to_owned()),
        ..FindingFilter::default()
    };
    house.app.findings(&filter, "", 100).await.unwrap()
}

fn clerk() -> Actor {
    Actor::batch(area(), "clerk", at("2024-11-15T10:00:00"))
}

/// One register with one thing wrong for each check.
fn spoilt() -> Vec<PersonFile> {
    let mut wrong_number = somebody("P01", "赵一航", 1);
    change(&mut wrong_number, |detail| {
        detail.document = "990102199003070010".into()
    });
    let mut other_day = somebody("P02", "钱二宝", 3);
    other_day.person.birth = date(1991, 3, 7);
    let mut other_sex = somebody("P03", "孙三妹", 5);
    other_sex.person.sex = "female".into();
    let (first, mut second) = (somebody("P04", "李思齐", 7), somebody("P05", "周五常", 9));
    let document = person_detail(&first.person.marks).unwrap().document;
    change(&mut second, |detail| detail.document = document);
    let (one, mut two) = (somebody("P06", "欧阳明", 11), somebody("P07", "欧阳明", 13));
    change(&mut two, |detail| {
        detail.document = "E12345678".into();
        detail.phone = person_detail(&one.person.marks).unwrap().phone;
        detail.address = "示例市东区第11社区".into();
    });
    let mut twice = somebody("P08", "吴六合", 15);
    twice.coverage.push(cover(
        Scheme::Resident,
        date(2024, 1, 1),
        Some(date(2024, 12, 31)),
    ));
    let mut two_places = somebody("P09", "郑七巧", 17);
    let mut elsewhere = cover(Scheme::Employee, date(2022, 1, 1), None);
    elsewhere.county = "990103".parse().unwrap();
    two_places.coverage.push(elsewhere);
    let mut dead = somebody("P10", "王八斗", 19);
    dead.person.death = Some(date(2024, 3, 1));
    let mut subsidised = somebody("P11", "冯九思", 21);
    change(&mut subsidised, |detail| {
        detail.marks.push(Word::new("subsidised"))
    });
    let mut entitled = somebody("P12", "陈十全", 23);
    change(&mut entitled, |detail| {
        detail.marks.push(Word::new("subsidised"));
        detail.identities.push(IdentitySpan {
            word: Word::new("dibao"),
            from: date(2024, 1, 1),
            to: None,
        });
    });
    vec![
        wrong_number,
        other_day,
        other_sex,
        first,
        second,
        one,
        two,
        twice,
        two_places,
        dead,
        subsidised,
        entitled,
    ]
}

#[tokio::test]
async fn each_check_finds_what_it_is_for_and_nothing_else() {
    let house = House::open().await;
    enter(&house, &spoilt()).await;
    let counts = clean(&house).await;
    let mut wanted = BTreeMap::new();
    for check in app::cleaning::Check::ALL {
        wanted.insert(check.word().to_owned(), (1, 1, 0));
    }
    assert_eq!(counts, wanted);
    let persons = |rows: Vec<FindingRow>| rows[0].person_no.clone();
    assert_eq!(persons(of_check(&house, "dead_covered").await), "P10");
    assert_eq!(
        persons(of_check(&house, "subsidised_without_identity").await),
        "P11"
    );
    let pair = &of_check(&house, "same_person").await[0];
    assert_eq!(
        (pair.person_no.as_str(), pair.other_no.as_str()),
        ("P06", "P07")
    );
    let told = Told::of(pair).unwrap();
    assert_eq!(told.sides.len(), 2);
    assert!(
        told.likeness
            .unwrap()
            .fields
            .iter()
            .any(|field| field.field == "电话")
    );
    let summary = &Told::of(&of_check(&house, "birth_mismatch").await[0])
        .unwrap()
        .against[0];
    assert_eq!(
        (summary.found.as_str(), summary.against.as_str()),
        ("1991-03-07", "1990-03-07")
    );
}

#[tokio::test]
async fn running_again_keeps_ids_and_decisions_and_closes_what_is_gone() {
    let house = House::open().await;
    enter(&house, &spoilt()).await;
    clean(&house).await;
    let before: Vec<String> = ids(&house).await;
    let sex = of_check(&house, "sex_mismatch").await.remove(0);
    let actor = clerk();
    let decided = house
        .app
        .decide_finding(&actor, &sex.finding_id, &Decision::Dismiss, "已核实");
    assert_eq!(decided.await.unwrap().state, "dismissed");

    // The birth is put right; everything else stays as it was.
    let mut right = somebody("P02", "钱二宝", 3);
    right.person.birth = BORN;
    enter(&house, &[right]).await;
    let counts = clean(&house).await;
    assert_eq!(counts["birth_mismatch"], (0, 0, 1));
    assert_eq!(counts["same_person"], (1, 0, 0));
    assert_eq!(ids(&house).await, before);
    assert_eq!(of_check(&house, "birth_mismatch").await[0].state, "gone");
    assert_eq!(of_check(&house, "sex_mismatch").await[0].state, "dismissed");

    // It comes back: the same finding is open again.
    enter(&house, &spoilt()).await;
    assert_eq!(clean(&house).await["birth_mismatch"], (1, 0, 0));
    assert_eq!(of_check(&house, "birth_mismatch").await[0].state, "open");
    assert_eq!(ids(&house).await, before);
    assert_eq!(house.app.cleaning_runs(9).await.unwrap().len(), 3);

    let twice = house
        .app
        .decide_finding(&actor, &sex.finding_id, &Decision::Confirm, "");
    assert!(twice.await.unwrap_err().to_string().contains("已经处理过"));
    house
        .app
        .decide_finding(&actor, &sex.finding_id, &Decision::Reopen, "")
        .await
        .unwrap();
    let to = Decision::Assign {
        to: "clerk2".into(),
    };
    let row = house
        .app
        .decide_finding(&actor, &sex.finding_id, &to, "")
        .await
        .unwrap();
    assert_eq!(
        (row.state.as_str(), row.assigned.as_str()),
        ("open", "clerk2")
    );
    let history = house.app.finding_history(&sex.finding_id).await.unwrap();
    let history: Vec<&str> = history.iter().map(|step| step.decision.as_str()).collect();
    assert_eq!(history, ["dismiss", "reopen", "assign"]);
    let keep = Decision::Merge { keep: "P03".into() };
    let alone = house
        .app
        .decide_finding(&actor, &sex.finding_id, &keep, "")
        .await;
    assert!(alone.unwrap_err().to_string().contains("只涉及一人"));
}

async fn ids(house: &House) -> Vec<String> {
    let all = house
        .app
        .findings(&FindingFilter::default(), "", 1_000)
        .await
        .unwrap();
    all.into_iter().map(|row| row.finding_id).collect()
}

async fn context(house: &House, number: &str) -> Context {
    let query = ContextQuery {
        area: area(),
        person_no: number,
        counters_from: 0,
        visit_id: None,
    };
    house.app.store.load_context(&query).await.unwrap().unwrap()
}

async fn named(house: &House, kind: &str, value: &str) -> Option<String> {
    house
        .app
        .store
        .find_person_no(area(), kind, value)
        .await
        .unwrap()
}

fn balance(context: &Context) -> Fen {
    context.accounts.iter().map(|account| account.balance).sum()
}

#[tokio::test]
async fn a_pair_found_is_merged_and_parted_again() {
    let house = House::open().await;
    let mut files = spoilt();
    for (at, fen) in [(5, 30_000), (6, 12_345)] {
        files[at].accounts.push(OpeningAccount {
            kind: "historic".to_owned(),
            balance: Fen::new(fen),
        });
    }
    let passport = IdentifierRow {
        kind: "document".into(),
        value: "E12345678".into(),
    };
    files[6].identifiers = vec![passport];
    enter(&house, &files).await;
    clean(&house).await;
    let pair = of_check(&house, "same_person").await.remove(0);
    let (one, two) = (context(&house, "P06").await, context(&house, "P07").await);
    let actor = clerk();
    let keep = Decision::Merge { keep: "P06".into() };
    let fixed = house
        .app
        .decide_finding(&actor, &pair.finding_id, &keep, "同一人")
        .await
        .unwrap();
    assert_eq!(fixed.state, "fixed");

    // The old document and the old number lead to the record that is kept.
    assert_eq!(
        named(&house, "document", "E12345678").await.as_deref(),
        Some("P06")
    );
    assert_eq!(house.app.kept_number(area(), "P07").await.unwrap(), "P06");
    assert_eq!(
        house.app.numbers_of(area(), "P06").await.unwrap(),
        ["P06", "P07"]
    );
    let (kept, given_up) = (context(&house, "P06").await, context(&house, "P07").await);
    assert_eq!(
        (balance(&kept), balance(&given_up)),
        (Fen::new(42_345), Fen::ZERO)
    );
    assert!(given_up.coverage.iter().all(|row| row.ends_on.is_some()));
    // Nothing is deleted: what was believed before can still be read.
    let record = house
        .app
        .person_record(area(), "P07")
        .await
        .unwrap()
        .unwrap();
    assert!(
        record
            .register
            .entries()
            .iter()
            .any(|entry| entry.fact.word() == "document")
    );
    let again = house
        .app
        .merge_people(&actor, "P01", "P07", "")
        .await
        .unwrap_err();
    assert!(again.to_string().contains("已并入P06"), "{again}");
    let gone = clean(&house).await;
    assert_eq!(gone["same_person"].0, 0);

    // A year later: something was learnt since, then it turns out they are two.
    let phone = Fact::Contact {
        phone: "12099999999".into(),
        address: String::new(),
    };
    let learnt = NewFact::from(date(2024, 11, 20), phone);
    let change = |_: &app::register::PersonRecord| Ok(Change::from(vec![learnt.clone()]));
    house
        .app
        .change_register(&actor, "P06", "test", change)
        .await
        .unwrap();
    house
        .app
        .decide_finding(&actor, &pair.finding_id, &Decision::Split, "两个人")
        .await
        .unwrap();
    let (kept, parted) = (context(&house, "P06").await, context(&house, "P07").await);
    assert_eq!(
        (balance(&kept), balance(&parted)),
        (balance(&one), balance(&two))
    );
    assert_eq!(
        named(&house, "document", "E12345678").await.as_deref(),
        Some("P07")
    );
    let days = |context: &Context| {
        let rows = context.coverage.iter();
        rows.map(|row| (row.starts_on, row.ends_on))
            .collect::<Vec<_>>()
    };
    assert_eq!((days(&kept), days(&parted)), (days(&one), days(&two)));
    assert_eq!(house.app.kept_number(area(), "P07").await.unwrap(), "P07");
    assert_eq!(
        person_detail(&kept.person.marks).unwrap().phone,
        "12099999999"
    );
    let store = &house.app.store;
    let agree = store
        .verify(area(), &app::settlement::ledger_of, &|_| {})
        .await
        .unwrap();
    assert!(agree.is_ok(), "{agree:?}");
}

/// What a record gives its person, as far as a merge may touch it.
async fn holdings(
    house: &House,
    number: &str,
) -> (Vec<CoverageRow>, Vec<String>, PersonDetail, Fen) {
    let context = context(house, number).await;
    let identifiers = house.app.store.identifiers(area(), number).await.unwrap();
    let mut detail = person_detail(&context.person.marks).unwrap();
    detail
        .identities
        .sort_by(|a, b| (&a.word, a.from).cmp(&(&b.word, b.from)));
    let balance = balance(&context);
    let values = identifiers.into_iter().map(|row| row.value).collect();
    (context.coverage, values, detail, balance)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Joining keeps every fen; joining and parting leaves both records as they were.
    #[test]
    fn merging_and_splitting_leaves_nothing_behind(
        balances in any::<[u16; 2]>(),
        covered in any::<[bool; 2]>(),
        entitled in any::<[bool; 2]>(),
        carded in any::<[bool; 2]>(),
        first in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let house = House::open().await;
            let mut files = [somebody("P06", "欧阳明", 11), somebody("P07", "欧阳朋", 13)];
            for (place, file) in files.iter_mut().enumerate() {
                if !covered[place] {
                    file.coverage[0].ends_on = Some(date(2023, 12, 31));
                }
                if entitled[place] {
                    change(file, |detail| detail.identities.push(IdentitySpan {
                        word: Word::new("dibao"),
                        from: date(2024, 1, 1),
                        to: None,
                    }));
                }
                if carded[place] {
                    let value = format!("Z{place}");
                    file.identifiers.push(IdentifierRow { kind: "card".into(), value });
                }
                file.accounts.push(OpeningAccount {
                    kind: "historic".into(),
                    balance: Fen::new(i64::from(balances[place])),
                });
            }
            enter(&house, &files).await;
            // The rows made from facts, before and after, are what is compared.
            let actor = clerk();
            let mark = |_: &app::register::PersonRecord| {
                let mark = Fact::Mark { mark: Word::new("family_doctor") };
                Ok(Change::from(vec![NewFact::from(BORN, mark)]))
            };
            for number in ["P06", "P07"] {
                house.app.change_register(&actor, number, "test", mark).await.unwrap();
            }
            let before = [holdings(&house, "P06").await, holdings(&house, "P07").await];
            let (keep, drop) = if first { ("P06", "P07") } else { ("P07", "P06") };
            house.app.merge_people(&actor, keep, drop, "").await.unwrap();
            let (kept, given_up) = (holdings(&house, keep).await, holdings(&house, drop).await);
            assert_eq!(kept.3 + given_up.3, before[0].3 + before[1].3);
            assert_eq!(given_up.3, Fen::ZERO);
            assert!(given_up.1.is_empty());
            assert_eq!(kept.1.len(), before[0].1.len() + before[1].1.len());
            house.app.split_people(&actor, drop).await.unwrap();
            let after = [holdings(&house, "P06").await, holdings(&house, "P07").await];
            assert_eq!(after, before);
        });
    }
}
