use jiff::civil::Date;
use store::CoverCount;
use terms::AreaCode;

use crate::{App, Error};

impl App {
    /// Everybody's cover on a day, counted by scheme, category, state and county (参保汇总).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn coverage_as_of(
        &self,
        area: AreaCode,
        day: Date,
    ) -> Result<Vec<CoverCount>, Error> {
        Ok(self.store.coverage_as_of(area, day).await?)
    }
}
