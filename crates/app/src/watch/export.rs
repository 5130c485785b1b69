use super::{WatchMonth, WatchPerson};
use crate::facts::person_detail;
use crate::{App, Error};
use terms::AreaCode;

impl App {
    /// A month's list as a file for the bureaus: whoever is told of a person finds the person in
    /// it (推送文件), CSV in UTF-8 with a mark that spreadsheets recognise.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn export_watch(
        &self,
        area: AreaCode,
        month: &WatchMonth,
        bureau: Option<&str>,
    ) -> Result<Vec<u8>, Error> {
        let failed = |cause: csv::Error| Error::Bug(format!("a watch as a file: {cause}"));
        let told = |person: &&WatchPerson| {
            let bureaus = &person.detail.bureaus;
            bureau.is_none_or(|bureau| bureaus.iter().any(|one| one == bureau))
        };
        let people: Vec<&WatchPerson> = month.people.iter().filter(told).collect();
        let numbers: Vec<String> = people
            .iter()
            .map(|one| one.line.person_no.clone())
            .collect();
        let rows = self.store.people(area, &numbers).await?;
        let mut out = csv::Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
        out.write_record([
            "月份",
            "证件号码",
            "姓名",
            "预警线",
            "标准",
            "年度累计个人负担",
            "结算单数",
            "说明",
        ])
        .map_err(failed)?;
        for person in &people {
            let row = rows
                .iter()
                .find(|row| row.person_no == person.line.person_no);
            let document = match row {
                Some(row) => person_detail(&row.marks)?.document,
                None => String::new(),
            };
            out.write_record([
                &month.run.month,
                &document,
                &person.line.name,
                &person.detail.title,
                &person.line.threshold.to_string(),
                &person.line.own.to_string(),
                &person.detail.bills.len().to_string(),
                &person.detail.says.join("；"),
            ])
            .map_err(failed)?;
        }
        let count = people.len().to_string();
        out.write_record(["合计", &count, "", "", "", "", "", ""])
            .map_err(failed)?;
        out.into_inner()
            .map_err(|cause| Error::Bug(format!("a watch as a file: {cause}")))
    }
}
