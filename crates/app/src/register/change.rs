use enrolment::identity::Document;
use enrolment::register::{Fact, NewFact, Register};
use store::{Answer, Commit, Context, CoverageRow, PersonFile, RegisterChange, ReopenedRow};

use super::record::PersonRecord;
use super::rows::rows_of;
use super::{Actor, cover, project, reopen};
use crate::facts::Desk;
use crate::perform::ATTEMPTS;
use crate::{App, Call, Decided, Error};

/// What somebody decided to enter (登记变更).
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Facts to add.
    pub facts: Vec<NewFact>,
    /// What else is recorded with them, such as a movement of money; it must be of this person.
    pub commit: Option<Commit>,
}

impl From<Vec<NewFact>> for Change {
    fn from(facts: Vec<NewFact>) -> Self {
        Self {
            facts,
            commit: None,
        }
    }
}

/// What a change did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The number of the last entry made, or 0.
    pub last_entry: i64,
    /// Bills that would have been decided otherwise, to be looked at by somebody.
    pub reopened: Vec<ReopenedRow>,
}

/// What a change would do, before it is made (变更预览).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The person's cover as it would be.
    pub coverage: Vec<CoverageRow>,
    /// Bills that would have been decided otherwise.
    pub reopened: Vec<ReopenedRow>,
}

impl App {
    /// Says what a change would do, without making it.
    ///
    /// # Errors
    /// As [`App::change_register`].
    pub async fn preview_change<D>(
        &self,
        actor: &Actor,
        person_no: &str,
        decide: D,
    ) -> Result<Preview, Error>
    where
        D: Fn(&PersonRecord) -> Result<Change, Error>,
    {
        let record = self.person_record(actor.area, person_no).await?;
        let record = record.ok_or_else(|| Error::missing("参保人", person_no))?;
        let change = decide(&record)?;
        let (commit, changed) = self.prepare(actor, &record, change).await?;
        let coverage = commit.register.map(|change| change.file.coverage);
        Ok(Preview {
            coverage: coverage.unwrap_or(record.context.coverage),
            reopened: changed.reopened,
        })
    }

    /// Loads a person, lets `decide` add facts, and records them with the person's rows made anew.
    ///
    /// `decide` is pure and may run several times. Where the change reaches into the past, the
    /// bills it touches are worked out again and those with another result are listed; nothing is
    /// paid or recovered by that.
    ///
    /// # Errors
    /// What `decide` refuses, a fact that contradicts what it replaces, an identifier that belongs
    /// to somebody else, or [`Error::Missing`] where nobody has the number.
    pub async fn change_register<D>(
        &self,
        actor: &Actor,
        person_no: &str,
        action: &'static str,
        decide: D,
    ) -> Result<Changed, Error>
    where
        D: Fn(&PersonRecord) -> Result<Change, Error>,
    {
        for _ in 0..ATTEMPTS {
            let record = self.person_record(actor.area, person_no).await?;
            let record = record.ok_or_else(|| Error::missing("参保人", person_no))?;
            let change = decide(&record)?;
            let (mut commit, changed) = self.prepare(actor, &record, change).await?;
            commit.expected_version = Some(record.context.version);
            commit.access = Some(actor.access(self, action, "", "done"));
            if self.store.commit(commit).await? == Answer::Done {
                return Ok(changed);
            }
        }
        Err(Error::Busy)
    }

    /// As [`App::change_register`], asked for by an institution's message: repeating the message
    /// gets the same reply.
    ///
    /// # Errors
    /// As [`App::change_register`], or a message number used for something else.
    pub async fn change_by_message<D>(
        &self,
        call: &Call,
        person_no: &str,
        decide: D,
    ) -> Result<Vec<u8>, Error>
    where
        D: Fn(&Desk<'_>, &PersonRecord) -> Result<(Change, Vec<u8>), Error>,
    {
        let actor = Actor::institution(call);
        for _ in 0..ATTEMPTS {
            let Some(record) = self.person_record(call.area, person_no).await? else {
                return self
                    .replay_or(call, Error::missing("参保人", person_no))
                    .await;
            };
            let desk = Desk {
                app: self,
                call,
                context: &record.context,
            };
            let prepared = match decide(&desk, &record) {
                Ok((change, reply)) => self
                    .prepare(&actor, &record, change)
                    .await
                    .map(|(commit, _)| (commit, reply)),
                Err(error) => Err(error),
            };
            let (commit, reply) = match prepared {
                Ok(prepared) => prepared,
                Err(error) => return self.replay_or(call, error).await,
            };
            let decided = Decided {
                commit,
                reply,
                settlement: String::new(),
            };
            if let Some(reply) = self.record(call, record.context.version, decided).await? {
                return Ok(reply);
            }
        }
        Err(Error::Busy)
    }

    /// Makes the commit of a change: entries, rows, and the bills it re-opens.
    async fn prepare(
        &self,
        actor: &Actor,
        record: &PersonRecord,
        change: Change,
    ) -> Result<(Commit, Changed), Error> {
        let person_no = record.person_no.as_str();
        let (by, source) = (actor.name.as_str(), actor.source.as_str());
        let nothing = change.facts.is_empty();
        refuse_bad_documents(&change.facts)?;
        let register = record
            .register
            .with(change.facts, actor.at, by, source)
            .map_err(|issue| Error::refused("register_issue", issue.to_string()))?;
        let empty = || Commit::new(actor.area, person_no);
        let mut commit = change.commit.unwrap_or_else(empty);
        let last_entry = register.entries().last().map_or(0, |entry| entry.number);
        if nothing {
            let reopened = Vec::new();
            return Ok((
                commit,
                Changed {
                    last_entry,
                    reopened,
                },
            ));
        }
        let first_new = record.register.entries().last();
        let first_new = first_new.map_or(1, |entry| entry.number + 1);
        cover::refuse_impossible(&self.law, actor.area, &register, first_new)?;
        let file = project(&self.law, actor.area, person_no, &register)?;
        self.refuse_taken(actor, record, &file).await?;
        let after = with_rows(&record.context, &file);
        let reopened = reopen::reopened(self, actor, (&record.context, &after), last_entry).await?;
        commit.register = Some(RegisterChange {
            facts: rows_of(new_entries(&register, record.stored))?,
            file,
            reopened: reopened.clone(),
        });
        Ok((
            commit,
            Changed {
                last_entry,
                reopened,
            },
        ))
    }

    /// Enters a person who is not in the register yet and returns the new number (新增参保人).
    ///
    /// # Errors
    /// A refusal where a name, birth or county is missing, facts contradict one another, or a
    /// document, card or credential belongs to somebody already.
    pub async fn enrol_person(&self, actor: &Actor, facts: Vec<NewFact>) -> Result<String, Error> {
        refuse_bad_documents(&facts)?;
        let person_no = self.numbers.named(&actor.area.to_string());
        let register = Register::default()
            .with(facts, actor.at, &actor.name, &actor.source)
            .map_err(|issue| Error::refused("register_issue", issue.to_string()))?;
        cover::refuse_impossible(&self.law, actor.area, &register, 1)?;
        let file = project(&self.law, actor.area, &person_no, &register)?;
        for row in &file.identifiers {
            self.refuse_other(actor, &person_no, row).await?;
        }
        let mut commit = Commit::new(actor.area, person_no.as_str());
        commit.expected_version = Some(0);
        commit.access = Some(actor.access(self, "enrol_person", "", "done"));
        commit.register = Some(RegisterChange {
            facts: rows_of(register.entries())?,
            file,
            reopened: Vec::new(),
        });
        match self.store.commit(commit).await? {
            Answer::Done => Ok(person_no),
            // Somebody entered the same document a moment ago.
            _ => Err(Error::Busy),
        }
    }

    async fn refuse_taken(
        &self,
        actor: &Actor,
        record: &PersonRecord,
        file: &PersonFile,
    ) -> Result<(), Error> {
        let new = file.identifiers.iter();
        for row in new.filter(|row| !record.identifiers.contains(row)) {
            self.refuse_other(actor, &record.person_no, row).await?;
        }
        Ok(())
    }

    async fn refuse_other(
        &self,
        actor: &Actor,
        person_no: &str,
        row: &store::IdentifierRow,
    ) -> Result<(), Error> {
        let holder = self.store.find_person_no(actor.area, &row.kind, &row.value);
        match holder.await? {
            Some(other) if other != person_no => Err(Error::refused(
                "identifier_taken",
                format!("号码“{}”已登记在人员“{other}”名下", row.value),
            )),
            _ => Ok(()),
        }
    }
}

/// Refuses documents whose number cannot be one of its kind.
fn refuse_bad_documents(facts: &[NewFact]) -> Result<(), Error> {
    for new in facts.iter().filter(|new| !new.withdrawn) {
        if let Fact::Document { document, number } = &new.fact {
            Document::parse(*document, number)
                .map_err(|issue| Error::refused("bad_document", issue.to_string()))?;
        }
    }
    Ok(())
}

/// The entries that are not in the store yet.
fn new_entries(register: &Register, stored: usize) -> &[enrolment::register::Entry] {
    register.entries().get(stored..).unwrap_or_default()
}

/// A person's context as it will be once the rows are made anew.
fn with_rows(context: &Context, file: &PersonFile) -> Context {
    let mut after = context.clone();
    after.person = file.person.clone();
    after.coverage.clone_from(&file.coverage);
    after.family.clone_from(&file.family);
    after.recognitions.clone_from(&file.recognitions);
    after.registrations.clone_from(&file.registrations);
    after
}
