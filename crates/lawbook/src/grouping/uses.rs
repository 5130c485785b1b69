//! `schemes.yaml` beside the schemes: which area uses which when, and how lists are checked.

use std::fs;
use std::path::Path;

use grouping::quality::{Check, Gravity, QualityRules};
use grouping::{SchemeKind, SchemeUse, Schemes};

use crate::fault::{Fault, FaultKind, Faults};
use crate::yaml::{Fields, Node, Page, parse};

const FILE: &str = "schemes.yaml";

/// Reads the file into schemes that are already known; without one nothing is in use.
pub(super) fn read(root: &Path, schemes: &mut Schemes) -> Result<(), Vec<Fault>> {
    let path = root.join(FILE);
    if !path.is_file() {
        return Ok(());
    }
    let faults = Faults::default();
    match fs::read_to_string(&path) {
        Ok(text) => match parse(FILE, &text) {
            Ok(node) => read_root(&node, schemes, &faults),
            Err(fault) => faults.add(fault),
        },
        Err(cause) => faults.add(Fault {
            file: FILE.to_owned(),
            line: 0,
            key: String::new(),
            kind: FaultKind::Unreadable,
            message: cause.to_string(),
        }),
    }
    let faults = faults.sorted();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

fn read_root(root: &Node, schemes: &mut Schemes, faults: &Faults) {
    let page = &Page { file: FILE, faults };
    let Some(fields) = Fields::of(page, root) else {
        return;
    };
    fields.maybe("note");
    let uses = fields.need("uses");
    let uses = uses.and_then(|node| page.each(node, |one| read_use(page, schemes, one)));
    let quality = fields
        .maybe("quality")
        .and_then(|node| read_quality(page, node));
    fields.finish();
    let uses = uses.unwrap_or_default();
    refuse_overlaps(page, root, &uses);
    schemes.uses = uses;
    schemes.quality = quality.unwrap_or_default();
}

fn read_use(page: &Page<'_>, schemes: &Schemes, node: &Node) -> Option<SchemeUse> {
    let words = SchemeKind::ALL.map(|kind| (kind.word(), kind));
    let fields = Fields::of(page, node)?;
    let area = fields.need("area").and_then(|node| page.area(node));
    let kind = fields
        .need("kind")
        .and_then(|node| page.choice(node, "分组种类", &words));
    let name = fields.need("scheme");
    let scheme = name.and_then(|node| page.text(node));
    let from = fields.need("from").and_then(|node| page.date(node));
    let to = fields.maybe("to").map(|node| page.date(node));
    for told in ["source", "note"] {
        fields.maybe(told);
    }
    if fields.maybe("source").is_none() {
        page.fault(node, FaultKind::NoSource, "缺少出处 source");
    }
    fields.finish();
    let (kind, scheme) = (kind?, scheme?);
    let known = match kind {
        SchemeKind::Drg => schemes.drg.contains_key(scheme),
        SchemeKind::Dip => schemes.dip.contains_key(scheme),
    };
    if let Some(node) = name.filter(|_| !known) {
        let message = format!("没有{}方案“{scheme}”", kind.zh());
        page.fault(node, FaultKind::Dangling, message);
    }
    Some(SchemeUse {
        area: area?,
        kind,
        scheme: scheme.to_owned(),
        from: from?,
        to: match to {
            Some(read) => Some(read?),
            None => None,
        },
    })
}

/// One day has one scheme of a kind.
fn refuse_overlaps(page: &Page<'_>, root: &Node, uses: &[SchemeUse]) {
    for (at, one) in uses.iter().enumerate() {
        let meets = |other: &&SchemeUse| {
            other.area == one.area
                && other.kind == one.kind
                && other.to.is_none_or(|to| one.from <= to)
                && one.to.is_none_or(|to| other.from <= to)
        };
        if let Some(other) = uses[..at].iter().find(meets) {
            let kind = one.kind.zh();
            let (area, first, second) = (one.area, &other.scheme, &one.scheme);
            let message = format!("{area}的{kind}方案“{first}”与“{second}”的日期重叠");
            page.fault(root, FaultKind::Overlap, message);
        }
    }
}

fn read_quality(page: &Page<'_>, node: &Node) -> Option<QualityRules> {
    const WORDS: [(&str, Gravity); 2] = [("error", Gravity::Error), ("warning", Gravity::Warning)];
    let fields = Fields::of(page, node)?;
    let version = fields.need("version").and_then(|node| page.text(node));
    let count = |name| fields.maybe(name).and_then(|node| page.count(node));
    let most_procedures = count("most_procedures").and_then(|most| usize::try_from(most).ok());
    let weight = |name| count(name).and_then(|grams| u32::try_from(grams).ok());
    let plausible_weight = weight("least_weight_g").zip(weight("most_weight_g"));
    let mut rules = QualityRules {
        version: version.unwrap_or_default().to_owned(),
        most_procedures,
        plausible_weight,
        ..QualityRules::default()
    };
    let checks = fields.need("checks").and_then(|node| page.entries(node));
    for (word, node) in checks.unwrap_or_default() {
        let Some(check) = Check::of(word) else {
            let message = format!("没有质控项目“{word}”");
            page.fault(node, FaultKind::UnknownWord, message);
            continue;
        };
        if let Some(gravity) = page.choice(node, "错误等级", &WORDS) {
            rules.gravity.insert(check, gravity);
        }
    }
    fields.finish();
    Some(rules)
}
