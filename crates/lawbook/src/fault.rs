use std::cell::RefCell;
use std::fmt;

use serde::Serialize;

/// What is wrong with a place in a policy or catalogue file (问题类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// 文件读不出来.
    Unreadable,
    /// 语法错误.
    Syntax,
    /// 文件放错位置.
    Misplaced,
    /// 未知字段.
    UnknownKey,
    /// 缺少字段.
    MissingField,
    /// 类型不对.
    WrongType,
    /// 金额、比例没有加引号.
    Unquoted,
    /// 超出单位允许的范围.
    OutOfUnit,
    /// 未知的词.
    UnknownWord,
    /// 引用不存在.
    Dangling,
    /// 引用的种类不符.
    WrongReference,
    /// 缺口.
    Gap,
    /// 重叠.
    Overlap,
    /// 缺少出处或核对日期.
    NoSource,
    /// 生效日期颠倒或重复.
    DateOrder,
    /// 上级未放开的规定被覆盖.
    Closed,
    /// 缺少必备的规定.
    MissingTopic,
    /// 循环引用.
    Cycle,
    /// 空列表.
    Empty,
    /// 永远轮不到.
    Unreachable,
    /// 没有用到.
    Unused,
}

impl FaultKind {
    /// The 中文 name of the kind.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Unreadable => "读取失败",
            Self::Syntax => "语法错误",
            Self::Misplaced => "位置不对",
            Self::UnknownKey => "未知字段",
            Self::MissingField => "缺少字段",
            Self::WrongType => "类型不对",
            Self::Unquoted => "未加引号",
            Self::OutOfUnit => "超出范围",
            Self::UnknownWord => "未知的词",
            Self::Dangling => "引用不存在",
            Self::WrongReference => "引用种类不符",
            Self::Gap => "缺口",
            Self::Overlap => "重叠",
            Self::NoSource => "缺少出处",
            Self::DateOrder => "日期顺序",
            Self::Closed => "不得覆盖",
            Self::MissingTopic => "缺少规定",
            Self::Cycle => "循环引用",
            Self::Empty => "空列表",
            Self::Unreachable => "无法到达",
            Self::Unused => "没有用到",
        }
    }
}

/// One thing wrong with a file: where it is and what it is, in 中文 (问题).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// File relative to the folder that was read.
    pub file: String,
    /// Line from 1, or 0 when the fault concerns the whole file or folder.
    pub line: usize,
    /// The path of keys inside the file, such as `values.2024-01-01.rows[0].value`.
    pub key: String,
    /// What kind of fault.
    pub kind: FaultKind,
    /// The fault in one 中文 sentence.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.key.is_empty() {
            write!(f, " {}", self.key)?;
        }
        write!(f, " [{}] {}", self.kind.zh(), self.message)
    }
}

/// Collects faults while reading goes on.
#[derive(Debug, Default)]
pub(crate) struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    /// Notes a fault.
    pub fn add(&self, fault: Fault) {
        self.0.borrow_mut().push(fault);
    }

    /// Notes a fault of a whole file or folder.
    pub fn add_file(&self, file: &str, kind: FaultKind, message: impl Into<String>) {
        self.add(Fault {
            file: file.to_owned(),
            line: 0,
            key: String::new(),
            kind,
            message: message.into(),
        });
    }

    /// Notes a fault about a heading field of a file, for which its first line stands.
    pub fn add_heading(&self, file: &str, key: &str, kind: FaultKind, message: impl Into<String>) {
        self.add(Fault {
            file: file.to_owned(),
            line: 1,
            key: key.to_owned(),
            kind,
            message: message.into(),
        });
    }

    /// All faults in order of file and line, each once.
    pub fn sorted(self) -> Vec<Fault> {
        let mut faults = self.0.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}
