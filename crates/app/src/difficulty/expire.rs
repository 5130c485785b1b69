use jiff::Span;
use jiff::civil::Date;
use terms::{AreaCode, Word};

use crate::facts::person_detail;
use crate::{App, Error};

/// An identity that ends within the days asked about (身份到期).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapse {
    /// 人员编号.
    pub person_no: String,
    /// 姓名.
    pub name: String,
    /// 救助身份, 中文.
    pub identity: String,
    /// Last day.
    pub last: Date,
    /// Identities that the person still holds on the day after, 中文.
    pub others: Vec<String>,
}

impl App {
    /// Identities whose last day lies within some days from a day on, by day and person.
    ///
    /// Nothing has to be done about them: the days decide. The list is for telling people in time.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn lapses(&self, area: AreaCode, on: Date, days: i32) -> Result<Vec<Lapse>, Error> {
        let end = on.checked_add(Span::new().days(days)).unwrap_or(Date::MAX);
        let zh = |word: &Word| self.law.word(area, word).to_owned();
        let mut found = Vec::new();
        for row in self.store.people_with_identities(area).await? {
            let detail = person_detail(&row.marks)?;
            for span in &detail.identities {
                let Some(last) = span.to.filter(|last| *last >= on && *last < end) else {
                    continue;
                };
                let next = last.tomorrow().unwrap_or(last);
                let holds = |one: &&crate::IdentitySpan| {
                    one.from <= next && one.to.is_none_or(|to| next <= to)
                };
                let others = detail.identities.iter().filter(holds);
                found.push(Lapse {
                    person_no: row.person_no.clone(),
                    name: row.name.clone(),
                    identity: zh(&span.word),
                    last,
                    others: others.map(|one| zh(&one.word)).collect(),
                });
            }
        }
        found.sort_by(|a, b| (a.last, &a.person_no).cmp(&(b.last, &b.person_no)));
        Ok(found)
    }
}
