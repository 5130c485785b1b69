use jiff::civil::{Date, DateTime};
use money::Fen;

/// A settlement list (结算清单): the case of one settled stay, as its institution reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DischargeRow {
    /// The person.
    pub person_no: String,
    /// Its number; numbers rise with time.
    pub list_id: String,
    /// The settlement it is about; a settlement has one list.
    pub settlement_id: String,
    /// The visit.
    pub visit_id: String,
    /// Rises by one with every change, from 1.
    pub version: i64,
    /// How often the body was sent, from 1.
    pub uploads: i64,
    /// `draft`, `submitted`, `approved`, `rejected`.
    pub state: String,
    /// The institution.
    pub institution: String,
    /// The person's name.
    pub person_name: String,
    /// The scheme of the settlement (险种).
    pub scheme: String,
    /// The care type of the settlement.
    pub care_type: String,
    /// Day of admission, where given.
    pub admitted_on: Option<Date>,
    /// Day of discharge; of the settlement where none is given.
    pub discharged_on: Date,
    /// Day of the settlement: the month it is asked for by.
    pub settled_on: Date,
    /// Principal diagnosis as written, or empty.
    pub principal: String,
    /// The bill, from our own settlement.
    pub total: Fen,
    /// What the funds paid of it, from our own settlement.
    pub fund: Fen,
    /// Findings that make it unfit for clearing.
    pub errors: i64,
    /// Findings that somebody should look at.
    pub warnings: i64,
    /// When this body arrived.
    pub received_at: DateTime,
    /// What was sent, JSON.
    pub body: String,
}

/// Something a quality check found in one upload of a list (质控结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityRow {
    /// Which upload, from 1.
    pub upload: i64,
    /// Its place among the findings of the upload, from 1.
    pub sequence: i64,
    /// Which check.
    pub check: String,
    /// `error`, `warning`.
    pub severity: String,
    /// The item looked at.
    pub field: String,
    /// What was written there.
    pub value: String,
    /// 中文 sentence.
    pub message: String,
}

/// The group of a list under a scheme (分组结果).
///
/// Rows are only added. Of one list, kind and scheme the one with the greatest number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    /// The person.
    pub person_no: String,
    /// The list.
    pub list_id: String,
    /// Its own number; numbers rise with time.
    pub grouping_id: String,
    /// The settlement the list is about.
    pub settlement_id: String,
    /// The institution.
    pub institution: String,
    /// Day of discharge.
    pub discharged_on: Date,
    /// Day of the settlement.
    pub settled_on: Date,
    /// The upload that was grouped.
    pub upload: i64,
    /// `drg` or `dip`.
    pub kind: String,
    /// The scheme's edition (分组方案版本).
    pub scheme: String,
    /// Content hash of the scheme.
    pub scheme_hash: String,
    /// When it was grouped.
    pub grouped_at: DateTime,
    /// 主要诊断大类, of a DRG scheme; `0000` for none.
    pub mdc: String,
    /// 核心病组, of a DRG scheme; `00` for none.
    pub adrg: String,
    /// 细分病组 or 病种; `0000` or empty for none.
    pub code: String,
    /// Its 中文 name.
    pub name: String,
    /// Level of complications, or the treatment class of DIP.
    pub severity: String,
    /// 权重 or 分值 as a decimal or fraction; empty where the scheme carries none.
    pub weight: String,
    /// `grouped`, `ambiguous`, `ungrouped`, or the code of the refusal.
    pub outcome: String,
    /// The reason in a few 中文 words; of a refusal, the refusal.
    pub note: String,
    /// The whole result: rules, matched codes, what excluded what, JSON.
    pub reason: String,
}

impl GroupRow {
    /// Whether the case has a group that is paid as such.
    pub fn is_grouped(&self) -> bool {
        self.outcome == "grouped"
    }
}

/// A list entered or changed, with what was found and how it was grouped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DischargeChange {
    /// The list, new (version 1) or changed (version read plus one).
    pub row: DischargeRow,
    /// Findings of this upload; none where only the state changes.
    pub findings: Vec<QualityRow>,
    /// Groups of this upload.
    pub groups: Vec<GroupRow>,
}

/// Which lists are wanted; every part narrows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DischargeFilter {
    /// The institution.
    pub institution: Option<String>,
    /// The person.
    pub person_no: Option<String>,
    /// The settlement.
    pub settlement_id: Option<String>,
    /// The state.
    pub state: Option<String>,
    /// Settled on or after this day.
    pub from: Option<Date>,
    /// Settled on or before this day.
    pub to: Option<Date>,
    /// Those with errors, or without.
    pub faulty: Option<bool>,
    /// Of these care types; of any where empty.
    pub care_types: Vec<String>,
    /// Only those whose settlement was not taken back.
    pub standing: bool,
}

/// Which groups are wanted; every part narrows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupFilter {
    /// `drg` or `dip`.
    pub kind: String,
    /// The scheme's edition; of any where absent.
    pub scheme: Option<String>,
    /// The institution.
    pub institution: Option<String>,
    /// The settlement.
    pub settlement_id: Option<String>,
    /// Settled on or after this day.
    pub from: Option<Date>,
    /// Settled on or before this day.
    pub to: Option<Date>,
    /// Only those whose settlement was not taken back.
    pub standing: bool,
}
