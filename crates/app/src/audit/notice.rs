use std::collections::BTreeMap;

use ::store::{Answer, AuditCommit, DoubtNoticeRow};
use money::Fen;
use workflow::doubt::Verb;

use super::officer::Officer;
use super::record::count;
use super::step::Said;
use crate::perform::ATTEMPTS;
use crate::{App, Error};

/// Doubts in one notice at most; more make another.
const PER_NOTICE: usize = 500;

/// Notices that went out, and doubts that did not (通知结果).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// One per institution, more where there are many doubts.
    pub notices: Vec<DoubtNoticeRow>,
    /// Doubts that moved.
    pub moved: Vec<String>,
    /// Doubts that stayed, with the reason in 中文.
    pub refused: Vec<(String, String)>,
}

impl App {
    /// Notifies institutions of doubts (通知机构): one notice to each, with the day until which it
    /// may appeal.
    ///
    /// # Errors
    /// [`Error::Fault`]; what is refused of single doubts is told with them.
    pub async fn publish_doubts(
        &self,
        officer: &Officer,
        doubts: &[String],
    ) -> Result<Published, Error> {
        officer.is_agency()?;
        let mut by_place: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut done = Published::default();
        for doubt in doubts {
            match self.store.doubt(officer.actor.area, doubt).await? {
                Some(row) => by_place.entry(row.institution).or_default().push(row.doubt),
                None => {
                    let reason = Error::missing("审核疑点", doubt).to_string();
                    done.refused.push((doubt.clone(), reason));
                }
            }
        }
        for (institution, mut doubts) in by_place {
            doubts.sort();
            doubts.dedup();
            for some in doubts.chunks(PER_NOTICE) {
                self.notify(officer, &institution, some, &mut done).await?;
            }
        }
        Ok(done)
    }

    async fn notify(
        &self,
        officer: &Officer,
        institution: &str,
        doubts: &[String],
        done: &mut Published,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let (commit, refused) = self.notice_of(officer, institution, doubts).await?;
            if !commit.notices.is_empty() && self.store.record_audit(&commit).await? != Answer::Done
            {
                continue;
            }
            done.refused.extend(refused);
            done.moved
                .extend(commit.doubts.into_iter().map(|row| row.doubt));
            done.notices.extend(commit.notices);
            return Ok(());
        }
        Err(Error::Busy)
    }

    async fn notice_of(
        &self,
        officer: &Officer,
        institution: &str,
        doubts: &[String],
    ) -> Result<(AuditCommit, Vec<(String, String)>), Error> {
        let number = self.numbers.named("TZ");
        let mut commit = AuditCommit::new(officer.actor.area);
        let mut refused = Vec::new();
        for doubt in doubts {
            let row = self.doubt_seen(officer, doubt).await?;
            let said = Said {
                text: "",
                detail: &serde_json::json!({ "notice": number }),
            };
            let made = self
                .step(&mut commit, officer, &row, &Verb::Publish, said)
                .await;
            match made {
                Ok(_) => {}
                Err(error @ (Error::Fault(_) | Error::Bug(_))) => return Err(error),
                Err(error) => refused.push((doubt.clone(), error.to_string())),
            }
        }
        if commit.doubts.is_empty() {
            return Ok((commit, refused));
        }
        for row in &mut commit.doubts {
            row.notice.clone_from(&number);
        }
        let amounts = commit.doubts.iter().map(|row| row.amount);
        commit.notices.push(DoubtNoticeRow {
            notice: number.clone(),
            institution: institution.to_owned(),
            doubts: count(commit.doubts.len()),
            amount: amounts.sum::<Fen>(),
            due: commit.doubts.first().and_then(|row| row.due),
            made_by: officer.name.clone(),
            made_at: officer.actor.at,
            received_by: String::new(),
            received_at: None,
        });
        let access = officer
            .actor
            .access(self, "publish_doubts", &number, "done");
        commit.access.push((String::new(), access));
        Ok((commit, refused))
    }

    /// Notices, newest first; an institution sees its own.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn doubt_notices(
        &self,
        officer: &Officer,
        limit: usize,
    ) -> Result<Vec<DoubtNoticeRow>, Error> {
        let (area, own) = (officer.actor.area, officer.institution.as_deref());
        Ok(self.store.doubt_notices(area, own, limit).await?)
    }

    /// Notes that the institution received a notice (签收); a second time changes nothing.
    ///
    /// # Errors
    /// [`Error::Missing`] for another's notice, [`Error::Denied`] to the agency.
    pub async fn receive_notice(
        &self,
        officer: &Officer,
        notice: &str,
    ) -> Result<DoubtNoticeRow, Error> {
        let area = officer.actor.area;
        let Some(own) = &officer.institution else {
            return Err(Error::Denied("通知由医药机构签收".to_owned()));
        };
        let found = self.store.doubt_notice(area, notice).await?;
        let row = found.filter(|row| row.institution == *own);
        let mut row = row.ok_or_else(|| Error::missing("疑点通知", notice))?;
        if row.received_at.is_some() {
            return Ok(row);
        }
        row.received_by.clone_from(&officer.name);
        row.received_at = Some(officer.actor.at);
        let mut commit = AuditCommit::new(area);
        commit.notices.push(row.clone());
        let access = officer.actor.access(self, "receive_notice", notice, "done");
        commit.access.push((String::new(), access));
        if self.store.record_audit(&commit).await? == Answer::Done {
            return Ok(row);
        }
        let known = self.store.doubt_notice(area, notice).await?;
        known.ok_or_else(|| Error::missing("疑点通知", notice))
    }
}
