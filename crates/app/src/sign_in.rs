use jiff::civil::DateTime;
use store::SignInRow;

use crate::{App, Call, Error};

impl App {
    /// Signs an operator in at a terminal (mac and network address) and gives the number out (签到).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn terminal_sign_in(
        &self,
        call: &Call,
        terminal: (&str, &str),
    ) -> Result<String, Error> {
        let row = SignInRow {
            sign_no: self.numbers.named("Q"),
            institution: call.institution.code.clone(),
            operator: call.operator.clone(),
            mac: terminal.0.to_owned(),
            ip: terminal.1.to_owned(),
            signed_in_at: call.at,
            signed_out_at: None,
        };
        self.store.sign_in(call.area, &row).await?;
        self.log(call, "", "sign_in", &row.sign_no, "done").await?;
        Ok(row.sign_no)
    }

    /// Ends a sign-in (签退).
    ///
    /// # Errors
    /// A refusal where the institution has no such sign-in, or it has ended.
    pub async fn terminal_sign_out(&self, call: &Call, sign_no: &str) -> Result<DateTime, Error> {
        self.check_sign_in(call, sign_no).await?;
        if !self.store.sign_out(call.area, sign_no, call.at).await? {
            return Err(not_valid(sign_no));
        }
        self.log(call, "", "sign_out", sign_no, "done").await?;
        Ok(call.at)
    }

    /// Refuses a sign-in number that was not given to the institution today, or has ended.
    ///
    /// # Errors
    /// That refusal, or a fault of the store.
    pub async fn check_sign_in(&self, call: &Call, sign_no: &str) -> Result<(), Error> {
        let found = self.store.find_sign_in(call.area, sign_no).await?;
        let valid = found.is_some_and(|row| {
            row.institution == call.institution.code
                && row.signed_in_at.date() == call.at.date()
                && row.signed_out_at.is_none()
        });
        if valid {
            Ok(())
        } else {
            Err(not_valid(sign_no))
        }
    }
}

fn not_valid(sign_no: &str) -> Error {
    let message = format!("签到编号“{sign_no}”不是本机构今日有效的签到编号，请重新签到");
    Error::refused("not_signed_in", message)
}
