use money::Quantity;
use serde::{Deserialize, Serialize};

/// What moves goods in or out of an institution (进销存变动).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Movement {
    /// 采购入库.
    Purchased,
    /// 采购退货.
    SentBack,
    /// 销售.
    Sold,
    /// 销售退货.
    Returned,
    /// 其他入库: transfers in, gains of a stock-take, gifts.
    OtherIn,
    /// 其他出库: transfers out, losses, destroyed goods.
    OtherOut,
}

/// The stock of one item over one month (月度进销存): the stock equation.
///
/// Quantities are in the smallest priced pack, in ten-thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Balance {
    /// 期初.
    pub begin: Quantity,
    /// 采购入库.
    pub purchased: Quantity,
    /// 采购退货.
    pub sent_back: Quantity,
    /// 销售.
    pub sold: Quantity,
    /// 销售退货.
    pub returned: Quantity,
    /// 其他入库.
    pub other_in: Quantity,
    /// 其他出库.
    pub other_out: Quantity,
    /// 期末盘存, where somebody counted.
    pub counted: Option<Quantity>,
}

impl Balance {
    /// What should be there at the end: begin and everything in, less everything out.
    pub fn expected(&self) -> Quantity {
        let plus = [self.begin, self.purchased, self.returned, self.other_in];
        let minus = [self.sent_back, self.sold, self.other_out];
        let sum = |all: &[Quantity]| all.iter().map(|one| i128::from(one.get())).sum::<i128>();
        narrow(sum(&plus) - sum(&minus))
    }

    /// What the next month begins with: what was counted, else what should be there.
    pub fn end(&self) -> Quantity {
        self.counted.unwrap_or_else(|| self.expected())
    }

    /// What came in during the month, less what went back to suppliers.
    pub fn came_in(&self) -> Quantity {
        let came = [self.purchased, self.other_in];
        let came: i128 = came.iter().map(|one| i128::from(one.get())).sum();
        narrow(came - i128::from(self.sent_back.get()))
    }

    /// By how much the count differs from what should be there; nothing where nobody counted.
    pub fn gap(&self) -> Option<Quantity> {
        let counted = self.counted?;
        let gap = i128::from(counted.get()) - i128::from(self.expected().get());
        Some(narrow(gap))
    }

    /// Adds a movement.
    pub fn add(&mut self, movement: Movement, quantity: Quantity) {
        let part = match movement {
            Movement::Purchased => &mut self.purchased,
            Movement::SentBack => &mut self.sent_back,
            Movement::Sold => &mut self.sold,
            Movement::Returned => &mut self.returned,
            Movement::OtherIn => &mut self.other_in,
            Movement::OtherOut => &mut self.other_out,
        };
        *part = narrow(i128::from(part.get()) + i128::from(quantity.get()));
    }
}

/// Sums that leave 64 bits stay at the edge: no stock of this world is that large.
fn narrow(sum: i128) -> Quantity {
    let edge = if sum < 0 { i64::MIN } else { i64::MAX };
    Quantity::new(i64::try_from(sum).unwrap_or(edge))
}
