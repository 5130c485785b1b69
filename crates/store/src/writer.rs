//! The group-commit writer: many callers share one transaction and one wait for the disk.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use terms::AreaCode;
use tokio::sync::{mpsc, oneshot};

use crate::engine::Engine;
use crate::record::{Broken, record};
use crate::rows::RequestKey;
use crate::{Answer, Commit, Fault};

/// Commits in one transaction at most.
const BATCH: usize = 64;
/// Commits that may wait before callers wait to hand theirs over.
const QUEUE: usize = 1024;
/// How often one commit is tried when the database asks to try again.
const TRIES: usize = 3;

type Reply = oneshot::Sender<Result<Answer, Fault>>;

struct Job {
    commit: Box<Commit>,
    reply: Reply,
}

/// The writers of a store: one on SQLite, several on a server, each with its own persons.
#[derive(Debug)]
pub(crate) struct Writers {
    queues: Vec<mpsc::Sender<Job>>,
    /// Each resolves when its writer has ended.
    ends: Vec<oneshot::Receiver<()>>,
}

impl Writers {
    pub(crate) fn start(engine: &Engine, distributed: bool) -> Result<Self, Fault> {
        let count = match engine {
            Engine::Sqlite { .. } => 1,
            Engine::Postgres { .. } => 3,
        };
        let (mut queues, mut ends) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let (sender, receiver) = mpsc::channel(QUEUE);
            let (ended, end) = oneshot::channel();
            queues.push(sender);
            ends.push(end);
            let work = serve(engine.clone(), distributed, receiver);
            let work = async {
                work.await;
                // Nobody may be waiting for the end any more.
                let _ = ended.send(());
            };
            match engine {
                Engine::Sqlite { .. } => on_own_thread(work)?,
                Engine::Postgres { .. } => drop(tokio::spawn(work)),
            }
        }
        Ok(Self { queues, ends })
    }

    /// Hands a commit over and waits until it is durable or answered otherwise.
    pub(crate) async fn submit(&self, commit: Commit) -> Result<Answer, Fault> {
        check(&commit)?;
        let (reply, answer) = oneshot::channel();
        let mut hasher = DefaultHasher::new();
        (commit.area, &commit.person_no).hash(&mut hasher);
        let lane = (hasher.finish() % self.queues.len() as u64) as usize;
        let job = Job {
            commit: Box::new(commit),
            reply,
        };
        let closed = || Fault::found("the store is closed");
        self.queues[lane].send(job).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    /// Lets the writers finish what waits and ends them.
    pub(crate) async fn close(self) {
        drop(self.queues);
        for end in self.ends {
            if end.await.is_err() {
                tracing::error!("a writer ended badly");
            }
        }
    }
}

/// Runs the writer of the embedded database beside the callers' threads.
///
/// A batch is some thirty statements, one waiting for the other. Among the callers' tasks each of
/// them would queue behind decisions under way, while everybody waits for the batch.
fn on_own_thread(work: impl Future<Output = ()> + Send + 'static) -> Result<(), Fault> {
    let failed = |cause| Fault::caused("start the writer", cause);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let thread = std::thread::Builder::new().name("store-writer".to_owned());
    let started = thread.spawn(move || runtime.block_on(work));
    started.map(drop).map_err(failed)
}

/// Refuses commits that break this crate's contract.
fn check(commit: &Commit) -> Result<(), Fault> {
    let wrong = |what: &'static str| Err(Fault::found(what));
    let settles = commit.settlement.is_some();
    let moves_money = settles || !commit.counters.is_empty() || !commit.accounts.is_empty();
    if moves_money && commit.expected_version.is_none() {
        return wrong("a commit that moves money must name the person's version");
    }
    if commit.register.is_some() && commit.expected_version.is_none() {
        return wrong("a commit that changes the register must name the person's version");
    }
    if moves_money && !settles && commit.occasion.is_none() {
        return wrong("a commit that moves money needs a settlement or an occasion");
    }
    let about_account = !commit.account_events.is_empty() || commit.account_hold.is_some();
    if about_account && commit.expected_version.is_none() {
        return wrong("a commit about an account must name the person's version");
    }
    if commit.request.is_some() && commit.block.is_some() {
        return wrong("a commit either decides a message or blocks one");
    }
    if commit
        .settlement
        .as_ref()
        .is_some_and(|row| row.person_no != commit.person_no)
    {
        return wrong("a settlement must be of the commit's own person");
    }
    let mut keys = HashSet::new();
    if !commit
        .counters
        .iter()
        .all(|change| keys.insert(&change.read.key))
    {
        return wrong("a commit changes a counter twice");
    }
    let mut purses = HashSet::new();
    let fresh = |read: &crate::AccountRow| (read.owner.clone(), read.kind.clone());
    if !commit
        .accounts
        .iter()
        .all(|change| purses.insert(fresh(&change.read)))
    {
        return wrong("a commit moves an account twice");
    }
    Ok(())
}

async fn serve(engine: Engine, distributed: bool, mut queue: mpsc::Receiver<Job>) {
    let mut waiting = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut waiting, BATCH).await > 0 {
        while !waiting.is_empty() {
            let round = take_round(&mut waiting);
            write_round(&engine, distributed, round).await;
        }
    }
}

/// Takes the jobs that may share a transaction: at most one per person, account owner and message
/// number; the others keep their order for the next round.
fn take_round(waiting: &mut Vec<Job>) -> Vec<Job> {
    let mut persons: HashSet<(AreaCode, String)> = HashSet::new();
    let mut messages: HashSet<(AreaCode, RequestKey)> = HashSet::new();
    let (mut round, mut later) = (Vec::new(), Vec::new());
    for job in waiting.drain(..) {
        let commit = &job.commit;
        if commit.only_logs() {
            round.push(job);
            continue;
        }
        let owners = commit.accounts.iter().map(|change| &change.read.owner);
        let touched: Vec<_> = std::iter::once(&commit.person_no)
            .chain(owners)
            .map(|person| (commit.area, person.clone()))
            .collect();
        let message = commit.claims().map(|key| (commit.area, key.clone()));
        let free = touched.iter().all(|person| !persons.contains(person))
            && message
                .as_ref()
                .is_none_or(|message| !messages.contains(message));
        // Also what waits is noted, so that nobody overtakes an earlier commit of the same person.
        persons.extend(touched);
        messages.extend(message);
        if free {
            round.push(job)
        } else {
            later.push(job)
        }
    }
    *waiting = later;
    round
}

async fn write_round(engine: &Engine, distributed: bool, round: Vec<Job>) {
    let commits: Vec<&Commit> = round.iter().map(|job| &*job.commit).collect();
    match record(engine, distributed, &commits).await {
        Ok(answers) => {
            for (job, answer) in round.into_iter().zip(answers) {
                answer_caller(job.reply, Ok(answer));
            }
        }
        Err(Broken::Unknown(fault)) => {
            tracing::error!(%fault, "a batch may or may not be recorded");
            for job in round {
                answer_caller(job.reply, Err(fault.shared()));
            }
        }
        Err(Broken::Conflict(over)) if round.len() == 1 => {
            for job in round {
                answer_caller(job.reply, Ok(Answer::Conflict { over }));
            }
        }
        Err(_) => {
            for job in round {
                let answer = write_single(engine, distributed, &job.commit).await;
                answer_caller(job.reply, answer);
            }
        }
    }
}

async fn write_single(
    engine: &Engine,
    distributed: bool,
    commit: &Commit,
) -> Result<Answer, Fault> {
    for left in (0..TRIES).rev() {
        match record(engine, distributed, &[commit]).await {
            Ok(mut answers) => return Ok(answers.remove(0)),
            Err(Broken::Conflict(over)) => return Ok(Answer::Conflict { over }),
            Err(Broken::Unknown(fault)) => return Err(fault),
            Err(Broken::Fault(fault)) if left == 0 || !fault.is_retryable() => return Err(fault),
            Err(Broken::Fault(fault)) => tracing::warn!(%fault, "a commit is tried again"),
        }
    }
    Err(Fault::found("a commit was tried too often"))
}

/// A caller that has gone away does not mind the answer.
fn answer_caller(reply: Reply, answer: Result<Answer, Fault>) {
    let _ = reply.send(answer);
}
