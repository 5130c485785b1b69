//! 取值：各种列类型换成文字、时刻和精确的整数。

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int32Type, Int64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, TimeUnit};
use lines::Moment;

/// A column of texts, as a dictionary where it came as one.
pub enum Texts {
    /// Each row a number of the dictionary; negative for none.
    Coded(Vec<i32>, Vec<String>),
    /// Each row its own text.
    Plain(ArrayRef),
}

impl Texts {
    /// Reads any column as texts.
    ///
    /// # Errors
    /// When the type has no text.
    pub fn of(array: &ArrayRef) -> Result<Self, ArrowError> {
        if let DataType::Dictionary(_, _) = array.data_type() {
            let to = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
            let coded = cast(array, &to)?;
            let dictionary = coded.as_dictionary::<Int32Type>();
            let keys = dictionary.keys();
            let codes = (0..keys.len())
                .map(|row| {
                    if keys.is_null(row) {
                        -1
                    } else {
                        keys.value(row)
                    }
                })
                .collect();
            let values = dictionary.values().as_string::<i32>();
            let texts = values
                .iter()
                .map(|text| text.unwrap_or_default().trim().to_owned());
            return Ok(Self::Coded(codes, texts.collect()));
        }
        Ok(Self::Plain(cast(array, &DataType::Utf8)?))
    }

    /// The text of a row; empty for none.
    pub fn text(&self, row: usize) -> &str {
        match self {
            Self::Coded(codes, texts) => {
                let code = usize::try_from(codes[row]).ok();
                code.and_then(|code| texts.get(code))
                    .map_or("", String::as_str)
            }
            Self::Plain(array) => {
                let texts = array.as_string::<i32>();
                if texts.is_null(row) {
                    ""
                } else {
                    texts.value(row).trim()
                }
            }
        }
    }
}

/// Moments of a column of timestamps, dates or texts; `None` where there is none.
///
/// # Errors
/// When the type is none of these.
pub fn moments(array: &ArrayRef) -> Result<Vec<Option<Moment>>, ArrowError> {
    match array.data_type() {
        DataType::Timestamp(unit, _) => {
            let per = match unit {
                TimeUnit::Second => 1,
                TimeUnit::Millisecond => 1_000,
                TimeUnit::Microsecond => 1_000_000,
                TimeUnit::Nanosecond => 1_000_000_000,
            };
            let raw = cast(array, &DataType::Int64)?;
            let raw = raw.as_primitive::<Int64Type>();
            let moment = |value: Option<i64>| Moment::from_unix(value?.div_euclid(per));
            Ok(raw.iter().map(moment).collect())
        }
        DataType::Date32 => {
            let days = array.as_primitive::<Date32Type>().iter();
            Ok(days
                .map(|day| Moment::from_unix(i64::from(day?) * 86_400))
                .collect())
        }
        DataType::Date64 => {
            let days = array.as_primitive::<Date64Type>().iter();
            Ok(days
                .map(|milli| Moment::from_unix(milli?.div_euclid(1000)))
                .collect())
        }
        _ => {
            let texts = Texts::of(array)?;
            Ok((0..array.len())
                .map(|row| Moment::parse(texts.text(row)))
                .collect())
        }
    }
}

/// Decimals of a column as counts of 10^-`places`; `None` where there is none or it has more
/// places. Binary fractions are taken as the nearest decimal, which is what they were written as.
///
/// # Errors
/// When the type is no number and no text.
pub fn decimals(array: &ArrayRef, places: u32) -> Result<Vec<Option<i64>>, ArrowError> {
    match array.data_type() {
        DataType::Float64 => Ok(array
            .as_primitive::<Float64Type>()
            .iter()
            .map(|v| near(v?, places))
            .collect()),
        DataType::Float32 => {
            // Through text: the shortest decimal that names this number.
            let values = array.as_primitive::<Float32Type>().iter();
            Ok(values
                .map(|v| money::parse_decimal(&v?.to_string(), places).ok())
                .collect())
        }
        DataType::Decimal128(_, scale) => {
            let values = array.as_primitive::<Decimal128Type>().iter();
            let scale = *scale;
            Ok(values
                .map(|value| rescaled(value?, scale, places))
                .collect())
        }
        kind if kind.is_integer() => {
            let whole = cast(array, &DataType::Int64)?;
            let unit = 10_i64.pow(places);
            let whole = whole.as_primitive::<Int64Type>().iter();
            Ok(whole.map(|value| value?.checked_mul(unit)).collect())
        }
        _ => {
            let texts = Texts::of(array)?;
            let read = |row| money::parse_decimal(texts.text(row), places).ok();
            Ok((0..array.len()).map(read).collect())
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounded before the cast")]
fn near(value: f64, places: u32) -> Option<i64> {
    let unit = f64::from(10_u32.pow(places));
    let scaled = value * unit;
    let whole = scaled.round();
    let close = (scaled - whole).abs() <= 1e-6 * unit.max(scaled.abs() * 1e-6);
    (close && whole.abs() < 9e15).then_some(whole as i64)
}

fn rescaled(value: i128, scale: i8, places: u32) -> Option<i64> {
    let shift = i32::try_from(places).ok()? - i32::from(scale);
    let factor = 10_i128.checked_pow(shift.unsigned_abs())?;
    let exact = if shift >= 0 {
        value.checked_mul(factor)?
    } else {
        (value % factor == 0).then_some(value / factor)?
    };
    i64::try_from(exact).ok()
}

/// Whole numbers of a column, as far as they are.
///
/// # Errors
/// When the type is no number and no text.
pub fn wholes(array: &ArrayRef) -> Result<Vec<Option<i64>>, ArrowError> {
    decimals(array, 0)
}
