//! 资助参保：救助资金付出，居民基金收到（AID_PREMIUM_PAID、AID_PREMIUM_RECV）；财政资助记财政补贴收入。

use ledger::{Account, Batch, Refusal};
use money::Fen;
use terms::FundType;

use super::{Entries, FISCAL, Levy};

/// 待遇支出—医疗救助—资助参保.
const AID_PAID: &str = "500111";
/// 保险费收入—资助参保.
const AID_RECEIVED: &str = "400106";
/// 财政补贴—市县.
const LOCAL_SUBSIDY: &str = "410103";

/// Books a subsidy, or the difference to an earlier one, which may be below zero: the aid book pays
/// what the residents' book receives, to the fen.
///
/// # Errors
/// A [`Refusal`] of the ledger: it means a broken posting rule.
pub fn subsidised(levy: &Levy<'_>, fund: FundType, amount: Fen) -> Result<Option<Batch>, Refusal> {
    let mut entries = Entries(Vec::new());
    let fiscal = Account::new("R", FISCAL);
    if fund == FundType::Assistance {
        let paid = Account::new("A", AID_PAID);
        entries.post(paid, Account::new("A", FISCAL), amount, "subsidy_paid")?;
        let received = Account::new("R", AID_RECEIVED);
        entries.post(fiscal, received, amount, "subsidy_received")?;
    } else {
        let received = Account::new("R", LOCAL_SUBSIDY);
        entries.post(fiscal, received, amount, "subsidy_received")?;
    }
    entries.batch(levy)
}
