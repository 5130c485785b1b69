use policy::{DateBasis, Level, Source};
use terms::{Date, Scheme};

use super::Kind;
use crate::fault::{FaultKind, Faults};
use crate::yaml::{Fields, Node, Page};

/// A topic file: its heading and the bodies of its versions, not yet read.
pub(crate) struct TopicFile {
    pub path: String,
    pub level: Level,
    pub scheme: Option<Scheme>,
    /// Relative to the scheme, such as `inpatient/deductible`.
    pub key: String,
    pub title: String,
    pub kind: Kind,
    pub open: bool,
    pub selects_by: Option<DateBasis>,
    pub note: Option<String>,
    pub versions: Vec<RawVersion>,
}

/// One version of a topic as written.
pub(crate) struct RawVersion {
    pub from: Date,
    pub abolished: bool,
    pub body: Node,
    pub source: Source,
    pub checked: Date,
    pub assumed: Option<String>,
}

const BASES: [(&str, DateBasis); 4] = [
    ("service", DateBasis::Service),
    ("admission", DateBasis::Admission),
    ("discharge", DateBasis::Discharge),
    ("settlement", DateBasis::Settlement),
];

/// Fields of every version; the rest is the body of its kind.
pub(crate) const VERSION_FIELDS: [&str; 4] = ["source", "checked", "assumed", "abolished"];

/// Reads a topic's heading and versions.
pub(crate) fn read_topic(
    path: &str,
    (level, scheme, key): (Level, Option<Scheme>, &str),
    root: &Node,
    faults: &Faults,
) -> Option<TopicFile> {
    let page = Page { file: path, faults };
    let fields = Fields::of(&page, root)?;
    let title = fields.need("title").and_then(|node| page.text(node));
    let kind = fields.need("kind").and_then(|node| {
        page.choice(node, "规则种类", &Kind::WORDS)
            .map(|kind| (node, kind))
    });
    let unit = fields.maybe("unit");
    if let Some((node, kind)) = kind {
        check_unit(&page, root, unit, kind);
        check_key(&page, node, kind, key);
    }
    let open = fields
        .maybe("open")
        .and_then(|node| page.flag(node))
        .unwrap_or(false);
    let selects_by = fields
        .maybe("selects_by")
        .and_then(|node| page.choice(node, "适用日期", &BASES));
    let note = fields
        .maybe("note")
        .and_then(|node| page.text(node))
        .map(str::to_owned);
    let versions = fields.need("values").map(|node| read_versions(&page, node));
    fields.finish();
    Some(TopicFile {
        path: path.to_owned(),
        level,
        scheme,
        key: key.to_owned(),
        title: title?.to_owned(),
        kind: kind?.1,
        open,
        selects_by,
        note,
        versions: versions?,
    })
}

fn check_unit(page: &Page<'_>, root: &Node, unit: Option<&Node>, kind: Kind) {
    match (kind.unit(), unit) {
        (Some(wanted), None) => {
            let message = format!("{}应写明 unit: {wanted}", kind.zh());
            page.fault(root, FaultKind::MissingField, message);
        }
        (Some(wanted), Some(node)) => {
            page.choice(node, &format!("{}的单位", kind.zh()), &[(wanted, ())]);
        }
        (None, Some(node)) => {
            page.fault(
                node,
                FaultKind::UnknownKey,
                format!("{}没有单位", kind.zh()),
            );
        }
        (None, None) => {}
    }
}

fn check_key(page: &Page<'_>, node: &Node, kind: Kind, key: &str) {
    let fixed_kind = Kind::WORDS
        .iter()
        .find(|(_, other)| other.fixed_key() == Some(key));
    let wanted = kind.fixed_key();
    if wanted.is_some_and(|wanted| wanted != key) {
        let message = format!("{}只能写在 {}.yaml", kind.zh(), wanted.unwrap_or_default());
        page.fault(node, FaultKind::Misplaced, message);
    } else if let Some((word, fixed)) = fixed_kind
        && *fixed != kind
    {
        let message = format!("{key}.yaml 的种类应为 {word}");
        page.fault(node, FaultKind::WrongType, message);
    }
}

fn read_versions(page: &Page<'_>, node: &Node) -> Vec<RawVersion> {
    let Some(entries) = page.entries(node) else {
        return Vec::new();
    };
    if entries.is_empty() {
        page.fault(node, FaultKind::MissingField, "至少要有一个生效日期");
    }
    let mut versions: Vec<RawVersion> = Vec::new();
    let mut last: Option<Date> = None;
    for (key, body) in entries {
        let Ok(from) = key.parse::<Date>() else {
            let message = format!("“{key}”不是生效日期，应写作 2024-01-01");
            page.fault(body, FaultKind::WrongType, message);
            continue;
        };
        if last.is_some_and(|last| from <= last) {
            page.fault(
                body,
                FaultKind::DateOrder,
                format!("{from} 应排在前一个生效日期之后"),
            );
        }
        last = Some(from);
        versions.extend(read_version(page, from, body));
    }
    versions
}

fn read_version(page: &Page<'_>, from: Date, body: &Node) -> Option<RawVersion> {
    let fields = Fields::of(page, body)?;
    let source = fields.maybe("source");
    if source.is_none() {
        page.fault(body, FaultKind::NoSource, "缺少出处 source");
    }
    let source = source.and_then(|node| read_source(page, node));
    let checked = fields.maybe("checked");
    if checked.is_none() {
        page.fault(body, FaultKind::NoSource, "缺少核对日期 checked");
    }
    let checked = checked.and_then(|node| page.date(node));
    let assumed = fields
        .maybe("assumed")
        .and_then(|node| page.text(node))
        .map(str::to_owned);
    let abolished = fields
        .maybe("abolished")
        .and_then(|node| page.flag(node))
        .unwrap_or(false);
    if abolished {
        fields.finish();
    }
    Some(RawVersion {
        from,
        abolished,
        body: body.clone(),
        source: source?,
        checked: checked?,
        assumed,
    })
}

pub(super) fn read_source(page: &Page<'_>, node: &Node) -> Option<Source> {
    let fields = Fields::of(page, node)?;
    let document = fields.maybe("document");
    if document.is_none() {
        page.fault(node, FaultKind::NoSource, "出处缺少文件名称 document");
    }
    let document = document.and_then(|node| page.text(node)).map(str::to_owned);
    let article = fields
        .maybe("article")
        .and_then(|node| page.text(node))
        .map(str::to_owned);
    fields.finish();
    Some(Source {
        document: document?,
        article,
    })
}
