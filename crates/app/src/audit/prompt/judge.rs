//! One patient judged: the visit that is going on, with the last year behind it.

use std::sync::Arc;

use ::audit::{Finding, Phase, Plan, Rule};
use ::lines::{Data, Quality, Register};
use ::store::{AuditRecord, AuditVisit, AuditWindow, Context};
use jiff::ToSpan;
use sha2::{Digest, Sha256};
use terms::AreaCode;
use workflow::doubt::Strength;

use super::touch::{compared, touched};
use super::{Prompt, PromptedLine};
use crate::audit::desk::strength_of;
use crate::audit::finding::RuleHeader;
use crate::audit::intake::AuditIntake;
use crate::audit::opening::counted;
use crate::institution::Known;
use crate::{App, AuditBook, Error};

/// Months of history that stand behind the visit.
const MONTHS: i64 = 12;

/// Whose visit is judged, and by what (提醒对象).
pub(super) struct Case {
    /// Rules that shall run.
    pub rules: Vec<&'static Rule>,
    /// The person with the visits of the last year and the visit that is going on.
    pub record: AuditRecord,
    /// The visit that is going on.
    pub current: String,
    /// Insured elsewhere: no register here says anything of the person (异地参保).
    pub stranger: bool,
    /// What makes prompts of one message other than those of another.
    pub key: String,
    /// Knowledge and parameters.
    pub book: Arc<AuditBook>,
}

/// The rules of a moment, or those asked for by number.
///
/// # Errors
/// `rule_unknown` for a number no rule has, `rule_not_now` for one that is not run at this moment.
pub(super) fn rules_of(settling: bool, asked: &[String]) -> Result<Vec<&'static Rule>, Error> {
    let phase = if settling {
        Phase::During
    } else {
        Phase::Before
    };
    let runs = |rule: &&'static Rule| rule.phases.contains(&phase);
    if asked.is_empty() {
        return Ok(::audit::all_rules().into_iter().filter(runs).collect());
    }
    let named = |id: &String| {
        let unknown = || Error::refused("rule_unknown", format!("没有规则“{id}”"));
        let rule = ::audit::find_rule(id).ok_or_else(unknown)?;
        let (name, when) = (rule.name, phase.name());
        let late = || {
            Error::refused(
                "rule_not_now",
                format!("规则“{id}”（{name}）不在{when}运行"),
            )
        };
        runs(&rule).then_some(rule).ok_or_else(late)
    };
    asked.iter().map(named).collect()
}

impl App {
    /// A person as just read, with the visits of the last year; what is told anew stands in the
    /// place of what is stored.
    pub(super) async fn record_of(
        &self,
        area: AreaCode,
        context: &Context,
        told: Vec<AuditVisit>,
    ) -> Result<AuditRecord, Error> {
        let to = self.clock.now().date();
        let window = AuditWindow {
            from: to.saturating_sub(MONTHS.months()),
            to,
            unsettled: true,
        };
        let number = &context.person.person_no;
        let mut visits = self.store.audit_visits(area, number, window).await?;
        let anew = |id: &str| told.iter().any(|visit| visit.visit.visit_id == id);
        visits.retain(|known| !anew(&known.visit.visit_id));
        visits.extend(told);
        Ok(AuditRecord {
            person: context.person.clone(),
            version: context.version,
            coverage: context.coverage.clone(),
            recognitions: context.recognitions.clone(),
            registrations: context.registrations.clone(),
            visits,
        })
    }

    /// What prompts are judged by: while an edition cannot be read, the book held before. Nobody is
    /// kept waiting for knowledge; the scan afterwards fails loudly instead.
    pub(super) async fn book_at_hand(&self) -> Arc<AuditBook> {
        match self.latest_book().await {
            Ok(book) => book,
            Err(error) => {
                tracing::error!(?error, "the approved knowledge cannot be read");
                self.audit_book()
            }
        }
    }

    /// What the rules find about the visit that is going on, by rule and target.
    ///
    /// Judging keeps a processor busy, so it has a thread beside those that answer; a rule that
    /// breaks ends there and does not take the message with it that asked.
    pub(super) async fn found_of(&self, area: AreaCode, case: Case) -> Result<Vec<Prompt>, Error> {
        let (known, current) = (self.known_now(), case.current.clone());
        let judging = tokio::task::spawn_blocking(move || judged(&known, &case));
        let broken = |cause| Error::Bug(format!("a rule broke on visit {current}: {cause}"));
        let mut found = judging.await.map_err(broken)??;
        // What rules are worth is asked only where there is something to weigh.
        if found.is_empty() {
            return Ok(found);
        }
        let standings = self.standings(area, self.clock.now().date()).await?;
        for prompt in &mut found {
            let standing = standings.get(&prompt.rule).map(String::as_str);
            prompt.strength = worth(prompt.strength, &prompt.rule, standing)?;
        }
        Ok(found)
    }
}

/// The record as columns; nobody scans packs before they are handed over, so that codes are not
/// yet missed.
fn data_of(known: &Known, case: &Case) -> Data {
    let intake = AuditIntake::of_person(known, &case.record);
    let mut data = intake.finish().assemble();
    data.trace = None;
    if case.stranger {
        for (register, table) in OF_PEOPLE {
            data.registers.remove(&register);
            data.tables.remove(table);
        }
    }
    data
}

/// The findings about the visit that is going on, each as strong as its hit.
fn judged(known: &Known, case: &Case) -> Result<Vec<Prompt>, Error> {
    let data = data_of(known, case);
    let (knowledge, params) = (&case.book.knowledge, &case.book.params);
    let mut quality = Quality::default();
    let plan = Plan::compile(&case.rules, &data, knowledge, params, &mut quality);
    let found = ::audit::scan_persons(&plan, &data);
    let Some(visit) = data.visits.ids.find(&case.current) else {
        return Ok(Vec::new());
    };
    let mut prompts = Vec::new();
    for finding in &found {
        let Some(rows) = touched(&plan, &data, finding, visit) else {
            continue;
        };
        let seen = Seen {
            plan: &plan,
            data: &data,
            finding,
            rows: &rows,
        };
        prompts.push(seen.prompt(case)?);
    }
    Ok(prompts)
}

/// As strong as a hit of a rule counts, given what the rule is worth now.
fn worth(hit: Strength, rule: &str, standing: Option<&str>) -> Result<Strength, Error> {
    let unknown = || Error::Bug(format!("a finding of the unknown rule {rule}"));
    let rule = ::audit::find_rule(rule).ok_or_else(unknown)?;
    let header = RuleHeader {
        id: rule.id.to_owned(),
        version: i64::from(rule.version),
        name: rule.name.to_owned(),
        category: rule.category.name().to_owned(),
        strength: strength_of(rule.strength.word())?,
    };
    counted(hit, &header, standing)
}

/// What no register here says of people insured elsewhere.
const OF_PEOPLE: [(Register, &str); 5] = [
    (Register::Coverage, "coverage"),
    (Register::ChronicDisease, "chronic_registration"),
    (Register::DrugApproval, "special_drug_approval"),
    (Register::OffSite, "offsite_registration"),
    (Register::WorkInjury, "work_injury_claims"),
];

/// A finding in its place.
struct Seen<'s> {
    plan: &'s Plan,
    data: &'s Data,
    finding: &'s Finding,
    rows: &'s [u32],
}

impl Seen<'_> {
    fn prompt(&self, case: &Case) -> Result<Prompt, Error> {
        let (plan, data, finding) = (self.plan, self.data, self.finding);
        let rule = plan.rule(finding.rule);
        let (kind, target) = plan.target(data, &finding.target);
        let knowledge = plan.cited(finding);
        let of_visit = matches!(kind, "visit" | "visit_set" | "person");
        let own = case.record.visits.iter();
        let own = own
            .map(|visit| &visit.visit)
            .find(|row| row.visit_id == case.current);
        Ok(Prompt {
            id: number(&[&case.key, rule.id, kind, &target]),
            strength: strength_of(finding.strength.word())?,
            rule: rule.id.to_owned(),
            rule_version: i64::from(rule.version),
            rule_name: rule.name.to_owned(),
            person_no: case.record.person.person_no.clone(),
            visit: case.current.clone(),
            doctor: own.map_or_else(String::new, doctor_of),
            says: plan.evidence(data, finding),
            basis: basis(rule, &knowledge),
            knowledge,
            amount: finding.amount,
            of_visit,
            lines: self.lines(),
        })
    }

    fn lines(&self) -> Vec<PromptedLine> {
        let line = |row: u32, violates: bool| {
            let (visit, line) = place(self.data, row);
            PromptedLine {
                visit,
                line,
                violates,
                amount: if violates {
                    self.data.lines.in_scope(row)
                } else {
                    Default::default()
                },
            }
        };
        let own = self.rows.iter().map(|&row| line(row, true));
        let others = compared(self.finding, self.rows);
        own.chain(others.into_iter().map(|row| line(row, false)))
            .collect()
    }
}

/// Visit and line number of a row.
fn place(data: &Data, row: u32) -> (String, String) {
    let visit = data.visits.ids.text(data.lines.visit[row as usize]);
    let id = data.line_id(row);
    let own = id
        .strip_prefix(visit)
        .and_then(|rest| rest.strip_prefix('/'));
    (visit.to_owned(), own.unwrap_or(&id).to_owned())
}

fn doctor_of(row: &::store::VisitRow) -> String {
    let detail: Result<crate::visit::VisitDetail, _> = serde_json::from_str(&row.detail);
    detail.map_or_else(|_| String::new(), |detail| detail.doctor.0)
}

fn basis(rule: &Rule, knowledge: &str) -> String {
    let row = match knowledge.is_empty() {
        true => String::new(),
        false => format!("知识：{knowledge}。"),
    };
    format!(
        "{}依据：{}。{row}",
        rule.why,
        rule.clause.trim_end_matches('。')
    )
}

/// The same for the same message, rule and target, however often it is sent.
fn number(parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\n").as_bytes());
    hash[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
