//! 门诊病例分组点数法：主要分组全额，同类其余打折，辅助分组打包或另计。

use money::{Exact, Points, Ratio};
use serde::{Deserialize, Serialize};

use crate::amounts::shares;
use crate::refusal::OrRefuse;
use crate::trace::{Rule, source};
use crate::{Refusal, Step};

const RULE: Rule = Rule {
    rule: "outpatient_points",
    name: "门诊点数",
    source: source::LOCAL,
};

/// What kind of outpatient group it is (门诊分组类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutpatientClass {
    /// 操作.
    Procedure,
    /// 内科.
    Medical,
    /// 检验、检查、药品.
    Ancillary,
}

/// One group of a visit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutpatientGroup {
    /// Its code.
    pub group: String,
    /// Its class.
    pub class: OutpatientClass,
    /// 基准点数.
    pub base_points: Points,
}

/// A visit and how several groups are counted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The groups of the visit.
    pub groups: Vec<OutpatientGroup>,
    /// What a further group of a class counts.
    pub repeat_share: Ratio,
    /// Whether ancillary groups are part of the main one's price.
    pub ancillary_packaged: bool,
}

/// What a visit counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VisitPoints {
    /// 就诊点数.
    pub points: Points,
    /// One step per group.
    pub trace: Vec<Step>,
}

/// The points of a visit (就诊点数): of each class the highest in full, others at the repeat share;
/// ancillary groups count nothing where they are packaged and something else was done.
///
/// # Errors
/// [`Refusal::NothingToDivideBy`] without a group, [`Refusal::BadParameter`] for the share.
pub fn visit_points(of: &Visit) -> Result<VisitPoints, Refusal> {
    shares(&[("repeat_share", of.repeat_share)])?;
    if of.groups.is_empty() {
        let what = "门诊分组数".into();
        return Err(Refusal::NothingToDivideBy { what });
    }
    let mut groups: Vec<&OutpatientGroup> = of.groups.iter().collect();
    let order = |group: &&OutpatientGroup| (group.class, -group.base_points.get());
    groups.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.group.cmp(&b.group)));
    let only_ancillary = groups
        .iter()
        .all(|one| one.class == OutpatientClass::Ancillary);
    let mut points = Points::ZERO;
    let mut trace = Vec::new();
    let mut before = None;
    for one in groups {
        let packaged = one.class == OutpatientClass::Ancillary && of.ancillary_packaged;
        let repeat = before.replace(one.class) == Some(one.class);
        let (share, why) = match (packaged && !only_ancillary, repeat) {
            (true, _) => (Ratio::ZERO, "已打包"),
            (false, true) => (of.repeat_share, "同类其余"),
            (false, false) => (Ratio::ONE, "主要"),
        };
        let counted = Exact::from(one.base_points).times(share.into());
        let counted: Points = counted.and_then(Exact::rounded).or_refuse("就诊点数")?;
        points = points.checked_add(counted).or_refuse("就诊点数")?;
        let (group, base) = (&one.group, one.base_points);
        let sentence = format!("{group}基准点数{base}，{why}按{share}计{counted}点");
        trace.push(RULE.step(sentence));
    }
    Ok(VisitPoints { points, trace })
}
