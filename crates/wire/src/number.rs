use std::borrow::Cow;

use money::{DecimalError, parse_decimal};

/// Exponents beyond this make no number of the interface.
const MAX_EXPONENT: i32 = 40;

/// Reads a number of at most `digits` digits, `places` of them decimals, as a count of
/// 10^-`places`; exact, and the exponent form that some serialisers write (`0E-8`) is understood.
pub(crate) fn scaled(text: &str, digits: u32, places: u32) -> Result<i64, DecimalError> {
    let value = parse_decimal(&plain(text)?, places)?;
    let bound = 10_i64.checked_pow(digits).unwrap_or(i64::MAX);
    if value.unsigned_abs() >= bound.unsigned_abs() {
        Err(DecimalError::TooLarge)
    } else {
        Ok(value)
    }
}

/// Reads a whole number of at most `digits` digits as text, keeping its digits as they were sent.
///
/// Serial numbers (流水号) are declared as numbers of up to thirty digits; they are names, not
/// quantities, and leading zeros are part of them.
pub(crate) fn whole(text: &str, digits: u32) -> Result<String, DecimalError> {
    let plain = plain(text)?;
    let (number, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let unsigned = number.strip_prefix('-').unwrap_or(number);
    if unsigned.is_empty()
        || !unsigned
            .bytes()
            .chain(fraction.bytes())
            .all(|b| b.is_ascii_digit())
    {
        return Err(DecimalError::NotANumber);
    }
    if fraction.bytes().any(|byte| byte != b'0') {
        return Err(DecimalError::TooManyDecimals);
    }
    if unsigned.len() > digits as usize {
        Err(DecimalError::TooLarge)
    } else {
        Ok(number.to_owned())
    }
}

/// The number without an exponent.
fn plain(text: &str) -> Result<Cow<'_, str>, DecimalError> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return Ok(Cow::Borrowed(text));
    };
    let exponent: i32 = exponent.parse().map_err(|_| DecimalError::NotANumber)?;
    if exponent.abs() > MAX_EXPONENT {
        return Err(DecimalError::TooLarge);
    }
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecimalError::NotANumber);
    }
    let shift = exponent.unsigned_abs() as usize;
    let point = if exponent >= 0 {
        whole.len() + shift
    } else {
        whole.len()
    };
    let (all, point) = if exponent >= 0 {
        (format!("{all}{}", "0".repeat(shift)), point)
    } else {
        (format!("{}{all}", "0".repeat(shift)), point)
    };
    Ok(Cow::Owned(format!(
        "{sign}{}.{}",
        &all[..point],
        &all[point..]
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly() {
        for (text, want) in [
            ("0.1", 10),
            ("0.30", 30),
            ("12", 1200),
            ("-12.3000", -1230),
            ("0E-8", 0),
            ("1.25e1", 1250),
            ("1E+2", 10_000),
            ("125e-1", 1250),
            ("99999999999999.99", 9_999_999_999_999_999),
        ] {
            assert_eq!(scaled(text, 16, 2), Ok(want), "{text}");
        }
        assert_eq!(scaled("3.123456", 16, 6), Ok(3_123_456));
    }

    #[test]
    fn other_texts_are_refused() {
        for (text, want) in [
            ("0.125", DecimalError::TooManyDecimals),
            ("1e-3", DecimalError::TooManyDecimals),
            ("100000000000000.00", DecimalError::TooLarge),
            ("1e99999999999", DecimalError::NotANumber),
            ("1e41", DecimalError::TooLarge),
            ("e5", DecimalError::NotANumber),
            (".e5", DecimalError::NotANumber),
            ("1,234.00", DecimalError::NotANumber),
            ("NaN", DecimalError::NotANumber),
            ("--1", DecimalError::NotANumber),
        ] {
            assert_eq!(scaled(text, 16, 2), Err(want), "{text}");
        }
    }

    #[test]
    fn serial_numbers_keep_their_digits() {
        assert_eq!(whole("0012", 30).as_deref(), Ok("0012"));
        assert_eq!(whole("12.0", 30).as_deref(), Ok("12"));
        assert_eq!(
            whole("123456789012345678901234567890", 30).map(|t| t.len()),
            Ok(30)
        );
        assert_eq!(whole("1.5", 30), Err(DecimalError::TooManyDecimals));
        assert_eq!(whole("A12", 30), Err(DecimalError::NotANumber));
        assert_eq!(whole("123", 2), Err(DecimalError::TooLarge));
    }
}
