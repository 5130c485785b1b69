use ::store::{MonthSums, ReceiptFileRow, ReceiptLineRow, ReceiptSums};

use crate::office::Clerk;
use crate::{App, Error};

/// How many files and lines the board shows.
const SHOWN: usize = 200;

/// A fee month at a glance (月度看板).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthBoard {
    /// By kind of employer; residents where the period is a year.
    pub kinds: Vec<MonthSums>,
    /// Files of receipts, newest first, with their lines by status.
    pub files: Vec<(ReceiptFileRow, Vec<ReceiptSums>)>,
    /// Lines somebody has to look at.
    pub problems: Vec<ReceiptLineRow>,
}

impl App {
    /// The figures of a fee month, or of a residents' year (月度看板).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn contribution_board(
        &self,
        clerk: &Clerk,
        period: &str,
    ) -> Result<MonthBoard, Error> {
        let kinds = self.store.month_sums(clerk.area, period).await?;
        let mut files = Vec::new();
        for file in self.store.receipt_files(clerk.area, SHOWN).await? {
            let sums = self.store.receipt_sums(clerk.area, &file.file).await?;
            files.push((file, sums));
        }
        let problems = self.store.problem_lines(clerk.area, SHOWN).await?;
        Ok(MonthBoard {
            kinds,
            files,
            problems,
        })
    }
}
