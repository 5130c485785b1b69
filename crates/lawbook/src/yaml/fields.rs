use std::cell::RefCell;

use super::{Data, Node, Page};
use crate::fault::FaultKind;

/// The fields of a map while they are read; what nobody asked for is an unknown key.
pub(crate) struct Fields<'n> {
    page: &'n Page<'n>,
    node: &'n Node,
    entries: &'n [(String, Node)],
    asked: RefCell<Vec<&'static str>>,
}

impl<'n> Fields<'n> {
    /// The fields of a node, if it is a map; otherwise a fault.
    pub fn of(page: &'n Page<'n>, node: &'n Node) -> Option<Self> {
        let Data::Map(entries) = &node.data else {
            page.wrong_type(node, "字段组");
            return None;
        };
        let asked = RefCell::new(Vec::new());
        Some(Self {
            page,
            node,
            entries,
            asked,
        })
    }

    /// A field that may be absent.
    pub fn maybe(&self, name: &'static str) -> Option<&'n Node> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&name) {
            asked.push(name);
        }
        drop(asked);
        self.entries
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, node)| node)
    }

    /// A field that must be there.
    pub fn need(&self, name: &'static str) -> Option<&'n Node> {
        let found = self.maybe(name);
        if found.is_none() {
            let message = format!("缺少“{name}”");
            self.page.fault(self.node, FaultKind::MissingField, message);
        }
        found
    }

    /// Exactly one of several fields.
    pub fn one_of(&self, names: &[&'static str]) -> Option<(&'static str, &'n Node)> {
        let found: Vec<_> = names
            .iter()
            .filter_map(|name| self.maybe(name).map(|node| (*name, node)))
            .collect();
        if let [only] = found.as_slice() {
            return Some(*only);
        }
        let wanted = names.join("、");
        let message = if found.is_empty() {
            format!("应写明以下之一：{wanted}")
        } else {
            format!("只能写以下之一：{wanted}")
        };
        let kind = if found.is_empty() {
            FaultKind::MissingField
        } else {
            FaultKind::WrongType
        };
        self.page.fault(self.node, kind, message);
        None
    }

    /// Reports every field that nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for (key, node) in self.entries {
            if !asked.contains(&key.as_str()) {
                let known = asked.join("、");
                let message = format!("不认识“{key}”，此处可用：{known}");
                self.page.fault(node, FaultKind::UnknownKey, message);
            }
        }
    }
}
