//! A case grouped under every scheme that is in use, and the rows that remember it.

use grouping::tables::{RowResult, SchemeTitle};
use grouping::{
    DipGrouped, DipScheme, Discharge, DrgScheme, Grouped, Refusal, SchemeKind, Schemes, brief, dip,
    explain, group,
};
use jiff::civil::{Date, DateTime};
use money::Ratio;
use serde::Serialize;
use serde_json::json;
use store::{DischargeRow, GroupRow};
use terms::AreaCode;

use crate::Error;

/// The longest reason that is kept beside the whole result.
const NOTE: usize = 500;

/// The edition of a scheme as results name it: its name and version (方案版本).
pub fn edition(title: &SchemeTitle) -> String {
    format!("{} {}", title.name, title.version)
}

/// A case as one scheme groups it (病例分组结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupedCase {
    /// DRG or DIP.
    pub kind: SchemeKind,
    /// The scheme's edition.
    pub scheme: String,
    /// The scheme's content hash.
    pub scheme_hash: String,
    /// 主要诊断大类.
    pub mdc: String,
    /// 核心病组.
    pub adrg: String,
    /// 细分病组 or 病种.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Level of complications, or treatment class.
    pub severity: String,
    /// 权重 or 分值.
    pub weight: Option<Ratio>,
    /// `grouped`, `ambiguous`, `ungrouped`, or the refusal's code.
    pub outcome: String,
    /// Why, in a few words.
    pub note: String,
    /// The whole result with its sentences, JSON.
    pub reason: String,
}

/// Groups a case under the schemes that the area uses on a day.
///
/// # Errors
/// [`Error::Bug`] where a result cannot be written down.
pub fn group_case(
    schemes: &Schemes,
    area: AreaCode,
    day: Date,
    discharge: &Discharge<'_>,
) -> Result<Vec<GroupedCase>, Error> {
    let mut cases = Vec::new();
    if let Some(scheme) = schemes.drg_used(area, day) {
        cases.push(of_drg(scheme, &group(scheme, discharge))?);
    }
    if let Some(scheme) = schemes.dip_used(area, day) {
        cases.push(of_dip(scheme, &dip::assign(scheme, discharge))?);
    }
    Ok(cases)
}

/// What is remembered of a DRG result.
pub(super) fn of_drg(scheme: &DrgScheme, grouped: &Grouped<'_>) -> Result<GroupedCase, Error> {
    let outcome = match (&grouped.refusal, grouped.result) {
        (Some(refusal), _) => refusal.code(),
        (None, Some(RowResult::Group)) => "grouped",
        (None, Some(RowResult::Ambiguous)) => "ambiguous",
        (None, _) => "ungrouped",
    };
    Ok(GroupedCase {
        kind: SchemeKind::Drg,
        scheme: edition(scheme.title()),
        scheme_hash: scheme.title().hash.clone(),
        mdc: grouped.mdc.to_owned(),
        adrg: grouped.adrg.to_owned(),
        code: grouped.drg.to_owned(),
        name: grouped.name.to_owned(),
        severity: word_of(&grouped.severity)?,
        weight: grouped.weight,
        outcome: outcome.to_owned(),
        note: shortened(brief(grouped)),
        reason: reason(explain(grouped), grouped)?,
    })
}

/// What is remembered of a DIP result.
pub(super) fn of_dip(scheme: &DipScheme, grouped: &DipGrouped<'_>) -> Result<GroupedCase, Error> {
    let outcome = grouped.refusal.as_ref().map_or("grouped", Refusal::code);
    Ok(GroupedCase {
        kind: SchemeKind::Dip,
        scheme: edition(scheme.title()),
        scheme_hash: scheme.title().hash.clone(),
        mdc: String::new(),
        adrg: String::new(),
        code: grouped.dip.to_owned(),
        name: grouped.name.to_owned(),
        severity: grouped.class.to_owned(),
        weight: grouped.score,
        outcome: outcome.to_owned(),
        note: shortened(dip::brief(grouped)),
        reason: reason(dip::explain(grouped), grouped)?,
    })
}

fn reason(said: Vec<String>, result: &impl Serialize) -> Result<String, Error> {
    let result = serde_json::to_value(result);
    let result = result.map_err(|cause| Error::Bug(format!("a grouping result: {cause}")))?;
    Ok(json!({ "said": said, "result": result }).to_string())
}

fn word_of(value: &impl Serialize) -> Result<String, Error> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(Error::Bug(format!("a severity is written as {other:?}"))),
    }
}

fn shortened(text: String) -> String {
    if text.chars().count() <= NOTE {
        return text;
    }
    text.chars().take(NOTE - 1).chain(['…']).collect()
}

/// A weight as it is kept: a decimal of up to six places, or a fraction.
pub(super) fn written(weight: Ratio) -> String {
    const UNIT: i128 = 1_000_000;
    let (num, den) = (i128::from(weight.num()), i128::from(weight.den()));
    if num < 0 || num * UNIT % den != 0 {
        return format!("{num}/{den}");
    }
    let millionths = num * UNIT / den;
    let text = format!("{}.{:06}", millionths / UNIT, millionths % UNIT);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The weight of a stored group, exactly; nothing where the scheme carries none.
///
/// ```
/// use money::Ratio;
/// assert_eq!(app::discharge::read_weight("2.808"), Some(Ratio::new(2_808, 1_000)));
/// assert_eq!(app::discharge::read_weight("1/3"), Some(Ratio::new(1, 3)));
/// assert_eq!(app::discharge::read_weight(""), None);
/// ```
pub fn read_weight(text: &str) -> Option<Ratio> {
    if let Some((num, den)) = text.split_once('/') {
        let (num, den): (i64, i64) = (num.parse().ok()?, den.parse().ok()?);
        return (den > 0).then(|| Ratio::new(num, den));
    }
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let den = 10_i64.checked_pow(u32::try_from(places.len()).ok()?)?;
    let num: i64 = format!("{whole}{places}").parse().ok()?;
    Some(Ratio::new(num, den))
}

impl GroupedCase {
    /// The row that remembers it.
    pub(super) fn row(self, of: &DischargeRow, number: String, at: DateTime) -> GroupRow {
        GroupRow {
            person_no: of.person_no.clone(),
            list_id: of.list_id.clone(),
            grouping_id: number,
            settlement_id: of.settlement_id.clone(),
            institution: of.institution.clone(),
            discharged_on: of.discharged_on,
            settled_on: of.settled_on,
            upload: of.uploads,
            kind: self.kind.word().to_owned(),
            scheme: self.scheme,
            scheme_hash: self.scheme_hash,
            grouped_at: at,
            mdc: self.mdc,
            adrg: self.adrg,
            code: self.code,
            name: self.name,
            severity: self.severity,
            weight: self.weight.map(written).unwrap_or_default(),
            outcome: self.outcome,
            note: self.note,
            reason: self.reason,
        }
    }
}
