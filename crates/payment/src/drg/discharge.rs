use std::borrow::Cow;

use money::Fen;
use terms::Date;

use crate::{GroupIndex, InstitutionIndex, Refusal};

/// A number that stands for a patient; the same patient has the same number, nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PatientIndex(pub u32);

/// One discharge of the year that is cleared (出院病例), as small as millions of them need it.
#[derive(Debug, Clone)]
pub struct Discharge<'a> {
    /// The case's number.
    pub id: Cow<'a, str>,
    /// Who treated.
    pub institution: InstitutionIndex,
    /// Who was treated; without it nobody can be readmitted.
    pub patient: Option<PatientIndex>,
    /// The group, unless it could not be grouped.
    pub group: Option<GroupIndex>,
    /// 入院日期.
    pub admission: Date,
    /// 出院日期.
    pub discharge: Date,
    /// 总费用.
    pub cost: Fen,
    /// 审核扣除的不合理费用, part of the cost.
    pub unreasonable: Fen,
    /// 统筹基金按项目应付.
    pub fund: Fen,
    /// What the patient and other payers paid.
    pub others: Fen,
    /// 床日费用标准, for a stay that is paid by days.
    pub bed_day_rate: Option<Fen>,
    /// 特病单议已批准.
    pub special_review_approved: bool,
    /// 肿瘤放化疗: never a readmission.
    pub tumour_therapy: bool,
}

impl Discharge<'_> {
    /// The cost that counts everywhere: without what review found unreasonable.
    pub(crate) fn reasonable_cost(&self) -> Fen {
        self.cost - self.unreasonable
    }

    /// Whether the facts can be true.
    ///
    /// # Errors
    /// [`Refusal::BadFact`] for the first that can not.
    pub fn check(&self) -> Result<(), Refusal> {
        let zero = Fen::ZERO;
        if self.cost <= zero {
            return Err(self.wrong("cost", self.cost, "应大于零"));
        }
        if self.unreasonable < zero || self.unreasonable > self.cost {
            return Err(self.wrong("unreasonable", self.unreasonable, "应在零和总费用之间"));
        }
        for (fact, amount) in [("fund", self.fund), ("others", self.others)] {
            if amount.is_negative() {
                return Err(self.wrong(fact, amount, "不应为负"));
            }
        }
        if let Some(rate) = self.bed_day_rate.filter(|rate| *rate <= zero) {
            return Err(self.wrong("bed_day_rate", rate, "应大于零"));
        }
        if self.discharge < self.admission {
            return Err(self.wrong("discharge", self.discharge, "早于入院日期"));
        }
        Ok(())
    }

    fn wrong(&self, fact: &'static str, value: impl ToString, want: &'static str) -> Refusal {
        Refusal::fact(format!("病例{}", self.id), fact, value, want)
    }
}
