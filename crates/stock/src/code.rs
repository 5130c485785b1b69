use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use terms::Word;

/// Digits of a supervision code, and how many of them name the product.
const SUPERVISION_DIGITS: usize = 20;
const PRODUCT_DIGITS: usize = 7;
/// Digits of a GS1 trade item number.
const GTIN_DIGITS: usize = 14;
/// GS1 allows a serial number of so many characters (General Specifications, AI 21).
const SERIAL_CHARS: usize = 20;
/// How codes given out for goods without one begin (虚拟追溯码, transaction 3592B).
const VIRTUAL: &str = "VT";
/// The longest code the interface carries.
const LONGEST: usize = 100;

/// Whose numbering a trace code follows (追溯码码制).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// 药品电子监管码: twenty digits, the first seven name the product.
    Supervision,
    /// GS1: a trade item number with a check digit, and a serial number.
    Gs1,
    /// 企业自建码, known by the registered beginning of the maker.
    Firm,
    /// 虚拟码, given out by this system for goods without a code.
    Virtual,
}

/// A trace code that was read (药品追溯码).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceCode {
    /// The code as it is kept and compared: one box has one text, however it was scanned.
    pub text: String,
    /// Its family.
    pub family: Family,
    /// The item its product number stands for, where that is known.
    pub item: Option<Word>,
}

/// What is known about the beginnings of codes (追溯码标识库); operators load the national one.
///
/// While no product is known, product numbers are not judged: a code is not malformed because
/// a table is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KnownCodes {
    /// Product numbers (seven digits, or a GTIN) with the item's national code.
    pub products: BTreeMap<String, Word>,
    /// Registered beginnings of firm codes.
    pub firms: BTreeSet<String>,
}

/// Why a text is no trace code (T005 追溯码格式/标识不合法).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeFault {
    /// Nothing there.
    Empty,
    /// Longer than the interface carries, or with characters no code has.
    Unreadable,
    /// Digits only, but not twenty of them.
    WrongLength(usize),
    /// The product number is not registered.
    UnknownProduct(String),
    /// The GS1 check digit is wrong.
    CheckDigit,
    /// A GS1 code without the serial number of the box.
    NoSerial,
    /// A form nobody registered.
    UnknownFamily,
}

impl fmt::Display for CodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("追溯码为空"),
            Self::Unreadable => f.write_str("追溯码过长或含有不能使用的字符"),
            Self::WrongLength(digits) => write!(f, "纯数字追溯码应为20位，实为{digits}位"),
            Self::UnknownProduct(number) => write!(f, "药品标识“{number}”没有登记"),
            Self::CheckDigit => f.write_str("GS1商品编码的校验位不符"),
            Self::NoSerial => f.write_str("GS1编码缺少序列号"),
            Self::UnknownFamily => f.write_str("不是已登记码制的追溯码"),
        }
    }
}

impl Family {
    /// Stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Supervision => "supervision",
            Self::Gs1 => "gs1",
            Self::Firm => "firm",
            Self::Virtual => "virtual",
        }
    }
}

impl CodeFault {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Unreadable => "unreadable",
            Self::WrongLength(_) => "wrong_length",
            Self::UnknownProduct(_) => "unknown_product",
            Self::CheckDigit => "check_digit",
            Self::NoSerial => "no_serial",
            Self::UnknownFamily => "unknown_family",
        }
    }
}

impl TraceCode {
    /// A code as it stands, where nobody can say what family it is of.
    ///
    /// A malformed code is reminded of, not refused; it must still not be sold twice.
    pub fn text_of(sent: &str, known: &KnownCodes) -> String {
        read_code(sent, known).map_or_else(|_| sent.trim().to_owned(), |code| code.text)
    }
}

/// Reads a trace code: its family, its product, and the one text it is compared by.
///
/// # Errors
/// [`CodeFault`] for whatever is none of: twenty digits with a registered product number; GS1
/// with a right check digit and a serial number; a registered firm's code; a code this system
/// gave out (rule T005).
///
/// ```
/// use stock::{CodeFault, KnownCodes, read_code};
/// let known = KnownCodes::default();
/// let gs1 = read_code("(01)06901234567892(21)A1", &known).unwrap();
/// assert_eq!(read_code("010690123456789221A1", &known).unwrap(), gs1);
/// assert_eq!(read_code("123", &known), Err(CodeFault::WrongLength(3)));
/// ```
pub fn read_code(sent: &str, known: &KnownCodes) -> Result<TraceCode, CodeFault> {
    let text = sent.trim();
    if text.is_empty() {
        return Err(CodeFault::Empty);
    }
    // A scanner may leave the separator GS1 puts behind a part of open length.
    let readable = |c: char| c.is_ascii_graphic() || c == '\u{1d}';
    if text.len() > LONGEST || !text.chars().all(readable) {
        return Err(CodeFault::Unreadable);
    }
    if let Some(firm) = known
        .firms
        .iter()
        .find(|firm| text.starts_with(firm.as_str()))
    {
        let item = known.products.get(firm).cloned();
        return Ok(code(text.to_owned(), Family::Firm, item));
    }
    if text.starts_with(VIRTUAL) && text.len() > VIRTUAL.len() {
        return Ok(code(text.to_owned(), Family::Virtual, None));
    }
    let digits = text.chars().all(|c| c.is_ascii_digit());
    if digits && text.len() == SUPERVISION_DIGITS {
        return supervision(text, known);
    }
    match gs1_parts(text) {
        Some(parts) => gs1(&parts, known),
        None if digits => Err(CodeFault::WrongLength(text.len())),
        None => Err(CodeFault::UnknownFamily),
    }
}

fn code(text: String, family: Family, item: Option<Word>) -> TraceCode {
    TraceCode { text, family, item }
}

fn supervision(text: &str, known: &KnownCodes) -> Result<TraceCode, CodeFault> {
    let product = &text[..PRODUCT_DIGITS];
    let item = known.products.get(product).cloned();
    if item.is_none() && !known.products.is_empty() {
        return Err(CodeFault::UnknownProduct(product.to_owned()));
    }
    Ok(code(text.to_owned(), Family::Supervision, item))
}

/// Trade item number and serial number of a GS1 element string.
struct Gs1<'a> {
    gtin: &'a str,
    serial: &'a str,
}

/// Takes `(01)…(21)…` and the bare `01…21…` apart; dates and lots in between are left out, so that
/// one box has one text.
fn gs1_parts(text: &str) -> Option<Gs1<'_>> {
    let printed = text.strip_prefix("(01)");
    let rest = printed.or_else(|| text.strip_prefix("01"))?;
    let gtin = rest.get(..GTIN_DIGITS)?;
    if !gtin.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let rest = &rest[GTIN_DIGITS..];
    let serial = match printed {
        Some(_) => printed_serial(rest),
        None => bare_serial(rest),
    };
    Some(Gs1 {
        gtin,
        serial: serial.unwrap_or_default(),
    })
}

fn printed_serial(rest: &str) -> Option<&str> {
    let serial = rest.split_once("(21)")?.1;
    Some(serial.split_once('(').map_or(serial, |(serial, _)| serial))
}

/// Walks the parts that may precede the serial number: dates of six digits, a lot up to its end.
fn bare_serial(mut rest: &str) -> Option<&str> {
    loop {
        rest = rest.trim_start_matches('\u{1d}');
        let (part, behind) = (rest.get(..2)?, rest.get(2..)?);
        match part {
            "11" | "13" | "15" | "17" => rest = behind.get(6..)?,
            "10" => rest = behind.split_once('\u{1d}')?.1,
            "21" => {
                let end = behind.split_once('\u{1d}');
                return Some(end.map_or(behind, |(serial, _)| serial));
            }
            _ => return None,
        }
    }
}

fn gs1(parts: &Gs1<'_>, known: &KnownCodes) -> Result<TraceCode, CodeFault> {
    if !check_digit_fits(parts.gtin) {
        return Err(CodeFault::CheckDigit);
    }
    if parts.serial.is_empty() {
        return Err(CodeFault::NoSerial);
    }
    if parts.serial.len() > SERIAL_CHARS {
        return Err(CodeFault::Unreadable);
    }
    let text = format!("(01){}(21){}", parts.gtin, parts.serial);
    let item = known.products.get(parts.gtin).cloned();
    Ok(code(text, Family::Gs1, item))
}

/// The modulo-10 check of a trade item number: weights 3 and 1 in turn, the sum a multiple of ten.
fn check_digit_fits(gtin: &str) -> bool {
    let digits = gtin.bytes().map(|digit| u32::from(digit - b'0'));
    let weighted = digits.zip([3, 1].into_iter().cycle());
    weighted.map(|(digit, weight)| digit * weight).sum::<u32>() % 10 == 0
}
