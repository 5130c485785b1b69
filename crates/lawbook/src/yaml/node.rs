use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::fault::{Fault, FaultKind};

/// A node of a YAML file with its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Line from 1.
    pub line: usize,
    /// Keys from the root of the file.
    pub path: String,
    /// What it holds.
    pub data: Data,
}

/// What a node holds; unquoted numbers stay apart from text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Data {
    Null,
    Flag(bool),
    Whole(i64),
    /// An unquoted number with a point or exponent; never a value of policy.
    Float,
    Text(String),
    List(Vec<Node>),
    /// Keys in file order, each with the line it stands on.
    Map(Vec<(String, Node)>),
}

/// Equality of content; places do not count.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.data == other.data
    }
}

impl Eq for Node {}

impl Data {
    /// What the node is, in 中文, for messages.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Null => "空值",
            Self::Flag(_) => "真假值",
            Self::Whole(_) | Self::Float => "未加引号的数字",
            Self::Text(_) => "文字",
            Self::List(_) => "列表",
            Self::Map(_) => "字段组",
        }
    }
}

/// Parses one YAML document.
pub(crate) fn parse(file: &str, text: &str) -> Result<Node, Fault> {
    let fault = |line, message: String| Fault {
        file: file.to_owned(),
        line,
        key: String::new(),
        kind: FaultKind::Syntax,
        message,
    };
    let documents = MarkedYaml::load_from_str(text)
        .map_err(|error| fault(error.marker().line(), describe(error.info())))?;
    match documents.as_slice() {
        [document] => Ok(convert(document, String::new())),
        [] => Err(fault(1, "文件是空的".to_owned())),
        [_, second, ..] => Err(fault(
            second.span.start.line(),
            "一个文件只能有一个YAML文档".to_owned(),
        )),
    }
}

fn describe(info: &str) -> String {
    if info.contains("duplicate") {
        return format!("同一处的键重复出现（{info}）");
    }
    format!("不是合法的YAML（{info}）")
}

fn convert(yaml: &MarkedYaml<'_>, path: String) -> Node {
    let line = yaml.span.start.line();
    let data = match &yaml.data {
        YamlData::Value(scalar) => convert_scalar(scalar),
        YamlData::Sequence(items) => Data::List(
            items
                .iter()
                .enumerate()
                .map(|(position, item)| convert(item, format!("{path}[{position}]")))
                .collect(),
        ),
        YamlData::Mapping(map) => Data::Map(
            map.iter()
                .map(|(key, value)| {
                    let name = key_text(key);
                    let below = if path.is_empty() {
                        name.clone()
                    } else {
                        format!("{path}.{name}")
                    };
                    let mut node = convert(value, below);
                    // A fault about a field points at its key, not at the first line below it.
                    node.line = key.span.start.line();
                    (name, node)
                })
                .collect(),
        ),
        YamlData::Tagged(_, inner) => return convert(inner, path),
        YamlData::Representation(text, ..) => Data::Text(text.to_string()),
        YamlData::Alias(_) | YamlData::BadValue => Data::Null,
    };
    Node { line, path, data }
}

fn convert_scalar(scalar: &Scalar<'_>) -> Data {
    match scalar {
        Scalar::Null => Data::Null,
        Scalar::Boolean(flag) => Data::Flag(*flag),
        Scalar::Integer(number) => Data::Whole(*number),
        Scalar::FloatingPoint(_) => Data::Float,
        Scalar::String(text) => Data::Text(text.to_string()),
    }
}

fn key_text(key: &MarkedYaml<'_>) -> String {
    match &key.data {
        YamlData::Value(Scalar::String(text)) => text.to_string(),
        YamlData::Value(Scalar::Integer(number)) => number.to_string(),
        YamlData::Value(Scalar::Boolean(flag)) => flag.to_string(),
        YamlData::Value(Scalar::FloatingPoint(number)) => number.to_string(),
        YamlData::Value(Scalar::Null) => "null".to_owned(),
        _ => "?".to_owned(),
    }
}
