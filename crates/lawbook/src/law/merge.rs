use std::collections::BTreeMap;

use policy::{DateBasis, Level};
use terms::{AreaCode, Scheme};

use super::Kind;
use super::topic::{RawVersion, TopicFile};
use crate::fault::{Fault, FaultKind, Faults};

/// A topic of one scheme of one area after the levels were laid over one another.
pub(crate) struct Merged<'a> {
    pub key: &'a str,
    pub title: &'a str,
    pub kind: Kind,
    pub selects_by: DateBasis,
    /// In order of effective date, each with its file.
    pub versions: Vec<(&'a TopicFile, &'a RawVersion)>,
}

/// Lays national, province and area files over one another, topic by topic.
pub(crate) fn merge<'a>(
    topics: &'a [TopicFile],
    area: AreaCode,
    scheme: Scheme,
    faults: &Faults,
) -> Vec<Merged<'a>> {
    let mut by_key: BTreeMap<&str, Vec<&TopicFile>> = BTreeMap::new();
    for topic in topics {
        let here = match topic.level {
            Level::National => true,
            Level::Province(code) => code == area.province(),
            Level::Area(code) => code == area,
        };
        if here && topic.scheme.is_none_or(|only| only == scheme) {
            by_key.entry(&topic.key).or_default().push(topic);
        }
    }
    by_key
        .into_values()
        .filter_map(|files| merge_topic(files, faults))
        .collect()
}

fn merge_topic<'a>(mut files: Vec<&'a TopicFile>, faults: &Faults) -> Option<Merged<'a>> {
    files.sort_by_key(|file| rank(file.level));
    let local = *files.last()?;
    let mut versions: Vec<(&TopicFile, &RawVersion)> = Vec::new();
    let mut above: Option<&TopicFile> = None;
    for level in files.chunk_by(|a, b| rank(a.level) == rank(b.level)) {
        for file in level {
            check_kind(file, local, faults);
            if let Some(above) = above
                && !above.open
            {
                let message = format!("{} 未注明 open: true，下级不得覆盖", above.path);
                faults.add_heading(&file.path, "values", FaultKind::Closed, message);
            }
        }
        let mut own: Vec<_> = level
            .iter()
            .flat_map(|file| file.versions.iter().map(|one| (*file, one)))
            .collect();
        own.sort_by_key(|(_, version)| version.from);
        check_same_date(&own, faults);
        if let Some((_, first)) = own.first() {
            versions.retain(|(_, upper)| upper.from < first.from);
        }
        versions.extend(own);
        above = level
            .iter()
            .find(|file| !file.open)
            .or(level.last())
            .copied();
    }
    Some(Merged {
        key: &local.key,
        title: &local.title,
        kind: local.kind,
        selects_by: files
            .iter()
            .rev()
            .find_map(|file| file.selects_by)
            .unwrap_or_default(),
        versions,
    })
}

const fn rank(level: Level) -> u8 {
    match level {
        Level::National => 0,
        Level::Province(_) => 1,
        Level::Area(_) => 2,
    }
}

fn check_kind(file: &TopicFile, local: &TopicFile, faults: &Faults) {
    if file.kind != local.kind {
        let (mine, theirs) = (local.kind.zh(), file.kind.zh());
        let message = format!("种类是{mine}，而 {} 是{theirs}", file.path);
        faults.add_heading(&local.path, "kind", FaultKind::WrongType, message);
    }
}

fn check_same_date(versions: &[(&TopicFile, &RawVersion)], faults: &Faults) {
    for pair in versions.windows(2) {
        let [(first, a), (second, b)] = pair else {
            continue;
        };
        if a.from == b.from && first.path != second.path {
            let place = format!("{}:{}", first.path, a.body.line);
            faults.add(Fault {
                file: second.path.clone(),
                line: b.body.line,
                key: b.body.path.clone(),
                kind: FaultKind::Overlap,
                message: format!("同一规定在 {} 有两处：另一处在 {place}", a.from),
            });
        }
    }
}
