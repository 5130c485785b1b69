use super::Intake;
use crate::{Level, Row, Sex, Table};

impl Intake {
    pub(super) fn take_people(&mut self, table: &Table) {
        self.data.people.registered = true;
        for row in table.rows() {
            let Some(id) = row.given("person") else {
                self.note("人员缺编号", format!("第{}行", row.number() + 1));
                continue;
            };
            if row.given("birth").is_some() && row.day("birth").is_none() {
                self.note("出生日期不可读", id);
            }
            let people = &mut self.data.people;
            let at = people.number(id) as usize;
            people.sex[at] = Sex::parse(row.text("sex"));
            people.birth[at] = row.day("birth");
            people.death[at] = row.day("death").or(people.death[at]);
            let insurance = row
                .whole("insurance")
                .and_then(|code| u16::try_from(code).ok());
            people.insurance[at] = insurance.unwrap_or(0);
            people.phone[at] = people.phones.number_or_none(row.text("phone"));
            if let Some(household) = row.given("household") {
                people.household[at] = people.households.number(household);
            }
        }
    }

    pub(super) fn take_providers(&mut self, table: &Table) {
        self.data.providers.registered = true;
        for row in table.rows() {
            let Some(id) = row.given("provider") else {
                self.note("机构缺编号", format!("第{}行", row.number() + 1));
                continue;
            };
            let providers = &mut self.data.providers;
            let at = providers.number(id) as usize;
            let kind = row.whole("kind").and_then(|kind| u8::try_from(kind).ok());
            providers.kind[at] = kind.unwrap_or(0);
            providers.level[at] = Level::parse(row.text("level"));
            providers.beds[at] = row.whole("beds").and_then(|beds| i32::try_from(beds).ok());
            providers.place[at] = place_of(row).or(providers.place[at]);
        }
    }

    /// What registers kept apart say of people: death (`death_register`), household (`household`).
    pub(super) fn take_facts_of_people(&mut self, table: &Table) {
        for row in table.rows() {
            let Some(id) = row.given("person") else {
                continue;
            };
            let people = &mut self.data.people;
            let at = people.number(id) as usize;
            people.death[at] = row.day("death").or(people.death[at]);
            if let Some(household) = row.given("household") {
                people.household[at] = people.households.number(household);
            }
        }
    }

    /// Where institutions lie, from a register kept apart (`provider_geo`).
    pub(super) fn take_places(&mut self, table: &Table) {
        for row in table.rows() {
            let Some(id) = row.given("provider") else {
                continue;
            };
            let place = place_of(row);
            let at = self.data.providers.number(id) as usize;
            let known = &mut self.data.providers.place[at];
            *known = place.or(*known);
        }
    }
}

/// Latitude and longitude in millionths of a degree.
fn place_of(row: Row<'_>) -> Option<(i32, i32)> {
    let degree = |column| i32::try_from(row.decimal(column, 6)?).ok();
    degree("latitude").zip(degree("longitude"))
}
