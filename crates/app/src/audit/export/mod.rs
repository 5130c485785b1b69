//! 审核数据导出：结算单写成按统筹区、月份分开的表，供成批审核和统计读回。

mod rows;

use std::collections::BTreeSet;

use ::store::AuditWindow;
use jiff::civil::Date;
use lines::Table;
use terms::AreaCode;

use super::intake::{AuditIntake, places};
use crate::{App, Error};

/// People per page: bounds the memory of an export.
const PAGE: usize = 2_000;

/// Rows of one table of the export (导出的一部分).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportPart {
    /// Where they belong: `area=421300/month=202511/lines`.
    pub name: String,
    /// The rows.
    pub table: Table,
}

/// Bills of a period on their way into files, page by page (审核数据导出).
pub struct AuditExport<'a> {
    app: &'a App,
    area: AreaCode,
    period: (Date, Date),
    after: String,
    items: BTreeSet<String>,
    codes: BTreeSet<String>,
    done: bool,
    /// People written so far.
    pub people: usize,
    /// Visits written so far.
    pub visits: usize,
    /// Lines written so far.
    pub lines: usize,
}

impl App {
    /// Begins to export the bills settled between two days.
    pub fn export_audit(&self, area: AreaCode, period: (Date, Date)) -> AuditExport<'_> {
        AuditExport {
            app: self,
            area,
            period,
            after: String::new(),
            items: BTreeSet::new(),
            codes: BTreeSet::new(),
            done: false,
            people: 0,
            visits: 0,
            lines: 0,
        }
    }
}

impl AuditExport<'_> {
    /// The next parts, by table; nothing after the last. Every register has a part even where
    /// nobody is in it, because an empty register says something.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn next(&mut self) -> Result<Option<Vec<ExportPart>>, Error> {
        if self.done {
            return Ok(None);
        }
        let (area, store) = (self.area, &self.app.store);
        let page = store.audit_due(area, self.period, &self.after, PAGE);
        let people: Vec<String> = page.await?.into_iter().map(|due| due.person_no).collect();
        let window = AuditWindow {
            from: self.period.0,
            to: self.period.1,
            unsettled: false,
        };
        let records = store.audit_records(area, &people, window).await?;
        let mut intake = AuditIntake::new(self.app);
        for record in records.iter().filter(|record| !record.visits.is_empty()) {
            intake.push(record);
            self.people += 1;
        }
        let parts = intake.into_parts();
        self.items.extend(parts.items);
        self.codes.extend(parts.codes);
        let data = parts.intake.assemble();
        self.visits += data.visits.len();
        self.lines += data.lines.len();
        let mut found = rows::by_month(&data);
        found.extend(
            parts
                .registers
                .into_iter()
                .map(|(name, table)| (name.to_owned(), table)),
        );
        found.push(("trace_events".to_owned(), rows::scans(&data)));
        match people.last() {
            Some(last) => self.after.clone_from(last),
            None => {
                self.done = true;
                let catalogue = places::catalogue(&self.app.law, &self.items);
                found.push(("catalogue".to_owned(), catalogue));
                let all = self.app.institutions();
                let providers = places::providers(all.iter().map(|one| &**one));
                found.push(("providers".to_owned(), providers));
                let codes = std::mem::take(&mut self.codes);
                let feeds = self.app.audit_feeds(area, self.period, &codes).await?;
                found.extend(
                    feeds
                        .into_iter()
                        .map(|(name, table)| (name.to_owned(), table)),
                );
            }
        }
        let part = |(name, table): (String, Table)| ExportPart {
            name: format!("area={area}/{name}"),
            table,
        };
        Ok(Some(found.into_iter().map(part).collect()))
    }
}
