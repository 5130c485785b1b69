use super::Intake;
use crate::{Level, Row, Sex, Table};

impl Intake {
    pub(super) fn take_people(&mut self, table: &Table) {
        self.data.people.registered = true;
        self.take_false_numbers(table);
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

    /// Keeps whose number of an identity card cannot be right, and where people live
    /// (`false_id_numbers`, `addresses`).
    fn take_false_numbers(&mut self, table: &Table) {
        let mut keep = |name: &str, columns: &[&str], wanted: &dyn Fn(Row<'_>) -> bool| {
            let mut kept = Table::new(columns);
            for row in table.rows().filter(|row| wanted(*row)) {
                kept.push(columns.iter().map(|column| row.text(column)));
            }
            let tables = &mut self.data.tables;
            tables.entry(name.to_owned()).or_default().append(&kept);
        };
        if table.has("id_number") {
            keep("false_id_numbers", &["person"], &has_false_number);
        }
        if table.has("address") {
            let lives = |row: Row<'_>| row.given("address").is_some();
            keep("addresses", &["person", "address"], &lives);
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

/// Whether a resident's number of 18 characters fails its check character (GB 11643); other kinds
/// of documents, old and masked numbers say nothing.
fn has_false_number(row: Row<'_>) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let number = row.text("id_number").as_bytes();
    let resident = matches!(row.text("id_kind"), "" | "01");
    let Some((&check, digits)) = number.split_last().filter(|_| number.len() == 18) else {
        return false;
    };
    if !resident || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let weighted = digits.iter().zip(WEIGHTS);
    let sum: u32 = weighted
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    b"10X98765432"[(sum % 11) as usize] != check.to_ascii_uppercase()
}

/// Latitude and longitude in millionths of a degree.
fn place_of(row: Row<'_>) -> Option<(i32, i32)> {
    let degree = |column| i32::try_from(row.decimal(column, 6)?).ok();
    degree("latitude").zip(degree("longitude"))
}
