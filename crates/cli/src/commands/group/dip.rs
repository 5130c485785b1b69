use anyhow::bail;
use grouping::dip::{DipGrouped, assign, brief, explain};
use money::Ratio;

use super::cases::Case;
use super::run::{Line, Task, whole_file};
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
    whole_file(args, &task, |case| match &case.discharge {
        Ok(discharge) => of_group(case, &assign(&scheme, discharge), args.explain, places),
        Err(reason) => unread(case, reason),
    })
}

fn of_group(case: &Case<'_>, grouped: &DipGrouped<'_>, explained: bool, places: u32) -> Line {
    let reason = if explained {
        explain(grouped).join("；")
    } else {
        brief(grouped)
    };
    let auxiliary: Vec<&str> = grouped.auxiliary.iter().map(|one| one.code).collect();
    let cells = vec![
        case.id.to_owned(),
        grouped.dip.to_owned(),
        grouped.name.to_owned(),
        grouped.stage.to_owned(),
        grouped.class.to_owned(),
        if grouped.primary_care { "1" } else { "0" }.to_owned(),
        grouped
            .score
            .map(|score| decimal(score, places))
            .unwrap_or_default(),
        decimal(grouped.factor, FACTOR_PLACES),
        auxiliary.join("|"),
        reason,
    ];
    let outcome = match (&grouped.refusal, grouped.primary_care, grouped.stage) {
        (Some(_), ..) => "未入组",
        (None, true, _) => "入基层病种",
        (None, false, "comprehensive") => "入综合病种",
        (None, false, _) => "入核心病种",
    };
    Line {
        cells,
        outcome: outcome.to_owned(),
    }
}

/// A row that is no case: named, and in its place.
fn unread(case: &Case<'_>, reason: &str) -> Line {
    let factor = decimal(Ratio::ONE, FACTOR_PLACES);
    let cells = [case.id, "", "", "", "", "0", "", &factor, "", reason];
    Line {
        cells: cells.map(str::to_owned).into(),
        outcome: "读不懂".to_owned(),
    }
}
