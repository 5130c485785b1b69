//! Documents whose numbers say nothing about the person.

use super::flaw::Flaw;

/// A passport: letters and digits, as many countries print them.
pub(super) fn check_passport(text: &str) -> Result<(), Flaw> {
    let plain = (5..=20).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_digit());
    wanted(plain, "5至20位字母和数字，至少一位数字")
}

/// 出生医学证明: a letter and nine digits.
pub(super) fn check_birth_certificate(text: &str) -> Result<(), Flaw> {
    let bytes = text.as_bytes();
    let plain = bytes.len() == 10
        && bytes[0].is_ascii_uppercase()
        && bytes[1..].iter().all(u8::is_ascii_digit);
    wanted(plain, "1位字母加9位数字")
}

fn wanted(plain: bool, wanted: &'static str) -> Result<(), Flaw> {
    if plain {
        Ok(())
    } else {
        Err(Flaw::Form { wanted })
    }
}
