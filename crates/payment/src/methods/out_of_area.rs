//! 异地清算：参保地按项目金额清算给就医地，就医地按本地办法付给机构，差额单独列示。

use std::collections::BTreeSet;

use money::Fen;
use serde::{Deserialize, Serialize};
use terms::AreaCode;

use crate::amounts::sum;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "out_of_area",
    name: "异地清算",
    source: source::LOCAL,
};

/// A case of somebody who is insured elsewhere.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutOfAreaCase {
    /// Its number.
    pub id: String,
    /// Where the person is insured.
    pub insured_area: AreaCode,
    /// 清算金额: by items, what the area of insurance owes.
    pub clearing: Fen,
    /// 支付金额: by the local method, what the institution gets.
    pub payment: Fen,
}

/// One month between two areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutOfAreaStatement {
    /// What is owed, by area of insurance.
    pub owed: Vec<(AreaCode, Fen)>,
    /// What institutions get for these cases.
    pub paid: Fen,
    /// 盈亏: owed minus paid, the treating area's gain or loss.
    pub difference: Fen,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// States what other areas owe for a month (异地清算单); every case counts once.
///
/// # Errors
/// [`Refusal::Duplicate`] for a case that was already stated or stands twice.
pub fn state_out_of_area(
    cases: &[OutOfAreaCase],
    stated: &BTreeSet<String>,
) -> Result<OutOfAreaStatement, Refusal> {
    let mut seen = BTreeSet::new();
    for case in cases {
        if stated.contains(&case.id) || !seen.insert(&case.id) {
            return Err(Refusal::Duplicate {
                what: "异地病例",
                number: case.id.clone(),
            });
        }
    }
    let areas: BTreeSet<AreaCode> = cases.iter().map(|case| case.insured_area).collect();
    let mut owed = Vec::new();
    for area in areas {
        let own = cases.iter().filter(|case| case.insured_area == area);
        let amounts: Vec<Fen> = own.map(|case| case.clearing).collect();
        owed.push((area, sum(&amounts, "异地清算额")?));
    }
    let payments: Vec<Fen> = cases.iter().map(|case| case.payment).collect();
    let paid = sum(&payments, "异地支付额")?;
    let amounts: Vec<Fen> = owed.iter().map(|(_, amount)| *amount).collect();
    let all = sum(&amounts, "异地清算额")?;
    let difference = sum(&[all, -paid], "异地盈亏")?;
    let trace = vec![RULE.step(format!(
        "异地病例{}例，各地应清算{all}元，本地支付机构{paid}元，差额{difference}元",
        cases.len()
    ))];
    Ok(OutOfAreaStatement {
        owed,
        paid,
        difference,
        trace,
    })
}
