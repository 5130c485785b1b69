//! 取值：各种列类型换成文字、时刻和精确的整数。

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int32Type, Int64Type,
};
use arrow_array::{Array, ArrayRef, DictionaryArray, StringArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, TimeUnit};
use lines::Moment;

/// A column of texts, as a dictionary where it came as one.
pub enum Texts {
    /// Each row a number of the dictionary.
    Coded(DictionaryArray<Int32Type>),
    /// Each row its own text.
    Plain(StringArray),
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
            return Ok(Self::Coded(coded.as_dictionary().clone()));
        }
        Ok(Self::Plain(
            cast(array, &DataType::Utf8)?.as_string().clone(),
        ))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Coded(coded) => coded.len(),
            Self::Plain(plain) => plain.len(),
        }
    }

    /// The text of a row; empty for none.
    pub fn text(&self, row: usize) -> &str {
        match self {
            Self::Coded(coded) => {
                let code = coded.key(row);
                code.map_or("", |code| text_of(coded.values().as_string(), code))
            }
            Self::Plain(plain) => text_of(plain, row),
        }
    }

    /// What is made of the text of each row; a text of a dictionary is looked at only when a row
    /// first has it. Empty texts and none at all give `empty`.
    pub fn each<T: Copy>(&self, empty: T, mut make: impl FnMut(&str) -> T) -> Vec<T> {
        let mut make = |text: &str| if text.is_empty() { empty } else { make(text) };
        match self {
            Self::Coded(coded) => {
                let texts = coded.values().as_string();
                let mut made: Vec<Option<T>> = vec![None; texts.len()];
                let mut of = |code: i32| {
                    let code = usize::try_from(code).expect("keys of dictionaries are places");
                    *made[code].get_or_insert_with(|| make(text_of(texts, code)))
                };
                let codes = coded.keys().iter();
                codes.map(|code| code.map_or(empty, &mut of)).collect()
            }
            Self::Plain(plain) => {
                let rows = 0..plain.len();
                rows.map(|row| make(text_of(plain, row))).collect()
            }
        }
    }
}

#[inline]
fn text_of(texts: &StringArray, place: usize) -> &str {
    if texts.is_null(place) {
        return "";
    }
    let text = texts.value(place);
    match text.as_bytes() {
        // What begins and ends in print has nothing to trim.
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Values of a column, row by row; where there is none stands a default, and the row is listed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cells<T> {
    /// A value for every row.
    pub values: Vec<T>,
    missing: Vec<usize>,
}

impl<T: Copy + Default> Cells<T> {
    /// The values of all rows in order.
    pub fn collect(rows: impl Iterator<Item = Option<T>>) -> Self {
        let mut missing = Vec::new();
        let value = |(row, value): (usize, Option<T>)| {
            value.unwrap_or_else(|| {
                missing.push(row);
                T::default()
            })
        };
        let values = rows.enumerate().map(value).collect();
        Self { values, missing }
    }

    /// The value of a row, if there is one.
    #[inline]
    pub fn get(&self, row: usize) -> Option<T> {
        let there = self.missing.is_empty() || self.missing.binary_search(&row).is_err();
        there.then(|| self.values[row])
    }

    /// The rows without a value, ascending.
    pub fn missing(&self) -> &[usize] {
        &self.missing
    }

    /// Every value through a function; where it has none the row is without from then on.
    pub fn map<U: Copy + Default>(self, map: impl Fn(T) -> Option<U>) -> Cells<U> {
        if self.missing.is_empty() {
            return Cells::collect(self.values.into_iter().map(map));
        }
        Cells::collect((0..self.values.len()).map(|row| map(self.get(row)?)))
    }
}

/// Moments of a column of timestamps, dates or texts; none where they cannot be read.
///
/// # Errors
/// When the type is none of these.
pub fn moments(array: &ArrayRef) -> Result<Cells<Moment>, ArrowError> {
    match array.data_type() {
        DataType::Timestamp(unit, _) => {
            let raw = cast(array, &DataType::Int64)?;
            let raw = raw.as_primitive::<Int64Type>().iter();
            // A division by a constant each: by a variable it costs ten times as much.
            Ok(match unit {
                TimeUnit::Second => seconds::<1>(raw),
                TimeUnit::Millisecond => seconds::<1_000>(raw),
                TimeUnit::Microsecond => seconds::<1_000_000>(raw),
                TimeUnit::Nanosecond => seconds::<1_000_000_000>(raw),
            })
        }
        DataType::Date32 => {
            let days = array.as_primitive::<Date32Type>().iter();
            Ok(Cells::collect(
                days.map(|day| Moment::from_unix(i64::from(day?) * 86_400)),
            ))
        }
        DataType::Date64 => Ok(seconds::<1_000>(array.as_primitive::<Date64Type>().iter())),
        _ => {
            let texts = Texts::of(array)?;
            let rows = 0..array.len();
            Ok(Cells::collect(
                rows.map(|row| Moment::parse(texts.text(row))),
            ))
        }
    }
}

fn seconds<const PER: i64>(raw: impl Iterator<Item = Option<i64>>) -> Cells<Moment> {
    Cells::collect(raw.map(|value| Moment::from_unix(value?.div_euclid(PER))))
}

/// Decimals of a column as counts of 10^-`places`; none where there is none or it has more
/// places. Binary fractions are taken as the nearest decimal, which is what they were written as.
///
/// # Errors
/// When the type is no number and no text.
pub fn decimals(array: &ArrayRef, places: u32) -> Result<Cells<i64>, ArrowError> {
    match array.data_type() {
        DataType::Float64 => {
            let unit = f64::from(10_u32.pow(places));
            let values = array.as_primitive::<Float64Type>().iter();
            Ok(Cells::collect(values.map(|value| near(value?, unit))))
        }
        DataType::Float32 => {
            // Through text: the shortest decimal that names this number.
            let values = array.as_primitive::<Float32Type>().iter();
            Ok(Cells::collect(values.map(|value| {
                money::parse_decimal(&value?.to_string(), places).ok()
            })))
        }
        DataType::Decimal128(_, scale) => {
            let values = array.as_primitive::<Decimal128Type>().iter();
            let scale = *scale;
            Ok(Cells::collect(
                values.map(|value| rescaled(value?, scale, places)),
            ))
        }
        kind if kind.is_integer() => {
            let whole = cast(array, &DataType::Int64)?;
            let unit = 10_i64.pow(places);
            let whole = whole.as_primitive::<Int64Type>().iter();
            Ok(Cells::collect(whole.map(|value| value?.checked_mul(unit))))
        }
        _ => {
            let texts = Texts::of(array)?;
            let read = |row| money::parse_decimal(texts.text(row), places).ok();
            Ok(Cells::collect((0..array.len()).map(read)))
        }
    }
}

/// Half a unit away and cut: the library's rounding is a call, and what lies that far from a whole
/// number is not near one anyway.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "bounded below 2^53, and what is beyond is refused"
)]
fn near(value: f64, unit: f64) -> Option<i64> {
    let scaled = value * unit;
    let whole = (scaled + 0.5_f64.copysign(scaled)) as i64;
    let close = (scaled - whole as f64).abs() <= 1e-6 * unit.max(scaled.abs() * 1e-6);
    (close && whole.unsigned_abs() < 9_000_000_000_000_000).then_some(whole)
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
pub fn wholes(array: &ArrayRef) -> Result<Cells<i64>, ArrowError> {
    decimals(array, 0)
}
