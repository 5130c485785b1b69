//! 上传与结算时的同一次审核：只提醒，或者该明细不予支付，或者不予结算，由统筹区的政策决定。

use std::sync::Arc;

use ::settlement::Withheld;
use ::store::{AuditPromptRow, AuditRecord, AuditVisit, Commit, Context, LineRow};
use money::{Fen, share_by_weight};
use policy::AuditDuring;
use terms::Scheme;

use super::judge::{Case, rules_of};
use super::keep::rows_of;
use super::{Prompt, PromptMoment};
use crate::facts::Desk;
use crate::visit::{NewLine, Visit, row_of, sent, split};
use crate::{App, AuditBook, Call, Error};

/// What the audit finds of a bill before it is settled, and what is done about it (事中审核结果).
#[derive(Debug, Default)]
pub(crate) struct BillAudit {
    step: AuditDuring,
    /// 规则编号 the step is for; every rule that deducts where empty.
    rules: Vec<String>,
    /// What was found.
    pub prompts: Vec<Prompt>,
}

impl App {
    /// Audits a visit with its lines that are not settled yet, and new ones beside them.
    ///
    /// Never in the way: where the audit itself fails, nothing is found and the failure is logged;
    /// where nobody was found, there is nothing to audit.
    pub(crate) async fn audit_visit(
        &self,
        call: &Call,
        read: Option<&Context>,
        visit_id: &str,
        new: &[NewLine],
    ) -> BillAudit {
        let Some((context, book)) = read.zip(self.book_for_bills(call).await) else {
            return BillAudit::default();
        };
        let done = self.try_audit_visit(call, (context, book), visit_id, new);
        or_nothing(done.await, visit_id)
    }

    async fn try_audit_visit(
        &self,
        call: &Call,
        (context, book): (&Context, Arc<AuditBook>),
        visit_id: &str,
        new: &[NewLine],
    ) -> Result<BillAudit, Error> {
        let visit = Visit::asked_for(context, call, visit_id, None)?;
        let (step, rules) = self.step_of(call, visit.scheme.word());
        let desk = Desk {
            app: self,
            call,
            context,
        };
        let waiting = context.lines.iter().map(sent);
        let mut lines: Vec<NewLine> = waiting.collect::<Result<_, _>>()?;
        lines.extend_from_slice(new);
        let splits = split(&desk, &visit, &lines)?;
        let rows = splits.iter().map(|line| row_of(call, visit_id, line));
        let rows: Vec<LineRow> = rows.collect();
        let mut record = self.record_of(call.area, context, Vec::new()).await?;
        put_lines(&mut record, visit.row, rows);
        Ok(BillAudit {
            step,
            rules,
            prompts: self.found_in(call, book, record, visit_id).await?,
        })
    }

    /// Audits a sale that is settled in the message that tells of it; `told` makes it a visit.
    pub(crate) async fn audit_sale(
        &self,
        call: &Call,
        read: Option<&Context>,
        told: impl FnOnce(&Context) -> Result<(AuditVisit, Scheme), Error>,
    ) -> BillAudit {
        let Some((context, book)) = read.zip(self.book_for_bills(call).await) else {
            return BillAudit::default();
        };
        let done = match told(context) {
            Ok(sold) => self.try_audit_sale(call, (context, book), sold).await,
            Err(error) => Err(error),
        };
        or_nothing(done, &context.person.person_no)
    }

    async fn try_audit_sale(
        &self,
        call: &Call,
        (context, book): (&Context, Arc<AuditBook>),
        (sold, scheme): (AuditVisit, Scheme),
    ) -> Result<BillAudit, Error> {
        let (step, rules) = self.step_of(call, scheme.word());
        let visit_id = sold.visit.visit_id.clone();
        let record = self.record_of(call.area, context, vec![sold]).await?;
        Ok(BillAudit {
            step,
            rules,
            prompts: self.found_in(call, book, record, &visit_id).await?,
        })
    }

    async fn found_in(
        &self,
        call: &Call,
        book: Arc<AuditBook>,
        record: AuditRecord,
        visit_id: &str,
    ) -> Result<Vec<Prompt>, Error> {
        let message = call.message.as_ref().map_or("", |one| one.number.as_str());
        let case = Case {
            rules: rules_of(true, &[])?,
            record,
            current: visit_id.to_owned(),
            stranger: false,
            key: format!("{}\n{message}\n{visit_id}", call.institution.code),
            book,
        };
        self.found_of(call.area, case).await
    }

    /// Keeps what was found of a bill that was not settled; a failure is logged and keeps nobody
    /// waiting.
    pub(crate) async fn keep_audit(&self, call: &Call, person_no: &str, audit: &BillAudit) {
        if audit.prompts.is_empty() {
            return;
        }
        let mut commit = Commit::new(call.area, person_no);
        commit.prompts = audit.rows(call, PromptMoment::During);
        // That the record was read is noted by the settlement itself.
        if let Err(error) = self.keep_prompts(commit).await {
            tracing::error!(?error, "prompts of the audit could not be kept");
        }
    }

    /// What bills are audited by; nothing where no knowledge is in service and the area does not
    /// act on findings either.
    async fn book_for_bills(&self, call: &Call) -> Option<Arc<AuditBook>> {
        let acts = || {
            let schemes = self.law.area(call.area).map(|area| area.schemes.keys());
            let acts = |scheme: &Scheme| self.step_of(call, scheme.word()).0 != AuditDuring::Note;
            schemes.is_ok_and(|mut schemes| schemes.any(acts))
        };
        let book = self.book_at_hand().await;
        let audits = book.knowledge.names().next().is_some() || acts();
        audits.then_some(book)
    }

    fn step_of(&self, call: &Call, scheme: &str) -> (AuditDuring, Vec<String>) {
        let Ok(rule) = self.doubt_rule(call.area, scheme, call.at.date()) else {
            return Default::default();
        };
        let rules = rule.during_rules.iter().map(|id| id.as_str().to_owned());
        (rule.during, rules.collect())
    }
}

/// What an audit found, or nothing where it could not look.
fn or_nothing(done: Result<BillAudit, Error>, about: &str) -> BillAudit {
    done.unwrap_or_else(|error| {
        // What is refused here is refused by the upload or the settlement itself.
        if !error.is_decided() {
            tracing::error!(?error, about, "the audit failed; the bill goes on without");
        }
        BillAudit::default()
    })
}

/// Puts the lines that are not settled yet, split as of today, in the place of what is stored.
fn put_lines(record: &mut AuditRecord, visit: &::store::VisitRow, rows: Vec<LineRow>) {
    let known = record.visits.iter_mut();
    let known = known.map(|one| (one.visit.visit_id == visit.visit_id, one));
    if let Some((_, known)) = known.into_iter().find(|(same, _)| *same) {
        known.lines.retain(|line| !line.settlement_id.is_empty());
        known.lines.extend(rows);
    } else {
        record.visits.push(AuditVisit {
            visit: visit.clone(),
            bills: Vec::new(),
            lines: rows,
        });
    }
}

impl BillAudit {
    /// What was found, to be kept with the upload or the settlement.
    pub fn rows(&self, call: &Call, moment: PromptMoment) -> Vec<AuditPromptRow> {
        rows_of(call, moment, &self.prompts)
    }

    /// Findings that the step is for, about one of these lines.
    fn acted_on<'f>(&'f self, lines: &'f [NewLine]) -> impl Iterator<Item = &'f Prompt> {
        let deducts = |prompt: &&Prompt| {
            let meant = self.rules.is_empty() || self.rules.contains(&prompt.rule);
            meant && prompt.strength == workflow::doubt::Strength::Deduct
        };
        let here = |number: &str| lines.iter().any(|line| line.number == number);
        let of_bill = move |prompt: &&Prompt| {
            let mut own = prompt.lines.iter().filter(|line| line.violates);
            prompt.of_visit || own.any(|line| here(&line.line))
        };
        self.prompts.iter().filter(deducts).filter(of_bill)
    }

    /// Refuses the bill where the area refuses what its rules deduct.
    ///
    /// # Errors
    /// `audit_refused`: rule, line and clause of the first finding.
    pub fn refuse(&self, lines: &[NewLine]) -> Result<(), Error> {
        if self.step != AuditDuring::Refuse {
            return Ok(());
        }
        let Some(first) = self.acted_on(lines).next() else {
            return Ok(());
        };
        let line = first.lines.first().map_or("", |line| line.line.as_str());
        let clause = ::audit::find_rule(&first.rule).map_or("", |rule| rule.clause);
        let found = reason(first);
        let message = format!("明细“{line}”{found}，不予结算；依据：{clause}");
        Err(Error::refused("audit_refused", message))
    }

    /// What the fund does not pay, by the place of the line in the bill; of several findings on
    /// one line the largest counts.
    pub fn withheld(&self, lines: &[NewLine]) -> Vec<Withheld> {
        if self.step != AuditDuring::Exclude {
            return Vec::new();
        }
        let mut held: Vec<Withheld> = Vec::new();
        for prompt in self.acted_on(lines) {
            let own: Vec<_> = prompt.lines.iter().filter(|line| line.violates).collect();
            let weights: Vec<i64> = own.iter().map(|line| line.amount.get().max(0)).collect();
            let shares = share_by_weight(prompt.amount, &weights);
            for (line, amount) in own.into_iter().zip(shares) {
                let place = (1_u32..)
                    .zip(lines)
                    .find(|(_, sent)| sent.number == line.line);
                let Some((place, _)) = place.filter(|_| amount > Fen::ZERO) else {
                    continue;
                };
                let new = Withheld {
                    line: place,
                    amount,
                    reason: reason(prompt),
                };
                match held.iter_mut().find(|known| known.line == place) {
                    Some(known) if known.amount < amount => *known = new,
                    Some(_) => {}
                    None => held.push(new),
                }
            }
        }
        held
    }
}

fn reason(prompt: &Prompt) -> String {
    format!(
        "违反审核规则{}“{}”（{}）",
        prompt.rule, prompt.rule_name, prompt.says
    )
}

/// What the institution is told of lines that the fund does not pay.
pub(crate) fn notes(withheld: &[Withheld], lines: &[NewLine]) -> Vec<String> {
    let note = |held: &Withheld| {
        let line = (held.line as usize)
            .checked_sub(1)
            .and_then(|at| lines.get(at));
        let number = line.map_or("", |line| line.number.as_str());
        format!(
            "明细“{number}”{}，基金不予支付{}元",
            held.reason, held.amount
        )
    };
    withheld.iter().map(note).collect()
}
