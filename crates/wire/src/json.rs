use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::Refusal;
use crate::refusal::excerpt;

/// Objects and lists may lie inside one another this deep; real messages need eight levels. Every
/// level is read once more than the one around it, so this also bounds the work.
const MAX_DEPTH: usize = 16;

/// A JSON value that keeps numbers as they were written, so that no amount passes through a float.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, in the sender's own digits.
    Number(String),
    /// A string, unescaped.
    Text(String),
    /// A list.
    Array(Vec<Json>),
    /// An object in the sender's order; keys are unique.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole message body; a refusal names line and column.
    ///
    /// A leading byte order mark is accepted. A key that is repeated with the same value is
    /// accepted, with another value refused, because nobody could say which one was meant.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let text = std::str::from_utf8(body).map_err(|error| {
            let (line, column) = place(&body[..error.valid_up_to()]);
            Refusal::new(format!("报文不是有效的UTF-8编码：第{line}行第{column}列"))
        })?;
        if text.trim_ascii().is_empty() {
            return Err(Refusal::new("报文为空"));
        }
        let raw: &RawValue =
            serde_json::from_str(text).map_err(|error| broken(error.line(), error.column()))?;
        tree(raw, text, MAX_DEPTH)
    }

    /// The value of a key: exactly so written, else ignoring case and underscores, because some
    /// clients write `expContent` for `exp_content`.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(pairs) = self else {
            return None;
        };
        let exact = pairs.iter().find(|(name, _)| name == key);
        exact
            .or_else(|| pairs.iter().find(|(name, _)| same_name(name, key)))
            .map(|(_, value)| value)
    }

    /// The text of a string or number; `None` for null and for text that is only white space.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => {
                Some(text.trim()).filter(|trimmed| !trimmed.is_empty())
            }
            _ => None,
        }
    }

    /// Whether the interface treats the value as not given (null, empty or blank text).
    pub fn is_absent(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// Compact JSON text, numbers as they were received.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(digits) => f.write_str(digits),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Array(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(pairs) => {
                f.write_str("{")?;
                for (index, (key, value)) in pairs.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{}:{value}", quoted(key))?;
                }
                f.write_str("}")
            }
        }
    }
}

/// A text as a JSON string literal.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether two keys are the same but for case and underscores.
pub(crate) fn same_name(left: &str, right: &str) -> bool {
    fn letters(name: &str) -> impl Iterator<Item = u8> {
        let bytes = name.bytes().filter(|&byte| byte != b'_');
        bytes.map(|byte| byte.to_ascii_lowercase())
    }
    letters(left).eq(letters(right))
}

fn broken(line: usize, column: usize) -> Refusal {
    Refusal::new(format!(
        "报文不是有效的JSON：第{line}行第{column}列附近有误"
    ))
}

/// Line and column, counted from one, of the byte after `before`.
fn place(before: &[u8]) -> (usize, usize) {
    let line_start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at + 1);
    let lines = before.iter().filter(|&&byte| byte == b'\n').count();
    (lines + 1, before.len() - line_start + 1)
}

fn tree(raw: &RawValue, whole: &str, depth: usize) -> Result<Json, Refusal> {
    let text = raw.get();
    let here = || {
        let offset = (text.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
        place(whole.as_bytes().get(..offset).unwrap_or_default())
    };
    let unreadable = |_| {
        let (line, column) = here();
        broken(line, column)
    };
    match text.as_bytes().first() {
        Some(b'{' | b'[') if depth == 0 => {
            let (line, column) = here();
            Err(Refusal::new(format!(
                "报文嵌套过深：第{line}行第{column}列"
            )))
        }
        Some(b'{') => object(
            serde_json::from_str(text).map_err(unreadable)?,
            whole,
            depth,
        ),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(unreadable)?;
            let items: Result<_, _> = items
                .into_iter()
                .map(|item| tree(item, whole, depth - 1))
                .collect();
            items.map(Json::Array)
        }
        Some(b'"') => serde_json::from_str(text)
            .map(Json::Text)
            .map_err(unreadable),
        Some(b'n') => Ok(Json::Null),
        Some(b't') => Ok(Json::Bool(true)),
        Some(b'f') => Ok(Json::Bool(false)),
        _ => Ok(Json::Number(text.to_owned())),
    }
}

fn object(pairs: Pairs<'_>, whole: &str, depth: usize) -> Result<Json, Refusal> {
    let mut seen: HashMap<&str, &str> = HashMap::with_capacity(pairs.0.len());
    let mut read = Vec::with_capacity(pairs.0.len());
    for (key, value) in &pairs.0 {
        match seen.insert(key, value.get()) {
            None => read.push((key.clone(), tree(value, whole, depth - 1)?)),
            Some(first) if first == value.get() => {}
            Some(_) => {
                let key = excerpt(key);
                return Err(Refusal::new(format!("报文中“{key}”重复出现且值不同")));
            }
        }
    }
    Ok(Json::Object(read))
}

struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(body: &[u8]) -> String {
        Json::parse(body).unwrap_err().message().to_owned()
    }

    #[test]
    fn numbers_keep_their_digits() {
        let json = Json::parse(br#"{"a":0.10,"b":1E+2,"c":123456789012345678.90}"#).unwrap();
        assert_eq!(json.get("a"), Some(&Json::Number("0.10".into())));
        assert_eq!(
            json.get("c").and_then(Json::as_text),
            Some("123456789012345678.90")
        );
        assert_eq!(
            json.to_string(),
            r#"{"a":0.10,"b":1E+2,"c":123456789012345678.90}"#
        );
    }

    #[test]
    fn broken_bodies_are_refused_with_their_place() {
        assert_eq!(refusal(b""), "报文为空");
        assert_eq!(
            refusal(b"{\n \"a\": }"),
            "报文不是有效的JSON：第2行第7列附近有误"
        );
        assert_eq!(refusal(b"{} x"), "报文不是有效的JSON：第1行第4列附近有误");
        assert_eq!(
            refusal(b"{\"a\":\n\"\xff\"}"),
            "报文不是有效的UTF-8编码：第2行第2列"
        );
        assert_eq!(
            refusal(br#"{"a": "\ud800"}"#),
            "报文不是有效的JSON：第1行第7列附近有误"
        );
        assert_eq!(refusal(br#"{"a":1,"a":2}"#), "报文中“a”重复出现且值不同");
        assert!(refusal("[".repeat(100_000).as_bytes()).contains("JSON"));
        let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
        assert_eq!(refusal(deep.as_bytes()), "报文嵌套过深：第1行第17列");
    }

    #[test]
    fn marks_repetitions_and_cases_are_tolerated() {
        let json = Json::parse(b"\xef\xbb\xbf{\"a\":1,\"a\":1,\"Bee\":\" \"}").unwrap();
        assert_eq!(json.to_string(), r#"{"a":1,"Bee":" "}"#);
        assert_eq!(json.get("bee").map(Json::is_absent), Some(true));
        assert!(same_name("expContent", "exp_content") && same_name("vali_flag", "Vali_Flag"));
        assert!(!same_name("psn_no", "psn_nos") && !same_name("", "a"));
    }

    proptest::proptest! {
        /// Reads exactly what the reference parser reads, apart from the deliberate differences.
        #[test]
        fn agrees_with_the_reference_parser(
            text in r#"([\[\]{}:, ]|"[ab]"|1|-2\.50|e1|null|true|\\u00e9)*"#,
        ) {
            let ours = Json::parse(text.as_bytes());
            match serde_json::from_str::<serde_json::Value>(&text) {
                Ok(value) => match ours {
                    Ok(json) => {
                        let again: serde_json::Value =
                            serde_json::from_str(&json.to_string()).unwrap();
                        proptest::prop_assert_eq!(again, value);
                    }
                    Err(refusal) => proptest::prop_assert!(refusal.message().contains("重复")),
                },
                Err(_) => proptest::prop_assert!(ours.is_err()),
            }
        }

        /// Any text and any number are written as they were read.
        #[test]
        fn values_survive_a_round_trip(
            (key, text) in (".*", ".*"),
            number in proptest::num::f64::NORMAL,
        ) {
            let value = serde_json::json!({ key.clone(): [text, number, {}] }).to_string();
            let json = Json::parse(value.as_bytes()).unwrap();
            proptest::prop_assert_eq!(json.to_string(), value);
        }
    }
}
