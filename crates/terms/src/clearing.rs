use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a fund's money for care is spent on (待遇支出类别), as the books expense it.
    BenefitClass "待遇支出类别" {
        Inpatient = "inpatient" "住院",
        Outpatient = "outpatient" "普通门诊",
        Chronic = "chronic" "门诊慢特病",
        Pharmacy = "pharmacy" "定点药店",
        Maternity = "maternity" "生育医疗",
        PersonalAccount = "personal_account" "个人账户医药费",
        ProcurementRetained = "procurement_retained" "集采结余留用",
        Annual = "annual" "结余留用与超支分担",
        Aid = "aid" "医疗救助",
        LongTermCare = "long_term_care" "长期护理",
    }
}

vocabulary! {
    /// Why a clearing statement differs from the sum of its bills (清算调整事由).
    AdjustmentKind "清算调整事由" {
        AuditDeduction = "audit_deduction" "审核扣款",
        AuditRelease = "audit_release" "审核扣款退还",
        Retention = "retention" "预留质量保证金",
        RetentionReturn = "retention_return" "返还质量保证金",
        Assessment = "assessment" "考核结算",
        SupplierNetting = "supplier_netting" "集采代结算抵扣",
        AdvanceRecovery = "advance_recovery" "抵扣预付金",
        ReopenedDifference = "reopened_difference" "追溯差额",
        AnnualClearing = "annual_clearing" "年度清算",
        HeldByMethod = "held_by_method" "按付费方式暂不拨付",
        HeldRelease = "held_release" "暂不拨付款项拨付",
        Correction = "correction" "更正",
        CarriedForward = "carried_forward" "负数结转",
        /// Known so that it can be refused by name: it goes to the treasury, never to a fund.
        AdministrativeFine = "administrative_fine" "行政罚款",
    }
}

vocabulary! {
    /// How far a clearing statement has come (清算单状态).
    StatementState "清算单状态" {
        Draft = "draft" "草稿",
        Published = "published" "已发布",
        Objected = "objected" "有异议",
        Confirmed = "confirmed" "已确认",
        Approved = "approved" "已审批",
        Ordered = "ordered" "已开单",
        Paid = "paid" "已拨付",
        Closed = "closed" "已结清",
    }
}

impl AdjustmentKind {
    /// Whether it may only add to what an institution gets, only take from it, or both.
    pub const fn sign(self) -> Option<bool> {
        match self {
            Self::AuditDeduction
            | Self::Retention
            | Self::AdvanceRecovery
            | Self::HeldByMethod
            | Self::AdministrativeFine => Some(false),
            Self::AuditRelease | Self::RetentionReturn | Self::HeldRelease => Some(true),
            Self::Assessment
            | Self::ReopenedDifference
            | Self::AnnualClearing
            | Self::CarriedForward
            // Goods that went back return what was taken for them.
            | Self::SupplierNetting
            | Self::Correction => None,
        }
    }
}

impl AdjustmentKind {
    /// Whether it is settled with money the fund has paid already: to a supplier or in advance.
    pub const fn is_offset(self) -> bool {
        matches!(self, Self::SupplierNetting | Self::AdvanceRecovery)
    }
}

impl StatementState {
    /// Whether what it says can no longer change.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Approved | Self::Ordered | Self::Paid | Self::Closed
        )
    }
}
