use std::collections::HashMap;

/// A column of a file of people (导入列); the number tells repeated groups apart, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    PersonNo,
    Name,
    Sex,
    Birth,
    Death,
    DocumentKind(u8),
    Document(u8),
    Card,
    Phone,
    Address,
    County,
    Household,
    Identities,
    Marks,
    Subsidised,
    EnrolledSince,
    Scheme(u8),
    Category(u8),
    State(u8),
    From(u8),
    To(u8),
    Employer(u8),
}

type Make = fn(u8) -> Column;

/// Titles by column: the one reports use, then others that are understood; 中文 and English.
const TITLES: &[(Make, &[&str])] = &[
    (|_| Column::PersonNo, &["人员编号", "person_no"]),
    (|_| Column::Name, &["姓名", "name"]),
    (|_| Column::Sex, &["性别", "sex", "gender"]),
    (|_| Column::Birth, &["出生日期", "birth", "date_of_birth"]),
    (|_| Column::Death, &["死亡日期", "death"]),
    (Column::DocumentKind, &["证件类型", "document_kind"]),
    (
        Column::Document,
        &[
            "证件号码",
            "公民身份号码",
            "身份证号",
            "身份证号码",
            "document",
        ],
    ),
    (|_| Column::Card, &["社会保障卡号", "社保卡号", "card"]),
    (
        |_| Column::Phone,
        &["电话", "手机号", "手机号码", "联系电话", "phone"],
    ),
    (
        |_| Column::Address,
        &["住址", "地址", "联系地址", "address"],
    ),
    (
        |_| Column::County,
        &["参保地", "县区", "参保县区", "county"],
    ),
    (|_| Column::Household, &["户号", "家庭户号", "household"]),
    (|_| Column::Identities, &["救助身份", "identities"]),
    (|_| Column::Marks, &["人员标识", "marks"]),
    (|_| Column::Subsidised, &["资助参保", "subsidised"]),
    (
        |_| Column::EnrolledSince,
        &["连续参保起始日期", "enrolled_since"],
    ),
    (Column::Scheme, &["险种", "scheme"]),
    (Column::Category, &["人员类别", "category"]),
    (Column::State, &["待遇状态", "参保状态", "state"]),
    (Column::From, &["参保开始日期", "参保开始", "cover_from"]),
    (Column::To, &["参保结束日期", "参保结束", "cover_to"]),
    (
        Column::Employer,
        &["参保单位", "单位名称", "单位", "employer"],
    ),
];

/// How many groups of document or cover one row may hold.
pub(super) const GROUPS: u8 = 4;

impl Column {
    /// The column a title names; a digit at its end tells the group.
    pub(super) fn of(title: &str) -> Option<Self> {
        let plain = title.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '\u{FEFF}');
        let plain = plain.to_lowercase();
        let (stem, group) = match plain.char_indices().next_back() {
            Some((at, digit)) if digit.is_ascii_digit() => {
                let group = u8::try_from(digit.to_digit(10)?).ok()?;
                (plain[..at].trim_end_matches('_'), group)
            }
            _ => (plain.as_str(), 1),
        };
        let (make, _) = TITLES.iter().find(|(_, titles)| titles.contains(&stem))?;
        let repeated = make(1) != make(2);
        let fits = if repeated {
            (1..=GROUPS).contains(&group)
        } else {
            group == 1
        };
        fits.then(|| make(group))
    }

    /// The title that reports use.
    pub(super) fn title(self) -> String {
        for (make, titles) in TITLES {
            for group in 1..=GROUPS {
                if make(group) == self {
                    let title = titles[0];
                    return match group {
                        1 => title.to_owned(),
                        _ => format!("{title}{group}"),
                    };
                }
            }
        }
        String::new()
    }

    /// Whether rows next to one another may share the value, so that a merged cell is meant for
    /// all of them.
    pub(super) const fn is_shared(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::County
                | Self::Household
                | Self::Scheme(_)
                | Self::Category(_)
                | Self::State(_)
                | Self::From(_)
                | Self::To(_)
                | Self::Employer(_)
        )
    }
}

/// Which place of a row holds which column (列的位置).
#[derive(Debug, Default)]
pub(super) struct Layout {
    places: HashMap<Column, usize>,
    /// Titles that name no column; their values are not read.
    pub(super) ignored: Vec<String>,
}

impl Layout {
    /// The layout of a row of titles; nothing where the row does not hold a name and a document.
    ///
    /// # Errors
    /// The column that two titles name.
    pub(super) fn of<'a>(titles: impl Iterator<Item = &'a str>) -> Result<Option<Self>, Column> {
        let mut layout = Self::default();
        let mut twice = None;
        for (place, title) in titles.enumerate() {
            match Column::of(title) {
                Some(column) => {
                    if layout.places.insert(column, place).is_some() {
                        twice = Some(column);
                    }
                }
                None if title.trim().is_empty() => {}
                None => layout.ignored.push(title.trim().to_owned()),
            }
        }
        if !layout.has(Column::Name) || !layout.has(Column::Document(1)) {
            return Ok(None);
        }
        match twice {
            Some(column) => Err(column),
            None => Ok(Some(layout)),
        }
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.places.contains_key(&column)
    }

    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places.get(&column).copied()
    }

    /// The column at a place.
    pub(super) fn at(&self, place: usize) -> Option<Column> {
        let mut all = self.places.iter();
        all.find(|(_, at)| **at == place).map(|(column, _)| *column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_either_language_with_groups() {
        assert_eq!(Column::of(" 姓名* "), Some(Column::Name));
        assert_eq!(Column::of("Cover_From"), Some(Column::From(1)));
        assert_eq!(Column::of("cover_from_2"), Some(Column::From(2)));
        assert_eq!(Column::of("险种3"), Some(Column::Scheme(3)));
        assert_eq!(Column::of("险种9"), None);
        assert_eq!(Column::of("姓名2"), None);
        assert_eq!(Column::of("备注"), None);
        assert_eq!(Column::From(2).title(), "参保开始日期2");
    }

    #[test]
    fn a_layout_needs_name_and_document_and_each_column_once() {
        let layout = |titles: &[&str]| Layout::of(titles.iter().copied());
        assert!(layout(&["某市参保人员登记表"]).unwrap().is_none());
        assert!(matches!(
            layout(&["姓名", "证件号码", "document"]),
            Err(Column::Document(1))
        ));
        let found = layout(&["序号", "姓名", "", "身份证号"]).unwrap().unwrap();
        assert_eq!(found.place(Column::Document(1)), Some(3));
        assert_eq!(found.ignored, ["序号"]);
    }
}
