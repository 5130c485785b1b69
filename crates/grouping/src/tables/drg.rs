use money::Ratio;
use terms::Sex;

use super::{ListRow, SchemeTitle};
use crate::formula::Severity;
use crate::place::Place;

/// What follows from a doubtful discharge (核查结果).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// It gets no group.
    #[default]
    Refuse,
    /// It is grouped, with a note.
    Note,
    /// Nothing.
    Ignore,
}

/// What a scheme does where the tables alone leave it open (方案设定).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrgSettings {
    /// A category takes the case, none of its groups does: try the next category, or stop there.
    pub try_next_category: bool,
    /// Categories that are always left again when none of their groups takes the case, because any
    /// operation enters them (先期分组).
    pub pre_categories: Vec<String>,
    /// Sex missing.
    pub unknown_sex: Check,
    /// A newborn of up to 28 days without weight.
    pub newborn_without_weight: Check,
    /// A gray principal diagnosis.
    pub gray_principal: Check,
    /// A gray main procedure.
    pub gray_main_procedure: Check,
    /// A principal diagnosis that is not in the code table.
    pub unknown_principal: Check,
    /// Sex against a category for one sex.
    pub sex_conflict: Check,
    /// Categories for one sex.
    pub sex_of_category: Vec<(String, Sex)>,
    /// Which procedure codes claim how many hours of ventilation.
    pub ventilation: Vec<Ventilation>,
}

impl Default for DrgSettings {
    /// The national rules as commonly described: stop in the category, refuse what cannot be
    /// judged, and note a sex that contradicts the categories M, N and O.
    fn default() -> Self {
        let categories = [
            ("MDCM", Sex::Male),
            ("MDCN", Sex::Female),
            ("MDCO", Sex::Female),
        ];
        Self {
            try_next_category: false,
            pre_categories: vec!["MDCA".to_owned()],
            unknown_sex: Check::Refuse,
            newborn_without_weight: Check::Refuse,
            gray_principal: Check::Refuse,
            gray_main_procedure: Check::Refuse,
            unknown_principal: Check::Refuse,
            sex_conflict: Check::Note,
            sex_of_category: categories.map(|(mdc, sex)| (mdc.to_owned(), sex)).into(),
            ventilation: Vec::new(),
        }
    }
}

/// A procedure code that claims a length of ventilation (呼吸机编码).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ventilation {
    /// The procedure.
    pub procedure: String,
    /// Hours from which it may be coded.
    pub from_hours: u32,
    /// Hours from which it may not.
    pub below_hours: Option<u32>,
}

/// Which procedure makes a case ambiguous when no procedure group takes it (歧义组规则).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambiguity {
    /// The category knows no ambiguous group.
    #[default]
    None,
    /// A valid main procedure.
    Main,
    /// Any valid procedure.
    Any,
}

/// A major diagnostic category (主要诊断大类).
#[derive(Debug, Clone)]
pub struct MdcRow {
    /// Where it stands.
    pub place: Place,
    /// Its code.
    pub code: String,
    /// When it is tried.
    pub order: i64,
    /// 中文 name.
    pub name: String,
    /// Its rule; an empty one always holds.
    pub rule: String,
    /// When it has an ambiguous group.
    pub ambiguity: Ambiguity,
}

/// What a row of a category gives when its rule holds (核心病组行的结果).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowResult {
    /// A group.
    Group,
    /// 歧义组: the diagnosis and the operation do not fit.
    Ambiguous,
    /// The case stays in the category without a group.
    Ungrouped,
}

/// One rule of an adjacent DRG (核心病组); a group may have several.
#[derive(Debug, Clone)]
pub struct AdrgRow {
    /// Where it stands.
    pub place: Place,
    /// Its code.
    pub code: String,
    /// Which of its rules this is.
    pub alternative: String,
    /// Its category.
    pub mdc: String,
    /// When it is tried within the category.
    pub order: i64,
    /// 中文 name.
    pub name: String,
    /// Its rule.
    pub rule: String,
    /// Whether it is tried before the ambiguous group of the category.
    pub before_ambiguous: bool,
    /// What it gives.
    pub result: RowResult,
}

/// A DRG (细分病组).
#[derive(Debug, Clone)]
pub struct DrgRow {
    /// Where it stands.
    pub place: Place,
    /// Its code.
    pub code: String,
    /// Its adjacent DRG.
    pub adrg: String,
    /// When it is tried.
    pub order: i64,
    /// Its condition; an empty one always holds.
    pub condition: String,
    /// 中文 name.
    pub name: String,
    /// 权重, when the scheme carries weights.
    pub weight: Option<Ratio>,
}

/// A body site of the multiple-trauma category and one of its injuries (创伤部位).
#[derive(Debug, Clone)]
pub struct SiteRow {
    /// The site.
    pub site: String,
    /// The diagnosis.
    pub diagnosis: String,
}

/// A diagnosis that counts as complication or comorbidity (合并症和并发症).
#[derive(Debug, Clone)]
pub struct ComplicationRow {
    /// Where it stands.
    pub place: Place,
    /// The diagnosis.
    pub diagnosis: String,
    /// How serious.
    pub severity: Severity,
    /// The group of principal diagnoses that exclude it; empty for none.
    pub exclusion: String,
}

/// A principal diagnosis of an exclusion group (排除表).
#[derive(Debug, Clone)]
pub struct ExclusionRow {
    /// Where it stands.
    pub place: Place,
    /// The principal diagnosis.
    pub principal: String,
    /// The group.
    pub group: String,
}

/// A code of the edition the scheme is written in (编码表).
#[derive(Debug, Clone)]
pub struct CodeRow {
    /// Where it stands.
    pub place: Place,
    /// The code.
    pub code: String,
    /// 灰码: not acceptable as principal diagnosis or main procedure.
    pub gray: bool,
}

/// A code of another edition and the one it means (编码对照).
#[derive(Debug, Clone)]
pub struct MappingRow {
    /// Where it stands.
    pub place: Place,
    /// As hospitals write it.
    pub written: String,
    /// As the scheme has it.
    pub means: String,
}

/// Code tables and mappings of one side.
#[derive(Debug, Clone, Default)]
pub struct CodeTables {
    /// The edition; empty when none was given, so that no code is unknown.
    pub codes: Vec<CodeRow>,
    /// The mapping; empty when none was given.
    pub mapping: Vec<MappingRow>,
}

/// A whole DRG scheme (DRG 分组方案).
#[derive(Debug, Clone, Default)]
pub struct DrgTables {
    /// Name, version, hash.
    pub title: SchemeTitle,
    /// What the tables leave open.
    pub settings: DrgSettings,
    /// Categories.
    pub mdcs: Vec<MdcRow>,
    /// Rules of groups.
    pub adrgs: Vec<AdrgRow>,
    /// Groups.
    pub drgs: Vec<DrgRow>,
    /// Lists that rules name.
    pub lists: Vec<ListRow>,
    /// Sites of multiple trauma.
    pub sites: Vec<SiteRow>,
    /// Complications.
    pub complications: Vec<ComplicationRow>,
    /// Exclusions.
    pub exclusions: Vec<ExclusionRow>,
    /// Diagnosis codes.
    pub diagnoses: CodeTables,
    /// Procedure codes.
    pub procedures: CodeTables,
}
