use enrolment::difficulty::{Intake, ListKind, ListTotals, RawRow, ReceivedList, intake};
use jiff::civil::DateTime;
use sha2::{Digest, Sha256};
use store::{ListLineRow, ListRow, ListStepRow};
use terms::AreaCode;

use super::known::known_people;
use super::report::{json, parsed, result_rows};
use super::{ListFile, ListReport, ListState, ListSummary, law_on, read_file};
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// Reads a file and says what it would change, keeping nothing (试核对).
    ///
    /// # Errors
    /// A refusal where the file cannot be read or the list cannot be taken as a whole.
    pub async fn check_list(&self, actor: &Actor, file: &ListFile) -> Result<ListReport, Error> {
        let (rows, totals) = read_file(file)?;
        let list = list_row(String::new(), file, &rows, totals, actor)?;
        let intake = self.decide_list(actor.area, &list, &rows).await?;
        Ok(ListReport {
            state: ListState::Checked,
            summary: ListSummary::of(&intake),
            results: result_rows(&intake, 0),
            planned: intake.changes,
            changed: Vec::new(),
            steps: Vec::new(),
            seen_before: false,
            list,
            rows,
        })
    }

    /// Takes a file in: keeps every row with what came of it, and changes nothing else (收件).
    ///
    /// A file that the bureau sent before is recognised by its bytes; its report comes back.
    ///
    /// # Errors
    /// A refusal where the file cannot be read or the list cannot be taken as a whole: wrong
    /// totals, a bureau that may state nothing. Then nothing is kept.
    pub async fn receive_list(&self, actor: &Actor, file: &ListFile) -> Result<ListReport, Error> {
        let (rows, totals) = read_file(file)?;
        self.receive_rows(actor, file, rows, totals).await
    }

    /// As [`App::receive_list`], of rows that were read from the file.
    pub(crate) async fn receive_rows(
        &self,
        actor: &Actor,
        file: &ListFile,
        rows: Vec<RawRow>,
        totals: ListTotals,
    ) -> Result<ListReport, Error> {
        let area = actor.area;
        let hash = hash_of(&file.bytes);
        let bureau = file.bureau.as_str();
        if let Some(known) = self.store.find_list(area, bureau, &hash).await? {
            return self.report(actor, known, true).await;
        }
        let list = list_row(self.numbers.named("HZ"), file, &rows, totals, actor)?;
        let intake = self.decide_list(area, &list, &rows).await?;
        let lines: Result<Vec<ListLineRow>, Error> = rows
            .iter()
            .map(|row| {
                let row_no = i64::from(row.row);
                json(row).map(|raw| ListLineRow { row_no, raw })
            })
            .collect();
        let lines = lines?;
        let summary = ListSummary::of(&intake);
        let step = step_row(&list.list_no, 1, ListState::Checked, actor, &summary)?;
        let results = result_rows(&intake, 1);
        let kept = self
            .store
            .receive_list(area, &list, &lines, (&step, &results));
        kept.await?;
        self.note_list(actor, "receive_list", &list.list_no).await?;
        self.report(actor, list, false).await
    }

    /// What a list changes on today's register.
    pub(super) async fn decide_list(
        &self,
        area: AreaCode,
        list: &ListRow,
        rows: &[RawRow],
    ) -> Result<Intake, Error> {
        let law = law_on(self.law.area(area)?, list.list_day)?;
        let received = ReceivedList {
            bureau: list.bureau.as_str().into(),
            kind: ListKind::of(&list.kind)
                .ok_or_else(|| Error::Bug(format!("a list of the kind “{}”", list.kind)))?,
            day: list.list_day,
            covers: parsed(&list.covers)?,
            totals: parsed(&list.totals)?,
            rows: rows.to_vec(),
        };
        let register = known_people(self, area, rows).await?;
        intake(&received, &register, &law)
            .map_err(|refusal| Error::refused(refusal.code(), refusal.to_string()))
    }

    pub(super) async fn note_list(
        &self,
        actor: &Actor,
        action: &str,
        list_no: &str,
    ) -> Result<(), Error> {
        let mut commit = store::Commit::new(actor.area, "");
        commit.access = Some(actor.access(self, action, list_no, "done"));
        self.store.commit(commit).await?;
        Ok(())
    }
}

fn hash_of(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn list_row(
    list_no: String,
    file: &ListFile,
    rows: &[RawRow],
    totals: ListTotals,
    actor: &Actor,
) -> Result<ListRow, Error> {
    if file.day > actor.at.date() {
        let message = format!("名单日{}还没有到", file.day);
        return Err(Error::refused("list_day_ahead", message));
    }
    Ok(ListRow {
        list_no,
        bureau: file.bureau.to_string(),
        kind: file.kind.word().to_owned(),
        covers: json(&file.covers)?,
        list_day: file.day,
        file_name: file.name.clone(),
        file_hash: hash_of(&file.bytes),
        totals: json(&totals)?,
        row_count: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        received_at: whole_second(actor.at),
        received_by: actor.name.clone(),
    })
}

/// Times of lists are told to the second.
fn whole_second(at: DateTime) -> DateTime {
    at.date().at(at.hour(), at.minute(), at.second(), 0)
}

pub(super) fn step_row(
    list_no: &str,
    step_no: i64,
    state: ListState,
    actor: &Actor,
    summary: &ListSummary,
) -> Result<ListStepRow, Error> {
    Ok(ListStepRow {
        list_no: list_no.to_owned(),
        step_no,
        state: state.word().to_owned(),
        at: whole_second(actor.at),
        by_name: actor.name.clone(),
        summary: json(summary)?,
    })
}
