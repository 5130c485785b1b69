use policy::{CodeDuty, TraceRule};
use terms::{InstitutionKind, ItemKind};

/// One line as far as scanning is concerned (扫码情况).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scan<'a> {
    /// The institution's number for the line.
    pub line: &'a str,
    /// The item's national code.
    pub item: &'a str,
    /// Drug, service or supply; unknown items are not asked for codes.
    pub kind: Option<ItemKind>,
    /// How many codes were scanned.
    pub codes: usize,
}

/// The lines that should carry a code and carry none (T003 无码结算), and what follows.
///
/// Only drugs are asked for; what stands in the no-code list is not (无码清单).
pub fn missing_codes<'a>(
    rule: &TraceRule,
    place: InstitutionKind,
    lines: &[Scan<'a>],
) -> (CodeDuty, Vec<&'a str>) {
    let duty = rule.duty(place);
    if duty == CodeDuty::None {
        return (duty, Vec::new());
    }
    let wanted = |scan: &&Scan<'_>| {
        scan.codes == 0 && scan.kind == Some(ItemKind::Drug) && !rule.has_no_code(scan.item)
    };
    let missing = lines.iter().filter(wanted).map(|scan| scan.line);
    (duty, missing.collect())
}
