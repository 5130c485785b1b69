//! Counters and accounts: the value shown is where the chain of recorded changes ends.

use std::collections::BTreeMap;

use super::page::File;
use super::{Difference, differ, same};

/// One recorded change: version, before, delta, after, settlement.
struct Link<'a> {
    version: i64,
    before: i64,
    delta: i64,
    after: i64,
    settlement_id: &'a str,
}

/// The codes under which a chain's faults are named.
struct Names {
    chain: &'static str,
    value: &'static str,
    settlement: &'static str,
}

pub(super) fn counters(file: &File) -> Result<(), Difference> {
    const NAMES: Names = Names {
        chain: "counter.chain",
        value: "counter.value",
        settlement: "counter.settlement",
    };
    let mut chains: BTreeMap<_, Vec<Link<'_>>> = BTreeMap::new();
    for row in &file.postings {
        chains.entry(row.key.clone()).or_default().push(Link {
            version: row.version,
            before: row.before,
            delta: row.delta,
            after: row.after,
            settlement_id: &row.settlement_id,
        });
    }
    let name = |key: &crate::CounterKey| {
        format!(
            "累计 {}/{}/{}/{}",
            key.scheme, key.counter, key.period, key.subject
        )
    };
    for counter in &file.counters {
        let links = chains.remove(&counter.key).unwrap_or_default();
        let place = name(&counter.key);
        follow(
            file,
            &NAMES,
            &place,
            &links,
            (counter.version, counter.value),
        )?;
    }
    match chains.into_iter().next() {
        Some((key, links)) => follow(file, &NAMES, &name(&key), &links, (0, 0)),
        None => Ok(()),
    }
}

pub(super) fn accounts(file: &File) -> Result<(), Difference> {
    const NAMES: Names = Names {
        chain: "account.chain",
        value: "account.balance",
        settlement: "account.settlement",
    };
    let mut chains: BTreeMap<_, Vec<Link<'_>>> = BTreeMap::new();
    for row in &file.movements {
        // A relative's bill is looked for among the relative's own settlements.
        let own = row.used_by == row.owner;
        chains.entry(row.kind.clone()).or_default().push(Link {
            version: row.version,
            before: row.before.get(),
            delta: row.delta.get(),
            after: row.after.get(),
            settlement_id: if own { &row.settlement_id } else { "" },
        });
    }
    for account in &file.accounts {
        let links = chains.remove(&account.kind).unwrap_or_default();
        let end = (account.version, account.balance.get());
        follow(file, &NAMES, &format!("账户 {}", account.kind), &links, end)?;
    }
    match chains.into_iter().next() {
        Some((kind, links)) => follow(file, &NAMES, &format!("账户 {kind}"), &links, (0, 0)),
        None => Ok(()),
    }
}

/// Follows a chain from nothing to the version and value shown.
fn follow(
    file: &File,
    names: &Names,
    place: &str,
    links: &[Link<'_>],
    (version, value): (i64, i64),
) -> Result<(), Difference> {
    let (mut at, mut sum) = (0, 0);
    for link in links {
        at += 1;
        same(names.chain, place, at, link.version)?;
        same(names.chain, place, sum, link.before)?;
        sum += link.delta;
        same(names.chain, place, sum, link.after)?;
        let known =
            link.settlement_id.is_empty() || file.settlements.contains_key(link.settlement_id);
        if !known {
            return Err(differ(
                names.settlement,
                place,
                link.settlement_id,
                "无此结算",
            ));
        }
    }
    same(names.value, place, sum, value)?;
    same(names.chain, place, at, version)
}
