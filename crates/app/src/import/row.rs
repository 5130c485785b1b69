use std::collections::HashMap;

use enrolment::identity::Document;
use jiff::civil::Date;
use terms::{AreaCode, Category, CoverState, DocumentKind, Scheme, Sex, Vocabulary, Word};

use super::columns::{Column, GROUPS, Layout};
use super::dates;
use super::fault::{FaultKind, RowFault};
use super::sheet::{Note, RawRow};
use crate::IdentitySpan;

/// A person as a good row of the file gives one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Incoming {
    /// Place among the rows of data, from 0.
    pub(super) index: i64,
    pub(super) line: u64,
    pub(super) person_no: String,
    pub(super) name: String,
    pub(super) sex: Sex,
    pub(super) birth: Date,
    pub(super) death: Option<Date>,
    pub(super) documents: Vec<Document>,
    pub(super) card: String,
    pub(super) phone: String,
    pub(super) address: String,
    pub(super) county: AreaCode,
    pub(super) household: String,
    pub(super) identities: Vec<IdentitySpan>,
    pub(super) marks: Vec<Word>,
    pub(super) since: Option<Date>,
    pub(super) periods: Vec<Period>,
}

/// A period of cover in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) scheme: Scheme,
    pub(super) category: Category,
    pub(super) state: CoverState,
    pub(super) from: Date,
    pub(super) to: Option<Date>,
    pub(super) employer: String,
}

/// What a row is read against.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) area: AreaCode,
    pub(super) today: Date,
    /// Declared words, by themselves and by their 中文 names.
    pub(super) words: HashMap<String, Word>,
}

/// The mark of somebody for whom others pay (资助参保).
pub(crate) const SUBSIDISED: &str = "subsidised";

/// Reads a row of data; every fault of it at once.
pub(super) fn read(
    raw: &RawRow,
    index: i64,
    layout: &Layout,
    setting: &Setting,
) -> Result<Incoming, Vec<RowFault>> {
    let mut row = Row {
        raw,
        layout,
        setting,
        faults: Vec::new(),
    };
    row.notes();
    let person_no = row.text(Column::PersonNo).to_owned();
    if layout.has(Column::PersonNo) && person_no.is_empty() {
        row.fault(
            Column::PersonNo,
            FaultKind::Missing,
            "文件有人员编号列时每行都要填写",
        );
    }
    let name = row.needed(Column::Name).to_owned();
    let documents = row.documents();
    let (sex, birth) = row.sex_and_birth(&documents);
    let death = row.day(Column::Death);
    let periods = row.periods(birth);
    let incoming = Incoming {
        index,
        line: raw.line,
        person_no,
        name,
        sex: sex.unwrap_or(Sex::Male),
        birth: birth.unwrap_or(setting.today),
        death,
        documents,
        card: row.text(Column::Card).to_owned(),
        phone: row.phone(),
        address: row.text(Column::Address).to_owned(),
        county: row.county(),
        household: row.text(Column::Household).to_owned(),
        identities: row.identities(),
        marks: row.marks(),
        since: row.day(Column::EnrolledSince),
        periods,
    };
    row.in_order(&incoming);
    match row.faults.is_empty() {
        true => Ok(incoming),
        false => Err(row.faults),
    }
}

struct Row<'a> {
    raw: &'a RawRow,
    layout: &'a Layout,
    setting: &'a Setting,
    faults: Vec<RowFault>,
}

impl<'a> Row<'a> {
    fn text(&self, column: Column) -> &'a str {
        let place = self.layout.place(column);
        let text = place.and_then(|place| self.raw.cells.get(place));
        text.unwrap_or("").trim()
    }

    fn note(&self, column: Column) -> Option<&Note> {
        let place = self.layout.place(column)?;
        let mut notes = self.raw.notes.iter();
        notes.find(|(at, _)| *at == place).map(|(_, note)| note)
    }

    fn fault(&mut self, column: Column, kind: FaultKind, reason: impl Into<String>) {
        let value = self.text(column);
        let fault = RowFault::at(self.raw.line, column, value, kind, reason);
        self.faults.push(fault);
    }

    fn needed(&mut self, column: Column) -> &'a str {
        let text = self.text(column);
        if text.is_empty() {
            self.fault(column, FaultKind::Missing, "没有填写");
        }
        text
    }

    /// What the file's own form makes doubtful.
    fn notes(&mut self) {
        for (place, note) in &self.raw.notes {
            let Some(column) = self.layout.at(*place) else {
                continue;
            };
            match note {
                Note::Number => {}
                Note::Damaged => self.fault(
                    column,
                    FaultKind::DamagedNumber,
                    "按数字保存，15位以后已经失真；请把该列设为文本后重新填写",
                ),
                Note::Merged if column.is_shared() => {}
                Note::Merged => self.fault(
                    column,
                    FaultKind::MergedCell,
                    "是合并单元格，不能确定各行的值；请取消合并后逐行填写",
                ),
                Note::Broken => self.fault(column, FaultKind::BadForm, "是表格的错误值"),
            }
        }
        let broken = self
            .raw
            .cells
            .iter()
            .position(|text| text.contains('\u{FFFD}'));
        if let Some(column) = broken.and_then(|place| self.layout.at(place)) {
            self.fault(
                column,
                FaultKind::Undecodable,
                "有无法识别的文字；文件应为 UTF-8 或 GB18030",
            );
        }
    }

    fn day(&mut self, column: Column) -> Option<Date> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let day = dates::day(text).or_else(|| match self.note(column) {
            Some(Note::Number) => dates::serial(text),
            _ => None,
        });
        if day.is_none() {
            self.fault(column, FaultKind::BadDate, format!("“{text}”不是日期"));
        }
        day
    }

    /// A word of a closed vocabulary, by itself, by its 中文 name, or by the name's common form.
    fn word<V: Vocabulary>(&mut self, column: Column, common: &[(&str, V)]) -> Option<V> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let known = V::ALL
            .iter()
            .find(|value| value.word() == text || value.zh() == text);
        let known = known.copied().or_else(|| {
            let mut common = common.iter();
            common
                .find(|(name, _)| *name == text)
                .map(|(_, value)| *value)
        });
        if known.is_none() {
            let reason = format!("{}中没有“{text}”", V::TITLE);
            self.fault(column, FaultKind::UnknownWord, reason);
        }
        known
    }

    fn documents(&mut self) -> Vec<Document> {
        let mut found: Vec<Document> = Vec::new();
        for group in 1..=GROUPS {
            let column = Column::Document(group);
            if group > 1 && !self.layout.has(column) {
                continue;
            }
            let number = self.text(column);
            let kind = self.word(Column::DocumentKind(group), DOCUMENTS);
            if number.is_empty() && kind.is_none() {
                if group == 1 {
                    self.fault(column, FaultKind::Missing, "没有填写");
                }
                continue;
            }
            let kind = kind.unwrap_or(DocumentKind::ResidentId);
            match Document::parse(kind, number) {
                Ok(document) => found.push(document),
                // A damaged number was named already; its checksum says nothing new.
                Err(_) if self.note(column) == Some(&Note::Damaged) => {}
                Err(issue) => self.fault(column, FaultKind::BadDocument, issue.to_string()),
            }
        }
        found
    }

    fn sex_and_birth(&mut self, documents: &[Document]) -> (Option<Sex>, Option<Date>) {
        let stated = self.word(Column::Sex, SEXES);
        let born = self.day(Column::Birth);
        for document in documents {
            if let Some(sex) = stated.and_then(|sex| document.contradicts_sex(sex)) {
                let reason = format!("{}上是{sex}", document.kind());
                self.fault(Column::Sex, FaultKind::SexMismatch, reason);
            }
            if born.is_some_and(|birth| document.contradicts_birth(birth).is_some()) {
                let shown = document
                    .birth()
                    .map_or(String::new(), |day| day.to_string());
                let reason = format!("{}上是{shown}", document.kind());
                self.fault(Column::Birth, FaultKind::BirthMismatch, reason);
            }
        }
        let sex = stated.or_else(|| documents.iter().find_map(Document::sex));
        let birth = born.or_else(|| documents.iter().find_map(Document::birth));
        if sex.is_none() && self.text(Column::Sex).is_empty() {
            self.fault(
                Column::Sex,
                FaultKind::Missing,
                "没有填写，证件号码也推不出",
            );
        }
        if birth.is_none() && self.text(Column::Birth).is_empty() {
            self.fault(
                Column::Birth,
                FaultKind::Missing,
                "没有填写，证件号码也推不出",
            );
        }
        (sex, birth)
    }

    fn phone(&mut self) -> String {
        let text = self.text(Column::Phone);
        let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        if !text.is_empty() && (!plain || !(7..=15).contains(&digits.len())) {
            self.fault(Column::Phone, FaultKind::BadForm, "不是电话号码");
        }
        digits
    }

    fn county(&mut self) -> AreaCode {
        let (text, area) = (self.text(Column::County), self.setting.area);
        if text.is_empty() {
            return area;
        }
        match text.parse::<AreaCode>() {
            Ok(county) if county.city() == area.city() => county,
            Ok(_) => {
                let reason = format!("不在统筹区{area}之内");
                self.fault(Column::County, FaultKind::UnknownWord, reason);
                area
            }
            Err(issue) => {
                self.fault(Column::County, FaultKind::BadForm, issue.to_string());
                area
            }
        }
    }

    /// Identities separated by `、`, `；` or `;`, each with its days behind a colon where they are
    /// known: `低保对象：2024-01-01/2024-12-31`.
    fn identities(&mut self) -> Vec<IdentitySpan> {
        let mut found = Vec::new();
        for one in list(self.text(Column::Identities)) {
            let (name, days) = one.split_once([':', '：']).unwrap_or((one, ""));
            let Some(word) = self.setting.words.get(name.trim()).cloned() else {
                let reason = format!("没有规定身份“{name}”");
                self.fault(Column::Identities, FaultKind::UnknownWord, reason);
                continue;
            };
            let (from, to) = days.split_once('/').unwrap_or((days, ""));
            let from = match from.trim() {
                "" => Some(self.setting.today.first_of_year()),
                from => dates::day(from),
            };
            let to = match to.trim() {
                "" => Some(None),
                to => dates::day(to).map(Some),
            };
            match (from, to) {
                (Some(from), Some(to)) if to.is_none_or(|to| from <= to) => {
                    found.push(IdentitySpan { word, from, to });
                }
                _ => {
                    let reason = format!("“{one}”的日期不能成立");
                    self.fault(Column::Identities, FaultKind::BadDate, reason);
                }
            }
        }
        found
    }

    fn marks(&mut self) -> Vec<Word> {
        let mut found = Vec::new();
        for name in list(self.text(Column::Marks)) {
            match self.setting.words.get(name) {
                Some(word) => found.push(word.clone()),
                None => {
                    let reason = format!("没有规定标识“{name}”");
                    self.fault(Column::Marks, FaultKind::UnknownWord, reason);
                }
            }
        }
        match self.text(Column::Subsidised) {
            "" | "否" | "0" | "no" | "false" => {}
            "是" | "1" | "yes" | "true" => found.push(Word::new(SUBSIDISED)),
            other => {
                let reason = format!("“{other}”不是“是”或“否”");
                self.fault(Column::Subsidised, FaultKind::UnknownWord, reason);
            }
        }
        found
    }

    fn periods(&mut self, birth: Option<Date>) -> Vec<Period> {
        let mut found: Vec<Period> = Vec::new();
        for group in 1..=GROUPS {
            let Some(scheme) = self.word(Column::Scheme(group), SCHEMES) else {
                continue;
            };
            let category = self.word(Column::Category(group), CATEGORIES);
            if category.is_none() && self.text(Column::Category(group)).is_empty() {
                self.fault(Column::Category(group), FaultKind::Missing, "没有填写");
            }
            let from = self.day(Column::From(group));
            if from.is_none() && self.text(Column::From(group)).is_empty() {
                self.fault(Column::From(group), FaultKind::Missing, "没有填写");
            }
            let to = self.day(Column::To(group));
            let state = self.word(Column::State(group), &[]);
            let (Some(category), Some(from)) = (category, from) else {
                continue;
            };
            if to.is_some_and(|to| to < from) {
                let reason = format!("早于开始日期{from}");
                self.fault(Column::To(group), FaultKind::BadDate, reason);
            }
            if birth.is_some_and(|birth| from < birth) {
                let reason = "早于出生日期";
                self.fault(Column::From(group), FaultKind::BadDate, reason);
            }
            let meets = |other: &&Period| {
                other.scheme == scheme
                    && to.is_none_or(|to| other.from <= to)
                    && other.to.is_none_or(|to| from <= to)
            };
            if let Some(other) = found.iter().find(meets) {
                let reason = format!("{scheme}的参保期间与{}起的一段重叠", other.from);
                self.fault(Column::From(group), FaultKind::Overlap, reason);
            }
            found.push(Period {
                scheme,
                category,
                state: state.unwrap_or(CoverState::Active),
                from,
                to,
                employer: self.text(Column::Employer(group)).to_owned(),
            });
        }
        found
    }

    /// Days that cannot follow one another as they do.
    fn in_order(&mut self, incoming: &Incoming) {
        let today = self.setting.today;
        if incoming.birth > today {
            self.fault(Column::Birth, FaultKind::BadDate, "在今天之后");
        }
        if let Some(death) = incoming.death {
            if death < incoming.birth {
                self.fault(Column::Death, FaultKind::BadDate, "早于出生日期");
            } else if death > today {
                self.fault(Column::Death, FaultKind::BadDate, "在今天之后");
            }
        }
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(['、', ';', '；', '|', ',', '，']);
    parts.map(str::trim).filter(|part| !part.is_empty())
}

const SEXES: &[(&str, Sex)] = &[
    ("1", Sex::Male),
    ("2", Sex::Female),
    ("男性", Sex::Male),
    ("女性", Sex::Female),
];
const DOCUMENTS: &[(&str, DocumentKind)] = &[
    ("身份证", DocumentKind::ResidentId),
    ("港澳台居住证", DocumentKind::ResidencePermit),
    ("外国人永居证", DocumentKind::ForeignerId),
];
const SCHEMES: &[(&str, Scheme)] = &[
    ("职工医保", Scheme::Employee),
    ("职工", Scheme::Employee),
    ("居民医保", Scheme::Resident),
    ("居民", Scheme::Resident),
    ("生育保险", Scheme::Maternity),
    ("长护险", Scheme::LongTermCare),
];
const CATEGORIES: &[(&str, Category)] = &[
    ("在职职工", Category::Active),
    ("退休人员", Category::Retired),
    ("灵活就业人员", Category::Flexible),
    ("成年人", Category::Adult),
    ("老年人", Category::Elderly),
    ("大学生", Category::Student),
    ("中小学生", Category::Student),
];
