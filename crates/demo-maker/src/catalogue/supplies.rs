use terms::{ItemKind, Word};

use super::Item;
use super::shape::{limitation, periods, price, supply_code};
use crate::Random;

/// A family of supplies: chapter, names, specifications, prices in fen, unit, implanted or not.
struct Family {
    chapter: &'static str,
    names: &'static [&'static str],
    specifications: &'static [&'static str],
    prices: (u32, u32),
    unit: &'static str,
    is_implant: bool,
}

const MAKES: &[&str] = &[
    "",
    "一次性使用",
    "薄型",
    "加强型",
    "防针刺型",
    "抗菌涂层",
    "亲水涂层",
];

const FAMILIES: &[Family] = &[
    Family {
        chapter: "0101",
        names: &[
            "输血器",
            "注射针",
            "采血管",
            "三通阀",
            "延长管",
            "留置针敷贴",
        ],
        specifications: &["1ml", "5ml", "10ml", "22G", "24G"],
        prices: (50, 3200),
        unit: "支",
        is_implant: false,
    },
    Family {
        chapter: "0102",
        names: &[
            "中心静脉导管包",
            "引流导管",
            "胃管",
            "气管插管",
            "造影导管",
            "微导管",
        ],
        specifications: &["F5", "F6", "F8", "14号", "16号"],
        prices: (800, 260_000),
        unit: "根",
        is_implant: false,
    },
    Family {
        chapter: "0201",
        names: &["可吸收缝线", "聚丙烯缝线", "结扎夹", "止血海绵", "医用胶"],
        specifications: &["2-0", "3-0", "4-0", "5cm×5cm"],
        prices: (600, 38_000),
        unit: "包",
        is_implant: false,
    },
    Family {
        chapter: "0301",
        names: &["外周血管支架", "封堵器", "血管覆膜支架", "人工血管"],
        specifications: &["6mm×40mm", "8mm×60mm", "12mm×80mm"],
        prices: (180_000, 2_600_000),
        unit: "个",
        is_implant: true,
    },
    Family {
        chapter: "0402",
        names: &[
            "桡骨接骨板",
            "胫骨髓内钉",
            "脊柱椎弓根钉",
            "骨水泥",
            "带线锚钉",
        ],
        specifications: &["左", "右", "3.5mm", "4.5mm", "40g"],
        prices: (20_000, 960_000),
        unit: "件",
        is_implant: true,
    },
    Family {
        chapter: "1401",
        names: &["泡沫敷料", "水胶体敷料", "弹力绷带", "石膏绷带", "造口袋"],
        specifications: &["5cm×5cm", "10cm×10cm", "15cm×15cm"],
        prices: (200, 22_000),
        unit: "片",
        is_implant: false,
    },
];

/// One generated supply.
pub(super) fn supply(random: &mut Random, index: usize) -> Item {
    let family = random.pick(FAMILIES);
    let (make, name) = (random.pick(MAKES), random.pick(family.names));
    let price = price(random, family.prices.0, family.prices.1);
    let mut groups = Vec::new();
    if family.is_implant {
        groups.push(Word::new("implants"));
    }
    if random.chance(250) {
        groups.push(Word::new("procured"));
    }
    Item {
        code: supply_code(family.chapter, index),
        name: format!("{make}{name}"),
        kind: ItemKind::Supply,
        groups,
        charge_category: "08",
        unit: family.unit.to_owned(),
        specification: (*random.pick(family.specifications)).to_owned(),
        periods: periods(random, price),
        price,
        limitation: limitation(random),
    }
}
