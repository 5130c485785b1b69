use anyhow::bail;
use grouping::dip::{DipGrouped, assign, brief, explain};
use money::Ratio;

use super::cases::Case;
use super::run::{Sheet, Task, whole_file};
use super::{Answer, GroupArgs};
use crate::commands::scheme::{decimal, listed};

const HEADER: [&str; 10] = [
    "case_id",
    "dip",
    "name",
    "stage",
    "class",
    "primary_care",
    "score",
    "factor",
    "auxiliary",
    "reason",
];
const NEEDED: [&str; 3] = ["case_id", "principal_dx", "procedures"];

/// Decimals of a factor.
const FACTOR_PLACES: u32 = 4;

/// Assigns a file by a DIP directory.
pub fn run(args: &GroupArgs) -> anyhow::Result<Answer> {
    let loaded = match lawbook::load_dip(&args.scheme) {
        Ok(loaded) => loaded,
        Err(faults) => bail!(
            "目录 {} 不能使用：\n{}",
            args.scheme.display(),
            listed(&faults)
        ),
    };
    let scheme = loaded.scheme;
    let task = Task {
        needed: &NEEDED,
        header: &HEADER,
        title: scheme.title(),
    };
    let places = scheme.score_places();
    whole_file(args, &task, |case, sheet| match &case.discharge {
        Ok(discharge) => {
            let grouped = assign(&scheme, discharge);
            sheet.reason = if args.explain {
                explain(&grouped).join("；")
            } else {
                brief(&grouped)
            };
            put(case, &grouped, places, sheet)
        }
        Err(reason) => unread(case, reason, sheet),
    })
}

fn put(
    case: &Case<'_>,
    grouped: &DipGrouped<'_>,
    places: u32,
    sheet: &mut Sheet,
) -> csv::Result<&'static str> {
    let auxiliary: Vec<&str> = grouped.auxiliary.iter().map(|one| one.code).collect();
    let score = grouped
        .score
        .map(|score| decimal(score, places))
        .unwrap_or_default();
    sheet.put(&[
        case.id,
        grouped.dip,
        grouped.name,
        grouped.stage,
        grouped.class,
        if grouped.primary_care { "1" } else { "0" },
        &score,
        &decimal(grouped.factor, FACTOR_PLACES),
        &auxiliary.join("|"),
    ])?;
    Ok(
        match (&grouped.refusal, grouped.primary_care, grouped.stage) {
            (Some(_), ..) => "未入组",
            (None, true, _) => "入基层病种",
            (None, false, "comprehensive") => "入综合病种",
            (None, false, _) => "入核心病种",
        },
    )
}

/// A row that is no case: named, and in its place.
fn unread(case: &Case<'_>, reason: &str, sheet: &mut Sheet) -> csv::Result<&'static str> {
    sheet.reason.push_str(reason);
    let factor = decimal(Ratio::ONE, FACTOR_PLACES);
    sheet.put(&[case.id, "", "", "", "", "0", "", &factor, ""])?;
    Ok("读不懂")
}
