use std::cell::RefCell;

use money::{DecimalError, Fen, Ratio};
use terms::{AreaCode, Date, Vocabulary, Word};

use crate::fault::{Fault, Faults};
use crate::node::{Data, Node};

/// Where faults go, and of which file.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'d> {
    pub file: &'d str,
    pub faults: &'d Faults,
}

impl Desk<'_> {
    pub fn fault(&self, node: &Node, message: impl Into<String>) {
        self.faults.add(Fault {
            file: self.file.to_owned(),
            line: node.line,
            key: node.path.clone(),
            message: message.into(),
        });
    }

    /// Text; numbers must be quoted.
    pub fn text<'n>(&self, node: &'n Node) -> Option<&'n str> {
        match &node.data {
            Data::Text(text) => return Some(text),
            Data::Whole(_) | Data::Decimal => {
                self.fault(node, "数字要加引号，例如 \"500.00\"");
            }
            _ => self.fault(node, "应为文字"),
        }
        None
    }

    pub fn word(&self, node: &Node) -> Option<Word> {
        self.text(node).map(Word::new)
    }

    pub fn whole(&self, node: &Node) -> Option<i64> {
        if let Data::Whole(number) = node.data {
            return Some(number);
        }
        self.fault(node, "应为不加引号的整数");
        None
    }

    pub fn count(&self, node: &Node) -> Option<i32> {
        i32::try_from(self.whole(node)?).ok()
    }

    pub fn flag(&self, node: &Node) -> Option<bool> {
        if let Data::Flag(flag) = node.data {
            return Some(flag);
        }
        self.fault(node, "应为 true 或 false");
        None
    }

    pub fn date(&self, node: &Node) -> Option<Date> {
        let text = self.text(node)?;
        let date = text.parse().ok();
        if date.is_none() {
            self.fault(node, format!("“{text}”不是日期"));
        }
        date
    }

    pub fn area(&self, node: &Node) -> Option<AreaCode> {
        let text = self.text(node)?;
        let area = text.parse().ok();
        if area.is_none() {
            self.fault(node, format!("“{text}”不是六位行政区划代码"));
        }
        area
    }

    pub fn term<V: Vocabulary>(&self, node: &Node) -> Option<V> {
        let text = self.text(node)?;
        let found = text.parse().ok();
        if found.is_none() {
            let known: Vec<&str> = V::ALL.iter().map(|value| value.word()).collect();
            let message = format!("{}中没有“{text}”，可用：{}", V::TITLE, known.join("、"));
            self.fault(node, message);
        }
        found
    }

    /// A decimal of some unit: yuan, price, quantity.
    pub fn decimal<T>(
        &self,
        node: &Node,
        read: impl Fn(&str) -> Result<T, DecimalError>,
    ) -> Option<T> {
        let text = self.text(node)?;
        let value = read(text);
        if let Err(error) = &value {
            self.fault(node, format!("“{text}”：{error}"));
        }
        value.ok()
    }

    pub fn yuan(&self, node: &Node) -> Option<Fen> {
        self.decimal(node, Fen::from_yuan_text)
    }

    pub fn percent(&self, node: &Node) -> Option<Ratio> {
        self.decimal(node, |text| {
            Ratio::from_percent_text(text.strip_suffix('%').unwrap_or(text))
        })
    }

    pub fn list<'n>(&self, node: &'n Node) -> &'n [Node] {
        if let Data::List(items) = &node.data {
            return items;
        }
        self.fault(node, "应为列表");
        &[]
    }

    pub fn words(&self, node: &Node) -> Vec<Word> {
        let words = self.list(node).iter();
        words.filter_map(|word| self.word(word)).collect()
    }

    pub fn entries<'n>(&self, node: &'n Node) -> &'n [(String, Node)] {
        if let Data::Map(entries) = &node.data {
            return entries;
        }
        self.fault(node, "应为字段组");
        &[]
    }

    /// The fields of a map; an absent map has none.
    pub fn fields<'n>(&'n self, node: Option<&'n Node>) -> Fields<'n> {
        let entries = node.map_or(&[][..], |node| self.entries(node));
        Fields {
            desk: self,
            node,
            entries,
            asked: RefCell::default(),
        }
    }
}

/// The fields of a map while they are read; what nobody asked for is an unknown key.
pub(crate) struct Fields<'n> {
    desk: &'n Desk<'n>,
    node: Option<&'n Node>,
    entries: &'n [(String, Node)],
    asked: RefCell<Vec<&'static str>>,
}

impl<'n> Fields<'n> {
    pub fn maybe(&self, name: &'static str) -> Option<&'n Node> {
        self.asked.borrow_mut().push(name);
        let found = self.entries.iter().find(|(key, _)| key == name);
        found.map(|(_, node)| node)
    }

    pub fn need(&self, name: &'static str) -> Option<&'n Node> {
        let found = self.maybe(name);
        if let (None, Some(node)) = (found, self.node) {
            self.desk.fault(node, format!("缺少“{name}”"));
        }
        found
    }

    /// A word of a closed vocabulary, or its default.
    pub fn term<V: Vocabulary>(&self, name: &'static str, default: V) -> V {
        let node = self.maybe(name);
        node.and_then(|node| self.desk.term(node))
            .unwrap_or(default)
    }

    pub fn word(&self, name: &'static str) -> Option<Word> {
        self.maybe(name).and_then(|node| self.desk.word(node))
    }

    pub fn words(&self, name: &'static str) -> Vec<Word> {
        self.maybe(name)
            .map(|node| self.desk.words(node))
            .unwrap_or_default()
    }

    pub fn yuan(&self, name: &'static str) -> Option<Fen> {
        self.maybe(name).and_then(|node| self.desk.yuan(node))
    }

    pub fn date(&self, name: &'static str) -> Option<Date> {
        self.maybe(name).and_then(|node| self.desk.date(node))
    }

    pub fn flag(&self, name: &'static str) -> bool {
        self.maybe(name)
            .and_then(|node| self.desk.flag(node))
            .unwrap_or(false)
    }

    /// Reports every field that nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for (key, node) in self.entries {
            if !asked.contains(&key.as_str()) {
                let known = asked.join("、");
                self.desk
                    .fault(node, format!("不认识“{key}”，此处可用：{known}"));
            }
        }
    }
}
