use money::Fen;
use serde::Serialize;

/// Amounts of the two payers side by side (单位与个人).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Both {
    /// 单位部分.
    pub employer: Fen,
    /// 个人部分.
    pub person: Fen,
}

impl Both {
    /// Nothing of either.
    pub const NONE: Self = Self {
        employer: Fen::ZERO,
        person: Fen::ZERO,
    };

    /// The amounts together.
    pub fn total(self) -> Fen {
        self.employer + self.person
    }

    /// Whether there is nothing of either.
    pub fn is_none(self) -> bool {
        self.employer.is_zero() && self.person.is_zero()
    }

    /// Each added to its own.
    pub fn plus(self, other: Self) -> Self {
        Self {
            employer: self.employer + other.employer,
            person: self.person + other.person,
        }
    }

    /// Each less its own.
    pub fn minus(self, other: Self) -> Self {
        Self {
            employer: self.employer - other.employer,
            person: self.person - other.person,
        }
    }

    /// The smaller of each.
    pub fn least(self, other: Self) -> Self {
        Self {
            employer: self.employer.min(other.employer),
            person: self.person.min(other.person),
        }
    }

    /// Each, but never below zero.
    pub fn to_zero(self) -> Self {
        Self {
            employer: self.employer.max(Fen::ZERO),
            person: self.person.max(Fen::ZERO),
        }
    }
}

/// What is still open of one period (未缴).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// 费款所属期: a month, or a year of a resident.
    pub period: String,
    /// What is owed and unpaid.
    pub owed: Both,
}

/// How money received is spread (到账分配).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Allocation {
    /// What goes to which period.
    pub parts: Vec<(String, Both)>,
    /// What no period takes (多缴).
    pub left: Both,
}

/// Spreads money over what is open: the stated period first, then the oldest, the employer's money
/// on the employer's part and the person's on the person's, each only as far as it goes.
///
/// ```
/// use enrolment::contribution::{Both, Open, allocate};
/// use money::Fen;
/// let both = |employer, person| Both { employer: Fen::yuan(employer), person: Fen::yuan(person) };
/// let open = |period: &str| Open { period: period.into(), owed: both(80, 20) };
/// let spread = allocate(both(100, 20), Some("2024-03"), &[open("2024-02"), open("2024-03")]);
/// assert_eq!(spread.parts[0], ("2024-03".to_owned(), both(80, 20)));
/// assert_eq!(spread.parts[1], ("2024-02".to_owned(), both(20, 0)));
/// assert!(spread.left.is_none());
/// ```
pub fn allocate(money: Both, stated: Option<&str>, open: &[Open]) -> Allocation {
    let mut order: Vec<&Open> = open.iter().collect();
    order.sort_by_key(|one| (stated != Some(one.period.as_str()), &one.period));
    let mut spread = Allocation {
        parts: Vec::new(),
        left: money,
    };
    for one in order {
        let part = spread.left.to_zero().least(one.owed.to_zero());
        if !part.is_none() {
            spread.left = spread.left.minus(part);
            spread.parts.push((one.period.clone(), part));
        }
    }
    spread
}
