use money::Quantity;
use policy::FeeMonth;
use stock::{Balance, Movement};
use store::StockMonthRow;
use terms::AreaCode;

use crate::{App, Error};

/// The stock of one item at one institution (商品结存).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemBalance {
    /// The institution.
    pub institution: String,
    /// The institution's own code of the item.
    pub local_code: String,
    /// The item's national code.
    pub item_code: String,
    /// The name the institution uses.
    pub name: String,
    /// Month by month, oldest first.
    pub months: Vec<MonthBalance>,
}

/// One month of an item (月度结存).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthBalance {
    /// The month, such as 2024-11.
    pub month: String,
    /// The stock equation.
    pub balance: Balance,
}

impl ItemBalance {
    /// A month, or one in which nothing moved.
    pub fn of_month(&self, wanted: &str) -> Balance {
        let known = self.months.iter().find(|one| one.month == wanted);
        let before = self.months.iter().rfind(|one| one.month.as_str() < wanted);
        match (known, before) {
            (Some(known), _) => known.balance,
            (None, Some(last)) => Balance {
                begin: last.balance.end(),
                ..Balance::default()
            },
            (None, None) => Balance::default(),
        }
    }
}

impl App {
    /// The stock of an institution, or of all, up to a month (进销存结存).
    ///
    /// A month begins with what the month before ended with: what was counted, else what should
    /// have been there.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn stock_balances(
        &self,
        area: AreaCode,
        institution: Option<&str>,
        up_to: FeeMonth,
    ) -> Result<Vec<ItemBalance>, Error> {
        let month = up_to.to_string();
        let rows = self.store.stock_months(area, institution, &month).await?;
        let mut items: Vec<ItemBalance> = Vec::new();
        for row in rows {
            let same = |item: &&mut ItemBalance| {
                item.institution == row.institution && item.local_code == row.local_code
            };
            if items.last_mut().filter(same).is_none() {
                items.push(ItemBalance {
                    institution: row.institution.clone(),
                    local_code: row.local_code.clone(),
                    item_code: row.item_code.clone(),
                    name: row.name.clone(),
                    months: Vec::new(),
                });
            }
            if let Some(item) = items.last_mut() {
                item.item_code.clone_from(&row.item_code);
                let begin = item
                    .months
                    .last()
                    .map_or(Quantity::ZERO, |last| last.balance.end());
                item.months.push(MonthBalance {
                    balance: balance(begin, &row),
                    month: row.month,
                });
            }
        }
        Ok(items)
    }
}

fn balance(begin: Quantity, row: &StockMonthRow) -> Balance {
    const ORDER: [Movement; 6] = [
        Movement::Purchased,
        Movement::SentBack,
        Movement::Sold,
        Movement::Returned,
        Movement::OtherIn,
        Movement::OtherOut,
    ];
    let mut balance = Balance {
        begin,
        counted: row.counted.map(|(count, _)| Quantity::new(count)),
        ..Balance::default()
    };
    for (movement, quantity) in ORDER.into_iter().zip(row.moved) {
        balance.add(movement, Quantity::new(quantity));
    }
    balance
}
