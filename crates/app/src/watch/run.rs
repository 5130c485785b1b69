use enrolment::watch::{WatchEntry, lowest_line, watch};
use money::Fen;
use policy::{FeeMonth, SchemePolicy};
use store::{WatchLineRow, WatchRunRow};
use terms::AreaCode;

use super::facts::watched;
use super::{WatchDetail, WatchMonth};
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// Lists whoever has reached a line by the end of a month, and keeps the list (当月预警).
    ///
    /// Made again from the same bills it is the same list and nothing new is kept; with other
    /// bills it is a further run, and the earlier one stays.
    ///
    /// # Errors
    /// A refusal where the month is not over yet or no scheme of the area has a watch.
    pub async fn run_watch(&self, actor: &Actor, month: FeeMonth) -> Result<WatchMonth, Error> {
        let area = actor.area;
        if month.last_day() >= actor.at.date() {
            let message = format!("{month}还没有过完，不能列出当月预警");
            return Err(Error::refused("month_not_over", message));
        }
        let entries = self.decide_watch(area, month).await?;
        let known = self.kept_month(area, month).await?;
        let run_no = known.as_ref().map_or(0, |known| known.run.run_no) + 1;
        let lines: Result<Vec<WatchLineRow>, Error> = entries
            .into_iter()
            .map(|(name, entry)| line_row(name, entry, month, run_no))
            .collect();
        let lines = lines?;
        if let Some(mut known) = known.filter(|known| same(known, &lines)) {
            known.seen_before = true;
            return Ok(known);
        }
        let run = WatchRunRow {
            month: month.to_string(),
            run_no,
            ran_at: actor.at,
            ran_by: actor.name.clone(),
            edition: self.law.book.edition.as_str().to_owned(),
            people: i64::try_from(lines.len()).unwrap_or(i64::MAX),
        };
        self.store.record_watch(area, &run, &lines).await?;
        let mut commit = store::Commit::new(area, "");
        commit.access = Some(actor.access(self, "run_watch", &run.month, "done"));
        self.store.commit(commit).await?;
        let kept = self.kept_month(area, month).await?;
        kept.ok_or_else(|| Error::Bug(format!("the watch of {month} was not kept")))
    }

    /// Whom the law puts forward for a month, with their names, by number.
    async fn decide_watch(
        &self,
        area: AreaCode,
        month: FeeMonth,
    ) -> Result<Vec<(String, WatchEntry)>, Error> {
        let policy = self.law.area(area)?;
        let day = month.last_day();
        let rules = |law: &&SchemePolicy| law.watches.iter().any(|topic| topic.on(day).is_some());
        let laws: Vec<&SchemePolicy> = policy.schemes.values().filter(rules).collect();
        let lowest: Result<Vec<Fen>, _> = laws.iter().map(|law| lowest_line(month, law)).collect();
        let lowest = lowest.map_err(refused)?.into_iter().min();
        let lowest = lowest.ok_or_else(|| {
            let message = format!("{}在{month}没有因病致贫返贫预警的规定", policy.name);
            Error::refused("no_rule", message)
        })?;
        let (people, mut names) = watched(self, area, month, lowest).await?;
        let mut entries = Vec::new();
        for law in laws {
            let Some(people) = people.get(&law.scheme) else {
                continue;
            };
            for entry in watch(people, month, law).map_err(refused)? {
                let name = names.remove(&entry.person_no).unwrap_or_default();
                entries.push((name, entry));
            }
        }
        entries.sort_by(|a, b| a.1.person_no.cmp(&b.1.person_no));
        Ok(entries)
    }
}

fn refused(refusal: enrolment::Refusal) -> Error {
    Error::refused(refusal.code(), refusal.to_string())
}

fn line_row(
    name: String,
    entry: WatchEntry,
    month: FeeMonth,
    run_no: i64,
) -> Result<WatchLineRow, Error> {
    let detail = WatchDetail {
        title: entry.title,
        before: entry.before,
        bills: entry.bills,
        bureaus: entry.bureaus.iter().map(ToString::to_string).collect(),
        says: entry.trace.into_iter().map(|step| step.sentence).collect(),
    };
    let detail = serde_json::to_string(&detail)
        .map_err(|cause| Error::Bug(format!("a watch of {month}: {cause}")))?;
    Ok(WatchLineRow {
        person_no: entry.person_no,
        month: month.to_string(),
        run_no,
        name,
        line: entry.line.to_string(),
        threshold: entry.threshold,
        own: entry.own,
        detail,
    })
}

/// Whether a kept month says the same of the same people.
fn same(known: &WatchMonth, lines: &[WatchLineRow]) -> bool {
    let told = |row: &WatchLineRow| (row.person_no.clone(), row.line.clone(), row.own);
    let kept = known.people.iter().map(|person| told(&person.line));
    kept.eq(lines.iter().map(told))
}
