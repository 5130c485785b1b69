use money::Fen;
use terms::Word;

use crate::{AmountTopic, Condition, Part, Ref};

/// From which own share of a year on people are put forward as being at risk of poverty through
/// illness (因病致贫返贫预警, catalogue §6.4 and §12).
#[derive(Debug, Clone)]
pub struct WatchRule {
    /// The parts of what funds left to the person that count as own share (个人自付口径).
    pub parts: Vec<Part>,
    /// The lines; the first that fits a person is the person's.
    pub lines: Vec<WatchLine>,
}

/// A line of own share within a benefit year (预警线).
#[derive(Debug, Clone)]
pub struct WatchLine {
    /// Its stable code.
    pub code: Word,
    /// 中文 name.
    pub title: String,
    /// For whom.
    pub condition: Condition,
    /// Reached by an own share of at least this.
    pub amount: Ref<AmountTopic>,
    /// Who was put forward is put forward again once the own share has grown by this much more.
    pub step: Fen,
    /// The bureaus that are told (推送部门).
    pub bureaus: Vec<Word>,
}
