use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::book::Book;
use crate::formula::Side;
use crate::place::{FindingKind, Findings, Place, some_of};
use crate::tables::{CodeRow, ListRow, MappingRow};

/// The number of a list within its book.
pub(crate) type ListId = u32;

/// Code lists as the tables give them, by full name; a code `@name` stands for another list.
#[derive(Debug, Default)]
pub(crate) struct ListSource {
    lists: BTreeMap<String, Vec<(String, Place)>>,
}

impl ListSource {
    /// Gathers rows; lists that contain themselves are fatal and come out without the loop.
    pub fn new(rows: &[ListRow], findings: &mut Findings) -> Self {
        let mut lists: BTreeMap<String, Vec<(String, Place)>> = BTreeMap::new();
        for row in rows {
            let list = lists.entry(row.full_name()).or_default();
            if row.code.is_empty() {
                let message = format!("列表“{}”的这一行没有编码", row.list);
                findings.fatal(&row.place, FindingKind::Empty, message);
                continue;
            }
            list.push((row.code.clone(), row.place.clone()));
        }
        let source = Self { lists };
        source.report_doubles(findings);
        let loops = source.report_cycles(findings);
        source.without(&loops)
    }

    /// The full name of a list that a rule of a scope means: its own one, else the common one.
    pub fn find(&self, scope: &str, name: &str) -> Option<&str> {
        let own = format!("{scope}/{name}");
        let found = self.lists.get_key_value(&own);
        let found = found.or_else(|| self.lists.get_key_value(name));
        found.map(|(full, _)| full.as_str())
    }

    /// Every list with the place of its first row.
    pub fn names(&self) -> impl Iterator<Item = (&str, Option<&Place>)> {
        let lists = self.lists.iter();
        lists.map(|(name, rows)| (name.as_str(), rows.first().map(|(_, place)| place)))
    }

    /// The codes of a list, those of included lists too.
    pub fn codes(&self, full: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut open = vec![full];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(name) = open.pop() {
            if !seen.insert(name) {
                continue;
            }
            for (code, _) in self.lists.get(name).into_iter().flatten() {
                match self.included(name, code) {
                    Some(Ok(other)) => open.push(other),
                    Some(Err(_)) => {}
                    None => found.push(code.as_str()),
                }
            }
        }
        found
    }

    /// For `@name`: the full name of that list, or the name when there is none.
    fn included<'s>(&'s self, from: &str, code: &'s str) -> Option<Result<&'s str, &'s str>> {
        let name = code.strip_prefix('@')?;
        let scope = from.rsplit_once('/').map_or("", |(scope, _)| scope);
        Some(self.find(scope, name).ok_or(name))
    }

    fn report_doubles(&self, findings: &mut Findings) {
        for (name, rows) in &self.lists {
            let mut seen = BTreeMap::new();
            let mut twice: Vec<(&str, &Place)> = Vec::new();
            for (code, place) in rows {
                if seen.insert(code.as_str(), place).is_some() {
                    twice.push((code, place));
                }
                if let Some(Err(missing)) = self.included(name, code) {
                    let message = format!("列表“{name}”引用的列表“{missing}”不存在");
                    findings.fatal(place, FindingKind::Dangling, message);
                }
            }
            if let Some((_, place)) = twice.first() {
                let codes = some_of(twice.iter().map(|(code, _)| *code));
                let message = format!("列表“{name}”里有编码写了不止一次：{codes}");
                findings.warn(place, FindingKind::Duplicate, message);
            }
        }
    }

    /// Lists that can be reached from themselves.
    fn report_cycles(&self, findings: &mut Findings) -> Vec<String> {
        let mut found = Vec::new();
        for name in self.lists.keys() {
            let mut open: Vec<&str> = self.inclusions(name).map(|(other, _)| other).collect();
            let mut seen = std::collections::BTreeSet::new();
            while let Some(other) = open.pop() {
                if other == name.as_str() {
                    let place = self.inclusions(name).map(|(_, place)| place).next();
                    if let Some(place) = place {
                        let message = format!("列表“{name}”经引用又回到自己");
                        findings.fatal(place, FindingKind::Cycle, message);
                    }
                    found.push(name.clone());
                    break;
                }
                if seen.insert(other) {
                    open.extend(self.inclusions(other).map(|(other, _)| other));
                }
            }
        }
        found
    }

    fn inclusions<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (&'s str, &'s Place)> {
        let rows = self.lists.get(name).into_iter().flatten();
        rows.filter_map(move |(code, place)| match self.included(name, code) {
            Some(Ok(other)) => Some((other, place)),
            _ => None,
        })
    }

    fn without(mut self, loops: &[String]) -> Self {
        for name in loops {
            if let Some(rows) = self.lists.get_mut(name) {
                rows.retain(|(code, _)| !code.starts_with('@'));
            }
        }
        self
    }
}

/// One side of a scheme while it is compiled: lists get numbers as rules ask for them.
#[derive(Debug)]
pub(crate) struct BookDraft {
    side: Side,
    /// Key, label, codes; prefixes end a key with `*`.
    pub(super) lists: IndexMap<String, DraftList>,
}

#[derive(Debug)]
pub(super) struct DraftList {
    pub label: String,
    pub codes: Vec<String>,
    pub by_prefix: bool,
}

impl BookDraft {
    /// An empty side.
    pub fn new(side: Side) -> Self {
        Self {
            side,
            lists: IndexMap::new(),
        }
    }

    /// The number of a list, made on first use.
    pub fn list(
        &mut self,
        key: &str,
        label: impl FnOnce() -> String,
        codes: impl FnOnce() -> Vec<String>,
        by_prefix: bool,
    ) -> ListId {
        let at = match self.lists.get_index_of(key) {
            Some(at) => at,
            None => {
                let list = DraftList {
                    label: label(),
                    codes: codes(),
                    by_prefix,
                };
                self.lists.insert_full(key.to_owned(), list).0
            }
        };
        u32::try_from(at).expect("a scheme holds fewer lists than 32 bits count")
    }

    /// The list that holds every code beginning so.
    pub fn prefix(&mut self, prefix: &str) -> ListId {
        let label = || format!("{prefix}开头的编码");
        self.list(
            &format!("{prefix}*"),
            label,
            || vec![prefix.to_owned()],
            true,
        )
    }

    /// Codes of a list that was asked for.
    pub fn codes(&self, list: ListId) -> &[String] {
        let found = self.lists.get_index(list as usize);
        found.map_or(&[], |(_, list)| &list.codes)
    }

    /// Every code of the lists whose codes are whole ones, some more than once.
    pub fn every_code(&self) -> impl Iterator<Item = &str> {
        let whole = self.lists.values().filter(|list| !list.by_prefix);
        whole.flat_map(|list| list.codes.iter().map(String::as_str))
    }

    /// Closes the side.
    pub fn finish(self, codes: &[CodeRow], mapping: &[MappingRow]) -> Book {
        Book::new(self.side, self.lists, codes, mapping)
    }
}
