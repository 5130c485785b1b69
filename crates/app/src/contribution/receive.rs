use std::collections::{BTreeMap, HashSet};

use ::store::{
    AllocationRow, Answer, ContributionCommit, DueFilter, DueRow, EmployerRow, LateFeeRow,
    LineMoved, MonthPaid, PaidPeriodRow, ReceiptFileRow, ReceiptLineRow,
};
use bookkeeping::{Levied, Rest};
use enrolment::PersonFacts;
use enrolment::contribution::{Both, LateFacts, late_fee};
use money::Fen;
use policy::{Payer, SchemePolicy};
use sha2::{Digest, Sha256};
use terms::{Date, Scheme};

use super::facts::of_employer;
use super::lines::{ReadLine, ReceiptIssue, Receipts, read};
use super::plan::{Outcome, is_complete, pay, place};
use super::post::{Document, EMPLOYER, PERSON, levied, posted};
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// How a file is to be imported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReceiptsOptions {
    /// Say what would happen and do nothing (试运行).
    pub dry_run: bool,
    /// Import the readable lines although others cannot be read; those stay on the work list.
    pub rows_ok: bool,
}

/// What an import did, or would do (导入结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptsDone {
    /// The file, by the hash of its bytes.
    pub file: String,
    /// 批次号.
    pub number: String,
    /// Lines.
    pub lines: u64,
    /// What they add up to as the file says.
    pub total: Fen,
    /// Lines and sums by status.
    pub by_status: BTreeMap<String, (u64, Fen)>,
    /// What cannot be read.
    pub issues: Vec<ReceiptIssue>,
    /// Whether anything was recorded.
    pub applied: bool,
    /// When and by whom the same file was imported before.
    pub before: Option<ReceiptFileRow>,
}

/// Owners of a file with what they owe, while its lines are placed.
struct Ground {
    dues: BTreeMap<String, Vec<DueRow>>,
    employers: BTreeMap<String, (EmployerRow, PersonFacts)>,
    known: HashSet<String>,
    versions: Vec<(String, i64)>,
}

impl App {
    /// Imports a file of receipts from the tax side; all of it or nothing (到账导入).
    ///
    /// The same file is recognised by its bytes and not applied again. A file whose totals are wrong
    /// is refused; one with lines that cannot be read is applied only where the options say so.
    ///
    /// # Errors
    /// A refusal of the whole file that says why.
    pub async fn import_receipts(
        &self,
        actor: &Actor,
        (name, bytes): (&str, &[u8]),
        options: ReceiptsOptions,
    ) -> Result<ReceiptsDone, Error> {
        let file = hashed(bytes);
        let receipts = read(bytes)?;
        let mut done = ReceiptsDone {
            file: file.clone(),
            number: receipts.number.clone(),
            lines: receipts.lines_said,
            total: receipts.total_said,
            by_status: BTreeMap::new(),
            issues: receipts
                .lines
                .iter()
                .flat_map(|line| line.issues.clone())
                .collect(),
            applied: false,
            before: self.store.receipt_file(actor.area, &file).await?,
        };
        for _ in 0..ATTEMPTS {
            if done.before.is_some() {
                return Ok(done);
            }
            let commit = self.received(actor, (name, &file), &receipts).await?;
            done.by_status = tallied(&commit.lines);
            if options.dry_run || (!done.issues.is_empty() && !options.rows_ok) {
                return Ok(done);
            }
            if self.store.record_contributions(&commit).await? == Answer::Done {
                done.applied = true;
                return Ok(done);
            }
            done.before = self.store.receipt_file(actor.area, &file).await?;
        }
        Err(Error::Busy)
    }

    /// The commit of a file.
    async fn received(
        &self,
        actor: &Actor,
        (name, file): (&str, &str),
        receipts: &Receipts,
    ) -> Result<ContributionCommit, Error> {
        let readable = || receipts.lines.iter().filter(|line| line.issues.is_empty());
        let owners: Vec<String> = readable().map(|line| line.owner.clone()).collect();
        let vouchers: Vec<String> = readable().map(|line| line.voucher.clone()).collect();
        let mut ground = self.ground(actor, owners, &vouchers).await?;
        let mut commit = ContributionCommit::new(actor.area);
        let access = actor.access(self, "import_receipts", file, "done");
        commit.access = Some((String::new(), access));
        commit.file = Some(file_row(actor, (name, file), receipts));
        for line in &receipts.lines {
            let mut row = line_row(file, line)?;
            if !line.issues.is_empty() {
                "unreadable".clone_into(&mut row.status);
                row.note = line.issues.iter().map(said).collect::<Vec<_>>().join("；");
            } else if !ground.known.insert(line.voucher.clone()) {
                "duplicate".clone_into(&mut row.status);
                row.note = format!("税票号码“{}”已经入账", line.voucher);
            } else {
                self.apply(actor, &mut commit, &mut row, &mut ground)?;
                let document = document(&row, file, actor);
                let whole = Rest {
                    late_fee: row.late_fee,
                    left: row.employer_part + row.person_part,
                };
                let kind = levied(&row.owner_kind, &row.period, actor.at.date());
                let number = format!("DZ{}", document.reference_number);
                let levy = document.of(&number).levy(kind, Both::NONE);
                let batch = posted(bookkeeping::received(&levy, whole))?;
                commit
                    .ledger
                    .extend(batch.map(|batch| (row.owner.clone(), batch)));
            }
            commit.lines.push(row);
        }
        commit.owners = ground.versions;
        Ok(commit)
    }

    /// What a file's owners owe and are, read before anything is decided.
    async fn ground(
        &self,
        actor: &Actor,
        mut owners: Vec<String>,
        vouchers: &[String],
    ) -> Result<Ground, Error> {
        owners.sort();
        owners.dedup();
        let area = actor.area;
        let versions = self.store.contribution_versions(area, &owners).await?;
        let mut dues: BTreeMap<String, Vec<DueRow>> = BTreeMap::new();
        let mut employers = BTreeMap::new();
        if !owners.is_empty() {
            let filter = DueFilter {
                owners: owners.clone(),
                ..DueFilter::default()
            };
            for due in self.store.contribution_dues(area, &filter).await? {
                dues.entry(due.owner.clone()).or_default().push(due);
            }
        }
        for owner in &owners {
            if let Some(row) = self.store.employer(area, owner).await? {
                let facts = of_employer(&row)?;
                employers.insert(owner.clone(), (row, facts));
            }
        }
        let known = self.store.known_vouchers(area, vouchers).await?;
        Ok(Ground {
            dues,
            employers,
            known: known.into_iter().collect(),
            versions,
        })
    }

    /// Places a line's money, with late fees and paid periods; the line keeps what is left.
    fn apply(
        &self,
        actor: &Actor,
        commit: &mut ContributionCommit,
        row: &mut ReceiptLineRow,
        ground: &mut Ground,
    ) -> Result<(), Error> {
        let money = Both {
            employer: row.left_employer,
            person: row.left_person,
        };
        let mut none = Vec::new();
        let dues = ground.dues.get_mut(&row.owner).unwrap_or(&mut none);
        let fits = dues
            .first()
            .is_none_or(|due| due.owner_kind == row.owner_kind);
        let outcome = if fits {
            place(money, &row.period, dues)
        } else {
            place(money, &row.period, &[])
        };
        row.status = outcome.status.to_owned();
        row.note.clone_from(&outcome.note);
        (row.left_employer, row.left_person) =
            (outcome.spread.left.employer, outcome.spread.left.person);
        let law = self.law.scheme(actor.area, Scheme::Employee)?;
        let employer = ground.employers.get(&row.owner).map(|(_, facts)| facts);
        for (place, (period, part)) in outcome.spread.parts.iter().enumerate() {
            let Some(due) = dues.iter_mut().find(|due| due.period == *period) else {
                continue;
            };
            pay(due, *part);
            let taken = Taken {
                actor,
                row,
                due,
                part: *part,
                place,
            };
            taken.count(commit)?;
            if let Some(facts) = employer {
                taken.late(commit, facts, law)?;
            }
        }
        keep_late_fee(commit, actor, row, &outcome);
        Ok(())
    }

    /// Says whose money an unmatched or left-over line is, and counts it (人工匹配).
    ///
    /// # Errors
    /// [`Error::Missing`] for an unknown line; a refusal where it has nothing left or nothing of the
    /// owner is open.
    pub async fn match_line(
        &self,
        actor: &Actor,
        (file, line_no): (&str, i64),
        (owner, period): (&str, &str),
    ) -> Result<ReceiptLineRow, Error> {
        for _ in 0..ATTEMPTS {
            let line = self.store.receipt_line(actor.area, file, line_no).await?;
            let before = line.ok_or_else(|| Error::missing("到账明细", format!("{line_no}")))?;
            let commit = self.matched(actor, &before, (owner, period)).await?;
            let to = commit.line_moves.first().map(|moved| moved.to.clone());
            if self.store.record_contributions(&commit).await? == Answer::Done {
                return Ok(to.unwrap_or(before));
            }
        }
        Err(Error::Busy)
    }

    async fn matched(
        &self,
        actor: &Actor,
        before: &ReceiptLineRow,
        (owner, period): (&str, &str),
    ) -> Result<ContributionCommit, Error> {
        let left = before.left_employer + before.left_person;
        if !matches!(before.status.as_str(), "unmatched" | "over") || left.is_zero() {
            return Err(Error::refused("nothing_left", "这一行没有待匹配的金额"));
        }
        let mut owners = vec![owner.to_owned()];
        if !before.owner.is_empty() {
            owners.push(before.owner.clone());
        }
        let mut ground = self.ground(actor, owners, &[]).await?;
        let kind = ground.dues.get(owner).and_then(|dues| dues.first());
        let kind = kind.map(|due| due.owner_kind.clone());
        let kind = kind.ok_or_else(|| {
            Error::refused("no_assessment", format!("“{owner}”没有可以计入的核定"))
        })?;
        let mut to = before.clone();
        (to.owner, to.owner_kind, to.period) = (owner.to_owned(), kind, period.to_owned());
        to.late_fee = Fen::ZERO;
        if to.owner_kind == PERSON {
            to.left_person += std::mem::take(&mut to.left_employer);
        }
        let mut commit = ContributionCommit::new(actor.area);
        self.apply(actor, &mut commit, &mut to, &mut ground)?;
        if to.status == "unmatched" {
            return Err(Error::refused("no_assessment", to.note));
        }
        to.late_fee = before.late_fee;
        let access = actor.access(self, "match_receipt", owner, "done");
        commit.access = Some((String::new(), access));
        let number = self.numbers.named("PP");
        let document = Document {
            batch: &number,
            reference: &before.voucher,
            owner,
            on: actor.at.date(),
        };
        let today = actor.at.date();
        let kinds = (
            levied(&before.owner_kind, &before.period, today),
            levied(&to.owner_kind, period, today),
        );
        refuse_other_fund(kinds)?;
        let levy = document.levy(kinds.1, Both::NONE);
        let from = (kinds.0, before.owner.as_str());
        let renamed = posted(bookkeeping::renamed(&levy, from, left))?;
        commit
            .ledger
            .extend(renamed.map(|batch| (owner.to_owned(), batch)));
        commit.owners = ground.versions;
        commit.line_moves.push(LineMoved {
            to,
            from_status: before.status.clone(),
            from_left: (before.left_employer, before.left_person),
        });
        Ok(commit)
    }
}

/// Money that reached one fund's treasury is not another fund's.
fn refuse_other_fund((from, to): (Levied, Levied)) -> Result<(), Error> {
    let employee = |levied| levied == Levied::Employee;
    if employee(from) == employee(to) {
        return Ok(());
    }
    let message = "到账款已入另一项基金，不能跨基金匹配，请退回税务部门更正";
    Err(Error::refused("other_fund", message))
}

fn hashed(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn said(issue: &ReceiptIssue) -> String {
    format!("{}{}", issue.column, issue.message)
}

fn tallied(lines: &[ReceiptLineRow]) -> BTreeMap<String, (u64, Fen)> {
    let mut tally: BTreeMap<String, (u64, Fen)> = BTreeMap::new();
    for line in lines {
        let sum = tally.entry(line.status.clone()).or_insert((0, Fen::ZERO));
        sum.0 += 1;
        sum.1 += line.employer_part + line.person_part + line.late_fee;
    }
    tally
}

fn file_row(actor: &Actor, (name, file): (&str, &str), receipts: &Receipts) -> ReceiptFileRow {
    let unreadable = receipts.lines.iter().filter(|line| !line.issues.is_empty());
    ReceiptFileRow {
        file: file.to_owned(),
        name: name.to_owned(),
        number: receipts.number.clone(),
        lines: i64::try_from(receipts.lines.len()).unwrap_or(i64::MAX),
        total: receipts.total_said,
        unreadable: i64::try_from(unreadable.count()).unwrap_or(i64::MAX),
        imported_at: actor.at,
        imported_by: actor.name.clone(),
    }
}

fn line_row(file: &str, line: &ReadLine) -> Result<ReceiptLineRow, Error> {
    let line_no =
        i64::try_from(line.line).map_err(|_| Error::refused("unreadable_file", "文件行数过多"))?;
    let none = line.issues.is_empty();
    Ok(ReceiptLineRow {
        file: file.to_owned(),
        line_no,
        owner_kind: line.owner_kind.to_owned(),
        owner: line.owner.clone(),
        period: line.period.clone(),
        employer_part: line.employer,
        person_part: line.person,
        late_fee: line.late_fee,
        paid_on: line.paid_on.max(EARLIEST),
        voucher: line.voucher.clone(),
        status: String::new(),
        note: String::new(),
        left_employer: if none { line.employer } else { Fen::ZERO },
        left_person: if none { line.person } else { Fen::ZERO },
    })
}

/// Stands in for a day of payment that could not be read.
const EARLIEST: Date = jiff::civil::date(1900, 1, 1);

/// The numbers of a line's batches.
struct LineDocument<'a> {
    reference_number: String,
    voucher: &'a str,
    owner: &'a str,
    on: Date,
}

fn document<'a>(row: &'a ReceiptLineRow, file: &str, actor: &Actor) -> LineDocument<'a> {
    LineDocument {
        reference_number: format!("{}-{}", &file[..file.len().min(16)], row.line_no),
        voucher: &row.voucher,
        owner: &row.owner,
        on: actor.at.date(),
    }
}

impl<'a> LineDocument<'a> {
    fn of(&self, batch: &'a str) -> Document<'a> {
        Document {
            batch,
            reference: self.voucher,
            owner: self.owner,
            on: self.on,
        }
    }
}

/// A part of a line that found its period.
struct Taken<'a> {
    actor: &'a Actor,
    row: &'a ReceiptLineRow,
    due: &'a DueRow,
    part: Both,
    place: usize,
}

impl Taken<'_> {
    fn number(&self, prefix: &str) -> String {
        let file = &self.row.file[..self.row.file.len().min(16)];
        let moment = self.actor.at.strftime("%Y%m%d%H%M%S");
        format!(
            "{prefix}{file}-{}-{}-{moment}",
            self.row.line_no, self.place
        )
    }

    /// Counts it, books it, and notes the period where it is complete now.
    fn count(&self, commit: &mut ContributionCommit) -> Result<(), Error> {
        let (row, due) = (self.row, self.due);
        commit.allocations.push(AllocationRow {
            owner: row.owner.clone(),
            period: due.period.clone(),
            allocation: self.number("FP"),
            kind: "receipt".to_owned(),
            employer_part: self.part.employer,
            person_part: self.part.person,
            late_fee: Fen::ZERO,
            file: row.file.clone(),
            line_no: row.line_no,
            paid_on: row.paid_on,
            made_at: self.actor.at,
            made_by: self.actor.name.clone(),
        });
        let (batch, on) = (self.number("FP"), self.actor.at.date());
        let document = Document {
            batch: &batch,
            reference: &row.voucher,
            owner: &row.owner,
            on,
        };
        let levy = document.levy(levied(&due.owner_kind, &due.period, on), self.part);
        let batch = posted(bookkeeping::matched(&levy))?;
        commit
            .ledger
            .extend(batch.map(|batch| (row.owner.clone(), batch)));
        if is_complete(due) {
            note_paid(commit, self.actor, due, row.paid_on);
        }
        Ok(())
    }

    /// Works out the late fee of what came late; the employer bears it for both parts.
    fn late(
        &self,
        commit: &mut ContributionCommit,
        employer: &PersonFacts,
        law: &SchemePolicy,
    ) -> Result<(), Error> {
        let (row, due) = (self.row, self.due);
        let Some(due_on) = due.due_on.filter(|due| *due < row.paid_on) else {
            return Ok(());
        };
        let parts = [
            (Payer::Employer, self.part.employer),
            (Payer::Person, self.part.person),
        ];
        let (mut fee, mut days, mut last) = (Fen::ZERO, 0, due_on);
        for (payer, arrears) in parts.into_iter().filter(|(_, part)| !part.is_zero()) {
            let found = late_fee(
                &LateFacts {
                    person: employer.clone(),
                    payer,
                    arrears,
                    month: month(&due.period)?,
                    due: Some(due_on),
                    paid: row.paid_on,
                    deferral_granted: false,
                    left: None,
                },
                law,
            )?;
            fee += found.late_fee;
            (days, last) = (days.max(found.days), last.max(found.due));
        }
        if fee.is_zero() {
            return Ok(());
        }
        let number = self.number("ZN");
        commit.late_fees.push(LateFeeRow {
            owner: row.owner.clone(),
            period: due.period.clone(),
            item: number.clone(),
            due_on: last.min(row.paid_on),
            paid_on: row.paid_on,
            days: i64::from(days),
            arrears: self.part.total(),
            fee,
            made_at: self.actor.at,
        });
        let document = Document {
            batch: &number,
            reference: &row.voucher,
            owner: &row.owner,
            on: self.actor.at.date(),
        };
        let owed = Both {
            employer: fee,
            person: Fen::ZERO,
        };
        let batch = posted(bookkeeping::late_fee(
            &document.levy(Levied::Employee, owed),
        ))?;
        commit
            .ledger
            .extend(batch.map(|batch| (row.owner.clone(), batch)));
        Ok(())
    }
}

/// Counts a late fee received towards the period the line is about.
fn keep_late_fee(
    commit: &mut ContributionCommit,
    actor: &Actor,
    row: &ReceiptLineRow,
    outcome: &Outcome,
) {
    if row.late_fee.is_zero() {
        return;
    }
    let first = outcome.spread.parts.first();
    let period = first.map_or_else(|| row.period.clone(), |(period, _)| period.clone());
    let file = &row.file[..row.file.len().min(16)];
    commit.allocations.push(AllocationRow {
        owner: row.owner.clone(),
        period,
        allocation: format!("ZN{file}-{}", row.line_no),
        kind: "receipt".to_owned(),
        employer_part: Fen::ZERO,
        person_part: Fen::ZERO,
        late_fee: row.late_fee,
        file: row.file.clone(),
        line_no: row.line_no,
        paid_on: row.paid_on,
        made_at: actor.at,
        made_by: actor.name.clone(),
    });
}

/// Notes that a period is paid: for everybody of an employer's month, or for the resident.
pub(super) fn note_paid(
    commit: &mut ContributionCommit,
    actor: &Actor,
    due: &DueRow,
    paid_on: Date,
) {
    if due.owner_kind == EMPLOYER {
        commit.paid_months.push(MonthPaid {
            employer: due.owner.clone(),
            month: due.period.clone(),
            version: due.version,
            paid_on,
            noted_at: actor.at,
        });
        return;
    }
    commit.paid.push(PaidPeriodRow {
        person_no: due.owner.clone(),
        scheme: Scheme::Resident.word().to_owned(),
        period: due.period.clone(),
        owner: due.owner.clone(),
        paid_on,
        noted_at: actor.at,
        registered: false,
    });
}

/// The fee month that an employer's period is.
pub(super) fn month(period: &str) -> Result<policy::FeeMonth, Error> {
    period
        .parse()
        .map_err(|cause| Error::Bug(format!("the period of an employer: {cause}")))
}
