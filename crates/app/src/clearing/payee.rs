use ::store::{Answer, ClearingCommit, PayeeRow};

use super::step::changed;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// An account that money shall be paid to (收款账户).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayee {
    /// 收款方编号: an institution, or a supplier.
    pub payee: String,
    /// 户名.
    pub name: String,
    /// 开户银行.
    pub bank: String,
    /// 账号.
    pub account: String,
    /// The document it rests on.
    pub document: String,
}

impl App {
    /// Enters the account of a payee; the earlier ones stay on record (登记收款账户). The same
    /// account again changes nothing.
    ///
    /// # Errors
    /// `payee_blank` where a field is missing, `payee_account` where the account number is not
    /// made of 6 to 40 digits, hyphens and spaces.
    pub async fn put_payee(&self, actor: &Actor, new: &NewPayee) -> Result<PayeeRow, Error> {
        check(new)?;
        for _ in 0..ATTEMPTS {
            let known = self.store.payee(actor.area, &new.payee).await?;
            let same = |row: &PayeeRow| {
                row.name == new.name && row.bank == new.bank && row.account == new.account
            };
            if let Some(row) = known.clone().filter(same) {
                return Ok(row);
            }
            let row = PayeeRow {
                payee: new.payee.clone(),
                version: known.map_or(0, |row| row.version) + 1,
                name: new.name.clone(),
                bank: new.bank.clone(),
                account: new.account.clone(),
                document: new.document.clone(),
                changed_by: actor.name.clone(),
                changed_at: actor.at,
            };
            let mut commit = ClearingCommit::new(actor.area);
            commit.payees.push(row.clone());
            commit.access = Some(actor.access(self, "put_payee", &new.payee, "done"));
            if self.store.record_clearing(&commit).await? == Answer::Done {
                return Ok(row);
            }
        }
        Err(changed(&format!("收款方{}的账户", new.payee)))
    }
}

fn check(new: &NewPayee) -> Result<(), Error> {
    let fields = [
        ("收款方编号", &new.payee),
        ("户名", &new.name),
        ("开户银行", &new.bank),
        ("依据", &new.document),
    ];
    if let Some((name, _)) = fields.iter().find(|(_, text)| text.trim().is_empty()) {
        let message = format!("收款账户没有{name}");
        return Err(Error::refused("payee_blank", message));
    }
    let plain = |one: char| one.is_ascii_digit() || one == '-' || one == ' ';
    let digits = new.account.chars().filter(char::is_ascii_digit).count();
    if !(6..=40).contains(&digits) || !new.account.chars().all(plain) {
        let account = &new.account;
        let message = format!("账号“{account}”不对：应为6至40位数字");
        return Err(Error::refused("payee_account", message));
    }
    Ok(())
}
