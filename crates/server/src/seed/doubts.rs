//! Stays with doubts of the audit in every state, as reviewers would have left them.
//!
//! The doubts are the demonstration's own, not the result of a scan: each says so in its sentence.

use app::audit::{
    FindingLine, Move, NewFinding, Officer, Outcome, Role, RuleHeader, ScanHeader, ScanPage,
    Strength, Verb, rule_page,
};
use app::register::Actor;
use app::{App, Error};
use demo_maker::{DemoArea, Person};
use jiff::ToSpan;
use jiff::civil::Date;
use money::{Fen, Ratio, Rounding};
use policy::FeeMonth;
use store::{DoubtFilter, DoubtRow, SettlementFilter};
use terms::CoverState;

use super::difficulty::{plain_residents, stay};

/// People with a doubtful stay.
const PEOPLE: usize = 12;
/// What each stay costs, in yuan.
const STAY: i64 = 9_000;
/// The rules, how strong they are, and how much of a stay each doubts, in yuan.
const RULES: [(&str, Strength, i64); 3] = [
    ("P003", Strength::Deduct, 1_200),
    ("M006", Strength::Suspect, 600),
    ("P005", Strength::Suspect, 1_800),
];
/// Days before today on which the first notices went out.
const AGO: i64 = 21;
/// The place of the doubt that nobody answered in its term.
const OVERDUE: usize = 30;

/// Enters stays and doubts and moves these on; doing it again changes nothing.
///
/// # Errors
/// What the law or the store refuses.
pub async fn seed(app: &App, area: &DemoArea) -> Result<(), Error> {
    let people = doubtful(area);
    if people.len() < PEOPLE || !app.store.audit_runs(area.recipe.area, 1).await?.is_empty() {
        return Ok(());
    }
    let today = area.recipe.today;
    let month = FeeMonth::of(today).later(-1);
    for person in &people {
        stay(app, area, person, (month.first_day(), STAY)).await?;
    }
    let numbers: Vec<&str> = people.iter().map(|person| person.number.as_str()).collect();
    scan(app, area, month, &numbers).await?;
    let all = DoubtFilter::default();
    let mut rows = app
        .store
        .search_doubts(area.recipe.area, &all, "", 500)
        .await?;
    // Numbers rise with time; who comes first must be the same in every demonstration, and every
    // rule has doubts at every stage.
    rows.sort_by(|one, other| {
        let key = |row: &DoubtRow| (row.rule.clone(), row.scheme.clone(), row.person_no.clone());
        key(one).cmp(&key(other))
    });
    for (nth, row) in rows.iter().enumerate() {
        let walked = walk(app, area, nth, row).await;
        match walked {
            // What the procedure refuses stays where it is.
            Ok(()) | Err(Error::Refused { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    app.lapse_doubts(&actor(area, "夜间审核", today)).await?;
    overdue(app, area, &rows).await
}

/// Notifies the doubt that is not answered in time: what an institution sees on the days after its
/// term, before the night confirms it.
async fn overdue(app: &App, area: &DemoArea, rows: &[DoubtRow]) -> Result<(), Error> {
    let first = officer(area, ("clerk", "初审演示"), Role::FirstReviewer, AGO);
    match rows.get(OVERDUE) {
        Some(row) => publish(app, &first, &row.doubt).await,
        None => Ok(()),
    }
}

/// Covered people that no other part of the demonstration has plans with.
fn doubtful(area: &DemoArea) -> Vec<Person> {
    let samples = area.samples();
    let listed = plain_residents(area);
    let free = |person: &Person| {
        let known = samples.iter().any(|one| one.person.number == person.number);
        let listed = listed.iter().any(|one| one.number == person.number);
        let active = |cover: &demo_maker::Cover| cover.state == CoverState::Active;
        !known && !listed && person.covers.len() == 1 && person.covers.iter().all(active)
    };
    area.people().filter(free).take(PEOPLE).collect()
}

fn actor(area: &DemoArea, name: &str, day: Date) -> Actor {
    Actor {
        name: name.to_owned(),
        ..Actor::batch(area.recipe.area, "demo", day.at(9, 0, 0, 0))
    }
}

fn officer(area: &DemoArea, (user, name): (&str, &str), role: Role, ago: i64) -> Officer {
    let day = area.recipe.today.saturating_sub(ago.days());
    Officer {
        actor: actor(area, user, day),
        name: name.to_owned(),
        roles: vec![role],
        institution: None,
    }
}

fn rules() -> Vec<RuleHeader> {
    let header = |(id, strength, _): &(&str, Strength, i64)| {
        let page = rule_page(id);
        RuleHeader {
            id: (*id).to_owned(),
            version: page.as_ref().map_or(1, |page| page.version),
            name: page
                .as_ref()
                .map_or_else(String::new, |page| page.name.clone()),
            category: page.map_or_else(String::new, |page| page.category.to_owned()),
            strength: *strength,
        }
    };
    RULES.iter().map(header).collect()
}

async fn scan(app: &App, area: &DemoArea, month: FeeMonth, people: &[&str]) -> Result<(), Error> {
    let mut page = ScanPage::default();
    for person in people {
        let filter = SettlementFilter {
            person_no: Some((*person).to_owned()),
            ..SettlementFilter::default()
        };
        let bills = app
            .store
            .search_settlements(area.recipe.area, &filter, None, 1)
            .await?;
        page.people.push(((*person).to_owned(), 0));
        for bill in bills.rows {
            page.bills += 1;
            let (code, visit) = (area.recipe.area, bill.visit_id.as_str());
            for line in app.store.visit_lines(code, person, visit).await? {
                page.lines += 1;
                let of_line = (0..RULES.len()).map(|rule| finding(rule, &bill, &line));
                page.findings.extend(of_line);
            }
        }
    }
    let header = ScanHeader {
        run: "demo".to_owned(),
        from: month.first_day(),
        to: month.last_day(),
        rules: rules(),
        rules_edition: "demo".to_owned(),
        knowledge_edition: "demo".to_owned(),
    };
    let day = area.recipe.today.saturating_sub((AGO + 1).days());
    let by = actor(area, "夜间审核", day);
    app.weigh_rules(&by, &header.rules).await?;
    app.record_scan(&by, &header, &[page]).await?;
    Ok(())
}

fn finding(rule: usize, bill: &store::SettlementRow, line: &store::LineRow) -> NewFinding {
    let yuan = RULES[rule].2;
    NewFinding {
        rule,
        strength: RULES[rule].1,
        target_kind: "line".to_owned(),
        target: format!("{}/{}", line.visit_id, line.line_no),
        person_no: bill.person_no.clone(),
        visit_id: line.visit_id.clone(),
        settlement: bill.settlement_id.clone(),
        institution: bill.institution.clone(),
        day: line.charged_at.date(),
        amount: Fen::yuan(yuan),
        knowledge: format!("示范-{}@1", RULES[rule].0),
        says: format!("演示疑点：该明细中有{yuan}元要核实"),
        evidence: serde_json::json!({
            "facts": ["演示", format!("{yuan}元")],
            "knowledge": {
                "id": format!("示范-{}", RULES[rule].0), "version": "1",
                "item": line.item_code,
                "text": format!("演示条目：该项目超过{yuan}元的部分要核实"),
                "basis": "演示数据自拟，不是真实知识库的条目",
            },
        }),
        lines: vec![FindingLine {
            settlement: bill.settlement_id.clone(),
            visit: line.visit_id.clone(),
            line: line.line_no.clone(),
            in_scope: line.amounts.in_scope,
        }],
    }
}

/// How far each doubt has come, by its place.
async fn walk(app: &App, area: &DemoArea, nth: usize, row: &DoubtRow) -> Result<(), Error> {
    let first = officer(area, ("clerk", "初审演示"), Role::FirstReviewer, AGO);
    let (id, way) = (row.doubt.as_str(), nth % 12);
    match way {
        0..=2 => return Ok(()),
        3 => {
            let reason = "病程记录支持".to_owned();
            return go(app, &first, id, Verb::Dismiss { reason }).await;
        }
        4 if row.strength == "suspect" => return go(app, &first, id, Verb::HandOver).await,
        _ if nth == OVERDUE => return Ok(()),
        5 | 6 => {
            let now = officer(area, ("clerk", "初审演示"), Role::FirstReviewer, 1);
            return publish(app, &now, id).await;
        }
        _ => publish(app, &first, id).await?,
    }
    let mut house = officer(area, ("hospital", "医保办演示"), Role::Institution, AGO - 2);
    house.actor.institution.clone_from(&row.institution);
    house.institution = Some(row.institution.clone());
    let second = officer(area, ("auditor", "复审演示"), Role::SecondReviewer, AGO - 5);
    let appeal = || Verb::Appeal {
        reason: "抢救用药，病历已附".to_owned(),
    };
    match way {
        7 => Ok(()),
        8 => go(app, &house, id, appeal()).await,
        9 => {
            go(app, &house, id, appeal()).await?;
            go(app, &second, id, Verb::Refer).await
        }
        10 => {
            go(app, &house, id, appeal()).await?;
            let half = row.amount.times(Ratio::new(1, 2), Rounding::HalfUp);
            let outcome = match nth % 2 {
                0 => Outcome::Confirm(half),
                _ => Outcome::Dismiss,
            };
            go(app, &second, id, Verb::Decide(outcome)).await
        }
        _ => {
            go(app, &house, id, Verb::Accept).await?;
            let clerk = officer(area, ("clerk", "清算演示"), Role::SettlementClerk, 3);
            app.deduct_doubt(&clerk, id).await.map(|_| ())
        }
    }
}

async fn publish(app: &App, officer: &Officer, doubt: &str) -> Result<(), Error> {
    app.publish_doubts(officer, &[doubt.to_owned()])
        .await
        .map(|_| ())
}

async fn go(app: &App, officer: &Officer, doubt: &str, verb: Verb) -> Result<(), Error> {
    let asked = Move {
        verb,
        seen: None,
        text: String::new(),
        attachments: Vec::new(),
    };
    app.move_doubt(officer, doubt, &asked).await.map(|_| ())
}
