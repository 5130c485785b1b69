use store::{FindingDecisionRow, FindingRow};

use super::Told;
use crate::register::Actor;
use crate::{App, Error};

/// What a clerk makes of a finding (疑点处理).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// 属实: it is so, and will be put right.
    Confirm,
    /// 排除: it is not so.
    Dismiss,
    /// 重新打开.
    Reopen,
    /// 交办: somebody else shall look at it.
    Assign {
        /// Who.
        to: String,
    },
    /// 归并: the two are one person.
    Merge {
        /// The number that is kept.
        keep: String,
    },
    /// 拆分: the two were joined by mistake.
    Split,
}

impl Decision {
    /// The stable word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Dismiss => "dismiss",
            Self::Reopen => "reopen",
            Self::Assign { .. } => "assign",
            Self::Merge { .. } => "merge",
            Self::Split => "split",
        }
    }

    /// The state a finding has afterwards.
    fn state<'a>(&self, before: &'a str) -> &'a str {
        match self {
            Self::Confirm => "confirmed",
            Self::Dismiss => "dismissed",
            Self::Reopen | Self::Split => "open",
            Self::Assign { .. } => before,
            Self::Merge { .. } => "fixed",
        }
    }
}

impl App {
    /// A finding with its evidence; that it was read is noted for each person in it.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none of this id.
    pub async fn read_finding(&self, actor: &Actor, id: &str) -> Result<(FindingRow, Told), Error> {
        let row = self.store.finding(actor.area, id).await?;
        let row = row.ok_or_else(|| Error::missing("疑点", id))?;
        for person_no in [&row.person_no, &row.other_no] {
            if !person_no.is_empty() {
                let mut commit = store::Commit::new(actor.area, person_no.as_str());
                commit.access = Some(actor.access(self, "read_finding", id, "done"));
                self.store.commit(commit).await?;
            }
        }
        let told = Told::of(&row)?;
        Ok((row, told))
    }

    /// Carries out what was decided on a finding and notes it.
    ///
    /// # Errors
    /// A refusal where the decision does not fit the finding or its state, a merge or split is
    /// refused, or somebody decided in between.
    pub async fn decide_finding(
        &self,
        actor: &Actor,
        id: &str,
        decision: &Decision,
        note: &str,
    ) -> Result<FindingRow, Error> {
        let row = self.store.finding(actor.area, id).await?;
        let row = row.ok_or_else(|| Error::missing("疑点", id))?;
        fits(&row, decision)?;
        let detail = match decision {
            Decision::Merge { keep } => {
                let dropped = match keep == &row.person_no {
                    true => &row.other_no,
                    false => &row.person_no,
                };
                self.merge_once(actor, (keep, dropped), note).await?
            }
            Decision::Split => {
                let joined = self.joined(actor, &row).await?;
                self.split_people(actor, &joined.person_no).await?.merge_id
            }
            Decision::Assign { to } => to.clone(),
            _ => String::new(),
        };
        let before = self.store.finding_decisions(actor.area, id).await?;
        let step = FindingDecisionRow {
            sequence: before.last().map_or(0, |last| last.sequence) + 1,
            decision: decision.word().to_owned(),
            note: note.to_owned(),
            by_name: actor.name.clone(),
            decided_at: actor.at,
            detail: serde_json::json!({ "of": detail }).to_string(),
        };
        let assigned = match decision {
            Decision::Assign { to } => to.as_str(),
            _ => row.assigned.as_str(),
        };
        let state = decision.state(&row.state);
        let moved = self
            .store
            .decide_finding(actor.area, &row, (state, assigned), &step);
        if !moved.await? {
            return Err(Error::Busy);
        }
        let after = self.store.finding(actor.area, id).await?;
        after.ok_or_else(|| Error::missing("疑点", id))
    }

    /// Joins two records, unless an earlier answer to the same finding did so already.
    async fn merge_once(
        &self,
        actor: &Actor,
        (keep, dropped): (&str, &str),
        reason: &str,
    ) -> Result<String, Error> {
        let merges = self.store.merges_of(actor.area, dropped).await?;
        let done = |merge: &&store::MergeRow| {
            merge.state == "merged" && merge.person_no == dropped && merge.kept_no == keep
        };
        if let Some(merge) = merges.iter().find(done) {
            return Ok(merge.merge_id.clone());
        }
        let merge = self.merge_people(actor, keep, dropped, reason).await?;
        Ok(merge.merge_id)
    }

    /// The merge that a finding's two persons are joined by.
    async fn joined(&self, actor: &Actor, row: &FindingRow) -> Result<store::MergeRow, Error> {
        let merges = self.store.merges_of(actor.area, &row.person_no).await?;
        let both = |merge: &store::MergeRow| {
            let pair = [merge.person_no.as_str(), merge.kept_no.as_str()];
            merge.state != "split"
                && pair.contains(&row.person_no.as_str())
                && pair.contains(&row.other_no.as_str())
        };
        let joined = merges.into_iter().find(both);
        joined.ok_or_else(|| Error::refused("not_merged", "两人没有归并，无从拆分"))
    }
}

fn fits(row: &FindingRow, decision: &Decision) -> Result<(), Error> {
    let no = |message: String| Err(Error::refused("decision_unfit", message));
    match decision {
        Decision::Merge { .. } | Decision::Split if row.other_no.is_empty() => {
            no("这条疑点只涉及一人，不能归并或拆分".to_owned())
        }
        Decision::Merge { keep } if ![&row.person_no, &row.other_no].contains(&keep) => {
            no(format!("保留的编号“{keep}”不是这条疑点的任何一方"))
        }
        Decision::Assign { to } if to.trim().is_empty() => no("没有写明交给谁".to_owned()),
        Decision::Confirm | Decision::Dismiss | Decision::Merge { .. }
            if !matches!(row.state.as_str(), "open" | "confirmed" | "gone") =>
        {
            no("这条疑点已经处理过，请先重新打开".to_owned())
        }
        Decision::Reopen if matches!(row.state.as_str(), "open") => {
            no("这条疑点还没有处理".to_owned())
        }
        _ => Ok(()),
    }
}
