use terms::{ItemKind, Word};

use super::Item;
use super::shape::{code, limitation, periods, price};
use crate::Random;

/// A family of drugs: its chapter, the ending of its names, forms that exist, prices in fen.
struct Family {
    chapter: &'static str,
    ending: &'static str,
    forms: &'static [usize],
    prices: (u32, u32),
    groups: &'static [&'static str],
}

const fn family(
    chapter: &'static str,
    ending: &'static str,
    forms: &'static [usize],
    prices: (u32, u32),
    groups: &'static [&'static str],
) -> Family {
    Family {
        chapter,
        ending,
        forms,
        prices,
        groups,
    }
}

const ORAL: &[usize] = &[0, 1, 2, 3, 4];
const SHOT: &[usize] = &[6, 7, 8];
const BOTH: &[usize] = &[0, 3, 6, 7];
const CHINESE: &[usize] = &[0, 3, 4, 5, 9];

/// Endings are those that real names share within a class; the beginnings are made up.
const FAMILIES: &[Family] = &[
    family("C09CA", "沙坦", ORAL, (600, 4000), &["two_diseases_drug"]),
    family("C08CA", "地平", ORAL, (400, 3500), &["two_diseases_drug"]),
    family("C09AA", "普利", ORAL, (400, 3000), &["two_diseases_drug"]),
    family("C07AB", "洛尔", BOTH, (300, 2800), &["two_diseases_drug"]),
    family("C10AA", "伐他汀", ORAL, (500, 4200), &[]),
    family("A10BH", "列汀", ORAL, (1500, 5200), &["two_diseases_drug"]),
    family("A10BK", "列净", ORAL, (1800, 6000), &["two_diseases_drug"]),
    family(
        "A10AE",
        "胰岛素",
        &[7],
        (2800, 9000),
        &["insulin", "two_diseases_drug"],
    ),
    family("J01CA", "西林", BOTH, (500, 4500), &[]),
    family("J01DD", "头孢", BOTH, (600, 6800), &[]),
    family("J01MA", "沙星", BOTH, (700, 7500), &[]),
    family("J01FA", "红霉素", ORAL, (800, 4200), &[]),
    family("J02AC", "康唑", BOTH, (1200, 9800), &[]),
    family("J05AB", "昔洛韦", BOTH, (900, 5200), &[]),
    family("A02BC", "拉唑", BOTH, (800, 4800), &[]),
    family("A02BA", "替丁", BOTH, (400, 2200), &[]),
    family("B01AF", "沙班", ORAL, (1500, 8800), &[]),
    family("N05BA", "西泮", BOTH, (300, 1800), &[]),
    family("N06AB", "西汀", ORAL, (1200, 5600), &[]),
    family("N02CC", "曲普坦", ORAL, (2800, 9800), &[]),
    family("M01AB", "洛芬", ORAL, (600, 3800), &[]),
    family("R06AX", "他定", ORAL, (800, 3600), &[]),
    family("R03DC", "鲁司特", ORAL, (1500, 5200), &[]),
    family("H02AB", "米松", BOTH, (300, 2600), &[]),
    family(
        "L01EA",
        "替尼",
        &[0, 3],
        (90_000, 800_000),
        &["separate_payment"],
    ),
    family(
        "L01FX",
        "妥单抗",
        &[6, 7],
        (80_000, 700_000),
        &["separate_payment"],
    ),
    family("L01CD", "他赛", SHOT, (12_000, 180_000), &[]),
    family("N01AB", "氟烷", &[8], (8_000, 60_000), &[]),
    family("V08AB", "碘醇", &[8], (6_000, 26_000), &[]),
    family("ZA01AA", "感清", CHINESE, (800, 3600), &["tcm"]),
    family("ZA05BA", "止咳", CHINESE, (900, 3800), &["tcm"]),
    family("ZA09AA", "补肾", CHINESE, (1500, 6800), &["tcm"]),
    family("ZA12AA", "活血", CHINESE, (1200, 5800), &["tcm"]),
    family("ZB01AA", "调经", CHINESE, (1000, 4200), &["tcm"]),
    family("ZC01AA", "舒筋", CHINESE, (900, 4600), &["tcm"]),
];

/// Form, unit, and specifications.
const FORMS: [(&str, &str, &[&str]); 10] = [
    (
        "片",
        "盒",
        &["10mg×14片", "20mg×28片", "50mg×24片", "0.1g×30片"],
    ),
    ("分散片", "盒", &["25mg×12片", "50mg×14片", "0.1g×20片"]),
    ("缓释片", "盒", &["30mg×10片", "60mg×14片", "0.2g×20片"]),
    ("胶囊", "盒", &["40mg×14粒", "0.1g×24粒", "0.25g×36粒"]),
    ("颗粒", "盒", &["3g×10袋", "5g×12袋", "10g×9袋"]),
    ("口服液", "盒", &["10ml×6支", "10ml×10支", "20ml×6支"]),
    ("冻干粉针", "支", &["0.25g", "0.5g", "1.0g"]),
    ("注射液", "支", &["2ml:50mg", "5ml:0.1g", "3ml:300单位"]),
    ("大容量注射液", "瓶", &["100ml:0.2g", "250ml:0.5g"]),
    ("丸", "瓶", &["60丸", "200丸", "9g×10丸"]),
];

const FIRST: &str = "倍罗艾索贝恩达维立普安康瑞美诺欣泰洛克瓦科替舒优唯博凡尼奥利";
const SECOND: &str = "美尔米诺格拉替莫班沙克伏依舍卡瑞达林莱昔宁泽";

/// One generated drug.
pub(super) fn drug(random: &mut Random, index: usize) -> Item {
    let family = random.pick(FAMILIES);
    let (form, unit, specifications) = FORMS[*random.pick(family.forms)];
    let specification = *random.pick(specifications);
    let (first, second) = (syllable(random, FIRST), syllable(random, SECOND));
    let price = price(random, family.prices.0, family.prices.1);
    let periods = periods(random, price);
    let mut groups: Vec<Word> = family.groups.iter().map(|group| Word::new(group)).collect();
    if random.chance(350) {
        groups.push(Word::new("procured"));
    }
    if periods.len() == 2 && periods[0].to.is_some() {
        groups.push(Word::new("negotiated"));
    }
    let is_chinese = family.chapter.starts_with('Z');
    Item {
        code: code(family.chapter, index),
        name: format!("{first}{second}{}{form}", family.ending),
        kind: ItemKind::Drug,
        groups,
        charge_category: if is_chinese { "11" } else { "09" },
        unit: unit.to_owned(),
        specification: specification.to_owned(),
        price,
        limitation: limitation(random),
        periods,
    }
}

fn syllable(random: &mut Random, from: &str) -> char {
    let count = u32::try_from(from.chars().count()).expect("the lists are short");
    from.chars()
        .nth(random.below(count) as usize)
        .expect("the position lies inside the list")
}
