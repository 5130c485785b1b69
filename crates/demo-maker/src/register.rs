use jiff::ToSpan;
use terms::{Date, Sex};

use crate::names::full_name;
use crate::numbers::checksum_of;
use crate::{Cover, DemoArea, People, Person, Random, Relation};

/// How many rows of a register file have something wrong with them, in a thousand each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Defects {
    /// Rows an import must turn away: checksums, days, contradictions, overlaps, unknown words.
    pub bad_rows: u32,
    /// People who stand in the file a second time under another number.
    pub doubles: u32,
    /// Twins of children: alike, and two people all the same.
    pub twins: u32,
    /// People insured in two schemes, dead but covered, or subsidised without an identity.
    pub doubts: u32,
}

/// One row of a register file (登记文件的一行).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRow {
    /// 人员编号.
    pub number: String,
    /// The cells, in the order of [`RegisterFile::TITLES`].
    pub cells: Vec<String>,
    /// What is wrong with it on purpose, if anything is.
    pub label: Option<Label>,
}

/// What a row was made to show (标注).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The check that should find it, or `bad_row` where an import should refuse it.
    pub check: &'static str,
    /// The other person of a pair, or empty.
    pub other: String,
}

/// A register as one file (登记文件): the area's people row by row, some of them spoilt on purpose.
#[derive(Debug, Clone)]
pub struct RegisterFile<'a> {
    people: People<'a>,
    random: Random,
    defects: Defects,
    area_name: &'a str,
    waiting: Vec<RegisterRow>,
    /// Rows beside the area's own people, numbered from the top.
    extra: u32,
    head: (u32, String),
    today: Date,
}

/// The people of an area as the rows of a register file; the same recipe and defects give the
/// same rows.
pub fn register_file(area: &DemoArea, defects: Defects) -> RegisterFile<'_> {
    RegisterFile {
        people: area.people(),
        random: Random::named(area.recipe.seed, "register file"),
        defects,
        area_name: &area.recipe.name,
        waiting: Vec::new(),
        extra: 0,
        head: (u32::MAX, String::new()),
        today: area.recipe.today,
    }
}

/// Columns by their place.
mod place {
    pub const NUMBER: usize = 0;
    pub const NAME: usize = 1;
    pub const SEX: usize = 2;
    pub const BIRTH: usize = 3;
    pub const DEATH: usize = 4;
    pub const KIND: usize = 5;
    pub const DOCUMENT: usize = 6;
    pub const PHONE: usize = 8;
    pub const ADDRESS: usize = 9;
    pub const IDENTITIES: usize = 12;
    pub const SUBSIDISED: usize = 13;
    pub const FROM: usize = 17;
    pub const TO: usize = 18;
    pub const SECOND: usize = 20;
}

impl RegisterFile<'_> {
    /// The titles of the columns.
    pub const TITLES: [&'static str; 25] = [
        "人员编号",
        "姓名",
        "性别",
        "出生日期",
        "死亡日期",
        "证件类型",
        "证件号码",
        "社会保障卡号",
        "电话",
        "住址",
        "参保地",
        "户号",
        "救助身份",
        "资助参保",
        "险种",
        "人员类别",
        "待遇状态",
        "参保开始日期",
        "参保结束日期",
        "参保单位",
        "险种2",
        "人员类别2",
        "待遇状态2",
        "参保开始日期2",
        "参保结束日期2",
    ];

    fn row(&mut self, person: &Person) -> RegisterRow {
        if self.head.0 != person.household {
            self.head = (person.household, person.phone.clone());
        }
        // Children have no telephone of their own.
        let phone = match person.relation {
            Relation::Child => self.head.1.clone(),
            _ => person.phone.clone(),
        };
        let mut cells = vec![
            person.number.clone(),
            person.name.clone(),
            person.sex.zh().to_owned(),
            person.born.to_string(),
            String::new(),
            "居民身份证".to_owned(),
            person.id_number.clone(),
            person.card_number.clone(),
            phone,
            address(self.area_name, person),
            person.county.to_string(),
            format!("H{:08}", person.household),
            identities(person),
            String::new(),
        ];
        cells.extend(cover(person.cover()));
        cells.resize(Self::TITLES.len(), String::new());
        RegisterRow {
            number: person.number.clone(),
            cells,
            label: None,
        }
    }

    fn add_number(&mut self, row: &mut RegisterRow) {
        self.extra += 1;
        let area = &row.number[..6];
        row.number = format!("{area}{:010}", 9_000_000_000_u64 + u64::from(self.extra));
        row.cells[place::NUMBER] = row.number.clone();
        // The card belongs to the first record.
        row.cells[place::PHONE - 1].clear();
    }

    /// The person again, as another counter would have written it down.
    fn double(&mut self, person: &Person, first: &RegisterRow) -> RegisterRow {
        let mut row = first.clone();
        self.add_number(&mut row);
        row.label = Some(Label {
            check: "same_person",
            other: first.number.clone(),
        });
        match self.random.weighted(&[30, 20, 15, 25, 10]) {
            0 => self.passport(&mut row),
            1 => {
                self.misspell(&mut row);
                self.elsewhere(person, &mut row);
                row.cells[place::ADDRESS] = shortened(&row.cells[place::ADDRESS]);
            }
            2 => {
                self.passport(&mut row);
                row.cells[place::BIRTH] = self.other_day(person.born).to_string();
            }
            3 => {
                self.other_number(person, &mut row);
                self.new_phone(&mut row);
                row.cells[place::ADDRESS] = shortened(&row.cells[place::ADDRESS]);
            }
            _ => {
                self.passport(&mut row);
                self.misspell(&mut row);
                self.new_phone(&mut row);
            }
        }
        row
    }

    /// Somebody else, born on the same day in the same house.
    fn twin(&mut self, person: &Person, first: &RegisterRow) -> RegisterRow {
        let mut row = first.clone();
        self.add_number(&mut row);
        self.misspell(&mut row);
        let order = 600 + self.random.below(150) * 2 + u32::from(person.sex == Sex::Male);
        row.cells[place::DOCUMENT] = resident(&person.id_number[..6], person.born, order);
        row
    }

    fn passport(&mut self, row: &mut RegisterRow) {
        "护照".clone_into(&mut row.cells[place::KIND]);
        row.cells[place::DOCUMENT] = format!("EX{:07}", self.extra);
    }

    /// A number given out in another county: one digit of the place differs, and the check.
    fn elsewhere(&mut self, person: &Person, row: &mut RegisterRow) {
        let order = &person.id_number[14..17];
        let order = order.parse().unwrap_or(0);
        let place = format!("{}9", &person.id_number[..5]);
        row.cells[place::DOCUMENT] = resident(&place, person.born, order);
    }

    /// A number that has only the birth in common.
    fn other_number(&mut self, person: &Person, row: &mut RegisterRow) {
        let order = 300 + self.random.below(140) * 2 + u32::from(person.sex == Sex::Male);
        row.cells[place::DOCUMENT] = resident("998700", person.born, order);
    }

    fn new_phone(&mut self, row: &mut RegisterRow) {
        row.cells[place::PHONE] = format!("121{:08}", self.random.below(100_000_000));
    }

    /// The last character of the name becomes another.
    fn misspell(&mut self, row: &mut RegisterRow) {
        let name = &row.cells[place::NAME];
        let last = name.chars().next_back();
        let surname = name.chars().next().unwrap_or('王');
        let stem: String = name.chars().take(name.chars().count() - 1).collect();
        loop {
            let other = full_name(&mut self.random, surname, Sex::Male);
            if let Some(other) = other.chars().next_back().filter(|c| Some(*c) != last) {
                row.cells[place::NAME] = format!("{stem}{other}");
                return;
            }
        }
    }

    /// Month and day exchanged where that is a day, else a day more.
    fn other_day(&self, born: Date) -> Date {
        let exchanged = Date::new(born.year(), born.day(), born.month());
        let exchanged = exchanged
            .ok()
            .filter(|day| *day != born && *day <= self.today);
        exchanged.unwrap_or_else(|| born.saturating_sub(1.day()))
    }

    /// Something an import refuses.
    fn spoil(&mut self, row: &mut RegisterRow) {
        let cells = &mut row.cells;
        match self.random.below(6) {
            0 => {
                let digit = cells[place::DOCUMENT].pop();
                cells[place::DOCUMENT].push(if digit == Some('1') { '2' } else { '1' });
            }
            1 => "1990-02-30".clone_into(&mut cells[place::BIRTH]),
            2 => {
                let other = if cells[place::SEX] == "男" {
                    "女"
                } else {
                    "男"
                };
                other.clone_into(&mut cells[place::SEX]);
            }
            3 => "1850-01-01".clone_into(&mut cells[place::BIRTH]),
            4 => "没有这种身份".clone_into(&mut cells[place::IDENTITIES]),
            _ if !cells[place::FROM].is_empty() => {
                for part in 0..5 {
                    cells[place::SECOND + part] = cells[place::SECOND - 6 + part].clone();
                }
            }
            _ => cells[place::NAME].clear(),
        }
        row.label = Some(Label {
            check: "bad_row",
            other: String::new(),
        });
    }

    /// Something that only the checks of the register find.
    fn raise_doubt(&mut self, person: &Person, row: &mut RegisterRow) {
        if person.covers.is_empty() || !row.cells[place::TO].is_empty() {
            return;
        }
        let cells = &mut row.cells;
        let check = match self.random.below(3) {
            0 => {
                let from = cells[place::FROM].clone();
                let (scheme, category) = match cells[place::SECOND - 6].as_str() {
                    "城乡居民基本医疗保险" => ("职工基本医疗保险", "在职"),
                    _ => ("城乡居民基本医疗保险", "成年居民"),
                };
                for (part, value) in [scheme, category, "正常享受", &from].iter().enumerate() {
                    (*value).clone_into(&mut cells[place::SECOND + part]);
                }
                "two_schemes"
            }
            1 => {
                let death = self.today.saturating_sub(40.days()).max(person.born);
                cells[place::DEATH] = death.to_string();
                "dead_covered"
            }
            _ if cells[place::IDENTITIES].is_empty() => {
                "是".clone_into(&mut cells[place::SUBSIDISED]);
                "subsidised_without_identity"
            }
            _ => return,
        };
        row.label = Some(Label {
            check,
            other: String::new(),
        });
    }
}

impl Iterator for RegisterFile<'_> {
    type Item = RegisterRow;

    fn next(&mut self) -> Option<RegisterRow> {
        if let Some(row) = self.waiting.pop() {
            return Some(row);
        }
        let person = self.people.next()?;
        let mut row = self.row(&person);
        if self.random.chance(self.defects.bad_rows) {
            self.spoil(&mut row);
        } else if self.random.chance(self.defects.doubles) {
            let double = self.double(&person, &row);
            self.waiting.push(double);
        } else if person.relation == Relation::Child && self.random.chance(self.defects.twins) {
            let twin = self.twin(&person, &row);
            self.waiting.push(twin);
        } else if self.random.chance(self.defects.doubts) {
            self.raise_doubt(&person, &mut row);
        }
        Some(row)
    }
}

fn resident(place: &str, born: Date, order: u32) -> String {
    let (year, month, day) = (born.year(), born.month(), born.day());
    let mut digits = format!("{place}{year:04}{month:02}{day:02}{order:03}");
    let check = checksum_of(&digits);
    digits.extend(check);
    digits
}

fn address(area: &str, person: &Person) -> String {
    let home = person.household;
    let (village, group, house) = (home % 380 + 1, home / 380 % 12 + 1, home / 4560 + 1);
    let county = person.county.get() % 100;
    format!("{area}{county:02}区第{village}社区{group}组{house}号")
}

/// The address without its town, as a hurried hand writes it.
fn shortened(address: &str) -> String {
    let at = address.find('区').map_or(0, |at| at + '区'.len_utf8());
    address[at..].replace("社区", "居")
}

fn identities(person: &Person) -> String {
    let shown = person.identities.iter().map(|span| match span.to {
        Some(to) => format!("{}:{}/{to}", span.word, span.from),
        None => format!("{}:{}", span.word, span.from),
    });
    shown.collect::<Vec<_>>().join(";")
}

fn cover(cover: Option<&Cover>) -> [String; 6] {
    let Some(cover) = cover else {
        return Default::default();
    };
    [
        cover.scheme.zh().to_owned(),
        cover.category.zh().to_owned(),
        cover.state.zh().to_owned(),
        cover.from.to_string(),
        cover.to.map_or_else(String::new, |to| to.to_string()),
        cover.group.name.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Recipe, area};

    const SOME: Defects = Defects {
        bad_rows: 20,
        doubles: 30,
        twins: 50,
        doubts: 30,
    };

    #[test]
    fn the_same_recipe_gives_the_same_rows_each_with_a_number_of_its_own() {
        let area = area(Recipe::suizhou().with_people(2_000));
        let rows: Vec<RegisterRow> = register_file(&area, SOME).collect();
        assert!(rows.len() > 2_050, "{}", rows.len());
        assert_eq!(register_file(&area, SOME).collect::<Vec<_>>(), rows);
        let mut numbers: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), rows.len());
        let titles = RegisterFile::TITLES.len();
        assert!(rows.iter().all(|row| row.cells.len() == titles));
        for check in ["bad_row", "same_person", "two_schemes", "dead_covered"] {
            let labelled =
                |row: &&RegisterRow| row.label.as_ref().is_some_and(|l| l.check == check);
            assert!(rows.iter().any(|row| labelled(&row)), "{check}");
        }
    }

    #[test]
    fn without_defects_everybody_stands_there_once() {
        let area = area(Recipe::fictional().with_people(500));
        let rows: Vec<RegisterRow> = register_file(&area, Defects::default()).collect();
        assert_eq!(rows.len(), 500);
        assert!(rows.iter().all(|row| row.label.is_none()));
    }
}
