//! How codes look, and what generated items of every kind have in common.

use jiff::civil::date;
use money::Fen;
use terms::{Grade, ItemClass, Scheme};

use super::{ItemPeriod, Limitation};
use crate::Random;

/// Grades at and below 一级; 未定级 is paid like them.
pub(super) const LOW: [Grade; 4] = [
    Grade::Village,
    Grade::Community,
    Grade::Primary,
    Grade::Ungraded,
];

/// A code for the item at that position; positions below a million give distinct codes.
///
/// Shapes are the national ones. What no national code has: drugs of a maker from 99000 on, herbs
/// with 99 in the middle, services that end in 9900 and following instead of zeros.
pub(super) fn code(chapter: &str, index: usize) -> String {
    let (name, order) = (index / 1000, index % 1000);
    match chapter.as_bytes()[0] {
        b'T' => format!("{chapter}99{:04}", index % 10_000),
        b'Z' => format!("{chapter}D{name:04}01{:02}99{order:03}", 1 + index % 3),
        b'0'..=b'9' => {
            let (low, high) = (index % 100_000, index / 100_000);
            format!("00{chapter}{low:05}99{high:02}")
        }
        _ => {
            let (form, pack) = (1 + index % 9, 1 + index % 3);
            format!("X{chapter}D{name:03}A00{form}01{pack:02}99{order:03}")
        }
    }
}

/// A code for a supply, whose chapters look like those of services; 99 stands before the maker.
pub(super) fn supply_code(chapter: &str, index: usize) -> String {
    format!(
        "C{chapter}{:03}{:02}{index:06}99{index:09}",
        1 + index % 40,
        1 + index % 9
    )
}

/// Class, prior share, ceiling and dates as they are usually distributed.
pub(super) fn periods(random: &mut Random, price: Fen) -> Vec<ItemPeriod> {
    let class = [ItemClass::A, ItemClass::B, ItemClass::C][random.weighted(&[30, 57, 13])];
    let prior = match class {
        ItemClass::A => 0,
        ItemClass::B => *random.pick(&[5, 10, 10, 10, 15, 20]),
        ItemClass::C => 100,
    };
    let ceiling = (class != ItemClass::C && random.chance(350))
        .then(|| Fen::new(price.get() * i64::from(random.between(80, 100)) / 100));
    let now = ItemPeriod::always(class, prior, ceiling);
    match random.below(1000) {
        0..30 if class == ItemClass::B => by_scheme(now),
        30..70 if class == ItemClass::B => negotiated(now),
        70..80 => vec![ItemPeriod {
            to: Some(date(2023, 12, 31)),
            ..now
        }],
        _ => vec![now],
    }
}

/// Residents bear five points more.
fn by_scheme(now: ItemPeriod) -> Vec<ItemPeriod> {
    let residents = now.prior_percent + 5;
    split_by_scheme(now, residents)
}

/// One share for employees, another for everybody else.
pub(super) fn split_by_scheme(now: ItemPeriod, residents: u32) -> Vec<ItemPeriod> {
    let employees = ItemPeriod {
        schemes: vec![Scheme::Employee],
        ..now.clone()
    };
    let others: Vec<Scheme> = Scheme::ALL
        .iter()
        .copied()
        .filter(|scheme| *scheme != Scheme::Employee)
        .collect();
    vec![
        employees,
        ItemPeriod {
            schemes: others,
            prior_percent: residents,
            ..now
        },
    ]
}

/// Outside the catalogue until the end of 2023, in it since (谈判准入).
pub(super) fn negotiated(now: ItemPeriod) -> Vec<ItemPeriod> {
    let before = ItemPeriod {
        to: Some(date(2023, 12, 31)),
        ..ItemPeriod::always(ItemClass::C, 100, None)
    };
    vec![
        before,
        ItemPeriod {
            from: date(2024, 1, 1),
            ..now
        },
    ]
}

/// A price between two bounds in fen, rounded to a tenth of a yuan where it is large enough.
pub(super) fn price(random: &mut Random, low: u32, high: u32) -> Fen {
    let fen = random.between(low, high);
    Fen::new(i64::from(if fen < 200 { fen } else { fen / 10 * 10 }))
}

const LIMITATIONS: [Limitation; 7] = [
    Limitation {
        note: "限二级及以上医疗机构",
        condition: "grade=tertiary;secondary",
    },
    Limitation {
        note: "限三级医疗机构",
        condition: "grade=tertiary",
    },
    Limitation {
        note: "限儿童",
        condition: "age<=14",
    },
    Limitation {
        note: "限18岁以上",
        condition: "age>=18",
    },
    Limitation {
        note: "限女性",
        condition: "sex=female",
    },
    Limitation {
        note: "限恶性肿瘤",
        condition: "diagnosis=C;D0",
    },
    Limitation {
        note: "限2型糖尿病",
        condition: "diagnosis=E11",
    },
];

/// One item in twelve is payable only within limits.
pub(super) fn limitation(random: &mut Random) -> Option<Limitation> {
    random.chance(80).then(|| *random.pick(&LIMITATIONS))
}
