use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use policy::{DiseaseRules, Provenance, SchemePolicy, Topic, Version};
use terms::{Date, Scheme, Word};

use super::area::AreaFile;
use super::load::Shelf;
use super::merge::{Merged, merge};
use super::{Kind, Names, Use};
use crate::body::{self, Desk};
use crate::fault::{Fault, FaultKind, Faults};
use crate::yaml::{Fields, Page};

/// What building a scheme needs.
struct Builder<'a> {
    scheme: Scheme,
    merged: &'a [Merged<'a>],
    names: &'a Names<'a>,
    uses: RefCell<Vec<Use>>,
    faults: &'a Faults,
}

/// Builds the law of one scheme; also the disease codes and names its lists declare.
pub(crate) fn build_scheme(
    shelf: &Shelf,
    area: &AreaFile,
    words: &BTreeMap<Word, String>,
    scheme: Scheme,
    faults: &Faults,
) -> Option<(SchemePolicy, BTreeMap<Word, String>)> {
    let merged = merge(&shelf.topics, area.code, scheme, faults);
    let listed = listed_diseases(&merged);
    let mut known = words.clone();
    known.extend(listed.clone());
    let names = Names {
        topics: number(&merged),
        unlimited: unlimited(&merged),
        broken: &shelf.broken,
        words: &known,
        counties: &area.counties,
        whose: format!("{}{}", area.name, scheme.zh()),
    };
    let uses = RefCell::new(Vec::new());
    let builder = Builder {
        scheme,
        merged: &merged,
        names: &names,
        uses,
        faults,
    };
    let built = builder.build(&area.path);
    check_gaps_in_time(&builder);
    Some((built?, listed))
}

/// Positions of topics among their kind, in order of key.
fn number<'a>(merged: &[Merged<'a>]) -> BTreeMap<&'a str, (Kind, u32)> {
    let mut next: BTreeMap<Kind, u32> = BTreeMap::new();
    let mut topics = BTreeMap::new();
    for topic in merged {
        let position = next.entry(topic.kind).or_default();
        topics.insert(topic.key, (topic.kind, *position));
        *position += 1;
    }
    topics
}

/// Keys of amounts of which some version says `unlimited`.
fn unlimited<'a>(merged: &[Merged<'a>]) -> BTreeSet<&'a str> {
    let amounts = merged.iter().filter(|topic| topic.kind == Kind::Amount);
    let says_so = |topic: &&Merged<'_>| {
        let mut versions = topic.versions.iter();
        versions.any(|(_, version)| body::says_unlimited(&version.body))
    };
    amounts.filter(says_so).map(|topic| topic.key).collect()
}

/// Disease codes with names, so that conditions may use them.
fn listed_diseases(merged: &[Merged<'_>]) -> BTreeMap<Word, String> {
    let mut listed = BTreeMap::new();
    for topic in merged.iter().filter(|topic| topic.kind == Kind::Diseases) {
        for (_, version) in &topic.versions {
            listed.extend(body::listed_codes(&version.body));
        }
    }
    listed
}

impl Builder<'_> {
    fn build(&self, area_file: &str) -> Option<SchemePolicy> {
        let settings = self.single(Kind::Settings, area_file, body::read_settings);
        let items = self.single(Kind::Items, area_file, body::read_items);
        let waterfall = self.single(Kind::Waterfall, area_file, body::read_waterfall);
        let gates = self.every(Kind::Gates, body::read_gates);
        let overlays = self.every(Kind::Overlay, body::read_overlay);
        let amounts = self.every(Kind::Amount, body::read_amount);
        let ratios = self.every(Kind::Ratio, body::read_ratio);
        let scales = self.every(Kind::Scale, body::read_scale);
        let deductibles = self.every(Kind::Deductible, body::read_deductible);
        let layers = self.every(Kind::Layer, body::read_layer);
        let accounts = self.every(Kind::Account, body::read_account);
        let diseases: Vec<Topic<DiseaseRules>> = self.every(Kind::Diseases, body::read_diseases);
        let series = self.every(Kind::Series, body::read_series);
        let allowances = self.every(Kind::Allowance, body::read_allowance);
        let contributions = self.every(Kind::Contribution, body::read_contribution);
        body::check_cuts(&contributions, &self.names.whose, self.faults);
        let waitings = self.every(Kind::Waiting, body::read_waiting);
        let enrolments = self.every(Kind::Enrolment, body::read_enrolment);
        let credits = self.every(Kind::AccountCredit, body::read_credit);
        let interests = self.every(Kind::AccountInterest, body::read_interest);
        let sharings = self.every(Kind::FamilySharing, body::read_sharing);
        let exits = self.every(Kind::AccountExit, body::read_exit);
        let difficulties = self.every(Kind::Difficulty, body::read_difficulty);
        let watches = self.every(Kind::Watch, body::read_watch);
        let provider_funds = self.every(Kind::ProviderFunds, body::read_provider_funds);
        let filings = self.every(Kind::Filing, body::read_filing);
        let doubts = self.every(Kind::Doubts, body::read_doubts);
        let traces = self.every(Kind::Trace, body::read_trace);
        Some(SchemePolicy {
            scheme: self.scheme,
            settings: settings?,
            gates,
            items: items?,
            waterfall: waterfall?,
            overlays,
            amounts,
            ratios,
            scales,
            deductibles,
            layers,
            accounts,
            diseases,
            series,
            allowances,
            contributions,
            waitings,
            enrolments,
            credits,
            interests,
            sharings,
            exits,
            difficulties,
            watches,
            provider_funds,
            filings,
            doubts,
            traces,
        })
    }

    fn single<T>(
        &self,
        kind: Kind,
        area_file: &str,
        read: impl Fn(&Desk<'_>, &Fields<'_>) -> Option<T>,
    ) -> Option<Topic<T>> {
        let mut topics = self.every(kind, read);
        let key = kind.fixed_key().unwrap_or_default();
        if !self.names.topics.contains_key(key) && !self.names.broken.contains(key) {
            let message = format!("{}缺少必备的{}（{key}.yaml）", self.names.whose, kind.zh());
            self.faults
                .add_heading(area_file, "schemes", FaultKind::MissingTopic, message);
        }
        topics.pop()
    }

    fn every<T>(
        &self,
        kind: Kind,
        read: impl Fn(&Desk<'_>, &Fields<'_>) -> Option<T>,
    ) -> Vec<Topic<T>> {
        let of_kind = self.merged.iter().filter(|topic| topic.kind == kind);
        of_kind.map(|topic| self.topic(topic, &read)).collect()
    }

    fn topic<T>(
        &self,
        merged: &Merged<'_>,
        read: &impl Fn(&Desk<'_>, &Fields<'_>) -> Option<T>,
    ) -> Topic<T> {
        let key = Word::new(&format!("{}/{}", self.scheme.word(), merged.key));
        let mut versions = Vec::new();
        for (file, raw) in &merged.versions {
            let provenance = Provenance {
                key: key.clone(),
                title: merged.title.to_owned(),
                level: file.level,
                effective: raw.from,
                source: raw.source.clone(),
                checked: raw.checked,
                assumed: raw.assumed.clone(),
                place: format!("{}:{}", file.path, raw.body.line),
            };
            let desk = Desk {
                page: Page {
                    file: &file.path,
                    faults: self.faults,
                },
                names: self.names,
                uses: &self.uses,
                from: raw.from,
                key: merged.key,
                scheme: self.scheme,
            };
            let value = if raw.abolished {
                None
            } else {
                body::read_body(&desk, &raw.body, read)
            };
            versions.push(Version {
                from: raw.from,
                value,
                provenance: Arc::new(provenance),
            });
        }
        Topic {
            key,
            title: merged.title.to_owned(),
            selects_by: merged.selects_by,
            versions,
        }
    }
}

/// A rule must not begin before the rules it refers to.
fn check_gaps_in_time(builder: &Builder<'_>) {
    let first: BTreeMap<&str, Date> = builder
        .merged
        .iter()
        .filter_map(|topic| {
            topic
                .versions
                .first()
                .map(|(_, version)| (topic.key, version.from))
        })
        .collect();
    for one in builder.uses.borrow().iter() {
        let Some(begin) = first
            .get(one.target.as_str())
            .filter(|begin| **begin > one.from)
        else {
            continue;
        };
        builder.faults.add(Fault {
            file: one.file.clone(),
            line: one.line,
            key: one.path.clone(),
            kind: FaultKind::Gap,
            message: format!(
                "本项自{}生效，而引用的“{}”自{begin}才有值（{}）",
                one.from, one.target, builder.names.whose
            ),
        });
    }
}
