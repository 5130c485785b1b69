//! Reads a node into a type that knows serde, so that every fault names its place.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::{Deserializer, forward_to_deserialize_any};

use crate::fault::FaultKind;
use crate::yaml::{Data, Node, Page};

/// The value of a node; otherwise a fault at the innermost place that could not be read.
pub(super) fn typed<T: DeserializeOwned>(page: &Page<'_>, node: &Node) -> Option<T> {
    match T::deserialize(Reader(node)) {
        Ok(value) => Some(value),
        Err(wrong) => {
            let place = wrong.place.as_ref().unwrap_or(node);
            page.fault(place, wrong.kind, wrong.message);
            None
        }
    }
}

/// What is wrong, and the node it was found at.
#[derive(Debug)]
struct Wrong {
    kind: FaultKind,
    message: String,
    place: Option<Node>,
}

impl Wrong {
    fn new(kind: FaultKind, message: String) -> Self {
        Self {
            kind,
            message,
            place: None,
        }
    }

    /// Keeps the innermost place.
    fn at(mut self, node: &Node) -> Self {
        self.place.get_or_insert_with(|| node.clone());
        self
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(FaultKind::OutOfUnit, message.to_string())
    }

    fn invalid_type(found: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        let message = match found {
            de::Unexpected::Signed(_) | de::Unexpected::Unsigned(_) => {
                "这里不是不加引号的整数；金额、比例和倍数要加引号，例如 \"500.00\""
            }
            de::Unexpected::Str(_) => "这里不是文字；个数要写不加引号的整数",
            de::Unexpected::Map => "这里不是字段组",
            de::Unexpected::Seq => "这里不是列表",
            de::Unexpected::Unit | de::Unexpected::Option => "这里不能是空值",
            _ => "类型不对",
        };
        Self::new(FaultKind::WrongType, message.to_owned())
    }

    fn invalid_value(found: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        let shown = match found {
            de::Unexpected::Signed(number) => number.to_string(),
            de::Unexpected::Unsigned(number) => number.to_string(),
            de::Unexpected::Str(text) => text.to_owned(),
            _ => "此值".to_owned(),
        };
        Self::new(FaultKind::OutOfUnit, format!("“{shown}”不在允许的范围内"))
    }

    fn invalid_length(found: usize, _: &dyn de::Expected) -> Self {
        Self::new(
            FaultKind::WrongType,
            format!("列表的项数不对，现为{found}项"),
        )
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        let message = format!("不认识“{word}”，可用：{}", known.join("、"));
        Self::new(FaultKind::UnknownWord, message)
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        let message = format!("不认识“{name}”，此处可用：{}", known.join("、"));
        Self::new(FaultKind::UnknownKey, message)
    }

    fn missing_field(name: &'static str) -> Self {
        Self::new(FaultKind::MissingField, format!("缺少“{name}”"))
    }
}

#[derive(Clone, Copy)]
struct Reader<'de>(&'de Node);

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let value = match &self.0.data {
            Data::Null => visitor.visit_unit(),
            Data::Flag(flag) => visitor.visit_bool(*flag),
            Data::Whole(number) => match u64::try_from(*number) {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_i64(*number),
            },
            Data::Float => Err(Wrong::new(
                FaultKind::Unquoted,
                "数字要加引号，例如 \"500.00\"".to_owned(),
            )),
            Data::Text(text) => visitor.visit_str(text),
            Data::List(items) => visitor.visit_seq(Items(items.iter())),
            Data::Map(entries) => visitor.visit_map(Entries {
                left: entries.iter(),
                value: None,
            }),
        };
        value.map_err(|wrong| wrong.at(self.0))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0.data {
            Data::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    /// A word alone, or the one key of a map with what stands below it.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let value = match &self.0.data {
            Data::Text(word) => visitor.visit_enum(Choice {
                word,
                below: None,
                at: self.0,
            }),
            Data::Map(entries) if entries.len() == 1 => visitor.visit_enum(Choice {
                word: &entries[0].0,
                below: Some(&entries[0].1),
                at: &entries[0].1,
            }),
            _ => Err(Wrong::new(
                FaultKind::WrongType,
                format!("应写以下之一：{}", words.join("、")),
            )),
        };
        value.map_err(|wrong| wrong.at(self.0))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Items<'de>(std::slice::Iter<'de, Node>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        let next = self.0.next();
        next.map(|node| seed.deserialize(Reader(node))).transpose()
    }
}

struct Entries<'de> {
    left: std::slice::Iter<'de, (String, Node)>,
    value: Option<&'de Node>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Wrong> {
        let Some((key, node)) = self.left.next() else {
            return Ok(None);
        };
        self.value = Some(node);
        let key: StrDeserializer<'_, Wrong> = key.as_str().into_deserializer();
        let read = seed.deserialize(key);
        read.map(Some).map_err(|wrong| wrong.at(node))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let node = self.value.take().expect("a key comes before its value");
        let read = seed.deserialize(Reader(node));
        read.map_err(|wrong| wrong.at(node))
    }
}

struct Choice<'de> {
    word: &'de str,
    below: Option<&'de Node>,
    at: &'de Node,
}

impl<'de> EnumAccess<'de> for Choice<'de> {
    type Error = Wrong;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Wrong> {
        let word: StrDeserializer<'_, Wrong> = self.word.into_deserializer();
        let read = seed.deserialize(word);
        let value = read.map_err(|wrong| wrong.at(self.at))?;
        Ok((value, self))
    }
}

impl<'de> Choice<'de> {
    fn below(&self) -> Result<Reader<'de>, Wrong> {
        let missing = || {
            let message = format!("“{}”下面缺少参数", self.word);
            Wrong::new(FaultKind::MissingField, message).at(self.at)
        };
        self.below.map(Reader).ok_or_else(missing)
    }
}

impl<'de> VariantAccess<'de> for Choice<'de> {
    type Error = Wrong;

    fn unit_variant(self) -> Result<(), Wrong> {
        match self.below {
            None => Ok(()),
            Some(node) => {
                let message = format!("“{}”没有参数", self.word);
                Err(Wrong::new(FaultKind::WrongType, message).at(node))
            }
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Wrong> {
        seed.deserialize(self.below()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Wrong> {
        self.below()?.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.below()?.deserialize_any(visitor)
    }
}
