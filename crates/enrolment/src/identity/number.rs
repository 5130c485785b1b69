//! Numbers of 18 characters after GB 11643-1999: place, birth, order, check character.

use terms::{Date, Sex};

use super::flaw::Flaw;

/// Weights of the first 17 digits (ISO 7064 MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check characters by remainder.
const CHECKS: &[u8; 11] = b"10X98765432";
/// Provinces after GB/T 2260; 99 belongs to none and is kept for fictional places.
const PROVINCES: [u8; 32] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 99,
];
/// 香港、澳门、台湾 on residence permits.
const PERMIT_PLACES: [&str; 3] = ["810000", "820000", "830000"];
/// Nobody alive was born before this year.
const FIRST_YEAR: i16 = 1850;

/// The check character of a number of 18, from its first 17 digits (校验码, GB 11643-1999).
///
/// ```
/// use enrolment::identity::check_character;
/// assert_eq!(check_character("99010119900307001"), Some('5'));
/// assert_eq!(check_character("9901"), None);
/// ```
pub fn check_character(digits: &str) -> Option<char> {
    let values: Option<Vec<u32>> = digits.chars().map(|digit| digit.to_digit(10)).collect();
    let values = values.filter(|values| values.len() == WEIGHTS.len())?;
    let sum: u32 = values
        .iter()
        .zip(WEIGHTS)
        .map(|(value, weight)| value * weight)
        .sum();
    usize::try_from(sum % 11)
        .ok()
        .map(|at| char::from(CHECKS[at]))
}

/// What a number of 18 says.
pub(super) struct Read {
    pub number: String,
    pub birth: Date,
    pub sex: Sex,
}

/// Reads a resident's number; one of 15 digits, issued before 1999, becomes one of 18.
pub(super) fn read_resident(text: &str) -> Result<Read, Flaw> {
    let upgraded = upgrade(text);
    let number = upgraded.as_deref().unwrap_or(text);
    let wanted = "18位公民身份号码，前17位为数字，或旧的15位数字";
    let place = shape(number, wanted)?;
    let province = place[..2].parse::<u8>().unwrap_or(0);
    if !PROVINCES.contains(&province) || &place[2..4] == "00" {
        return Err(Flaw::Place {
            code: place.to_owned(),
        });
    }
    read(number)
}

/// Reads the number of a residence permit (港澳台居民居住证).
pub(super) fn read_permit(text: &str) -> Result<Read, Flaw> {
    let place = shape(text, "18位，前17位为数字，以810000、820000或830000开头")?;
    if !PERMIT_PLACES.contains(&place) {
        return Err(Flaw::Place {
            code: place.to_owned(),
        });
    }
    read(text)
}

/// The first six digits of something that looks like a number of 18.
fn shape<'t>(text: &'t str, wanted: &'static str) -> Result<&'t str, Flaw> {
    looks_right(text)
        .then(|| &text[..6])
        .ok_or(Flaw::Form { wanted })
}

/// Whether there are 17 digits and a digit or an X.
pub(super) fn looks_right(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 18
        && bytes[..17].iter().all(u8::is_ascii_digit)
        && (bytes[17].is_ascii_digit() || bytes[17] == b'X')
}

/// Birth, sex and check character of what looks right.
pub(super) fn read(text: &str) -> Result<Read, Flaw> {
    let digits = &text[6..14];
    let birth = day(digits).ok_or_else(|| Flaw::Birth {
        digits: digits.to_owned(),
    })?;
    let found = char::from(text.as_bytes()[17]);
    let wanted = check_character(&text[..17]).unwrap_or(found);
    if wanted != found {
        return Err(Flaw::Check { wanted, found });
    }
    let odd = text.as_bytes()[16] % 2 == 1;
    Ok(Read {
        number: text.to_owned(),
        birth,
        sex: if odd { Sex::Male } else { Sex::Female },
    })
}

/// Eight digits as a day.
fn day(digits: &str) -> Option<Date> {
    let year: i16 = digits[..4].parse().ok()?;
    let month: i8 = digits[4..6].parse().ok()?;
    let day: i8 = digits[6..].parse().ok()?;
    Date::new(year, month, day)
        .ok()
        .filter(|_| year >= FIRST_YEAR)
}

/// A number of 15 digits with its century and its check character.
fn upgrade(text: &str) -> Option<String> {
    if text.len() != 15 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut number = format!("{}19{}", &text[..6], &text[6..]);
    number.push(check_character(&number)?);
    Some(number)
}
