use terms::{AreaCode, CoverState, Date, Scheme, Sex};

use super::*;

const TODAY: Date = Date::constant(2024, 11, 15);

fn limits() -> Limits {
    Limits {
        same_person: 800,
        least_name: 500,
        overlap_days: 31,
        largest_block: 100,
        weights: Weights {
            name: 30,
            birth: 25,
            sex: 5,
            document: 10,
            phone: 20,
            address: 10,
        },
    }
}

fn record<'a>() -> Record<'a> {
    Record {
        number: "P1",
        name: "欧阳明月",
        sex: Some(Sex::Male),
        birth: Date::constant(1990, 3, 7),
        death: None,
        document: "990101199003070015",
        phone: "12012345678",
        address: "东区第1社区2号",
        covers: Vec::new(),
        identities: Vec::new(),
        subsidies: Vec::new(),
    }
}

fn county(code: &str) -> AreaCode {
    code.parse().unwrap()
}

fn span(from: (i16, i8, i8), to: Option<(i16, i8, i8)>) -> Span {
    let day = |(year, month, day)| Date::constant(year, month, day);
    Span {
        from: day(from),
        to: to.map(day),
    }
}

fn cover(scheme: Scheme, span: Span) -> CoverSpan {
    CoverSpan {
        scheme,
        state: CoverState::Active,
        county: county("421303"),
        span,
    }
}

fn checks(record: &Record<'_>) -> Vec<Check> {
    let found = doubts(record, TODAY, &limits());
    found.into_iter().map(|doubt| doubt.check).collect()
}

#[test]
fn a_sound_record_raises_no_doubt() {
    let mut sound = record();
    // Changing over within a month, and a scheme that goes beside the basic ones.
    sound.covers = vec![
        cover(Scheme::Resident, span((2024, 1, 1), Some((2024, 6, 30)))),
        cover(Scheme::Employee, span((2024, 6, 15), None)),
        cover(Scheme::LongTermCare, span((2024, 1, 1), None)),
    ];
    sound.subsidies = vec![span((2024, 1, 1), Some((2024, 6, 30)))];
    sound.identities = vec![span((2024, 6, 30), None)];
    assert_eq!(checks(&sound), []);
    let passport = Record {
        document: "E12345678",
        birth: TODAY,
        ..sound
    };
    assert_eq!(checks(&passport), []);
}

#[test]
fn a_document_speaks_against_the_record() {
    let bad = Record {
        document: "990101199003070016",
        ..record()
    };
    assert_eq!(checks(&bad), [Check::IdChecksum]);
    let other = Record {
        birth: Date::constant(1990, 3, 8),
        sex: Some(Sex::Female),
        ..record()
    };
    assert_eq!(checks(&other), [Check::BirthMismatch, Check::SexMismatch]);
    let found = doubts(&other, TODAY, &limits());
    assert_eq!(found[0].evidence[0].against, "1990-03-07");
}

#[test]
fn cover_twice_or_after_death_or_paid_for_without_a_reason() {
    let mut twice = record();
    let mut elsewhere = cover(Scheme::Resident, span((2024, 1, 1), Some((2024, 12, 31))));
    twice.covers = vec![cover(Scheme::Employee, span((2020, 1, 1), None)), elsewhere];
    assert_eq!(checks(&twice), [Check::TwoSchemes]);
    elsewhere.scheme = Scheme::Employee;
    elsewhere.county = county("421381");
    twice.covers[1] = elsewhere;
    assert_eq!(checks(&twice), [Check::TwoAreas]);
    // A suspended period gives nothing and stands in nobody's way.
    twice.covers[1].state = CoverState::Suspended;
    assert_eq!(checks(&twice), []);

    twice.death = Some(Date::constant(2024, 5, 1));
    assert_eq!(checks(&twice), [Check::DeadCovered]);
    twice.covers[0].span.to = twice.death;
    assert_eq!(checks(&twice), []);

    twice.subsidies = vec![span((2024, 1, 1), Some((2024, 12, 31)))];
    twice.identities = vec![span((2022, 1, 1), Some((2023, 12, 31)))];
    assert_eq!(checks(&twice), [Check::SubsidisedWithoutIdentity]);
}

#[test]
fn likeness_is_the_weighed_mean_of_the_fields_both_fill() {
    let (one, same) = (record(), record());
    assert_eq!(likeness(&one, &same, &limits()).unwrap().score, 1000);
    // By hand: name 3 of 4 characters 750, birth exchanged 850, sex 1000, phone one slip 900; no
    // document, no address: (30·750 + 25·850 + 5·1000 + 20·900) / 80 = 66750 / 80 = 834.
    let other = Record {
        name: "欧阳名月",
        birth: Date::constant(1990, 7, 3),
        document: "",
        phone: "12012345679",
        address: "",
        ..record()
    };
    let alike = likeness(&one, &other, &limits()).unwrap();
    assert_eq!(alike.score, 834);
    assert_eq!(alike.fields.len(), 4);
    assert_eq!(likeness(&other, &one, &limits()).unwrap(), alike);
    let stranger = Record {
        name: "王小二",
        ..record()
    };
    assert_eq!(likeness(&one, &stranger, &limits()), None);
}

#[test]
fn records_of_one_person_share_a_key() {
    let keys = blocking_keys(&record());
    let shares = |other: &Record<'_>| blocking_keys(other).iter().any(|key| keys.contains(key));
    let misspelt = Record {
        name: "欧阳明悦",
        phone: "",
        ..record()
    };
    let reborn = Record {
        birth: Date::constant(1990, 7, 3),
        phone: "",
        ..record()
    };
    let neither = Record {
        name: "司徒文",
        phone: "12000000000",
        ..record()
    };
    assert!(shares(&misspelt) && shares(&reborn));
    assert!(!shares(&neither));
}

#[test]
fn checks_have_words_of_their_own() {
    for check in Check::ALL {
        assert_eq!(Check::of(check.word()), Some(check));
    }
    assert_eq!(Check::of("else"), None);
}
