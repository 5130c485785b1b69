use lines::{Data, Quality};

use crate::desk::{Citations, Desk, ItemIndex, Ledger};
use crate::kernel::Kernel;
use crate::{Knowledge, Params, Rule, Waits};

/// Rules made ready for a batch: knowledge by dense item number (审核方案).
#[derive(Debug)]
pub struct Plan {
    pub(crate) rules: Vec<Planned>,
    /// Knowledge rows that findings cite by number.
    pub citations: Citations,
    pub(crate) slots: Slots,
}

/// One rule of a plan.
#[derive(Debug)]
pub struct Planned {
    /// The rule.
    pub rule: &'static Rule,
    /// How it looks, or what it waits for.
    pub kernel: Result<Kernel, Waits>,
}

/// For each item the rules that asked for it.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    begin: Vec<u32>,
    slots: Vec<u16>,
}

impl Slots {
    fn of(items: usize, rules: &[Planned]) -> Self {
        let mut wanted: Vec<(u32, u16)> = Vec::new();
        for (slot, planned) in (0_u16..).zip(rules) {
            if let Ok(Kernel::Items(items, _) | Kernel::EachLine(items, _)) = &planned.kernel {
                wanted.extend(items.iter().map(|&item| (item, slot)));
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut begin = vec![0; items + 1];
        for &(item, _) in &wanted {
            begin[item as usize + 1] += 1;
        }
        for at in 1..begin.len() {
            begin[at] += begin[at - 1];
        }
        Self {
            begin,
            slots: wanted.into_iter().map(|(_, slot)| slot).collect(),
        }
    }

    /// The rules that asked for an item.
    pub(crate) fn of_item(&self, item: u32) -> &[u16] {
        let at = item as usize;
        match (self.begin.get(at), self.begin.get(at + 1)) {
            (Some(&begin), Some(&end)) => &self.slots[begin as usize..end as usize],
            _ => &[],
        }
    }
}

impl Plan {
    /// Builds the rules for a batch; troubles with knowledge and parameters go into `quality`.
    pub fn compile(
        rules: &[&'static Rule],
        data: &Data,
        knowledge: &Knowledge,
        params: &Params,
        quality: &mut Quality,
    ) -> Self {
        params.check(&crate::all_rules(), quality);
        let used = Ledger::default();
        let index = ItemIndex::of(&data.items);
        let build = |&rule: &&'static Rule| {
            let missing = rule.feeds.iter().find(|name| !has_feed(data, name));
            let kernel = match missing {
                Some(name) => Err(Waits::for_table(name)),
                None => (rule.build)(&Desk {
                    rule,
                    data,
                    knowledge,
                    params,
                    used: &used,
                    index: &index,
                }),
            };
            Planned { rule, kernel }
        };
        let rules: Vec<Planned> = rules.iter().map(build).collect();
        let slots = Slots::of(data.items.len(), &rules);
        Self {
            rules,
            citations: used.into_citations(knowledge, data),
            slots,
        }
    }

    /// The same plan with only the kernels wanted; the other rules are judged elsewhere.
    ///
    /// Places of rules stay as they are.
    #[must_use]
    pub fn only(mut self, wanted: impl Fn(&Kernel) -> bool) -> Self {
        let items = self.slots.begin.len().saturating_sub(1);
        for planned in &mut self.rules {
            if planned.kernel.as_ref().is_ok_and(|kernel| !wanted(kernel)) {
                planned.kernel = Err(Waits("由另一份数据审核".to_owned()));
            }
        }
        self.slots = Slots::of(items, &self.rules);
        self
    }

    /// The rules with what they wait for, if anything.
    pub fn states(&self) -> impl Iterator<Item = (&'static Rule, Option<&Waits>)> {
        self.rules
            .iter()
            .map(|planned| (planned.rule, planned.kernel.as_ref().err()))
    }

    /// Whether the rule at a place judges one person after another and nobody beside; no while it
    /// waits, and no where it looks at providers or the whole batch.
    pub fn judges_people(&self, place: usize) -> bool {
        let kernel = self.rules.get(place).map(|planned| &planned.kernel);
        let people = |kernel: &Kernel| {
            use Kernel::{EachLine, EveryLine, Items, People, Visits};
            matches!(
                kernel,
                Items(..) | EachLine(..) | EveryLine(_) | Visits(_) | People(_)
            )
        };
        kernel.is_some_and(|kernel| kernel.as_ref().is_ok_and(people))
    }

    /// Whether a rule looks at lines of an item; rules that look at whole people take every item.
    pub fn asked(&self, place: u16, item: u32) -> bool {
        match &self.rules[usize::from(place)].kernel {
            Ok(Kernel::Items(..) | Kernel::EachLine(..)) => {
                self.slots.of_item(item).contains(&place)
            }
            _ => true,
        }
    }

    /// The rule of a finding.
    pub fn rule(&self, place: u16) -> &'static Rule {
        self.rules[usize::from(place)].rule
    }
}

/// Whether the batch has a table that a rule cannot do without.
fn has_feed(data: &Data, name: &str) -> bool {
    match name {
        "lines" => !data.lines.is_empty(),
        "visits" => !data.visits.is_empty(),
        "people" => data.people.registered,
        "providers" => data.providers.registered,
        "trace_events" => data.trace.as_ref().is_some_and(|trace| trace.has_events),
        "trace_inbound" => data.trace.as_ref().is_some_and(|trace| trace.has_inbound),
        "stock_ledger" => data.stock.is_some(),
        other => data.tables.contains_key(other),
    }
}
