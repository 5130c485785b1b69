use std::collections::BTreeMap;

use policy::PolicyBook;
use serde::Serialize;
use terms::{AreaCode, Date};

use crate::view::{TopicView, VersionView, tree_with_keys};

/// One difference between two policy folders (政策差异).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The area.
    pub area: AreaCode,
    /// The area's 中文 name.
    pub area_name: String,
    /// The full key.
    pub key: String,
    /// The 中文 title.
    pub title: String,
    /// Effective date of the version that differs.
    pub effective: Date,
    /// What happened to it.
    pub kind: ChangeKind,
    /// The value before, if the version was there.
    pub before: Option<String>,
    /// The value after, if the version is there.
    pub after: Option<String>,
}

/// What happened to a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// 新增.
    Added,
    /// 删除.
    Removed,
    /// 取值改变.
    Changed,
    /// 取值不变，出处、核对日期或推定理由改变.
    Resourced,
}

impl ChangeKind {
    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Added => "新增",
            Self::Removed => "删除",
            Self::Changed => "改动",
            Self::Resourced => "出处改动",
        }
    }
}

/// A version of a rule of an area: area, key, effective date.
type Address = (AreaCode, String, Date);

/// Every version that differs between two books, in order of area, key and date.
pub fn diff(before: &PolicyBook, after: &PolicyBook) -> Vec<Change> {
    let (old, new) = (versions_of(before), versions_of(after));
    let mut addresses: Vec<&Address> = old.keys().chain(new.keys()).collect();
    addresses.sort();
    addresses.dedup();
    addresses
        .into_iter()
        .filter_map(|address| compare(address, old.get(address), new.get(address)))
        .collect()
}

type Found = (TopicView, VersionView);

fn versions_of(book: &PolicyBook) -> BTreeMap<Address, Found> {
    let mut found = BTreeMap::new();
    for (code, area) in &book.areas {
        for scheme in area.schemes.keys() {
            for topic in tree_with_keys(book, *code, *scheme) {
                for version in &topic.history {
                    let address = (*code, topic.key.clone(), version.effective);
                    found.insert(address, (topic.clone(), version.clone()));
                }
            }
        }
    }
    found
}

fn compare(address: &Address, old: Option<&Found>, new: Option<&Found>) -> Option<Change> {
    let (topic, _) = new.or(old)?;
    let kind = match (old, new) {
        (None, _) => ChangeKind::Added,
        (_, None) => ChangeKind::Removed,
        (Some((_, a)), Some((_, b))) if a.text() != b.text() => ChangeKind::Changed,
        (Some((was, a)), Some((is, b))) => {
            let same = a.source == b.source
                && a.checked == b.checked
                && a.assumed == b.assumed
                && was.title == is.title
                && was.selects_by == is.selects_by;
            if same {
                return None;
            }
            ChangeKind::Resourced
        }
    };
    let text = |found: Option<&Found>| found.map(|(_, version)| version.text().to_owned());
    Some(Change {
        area: address.0,
        area_name: topic.area_name.clone(),
        key: address.1.clone(),
        title: topic.title.clone(),
        effective: address.2,
        kind,
        before: text(old),
        after: text(new),
    })
}
