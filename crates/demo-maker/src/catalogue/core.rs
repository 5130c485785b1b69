use money::Fen;
use terms::{Grade, ItemClass, ItemKind, Word};

use super::shape::{LOW, code, negotiated, split_by_scheme, supply_code};
use super::{Item, ItemPeriod, Limitation};

const ROWS: &str = include_str!("../../data/core_items.txt");

/// The hand-written items, in the order of their file.
pub(super) fn items() -> Vec<Item> {
    let rows = ROWS.lines().filter(|line| !line.starts_with('#'));
    rows.enumerate()
        .map(|(index, row)| item(index, row))
        .collect()
}

/// One row of the file; its thirteen fields are named in the file's second line.
fn item(index: usize, row: &'static str) -> Item {
    let fields: Vec<&'static str> = row.split('|').collect();
    let [
        name,
        kind,
        chapter,
        class,
        prior,
        price,
        ceiling,
        charge,
        unit,
        specification,
        groups,
        note,
        condition,
    ] = fields[..]
    else {
        panic!("thirteen fields in {row}")
    };
    let kind: ItemKind = kind.parse().expect("the file names known kinds");
    let groups: Vec<Word> = groups
        .split(';')
        .filter(|g| !g.is_empty())
        .map(Word::new)
        .collect();
    Item {
        code: if kind == ItemKind::Supply {
            supply_code(chapter, index)
        } else {
            code(chapter, index)
        },
        name: name.to_owned(),
        kind,
        charge_category: charge,
        unit: unit.to_owned(),
        specification: specification.to_owned(),
        price: yuan(price),
        limitation: (!note.is_empty()).then_some(Limitation { note, condition }),
        periods: periods(
            class,
            prior,
            ceiling,
            groups.iter().any(|group| group == "negotiated"),
        ),
        groups,
    }
}

/// One period, or one for each grade or scheme where the row gives several figures.
fn periods(class: &str, prior: &str, ceiling: &str, is_negotiated: bool) -> Vec<ItemPeriod> {
    let class: ItemClass = class.parse().expect("the file names known classes");
    let priors: Vec<u32> = prior
        .split('/')
        .map(|text| text.parse().expect("shares are whole percents"))
        .collect();
    let ceilings: Vec<Fen> = ceiling
        .split('/')
        .filter(|text| !text.is_empty())
        .map(yuan)
        .collect();
    let now = ItemPeriod::always(class, priors[0], ceilings.first().copied());
    match (priors.get(1), &ceilings[..]) {
        (Some(residents), _) => split_by_scheme(now, *residents),
        (None, [low, secondary, tertiary]) => [
            (LOW.to_vec(), low),
            (vec![Grade::Secondary], secondary),
            (vec![Grade::Tertiary], tertiary),
        ]
        .map(|(grades, limit)| ItemPeriod {
            grades,
            ceiling: Some(*limit),
            ..now.clone()
        })
        .to_vec(),
        _ if is_negotiated => negotiated(now),
        _ => vec![now],
    }
}

fn yuan(text: &str) -> Fen {
    Fen::from_yuan_text(text).expect("the file gives prices in yuan")
}
