//! 同日转院合并：同一医共体内当日转院的各段住院合并为一次。

use money::Fen;
use serde::{Deserialize, Serialize};
use terms::Date;

/// One stay before stays are merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stay {
    /// Its number; merged stays keep that of the first.
    pub id: String,
    /// Whose.
    pub patient: String,
    /// 医共体, if the institution belongs to one.
    #[serde(default)]
    pub consortium: Option<String>,
    /// 入院日期.
    pub admission: Date,
    /// 出院日期.
    pub discharge: Date,
    /// 总费用.
    pub cost: Fen,
}

/// Merges each stay into the one before it when the same patient was moved on the same day within
/// one consortium (同日转院合并).
///
/// The cost is added, the stay lasts from the first admission to the last discharge. Shape: sorted
/// by patient, admission and number.
pub fn merge_transfers(mut stays: Vec<Stay>) -> Vec<Stay> {
    let key = |stay: &Stay| (stay.patient.clone(), stay.admission, stay.id.clone());
    stays.sort_by_key(key);
    let mut merged: Vec<Stay> = Vec::with_capacity(stays.len());
    for stay in stays {
        match merged.last_mut().filter(|before| moved(before, &stay)) {
            Some(before) => {
                before.discharge = before.discharge.max(stay.discharge);
                before.cost += stay.cost;
            }
            None => merged.push(stay),
        }
    }
    merged
}

fn moved(before: &Stay, after: &Stay) -> bool {
    before.patient == after.patient
        && before.consortium.is_some()
        && before.consortium == after.consortium
        && before.discharge == after.admission
}
