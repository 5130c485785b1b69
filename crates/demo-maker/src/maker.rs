use std::fmt::Write;

use jiff::ToSpan;
use money::Fen;
use terms::{AreaCode, Category, CoverState, Date, InstitutionKind, Scheme, Sex, Word};

use crate::names::full_name;
use crate::numbers::{Numbers, card_number, person_number, phone};
use crate::{
    Account, Cover, DISEASES, Group, Institution, Person, Random, Recipe, Recognition, Relation,
};

/// Makes people one by one and remembers which numbers are taken.
#[derive(Debug, Clone)]
pub(crate) struct Maker<'a> {
    pub recipe: &'a Recipe,
    pub random: Random,
    pub institutions: &'a [Institution],
    numbers: Numbers,
    people: u32,
    households: u32,
}

/// What the members of a household have in common.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Home {
    pub household: u32,
    /// Position of the county in the recipe.
    pub county: usize,
    pub urban: bool,
    /// Number of the village or neighbourhood in the county.
    pub village: u32,
}

const WORK: [&str; 12] = [
    "机械有限公司",
    "食品有限公司",
    "电子科技有限公司",
    "建筑工程有限公司",
    "物流有限公司",
    "纺织厂",
    "商贸有限公司",
    "农业合作社",
    "中学",
    "小学",
    "卫生服务中心",
    "街道办事处",
];
/// The employer of [`WORK`] whose staff are civil servants.
const CIVIL: usize = 11;

impl<'a> Maker<'a> {
    pub fn new(recipe: &'a Recipe, institutions: &'a [Institution]) -> Self {
        let random = Random::named(recipe.seed, "people");
        let numbers = Numbers::default();
        Self {
            recipe,
            random,
            institutions,
            numbers,
            people: 0,
            households: 0,
        }
    }

    /// A place for the next household; half the counties' people live in the first one.
    pub fn home(&mut self) -> Home {
        let others = u32::try_from(self.recipe.counties.len() - 1).expect("counties are few");
        let county = match others {
            0 => 0,
            _ if self.random.chance(400) => 0,
            _ => self.random.between(1, others) as usize,
        };
        self.home_in(county)
    }

    /// A place for a household in that county.
    pub fn home_in(&mut self, county: usize) -> Home {
        let household = self.households;
        self.households += 1;
        let urban = self.random.chance(if county == 0 { 480 } else { 220 });
        Home {
            household,
            county,
            urban,
            village: self.random.between(1, 20),
        }
    }

    pub fn county(&self, home: Home) -> AreaCode {
        self.recipe.counties[home.county].code
    }

    /// Somebody of about that age, without cover yet.
    pub fn person(
        &mut self,
        home: Home,
        relation: Relation,
        surname: char,
        sex: Sex,
        age: u32,
    ) -> Person {
        self.people += 1;
        let county = self.county(home);
        let wanted = self.birthday(age);
        let (born, id_number) = self.numbers.resident(county, wanted, sex);
        Person {
            number: person_number(self.recipe.area, self.people),
            name: full_name(&mut self.random, surname, sex),
            sex,
            born,
            id_number,
            card_number: card_number(self.people),
            phone: phone(self.people),
            county,
            household: home.household,
            relation,
            covers: Vec::new(),
            identities: Vec::new(),
            marks: Vec::new(),
            recognitions: Vec::new(),
            registrations: Vec::new(),
            account: None,
            sharing: Vec::new(),
        }
    }

    /// A day of birth that gives that age on the business date; a child of 0 years is at least
    /// ten days old.
    fn birthday(&mut self, age: u32) -> Date {
        let years = i32::try_from(age).expect("ages are small");
        let spare = i32::try_from(self.random.below(354)).expect("below a year");
        let today = self.recipe.today;
        today
            .saturating_sub(years.years())
            .saturating_sub((10 + spare).days())
    }

    /// Enrols the person: cover, account and marks as they usually come.
    pub fn enrol(&mut self, person: &mut Person, home: Home, category: Category) {
        let employee = matches!(
            category,
            Category::Active | Category::Retired | Category::Flexible
        );
        let scheme = if employee {
            Scheme::Employee
        } else {
            Scheme::Resident
        };
        let (from, to, enrolled_since) = self.period(person, scheme);
        let (group, civil) = self.group(home, category);
        if civil {
            person.marks.push(Word::new("civil_servant"));
        }
        if employee && category != Category::Flexible {
            person.account = Some(self.account(category));
        }
        person.covers.push(Cover {
            scheme,
            category,
            state: CoverState::Active,
            state_since: from,
            from,
            to,
            benefit_from: from,
            enrolled_since,
            county: person.county,
            group,
        });
    }

    /// First and last day of the current period, and since when enrolled without a break.
    fn period(&mut self, person: &Person, scheme: Scheme) -> (Date, Option<Date>, Date) {
        let new_year = self.recipe.today.first_of_year();
        if scheme == Scheme::Resident {
            let years = i32::try_from(self.random.below(10)).expect("few years");
            let since = new_year.saturating_sub(years.years()).max(person.born);
            let from = new_year.max(person.born);
            return (from, Some(new_year.last_of_year()), since);
        }
        let working = u32::try_from((person.age_on(self.recipe.today) - 18).max(1)).unwrap_or(1);
        let months = i32::try_from(self.random.between(6, working.min(30) * 12)).unwrap_or(6);
        let from = self
            .recipe
            .today
            .first_of_month()
            .saturating_sub(months.months());
        (from, None, from)
    }

    fn group(&mut self, home: Home, category: Category) -> (Group, bool) {
        let county = &self.recipe.counties[home.county];
        if !matches!(category, Category::Active | Category::Retired) {
            let order = home.village;
            let kind = if home.urban { "社区" } else { "村" };
            let mut name = county.name.clone();
            let _ = write!(name, "示范{order}{kind}");
            return (
                Group {
                    code: format!("G{}{order:03}", county.code),
                    name,
                },
                false,
            );
        }
        let order = self.random.below((self.recipe.people / 300).max(10));
        let kind = self.random.below(12) as usize;
        let name = format!("{}第{}示范{}", county.name, order + 1, WORK[kind]);
        let code = format!("E{}{:05}{kind:02}", county.code, order + 1);
        (Group { code, name }, kind == CIVIL)
    }

    /// Balances as they stand in the middle of a year: what was credited, less what was spent.
    pub fn account(&mut self, category: Category) -> Account {
        let months = i64::from(self.recipe.today.month()) - 1;
        let monthly = match category {
            Category::Retired => 8_390,
            _ => i64::from(self.random.between(350_000, 1_200_000)) * 2 / 100,
        };
        let credited = monthly * months;
        let left = i64::from(self.random.between(0, 1000));
        let current_year = Fen::new(credited * left / 1000);
        Account {
            current_year,
            historic: Fen::new(i64::from(self.random.below(600_000))),
        }
    }

    /// Recognises a disease, with an institution of the person's own county chosen for it.
    pub fn recognise(&mut self, person: &mut Person, disease: usize) {
        let months = i32::try_from(self.random.between(1, 30)).expect("few months");
        let from = self
            .recipe
            .today
            .first_of_month()
            .saturating_sub(months.months());
        let near: Vec<&Institution> = self
            .institutions
            .iter()
            .filter(|one| one.county == person.county && one.kind == InstitutionKind::Hospital)
            .collect();
        let chosen = match near.is_empty() {
            true => self.institutions[0].code.clone(),
            false => self.random.pick(&near).code.clone(),
        };
        // Recognitions of the first rank hold until revoked; some are to be reviewed.
        let to = self
            .random
            .chance(300)
            .then(|| from.saturating_add(3.years()));
        person.recognitions.push(Recognition {
            disease: Word::new(DISEASES[disease].code),
            from,
            to,
            institution: chosen,
        });
    }
}
