use app::{Context, Error, PersonDetail, person_detail};
use jiff::civil::Date;
use money::Fen;
use terms::{Category, Sex, Word};

use crate::Fields;

/// A person as replies describe them (人员基本信息).
pub(crate) struct PersonCard<'a> {
    context: &'a Context,
    pub detail: PersonDetail,
    day: Date,
}

impl<'a> PersonCard<'a> {
    /// The person of a context, seen on a day.
    pub fn of(context: &'a Context, day: Date) -> Result<Self, Error> {
        let detail = person_detail(&context.person.marks)?;
        Ok(Self {
            context,
            detail,
            day,
        })
    }

    /// Number, name, document, sex, birth and age.
    pub fn onto(&self, fields: Fields) -> Fields {
        self.without_ethnicity(fields).text("naty", "")
    }

    /// The same for nodes without 民族, which the register does not hold anyway.
    pub fn without_ethnicity(&self, fields: Fields) -> Fields {
        self.without_age(fields).integer("age", self.age())
    }

    /// The same for nodes without 年龄 too.
    pub fn without_age(&self, fields: Fields) -> Fields {
        let person = &self.context.person;
        fields
            .text("psn_no", &person.person_no)
            .text("psn_name", &person.name)
            .text("psn_cert_type", self.document_type())
            .text("certno", &self.detail.document)
            .text("gend", gend(&person.sex))
            .date("brdy", person.birth)
    }

    /// 1 for whoever has the supplement of civil servants (公务员标志).
    pub fn civil_servant(&self) -> &'static str {
        let marks = &self.detail.marks;
        crate::codes::flag(marks.iter().any(|mark| *mark == *"civil_servant"))
    }

    /// What the person's own accounts hold (个人账户余额).
    pub fn balance(&self) -> Fen {
        self.context.accounts.iter().map(|row| row.balance).sum()
    }

    /// Resident identity cards have eighteen characters.
    pub fn document_type(&self) -> &'static str {
        match self.detail.document.len() {
            18 => "01",
            _ => "99",
        }
    }

    /// Whole years on the day (周岁).
    fn age(&self) -> i64 {
        let (day, birth) = (self.day, self.context.person.birth);
        let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
        (i64::from(day.year()) - i64::from(birth.year()) - i64::from(!had_birthday)).max(0)
    }
}

/// The `gend` of a stored sex.
pub(crate) fn gend(sex: &str) -> &'static str {
    match sex.parse() {
        Ok(Sex::Male) => "1",
        Ok(Sex::Female) => "2",
        Err(_) => "9",
    }
}

/// The `psn_type` of a stored category.
pub(crate) fn psn_type(category: &str) -> &'static str {
    category
        .parse::<Category>()
        .map_or("99", crate::codes::psn_type)
}

/// The `psn_idet_type` of an identity; those without a national code are a region's own.
pub(crate) fn psn_idet_type(identity: &Word) -> &'static str {
    match identity.as_str() {
        "tekun" => "2304",
        "dibao" => "2303",
        "dibao_bianyuan" => "2305",
        "zhichuxing" => "2306",
        "fanpin" => "2302",
        "zhongcan" => "2308",
        _ => "2360",
    }
}
