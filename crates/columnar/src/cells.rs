//! 取值：各种列类型换成文字、时刻和精确的整数。

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int32Type, Int64Type,
};
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, DictionaryArray, PrimitiveArray, StringArray,
};
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

/// What is made of the texts of a column that comes batch by batch (逐批取字).
///
/// A text of a dictionary is looked at once, however many batches share the dictionary.
#[derive(Default)]
pub struct Made<T> {
    dictionary: Option<StringArray>,
    made: Vec<Option<T>>,
}

impl<T: Copy> Made<T> {
    /// Hears what is made of the text of every row in order; empty texts and none at all give
    /// `empty`.
    ///
    /// # Errors
    /// When the type has no text.
    pub fn each(
        &mut self,
        array: &ArrayRef,
        empty: T,
        mut make: impl FnMut(&str) -> T,
        mut put: impl FnMut(usize, T),
    ) -> Result<(), ArrowError> {
        let mut make = |text: &str| if text.is_empty() { empty } else { make(text) };
        let coded = match Texts::of(array)? {
            Texts::Coded(coded) => coded,
            Texts::Plain(plain) => {
                (0..plain.len()).for_each(|row| put(row, make(text_of(&plain, row))));
                return Ok(());
            }
        };
        let texts = coded.values().as_string();
        self.begin(texts);
        let made = &mut self.made;
        each_value(coded.keys(), |row, code| {
            let of = |code: i32| {
                let code = usize::try_from(code).expect("keys of dictionaries are places");
                *made[code].get_or_insert_with(|| make(text_of(texts, code)))
            };
            put(row, code.map_or(empty, of));
        });
        Ok(())
    }

    /// Forgets what was made unless this is the dictionary it was made of.
    fn begin(&mut self, texts: &StringArray) {
        let same = |known: &StringArray| {
            known.offsets().ptr_eq(texts.offsets()) && known.values().ptr_eq(texts.values())
        };
        if !self.dictionary.as_ref().is_some_and(same) {
            self.made.clear();
            self.made.resize(texts.len(), None);
            self.dictionary = Some(texts.clone());
        }
    }
}

#[inline]
fn text_of(texts: &StringArray, place: usize) -> &str {
    if texts.is_null(place) {
        return "";
    }
    trimmed(texts.value(place))
}

/// A text without white space around it.
#[inline]
pub fn trimmed(text: &str) -> &str {
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
    /// So many rows, all yet to be put.
    fn empty(rows: usize) -> Self {
        Self {
            values: vec![T::default(); rows],
            missing: Vec::new(),
        }
    }

    /// Puts the value of a row, rows in order.
    #[inline]
    fn put(&mut self, row: usize, value: Option<T>) {
        match value {
            Some(value) => self.values[row] = value,
            None => self.missing.push(row),
        }
    }

    /// The value of a row, if there is one.
    #[inline]
    pub fn get(&self, row: usize) -> Option<T> {
        let there = self.missing.is_empty() || self.missing.binary_search(&row).is_err();
        there.then(|| self.values[row])
    }
}

/// Moments of a column of timestamps, dates or texts; none where they cannot be read.
///
/// # Errors
/// When the type is none of these.
pub fn moments(array: &ArrayRef) -> Result<Cells<Moment>, ArrowError> {
    let mut cells = Cells::empty(array.len());
    each_moment(array, |row, moment| cells.put(row, moment))?;
    Ok(cells)
}

/// Hears the moment of every row in order.
///
/// # Errors
/// As [`moments`].
pub fn each_moment(
    array: &ArrayRef,
    mut put: impl FnMut(usize, Option<Moment>),
) -> Result<(), ArrowError> {
    match array.data_type() {
        DataType::Timestamp(unit, _) => {
            let raw = cast(array, &DataType::Int64)?;
            let raw = raw.as_primitive::<Int64Type>();
            // A division by a constant each: by a variable it costs ten times as much.
            match unit {
                TimeUnit::Second => each_second::<1, Int64Type>(raw, put),
                TimeUnit::Millisecond => each_second::<1_000, Int64Type>(raw, put),
                TimeUnit::Microsecond => each_second::<1_000_000, Int64Type>(raw, put),
                TimeUnit::Nanosecond => each_second::<1_000_000_000, Int64Type>(raw, put),
            }
        }
        DataType::Date32 => each_value(array.as_primitive::<Date32Type>(), |row, day| {
            let seconds = day.map(|day| i64::from(day) * 86_400);
            put(row, seconds.and_then(Moment::from_unix));
        }),
        DataType::Date64 => {
            each_second::<1_000, Date64Type>(array.as_primitive::<Date64Type>(), put);
        }
        _ => {
            let texts = Texts::of(array)?;
            for row in 0..array.len() {
                put(row, Moment::parse(texts.text(row)));
            }
        }
    }
    Ok(())
}

fn each_second<const PER: i64, T: ArrowPrimitiveType<Native = i64>>(
    raw: &PrimitiveArray<T>,
    mut put: impl FnMut(usize, Option<Moment>),
) {
    each_value(raw, |row, value| {
        put(
            row,
            value.and_then(|value| Moment::from_unix(value.div_euclid(PER))),
        );
    });
}

/// Hears the value of every row in order; most columns have one everywhere.
fn each_value<T: ArrowPrimitiveType>(
    array: &PrimitiveArray<T>,
    mut put: impl FnMut(usize, Option<T::Native>),
) {
    if array.null_count() == 0 {
        for (row, &value) in array.values().iter().enumerate() {
            put(row, Some(value));
        }
    } else {
        for (row, value) in array.iter().enumerate() {
            put(row, value);
        }
    }
}

/// Decimals of a column as counts of 10^-`places`; none where there is none or it has more
/// places. Binary fractions are taken as the nearest decimal, which is what they were written as.
///
/// # Errors
/// When the type is no number and no text.
pub fn decimals(array: &ArrayRef, places: u32) -> Result<Cells<i64>, ArrowError> {
    let mut cells = Cells::empty(array.len());
    each_decimal(array, places, |row, value| cells.put(row, value))?;
    Ok(cells)
}

/// Hears the decimal of every row in order.
///
/// # Errors
/// As [`decimals`].
pub fn each_decimal(
    array: &ArrayRef,
    places: u32,
    mut put: impl FnMut(usize, Option<i64>),
) -> Result<(), ArrowError> {
    match array.data_type() {
        DataType::Float64 => {
            let unit = f64::from(10_u32.pow(places));
            each_value(array.as_primitive::<Float64Type>(), |row, value| {
                put(row, value.and_then(|value| near(value, unit)));
            });
        }
        DataType::Float32 => {
            // Through text: the shortest decimal that names this number.
            let read = |value: f32| money::parse_decimal(&value.to_string(), places).ok();
            each_value(array.as_primitive::<Float32Type>(), |row, value| {
                put(row, value.and_then(read));
            });
        }
        DataType::Decimal128(_, scale) => {
            let scale = *scale;
            each_value(array.as_primitive::<Decimal128Type>(), |row, value| {
                put(row, value.and_then(|value| rescaled(value, scale, places)));
            });
        }
        kind if kind.is_integer() => {
            let whole = cast(array, &DataType::Int64)?;
            let unit = 10_i64.pow(places);
            each_value(whole.as_primitive::<Int64Type>(), |row, value| {
                put(row, value.and_then(|value| value.checked_mul(unit)));
            });
        }
        _ => {
            let texts = Texts::of(array)?;
            for row in 0..array.len() {
                put(row, money::parse_decimal(texts.text(row), places).ok());
            }
        }
    }
    Ok(())
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
