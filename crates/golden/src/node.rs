use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::Fault;

/// A node of a case file with its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Line of the key, from 1.
    pub line: usize,
    /// Column of the key, from 0.
    pub column: usize,
    /// Keys from the root of the file.
    pub path: String,
    pub data: Data,
}

/// What a node holds; unquoted numbers stay apart from text.
#[derive(Debug, Clone)]
pub(crate) enum Data {
    Null,
    Flag(bool),
    Whole(i64),
    /// An unquoted number with a point or exponent; never an amount.
    Decimal,
    Text(String),
    List(Vec<Node>),
    /// Keys in file order.
    Map(Vec<(String, Node)>),
}

/// Parses one YAML document.
pub(crate) fn parse(file: &str, text: &str) -> Result<Node, Fault> {
    let fault = |line, message: String| Fault {
        file: file.to_owned(),
        line,
        key: String::new(),
        message,
    };
    let documents = MarkedYaml::load_from_str(text).map_err(|error| {
        let message = format!("不是合法的YAML（{}）", error.info());
        fault(error.marker().line(), message)
    })?;
    match documents.as_slice() {
        [document] => Ok(convert(document, String::new())),
        _ => Err(fault(1, "一个文件应恰有一个YAML文档".to_owned())),
    }
}

fn convert(yaml: &MarkedYaml<'_>, path: String) -> Node {
    let data = match &yaml.data {
        YamlData::Value(scalar) => convert_scalar(scalar),
        YamlData::Sequence(items) => {
            let convert_item = |(position, item)| convert(item, format!("{path}[{position}]"));
            Data::List(items.iter().enumerate().map(convert_item).collect())
        }
        YamlData::Mapping(map) => {
            let entries = map.iter().map(|(key, value)| {
                let name = key_text(key);
                let below = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                let mut node = convert(value, below);
                // A fault about a field points at its key, not at the first line below it.
                (node.line, node.column) = (key.span.start.line(), key.span.start.col());
                (name, node)
            });
            Data::Map(entries.collect())
        }
        YamlData::Tagged(_, inner) => return convert(inner, path),
        YamlData::Representation(text, ..) => Data::Text(text.to_string()),
        YamlData::Alias(_) | YamlData::BadValue => Data::Null,
    };
    let (line, column) = (yaml.span.start.line(), yaml.span.start.col());
    Node {
        line,
        column,
        path,
        data,
    }
}

fn convert_scalar(scalar: &Scalar<'_>) -> Data {
    match scalar {
        Scalar::Null => Data::Null,
        Scalar::Boolean(flag) => Data::Flag(*flag),
        Scalar::Integer(number) => Data::Whole(*number),
        Scalar::FloatingPoint(_) => Data::Decimal,
        Scalar::String(text) => Data::Text(text.to_string()),
    }
}

fn key_text(key: &MarkedYaml<'_>) -> String {
    match &key.data {
        YamlData::Value(Scalar::String(text)) => text.to_string(),
        YamlData::Value(Scalar::Integer(number)) => number.to_string(),
        YamlData::Value(Scalar::Boolean(flag)) => flag.to_string(),
        _ => "?".to_owned(),
    }
}

impl Node {
    /// A field of a map.
    pub fn entry(&self, name: &str) -> Option<&Self> {
        let Data::Map(entries) = &self.data else {
            return None;
        };
        entries
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, node)| node)
    }

    /// Whether a map has the field.
    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// This node with the fields of another laid over it; lists and values are replaced whole.
    pub fn overlaid(&self, over: &Self) -> Self {
        let (Data::Map(below), Data::Map(above)) = (&self.data, &over.data) else {
            return over.clone();
        };
        let mut entries = below.clone();
        for (name, node) in above {
            match entries.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => *known = known.overlaid(node),
                None => entries.push((name.clone(), node.clone())),
            }
        }
        Self {
            data: Data::Map(entries),
            ..self.clone()
        }
    }
}
