use std::cell::RefCell;

use policy::{AmountTopic, Ref};
use terms::{AreaCode, Date, Scheme, Word};

use crate::fault::FaultKind;
use crate::law::{Kind, Names, Use, VERSION_FIELDS};
use crate::yaml::{Fields, Node, Page};

/// What the reader of a body has before it: the page, and what the page may name.
pub(crate) struct Desk<'a> {
    pub page: Page<'a>,
    pub names: &'a Names<'a>,
    pub uses: &'a RefCell<Vec<Use>>,
    /// First day of the version being read.
    pub from: Date,
    /// Key of the topic, relative to the scheme.
    pub key: &'a str,
    pub scheme: Scheme,
}

/// Reads the body of one version; everything that is neither its provenance nor asked for by the
/// reader of its kind is an unknown key.
pub(crate) fn read_body<T>(
    desk: &Desk<'_>,
    body: &Node,
    read: &impl Fn(&Desk<'_>, &Fields<'_>) -> Option<T>,
) -> Option<T> {
    let fields = Fields::of(&desk.page, body)?;
    for name in VERSION_FIELDS {
        fields.maybe(name);
    }
    let value = read(desk, &fields);
    fields.finish();
    value
}

impl Desk<'_> {
    /// A reference to a topic of a kind.
    pub fn reference<T>(&self, node: &Node, wanted: Kind) -> Option<Ref<T>> {
        let (kind, position) = self.find(node)?;
        if kind != wanted {
            let message = format!(
                "这里要引用{}，而“{}”是{}",
                wanted.zh(),
                self.text_of(node),
                kind.zh()
            );
            self.page.fault(node, FaultKind::WrongReference, message);
            return None;
        }
        Some(Ref::new(position))
    }

    /// A reference to an amount that must be a sum of money in every situation.
    pub fn amount(&self, node: &Node) -> Option<Ref<AmountTopic>> {
        let reference = self.reference(node, Kind::Amount)?;
        let key = self.text_of(node);
        if self.names.unlimited.contains(key) {
            let message = format!("“{key}”含有“不设限”，只有封顶线、限价和限额可以引用");
            self.page.fault(node, FaultKind::OutOfUnit, message);
            return None;
        }
        Some(reference)
    }

    /// Like [`Desk::amount`], in a field that may be absent.
    pub fn maybe_amount(&self, node: Option<&Node>) -> Option<Option<Ref<AmountTopic>>> {
        node.map_or(Some(None), |node| self.amount(node).map(Some))
    }

    /// The kind and position of the topic that a node names.
    pub fn find(&self, node: &Node) -> Option<(Kind, u32)> {
        let key = self.page.text(node)?;
        let Some(found) = self.names.topics.get(key) else {
            if !self.names.broken.contains(key) {
                let message = format!("{}没有“{key}”", self.names.whose);
                self.page.fault(node, FaultKind::Dangling, message);
            }
            return None;
        };
        self.uses.borrow_mut().push(Use {
            target: key.to_owned(),
            from: self.from,
            file: self.page.file.to_owned(),
            line: node.line,
            path: node.path.clone(),
        });
        Some(*found)
    }

    /// A reference in a field that may be absent: `None` inside when it is absent.
    pub fn maybe_reference<T>(&self, node: Option<&Node>, wanted: Kind) -> Option<Option<Ref<T>>> {
        match node {
            None => Some(None),
            Some(node) => self.reference(node, wanted).map(Some),
        }
    }

    /// A word that must be declared.
    pub fn known_word(&self, node: &Node, what: &str) -> Option<Word> {
        let text = self.page.text(node)?;
        if !self.names.words.contains_key(text) {
            let message = format!("{what}“{text}”没有在 words 中声明");
            self.page.fault(node, FaultKind::UnknownWord, message);
            return None;
        }
        Some(Word::new(text))
    }

    /// A lane: `main`, or a declared word.
    pub fn lane(&self, node: &Node) -> Option<Word> {
        match self.page.text(node)? {
            "main" => Some(Word::new("main")),
            _ => self.known_word(node, "费用通道"),
        }
    }

    /// A county of the area.
    pub fn county(&self, node: &Node) -> Option<AreaCode> {
        let code = self.page.area(node)?;
        if !self.names.counties.contains_key(&code) {
            let message = format!("“{code}”不在 area.yaml 的 counties 中");
            self.page.fault(node, FaultKind::UnknownWord, message);
            return None;
        }
        Some(code)
    }

    fn text_of<'n>(&self, node: &'n Node) -> &'n str {
        self.page.text(node).unwrap_or_default()
    }
}
