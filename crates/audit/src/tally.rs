use lines::Data;
use money::Fen;

/// What one provider settled of one item over the batch (机构项目汇总).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The item.
    pub item: u32,
    /// Total amount.
    pub amount: Fen,
    /// Thousandths.
    pub count: i64,
}

/// Amounts by provider and item (汇总表).
#[derive(Debug, Default)]
pub struct Tallies {
    /// One list per provider, in the order of items.
    pub by_provider: Vec<Vec<Tally>>,
}

/// Scratch for tallying one provider after another without clearing.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    amount: Vec<i64>,
    count: Vec<i64>,
    seen: Vec<u32>,
}

impl Scratch {
    /// The tallies of one provider.
    pub(crate) fn tally(&mut self, data: &Data, visits: &[u32]) -> Vec<Tally> {
        self.amount.resize(data.items.len(), 0);
        self.count.resize(data.items.len(), 0);
        let lines = &data.lines;
        for &visit in visits {
            let range = data.lines_of(visit);
            let range = range.start as usize..range.end as usize;
            let amounts = lines.amount[range.clone()]
                .iter()
                .zip(&lines.count[range.clone()]);
            for (&item, (amount, &count)) in lines.item[range].iter().zip(amounts) {
                let at = item as usize;
                if self.count[at] == 0 && self.amount[at] == 0 {
                    self.seen.push(item);
                }
                self.amount[at] += amount.get();
                self.count[at] += i64::from(count);
            }
        }
        self.seen.sort_unstable();
        self.seen.dedup();
        let drained = self.seen.drain(..).map(|item| {
            let amount = std::mem::take(&mut self.amount[item as usize]);
            let count = std::mem::take(&mut self.count[item as usize]);
            Tally {
                item,
                amount: Fen::new(amount),
                count,
            }
        });
        drained.collect()
    }
}
