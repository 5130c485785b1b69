use std::collections::BTreeMap;

use app::audit::{
    Coverage, CoveredLine, DoubtCase, DoubtMoney, MonthRecord, Offer, Officer, Role, RulePage,
    RuleQuality, State, Strength, VisitOnTimeline, rule_page,
};
use app::clearing::book_name;
use store::{
    AuditFindingRow, DoubtAttachmentRow, DoubtBatchRow, DoubtNoticeRow, DoubtRow, DoubtStepRow,
    DoubtTally,
};
use terms::{AdjustmentKind, CareType};

use super::statement;
use crate::Service;
use crate::api::audit::{DoubtCount, DoubtOffer, DoubtQuery, DoubtView};
use crate::api::doubt_case::{
    AttachmentView, BesideView, DoubtCaseView, DoubtLine, DoubtMoneyView, DoubtStep, TimelineVisit,
};
use crate::api::doubts::{NoticeView, named};
use crate::api::rules::{CoverageView, CoveredRule, RuleMonth, RulePageView, RuleQualityView};
use crate::api::samples::SampleLine;
use crate::api::settlements::seconds;

fn state_name(word: &str) -> String {
    let known = State::of_word(word).map(State::zh);
    known.unwrap_or(word).to_owned()
}

fn strength_name(word: &str) -> String {
    let known = Strength::of_word(word).map(Strength::zh);
    known.unwrap_or(word).to_owned()
}

fn place(service: &Service, code: &str) -> String {
    let known = service.app.institution(code);
    known.map_or_else(|_| code.to_owned(), |known| known.name.clone())
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// A doubt in one line.
pub fn doubt(
    service: &Service,
    officer: &Officer,
    row: &DoubtRow,
) -> Result<DoubtView, app::Error> {
    let offers = service.app.doubt_offers(officer, row)?;
    Ok(DoubtView {
        moves: offers.into_iter().map(offer).collect(),
        id: row.doubt.clone(),
        version: row.version,
        rule: row.rule.clone(),
        rule_name: row.rule_name.clone(),
        category: row.category.clone(),
        strength: row.strength.clone(),
        strength_name: strength_name(&row.strength),
        state: row.state.clone(),
        state_name: state_name(&row.state),
        person_no: row.person_no.clone(),
        person_name: row.person_name.clone(),
        visit: row.visit_id.clone(),
        settlement: row.settlement.clone(),
        institution: row.institution.clone(),
        institution_name: place(service, &row.institution),
        day: row.day.to_string(),
        says: row.says.clone(),
        in_scope: row.in_scope.into(),
        amount: row.amount.into(),
        confirmed: row.confirmed.into(),
        deducted: row.deducted.into(),
        released: row.released.into(),
        due: row.due.map(|day| day.to_string()),
        notice: row.notice.clone(),
        opened_at: seconds(row.opened_at),
    })
}

fn offer(one: Offer) -> DoubtOffer {
    let (verb, name) = named(&one.action);
    DoubtOffer {
        verb: verb.to_owned(),
        name: name.to_owned(),
        refused: one.refused,
    }
}

/// How many doubts of a kind.
pub fn count(service: &Service, one: &DoubtTally) -> DoubtCount {
    DoubtCount {
        state: one.state.clone(),
        state_name: state_name(&one.state),
        rule: one.rule.clone(),
        rule_name: one.rule_name.clone(),
        institution: one.institution.clone(),
        institution_name: place(service, &one.institution),
        doubts: one.doubts,
        amount: one.amount.into(),
    }
}

/// A doubt with all that it is judged by.
pub fn case(
    service: &Service,
    officer: &Officer,
    case: &DoubtCase,
) -> Result<DoubtCaseView, app::Error> {
    let attachments = case.attachments.iter();
    Ok(DoubtCaseView {
        doubt: doubt(service, officer, &case.doubt)?,
        rule: rule_page(&case.doubt.rule).as_ref().map(page),
        knowledge: case.finding.knowledge.clone(),
        evidence: json(&case.finding.evidence),
        lines: case.lines.iter().map(|one| line(service, one)).collect(),
        beside: case.beside.iter().map(beside).collect(),
        timeline: case
            .timeline
            .iter()
            .map(|one| visit(service, one))
            .collect(),
        steps: case.steps.iter().map(step).collect(),
        attachments: attachments.map(attachment).collect(),
        money: case.money.iter().map(money).collect(),
        person_part: case.person_part.into(),
    })
}

fn money(one: &DoubtMoney) -> DoubtMoneyView {
    let row = &one.adjustment;
    let (taken, kind) = (one.statement.as_ref(), row.kind.parse::<AdjustmentKind>());
    DoubtMoneyView {
        adjustment: row.adjustment.clone(),
        kind_name: kind.map_or_else(|_| row.kind.clone(), |kind| kind.zh().to_owned()),
        book_name: book_name(&row.book).to_owned(),
        amount: row.amount.into(),
        first_month: row.first_month.clone(),
        statement: row.statement.clone(),
        month: taken.map_or_else(String::new, |taken| taken.month.clone()),
        state_name: taken.map_or_else(String::new, |taken| statement::state_name(&taken.state)),
        transfer: one.transfer.as_ref().map(statement::transfer),
    }
}

/// A sample in one line.
pub fn sample(row: &DoubtBatchRow) -> SampleLine {
    let kept = json(&row.filter);
    let text = |key: &str| kept[key].as_str().map(str::to_owned);
    let listed = |key: &str| {
        let words = kept[key].as_array()?;
        let words: Vec<&str> = words.iter().filter_map(|word| word.as_str()).collect();
        Some(words.join(",")).filter(|words| !words.is_empty())
    };
    SampleLine {
        id: row.batch.clone(),
        filter: DoubtQuery {
            state: listed("states"),
            rule: text("rule"),
            institution: text("institution"),
            strength: text("strength"),
            person: text("person"),
            settlement: text("settlement"),
            notice: text("notice"),
            at_least: text("at_least"),
            at_most: text("at_most"),
            from: text("from"),
            to: text("to"),
            ids: listed("ids"),
            mine: text("reviewer").map(|_| true),
            ..DoubtQuery::default()
        },
        seed: row.seed.clone(),
        matched: row.matched,
        drawn: row.moved,
        by: row.made_by.clone(),
        at: seconds(row.made_at),
    }
}

fn line(service: &Service, one: &CoveredLine) -> DoubtLine {
    let row = &one.row;
    let item = service.app.law.item(&row.item_code);
    DoubtLine {
        line: row.line_no.clone(),
        item: row.item_code.clone(),
        item_name: item.map_or_else(String::new, |item| item.name.clone()),
        at: seconds(row.charged_at),
        total: row.amounts.total.into(),
        in_scope: row.amounts.in_scope.into(),
        covered: one.covered,
        other_rules: one.other_rules.clone(),
    }
}

fn beside(row: &AuditFindingRow) -> BesideView {
    BesideView {
        rule: row.rule.clone(),
        rule_name: row.rule_name.clone(),
        says: row.says.clone(),
        amount: row.fund.into(),
    }
}

fn visit(service: &Service, one: &VisitOnTimeline) -> TimelineVisit {
    let care = one.visit.care_type.parse::<CareType>();
    TimelineVisit {
        visit: one.visit.visit_id.clone(),
        institution_name: place(service, &one.visit.institution),
        care_name: care.map_or_else(|_| one.visit.care_type.clone(), |care| care.zh().to_owned()),
        from: seconds(one.visit.started_at),
        to: one.visit.ended_at.map(seconds),
        this: one.this,
    }
}

fn step(row: &DoubtStepRow) -> DoubtStep {
    DoubtStep {
        verb: row.verb.clone(),
        by: row.by_name.clone(),
        role_name: Role::of_word(&row.role).map_or("", Role::zh).to_owned(),
        at: seconds(row.at),
        state_name: state_name(&row.to_state),
        amount: row.amount.into(),
        text: row.text.clone(),
        detail: json(&row.detail),
    }
}

/// An attachment without its bytes.
pub fn attachment(row: &DoubtAttachmentRow) -> AttachmentView {
    AttachmentView {
        id: row.attachment.clone(),
        name: row.name.clone(),
        size: row.size,
        media_type: row.media_type.clone(),
        side: row.side.clone(),
        by: row.added_by.clone(),
        at: seconds(row.added_at),
    }
}

/// A rule's page.
pub fn page(page: &RulePage) -> RulePageView {
    let parameters = page.parameters.iter();
    RulePageView {
        id: page.id.clone(),
        name: page.name.clone(),
        category: page.category.to_owned(),
        version: page.version,
        finds: page.finds.to_owned(),
        why: page.why.to_owned(),
        clause: page.clause.to_owned(),
        false_alarms: page.false_alarms.to_owned(),
        parameters: parameters
            .map(|one| one.map(str::to_owned).to_vec())
            .collect(),
    }
}

/// What a rule is worth.
pub fn quality(one: &RuleQuality) -> RuleQualityView {
    let (tally, standing) = (&one.tally, one.standing.as_ref());
    RuleQualityView {
        rule: tally.rule.clone(),
        rule_name: tally.rule_name.clone(),
        hits: tally.hits,
        published: tally.published,
        appealed: tally.appealed,
        reversed: tally.reversed,
        confirmed: tally.confirmed,
        dismissed: tally.dismissed,
        share: one.share.map(|share| share.to_string()),
        enough: one.enough,
        needed: one.law.precision_decisions,
        floor: one.law.suspect_below.to_string(),
        restored: one.law.deduct_from.to_string(),
        declared_name: standing.map_or_else(String::new, |row| strength_name(&row.declared)),
        strength_name: standing.map_or_else(String::new, |row| strength_name(&row.strength)),
        deducted: tally.deducted.into(),
        months: one.months.iter().map(month).collect(),
    }
}

fn month(one: &MonthRecord) -> RuleMonth {
    RuleMonth {
        month: one.month.to_string(),
        confirmed: one.confirmed,
        dismissed: one.dismissed,
    }
}

fn of_rules(sums: &[DoubtTally]) -> Vec<CoveredRule> {
    let mut found: BTreeMap<&str, CoveredRule> = BTreeMap::new();
    for one in sums {
        let row = found.entry(&one.rule).or_insert_with(|| CoveredRule {
            rule: one.rule.clone(),
            rule_name: one.rule_name.clone(),
            doubts: 0,
            institutions: 0,
            amount: money::Fen::ZERO.into(),
        });
        row.doubts += one.doubts;
    }
    for (rule, row) in &mut found {
        let own = || sums.iter().filter(|one| one.rule == *rule);
        let mut places: Vec<&str> = own().map(|one| one.institution.as_str()).collect();
        places.sort_unstable();
        places.dedup();
        row.institutions = i64::try_from(places.len()).unwrap_or(i64::MAX);
        row.amount = own().map(|one| one.amount).sum::<money::Fen>().into();
    }
    found.into_values().collect()
}

/// What the audit covered, in sum and by rule.
pub fn coverage(covered: &Coverage, sums: &[DoubtTally]) -> CoverageView {
    CoverageView {
        rules: covered.rules,
        bills: covered.bills,
        lines: covered.lines,
        lines_flagged: covered.lines_flagged,
        bills_touched: covered.bills_touched,
        deducted: covered.deducted.into(),
        by_rule: of_rules(sums),
    }
}

/// A notice.
pub fn notice(service: &Service, row: &DoubtNoticeRow) -> NoticeView {
    NoticeView {
        id: row.notice.clone(),
        institution: row.institution.clone(),
        institution_name: place(service, &row.institution),
        doubts: row.doubts,
        amount: row.amount.into(),
        due: row.due.map(|day| day.to_string()),
        by: row.made_by.clone(),
        at: seconds(row.made_at),
        received_by: row.received_by.clone(),
        received_at: row.received_at.map(seconds),
    }
}
