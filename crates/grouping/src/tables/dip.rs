use money::{Fen, Ratio};

use super::{ListRow, SchemeTitle};
use crate::formula::Side;
use crate::place::Place;

/// What a DIP directory does where its rows leave it open (DIP 设定).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DipSettings {
    /// Stages of the directory in the order they are tried.
    pub stages: Vec<String>,
    /// Treatment classes, rising, the first one for cases without a procedure that counts.
    pub classes: Vec<TreatmentClass>,
    /// How one of several rows is chosen.
    pub preferences: Vec<Preference>,
    /// Whether procedures without a class are left out of account.
    pub drop_unclassed: bool,
    /// Whether an excluded main procedure makes the case a conservative one.
    pub excluded_main_is_conservative: bool,
    /// Whether the procedure column is held against the main procedure alone.
    pub main_only: bool,
    /// Decimals of a score.
    pub score_places: u32,
}

/// A treatment class (治疗方式).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreatmentClass {
    /// The word that tables use.
    pub word: String,
    /// 中文 name.
    pub name: String,
}

/// What makes one row better than another (选择次序).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// More procedures asked for together.
    MoreTerms,
    /// More procedures of the case matched.
    MoreMatches,
    /// Mean cost nearer to the cost of the case.
    NearestCost,
    /// Higher treatment class.
    HigherClass,
}

impl Default for DipSettings {
    fn default() -> Self {
        let class = |(word, name): (&str, &str)| TreatmentClass {
            word: word.to_owned(),
            name: name.to_owned(),
        };
        let classes = [
            ("conservative", "保守治疗"),
            ("diagnostic", "诊断性操作"),
            ("therapeutic", "治疗性操作"),
            ("operation", "相关手术"),
        ];
        Self {
            stages: ["pre", "merged", "aided", "core"].map(str::to_owned).into(),
            classes: classes.map(class).into(),
            preferences: vec![
                Preference::MoreTerms,
                Preference::MoreMatches,
                Preference::NearestCost,
                Preference::HigherClass,
            ],
            drop_unclassed: true,
            excluded_main_is_conservative: false,
            main_only: false,
            score_places: 4,
        }
    }
}

/// A row of the directory before the comprehensive ones (病种目录).
#[derive(Debug, Clone)]
pub struct DipRow {
    /// Where it stands.
    pub place: Place,
    /// 病种编码.
    pub code: String,
    /// Its stage.
    pub stage: String,
    /// Principal diagnosis: `I63.9`, `A41`, `S30-S39`, or empty for any.
    pub diagnosis: String,
    /// Procedures: `a/b+c`; `×` for none; empty when they do not matter.
    pub procedure: String,
    /// Procedures asked for beside them.
    pub related: String,
    /// A further condition in the language of rules.
    pub condition: String,
    /// 中文 name.
    pub name: String,
    /// 基层病种.
    pub primary_care: bool,
    /// 分值.
    pub score: Option<Ratio>,
    /// Mean cost, for the choice between rows.
    pub mean_cost: Option<Fen>,
}

/// A comprehensive group: diagnoses by treatment class (综合病种).
#[derive(Debug, Clone)]
pub struct ComprehensiveRow {
    /// Where it stands.
    pub place: Place,
    /// 病种编码.
    pub code: String,
    /// `S30`, `S`, `S30-S39`.
    pub diagnosis: String,
    /// Treatment class.
    pub class: String,
    /// 中文 name.
    pub name: String,
    /// 分值.
    pub score: Option<Ratio>,
}

/// The treatment class of a procedure (手术操作类别).
#[derive(Debug, Clone)]
pub struct ClassRow {
    /// Where it stands.
    pub place: Place,
    /// The procedure, or how its code begins.
    pub procedure: String,
    /// The class.
    pub class: String,
}

/// A code that the directory leaves out (不纳入编码).
#[derive(Debug, Clone)]
pub struct ExcludedRow {
    /// Diagnosis or procedure.
    pub side: Side,
    /// The code, or how it begins.
    pub code: String,
}

/// Which auxiliary directory a row belongs to (辅助目录).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AuxiliaryKind {
    /// 疾病严重程度.
    Severity,
    /// 年龄特征.
    Age,
    /// 肿瘤严重程度.
    Tumour,
    /// 违规行为监管: never changes group or score.
    Violation,
}

impl AuxiliaryKind {
    /// Every kind, its word in files and its 中文 name.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Severity, "severity", "疾病严重程度"),
        (Self::Age, "age", "年龄特征"),
        (Self::Tumour, "tumour", "肿瘤严重程度"),
        (Self::Violation, "violation", "违规行为监管"),
    ];

    /// The 中文 name.
    pub fn zh(self) -> &'static str {
        let found = Self::ALL.iter().find(|(kind, ..)| *kind == self);
        found.map_or("", |(_, _, zh)| zh)
    }
}

/// A row of an auxiliary directory (辅助目录).
#[derive(Debug, Clone)]
pub struct AuxiliaryRow {
    /// Where it stands.
    pub place: Place,
    /// Which directory.
    pub kind: AuxiliaryKind,
    /// Its code.
    pub code: String,
    /// When it applies.
    pub condition: String,
    /// The factor on the score.
    pub factor: Ratio,
    /// 中文 name.
    pub name: String,
}

/// Points that a secondary diagnosis adds to the comorbidity index (合并症指数).
#[derive(Debug, Clone)]
pub struct ComorbidityRow {
    /// The diagnosis, or how its code begins.
    pub diagnosis: String,
    /// Points.
    pub points: i64,
}

/// A whole DIP directory (DIP 病种目录).
#[derive(Debug, Clone, Default)]
pub struct DipTables {
    /// Name, version, hash.
    pub title: SchemeTitle,
    /// What the rows leave open.
    pub settings: DipSettings,
    /// Rows of the stages.
    pub rows: Vec<DipRow>,
    /// Comprehensive groups.
    pub comprehensive: Vec<ComprehensiveRow>,
    /// Classes of procedures.
    pub classes: Vec<ClassRow>,
    /// Codes left out.
    pub excluded: Vec<ExcludedRow>,
    /// Auxiliary directories.
    pub auxiliary: Vec<AuxiliaryRow>,
    /// Points of the comorbidity index.
    pub comorbidity: Vec<ComorbidityRow>,
    /// Lists that conditions name; their codes match by beginning.
    pub lists: Vec<ListRow>,
}
