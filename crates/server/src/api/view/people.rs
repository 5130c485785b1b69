//! A person's record as lists and pages show it.

use app::Law;
use app::office::{PersonFile, PersonLine};
use settlement::PeriodKey;
use store::{Context, CounterRow, CoverageRow, RecognitionRow, RegistrationRow};
use terms::{AreaCode, Category, CoverState, Date, Registration, Scheme, Sex, Word};

use super::super::people::{
    Account, Counter, CoveragePeriod, CoverageStatus, Designation, FamilyDirection, FamilyLink,
    Identity, PersonRow, Recognition,
};
use super::counters;

/// What a page about people stands on: law for names, and today.
pub struct Register<'a> {
    /// The law; it names words and counters.
    pub law: &'a Law,
    /// The area.
    pub area: AreaCode,
    /// 业务日期.
    pub today: Date,
}

/// Cover as it stands today.
struct Standing {
    scheme: Option<Scheme>,
    category: String,
    state: CoverState,
    text: String,
}

/// The 中文 name of a stored word, or the word itself.
fn zh<V: std::str::FromStr>(word: &str, name: impl Fn(V) -> &'static str) -> String {
    word.parse()
        .map_or_else(|_| word.to_owned(), |value| name(value).to_owned())
}

/// A number with its middle hidden.
pub fn masked(number: &str, head: usize, tail: usize) -> String {
    let letters: Vec<char> = number.chars().collect();
    if letters.len() <= head + tail {
        return "*".repeat(letters.len());
    }
    let hidden = letters.len() - head - tail;
    let ends = |part: &[char]| part.iter().collect::<String>();
    let stars = "*".repeat(hidden);
    format!(
        "{}{stars}{}",
        ends(&letters[..head]),
        ends(&letters[letters.len() - tail..])
    )
}

/// A document number as it is shown: division and last four.
pub fn masked_document(number: &str) -> String {
    masked(number, 6, 4)
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn masked_phone(phone: &str) -> Option<String> {
    (!phone.is_empty()).then(|| masked(phone, 3, 4))
}

impl Register<'_> {
    /// A line of the list of people.
    pub fn line(&self, line: &PersonLine) -> PersonRow {
        let standing = self.standing(&line.context);
        PersonRow {
            no: line.person.person_no.clone(),
            name: line.person.name.clone(),
            sex_name: zh(&line.person.sex, Sex::zh),
            born: line.person.birth.to_string(),
            id_card_masked: masked_document(&line.detail.document),
            phone_masked: masked_phone(&line.detail.phone),
            scheme_name: standing.scheme.map(|scheme| scheme.zh().to_owned()),
            category_name: standing.category,
            status_name: standing.state.zh().to_owned(),
            entitled: standing.state == CoverState::Active,
        }
    }

    /// Who the person is.
    pub fn identity(&self, file: &PersonFile) -> Identity {
        let (person, standing) = (&file.context.person, self.standing(&file.context));
        Identity {
            no: person.person_no.clone(),
            name: person.name.clone(),
            sex_name: zh(&person.sex, Sex::zh),
            born: person.birth.to_string(),
            age: age(person.birth, self.today),
            id_card_kind_name: "居民身份证".to_owned(),
            id_card: masked_document(&file.detail.document),
            phone_masked: masked_phone(&file.detail.phone),
            address: some(&file.detail.address),
            household: some(&file.detail.household),
            died: person.death.map(|day| day.to_string()),
            category_name: standing.category,
            entitled: standing.state == CoverState::Active,
            entitlement_text: standing.text,
        }
    }

    /// The cover that holds today, an entitled one first, else the last there was.
    fn standing(&self, context: &Context) -> Standing {
        let today = self.today;
        let holds = |row: &&CoverageRow| {
            row.starts_on <= today && row.ends_on.is_none_or(|end| today <= end)
        };
        let current: Vec<&CoverageRow> = context.coverage.iter().filter(holds).collect();
        let active = |row: &&&CoverageRow| row.state == CoverState::Active.word();
        let best = current.iter().find(active).or(current.first()).copied();
        let last = context.coverage.iter().max_by_key(|row| row.starts_on);
        let Some(row) = best.or(last) else {
            return Standing {
                scheme: None,
                category: String::new(),
                state: CoverState::NotCovered,
                text: "没有参保信息".to_owned(),
            };
        };
        let state = if best.is_some() {
            state_of(row)
        } else {
            CoverState::Ended
        };
        let scheme: Option<Scheme> = row.scheme.parse().ok();
        let scheme_name = zh(&row.scheme, Scheme::zh);
        let why = if row.reason.is_empty() {
            String::new()
        } else {
            format!("：{}", row.reason)
        };
        let text = match state {
            CoverState::Ended => {
                let end = row
                    .ends_on
                    .map_or_else(String::new, |end| format!("（{end}）"));
                format!("{scheme_name}已终止{end}")
            }
            other => format!("{scheme_name}，{}{why}", other.zh()),
        };
        Standing {
            scheme,
            category: zh(&row.category, Category::zh),
            state,
            text,
        }
    }

    /// Periods of cover, oldest first.
    pub fn coverage(&self, context: &Context) -> Vec<CoveragePeriod> {
        let mut rows: Vec<&CoverageRow> = context.coverage.iter().collect();
        rows.sort_by_key(|row| row.starts_on);
        rows.into_iter().map(|row| self.period(row)).collect()
    }

    /// One period of cover.
    pub fn period(&self, row: &CoverageRow) -> CoveragePeriod {
        let over = row.ends_on.is_some_and(|end| end < self.today);
        let state = if over {
            CoverState::Ended
        } else {
            state_of(row)
        };
        CoveragePeriod {
            scheme: row.scheme.clone(),
            scheme_name: zh(&row.scheme, Scheme::zh),
            category_name: zh(&row.category, Category::zh),
            area_name: self.place(row.county),
            group_name: Some(row.employer.clone()).filter(|name| !name.is_empty()),
            from: row.starts_on.to_string(),
            to: row.ends_on.map(|day| day.to_string()),
            status: match state {
                CoverState::Active => CoverageStatus::Active,
                CoverState::Waiting => CoverageStatus::Waiting,
                CoverState::Suspended => CoverageStatus::Suspended,
                CoverState::Ended | CoverState::NotCovered => CoverageStatus::Ended,
            },
            status_name: state.zh().to_owned(),
            benefit_from: None,
            reason: Some(row.reason.clone()).filter(|reason| !reason.is_empty()),
        }
    }

    /// The name of a county of the area, or its code.
    fn place(&self, county: AreaCode) -> String {
        let known = self.law.book.areas.get(&self.area).map(|area| {
            let county = area.counties.get(&county).map_or("", String::as_str);
            format!("{}{county}", area.name)
        });
        known.unwrap_or_else(|| county.to_string())
    }

    /// The person's own accounts.
    pub fn accounts(&self, context: &Context) -> Vec<Account> {
        let account = |row: &store::AccountRow| Account {
            name: format!("个人账户（{}）", zh(&row.kind, terms::AccountKind::zh)),
            balance: row.balance.into(),
        };
        context.accounts.iter().map(account).collect()
    }

    /// Relatives whose accounts the person may use.
    pub fn family(&self, file: &PersonFile) -> Vec<FamilyLink> {
        let name = |number: &str| {
            let known = file.relatives.iter().find(|(other, _)| other == number);
            known.map_or_else(|| number.to_owned(), |(_, name)| name.clone())
        };
        let link = |row: &store::FamilyRow| FamilyLink {
            person_no: row.sponsor.clone(),
            name: name(&row.sponsor),
            relation_name: row.relation.clone(),
            direction: FamilyDirection::Receives,
            from: row.starts_on.to_string(),
            to: row.ends_on.map(|day| day.to_string()),
        };
        file.context.family.iter().map(link).collect()
    }

    /// Identities held.
    pub fn designations(&self, file: &PersonFile) -> Vec<Designation> {
        let span = |span: &app::IdentitySpan| Designation {
            code: span.word.to_string(),
            name: self.law.word(self.area, &span.word).to_owned(),
            from: span.from.to_string(),
            to: span.to.map(|day| day.to_string()),
            current: self.current(span.from, span.to),
        };
        file.detail.identities.iter().map(span).collect()
    }

    fn current(&self, from: Date, to: Option<Date>) -> bool {
        from <= self.today && to.is_none_or(|to| self.today <= to)
    }

    /// Recognised diseases and registrations.
    pub fn recognitions(
        &self,
        context: &Context,
        place: impl Fn(&str) -> String,
    ) -> Vec<Recognition> {
        let recognised = context
            .recognitions
            .iter()
            .map(|row| self.recognised(row, &place));
        let registered = context
            .registrations
            .iter()
            .map(|row| self.registered(row, &place));
        recognised.chain(registered).collect()
    }

    fn recognised(&self, row: &RecognitionRow, place: impl Fn(&str) -> String) -> Recognition {
        let chosen: Vec<String> = serde_json::from_str(&row.institutions).unwrap_or_default();
        let names: Vec<String> = chosen.iter().map(|code| place(code)).collect();
        Recognition {
            kind_name: recognition_kind(&row.kind).to_owned(),
            code: row.code.clone(),
            name: row.name.clone(),
            from: row.starts_on.to_string(),
            to: row.ends_on.map(|day| day.to_string()),
            institution_name: (!names.is_empty()).then(|| names.join("、")),
            current: self.current(row.starts_on, row.ends_on),
        }
    }

    fn registered(&self, row: &RegistrationRow, place: impl Fn(&str) -> String) -> Recognition {
        let valid = row.state == "valid";
        Recognition {
            kind_name: "异地就医备案".to_owned(),
            code: row.kind.clone(),
            name: zh(&row.kind, Registration::zh),
            from: row.starts_on.to_string(),
            to: row.ends_on.map(|day| day.to_string()),
            institution_name: (!row.institution.is_empty()).then(|| place(&row.institution)),
            current: valid && self.current(row.starts_on, row.ends_on),
        }
    }

    /// Counters of this year that people ask about.
    pub fn counters(&self, context: &Context) -> Vec<Counter> {
        context
            .counters
            .iter()
            .filter_map(|row| self.counter(row))
            .collect()
    }

    fn counter(&self, row: &CounterRow) -> Option<Counter> {
        let scheme: Scheme = row.key.scheme.parse().ok()?;
        let law = self.law.scheme(self.area, scheme).ok()?;
        let period = PeriodKey::try_from(row.key.period.clone()).ok()?;
        let known = counters::named(law, &row.key.counter, self.today)?;
        let subject = Some(row.key.subject.as_str()).filter(|subject| !subject.is_empty());
        let subject = subject.map(|code| self.law.word(self.area, &Word::new(code)).to_owned());
        Some(Counter {
            code: row.key.counter.clone(),
            period_name: counters::period(&period, subject.as_deref()),
            used: known.value(row.value),
            limit: known.limit.map(|limit| limit.to_string()),
            unit: known.unit,
            name: known.name,
        })
    }
}

fn state_of(row: &CoverageRow) -> CoverState {
    row.state.parse().unwrap_or(CoverState::NotCovered)
}

/// Whole years between birth and a day.
pub fn age(born: Date, on: Date) -> u8 {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    let years = on.year() - born.year() - i16::from(!had_birthday);
    u8::try_from(years).unwrap_or(0)
}

fn recognition_kind(kind: &str) -> &str {
    match kind {
        "chronic" => "门诊慢病",
        "special" => "门诊特病",
        "two_diseases" => "两病门诊",
        "separate_drug" => "单独支付药品",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numbers_keep_their_ends_only() {
        assert_eq!(masked_document("421300199001011234"), "421300********1234");
        assert_eq!(masked_phone("13800001111").unwrap(), "138****1111");
        assert_eq!(masked("1234", 6, 4), "****");
        assert_eq!(masked_phone(""), None);
    }

    #[test]
    fn a_birthday_makes_a_year() {
        let born = Date::constant(1990, 11, 15);
        assert_eq!(age(born, Date::constant(2024, 11, 14)), 33);
        assert_eq!(age(born, Date::constant(2024, 11, 15)), 34);
    }
}
