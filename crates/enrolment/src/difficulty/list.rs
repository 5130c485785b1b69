use std::collections::BTreeMap;

use policy::DifficultyRule;
use serde::{Deserialize, Serialize};
use terms::{Date, Word};

use super::Days;

/// Whether a list says who holds an identity, or what changed (名单类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// 全量名单: whoever is not on it holds the identity no more.
    Full,
    /// 增减名单: only what it names changes.
    Change,
}

impl ListKind {
    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Change => "change",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Full => "全量名单",
            Self::Change => "增减名单",
        }
    }

    /// The kind that a word names.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Full, Self::Change]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// What a row asks for (增减).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 新增、延续 or 变更: the person holds the identity.
    Hold,
    /// 退出: the identity ends.
    End,
    /// 撤销: it was never held.
    Withdraw,
}

impl Action {
    /// The action that a list names; nothing said means that the identity is held.
    pub(super) fn read(text: &str) -> Option<Self> {
        match text.trim() {
            "" | "新增" | "延续" | "变更" | "在册" | "hold" | "add" => Some(Self::Hold),
            "退出" | "减少" | "终止" | "end" => Some(Self::End),
            "撤销" | "withdraw" => Some(Self::Withdraw),
            _ => None,
        }
    }
}

/// A row as the bureau wrote it (名单行).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct RawRow {
    /// Its number in the file, from 1.
    pub row: u32,
    /// 证件类型: its word or its 中文 name; the resident identity card where nothing is said.
    pub document_kind: String,
    /// 证件号码.
    pub document: String,
    /// 姓名.
    pub name: String,
    /// 身份: its word or its 中文 name.
    pub identity: String,
    /// 增减: 新增, 延续, 变更, 退出, 撤销, or nothing.
    pub action: String,
    /// 认定日期.
    pub from: String,
    /// 有效期至, or 退出日期.
    pub to: String,
}

/// What the sender says the file holds (控制总数).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListTotals {
    /// 行数.
    pub rows: Option<usize>,
    /// 人数: different documents.
    pub people: Option<usize>,
}

/// A list as it was received (收到的名单).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedList {
    /// 认定部门.
    pub bureau: Word,
    /// Full or change.
    pub kind: ListKind,
    /// The day whose state it gives (名单日).
    pub day: Date,
    /// The identities a full list speaks for; those that occur in it where none is named.
    pub covers: Vec<Word>,
    /// What the sender counted.
    pub totals: ListTotals,
    /// The rows, in any order.
    pub rows: Vec<RawRow>,
}

/// An identity that the register believes (已登记的身份).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// 救助身份.
    pub identity: Word,
    /// The bureau that stated it; nobody in particular for what was taken over from before.
    pub bureau: Option<Word>,
    /// When.
    pub days: Days,
}

/// What the register knows of a person, as far as lists are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// 人员编号.
    pub person_no: String,
    /// 姓名.
    pub name: String,
    /// 证件号码, present and former.
    pub documents: Vec<String>,
    /// 出生日期.
    pub birth: Option<Date>,
    /// 死亡日期.
    pub death: Option<Date>,
    /// Identities, whoever stated them.
    pub held: Vec<Held>,
    /// Days with cover under a basic scheme, waiting included (参保期间).
    pub covers: Vec<Days>,
}

/// The law that a list is taken under.
#[derive(Debug, Clone, Copy)]
pub struct ListLaw<'a> {
    /// Which bureau may state what.
    pub rule: &'a DifficultyRule,
    /// 中文 names of identities and bureaus.
    pub words: &'a BTreeMap<Word, String>,
}

impl RawRow {
    /// The document number as the register keeps it, if it can be one.
    pub fn number(&self) -> Option<String> {
        super::claim::read_document(self).ok()
    }
}

impl ListLaw<'_> {
    /// The 中文 name of a word.
    pub(super) fn zh(&self, word: &Word) -> String {
        let name = self.words.get(word);
        name.cloned().unwrap_or_else(|| word.to_string())
    }
}
