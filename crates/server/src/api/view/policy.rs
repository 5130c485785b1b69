//! The law of an area as the policy browser shows it.

use lawbook::{Kind, TopicView, VersionView, explain, tree};
use terms::{AreaCode, Date, Scheme};

use super::super::policy::{
    PolicyArea, PolicyEdition, PolicyEntry, PolicyHistory, PolicyTable, PolicyTopic, PolicyVersion,
};
use super::super::trace::Source;

/// Every area with law, in order of code, to be looked at on `on`.
pub fn areas(book: &::policy::PolicyBook, on: Date) -> Vec<PolicyArea> {
    let area = |area: &::policy::AreaPolicy| PolicyArea {
        code: area.code.to_string(),
        name: area.name.clone(),
        province_name: None,
        edition: book.edition.to_string(),
        on: on.to_string(),
    };
    book.areas.values().map(area).collect()
}

/// The law of an area on a day, by scheme and kind of rule; `None` where there is no such area.
pub fn edition(
    book: &::policy::PolicyBook,
    area: AreaCode,
    scheme: Option<Scheme>,
    on: Date,
) -> Option<PolicyEdition> {
    let known = book.areas.get(&area)?;
    let wanted = known
        .schemes
        .keys()
        .filter(|known| scheme.is_none_or(|one| one == **known));
    let topics = wanted.flat_map(|scheme| topics(&tree(book, area, *scheme, on), *scheme));
    Some(PolicyEdition {
        area: area.to_string(),
        area_name: known.name.clone(),
        on: on.to_string(),
        edition: book.edition.to_string(),
        topics: topics.collect(),
    })
}

/// The versions of one rule, newest first; `None` where the area has no such rule.
pub fn history(
    book: &::policy::PolicyBook,
    area: AreaCode,
    key: &str,
    on: Date,
) -> Option<PolicyHistory> {
    let view = explain(book, area, key, on)?;
    Some(PolicyHistory {
        key: view.key.clone(),
        title: view.title.clone(),
        in_force_from: view.current().map(|version| version.effective.to_string()),
        versions: view.history.iter().rev().map(version).collect(),
    })
}

/// The rules in force of one scheme, grouped by the room of care their key begins with.
fn topics(views: &[TopicView], scheme: Scheme) -> Vec<PolicyTopic> {
    let mut found: Vec<(Kind, PolicyTopic)> = Vec::new();
    for view in views {
        let Some(current) = view.current() else {
            continue;
        };
        let entry = PolicyEntry {
            key: view.key.clone(),
            title: view.title.clone(),
            version: version(current),
            versions: u32::try_from(view.history.len()).unwrap_or(u32::MAX),
        };
        match found.iter_mut().find(|(kind, _)| *kind == view.kind) {
            Some((_, topic)) => topic.entries.push(entry),
            None => found.push((view.kind, topic(view.kind, scheme, entry))),
        }
    }
    found.sort_by_key(|(kind, _)| reading_order(*kind));
    found.into_iter().map(|(_, topic)| topic).collect()
}

fn topic(kind: Kind, scheme: Scheme, first: PolicyEntry) -> PolicyTopic {
    PolicyTopic {
        code: format!("{}-{kind:?}", scheme.word()).to_lowercase(),
        title: kind.zh().to_owned(),
        scheme: Some(scheme.word().to_owned()),
        scheme_name: Some(scheme.zh().to_owned()),
        entries: vec![first],
    }
}

/// What an official asks first: deductibles, ratios, limits; how it is computed comes later.
const fn reading_order(kind: Kind) -> u8 {
    match kind {
        Kind::Deductible => 0,
        Kind::Ratio => 1,
        Kind::Scale => 2,
        Kind::Amount => 3,
        Kind::Diseases => 4,
        Kind::Account => 5,
        Kind::Items => 6,
        Kind::Allowance => 7,
        Kind::Gates => 8,
        Kind::Overlay => 9,
        Kind::Waterfall => 10,
        Kind::Layer => 11,
        Kind::Settings => 12,
        Kind::Series => 13,
        Kind::Enrolment => 14,
        Kind::Contribution => 15,
        Kind::Waiting => 16,
        Kind::AccountCredit => 17,
        Kind::AccountInterest => 18,
        Kind::FamilySharing => 19,
        Kind::AccountExit => 20,
        Kind::Difficulty => 21,
        Kind::Watch => 22,
        Kind::Filing => 23,
        Kind::ProviderFunds => 24,
        Kind::Doubts => 25,
        Kind::Trace => 26,
    }
}

fn version(view: &VersionView) -> PolicyVersion {
    let table = view.value.as_ref().and_then(|value| value.table.as_ref());
    PolicyVersion {
        value_text: view.text().to_owned(),
        table: table.map(|grid| PolicyTable {
            columns: grid.columns.clone(),
            rows: grid.rows.clone(),
        }),
        effective_from: view.effective.to_string(),
        effective_to: view.until.map(|day| day.to_string()),
        level_name: view.level.clone(),
        source: Source {
            document: view.source.document.clone(),
            article: view.source.article.clone(),
        },
        checked: Some(view.checked.to_string()),
        assumed: view.assumed.is_some(),
        assumed_reason: view.assumed.clone(),
        note: None,
    }
}
