use payment::{
    Arrangement, Basis, CaseYearBasis, Method, MethodVersion, Monthly, ParameterState, Pool,
    Refusal, Scope,
};
use terms::{AreaCode, Date, Scheme};

use super::typed::typed;
use crate::fault::{FaultKind, Faults};
use crate::yaml::{Data, Fields, Node, Page};

const STATES: [(&str, ParameterState); 4] = [
    ("draft", ParameterState::Draft),
    ("consulted", ParameterState::Consulted),
    ("approved", ParameterState::Approved),
    ("retired", ParameterState::Retired),
];

/// Reads a file of payment data: a heading, and the versions of its years.
pub(super) fn read_arrangement(
    path: &str,
    (area, key): (AreaCode, &str),
    root: &Node,
    faults: &Faults,
) -> Option<Arrangement> {
    let page = Page { file: path, faults };
    let fields = Fields::of(&page, root)?;
    let title = fields.need("title").and_then(|node| page.text(node));
    let scheme = fields
        .need("scheme")
        .and_then(|node| page.term::<Scheme>(node));
    let scope = match fields.maybe("scope") {
        Some(node) => typed::<Scope>(&page, node),
        None => Some(Scope::default()),
    };
    fields.maybe("note").and_then(|node| page.text(node));
    let versions = fields.need("versions").and_then(|node| page.list(node));
    fields.finish();
    let (scheme, listed) = (scheme?, versions?);
    if listed.is_empty() {
        page.fault(root, FaultKind::MissingField, "versions 至少要有一版");
    }
    let read = listed.iter();
    let read = read.map(|node| read_version(&page, (area, scheme), node));
    let read: Vec<Option<(MethodVersion, Basis)>> = read.collect();
    let read: Option<Vec<(MethodVersion, Basis)>> = read.into_iter().collect();
    let (versions, bases): (Vec<_>, Vec<_>) = read?.into_iter().unzip();
    check_numbers(&page, root, &versions);
    Some(Arrangement {
        key: key.to_owned(),
        title: title?.to_owned(),
        area,
        scheme,
        scope: scope?,
        versions,
        bases,
    })
}

fn read_version(
    page: &Page<'_>,
    (area, scheme): (AreaCode, Scheme),
    node: &Node,
) -> Option<(MethodVersion, Basis)> {
    let fields = Fields::of(page, node)?;
    let year = fields.need("year").and_then(|node| page.count(node));
    let number = fields.need("version").and_then(|node| page.count(node));
    let effective = fields.need("effective").and_then(|node| page.date(node));
    let state = fields
        .need("state")
        .and_then(|node| page.choice(node, "参数状态", &STATES));
    let method = fields
        .need("method")
        .and_then(|node| typed::<Method>(page, node));
    let monthly = fields.maybe("monthly");
    let monthly = monthly.map(|node| typed::<Monthly>(page, node));
    let pool = fields.maybe("pool").map(|node| typed::<Pool>(page, node));
    let case_year = match fields.maybe("case_year") {
        Some(node) => typed::<CaseYearBasis>(page, node),
        None => Some(CaseYearBasis::default()),
    };
    let basis = read_basis(page, &fields, node);
    fields.finish();
    let version = MethodVersion {
        area,
        scheme,
        year: in_range(page, node, "year", year?)?,
        version: in_range(page, node, "version", number?)?,
        effective: effective?,
        state: state?,
        method: method?,
        monthly: all_or_nothing(monthly)?,
        pool: all_or_nothing(pool)?,
        case_year: case_year?,
    };
    check_year(page, node, &version);
    if let Err(refusal) = version.check() {
        let (place, message) = place_of(node, &refusal);
        page.fault(place, FaultKind::OutOfUnit, message);
    }
    Some((version, basis?))
}

/// A part that is absent, or read; nothing when it is there and faulty.
fn all_or_nothing<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

fn in_range<T: TryFrom<i32>>(page: &Page<'_>, node: &Node, name: &str, value: i32) -> Option<T> {
    let fits = T::try_from(value).ok();
    if fits.is_none() {
        let message = format!("{name}“{value}”不在允许的范围内");
        page.fault(node, FaultKind::OutOfUnit, message);
    }
    fits
}

fn check_year(page: &Page<'_>, node: &Node, version: &MethodVersion) {
    if version.effective.year() != version.year {
        let (day, year) = (version.effective, version.year);
        let message = format!("effective {day} 不在 year {year} 之内");
        page.fault(node, FaultKind::DateOrder, message);
    }
}

fn check_numbers(page: &Page<'_>, root: &Node, versions: &[MethodVersion]) {
    let numbers = versions.iter().map(|one| (one.year, one.version));
    let numbers: Vec<_> = numbers.collect();
    for pair in numbers.windows(2).filter(|pair| pair[0] >= pair[1]) {
        let (year, version) = pair[1];
        let message = format!("{year}年第{version}版应排在前一版之后，且年度和版次不重复");
        page.fault(root, FaultKind::DateOrder, message);
    }
}

fn read_basis(page: &Page<'_>, fields: &Fields<'_>, node: &Node) -> Option<Basis> {
    let source = fields.maybe("source");
    if source.is_none() {
        page.fault(node, FaultKind::NoSource, "缺少出处 source");
    }
    let source = source.and_then(|node| Fields::of(page, node).map(|fields| (node, fields)));
    let source = source.and_then(|(node, fields)| {
        let document = fields.maybe("document");
        if document.is_none() {
            page.fault(node, FaultKind::NoSource, "出处缺少文件名称 document");
        }
        let text = |node| page.text(node).map(str::to_owned);
        let read = (
            document.and_then(text),
            fields.maybe("article").and_then(text),
        );
        fields.finish();
        Some((read.0?, read.1))
    });
    let checked = fields.maybe("checked");
    if checked.is_none() {
        page.fault(node, FaultKind::NoSource, "缺少核对日期 checked");
    }
    let checked: Option<Date> = checked.and_then(|node| page.date(node));
    let assumed = fields.maybe("assumed").and_then(|node| page.text(node));
    let (document, article) = source?;
    Some(Basis {
        document,
        article,
        checked: checked?,
        assumed: assumed.map(str::to_owned),
        place: format!("{}:{}", page.file, node.line),
    })
}

/// The place of the parameter that a refusal names, as deep as its name can be followed.
fn place_of<'n>(version: &'n Node, refusal: &Refusal) -> (&'n Node, String) {
    let message = refusal.to_string();
    let Refusal::BadParameter { name, .. } = refusal else {
        return (version, message);
    };
    let mut place = version;
    for part in name.split(['.', '/']) {
        place = find(place, part).unwrap_or(place);
    }
    (place, message)
}

fn find<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    match &node.data {
        Data::Map(entries) => {
            let own = entries.iter().find(|(key, _)| key == name);
            let below = || entries.iter().find_map(|(_, node)| find(node, name));
            own.map(|(_, node)| node).or_else(below)
        }
        Data::List(items) => items.iter().find_map(|node| find(node, name)),
        _ => None,
    }
}
