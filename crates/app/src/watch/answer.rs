use std::collections::BTreeMap;

use enrolment::difficulty::{ListTotals, RawRow};
use policy::FeeMonth;
use store::WatchAnswerRow;

use super::WatchMonth;
use crate::difficulty::{ListFile, ListReport, read_file};
use crate::register::Actor;
use crate::{App, Error};

/// What a bureau writes of somebody it does not recognise (认定结论).
const NOT_RECOGNISED: [&str; 3] = ["不认定", "不予认定", "不符合"];
/// What a bureau writes of somebody it recognises; for a list it is a new identity.
const RECOGNISED: [&str; 3] = ["认定", "予以认定", "符合"];

/// An answer about nobody who was put forward (无法对应的反馈).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownAnswer {
    /// The row of the file.
    pub row: u32,
    /// Why, 中文.
    pub reason: String,
}

/// What came of a file of answers (反馈结果).
#[derive(Debug, Clone)]
pub struct Answered {
    /// Answers recorded.
    pub recorded: usize,
    /// Rows that are about nobody of the month.
    pub unknown: Vec<UnknownAnswer>,
    /// The list that the recognised people came in, to be applied like any other.
    pub list: Option<ListReport>,
}

impl App {
    /// Takes in what a bureau decided about the people of a month (反馈).
    ///
    /// Recognised people become a change list, received like any other and applied by somebody;
    /// the others are noted as not recognised. The same file again records nothing twice.
    ///
    /// # Errors
    /// [`Error::Missing`] where the month was not watched; what [`App::receive_list`] refuses.
    pub async fn answer_watch(
        &self,
        actor: &Actor,
        month: FeeMonth,
        file: &ListFile,
    ) -> Result<Answered, Error> {
        let known = self.kept_month(actor.area, month).await?;
        let known = known.ok_or_else(|| Error::missing("预警月份", month.to_string()))?;
        let (rows, totals) = read_file(file)?;
        if let Some(stated) = totals.rows.filter(|stated| *stated != rows.len()) {
            let found = rows.len();
            let message = format!("行数不符：名单写明{stated}，实有{found}，整份退回");
            return Err(Error::refused("wrong_totals", message));
        }
        let documents: Vec<String> = rows.iter().filter_map(RawRow::number).collect();
        let found = self.store.find_documents(actor.area, &documents).await?;
        let people: BTreeMap<String, String> = found.into_iter().collect();
        let (answers, unknown) = sort_out(actor, (file, &known), &rows, &people);
        let recognised: Vec<RawRow> = rows.into_iter().filter_map(recognised).collect();
        let list = match recognised.is_empty() {
            true => None,
            false => {
                let none = ListTotals::default();
                Some(self.receive_rows(actor, file, recognised, none).await?)
            }
        };
        self.store.answer_watch(actor.area, &answers).await?;
        let mut commit = store::Commit::new(actor.area, "");
        commit.access = Some(actor.access(self, "answer_watch", &known.run.month, "done"));
        self.store.commit(commit).await?;
        Ok(Answered {
            recorded: answers.len(),
            unknown,
            list,
        })
    }
}

fn says(row: &RawRow, words: &[&str]) -> bool {
    words.contains(&row.action.trim())
}

/// The row as a list takes it, if it recognises somebody.
fn recognised(row: RawRow) -> Option<RawRow> {
    if says(&row, &NOT_RECOGNISED) {
        return None;
    }
    let action = if says(&row, &RECOGNISED) {
        "新增".to_owned()
    } else {
        row.action.clone()
    };
    Some(RawRow { action, ..row })
}

/// New answers about people of the month, and rows about nobody of it.
fn sort_out(
    actor: &Actor,
    (file, month): (&ListFile, &WatchMonth),
    rows: &[RawRow],
    people: &BTreeMap<String, String>,
) -> (Vec<WatchAnswerRow>, Vec<UnknownAnswer>) {
    let (mut answers, mut unknown) = (Vec::new(), Vec::new());
    for row in rows {
        let number = row.number();
        let person_no = number.and_then(|number| people.get(&number));
        let mut of_month = month.people.iter();
        let line = of_month.find(|one| Some(&one.line.person_no) == person_no);
        let Some(line) = line else {
            let reason = format!("不在{}的预警名单中", month.run.month);
            let row = row.row;
            unknown.push(UnknownAnswer { row, reason });
            continue;
        };
        let person_no = line.line.person_no.clone();
        let mut given = answers.iter();
        let twice = given.any(|one: &WatchAnswerRow| one.person_no == person_no);
        let (recognised, identity) = match says(row, &NOT_RECOGNISED) {
            true => (false, String::new()),
            false => (true, row.identity.trim().to_owned()),
        };
        let told = line.answers.iter().any(|one| {
            *file.bureau.as_str() == *one.bureau
                && (one.recognised, &one.identity, one.answered_on)
                    == (recognised, &identity, file.day)
        });
        if told || twice {
            continue;
        }
        answers.push(WatchAnswerRow {
            answer_no: i64::try_from(line.answers.len()).unwrap_or(0) + 1,
            person_no,
            month: month.run.month.clone(),
            bureau: file.bureau.to_string(),
            recognised,
            identity,
            answered_on: file.day,
            recorded_at: actor.at,
            recorded_by: actor.name.clone(),
            note: String::new(),
        });
    }
    (answers, unknown)
}
