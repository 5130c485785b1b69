//! What is kept of a visit.

use serde::{Deserialize, Serialize};
use store::{Context, VisitRow};
use terms::{CareType, Cause, Scheme, Word};

use crate::facts::word;
use crate::{Call, Error};

/// What kind of visit it is (就诊类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitKind {
    /// 门诊.
    Outpatient,
    /// 住院.
    Stay,
    /// 药店购药.
    Pharmacy,
}

impl VisitKind {
    /// The word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Outpatient => "outpatient",
            Self::Stay => "stay",
            Self::Pharmacy => "pharmacy",
        }
    }

    const fn zh(self) -> &'static str {
        match self {
            Self::Outpatient => "门诊挂号",
            Self::Stay => "住院登记",
            Self::Pharmacy => "购药",
        }
    }
}

/// Where a visit stands (就诊状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitStatus {
    /// 在诊、在院.
    Open,
    /// 已出院.
    Discharged,
    /// 已结算.
    Settled,
    /// 已撤销.
    Cancelled,
}

impl VisitStatus {
    /// The word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Discharged => "discharged",
            Self::Settled => "settled",
            Self::Cancelled => "cancelled",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Open => "未结算",
            Self::Discharged => "已出院未结算",
            Self::Settled => "已结算",
            Self::Cancelled => "已撤销",
        }
    }

    /// The status a row holds.
    ///
    /// # Errors
    /// [`Error::Bug`] for a word this version does not know.
    pub fn of(row: &VisitRow) -> Result<Self, Error> {
        match row.status.as_str() {
            "open" => Ok(Self::Open),
            "discharged" => Ok(Self::Discharged),
            "settled" => Ok(Self::Settled),
            "cancelled" => Ok(Self::Cancelled),
            other => Err(Error::Bug(format!(
                "the store holds the visit status “{other}”"
            ))),
        }
    }
}

/// Ticket and device of a bill, as far as its message names them (票据与终端).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Receipt {
    /// 发票号.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub invoice: String,
    /// 设备编号 of the message that settled.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub terminal: String,
}

/// What is kept of a visit beside its columns, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitDetail {
    /// 致病原因.
    pub cause: Cause,
    /// Whether the institution said so itself; silence counts as an illness.
    #[serde(default)]
    pub cause_told: bool,
    /// Ticket and device of the last bill.
    #[serde(default)]
    pub receipt: Receipt,
    /// The recognised disease it is for, with its name.
    #[serde(default)]
    pub disease: Option<(String, String)>,
    /// Marks of the visit.
    #[serde(default)]
    pub marks: Vec<Word>,
    /// The institution's own number for it (门诊号、住院号).
    #[serde(default)]
    pub local_number: String,
    /// Department: code and name.
    #[serde(default)]
    pub department: (String, String),
    /// Doctor: code and name.
    #[serde(default)]
    pub doctor: (String, String),
    /// Ward and bed.
    #[serde(default)]
    pub bed: (String, String),
    /// How the person left (离院方式).
    #[serde(default)]
    pub discharge_way: String,
    /// The operator who opened it.
    #[serde(default)]
    pub operator: String,
    /// Main complaint and the like.
    #[serde(default)]
    pub note: String,
}

impl VisitDetail {
    /// Takes over what a change says; what it leaves empty, and who opened the visit, stays.
    pub(crate) fn take_over(&mut self, change: &Self) {
        (self.cause, self.cause_told) = (change.cause, change.cause_told);
        if change.disease.is_some() {
            self.disease.clone_from(&change.disease);
        }
        if !change.marks.is_empty() {
            self.marks.clone_from(&change.marks);
        }
        for (own, new) in [
            (&mut self.department, &change.department),
            (&mut self.doctor, &change.doctor),
            (&mut self.bed, &change.bed),
        ] {
            if !new.0.is_empty() || !new.1.is_empty() {
                own.clone_from(new);
            }
        }
        for (own, new) in [
            (&mut self.local_number, &change.local_number),
            (&mut self.discharge_way, &change.discharge_way),
            (&mut self.note, &change.note),
        ] {
            if !new.is_empty() {
                own.clone_from(new);
            }
        }
    }
}

/// A diagnosis as reported with a visit (诊断).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whether it is the main one.
    pub main: bool,
    /// The kind the interface gives (西医、中医).
    #[serde(default)]
    pub kind: String,
}

/// A visit read apart.
pub(crate) struct Visit<'a> {
    pub row: &'a VisitRow,
    pub status: VisitStatus,
    pub care: CareType,
    pub scheme: Scheme,
    pub detail: VisitDetail,
    pub diagnoses: Vec<Diagnosis>,
}

impl<'a> Visit<'a> {
    pub fn of(row: &'a VisitRow) -> Result<Self, Error> {
        let broken = |cause| Error::Bug(format!("visit {}: {cause}", row.visit_id));
        Ok(Self {
            row,
            status: VisitStatus::of(row)?,
            care: word(&row.care_type)?,
            scheme: word(&row.scheme)?,
            detail: serde_json::from_str(&row.detail).map_err(broken)?,
            diagnoses: serde_json::from_str(&row.diagnoses).map_err(broken)?,
        })
    }

    /// The visit asked for: it must exist, belong to the institution and be of the kind.
    pub fn asked_for(
        context: &'a Context,
        call: &Call,
        visit_id: &str,
        kind: Option<VisitKind>,
    ) -> Result<Self, Error> {
        let row = context
            .visit
            .as_ref()
            .ok_or_else(|| Error::missing("就诊记录", visit_id))?;
        if row.institution != call.institution.code {
            return Err(Error::refused(
                "other_institution",
                format!("就诊记录“{visit_id}”不属于本机构"),
            ));
        }
        if let Some(kind) = kind.filter(|kind| kind.word() != row.kind) {
            return Err(Error::refused(
                "other_kind",
                format!("就诊记录“{visit_id}”不是{}", kind.zh()),
            ));
        }
        Self::of(row)
    }

    /// Refuses unless the visit stands where the verb needs it.
    pub fn must_be(&self, allowed: &[VisitStatus], verb: &str) -> Result<(), Error> {
        if allowed.contains(&self.status) {
            return Ok(());
        }
        Err(Error::refused(
            "visit_state",
            format!(
                "就诊记录“{}”{}，不能{verb}",
                self.row.visit_id,
                self.status.zh()
            ),
        ))
    }

    /// Refuses unless fee lines may still come and go: outpatient visits are billed batch by batch,
    /// so a settled one may go on.
    pub fn must_be_billable(&self, verb: &str) -> Result<(), Error> {
        use VisitStatus::{Discharged, Open, Settled};
        if self.row.kind == VisitKind::Outpatient.word() {
            return self.must_be(&[Open, Settled], verb);
        }
        self.must_be(&[Open, Discharged], verb)
    }

    /// The row after a change; the store checks that nobody changed it meanwhile.
    pub fn changed(&self) -> Result<VisitRow, Error> {
        let text = |result: Result<String, serde_json::Error>| {
            result.map_err(|cause| Error::Bug(format!("visit {}: {cause}", self.row.visit_id)))
        };
        Ok(VisitRow {
            version: self.row.version + 1,
            care_type: self.care.word().to_owned(),
            scheme: self.scheme.word().to_owned(),
            status: self.status.word().to_owned(),
            diagnoses: text(serde_json::to_string(&self.diagnoses))?,
            detail: text(serde_json::to_string(&self.detail))?,
            ..self.row.clone()
        })
    }
}
