use policy::{AreaPolicy, Ref, SchemePolicy, Table, Topic};
use serde::Serialize;
use terms::{AreaCode, Word};

use super::condition_text;

/// A value as people read it: one line of text, and a table where it has rows (取值).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rendered {
    /// One line, such as 退休：400.00元；其他：500.00元.
    pub text: String,
    /// The same as a table, when there is more than one value.
    pub table: Option<Grid>,
}

/// A value as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grid {
    /// Column names.
    pub columns: Vec<String>,
    /// Rows, each as long as the columns.
    pub rows: Vec<Vec<String>>,
}

impl Rendered {
    /// A single value.
    pub(crate) fn single(text: String) -> Self {
        Self { text, table: None }
    }

    /// Rows under column names; the text lists them as 名称：内容.
    pub(crate) fn grid(columns: &[&str], rows: Vec<Vec<String>>) -> Self {
        let texts: Vec<String> = rows.iter().map(|row| row_text(row)).collect();
        let columns = columns.iter().map(|name| (*name).to_owned()).collect();
        Self {
            text: texts.join("；"),
            table: Some(Grid { columns, rows }),
        }
    }

    /// Named parts, such as those of a layer.
    pub(crate) fn pairs(pairs: Vec<(&str, String)>) -> Self {
        let rows = pairs
            .into_iter()
            .map(|(name, text)| vec![name.to_owned(), text])
            .collect();
        Self::grid(&["项目", "内容"], rows)
    }
}

fn row_text(row: &[String]) -> String {
    match row {
        [name, rest @ ..] if !rest.is_empty() => {
            let rest: Vec<&str> = rest
                .iter()
                .map(String::as_str)
                .filter(|text| !text.is_empty())
                .collect();
            format!("{name}：{}", rest.join("，"))
        }
        _ => row.join("，"),
    }
}

/// What rendering needs to name things: the area's words and the scheme's topics.
#[derive(Clone, Copy)]
pub(crate) struct Legend<'a> {
    pub area: &'a AreaPolicy,
    pub scheme: &'a SchemePolicy,
    /// Whether references show keys beside titles, so that no change of a reference hides.
    pub with_keys: bool,
}

impl Legend<'_> {
    /// The 中文 name of a declared word.
    pub fn word(&self, word: &Word) -> String {
        self.area
            .words
            .get(word)
            .cloned()
            .unwrap_or_else(|| word.to_string())
    }

    /// The names of words, listed.
    pub fn words(&self, words: &[Word]) -> String {
        list(words.iter().map(|word| self.word(word)))
    }

    /// The name of a county.
    pub fn county(&self, code: AreaCode) -> String {
        self.area
            .counties
            .get(&code)
            .cloned()
            .unwrap_or_else(|| code.to_string())
    }

    /// The title of a topic in quotation marks, found among its kind.
    pub fn title<T>(&self, topics: &[Topic<T>], reference: Ref<Topic<T>>) -> String {
        let topic = topics.get(reference.index());
        topic.map_or_else(String::new, |topic| format!("「{}」", self.name(topic)))
    }

    /// The title of a topic, with its key where two versions are to be compared.
    pub fn name<T>(&self, topic: &Topic<T>) -> String {
        if self.with_keys {
            format!("{}（{}）", topic.title, topic.key)
        } else {
            topic.title.clone()
        }
    }

    /// A table as rows of condition and value.
    pub fn rows<T>(&self, table: &Table<T>, value: impl Fn(&T) -> String) -> Vec<Vec<String>> {
        let rows = table.rows();
        let row_of = |row: &policy::Row<T>| {
            let condition = condition_text(self, &row.condition);
            let condition = match (condition.is_empty(), rows.len()) {
                (false, _) => condition,
                (true, 1) => "一律".to_owned(),
                (true, _) => "其他".to_owned(),
            };
            let condition = match row.rank {
                0 => condition,
                rank => format!("{condition}（优先{rank}）"),
            };
            let value = row.value.as_ref().map_or_else(|| "无".to_owned(), &value);
            vec![condition, value]
        };
        rows.iter().map(row_of).collect()
    }

    /// A table as a value: a single text when it always answers the same.
    pub fn table<T>(&self, table: &Table<T>, value: impl Fn(&T) -> String) -> Rendered {
        if let [only] = table.rows()
            && only.condition.specificity() == 0
        {
            return Rendered::single(only.value.as_ref().map_or_else(|| "无".to_owned(), value));
        }
        let mut rows = self.rows(table, value);
        rows.extend(choose_row(table));
        Rendered::grid(&["适用", "取值"], rows)
    }
}

/// How a table chooses among several rows that fit, as a row of its own.
pub(crate) fn choose_row<T>(table: &Table<T>) -> Option<Vec<String>> {
    let how = match table.choose() {
        policy::Choose::MostSpecific => return None,
        policy::Choose::Highest => "取最高",
        policy::Choose::Lowest => "取最低",
    };
    Some(vec!["同时符合几行".to_owned(), how.to_owned()])
}

/// Texts joined as a 中文 list.
pub(crate) fn list(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().collect::<Vec<_>>().join("、")
}
