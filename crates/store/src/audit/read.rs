use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use super::rows;
use super::{
    AuditDeductionRow, AuditFindingRow, AuditPromptRow, AuditRunRow, AuditScanRow,
    AuditStandingRow, DoubtAttachmentRow, DoubtBatchRow, DoubtFileRow, DoubtNoticeRow, DoubtRow,
    DoubtStepRow,
};
use crate::cell::{Cells, Record};
use crate::conditions::Conditions;
use crate::table::Kind;
use crate::{Fault, Store};

/// Which doubts are wanted; every part narrows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DoubtFilter {
    /// In one of these states; in any where empty.
    pub states: Vec<String>,
    /// The rule.
    pub rule: Option<String>,
    /// The institution.
    pub institution: Option<String>,
    /// As strong as this.
    pub strength: Option<String>,
    /// The person.
    pub person_no: Option<String>,
    /// The settlement.
    pub settlement: Option<String>,
    /// The notice.
    pub notice: Option<String>,
    /// The fund's estimated share at least.
    pub at_least: Option<Fen>,
    /// The fund's estimated share at most.
    pub at_most: Option<Fen>,
    /// Fees on or after this day.
    pub from: Option<Date>,
    /// Fees on or before this day.
    pub to: Option<Date>,
    /// Somebody should have acted before this day.
    pub due_before: Option<Date>,
    /// Only those whose institution was notified.
    pub notified: bool,
    /// Only these, by number; any where empty.
    pub ids: Vec<String>,
    /// Who reviewed first, as signed in.
    pub reviewer: Option<String>,
}

/// A settlement as far as a doubt needs it: who was paid what by which funds (结算单的基金支付).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementShare {
    /// 人员编号.
    pub person_no: String,
    /// 结算编号.
    pub settlement: String,
    /// The reversal that took it back, or empty.
    pub reversed_by: String,
    /// 定点医药机构编号.
    pub institution: String,
    /// The person's name on the bill.
    pub person_name: String,
    /// 险种.
    pub scheme: String,
    /// 医疗类别.
    pub care_type: String,
    /// 符合范围.
    pub in_scope: Fen,
    /// What all funds paid.
    pub fund: Fen,
}

/// Owners per statement.
pub(super) const OWNERS: usize = 400;

/// A list of parameters from the second on, with the area as the first.
pub(super) fn list_of(area: AreaCode, owners: &[String]) -> (String, Cells<'_>) {
    let mut cells = Cells::default();
    cells.area(area);
    for owner in owners {
        cells.text(owner);
    }
    let places: Vec<String> = (2..owners.len() + 2).map(|n| format!("${n}")).collect();
    (places.join(","), cells)
}

/// What a filter says of doubts.
pub(super) fn narrow<'a>(found: &mut Conditions<'a>, filter: &'a DoubtFilter) {
    let parts = [
        ("rule", &filter.rule),
        ("institution", &filter.institution),
        ("strength", &filter.strength),
        ("person_no", &filter.person_no),
        ("settlement_id", &filter.settlement),
        ("notice_id", &filter.notice),
        ("first_reviewer", &filter.reviewer),
    ];
    for (column, value) in parts {
        found.equal(column, value.as_ref());
    }
    if filter.notified {
        found.and("published_on IS NOT NULL");
    }
    found.any_of("state", &filter.states);
    found.any_of("doubt_id", &filter.ids);
    found.day("day", ">=", filter.from);
    found.day("day", "<=", filter.to);
    found.day("due", "<", filter.due_before);
    found.fen("amount_fen", ">=", filter.at_least);
    found.fen("amount_fen", "<=", filter.at_most);
}

/// The area, then these texts, as parameters.
pub(super) fn keys<'a>(area: AreaCode, keys: &[&'a str]) -> Cells<'a> {
    let mut cells = Cells::default();
    cells.area(area);
    for key in keys {
        cells.text(key);
    }
    cells
}

impl Store {
    /// The settlements of these people, reversals not among them.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn settlement_shares(
        &self,
        area: AreaCode,
        people: &[String],
    ) -> Result<Vec<SettlementShare>, Fault> {
        let kinds = [[Kind::Text; 7].as_slice(), [Kind::Int; 2].as_slice()].concat();
        let mut found = Vec::new();
        for some in people.chunks(OWNERS) {
            let (list, cells) = list_of(area, some);
            let sql = format!(
                "SELECT person_no, settlement_id, reversed_by, institution, person_name, scheme, \
                 care_type, in_scope_fen, fund_fen FROM settlements WHERE area = $1 \
                 AND person_no IN ({list}) AND original_id = ''"
            );
            let rows = self.engine.query(sql, &kinds, cells).await;
            let rows = rows.map_err(|cause| Fault::database("read settlements", cause))?;
            let rows: Result<Vec<_>, Fault> = rows.into_iter().map(take_share).collect();
            found.extend(rows?);
        }
        Ok(found)
    }

    /// Every finding of these owners, gone ones among them.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_findings_of(
        &self,
        area: AreaCode,
        owners: &[String],
    ) -> Result<Vec<AuditFindingRow>, Fault> {
        let mut found = Vec::new();
        for some in owners.chunks(OWNERS) {
            let (list, cells) = list_of(area, some);
            let rest = format!("WHERE area = $1 AND owner IN ({list}) ORDER BY owner, finding_id");
            let rows = self.rows(&rows::FINDINGS, &rest, cells, AuditFindingRow::take);
            found.extend(rows.await?);
        }
        Ok(found)
    }

    /// A finding.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_finding(
        &self,
        area: AreaCode,
        owner: &str,
        finding: &str,
    ) -> Result<Option<AuditFindingRow>, Fault> {
        let rest = "WHERE area = $1 AND owner = $2 AND finding_id = $3";
        let cells = keys(area, &[owner, finding]);
        let rows = self.rows(&rows::FINDINGS, rest, cells, AuditFindingRow::take);
        Ok(rows.await?.pop())
    }

    /// Findings that hold about a settlement of an owner, by rule.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn settlement_findings(
        &self,
        area: AreaCode,
        owner: &str,
        settlement: &str,
    ) -> Result<Vec<AuditFindingRow>, Fault> {
        let rest = "WHERE area = $1 AND owner = $2 AND settlement_id = $3 AND gone_at IS NULL \
                    ORDER BY rule, target";
        let cells = keys(area, &[owner, settlement]);
        self.rows(&rows::FINDINGS, rest, cells, AuditFindingRow::take)
            .await
    }

    /// Every doubt of these owners.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn doubts_of(
        &self,
        area: AreaCode,
        owners: &[String],
    ) -> Result<Vec<DoubtRow>, Fault> {
        let mut found = Vec::new();
        for some in owners.chunks(OWNERS) {
            let (list, cells) = list_of(area, some);
            let rest = format!("WHERE area = $1 AND owner IN ({list}) ORDER BY owner, doubt_id");
            found.extend(
                self.rows(&rows::DOUBTS, &rest, cells, DoubtRow::take)
                    .await?,
            );
        }
        Ok(found)
    }

    /// A doubt by its number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn doubt(&self, area: AreaCode, doubt: &str) -> Result<Option<DoubtRow>, Fault> {
        let rest = "WHERE area = $1 AND doubt_id = $2";
        let rows = self.rows(&rows::DOUBTS, rest, keys(area, &[doubt]), DoubtRow::take);
        Ok(rows.await?.pop())
    }

    /// Doubts that pass the filter by number after `after`, which rises with time.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn search_doubts(
        &self,
        area: AreaCode,
        filter: &DoubtFilter,
        after: &str,
        limit: usize,
    ) -> Result<Vec<DoubtRow>, Fault> {
        let after = after.to_owned();
        let mut found = Conditions::new(self.engine.dialect(), area);
        found.compare("doubt_id", ">", Some(&after));
        narrow(&mut found, filter);
        let rest = format!("{} ORDER BY doubt_id LIMIT {limit}", found.text);
        self.rows(&rows::DOUBTS, &rest, found.parameters, DoubtRow::take)
            .await
    }

    /// What was done about a doubt, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn doubt_steps(
        &self,
        area: AreaCode,
        owner: &str,
        doubt: &str,
    ) -> Result<Vec<DoubtStepRow>, Fault> {
        let rest = "WHERE area = $1 AND owner = $2 AND doubt_id = $3 ORDER BY step_no";
        let cells = keys(area, &[owner, doubt]);
        self.rows(&rows::STEPS, rest, cells, DoubtStepRow::take)
            .await
    }

    /// What was handed in about a doubt, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn doubt_attachments(
        &self,
        area: AreaCode,
        owner: &str,
        doubt: &str,
    ) -> Result<Vec<DoubtAttachmentRow>, Fault> {
        let rest = "WHERE area = $1 AND owner = $2 AND doubt_id = $3 ORDER BY attachment_id";
        let cells = keys(area, &[owner, doubt]);
        self.rows(&rows::ATTACHMENTS, rest, cells, DoubtAttachmentRow::take)
            .await
    }

    /// The bytes of an attachment.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn doubt_file(
        &self,
        area: AreaCode,
        owner: &str,
        hash: &str,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let rest = "WHERE area = $1 AND owner = $2 AND hash = $3";
        let cells = keys(area, &[owner, hash]);
        let rows = self.rows(&rows::FILES, rest, cells, DoubtFileRow::take);
        Ok(rows.await?.pop().map(|row| row.body))
    }

    /// What was deducted of a settlement, or of all of an owner's where none is named.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_deductions(
        &self,
        area: AreaCode,
        owner: &str,
        settlement: Option<&str>,
    ) -> Result<Vec<AuditDeductionRow>, Fault> {
        let mut cells = keys(area, &[owner]);
        let mut rest = "WHERE area = $1 AND owner = $2".to_owned();
        if let Some(settlement) = settlement {
            cells.text(settlement);
            rest.push_str(" AND settlement_id = $3");
        }
        rest.push_str(" ORDER BY doubt_id, sequence, line_key");
        self.rows(&rows::DEDUCTIONS, &rest, cells, AuditDeductionRow::take)
            .await
    }

    /// A notice.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn doubt_notice(
        &self,
        area: AreaCode,
        notice: &str,
    ) -> Result<Option<DoubtNoticeRow>, Fault> {
        let rest = "WHERE area = $1 AND notice_id = $2";
        let cells = keys(area, &[notice]);
        let rows = self.rows(&rows::NOTICES, rest, cells, DoubtNoticeRow::take);
        Ok(rows.await?.pop())
    }

    /// Notices, newest first: of one institution, or all.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn doubt_notices(
        &self,
        area: AreaCode,
        institution: Option<&str>,
        limit: usize,
    ) -> Result<Vec<DoubtNoticeRow>, Fault> {
        let institution = institution.map(str::to_owned);
        let mut found = Conditions::new(self.engine.dialect(), area);
        found.equal("institution", institution.as_ref());
        let rest = format!("{} ORDER BY notice_id DESC LIMIT {limit}", found.text);
        let take = DoubtNoticeRow::take;
        self.rows(&rows::NOTICES, &rest, found.parameters, take)
            .await
    }

    /// A sample, or work on many doubts.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn doubt_batch(
        &self,
        area: AreaCode,
        batch: &str,
    ) -> Result<Option<DoubtBatchRow>, Fault> {
        let rest = "WHERE area = $1 AND batch_id = $2";
        let cells = keys(area, &[batch]);
        let rows = self.rows(&rows::BATCHES, rest, cells, DoubtBatchRow::take);
        Ok(rows.await?.pop())
    }

    /// Scans, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_runs(
        &self,
        area: AreaCode,
        limit: usize,
    ) -> Result<Vec<AuditRunRow>, Fault> {
        let rest = format!("WHERE area = $1 ORDER BY started_at DESC, run_id DESC LIMIT {limit}");
        self.rows(&rows::RUNS, &rest, keys(area, &[]), AuditRunRow::take)
            .await
    }

    /// What every rule is worth now, by rule.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_standings(&self, area: AreaCode) -> Result<Vec<AuditStandingRow>, Fault> {
        let rest = "WHERE area = $1 AND sequence = (SELECT MAX(later.sequence) \
                    FROM audit_standings later WHERE later.area = audit_standings.area \
                    AND later.rule = audit_standings.rule) ORDER BY rule";
        let take = AuditStandingRow::take;
        self.rows(&rows::STANDINGS, rest, keys(area, &[]), take)
            .await
    }

    /// How far these people were looked at.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_scans(
        &self,
        area: AreaCode,
        people: &[String],
    ) -> Result<Vec<AuditScanRow>, Fault> {
        let mut found = Vec::new();
        for some in people.chunks(OWNERS) {
            let (list, cells) = list_of(area, some);
            let rest = format!("WHERE area = $1 AND person_no IN ({list}) ORDER BY person_no");
            found.extend(
                self.rows(&rows::SCANS, &rest, cells, AuditScanRow::take)
                    .await?,
            );
        }
        Ok(found)
    }

    /// What institutions were told about a person, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_prompts(
        &self,
        area: AreaCode,
        person_no: &str,
        limit: usize,
    ) -> Result<Vec<AuditPromptRow>, Fault> {
        let rest =
            format!("WHERE area = $1 AND person_no = $2 ORDER BY prompt_id DESC LIMIT {limit}");
        let cells = keys(area, &[person_no]);
        self.rows(&rows::PROMPTS, &rest, cells, AuditPromptRow::take)
            .await
    }

    /// What an institution was told under a number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_prompt(
        &self,
        area: AreaCode,
        prompt: &str,
    ) -> Result<Option<AuditPromptRow>, Fault> {
        let rest = "WHERE area = $1 AND prompt_id = $2";
        let cells = keys(area, &[prompt]);
        let rows = self.rows(&rows::PROMPTS, rest, cells, AuditPromptRow::take);
        Ok(rows.await?.pop())
    }
}

fn take_share(mut row: Record) -> Result<SettlementShare, Fault> {
    Ok(SettlementShare {
        person_no: row.text()?,
        settlement: row.text()?,
        reversed_by: row.text()?,
        institution: row.text()?,
        person_name: row.text()?,
        scheme: row.text()?,
        care_type: row.text()?,
        in_scope: row.fen()?,
        fund: row.fen()?,
    })
}
