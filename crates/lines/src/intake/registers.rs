use super::Intake;
use crate::stock::{Stock, StockRow};
use crate::{Day, ItemKind, NONE, Period, Periods, Register, Row, Table};

/// Whose rows a register holds.
#[derive(Debug, Clone, Copy)]
enum Owner {
    Person,
    Provider,
    Doctor,
    Item,
}

/// Table, register, owner, and the column of the key.
const REGISTERS: [(&str, Register, Owner, &str); 13] = [
    ("coverage", Register::Coverage, Owner::Person, ""),
    ("custody", Register::Custody, Owner::Person, ""),
    ("abroad", Register::Abroad, Owner::Person, ""),
    (
        "chronic_registration",
        Register::ChronicDisease,
        Owner::Person,
        "disease",
    ),
    (
        "special_drug_approval",
        Register::DrugApproval,
        Owner::Person,
        "item",
    ),
    (
        "offsite_registration",
        Register::OffSite,
        Owner::Person,
        "provider",
    ),
    (
        "work_injury_claims",
        Register::WorkInjury,
        Owner::Person,
        "",
    ),
    (
        "agreement_status",
        Register::Agreement,
        Owner::Provider,
        "status",
    ),
    (
        "provider_level_history",
        Register::LevelHistory,
        Owner::Provider,
        "level",
    ),
    (
        "provider_licence",
        Register::LicensedSubject,
        Owner::Provider,
        "subject",
    ),
    ("staff", Register::Staff, Owner::Doctor, "provider"),
    (
        "staff_suspension",
        Register::StaffSuspension,
        Owner::Doctor,
        "",
    ),
    ("catalogue", Register::Catalogue, Owner::Item, ""),
];

impl Intake {
    /// Turns a table into a register when it is one.
    pub(super) fn take_register(&mut self, name: &str, table: &Table) {
        let Some(&(_, register, owner, key)) = REGISTERS.iter().find(|row| row.0 == name) else {
            return;
        };
        let mut rows = Vec::with_capacity(table.len());
        let mut suspended = Vec::new();
        for row in table.rows() {
            let Some((from, until)) = self.span(row, name) else {
                continue;
            };
            let owner = self.owner(row, owner);
            let key = self.data.keys.number_or_none(row.text(key));
            rows.push(Period {
                owner,
                key,
                from,
                until,
            });
            let (from, until) = (row.day("suspended_from"), row.day("suspended_until"));
            suspended.extend(from.map(|from| {
                let until = until.unwrap_or(Day(i32::MAX));
                Period {
                    owner,
                    key: NONE,
                    from,
                    until,
                }
            }));
        }
        self.add(register, rows);
        if register == Register::Staff && table.has("suspended_from") {
            self.add(Register::StaffSuspension, suspended);
        }
    }

    fn add(&mut self, register: Register, mut rows: Vec<Period>) {
        let known = self.data.registers.entry(register).or_default();
        rows.extend_from_slice(known.all());
        *known = Periods::new(rows);
    }

    /// First and last day of a row; open ends reach to the end of time.
    fn span(&mut self, row: Row<'_>, name: &str) -> Option<(Day, Day)> {
        let end = |column: &str, open: Day| match row.given(column) {
            Some(text) => Day::parse(text),
            None => Some(open),
        };
        let span = end("from", Day(i32::MIN)).zip(end("until", Day(i32::MAX)));
        if span.is_none() {
            self.note(
                "登记起止日期不可读",
                format!("{name}第{}行", row.number() + 1),
            );
        }
        span
    }

    fn owner(&mut self, row: Row<'_>, owner: Owner) -> u32 {
        match owner {
            Owner::Person => self.data.people.number(row.text("person")),
            Owner::Provider => self.data.providers.number(row.text("provider")),
            Owner::Doctor => self.data.doctors.number(row.text("doctor")),
            Owner::Item => self.data.items.number(row.text("item")),
        }
    }

    pub(super) fn take_stock(&mut self, table: &Table) {
        let mut rows = self.data.stock.take().unwrap_or_default().0;
        for row in table.rows() {
            let month = format!("{}-01", row.text("month").get(..7).unwrap_or_default());
            let Some(month) = Day::parse(&month) else {
                self.note("进销存月份不可读", row.text("month"));
                continue;
            };
            let quantity = |column| row.decimal(column, 3).unwrap_or(0);
            let item = self.data.items.number(row.text("item"));
            if let Some(name) = row.given("item_name") {
                self.data.items.name_it(item, name);
            }
            let kind = ItemKind::parse(row.text("kind"));
            self.data.items.kind_it(item, kind);
            rows.push(StockRow {
                provider: self.data.providers.number(row.text("provider")),
                item,
                month,
                opening: quantity("opening"),
                // What customers bring back can be sold again.
                bought: quantity("bought") + quantity("returned"),
                settled: quantity("settled"),
                other_out: quantity("other_out"),
                closing: quantity("closing"),
                single_use: row.text("single_use") == "1",
            });
        }
        self.data.stock = Some(Stock(rows));
    }
}
