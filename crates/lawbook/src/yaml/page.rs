use money::{DecimalError, Fen, Ratio};
use terms::{AreaCode, Date, Vocabulary, Word};

use super::{Data, Node};
use crate::fault::{Fault, FaultKind, Faults};

/// A file being read: turns nodes into values and notes faults with their place.
pub(crate) struct Page<'a> {
    /// File relative to the policy folder.
    pub file: &'a str,
    /// Where faults go.
    pub faults: &'a Faults,
}

/// Bounds of a percentage in whole percent, both included.
type Span = (i64, i64);

/// No rule speaks of more than a trillion yuan or of more than a thousandfold.
const LARGEST_AMOUNT: Fen = Fen::yuan(1_000_000_000_000);
const LARGEST_MULTIPLE: i64 = 1000;

impl Page<'_> {
    /// Notes a fault at a node.
    pub fn fault(&self, node: &Node, kind: FaultKind, message: impl Into<String>) {
        self.faults.add(Fault {
            file: self.file.to_owned(),
            line: node.line,
            key: node.path.clone(),
            kind,
            message: message.into(),
        });
    }

    /// Notes that a node is of the wrong type.
    pub fn wrong_type(&self, node: &Node, wanted: &str) {
        let message = format!("应为{wanted}，现为{}", node.data.zh());
        self.fault(node, FaultKind::WrongType, message);
    }

    /// Text; numbers must be quoted.
    pub fn text<'n>(&self, node: &'n Node) -> Option<&'n str> {
        match &node.data {
            Data::Text(text) if text.trim().is_empty() => {
                self.fault(node, FaultKind::MissingField, "不能是空文字");
                None
            }
            Data::Text(text) => Some(text),
            Data::Whole(_) | Data::Float => {
                self.fault(node, FaultKind::Unquoted, "数字要加引号，例如 \"500.00\"");
                None
            }
            _ => {
                self.wrong_type(node, "文字");
                None
            }
        }
    }

    /// A word of an open vocabulary.
    pub fn word(&self, node: &Node) -> Option<Word> {
        self.text(node).map(Word::new)
    }

    /// A whole number, unquoted.
    pub fn whole(&self, node: &Node) -> Option<i64> {
        if let Data::Whole(number) = node.data {
            return Some(number);
        }
        self.wrong_type(node, "不加引号的整数");
        None
    }

    /// A whole number that fits into 32 bits.
    pub fn count(&self, node: &Node) -> Option<i32> {
        let number = self.whole(node)?;
        let fits = i32::try_from(number).ok();
        if fits.is_none() {
            self.fault(node, FaultKind::OutOfUnit, "数字过大");
        }
        fits
    }

    /// `true` or `false`.
    pub fn flag(&self, node: &Node) -> Option<bool> {
        if let Data::Flag(flag) = node.data {
            return Some(flag);
        }
        self.wrong_type(node, "true 或 false");
        None
    }

    /// A date.
    pub fn date(&self, node: &Node) -> Option<Date> {
        let text = self.text(node)?;
        let date = text.parse().ok();
        if date.is_none() {
            let message = format!("“{text}”不是日期，应写作 2024-01-01");
            self.fault(node, FaultKind::WrongType, message);
        }
        date
    }

    /// An area code.
    pub fn area(&self, node: &Node) -> Option<AreaCode> {
        let text = self.text(node)?;
        text.parse()
            .map_err(|error: terms::CodeError| {
                self.fault(node, FaultKind::WrongType, error.to_string());
            })
            .ok()
    }

    /// The nodes of a list.
    pub fn list<'n>(&self, node: &'n Node) -> Option<&'n [Node]> {
        if let Data::List(items) = &node.data {
            return Some(items);
        }
        self.wrong_type(node, "列表");
        None
    }

    /// The entries of a map whose keys are data.
    pub fn entries<'n>(&self, node: &'n Node) -> Option<&'n [(String, Node)]> {
        if let Data::Map(entries) = &node.data {
            return Some(entries);
        }
        self.wrong_type(node, "字段组");
        None
    }

    /// One node, or the nodes of a list.
    pub fn one_or_more<'n>(&self, node: &'n Node) -> &'n [Node] {
        match &node.data {
            Data::List(items) => {
                if items.is_empty() {
                    self.fault(node, FaultKind::MissingField, "列表不能为空");
                }
                items
            }
            _ => std::slice::from_ref(node),
        }
    }

    /// Reads every node of a list; `None` if any of them is faulty.
    pub fn each<T>(&self, node: &Node, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
        let values: Vec<Option<T>> = self.list(node)?.iter().map(read).collect();
        values.into_iter().collect()
    }

    /// A word of a closed vocabulary.
    pub fn term<V: Vocabulary>(&self, node: &Node) -> Option<V> {
        let text = self.text(node)?;
        let found = text.parse().ok();
        if found.is_none() {
            let known: Vec<&str> = V::ALL.iter().map(|value| value.word()).collect();
            self.unknown_word(node, V::TITLE, text, &known);
        }
        found
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, node: &Node, title: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(node)?;
        let found = words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.unknown_word(node, title, text, &known);
        }
        found
    }

    fn unknown_word(&self, node: &Node, title: &str, text: &str, known: &[&str]) {
        let message = format!("{title}中没有“{text}”，可用：{}", known.join("、"));
        self.fault(node, FaultKind::UnknownWord, message);
    }

    /// An amount in yuan, not negative.
    pub fn yuan(&self, node: &Node) -> Option<Fen> {
        let text = self.text(node)?;
        let fen = self.decimal(node, text, "金额", Fen::from_yuan_text(text))?;
        if fen.is_negative() {
            self.fault(node, FaultKind::OutOfUnit, format!("金额“{text}”不能为负"));
            return None;
        }
        if fen > LARGEST_AMOUNT {
            let message = format!("金额“{text}”过大，最多{LARGEST_AMOUNT}元；不设限写 unlimited");
            self.fault(node, FaultKind::OutOfUnit, message);
            return None;
        }
        Some(fen)
    }

    /// A percentage within bounds; a trailing `%` is allowed.
    pub fn percent(&self, node: &Node, (low, high): Span) -> Option<Ratio> {
        let text = self.text(node)?;
        let number = text.strip_suffix('%').unwrap_or(text);
        let ratio = self.decimal(node, text, "百分数", Ratio::from_percent_text(number))?;
        if ratio < Ratio::new(low, 100) || ratio > Ratio::new(high, 100) {
            let message = format!("“{text}”不在{low}%至{high}%之间");
            self.fault(node, FaultKind::OutOfUnit, message);
            return None;
        }
        Some(ratio)
    }

    /// A share: 0–100 percent.
    pub fn share(&self, node: &Node) -> Option<Ratio> {
        self.percent(node, (0, 100))
    }

    /// A multiple: `"3"` is threefold, `"5%"` a twentieth, `"1/12"` a twelfth.
    pub fn multiple(&self, node: &Node) -> Option<Ratio> {
        let text = self.text(node)?;
        let ratio = match text.split_once('/') {
            Some((num, den)) => fraction(num, den).ok_or(DecimalError::NotANumber),
            None => match text.strip_suffix('%') {
                Some(percent) => Ratio::from_percent_text(percent),
                None => Ratio::from_factor_text(text),
            },
        };
        let ratio = self.decimal(node, text, "倍数", ratio)?;
        if ratio <= Ratio::ZERO || ratio > Ratio::new(LARGEST_MULTIPLE, 1) {
            let message = format!("倍数“{text}”应大于零，不超过{LARGEST_MULTIPLE}");
            self.fault(node, FaultKind::OutOfUnit, message);
            return None;
        }
        Some(ratio)
    }

    /// The value of a decimal, or a fault that says what is wrong with it.
    pub fn decimal<T>(
        &self,
        node: &Node,
        text: &str,
        what: &str,
        parsed: Result<T, DecimalError>,
    ) -> Option<T> {
        parsed
            .map_err(|error| {
                self.fault(
                    node,
                    FaultKind::OutOfUnit,
                    format!("{what}“{text}”：{error}"),
                );
            })
            .ok()
    }
}

fn fraction(num: &str, den: &str) -> Option<Ratio> {
    let num: i64 = num.trim().parse().ok()?;
    let den: i64 = den.trim().parse().ok()?;
    (den > 0).then(|| Ratio::new(num, den))
}
