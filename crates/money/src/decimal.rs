use std::fmt;

/// Why a text is not a decimal number of the wanted precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// The text has no digits, or something that is neither a digit, a sign nor one point.
    NotANumber,
    /// More decimals than the unit allows, and they are not zeros.
    TooManyDecimals,
    /// The number does not fit into 64 bits.
    TooLarge,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "不是数字",
            Self::TooManyDecimals => "小数位数过多",
            Self::TooLarge => "数值过大",
        })
    }
}

impl std::error::Error for DecimalError {}

/// Reads a plain decimal text as an integer count of 10^-`places`, exactly.
///
/// Trailing zeros beyond `places` are accepted, other digits are refused: nothing is rounded away
/// silently.
///
/// # Errors
/// [`DecimalError`] when the text is not a number, is too precise or too large.
///
/// ```
/// assert_eq!(money::parse_decimal("12.30", 2), Ok(1230));
/// assert_eq!(money::parse_decimal("-0.5000", 2), Ok(-50));
/// assert!(money::parse_decimal("0.125", 2).is_err());
/// ```
pub fn parse_decimal(text: &str, places: u32) -> Result<i64, DecimalError> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return Err(DecimalError::NotANumber);
    }
    let mut value: i64 = 0;
    for byte in whole.bytes() {
        value = push_digit(value, byte)?;
    }
    let mut taken = 0;
    for byte in fraction.bytes() {
        if taken < places {
            value = push_digit(value, byte)?;
            taken += 1;
        } else if !byte.is_ascii_digit() {
            return Err(DecimalError::NotANumber);
        } else if byte != b'0' {
            return Err(DecimalError::TooManyDecimals);
        }
    }
    for _ in taken..places {
        value = value.checked_mul(10).ok_or(DecimalError::TooLarge)?;
    }
    Ok(if negative { -value } else { value })
}

fn push_digit(value: i64, byte: u8) -> Result<i64, DecimalError> {
    if !byte.is_ascii_digit() {
        return Err(DecimalError::NotANumber);
    }
    value
        .checked_mul(10)
        .and_then(|v| v.checked_add(i64::from(byte - b'0')))
        .ok_or(DecimalError::TooLarge)
}

/// Writes an integer count of 10^-`places` as plain decimal text.
pub(crate) fn write_decimal(f: &mut impl fmt::Write, value: i64, places: u32) -> fmt::Result {
    let unit = 10_u64.pow(places);
    let magnitude = value.unsigned_abs();
    if value < 0 {
        f.write_char('-')?;
    }
    let width = places as usize;
    write!(f, "{}.{:0width$}", magnitude / unit, magnitude % unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_texts_are_named() {
        for (text, want) in [
            ("", DecimalError::NotANumber),
            (".", DecimalError::NotANumber),
            ("1e3", DecimalError::NotANumber),
            ("1.2.3", DecimalError::NotANumber),
            ("１２", DecimalError::NotANumber),
            ("0.001", DecimalError::TooManyDecimals),
            ("99999999999999999999", DecimalError::TooLarge),
            ("99999999999999999.99", DecimalError::TooLarge),
        ] {
            assert_eq!(parse_decimal(text, 2), Err(want), "{text}");
        }
    }

    #[test]
    fn half_written_numbers_are_read() {
        assert_eq!(parse_decimal(".5", 2), Ok(50));
        assert_eq!(parse_decimal("5.", 2), Ok(500));
        assert_eq!(parse_decimal("+5", 0), Ok(5));
    }
}
