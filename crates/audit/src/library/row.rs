use std::collections::BTreeMap;

/// One version of a knowledge row as it is kept; never changed (知识行).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionedRow {
    /// Name of its table, such as `k_drug_level`.
    pub table: String,
    /// 知识点编号, stable over all versions.
    pub id: String,
    /// 1 for the first.
    pub version: i64,
    /// Whether it speaks.
    pub status: RowStatus,
    /// What it says, by column of the house; empty cells are left out, and so are identity,
    /// version and status.
    pub cells: BTreeMap<String, String>,
}

/// A row of a table that somebody hands in (待导入的知识行).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Name of its table.
    pub table: String,
    /// File and line it stands in, for complaints.
    pub place: String,
    /// Its first cells as the file has them, which tell rows apart where nothing else does.
    pub head: String,
    /// All its cells, by column of the house.
    pub cells: BTreeMap<String, String>,
}

/// Whether a row of knowledge speaks (知识行状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum RowStatus {
    /// 草稿: says nothing yet.
    Draft,
    /// 试行: speaks beside what is in use, and suspects at most.
    Trial,
    /// 在用.
    #[default]
    Active,
    /// 停用: ends what the versions before it said.
    Retired,
}

impl RowStatus {
    /// All of them, in the order of a row's life.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Trial, Self::Active, Self::Retired];

    /// Its word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Trial => "trial",
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }

    /// Its Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "草稿",
            Self::Trial => "试行",
            Self::Active => "在用",
            Self::Retired => "停用",
        }
    }

    /// Reads its word; no word means in use.
    pub fn parse(word: &str) -> Option<Self> {
        if word.is_empty() {
            return Some(Self::Active);
        }
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl VersionedRow {
    /// A cell; empty where there is none.
    pub fn text(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The row as findings cite it: identity and version.
    pub fn cited(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }
}

impl Given {
    /// A cell; empty where there is none.
    pub fn text(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// A key cell; a row of a table by prefix may name one whole code instead.
    pub(super) fn key(&self, column: &str) -> &str {
        match self.text(column) {
            "" if column == "item_prefix" => self.text("item"),
            cell => cell,
        }
    }
}
