use std::collections::{BTreeMap, HashSet};

use ::store::{
    Answer, ContributionCommit, DueFilter, DueRow, EmployerRow, ReceiptFileRow, ReceiptLineRow,
};
use bookkeeping::Rest;
use enrolment::PersonFacts;
use enrolment::contribution::Both;
use money::Fen;
use sha2::{Digest, Sha256};
use terms::{Date, Scheme};

use super::facts::of_employer;
use super::lines::{ReadLine, ReceiptIssue, Receipts, read};
use super::plan::{pay, place};
use super::post::{Document, levied, posted};
use super::taken::{Taken, keep_late_fee};
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
pub(super) struct Ground {
    pub dues: BTreeMap<String, Vec<DueRow>>,
    pub employers: BTreeMap<String, (EmployerRow, PersonFacts)>,
    pub known: HashSet<String>,
    pub versions: Vec<(String, i64)>,
}

impl App {
    /// Imports a file of receipts from the tax side; all of it or nothing (到账导入).
    ///
    /// The same file is recognised by its bytes and not applied again. A file whose totals are
    /// wrong is refused; one with lines that cannot be read is applied only where the options say
    /// so.
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
    pub(super) async fn ground(
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
    pub(super) fn apply(
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
