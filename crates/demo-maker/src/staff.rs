use terms::{Grade, InstitutionKind, Sex};

use crate::names::{full_name, surname};
use crate::{Institution, Random, Recipe};

/// Somebody at an institution who sends bills (经办人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// Operator code.
    pub code: String,
    /// Name, invented.
    pub name: String,
    /// The institution, by code.
    pub institution: String,
}

/// Somebody who may sign in to the console (控制台用户).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleAccount {
    /// User name.
    pub user: String,
    /// 姓名, invented.
    pub name: String,
    /// Password, invented; printed when a demonstration starts.
    pub password: String,
    /// What the user may do.
    pub role: Role,
    /// The institution spoken for, by code; empty for somebody of the agency.
    pub institution: String,
}

/// What a console user may do (角色).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 经办
    Clerk,
    /// 审核
    Auditor,
    /// 管理
    Admin,
    /// 医药机构医保办
    Hospital,
}

impl Role {
    /// Every role.
    pub const ALL: &'static [Self] = &[Self::Clerk, Self::Auditor, Self::Admin, Self::Hospital];

    /// The English word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
            Self::Hospital => "hospital",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Clerk => "经办",
            Self::Auditor => "审核",
            Self::Admin => "管理",
            Self::Hospital => "医药机构",
        }
    }
}

/// Two operators for each institution.
pub(crate) fn operators(recipe: &Recipe, institutions: &[Institution]) -> Vec<Operator> {
    let mut random = Random::named(recipe.seed, "operators");
    let mut made = Vec::new();
    for institution in institutions {
        for order in 1..=2 {
            made.push(Operator {
                code: format!("{}{order:02}", &institution.code[7..]),
                name: invented(&mut random),
                institution: institution.code.clone(),
            });
        }
    }
    made
}

/// One console account for each role, with a password that the seed decides; the last one speaks
/// for the first tertiary hospital of the area, where the demonstration's stays are.
pub(crate) fn console_accounts(
    recipe: &Recipe,
    institutions: &[Institution],
) -> Vec<ConsoleAccount> {
    let mut random = Random::named(recipe.seed, "console");
    let hospital = institutions
        .iter()
        .filter(|one| one.kind == InstitutionKind::Hospital)
        .filter(|one| one.county.city() == recipe.area.city())
        .find(|one| one.grade == Grade::Tertiary);
    let account = |role: &Role| ConsoleAccount {
        user: role.word().to_owned(),
        name: invented(&mut random),
        password: format!("demo-{}-{:04}", role.word(), random.below(10_000)),
        role: *role,
        institution: match role {
            Role::Hospital => hospital.map_or_else(String::new, |one| one.code.clone()),
            Role::Clerk | Role::Auditor | Role::Admin => String::new(),
        },
    };
    Role::ALL.iter().map(account).collect()
}

fn invented(random: &mut Random) -> String {
    let surname = surname(random);
    let sex = if random.chance(400) {
        Sex::Male
    } else {
        Sex::Female
    };
    full_name(random, surname, sex)
}
