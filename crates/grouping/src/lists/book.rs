use compact_str::CompactString;
use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::draft::{DraftList, ListId};
use super::prefix::PrefixMap;
use crate::formula::Side;
use crate::tables::{CodeRow, MappingRow};

/// Codes are short and stand in the table itself, so that a look-up follows no pointer.
type Numbered<V> = IndexMap<CompactString, V, FixedState>;

/// One side of a scheme, diagnoses or procedures: its codes and the lists they are in.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    side: Side,
    codes: Numbered<Entry>,
    /// Codes by their upper-case form, for what was typed otherwise.
    folded: Numbered<u32>,
    /// Where the lists of each code begin in `members`; one more than there are codes.
    offsets: Vec<u32>,
    members: Vec<ListId>,
    prefixes: PrefixMap<Vec<ListId>>,
    labels: Vec<String>,
    /// Whether a code table came with the scheme, so that other codes are unknown.
    tabled: bool,
}

/// What is known of a code.
#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    in_table: bool,
    gray: bool,
    /// The code of the insurance edition that this one means.
    means: Option<u32>,
}

/// A code of a discharge as the scheme reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Code<'a> {
    /// As it was written, without blanks around it.
    pub written: &'a str,
    /// As the scheme has it.
    pub text: &'a str,
    pub gray: bool,
    /// There is a code table and this code is not in it.
    pub unknown: bool,
    /// Whether it was written in another edition's code.
    pub mapped: bool,
    entry: Option<u32>,
}

impl Book {
    pub(super) fn new(
        side: Side,
        lists: IndexMap<String, DraftList>,
        table: &[CodeRow],
        mapping: &[MappingRow],
    ) -> Self {
        let mut codes: Numbered<Entry> = Numbered::default();
        for row in table {
            let entry = codes.entry(row.code.as_str().into()).or_default();
            entry.in_table = true;
            entry.gray |= row.gray;
        }
        let mut member_of: Vec<(u32, ListId)> = Vec::new();
        let mut prefixes: PrefixMap<Vec<ListId>> = PrefixMap::default();
        let mut labels = Vec::with_capacity(lists.len());
        for (number, (_, list)) in lists.into_iter().enumerate() {
            let number = small(number);
            for code in &list.codes {
                if list.by_prefix {
                    prefixes.entry(code).push(number);
                } else {
                    member_of.push((number_of(&mut codes, code), number));
                }
            }
            labels.push(list.label);
        }
        for row in mapping {
            let means = number_of(&mut codes, &row.means);
            let written = number_of(&mut codes, &row.written);
            if written != means {
                codes[written as usize].means = Some(means);
            }
        }
        let mut book = Self {
            side,
            folded: folded(&codes),
            codes,
            offsets: Vec::new(),
            members: Vec::new(),
            prefixes,
            labels,
            tabled: !table.is_empty(),
        };
        book.index(member_of);
        book
    }

    /// Lays the lists of all codes one after the other.
    fn index(&mut self, mut member_of: Vec<(u32, ListId)>) {
        for (number, text) in self.codes.keys().enumerate() {
            let number = small(number);
            self.each_prefix(text, |list| member_of.push((number, list)));
        }
        member_of.sort_unstable();
        member_of.dedup();
        let mut next = 0;
        for number in 0..self.codes.len() {
            self.offsets.push(small(next));
            while member_of
                .get(next)
                .is_some_and(|(code, _)| *code as usize == number)
            {
                next += 1;
            }
        }
        self.offsets.push(small(next));
        self.members = member_of.into_iter().map(|(_, list)| list).collect();
    }

    /// How many lists there are.
    pub fn lists(&self) -> usize {
        self.labels.len()
    }

    /// How many codes there are.
    pub fn codes(&self) -> usize {
        self.codes.len()
    }

    /// What a list is called in explanations.
    pub fn label(&self, list: ListId) -> &str {
        self.labels.get(list as usize).map_or("", String::as_str)
    }

    /// Reads a code: blanks around it are dropped, letters may be of either case, a code of another
    /// edition is turned into the one it means.
    pub fn read<'a>(&'a self, written: &'a str) -> Code<'a> {
        let written = written.trim();
        let Some((number, text, entry)) = self.look_up(written) else {
            return Code {
                written,
                text: written,
                gray: false,
                unknown: self.tabled,
                mapped: false,
                entry: None,
            };
        };
        let meant = entry.means.and_then(|means| self.at(means));
        let mapped = meant.is_some();
        let (number, text, entry) = meant.unwrap_or((number, text, entry));
        Code {
            written,
            text,
            gray: entry.gray,
            unknown: self.tabled && !entry.in_table,
            mapped,
            entry: Some(number),
        }
    }

    fn look_up(&self, text: &str) -> Option<(u32, &str, Entry)> {
        if let Some((number, code, entry)) = self.codes.get_full(text) {
            return Some((small(number), code, *entry));
        }
        // Only these differ from the tables' own spelling, whose one small letter is the x.
        let other_case = |byte: u8| byte.is_ascii_lowercase() || byte == b'X';
        if !text.bytes().any(other_case) {
            return None;
        }
        let number = *self.folded.get(text.to_ascii_uppercase().as_str())?;
        self.at(number)
    }

    fn at(&self, number: u32) -> Option<(u32, &str, Entry)> {
        let (code, entry) = self.codes.get_index(number as usize)?;
        Some((number, code, *entry))
    }

    /// Calls for every list that the code is in.
    pub fn each_list(&self, code: &Code<'_>, mut found: impl FnMut(ListId)) {
        match code.entry {
            Some(number) => self.members_of(number).iter().for_each(|list| found(*list)),
            None => self.each_prefix(code.text, found),
        }
    }

    /// Whether the code is in the list.
    pub fn is_in(&self, code: &Code<'_>, list: ListId) -> bool {
        match code.entry {
            Some(number) => self.members_of(number).contains(&list),
            None => {
                let mut is_in = false;
                self.each_prefix(code.text, |other| is_in |= other == list);
                is_in
            }
        }
    }

    /// Lists of a code by its number.
    fn members_of(&self, number: u32) -> &[ListId] {
        let number = number as usize;
        let (Some(from), Some(to)) = (self.offsets.get(number), self.offsets.get(number + 1))
        else {
            return &[];
        };
        self.members
            .get(*from as usize..*to as usize)
            .unwrap_or_default()
    }

    fn each_prefix(&self, text: &str, found: impl FnMut(ListId)) {
        self.prefixes.all(text).flatten().copied().for_each(found);
    }

    /// Diagnoses or procedures.
    pub fn side(&self) -> Side {
        self.side
    }

    /// The number of a code the book knows, for tables kept beside it.
    pub fn number(&self, code: &Code<'_>) -> Option<u32> {
        code.entry
    }
}

fn folded(codes: &Numbered<Entry>) -> Numbered<u32> {
    let mut folded = Numbered::default();
    for (number, text) in codes.keys().enumerate() {
        folded
            .entry(text.to_ascii_uppercase())
            .or_insert(small(number));
    }
    folded
}

fn number_of(codes: &mut Numbered<Entry>, text: &str) -> u32 {
    let number = match codes.get_index_of(text) {
        Some(number) => number,
        None => codes.insert_full(text.into(), Entry::default()).0,
    };
    small(number)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).expect("a scheme holds fewer codes than 32 bits count")
}
