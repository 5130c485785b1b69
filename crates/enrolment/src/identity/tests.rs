#![allow(clippy::unwrap_used)]
use proptest::prelude::*;
use terms::{Date, Sex};

use super::*;

fn issue(kind: DocumentKind, text: &str) -> String {
    Document::parse(kind, text).unwrap_err().to_string()
}

/// A number of 18 of a fictional place, its check character by the formula of the standard:
/// the sum over positions of digit × 2^(18 − position) leaves 1 modulo 11.
fn number(place: &str, birth: &str, order: u16) -> String {
    let body = format!("{place}{birth}{order:03}");
    let sum = body
        .bytes()
        .fold(0_u32, |sum, byte| (sum + u32::from(byte - b'0')) * 2 % 11);
    let check = (12 - sum) % 11;
    match check {
        10 => body + "X",
        digit => format!("{body}{digit}"),
    }
}

#[test]
fn a_residents_number_says_birth_and_sex() {
    let text = number("990101", "19900307", 2);
    let document = Document::parse(DocumentKind::ResidentId, &text).unwrap();
    assert_eq!(document.number(), text);
    assert_eq!(document.birth(), Some(Date::constant(1990, 3, 7)));
    assert_eq!(document.sex(), Some(Sex::Female));
    assert_eq!(document.contradicts_sex(Sex::Male), Some(Sex::Female));
    assert_eq!(document.contradicts_sex(Sex::Female), None);
    let other = Date::constant(1990, 7, 3);
    let stated = BirthMark::Day(Date::constant(1990, 3, 7));
    assert_eq!(document.contradicts_birth(other), Some(stated));
}

#[test]
fn every_flaw_of_a_residents_number_is_named() {
    let kind = DocumentKind::ResidentId;
    assert_eq!(issue(kind, "  "), "居民身份证号码没有填写");
    let short = issue(kind, "99010119900307");
    assert!(short.contains("“99010119900307”应为18位"), "{short}");
    let letters = issue(kind, "9901011990030700A5");
    assert!(letters.contains("应为18位"), "{letters}");
    let place = issue(kind, &number("810000", "19900307", 1));
    assert!(place.contains("地区部分“810000”不是发证地区"), "{place}");
    assert!(issue(kind, &number("990001", "19900307", 1)).contains("“990001”"));
    let birth = issue(kind, &number("990101", "19900230", 1));
    assert!(birth.contains("出生日期部分“19900230”不是日期"), "{birth}");
    assert!(issue(kind, &number("990101", "18490101", 1)).contains("“18490101”"));
    let mut wrong = number("990101", "19900307", 1);
    wrong.replace_range(17.., "7");
    assert!(issue(kind, &wrong).ends_with("校验码应为5，填写的是7"));
}

#[test]
fn an_old_number_is_upgraded_and_an_old_impossible_day_is_named() {
    let kind = DocumentKind::ResidentId;
    let old = Document::parse(kind, "990101681231002").unwrap();
    assert_eq!(old.number(), number("990101", "19681231", 2));
    assert!(issue(kind, "990101680231002").contains("“19680231”"));
}

#[test]
fn spelling_is_put_right() {
    let kind = DocumentKind::ResidentId;
    let with_x = (1..400).map(|order| number("990102", "20010911", order));
    let with_x = with_x.clone().find(|number| number.ends_with('X')).unwrap();
    let wide: String = with_x
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap())
        .collect();
    for text in [
        with_x.to_lowercase(),
        format!("\u{3000}{wide}\t "),
        format!("{with_x}\r\n"),
    ] {
        assert_eq!(Document::parse(kind, &text).unwrap().number(), with_x);
    }
}

#[test]
fn permits_of_hong_kong_macao_and_taiwan() {
    let kind = DocumentKind::ResidencePermit;
    for place in ["810000", "820000", "830000"] {
        let text = number(place, "19850615", 3);
        let document = Document::parse(kind, &text).unwrap();
        assert_eq!(document.sex(), Some(Sex::Male));
        assert!(Document::parse(DocumentKind::ResidentId, &text).is_err());
    }
    let text = issue(kind, &number("990101", "19850615", 3));
    assert!(text.contains("地区部分“990101”"), "{text}");
}

#[test]
fn foreigners_numbers_new_and_old() {
    let kind = DocumentKind::ForeignerId;
    let new = number("931840", "19880131", 1);
    let document = Document::parse(kind, &new).unwrap();
    assert_eq!(document.birth(), Some(Date::constant(1988, 1, 31)));
    assert!(issue(kind, &number("999840", "19880131", 1)).contains("“99”"));
    let old = Document::parse(kind, "xyz990199022902").unwrap();
    assert_eq!((old.birth(), old.sex()), (None, None));
    let stated = BirthMark::Short {
        year: 99,
        month: 2,
        day: 29,
    };
    let recorded = Date::constant(1999, 2, 28);
    assert_eq!(old.contradicts_birth(recorded), Some(stated));
    assert!(issue(kind, "XYZ990199023002").contains("“990230”"));
    assert!(issue(kind, "XY9901990229021").contains("以9开头的18位"));
    assert!(issue(kind, &number("131840", "19880131", 1)).contains("以9开头"));
}

#[test]
fn documents_that_say_nothing_about_the_person() {
    let parse = |kind, text: &str| Document::parse(kind, text);
    assert_eq!(
        parse(DocumentKind::Passport, "ex0000001 ")
            .unwrap()
            .number(),
        "EX0000001"
    );
    assert!(issue(DocumentKind::Passport, "EX-000001").contains("5至20位字母和数字"));
    assert!(parse(DocumentKind::BirthCertificate, "Z990000001").is_ok());
    assert!(issue(DocumentKind::BirthCertificate, "Z99000001").contains("1位字母加9位数字"));
    assert_eq!(
        parse(DocumentKind::NewbornWithoutId, " ").unwrap().number(),
        ""
    );
    assert!(issue(DocumentKind::NewbornWithoutId, "Z990000001").contains("不应填写号码"));
}

#[test]
fn a_form_that_belongs_to_one_kind_is_recognised() {
    let kind = |text: &str| Document::recognise(text).map(|document| document.kind());
    let numbered = |place| kind(&number(place, "19880131", 1));
    assert_eq!(numbered("990101"), Some(DocumentKind::ResidentId));
    assert_eq!(numbered("820000"), Some(DocumentKind::ResidencePermit));
    assert_eq!(numbered("931840"), Some(DocumentKind::ForeignerId));
    assert_eq!(kind("Z990000001"), Some(DocumentKind::BirthCertificate));
    assert_eq!(kind("E00000001"), None);
    assert_eq!(kind(""), None);
}

proptest! {
    #[test]
    fn one_wrong_digit_never_passes(order in 1_u16..999, at in 0_usize..17, digit in 0_u8..10) {
        let right = number("990103", "19771115", order);
        let mut wrong = right.clone().into_bytes();
        wrong[at] = b'0' + digit;
        let wrong = String::from_utf8(wrong).unwrap();
        let read = Document::parse(DocumentKind::ResidentId, &wrong);
        prop_assert_eq!(read.is_ok(), wrong == right);
    }

    #[test]
    fn nothing_that_is_typed_panics(text in "\\PC{0,24}") {
        for kind in DocumentKind::ALL {
            if let Err(issue) = Document::parse(*kind, &text) {
                prop_assert!(!issue.to_string().is_empty());
            }
        }
        let _ = Document::recognise(&text);
    }
}
