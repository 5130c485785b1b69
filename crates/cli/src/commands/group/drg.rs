use anyhow::bail;
use grouping::tables::RowResult;
use grouping::{Grouped, NO_ADRG, NO_DRG, NO_MDC, brief_into, explain, group};

use super::cases::Case;
use super::run::{Sheet, Task, whole_file};
use super::{Answer, DrgArgs};
use crate::commands::scheme::listed;

const HEADER: [&str; 6] = ["case_id", "mdc", "adrg", "drg", "severity", "reason"];
const NEEDED: [&str; 6] = [
    "case_id",
    "sex",
    "age_years",
    "principal_dx",
    "secondary_dx",
    "procedures",
];

/// Groups a file by a DRG scheme.
pub fn run(args: &DrgArgs) -> anyhow::Result<Answer> {
    let common = &args.common;
    let loaded = match lawbook::load_drg(&common.scheme, args.codes.as_deref()) {
        Ok(loaded) => loaded,
        Err(faults) => bail!(
            "方案 {} 不能使用：\n{}",
            common.scheme.display(),
            listed(&faults)
        ),
    };
    let scheme = loaded.scheme;
    let task = Task {
        needed: &NEEDED,
        header: &HEADER,
        title: scheme.title(),
    };
    whole_file(common, &task, |case, sheet| match &case.discharge {
        Ok(discharge) => put(case, &group(&scheme, discharge), common.explain, sheet),
        Err(reason) => unread(case, reason, sheet),
    })
}

fn put(
    case: &Case<'_>,
    grouped: &Grouped<'_>,
    explained: bool,
    sheet: &mut Sheet,
) -> csv::Result<&'static str> {
    if explained {
        sheet.reason.push_str(&explain(grouped).join("；"));
    } else {
        brief_into(grouped, &mut sheet.reason);
    }
    let severity = grouped.severity.word();
    sheet.put(&[case.id, grouped.mdc, grouped.adrg, grouped.drg, severity])?;
    Ok(match (&grouped.refusal, grouped.result) {
        (Some(_), _) | (None, None) => "未入组",
        (None, Some(RowResult::Ambiguous)) => "歧义组",
        (None, Some(_)) => "入组",
    })
}

/// A row that is no case: named, and in its place.
fn unread(case: &Case<'_>, reason: &str, sheet: &mut Sheet) -> csv::Result<&'static str> {
    sheet.reason.push_str(reason);
    sheet.put(&[case.id, NO_MDC, NO_ADRG, NO_DRG, "NONE"])?;
    Ok("读不懂")
}
