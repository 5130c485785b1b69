use std::collections::BTreeSet;

use jiff::civil::{DateTime, datetime};
use money::Fen;
use terms::{CareType, Category, Scheme, Sex};

use super::*;
use crate::transport::resolve;
use crate::{Body, Envelope};

const NOW: DateTime = datetime(2024, 11, 15, 9, 8, 7, 0);

fn patient() -> Patient<'static> {
    Patient {
        number: "42130000000000000001",
        name: "张\"三\\",
        id_number: "990102198001010017",
        scheme: Scheme::Employee,
        category: Category::Student,
        area: "421300".parse().unwrap(),
    }
}

const DOCTOR: Doctor<'_> = Doctor {
    code: "D4213000000101",
    name: "李四",
    department: ("A01", "内科"),
};
const LINES: [FeeLine<'_>; 2] = [line("L1"), line("L2")];
const FOUND: [Diagnosis<'_>; 1] = [Diagnosis {
    code: "J06.900",
    name: "急性上呼吸道感染",
}];

const fn line(number: &'static str) -> FeeLine<'static> {
    FeeLine {
        number,
        item: "XA01ABD075A002010100483",
        local_item: "N0001",
        quantity: 3,
        price: Fen::new(1_205),
        amount: Fen::new(3_615),
        served: NOW,
        days: 7,
    }
}

/// Every message an institution can send here.
fn all(sender: &Sender<'_>) -> Vec<Message> {
    let (patient, amounts) = (patient(), Amounts::default());
    let who = &patient;
    let sale = Sale {
        patient,
        care: CareType::Pharmacy,
        disease: "",
        at: NOW,
        total: Fen::new(7_230),
        use_account: true,
        lines: &LINES,
    };
    let bill = |care, rehearsed| Bill {
        visit: "V1",
        care,
        total: Fen::new(7_230),
        batch: "B1",
        use_account: false,
        rehearsed,
    };
    let registration = Registration {
        local_number: "O1",
        doctor: DOCTOR,
        begin: NOW,
    };
    let report = VisitReport {
        visit: "V1",
        care: CareType::GeneralOutpatient,
        disease: "",
        begin: NOW,
        doctor: DOCTOR,
        diagnoses: &FOUND,
    };
    let admission = Admission {
        local_number: "I1",
        care: CareType::Inpatient,
        begin: NOW,
        doctor: DOCTOR,
        bed: "12",
        diagnoses: &FOUND,
    };
    let departure = Departure {
        visit: "V1",
        end: NOW,
        doctor: DOCTOR,
        diagnoses: &FOUND,
    };
    let (target, today) = (("H11000000001", "首都某医院"), NOW.date());
    let referral = Referral {
        target,
        place: "110000".parse().unwrap(),
        diagnosis: FOUND[0],
        on: today,
    };
    let recognition = Recognition {
        disease: FOUND[0],
        doctor: DOCTOR,
        on: today,
    };
    let designation = Designation {
        institution: target,
        for_diseases: true,
        order: 1,
        from: today,
    };
    let accident = Accident {
        on: today,
        place: "家中",
        cause: "跌倒",
    };
    let outpatient = CareType::GeneralOutpatient;
    let stay = CareType::Inpatient;
    let orders = Orders {
        patient,
        sex: Sex::Female,
        birth: today,
        visit: "V1",
        care: outpatient,
        begin: NOW,
        doctor: DOCTOR,
        diagnosis: FOUND[0],
        lines: &LINES,
    };
    let sold = sender.sell(&sale, NOW);
    vec![
        sender.ask_before(&orders, NOW),
        sender.sign_in(NOW),
        sender.look_up(patient.id_number, patient.name, NOW),
        sender.rehearse_sale(&sale, NOW),
        sender.take_back_sale(who, "V1", "S1", NOW),
        sender.register(who, &registration, NOW),
        sender.cancel_registration(who, "V1", "O1", NOW),
        sender.report_visit(who, &report, NOW),
        sender.upload_fees(who, ("V1", "B1"), &DOCTOR, &LINES, NOW),
        sender.withdraw_fees(who, ("V1", "B1"), NOW),
        sender.rehearse_visit(who, &bill(outpatient, None), NOW),
        sender.settle_visit(who, &bill(outpatient, Some(&amounts)), NOW),
        sender.reverse_visit(who, "V1", "S1", NOW),
        sender.admit(who, &admission, NOW),
        sender.upload_stay_fees(who, "V1", stay, (&DOCTOR, &LINES), NOW),
        sender.withdraw_stay_fees(who, "V1", NOW),
        sender.discharge(who, &departure, NOW),
        sender.cancel_discharge(who, "V1", NOW),
        sender.cancel_admission(who, "V1", NOW),
        sender.rehearse_stay(who, &bill(stay, None), NOW),
        sender.settle_stay(who, &bill(stay, Some(&amounts)), NOW),
        sender.reverse_stay(who, "V1", "S1", NOW),
        sender.look_up_by_token("0123456789", (patient.id_number, patient.name), NOW),
        sender.refer(who, &referral, NOW),
        sender.withdraw_referral(who, "B1", NOW),
        sender.recognise(who, &recognition, NOW),
        sender.withdraw_recognition(who, "B1", NOW),
        sender.designate(who, &designation, NOW),
        sender.withdraw_designation(who, "B1", NOW),
        sender.report_accident(who, &accident, NOW),
        sender.read_referrals(who, NOW, NOW),
        sender.compensate(who, &sold, NOW),
        sender.read_settlement(who, "V1", "S1", NOW),
        sold,
    ]
}

fn sender(numbers: &Numbers) -> Sender<'_> {
    Sender {
        institution: "H42130000001",
        name: "示例医院",
        area: "421300".parse().unwrap(),
        operator: "00101",
        operator_name: "经办",
        sign_in: "",
        numbers,
    }
}

#[test]
fn every_message_is_right_by_the_servers_own_table() {
    let numbers = Numbers::of_terminal('A');
    for message in all(&sender(&numbers)) {
        let shown = String::from_utf8_lossy(&message.body).into_owned();
        let envelope = Envelope::parse(&message.body).unwrap_or_else(|no| panic!("{no}: {shown}"));
        assert_eq!(envelope.infno, message.transaction);
        assert_eq!(envelope.msgid, message.number);
        assert_eq!(envelope.inf_time, NOW);
        let known = resolve(CALL_SERVICE, &envelope.infno).unwrap();
        Body::read(known, &envelope.input).unwrap_or_else(|no| panic!("{no}: {shown}"));
    }
}

#[test]
fn what_is_sent_arrives() {
    let numbers = Numbers::of_terminal('A');
    let all = all(&sender(&numbers));
    let sold = all.last().unwrap();
    let envelope = Envelope::parse(&sold.body).unwrap();
    let known = resolve(CALL_SERVICE, "2102").unwrap();
    let body = Body::read(known, &envelope.input).unwrap();
    let head = body.node("druginfo").unwrap();
    assert_eq!(head.text("psn_name").unwrap(), patient().name);
    assert_eq!(head.amount("medfee_sumamt").unwrap(), Fen::new(7_230));
    assert_eq!(head.text("insutype").unwrap(), "310");
    let rows = body.rows("drugdetail");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].text("feedetl_sn").unwrap(), "L2");
}

#[test]
fn boxes_are_scanned_since_the_law_wants_it() {
    let numbers = Numbers::of_terminal('A');
    let scans = |now: DateTime| {
        let sale = Sale {
            patient: patient(),
            care: CareType::Pharmacy,
            disease: "",
            at: now,
            total: Fen::new(7_230),
            use_account: true,
            lines: &LINES,
        };
        let sold = sender(&numbers).sell(&sale, now);
        let envelope = Envelope::parse(&sold.body).unwrap();
        let known = resolve(CALL_SERVICE, "2102").unwrap();
        let body = Body::read(known, &envelope.input).unwrap();
        let rows = body.rows("drugdetail").iter();
        let codes = rows.flat_map(|row| row.rows("durg_trac_info"));
        let codes = codes.map(|scan| scan.text("drug_trac_codg").unwrap().to_owned());
        codes.collect::<BTreeSet<String>>().len()
    };
    assert_eq!(scans(NOW), 0);
    assert_eq!(
        scans(datetime(2025, 7, 1, 9, 0, 0, 0)),
        6,
        "three boxes on each of two lines"
    );
}

#[test]
fn numbers_never_repeat_and_are_thirty_characters() {
    let numbers = Numbers::of_terminal('Z');
    let made: Vec<String> = (0..120_000)
        .map(|_| numbers.next("H42130000001", NOW))
        .collect();
    let distinct: BTreeSet<&String> = made.iter().collect();
    assert_eq!(distinct.len(), made.len());
    assert!(made.iter().all(|number| number.len() == 30));
    assert!(made[0].starts_with("H4213000000120241115090807Z000"));
    assert!(made[50_000].starts_with("H4213000000120241115090808Z"));
    assert!(made.is_sorted());
}

#[test]
fn a_clock_set_back_does_not_repeat_numbers() {
    let numbers = Numbers::of_terminal('A');
    let first = numbers.next("H42130000001", NOW);
    let second = numbers.next("H42130000001", datetime(2024, 11, 15, 9, 8, 6, 0));
    assert!(first < second);
}

const SETTLED: &str = r#"{"infcode":0,"err_msg":"","output":{"setlinfo":{
    "mdtrt_id":"V7","setl_id":"S7","medins_setl_id":"M7","medfee_sumamt":100.00,
    "fulamt_ownpay_amt":10.00,"overlmt_selfpay":0,"preselfpay_amt":5.50,"inscp_scp_amt":84.5,
    "fund_pay_sumamt":60.00,"psn_part_amt":40.00,"acct_pay":"30.00","psn_cash_pay":10,
    "hosp_part_amt":0.00},
    "setldetail":[{"fund_pay_type":"310100","fund_payamt":60.00,"setl_proc_info":"…"},
    {"fund_pay_type":"310200","fund_payamt":30.00}]}}"#;

#[test]
fn a_settlement_is_read_and_its_identities_hold() {
    let answer = Answer::read(SETTLED.as_bytes()).unwrap();
    assert!(answer.accepted);
    assert_eq!((&*answer.visit, &*answer.settlement), ("V7", "S7"));
    assert_eq!(answer.remembered_as, "M7");
    let amounts = answer.amounts.unwrap();
    assert_eq!(amounts.account, Fen::new(3_000));
    assert_eq!(amounts.violations(), Vec::<&str>::new());
}

#[test]
fn every_broken_identity_is_named() {
    let breaks = [
        ("\"medfee_sumamt\":100.00", "\"medfee_sumamt\":100.01", 2),
        ("\"acct_pay\":\"30.00\"", "\"acct_pay\":\"29.99\"", 1),
        ("\"overlmt_selfpay\":0", "\"overlmt_selfpay\":0.01", 1),
        (
            "\"310100\",\"fund_payamt\":60.00",
            "\"310100\",\"fund_payamt\":59.99",
            1,
        ),
    ];
    for (right, wrong, count) in breaks {
        assert!(SETTLED.contains(right));
        let answer = Answer::read(SETTLED.replace(right, wrong).as_bytes()).unwrap();
        let violations = answer.amounts.unwrap().violations();
        assert_eq!(violations.len(), count, "{wrong}: {violations:?}");
    }
}

#[test]
fn a_filing_is_known_by_its_number() {
    let body = br#"{"infcode":0,"output":{"result":[{"trt_dcla_detl_sn":"B7"}]}}"#;
    assert_eq!(Answer::read(body).unwrap().filing, "B7");
}

#[test]
fn refusals_and_other_answers_are_read() {
    let refused = Answer::read(r#"{"infcode":"-1","err_msg":"查无此人","output":null}"#.as_bytes());
    let refused = refused.unwrap();
    assert!(!refused.accepted);
    assert_eq!(refused.message, "查无此人");
    for result in [r#"{"mdtrt_id":"V9"}"#, r#"[{"mdtrt_id":"V9"}]"#] {
        let text = format!(r#"{{"infcode":0,"err_msg":null,"output":{{"result":{result}}}}}"#);
        assert_eq!(Answer::read(text.as_bytes()).unwrap().visit, "V9");
    }
    for broken in [
        "",
        "<html>",
        "{}",
        r#"{"code":401,"message":"x"}"#,
        r#"{"infcode":2}"#,
    ] {
        assert!(Answer::read(broken.as_bytes()).is_err(), "{broken}");
    }
}

#[test]
fn prompts_are_told_by_the_rules_that_found_them() {
    let text = r#"{"infcode":0,"output":{"result":[{"jr_id":"1","rule_id":"C007"},
        {"jr_id":"2","rule_id":"C008"}]}}"#;
    let answer = Answer::read(text.as_bytes()).unwrap();
    assert_eq!(answer.found, ["C007", "C008"]);
    // Fee lines come in the same node and are no prompts.
    let text = r#"{"infcode":0,"output":{"result":[{"feedetl_sn":"1"}]}}"#;
    assert!(Answer::read(text.as_bytes()).unwrap().found.is_empty());
}
