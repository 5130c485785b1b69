//! 外国人永久居留身份证: 18 digits beginning with 9 since December 2023, three letters and twelve
//! digits before.

use terms::Date;

use super::document::BirthMark;
use super::flaw::Flaw;
use super::number::{Read, looks_right, read};

const WANTED: &str = "以9开头的18位号码，或旧的3位字母加12位数字";

/// Reads the number that cards carry since 2023-12-01: 9, province, nationality, birth, order and
/// the check character that residents have too.
pub(super) fn read_new(text: &str) -> Result<Read, Flaw> {
    if !looks_right(text) || !text.starts_with('9') {
        return Err(Flaw::Form { wanted: WANTED });
    }
    let province = &text[1..3];
    let known = province
        .parse::<u8>()
        .is_ok_and(|code| (11..=65).contains(&code));
    if !known {
        return Err(Flaw::Place {
            code: province.to_owned(),
        });
    }
    read(text)
}

/// Reads the number that older cards carry: nationality in letters, four digits of the place, six
/// of the birth, two more. How its last digit is computed was never published; it is not checked.
pub(super) fn read_old(text: &str) -> Result<BirthMark, Flaw> {
    let (letters, digits) = text
        .split_at_checked(3)
        .ok_or(Flaw::Form { wanted: WANTED })?;
    let plain = letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && digits.len() == 12
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !plain {
        return Err(Flaw::Form { wanted: WANTED });
    }
    let birth = &digits[4..10];
    short(birth).ok_or_else(|| Flaw::Birth {
        digits: birth.to_owned(),
    })
}

/// Six digits as a day of some century.
fn short(digits: &str) -> Option<BirthMark> {
    let part = |range: std::ops::Range<usize>| digits[range].parse::<i8>().ok();
    let (year, month, day) = (part(0..2)?, part(2..4)?, part(4..6)?);
    // A leap year has every day that such a number can name.
    Date::new(2000, month, day).ok()?;
    Some(BirthMark::Short { year, month, day })
}
