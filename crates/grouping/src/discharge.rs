use money::Fen;
use serde::Serialize;
use terms::Sex;

use crate::refusal::Refusal;

/// One stay in hospital as it is grouped (出院病例). Positions matter: the first procedure is the
/// main one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Discharge<'a> {
    /// 性别; `None` when it is missing or neither.
    pub sex: Option<Sex>,
    /// Whole years of age at admission.
    pub age_years: Option<u16>,
    /// Days of age at admission.
    pub age_days: Option<u32>,
    /// Birth weight in grams.
    pub birth_weight_g: Option<u32>,
    /// Days of stay; 0 when discharged on the day of admission. Negative ones are refused.
    pub stay_days: Option<i32>,
    /// Hours on a ventilator.
    pub ventilator_hours: Option<u32>,
    /// Way of discharge: 1 home to 5 died.
    pub discharge_status: Option<u8>,
    /// Department code.
    pub department: Option<&'a str>,
    /// 主要诊断.
    pub principal: Option<&'a str>,
    /// 其他诊断, in order.
    pub others: Vec<&'a str>,
    /// 手术操作, in order, the main one first.
    pub procedures: Vec<&'a str>,
    /// Total cost of the stay.
    pub total_cost: Option<Fen>,
}

/// A column of a case file that is read (病例文件的列).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// 性别.
    Sex,
    /// 年龄.
    AgeYears,
    /// 日龄.
    AgeDays,
    /// 出生体重.
    BirthWeight,
    /// 住院天数.
    StayDays,
    /// 呼吸机使用小时数.
    VentilatorHours,
    /// 离院方式.
    DischargeStatus,
    /// 科室.
    Department,
    /// 主要诊断.
    Principal,
    /// 其他诊断.
    Others,
    /// 手术操作.
    Procedures,
    /// 总费用.
    TotalCost,
}

impl Column {
    /// Every column; each stands at its own number.
    pub const ALL: [Self; 12] = [
        Self::Sex,
        Self::AgeYears,
        Self::AgeDays,
        Self::BirthWeight,
        Self::StayDays,
        Self::VentilatorHours,
        Self::DischargeStatus,
        Self::Department,
        Self::Principal,
        Self::Others,
        Self::Procedures,
        Self::TotalCost,
    ];

    /// What it is called in the header of a case file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sex => "sex",
            Self::AgeYears => "age_years",
            Self::AgeDays => "age_days",
            Self::BirthWeight => "birth_weight_g",
            Self::StayDays => "los_days",
            Self::VentilatorHours => "ventilator_hours",
            Self::DischargeStatus => "discharge_status",
            Self::Department => "dept",
            Self::Principal => "principal_dx",
            Self::Others => "secondary_dx",
            Self::Procedures => "procedures",
            Self::TotalCost => "total_cost",
        }
    }
}

impl<'a> Discharge<'a> {
    /// Reads a discharge from cells by the column names of case files; lists inside a cell are
    /// separated by `|`. A column that is not there is as if empty.
    ///
    /// # Errors
    /// [`Refusal::BadValue`] naming the column that is no number.
    ///
    /// ```
    /// use grouping::Discharge;
    /// let cells = [("sex", "1"), ("age_years", "70"), ("principal_dx", "I63.900")];
    /// let cell = |name: &str| cells.iter().find(|(key, _)| *key == name).map(|(_, text)| *text);
    /// let discharge = Discharge::from_cells(cell).unwrap();
    /// assert_eq!(discharge.principal, Some("I63.900"));
    /// assert!(discharge.procedures.is_empty());
    /// ```
    pub fn from_cells(cell: impl Fn(&str) -> Option<&'a str>) -> Result<Self, Refusal> {
        Self::from_columns(|column| cell(column.name()))
    }

    /// The same where the columns have been found before.
    ///
    /// # Errors
    /// [`Refusal::BadValue`] naming the column that is no number.
    pub fn from_columns(cell: impl Fn(Column) -> Option<&'a str>) -> Result<Self, Refusal> {
        let text = |column| cell(column).map(str::trim).filter(|text| !text.is_empty());
        let list = |column| {
            let Some(text) = text(column) else {
                return Vec::new();
            };
            let parts = text.split('|').map(str::trim);
            parts.filter(|part| !part.is_empty()).collect()
        };
        Ok(Self {
            sex: text(Column::Sex).and_then(sex),
            age_years: number(text(Column::AgeYears), "年龄")?,
            age_days: number(text(Column::AgeDays), "日龄")?,
            birth_weight_g: number(text(Column::BirthWeight), "出生体重")?,
            stay_days: number(text(Column::StayDays), "住院天数")?,
            ventilator_hours: number(text(Column::VentilatorHours), "呼吸机使用小时数")?,
            discharge_status: number(text(Column::DischargeStatus), "离院方式")?,
            department: text(Column::Department),
            principal: text(Column::Principal),
            others: list(Column::Others),
            procedures: list(Column::Procedures),
            total_cost: text(Column::TotalCost).map(cost).transpose()?,
        })
    }

    /// The same stay with one more diagnosis at the end.
    #[must_use]
    pub fn with_diagnosis(&self, code: &'a str) -> Self {
        let mut changed = self.clone();
        changed.others.push(code);
        changed
    }
}

fn sex(text: &str) -> Option<Sex> {
    match text {
        "1" | "男" => Some(Sex::Male),
        "2" | "女" => Some(Sex::Female),
        _ => None,
    }
}

fn number<T: std::str::FromStr>(
    text: Option<&str>,
    field: &'static str,
) -> Result<Option<T>, Refusal> {
    let wrong = |text: &str| Refusal::BadValue {
        field,
        written: shortened(text),
    };
    let read = |text: &str| {
        let whole = text.strip_suffix(".0").unwrap_or(text);
        whole.parse().map_err(|_| wrong(text))
    };
    text.map(read).transpose()
}

fn cost(text: &str) -> Result<Fen, Refusal> {
    let fen = Fen::from_yuan_text(text).ok();
    fen.filter(|fen| !fen.is_negative())
        .ok_or_else(|| Refusal::BadValue {
            field: "总费用",
            written: shortened(text),
        })
}

/// What was written, cut where it gets long: it ends up in a sentence.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST).collect();
    format!("{head}…")
}
