use compact_str::CompactString;

use crate::Dictionary;

/// What a line is for (目录类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ItemKind {
    /// Not said by the file (未说明).
    #[default]
    Unknown,
    /// Western or Chinese patent drug (西药、中成药).
    Drug,
    /// Herbal slice (中药饮片).
    Herb,
    /// Service (诊疗项目).
    Service,
    /// Consumable (医用耗材).
    Supply,
}

impl ItemKind {
    /// The kind of a code of the national list types (101 西药中成药, 102 饮片, 103 自制剂,
    /// 201 诊疗项目, 301 耗材).
    pub fn parse(code: &str) -> Self {
        match code.trim() {
            "101" | "103" | "104" => Self::Drug,
            "102" => Self::Herb,
            "201" | "202" => Self::Service,
            "301" => Self::Supply,
            _ => Self::Unknown,
        }
    }
}

/// The catalogue items that lines name (目录项目).
#[derive(Debug, Clone, Default)]
pub struct Items {
    /// National codes.
    pub codes: Dictionary,
    names: Vec<CompactString>,
    kinds: Vec<ItemKind>,
}

impl Items {
    /// The number of a code, given out now if it is new.
    pub fn number(&mut self, code: &str) -> u32 {
        let number = self.codes.number(code);
        if self.kinds.len() <= number as usize {
            self.kinds.push(ItemKind::Unknown);
            self.names.push(CompactString::default());
        }
        number
    }

    /// Remembers a name; of several names of one code the first in the order of text.
    pub fn name_it(&mut self, number: u32, name: &str) {
        let known = &mut self.names[number as usize];
        if !name.is_empty() && (known.is_empty() || name < known.as_str()) {
            *known = CompactString::from(name);
        }
    }

    /// Remembers a kind; of several kinds of one code the first in the order of [`ItemKind`].
    pub fn kind_it(&mut self, number: u32, kind: ItemKind) {
        let known = &mut self.kinds[number as usize];
        let better = *known == ItemKind::Unknown || kind < *known;
        if kind != ItemKind::Unknown && better {
            *known = kind;
        }
    }

    /// The code of an item.
    pub fn code(&self, number: u32) -> &str {
        self.codes.text(number)
    }

    /// The name of an item; empty when no file says it.
    pub fn name(&self, number: u32) -> &str {
        self.names
            .get(number as usize)
            .map_or("", CompactString::as_str)
    }

    /// The kind of an item.
    pub fn kind(&self, number: u32) -> ItemKind {
        self.kinds.get(number as usize).copied().unwrap_or_default()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
}
