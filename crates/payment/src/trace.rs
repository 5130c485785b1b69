use serde::Serialize;

/// One step of the explanation of a payment (计算步骤): which rule, what came out, by which source.
///
/// A hospital can repeat the step from its sentence alone: it names every input and the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The rule's stable name, such as `drg.low_multiple`.
    pub rule: &'static str,
    /// The step's 中文 name.
    pub name: &'static str,
    /// The step as a sentence that can be read out to the hospital.
    pub sentence: String,
    /// Where the rule is written, or that the pooling area sets it.
    pub source: &'static str,
}

/// A provision: the name its steps bear and where it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub rule: &'static str,
    pub name: &'static str,
    pub source: &'static str,
}

impl Rule {
    pub(crate) const fn step(&self, sentence: String) -> Step {
        Step {
            rule: self.rule,
            name: self.name,
            sentence,
            source: self.source,
        }
    }
}

/// Where the rules of this room are written, as far as they could be read.
pub(crate) mod source {
    /// The provincial point rule as explained to the public.
    pub const POINTS: &str = "浙江省住院费用点数付费规则的公开解读（2019年11月23日）";
    /// The province's document on the point method; its text could not be read in full.
    pub const POINT_LAW: &str = "浙医保联发〔2019〕21号；具体数值由统筹区规定";
    /// The score rule as explained to the public.
    pub const SCORES: &str = "按病种分值付费规则的公开介绍（2025年12月）";
    /// What every pooling area sets for itself.
    pub const LOCAL: &str = "统筹区年度支付办法";
    /// A closed pool is paid out to the last fen.
    pub const CLOSED_POOL: &str =
        "清算约定：向下取到分，余下的分按余数从大到小分，同余数按机构编码";
}
