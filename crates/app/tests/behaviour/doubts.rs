//! From a finding to money: kept once, decided by several people, deducted once, given back.

use app::audit::{
    Bulk, FindingLine, Move, NewAttachment, NewFinding, Officer, RuleHeader, ScanHeader, ScanPage,
};
use app::register::Actor;
use app::visit::{Discharge, VisitKind};
use app::{App, Error};
use jiff::civil::{Date, date};
use money::{Fen, Ratio, Rounding};
use store::{AdjustmentFilter, DoubtFilter, DoubtRow};
use terms::CareType;
use workflow::doubt::{Outcome, Role, Strength, Verb};

use crate::house::{ACTIVE, Bill, HOSPITAL, House, area, at};

/// A settled stay: its visit, its line, its bill.
struct Stay {
    visit: String,
    line: String,
    bill: Bill,
}

async fn stay(house: &House, month: u8, yuan: i64) -> Stay {
    let kind = VisitKind::Stay;
    let (from, to) = (
        format!("2024-{month:02}-01T08:00:00"),
        format!("2024-{month:02}-05T08:00:00"),
    );
    let message = |step: &str| format!("{month}-{step}");
    let (arrival, payment) = (message("in"), message("pay"));
    let opened = house.visit(ACTIVE, kind, CareType::Inpatient, &arrival, &from);
    let visit = opened.await.unwrap();
    let line = message("line");
    let whose = (ACTIVE, visit.as_str(), kind);
    house.upload(whose, &line, &from, yuan).await.unwrap();
    let call = house.call(HOSPITAL, &message("out"), &to);
    let discharge = Discharge {
        person_no: ACTIVE.to_owned(),
        visit_id: visit.clone(),
        ended_at: at(&to),
        diagnoses: Vec::new(),
        way: "1".to_owned(),
    };
    let done = app::visit::discharge(&house.app, &call, &discharge, || Ok(Vec::new()));
    done.await.unwrap();
    let bill = house.settle(ACTIVE, &visit, kind, &payment, &to);
    let bill = bill.await.unwrap();
    Stay { visit, line, bill }
}

impl Stay {
    fn line(&self, yuan: i64) -> FindingLine {
        FindingLine {
            settlement: self.bill.id.clone(),
            visit: self.visit.clone(),
            line: self.line.clone(),
            in_scope: Fen::yuan(yuan),
        }
    }

    /// The stay's only line of 5000, of which a rule doubts so much.
    fn finding(&self, rule: usize, yuan: i64) -> NewFinding {
        let key = format!("{}/{}", self.visit, self.line);
        NewFinding {
            rule,
            strength: Strength::Deduct,
            target_kind: "line".to_owned(),
            target: key,
            person_no: ACTIVE.to_owned(),
            visit_id: self.visit.clone(),
            settlement: self.bill.id.clone(),
            institution: HOSPITAL.to_owned(),
            day: date(2024, 3, 1),
            amount: Fen::yuan(yuan),
            knowledge: "k_drug_level:1".to_owned(),
            says: format!("超限{yuan}元"),
            evidence: serde_json::json!({ "facts": ["一级机构"] }),
            lines: vec![self.line(5_000)],
        }
    }
}

fn rule(id: &str, strength: Strength) -> RuleHeader {
    RuleHeader {
        id: id.to_owned(),
        version: 1,
        name: format!("规则{id}"),
        category: "政策类".to_owned(),
        strength,
    }
}

fn header(run: &str) -> ScanHeader {
    ScanHeader {
        run: run.to_owned(),
        from: date(2024, 1, 1),
        to: date(2024, 12, 31),
        rules: vec![
            rule("P003", Strength::Deduct),
            rule("M006", Strength::Suspect),
        ],
        rules_edition: "r1".to_owned(),
        knowledge_edition: "k1".to_owned(),
    }
}

fn page(findings: Vec<NewFinding>) -> ScanPage {
    ScanPage {
        people: vec![(ACTIVE.to_owned(), 1)],
        findings,
        bills: 1,
        lines: 1,
        ..ScanPage::default()
    }
}

fn on(day: &str) -> Actor {
    let mut actor = Actor::batch(area(), "nightly", at(&format!("{day}T03:00:00")));
    actor.name = "nightly".to_owned();
    actor
}

async fn scan(house: &House, run: &str, findings: Vec<NewFinding>) -> (i64, i64, i64) {
    let header = header(run);
    let actor = on("2024-04-01");
    house.app.weigh_rules(&actor, &header.rules).await.unwrap();
    let pages = [page(findings)];
    let counts = house
        .app
        .record_scan(&actor, &header, &pages)
        .await
        .unwrap();
    (counts.found, counts.fresh, counts.gone)
}

fn officer(name: &str, day: &str, roles: &[Role]) -> Officer {
    let mut actor = on(day);
    actor.name = name.to_owned();
    let institution = roles
        .contains(&Role::Institution)
        .then(|| HOSPITAL.to_owned());
    Officer {
        actor,
        name: format!("姓名{name}"),
        roles: roles.to_vec(),
        institution,
    }
}

const FIRST: &[Role] = &[Role::FirstReviewer];
const SECOND: &[Role] = &[Role::SecondReviewer];
const PANEL: &[Role] = &[Role::PanelSecretary];
const HOUSE: &[Role] = &[Role::Institution];
const MONEY: &[Role] = &[Role::SettlementClerk];

fn only(verb: Verb) -> Move {
    Move {
        verb,
        seen: None,
        text: String::new(),
        attachments: Vec::new(),
    }
}

fn appeal() -> Verb {
    let reason = "有抢救记录".to_owned();
    Verb::Appeal { reason }
}

async fn all(app: &App) -> Vec<DoubtRow> {
    let none = DoubtFilter::default();
    app.store
        .search_doubts(area(), &none, "", 100)
        .await
        .unwrap()
}

async fn of_rule(app: &App, rule: &str) -> DoubtRow {
    let mut rows = all(app).await.into_iter();
    rows.rfind(|row| row.rule == rule).unwrap()
}

async fn publish(house: &House, doubt: &str) -> Option<Date> {
    let reviewer = officer("初", "2024-04-01", FIRST);
    let done = house
        .app
        .publish_doubts(&reviewer, &[doubt.to_owned()])
        .await
        .unwrap();
    assert_eq!(done.refused, []);
    done.notices[0].due
}

/// To a confirmed doubt by the institution's word.
async fn accepted(house: &House, doubt: &str) {
    publish(house, doubt).await;
    let hospital = officer("院", "2024-04-02", HOUSE);
    let moved = house
        .app
        .move_doubt(&hospital, doubt, &only(Verb::Accept))
        .await;
    assert_eq!(moved.unwrap().state, "confirmed");
}

fn code(error: Error) -> &'static str {
    match error {
        Error::Refused { code, .. } => code,
        Error::Missing { .. } => "missing",
        Error::Denied(_) => "denied",
        other => panic!("{other:?}"),
    }
}

/// The fund's part by hand: the bill's fund over its in-scope total, of an amount.
fn part(bill: &Bill, yuan: i64) -> Fen {
    let ratio = Ratio::new(bill.fund.get(), Fen::yuan(5_000).get());
    Fen::yuan(yuan).times(ratio, Rounding::HalfUp)
}

#[tokio::test]
async fn a_scan_recorded_twice_changes_nothing_and_a_finding_that_is_gone_is_withdrawn() {
    let house = House::open().await;
    let stay = stay(&house, 3, 5_000).await;
    let (deducting, suspecting) = (stay.finding(0, 1_000), stay.finding(1, 400));
    let both = vec![deducting.clone(), suspecting.clone()];
    assert_eq!(scan(&house, "R1", both.clone()).await, (2, 2, 0));
    let first = all(&house.app).await;
    let states: Vec<_> = first
        .iter()
        .map(|row| (row.rule.as_str(), row.state.as_str()))
        .collect();
    assert!(states.contains(&("P003", "proposed")) && states.contains(&("M006", "first_review")));
    assert_eq!(
        of_rule(&house.app, "P003").await.amount,
        part(&stay.bill, 1_000)
    );
    let turned = vec![suspecting.clone(), deducting.clone()];
    assert_eq!(scan(&house, "R2", turned).await, (2, 0, 0));
    assert_eq!(all(&house.app).await, first, "found again, nothing changes");

    // The institution knows of one; the other is gone before its notice, and comes back.
    let known = of_rule(&house.app, "P003").await.doubt;
    publish(&house, &known).await;
    assert_eq!(scan(&house, "R3", vec![]).await, (0, 0, 2));
    assert_eq!(of_rule(&house.app, "P003").await.state, "published");
    let gone = of_rule(&house.app, "M006").await;
    assert_eq!((gone.state.as_str(), gone.version), ("withdrawn", 2));
    assert_eq!(scan(&house, "R4", both).await, (2, 0, 0));
    assert_eq!(of_rule(&house.app, "M006").await.state, "first_review");
    let steps = house
        .app
        .store
        .doubt_steps(area(), ACTIVE, &gone.doubt)
        .await
        .unwrap();
    let verbs: Vec<_> = steps.iter().map(|step| step.verb.as_str()).collect();
    assert_eq!(verbs, ["发现", "撤回", "重新发现"]);
}

#[tokio::test]
async fn more_lines_of_a_person_change_a_doubt_before_its_notice_and_not_after() {
    let house = House::open().await;
    let stay = stay(&house, 3, 5_000).await;
    scan(
        &house,
        "R1",
        vec![stay.finding(0, 1_000), stay.finding(1, 400)],
    )
    .await;
    let known = of_rule(&house.app, "P003").await;
    publish(&house, &known.doubt).await;
    let more = vec![stay.finding(0, 2_000), stay.finding(1, 900)];
    assert_eq!(scan(&house, "R2", more).await, (2, 0, 0));
    let notified = of_rule(&house.app, "P003").await;
    assert_eq!((notified.amount, notified.version), (known.amount, 2));
    assert_eq!(
        of_rule(&house.app, "M006").await.amount,
        part(&stay.bill, 900)
    );
    // Another person's scan, and days outside the period, say nothing about these.
    let mut other = header("R3");
    other.to = date(2024, 1, 31);
    let actor = on("2024-04-02");
    let counts = house
        .app
        .record_scan(&actor, &other, &[page(vec![])])
        .await
        .unwrap();
    assert_eq!(counts.gone, 0);
    let nobody = ScanPage::default();
    let counts = house
        .app
        .record_scan(&actor, &header("R4"), &[nobody])
        .await
        .unwrap();
    assert_eq!(counts.gone, 0);
    let again = house.app.record_scan(&actor, &header("R4"), &[]).await;
    assert_eq!(code(again.unwrap_err()), "scan_recorded");
}

#[tokio::test]
async fn of_two_reviewers_at_one_doubt_one_decides_and_the_other_is_told() {
    let house = House::open().await;
    let stay = stay(&house, 3, 5_000).await;
    scan(&house, "R1", vec![stay.finding(1, 400)]).await;
    let doubt = of_rule(&house.app, "M006").await;
    let dismiss = Move {
        seen: Some(doubt.version),
        ..only(Verb::Dismiss {
            reason: "合理".to_owned(),
        })
    };
    let (one, two) = (
        officer("甲", "2024-04-01", FIRST),
        officer("乙", "2024-04-01", FIRST),
    );
    let (first, second) = tokio::join!(
        house.app.move_doubt(&one, &doubt.doubt, &dismiss),
        house
            .app
            .publish_doubts(&two, std::slice::from_ref(&doubt.doubt)),
    );
    let second = second.unwrap();
    let now = of_rule(&house.app, "M006").await;
    assert_eq!(now.version, 2, "one step, whoever was first");
    match first {
        Ok(row) => {
            assert_eq!((row.state.as_str(), second.moved.len()), ("dismissed", 0));
            assert_eq!(second.refused.len(), 1);
        }
        Err(error) => {
            assert_eq!(
                (now.state.as_str(), code(error)),
                ("published", "doubt_changed")
            );
            assert_eq!(second.moved, [doubt.doubt]);
        }
    }
}

#[tokio::test]
async fn an_appeal_is_reviewed_by_another_person_and_decided_by_experts() {
    let house = House::open().await;
    let stay = stay(&house, 3, 5_000).await;
    scan(&house, "R1", vec![stay.finding(0, 1_000)]).await;
    let app = &house.app;
    let doubt = of_rule(app, "P003").await.doubt;
    let hospital = officer("院", "2024-04-08", HOUSE);
    let unseen = app.move_doubt(&hospital, &doubt, &only(appeal())).await;
    assert_eq!(
        code(unseen.unwrap_err()),
        "missing",
        "not before the notice"
    );
    // Ten working days from 1 April 2024 over the holiday of 4 to 6 April, 7 April worked.
    assert_eq!(publish(&house, &doubt).await, Some(date(2024, 4, 16)));
    let paper = NewAttachment {
        name: "抢救记录.pdf".to_owned(),
        bytes: b"%PDF-1.7 ...".to_vec(),
    };
    let kept = app.attach(&hospital, &doubt, &paper).await.unwrap();
    let twice = app.attach(&hospital, &doubt, &paper).await.unwrap();
    assert_eq!(kept, twice);
    let (_, bytes) = app
        .attachment(&hospital, &doubt, &kept.attachment)
        .await
        .unwrap();
    assert_eq!(bytes, paper.bytes);
    let wrong = [
        ("attachment_type", "程序.exe", b"MZ".to_vec()),
        ("attachment_size", "空.pdf", Vec::new()),
        ("attachment_name", "../a.pdf", b"%PDF-".to_vec()),
        (
            "attachment_size",
            "大.pdf",
            vec![0; app::audit::ATTACHMENT_BYTES + 1],
        ),
    ];
    for (expected, name, bytes) in wrong {
        let name = name.to_owned();
        let refused = app
            .attach(&hospital, &doubt, &NewAttachment { name, bytes })
            .await;
        assert_eq!(code(refused.unwrap_err()), expected);
    }
    let asked = Move {
        attachments: vec![kept.attachment.clone()],
        ..only(appeal())
    };
    app.move_doubt(&hospital, &doubt, &asked).await.unwrap();
    let another = NewAttachment {
        name: "又一份.pdf".to_owned(),
        bytes: b"%PDF-2".to_vec(),
    };
    let late = app.attach(&hospital, &doubt, &another);
    assert_eq!(code(late.await.unwrap_err()), "attachment_late");

    let confirm = |fen| Verb::Decide(Outcome::Confirm(fen));
    let half = part(&stay.bill, 500);
    let same = officer("初", "2024-04-09", SECOND);
    let refused = app.move_doubt(&same, &doubt, &only(confirm(half))).await;
    assert_eq!(code(refused.unwrap_err()), "doubt_same_person");
    let first = officer("丙", "2024-04-09", FIRST);
    let refused = app.move_doubt(&first, &doubt, &only(confirm(half))).await;
    assert_eq!(code(refused.unwrap_err()), "doubt_wrong_role");
    let second = officer("复", "2024-04-09", SECOND);
    app.move_doubt(&second, &doubt, &only(Verb::Refer))
        .await
        .unwrap();
    let decided = Verb::PanelDecide {
        outcome: Outcome::Confirm(half),
        votes_for: 2,
        votes_against: 1,
    };
    let secretary = officer("专", "2024-04-10", PANEL);
    let row = app
        .move_doubt(&secretary, &doubt, &only(decided))
        .await
        .unwrap();
    assert_eq!((row.state.as_str(), row.confirmed), ("confirmed", half));
    let case = app.doubt_case(&hospital, &doubt).await.unwrap();
    let last = case.steps.last().unwrap();
    assert!(last.detail.contains("\"votes_for\":2") || last.detail.contains("\"votes_for\": 2"));
    assert!(case.lines.iter().any(|line| line.covered) && case.timeline.iter().any(|v| v.this));
    assert_eq!(case.attachments.len(), 1);
}

#[tokio::test]
async fn silence_confirms_after_the_term_and_not_on_its_last_day() {
    let house = House::open().await;
    let stay = stay(&house, 3, 5_000).await;
    scan(&house, "R1", vec![stay.finding(0, 1_000)]).await;
    let doubt = of_rule(&house.app, "P003").await.doubt;
    publish(&house, &doubt).await;
    let lapsed = async |day: &str| house.app.lapse_doubts(&on(day)).await.unwrap().len();
    assert_eq!(lapsed("2024-04-16").await, 0);
    assert_eq!(lapsed("2024-04-17").await, 1);
    assert_eq!(lapsed("2024-04-17").await, 0);
    let row = of_rule(&house.app, "P003").await;
    assert_eq!(
        (row.state.as_str(), row.confirmed),
        ("confirmed", row.amount)
    );
}

#[tokio::test]
async fn a_line_hit_by_two_rules_is_deducted_once_and_given_back_by_a_new_adjustment() {
    let house = House::open().await;
    let stay = stay(&house, 3, 5_000).await;
    scan(
        &house,
        "R1",
        vec![stay.finding(0, 1_000), stay.finding(1, 1_500)],
    )
    .await;
    let app = &house.app;
    let (small, large) = (of_rule(app, "P003").await, of_rule(app, "M006").await);
    accepted(&house, &small.doubt).await;
    accepted(&house, &large.doubt).await;
    let clerk = officer("清", "2024-04-20", MONEY);
    let reviewer = officer("初", "2024-04-20", FIRST);
    let refused = app.deduct_doubt(&reviewer, &small.doubt).await;
    assert_eq!(code(refused.unwrap_err()), "doubt_wrong_role");
    let (one, two) = tokio::join!(
        app.deduct_doubt(&clerk, &small.doubt),
        app.deduct_doubt(&clerk, &large.doubt),
    );
    let (one, two) = (one.unwrap().doubt.deducted, two.unwrap().doubt.deducted);
    assert_eq!(
        one + two,
        part(&stay.bill, 1_500),
        "the larger of the two, once"
    );
    let again = app.deduct_doubt(&clerk, &small.doubt).await;
    assert_eq!(code(again.unwrap_err()), "doubt_not_here");
    let adjustments = async || {
        let none = AdjustmentFilter::default();
        let rows = app.store.clearing_adjustments(area(), &none).await.unwrap();
        let told = |row: &store::AdjustmentRow| {
            assert_eq!(
                (row.institution.as_str(), row.book.as_str()),
                (HOSPITAL, "E")
            );
            assert_eq!(
                (row.class.as_str(), row.first_month.as_str()),
                ("inpatient", "2024-03")
            );
            (row.kind.clone(), row.amount)
        };
        rows.iter().map(told).collect::<Vec<_>>()
    };
    let taken: Fen = adjustments().await.iter().map(|(_, amount)| *amount).sum();
    assert_eq!(taken, -part(&stay.bill, 1_500));

    let second = officer("复", "2024-05-06", SECOND);
    let row = of_rule(app, "M006").await;
    let over = app
        .release_doubt(&second, &row.doubt, row.deducted + Fen::new(1), "复议")
        .await;
    assert_eq!(code(over.unwrap_err()), "doubt_amount");
    let first = officer("初", "2024-05-06", SECOND);
    let same = app
        .release_doubt(&first, &row.doubt, row.deducted, "复议")
        .await;
    assert_eq!(code(same.unwrap_err()), "doubt_same_person");
    let mut second = second;
    second.actor.at = at("2024-04-28T10:00:00");
    let back = app
        .release_doubt(&second, &row.doubt, row.deducted, "复议成立")
        .await
        .unwrap();
    assert_eq!(
        (back.doubt.state.as_str(), back.doubt.released),
        ("deducted", row.deducted)
    );
    let released = adjustments().await;
    let released = released.iter().filter(|(kind, _)| kind == "audit_release");
    assert_eq!(
        released.map(|(_, amount)| *amount).sum::<Fen>(),
        row.deducted
    );
}

#[tokio::test]
async fn a_finding_about_a_whole_stay_is_divided_over_the_lines_of_its_bill() {
    let house = House::open().await;
    let kind = VisitKind::Stay;
    let opened = house.visit(
        ACTIVE,
        kind,
        CareType::Inpatient,
        "in",
        "2024-03-01T08:00:00",
    );
    let visit = opened.await.unwrap();
    let whose = (ACTIVE, visit.as_str(), kind);
    for (line, yuan) in [("L1", 4_000), ("L2", 1_000)] {
        let uploaded = house.upload(whose, line, "2024-03-02T08:00:00", yuan);
        uploaded.await.unwrap();
    }
    let paid = house.settle(ACTIVE, &visit, kind, "pay", "2024-03-05T08:00:00");
    let bill = paid.await.unwrap();
    let stay = Stay {
        visit,
        line: String::new(),
        bill,
    };
    let whole = NewFinding {
        target_kind: "visit".to_owned(),
        target: stay.visit.clone(),
        lines: Vec::new(),
        ..stay.finding(0, 5_000)
    };
    scan(&house, "R1", vec![whole]).await;
    let app = &house.app;
    let doubt = of_rule(app, "P003").await.doubt;
    accepted(&house, &doubt).await;
    let clerk = officer("清", "2024-04-20", MONEY);
    let done = app.deduct_doubt(&clerk, &doubt).await.unwrap();
    assert_eq!(done.doubt.deducted, stay.bill.fund);
    let case = app.doubt_case(&clerk, &doubt).await.unwrap();
    assert_eq!(case.lines.len(), 2);
    assert!(case.lines.iter().all(|line| line.covered));
    let mut taken: Vec<(String, Fen)> = case
        .deductions
        .iter()
        .map(|row| (row.line.clone(), row.amount))
        .collect();
    taken.sort();
    let lines = ["L1", "L2"].map(|line| format!("{}/{line}", stay.visit));
    let parts = [part(&stay.bill, 4_000), part(&stay.bill, 1_000)];
    assert_eq!(taken, lines.into_iter().zip(parts).collect::<Vec<_>>());
}

#[tokio::test]
async fn every_deducted_yuan_is_a_line_of_the_institutions_statement_and_a_transfer() {
    let house = House::open().await;
    let stay = stay(&house, 3, 5_000).await;
    scan(&house, "R1", vec![stay.finding(0, 1_000)]).await;
    let app = &house.app;
    let doubt = of_rule(app, "P003").await.doubt;
    accepted(&house, &doubt).await;
    let clerk = officer("清", "2024-04-20", MONEY);
    let done = app.deduct_doubt(&clerk, &doubt).await.unwrap();
    let taken = done.doubt.deducted;
    assert_eq!(taken, part(&stay.bill, 1_000));

    let by = |name: &str, day: &str| officer(name, day, &[]).actor;
    let (month, all) = ("2024-04".parse().unwrap(), app::clearing::Which::default());
    let maker = by("maker", "2024-05-06");
    app.build_month(&maker, month, "").await.unwrap();
    let out = app.publish_month(&maker, month, &all).await.unwrap();
    let statement = out.iter().find(|row| row.book == "E").unwrap();
    let lines: serde_json::Value = serde_json::from_str(&statement.lines).unwrap();
    let lines = lines.as_array().unwrap();
    let line = lines.iter().find(|line| line["kind"] == "audit_deduction");
    let line = line.unwrap();
    assert_eq!(line["source"], done.adjustments[0].adjustment.as_str());
    assert!(line["text"].as_str().unwrap().contains("P003"), "{line}");
    assert_eq!(statement.adjusted, -taken);
    let posted = async || -> Fen {
        let flows = app.store.fund_flows(area(), "2024-05").await.unwrap();
        let back = flows.iter().filter(|flow| flow.debit == "M2001");
        back.map(|flow| flow.amount).sum()
    };
    let before = posted().await;
    let hospital = by("hospital", "2024-05-07");
    let number = statement.statement.as_str();
    let confirmed = app.confirm_statement(&hospital, number, statement.version);
    confirmed.await.unwrap();
    let checker = by("checker", "2024-05-08");
    let approved = app.approve_month(&checker, month, &all).await.unwrap();
    assert!(approved.done.iter().any(|row| row.statement == number));
    // What the fund owes the institution falls by what was deducted.
    assert_eq!(posted().await - before, taken);
}

#[tokio::test]
async fn many_doubts_move_together_once_a_sample_was_looked_at() {
    let house = House::open().await;
    let mut findings = Vec::new();
    for month in [1, 3, 5, 7] {
        findings.push(stay(&house, month, 5_000).await.finding(1, 300));
    }
    scan(&house, "R1", findings).await;
    let app = &house.app;
    let filter = DoubtFilter {
        rule: Some("M006".to_owned()),
        states: vec!["first_review".to_owned()],
        ..DoubtFilter::default()
    };
    let reviewer = officer("初", "2024-04-01", FIRST);
    let drawn = app
        .draw_sample(&reviewer, &filter, 2, Some("7"))
        .await
        .unwrap();
    let again = app
        .draw_sample(&reviewer, &filter, 2, Some("7"))
        .await
        .unwrap();
    assert_eq!((drawn.drawn.len(), &drawn.drawn), (2, &again.drawn));
    let sample = drawn.batch.batch.clone();
    let publish = Verb::Publish;
    let bulk = async |expected: usize| -> Result<Bulk, Error> {
        let how = (Some(expected), Some(sample.as_str()));
        app.move_doubts(&reviewer, &filter, (&publish, ""), how)
            .await
    };
    assert_eq!(code(bulk(4).await.unwrap_err()), "sample_waiting");
    let reason = "个别情况".to_owned();
    let asked = only(Verb::Dismiss { reason });
    for one in &drawn.drawn {
        app.move_doubt(&reviewer, &one.doubt, &asked).await.unwrap();
    }
    assert_eq!(code(bulk(4).await.unwrap_err()), "bulk_changed");
    let done = bulk(2).await.unwrap();
    assert_eq!(
        (done.batch.moved, done.notices.len(), done.refused.len()),
        (2, 1, 0)
    );
    assert_eq!(done.notices[0].doubts, 2);
    let hospital = officer("院", "2024-04-02", HOUSE);
    let notice = &done.notices[0].notice;
    let received = app.receive_notice(&hospital, notice).await.unwrap();
    assert_eq!(
        app.receive_notice(&hospital, notice).await.unwrap(),
        received
    );
    let none = DoubtFilter::default();
    let seen = app.doubts(&hospital, &none, "", 10).await.unwrap();
    assert_eq!(
        seen.rows.len(),
        2,
        "what was dismissed before the notice is not shown"
    );
}

#[tokio::test]
async fn a_deducting_rule_that_is_wrong_too_often_only_suspects_from_then_on() {
    let house = House::open().await;
    let mut stays = Vec::new();
    for month in [1, 3, 5, 7] {
        stays.push(stay(&house, month, 5_000).await);
    }
    let app = &house.app;
    // Twenty decisions, three of them against the rule: 85 of 100, below the floor of 90.
    let mut findings = Vec::new();
    for nth in 0..20 {
        let mut finding = stays[nth % 4].finding(0, 100);
        finding.target = format!("{}-{nth}", finding.target);
        findings.push(finding);
    }
    scan(&house, "R1", findings.clone()).await;
    let reviewer = officer("初", "2024-04-01", FIRST);
    let reason = "不对".to_owned();
    for row in all(app).await.iter().take(3) {
        let asked = only(Verb::Dismiss {
            reason: reason.clone(),
        });
        app.move_doubt(&reviewer, &row.doubt, &asked).await.unwrap();
    }
    for row in all(app).await.iter().skip(3) {
        accepted(&house, &row.doubt).await;
    }
    let board = app.rule_board(&reviewer).await.unwrap();
    let of_rule = &board[0];
    assert_eq!((of_rule.tally.confirmed, of_rule.tally.dismissed), (17, 3));
    assert_eq!(of_rule.share, Some(Ratio::new(85, 100)));
    assert!(of_rule.enough);
    let mut fresh = stays[0].finding(0, 100);
    fresh.target = "another".to_owned();
    findings.push(fresh);
    assert_eq!(scan(&house, "R2", findings).await, (21, 1, 0));
    let row = all(app).await.pop().unwrap();
    assert_eq!(
        (row.state.as_str(), row.strength.as_str()),
        ("first_review", "suspect")
    );
    let board = app.rule_board(&reviewer).await.unwrap();
    assert_eq!(board[0].standing.as_ref().unwrap().strength, "suspect");
    let covered = app.audit_coverage(&reviewer, (date(2024, 1, 1), date(2024, 12, 31)));
    let covered = covered.await.unwrap();
    assert_eq!(
        (covered.rules, covered.bills_touched, covered.lines_flagged),
        (2, 4, 21)
    );
}
