use super::columns::Column;

/// Why a row of a file is not taken, or what about it deserves a look (行错误).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The line or row of the file, from 1.
    pub line: u64,
    /// The column, 中文; empty for the row as a whole.
    pub column: String,
    /// What is written there.
    pub value: String,
    /// The kind of fault.
    pub kind: FaultKind,
    /// Why, 中文.
    pub reason: String,
}

/// The kinds of faults, for counting (错误种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// 必填项为空.
    Missing,
    /// 日期不能成立.
    BadDate,
    /// 词表中没有.
    UnknownWord,
    /// 证件号码有误.
    BadDocument,
    /// 出生日期与证件不符.
    BirthMismatch,
    /// 性别与证件不符.
    SexMismatch,
    /// 参保期间重叠.
    Overlap,
    /// 文件内重复.
    DuplicateInFile,
    /// 与登记册不符.
    DiffersFromRegister,
    /// 数字已失真.
    DamagedNumber,
    /// 合并单元格.
    MergedCell,
    /// 文字无法识别.
    Undecodable,
    /// 格式有误.
    BadForm,
}

impl FaultKind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Missing,
        Self::BadDate,
        Self::UnknownWord,
        Self::BadDocument,
        Self::BirthMismatch,
        Self::SexMismatch,
        Self::Overlap,
        Self::DuplicateInFile,
        Self::DiffersFromRegister,
        Self::DamagedNumber,
        Self::MergedCell,
        Self::Undecodable,
        Self::BadForm,
    ];

    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::BadDate => "bad_date",
            Self::UnknownWord => "unknown_word",
            Self::BadDocument => "bad_document",
            Self::BirthMismatch => "birth_mismatch",
            Self::SexMismatch => "sex_mismatch",
            Self::Overlap => "overlap",
            Self::DuplicateInFile => "duplicate_in_file",
            Self::DiffersFromRegister => "differs_from_register",
            Self::DamagedNumber => "damaged_number",
            Self::MergedCell => "merged_cell",
            Self::Undecodable => "undecodable",
            Self::BadForm => "bad_form",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Missing => "必填项为空",
            Self::BadDate => "日期不能成立",
            Self::UnknownWord => "词表中没有",
            Self::BadDocument => "证件号码有误",
            Self::BirthMismatch => "出生日期与证件不符",
            Self::SexMismatch => "性别与证件不符",
            Self::Overlap => "参保期间重叠",
            Self::DuplicateInFile => "文件内重复",
            Self::DiffersFromRegister => "与登记册不符",
            Self::DamagedNumber => "数字已失真",
            Self::MergedCell => "合并单元格",
            Self::Undecodable => "文字无法识别",
            Self::BadForm => "格式有误",
        }
    }
}

impl RowFault {
    pub(super) fn at(
        line: u64,
        column: Column,
        value: &str,
        kind: FaultKind,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            line,
            column: column.title(),
            value: value.to_owned(),
            kind,
            reason: reason.into(),
        }
    }
}
