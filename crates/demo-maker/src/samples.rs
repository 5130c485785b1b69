use jiff::ToSpan;
use money::Fen;
use terms::{Category, CoverState, Registration, Scheme, Sex};

use crate::disease::by_code;
use crate::household::{identify, register_elsewhere, trouble};
use crate::maker::Maker;
use crate::names::surname;
use crate::{Account, Kinship, Person, Relation, SharingGrant};

/// A hand-picked person and what the person is good for (样例人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The person.
    pub person: Person,
    /// The scheme under which the person is listed.
    pub scheme: Scheme,
    /// 中文 note for the developer who tries the interface.
    pub note: String,
}

/// What makes a hand-picked person useful.
enum Use {
    Ordinary,
    CivilServant,
    Identity(&'static str),
    Disease(&'static str),
    OpensAccount,
    MayUseAccount,
    State(CoverState),
    Elsewhere,
}

use Category as Is;

/// Category, sex, age, use and note; the giver and the taker of an account share a household.
const WANTED: [(Category, Sex, u32, Use, &str); 27] = [
    (
        Is::Active,
        Sex::Male,
        41,
        Use::Ordinary,
        "在职职工，正常享受待遇",
    ),
    (
        Is::Active,
        Sex::Female,
        33,
        Use::Ordinary,
        "在职女职工，可试生育医疗",
    ),
    (
        Is::Active,
        Sex::Male,
        45,
        Use::CivilServant,
        "在职公务员，享受公务员医疗补助",
    ),
    (
        Is::Retired,
        Sex::Male,
        67,
        Use::Ordinary,
        "退休职工，正常享受待遇",
    ),
    (
        Is::Retired,
        Sex::Female,
        71,
        Use::Disease("MB001"),
        "退休职工，已认定门诊慢性病：高血压",
    ),
    (
        Is::Active,
        Sex::Male,
        52,
        Use::Disease("MT002"),
        "在职职工，已认定门诊特殊病：肾透析",
    ),
    (
        Is::Flexible,
        Sex::Female,
        38,
        Use::Ordinary,
        "灵活就业人员，没有个人账户",
    ),
    (
        Is::Flexible,
        Sex::Male,
        49,
        Use::Identity("dibao"),
        "灵活就业人员，低保对象，享受医疗救助",
    ),
    (
        Is::Active,
        Sex::Male,
        39,
        Use::OpensAccount,
        "在职职工，已开通家庭共济，供配偶和子女使用",
    ),
    (
        Is::Flexible,
        Sex::Male,
        36,
        Use::State(CoverState::Waiting),
        "中断后重新参保，在待遇等待期内",
    ),
    (
        Is::Active,
        Sex::Female,
        29,
        Use::State(CoverState::Suspended),
        "单位欠费，待遇暂停",
    ),
    (
        Is::Retired,
        Sex::Female,
        63,
        Use::Elsewhere,
        "退休职工，已办异地长期居住备案",
    ),
    (
        Is::Flexible,
        Sex::Male,
        55,
        Use::Identity("tekun"),
        "灵活就业人员，特困人员，享受医疗救助",
    ),
    (
        Is::Adult,
        Sex::Female,
        37,
        Use::MayUseAccount,
        "成年居民，可使用配偶的家庭共济账户",
    ),
    (
        Is::Child,
        Sex::Male,
        5,
        Use::MayUseAccount,
        "学龄前儿童，可使用父亲的家庭共济账户",
    ),
    (
        Is::Adult,
        Sex::Male,
        44,
        Use::Ordinary,
        "成年居民，正常享受待遇",
    ),
    (
        Is::Elderly,
        Sex::Female,
        74,
        Use::Ordinary,
        "老年居民，正常享受待遇",
    ),
    (
        Is::Student,
        Sex::Female,
        13,
        Use::Ordinary,
        "中小学生，正常享受待遇",
    ),
    (
        Is::Newborn,
        Sex::Female,
        0,
        Use::Ordinary,
        "新生儿，出生当年参保",
    ),
    (
        Is::Adult,
        Sex::Male,
        50,
        Use::Identity("dibao"),
        "成年居民，低保对象，享受医疗救助",
    ),
    (
        Is::Elderly,
        Sex::Male,
        78,
        Use::Identity("tekun"),
        "老年居民，特困人员，享受医疗救助",
    ),
    (
        Is::Adult,
        Sex::Female,
        46,
        Use::Identity("jiance"),
        "成年居民，监测对象，享受医疗救助",
    ),
    (
        Is::Elderly,
        Sex::Female,
        66,
        Use::Disease("MB002"),
        "老年居民，已认定门诊慢性病：糖尿病",
    ),
    (
        Is::Adult,
        Sex::Female,
        31,
        Use::State(CoverState::Waiting),
        "断缴后重新参保，在待遇等待期内",
    ),
    (
        Is::Adult,
        Sex::Male,
        42,
        Use::State(CoverState::Suspended),
        "成年居民，待遇暂停",
    ),
    (
        Is::Adult,
        Sex::Female,
        48,
        Use::State(CoverState::Ended),
        "参保已终止，结算会被拒绝",
    ),
    (
        Is::Child,
        Sex::Female,
        6,
        Use::Identity("guer"),
        "儿童，孤儿，享受医疗救助",
    ),
];

/// What hand-picked people have in their accounts.
const ACCOUNT: Account = Account {
    current_year: Fen::yuan(1_200),
    historic: Fen::yuan(3_000),
};

/// The hand-picked people; they are the first people of every area and live in its first county.
pub(crate) fn samples(maker: &mut Maker<'_>) -> Vec<Sample> {
    let family = maker.home_in(0);
    let family_name = surname(&mut maker.random);
    let mut made = Vec::with_capacity(WANTED.len() + 1);
    for (category, sex, age, purpose, note) in &WANTED {
        let shared = matches!(purpose, Use::OpensAccount | Use::MayUseAccount);
        let home = if shared { family } else { maker.home_in(0) };
        let relation = match (shared, category) {
            (true, Is::Child) => Relation::Child,
            (true, Is::Adult) => Relation::Spouse,
            _ => Relation::Head,
        };
        let own = surname(&mut maker.random);
        let name = if shared && relation != Relation::Spouse {
            family_name
        } else {
            own
        };
        let mut person = maker.person(home, relation, name, *sex, *age);
        maker.enrol(&mut person, home, *category);
        person.marks.clear();
        // The same round balances for all, so that what an account pays is easy to follow.
        person.account = person.account.map(|_| ACCOUNT);
        give(maker, &mut person, purpose);
        let scheme = person.covers[0].scheme;
        made.push(Sample {
            person,
            scheme,
            note: (*note).to_owned(),
        });
    }
    open_account(maker, &mut made);
    made
}

fn give(maker: &mut Maker<'_>, person: &mut Person, purpose: &Use) {
    match purpose {
        Use::Ordinary | Use::MayUseAccount | Use::OpensAccount => {}
        Use::CivilServant => person.marks.push("civil_servant".into()),
        Use::Identity(word) => identify(maker, person, word, 10),
        Use::Disease(code) => {
            let index = by_code(code);
            maker.recognise(person, index.expect("the diseases named above exist"));
            // Recognitions of hand-picked people do not run out during a demonstration.
            person.recognitions[0].to = None;
        }
        Use::State(state) => trouble(maker, person, *state),
        Use::Elsewhere => register_elsewhere(maker, person, Registration::LongTerm),
    }
}

/// Opens the account of the one who shares to the rest of the household.
fn open_account(maker: &Maker<'_>, made: &mut [Sample]) {
    let from = maker
        .recipe
        .today
        .first_of_year()
        .saturating_add(2.months());
    let family = made
        .iter()
        .position(|sample| sample.person.relation == Relation::Spouse);
    let family = made[family.expect("a spouse is listed above")]
        .person
        .household;
    let members: Vec<(Relation, String)> = made
        .iter()
        .filter(|sample| sample.person.household == family)
        .map(|sample| (sample.person.relation, sample.person.number.clone()))
        .collect();
    let giver = made.iter_mut().find(|sample| {
        sample.person.household == family && sample.person.relation == Relation::Head
    });
    let giver = &mut giver
        .expect("a head of that household is listed above")
        .person;
    giver.sharing = members
        .into_iter()
        .filter(|(_, number)| *number != giver.number)
        .map(|(relation, beneficiary)| {
            let kinship = Kinship::between(giver.relation, relation);
            SharingGrant {
                beneficiary,
                kinship,
                from,
            }
        })
        .collect();
}
