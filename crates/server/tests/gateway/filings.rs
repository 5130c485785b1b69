//! What institutions file for people, what the agency makes of it, and what bills make of that.

use app::filing::{Applied, Approval, Conclusion, Filing, FilingClass, FilingDetail, Verdict};
use app::office::Clerk;
use demo_maker::{Institution, Person};
use jiff::Span;
use jiff::civil::Date;
use serde_json::{Value, json};
use terms::{Grade, InstitutionKind};

use crate::house::{AREA, House, fen, person, stamp};
use crate::messages::*;

const WELL: &str = "在职职工，正常享受待遇";

fn clerk(house: &House) -> Clerk {
    Clerk {
        area: house.area(),
        user: "clerk".to_owned(),
        name: "审核员".to_owned(),
        role: "clerk".to_owned(),
        address: String::new(),
    }
}

async fn decide(house: &House, number: &str, verdict: Verdict) -> Result<Filing, app::Error> {
    house
        .app()
        .decide_filing(&clerk(house), number, &verdict)
        .await
}

async fn approve(house: &House, number: &str) -> Filing {
    let verdict = Verdict::Approve(Approval::default());
    decide(house, number, verdict).await.unwrap()
}

async fn conclude(house: &House, number: &str, conclusion: Conclusion) -> Filing {
    let approval = Approval {
        conclusion: Some(conclusion),
        note: "走访、病历首次记录一致".to_owned(),
        ..Approval::default()
    };
    decide(house, number, Verdict::Approve(approval))
        .await
        .unwrap()
}

fn graded(grade: Grade) -> &'static Institution {
    let inside = |one: &&Institution| {
        one.kind == InstitutionKind::Hospital && one.county.city() == AREA.recipe.area
    };
    let mut found = AREA.institutions.iter().filter(inside);
    found.find(|one| one.grade == grade).unwrap()
}

fn elsewhere() -> &'static Institution {
    let mut all = AREA.institutions.iter();
    all.find(|one| one.county.city() != AREA.recipe.area)
        .unwrap()
}

fn days_ago(house: &House, days: i64) -> Date {
    house.now().date().saturating_sub(Span::new().days(days))
}

/// 2503.
fn recognition(house: &House, person: &Person, place: &Institution, code: &str) -> Value {
    let today = house.now().date();
    json!({ "data": { "psn_no": person.number, "insutype": insutype(person),
        "opsp_dise_code": code, "opsp_dise_name": "糖尿病", "tel": "0000", "addr": "示东区",
        "insu_optins": house.area().to_string(), "ide_fixmedins_no": place.code,
        "ide_fixmedins_name": place.name, "hosp_ide_date": today, "diag_dr_codg": "D1",
        "diag_dr_name": "张医生", "begndate": today, "memo": "血糖记录三次" } })
}

/// 2501.
fn referral(house: &House, person: &Person, target: &Institution, kind: &str) -> Value {
    let today = house.now().date();
    json!({ "refmedin": { "psn_no": person.number, "insutype": insutype(person),
        "insu_optins": house.area().to_string(), "diag_code": "J18.900", "diag_name": "肺炎",
        "dise_cond_dscr": "病情加重", "reflin_medins_no": target.code,
        "reflin_medins_name": target.name, "mdtrtarea_admdvs": target.county.to_string(),
        "hosp_agre_refl_flag": "1", "refl_type": kind, "refl_date": today,
        "refl_rea": "本院不具备条件", "refl_opnn": "同意" } })
}

/// 2505.
fn designation(house: &House, person: &Person, place: &Institution, kind: &str) -> Value {
    json!({ "data": { "psn_no": person.number, "biz_appy_type": kind,
        "begndate": house.now().date(), "fix_srt_no": "1", "fixmedins_code": place.code,
        "fixmedins_name": place.name, "agnter_name": "李四", "agnter_cert_type": "01",
        "agnter_rlts": "1" } })
}

/// 2507.
fn accident(house: &House, person: &Person) -> Value {
    json!({ "data": { "dcla_souc": "01", "insutype": insutype(person),
        "psn_no": person.number, "psn_cert_type": "01", "certno": person.id_number,
        "psn_name": person.name, "insu_admdvs": house.area().to_string(),
        "trum_time": days_ago(house, 5), "trum_site": "乡村公路", "trum_rea": "与三轮车相撞",
        "chk_pay_flag": "1", "begndate": days_ago(house, 5) } })
}

fn number(output: &Value) -> String {
    let number = output["result"][0]["trt_dcla_detl_sn"].as_str();
    number.unwrap_or_else(|| panic!("{output}")).to_owned()
}

fn undo_of(person: &Person, number: &str) -> Value {
    json!({ "data": { "psn_no": person.number, "trt_dcla_detl_sn": number, "memo": "录错" } })
}

/// What the fund would pay for chronic care today.
async fn chronic(house: &House, person: &Person, place: &str, disease: &str) -> i64 {
    let output = house
        .accept(place, "2201", registration(house, person))
        .await;
    let visit = output["data"]["mdtrt_id"].as_str().unwrap();
    let mut told = report(house, person, visit);
    told["mdtrtinfo"]["med_type"] = json!("14");
    told["mdtrtinfo"]["dise_codg"] = json!(disease);
    told["mdtrtinfo"]["dise_name"] = json!("糖尿病");
    house.accept(place, "2203", told).await;
    let mut lines = fees(house, person, visit, "C1");
    for row in lines["feedetail"].as_array_mut().unwrap() {
        row["med_type"] = json!("14");
    }
    house.accept(place, "2204", lines).await;
    let mut asked = bill(person, visit, "C1");
    asked["data"]["med_type"] = json!("14");
    let output = house.accept(place, "2206", asked).await;
    fen(&output["setlinfo"]["fund_pay_sumamt"])
}

/// Admits, bills and rehearses a stay; the reply, whatever it is, and the visit.
async fn stay(house: &House, person: &Person, place: &str, care: &str) -> (Value, String) {
    let mut told = admission(house, person);
    told["mdtrtinfo"]["med_type"] = json!(care);
    let output = house.accept(place, "2401", told).await;
    let visit = output["result"][0]["mdtrt_id"].as_str().unwrap().to_owned();
    let mut lines = fees(house, person, &visit, "Z1");
    let rows = lines["feedetail"].as_array_mut().unwrap();
    for row in rows.iter_mut() {
        row["med_type"] = json!(care);
    }
    // Enough to come past any deductible.
    rows[0]["cnt"] = json!(1_000);
    rows[0]["det_item_fee_sumamt"] = json!("18500.00");
    house.accept(place, "2301", lines).await;
    house
        .accept(place, "2402", discharge(house, person, &visit))
        .await;
    (rehearse(house, person, place, &visit).await, visit)
}

fn stay_total(person: &Person, visit: &str) -> Value {
    let mut asked = stay_bill(person, visit);
    asked["data"]["medfee_sumamt"] = json!("18604.40");
    asked
}

async fn rehearse(house: &House, person: &Person, place: &str, visit: &str) -> Value {
    let message = house.message(place, "2303", stay_total(person, visit));
    house.send(&message).await
}

#[tokio::test]
async fn a_recognition_counts_once_the_agency_approves_it() {
    let house = House::open().await;
    let (place, other) = (graded(Grade::Tertiary), graded(Grade::Secondary));
    let well = person(WELL);
    assert_eq!(chronic(&house, &well, &place.code, "MB002").await, 0);

    let filed = house.accept(
        &place.code,
        "2503",
        recognition(&house, &well, place, "MB002"),
    );
    let number = number(&filed.await);
    let ask = json!({ "data": { "psn_no": well.number } });
    let shown = house.accept(&place.code, "5301", ask.clone()).await;
    assert_eq!(shown["feedetail"][0]["opsp_dise_name"], "糖尿病（待审核）");
    assert_eq!(chronic(&house, &well, &place.code, "MB002").await, 0);

    let filing = approve(&house, &number).await;
    assert_eq!(filing.detail.institutions, [place.code.as_str()]);
    let shown = house.accept(&place.code, "5301", ask).await;
    assert_eq!(shown["feedetail"][0]["opsp_dise_name"], "糖尿病");
    assert!(chronic(&house, &well, &place.code, "MB002").await > 0);
    assert_eq!(chronic(&house, &well, &other.code, "MB002").await, 0);
    assert_eq!(chronic(&house, &well, &place.code, "MB003").await, 0);

    let sentence = house
        .refuse(&place.code, "2504", undo_of(&well, &number))
        .await;
    assert!(sentence.contains("已经审核"), "{sentence}");
    let again = recognition(&house, &well, place, "MB002");
    let sentence = house.refuse(&place.code, "2503", again).await;
    assert!(sentence.contains("MB002"), "{sentence}");
    let twice = decide(&house, &number, Verdict::Approve(Approval::default())).await;
    assert!(twice.unwrap_err().to_string().contains("不能再审核"));
}

#[tokio::test]
async fn a_recognition_ends_with_its_term() {
    let house = House::open().await;
    let (place, well) = (graded(Grade::Tertiary), person(WELL));
    let mut input = recognition(&house, &well, place, "MB002");
    input["data"]["begndate"] = json!(days_ago(&house, 20));
    input["data"]["hosp_ide_date"] = json!(days_ago(&house, 20));
    let filed = house.accept(&place.code, "2503", input).await;
    let approval = Approval {
        to: Some(days_ago(&house, 1)),
        ..Approval::default()
    };
    let filing = decide(&house, &number(&filed), Verdict::Approve(approval)).await;
    assert_eq!(filing.unwrap().row.ends_on, Some(days_ago(&house, 1)));
    assert_eq!(chronic(&house, &well, &place.code, "MB002").await, 0);
    let renewed = recognition(&house, &well, place, "MB002");
    let filed = house.accept(&place.code, "2503", renewed).await;
    approve(&house, &number(&filed)).await;
    assert!(chronic(&house, &well, &place.code, "MB002").await > 0);
}

#[tokio::test]
async fn a_special_disease_counts_at_once_and_may_be_revoked() {
    let house = House::open().await;
    let (place, well) = (graded(Grade::Tertiary), person(WELL));
    let small = graded(Grade::Secondary);
    let mut input = recognition(&house, &well, small, "MT001");
    let sentence = house.refuse(&small.code, "2503", input.clone()).await;
    assert!(sentence.contains("不能办理"), "{sentence}");
    input["data"]["ide_fixmedins_no"] = json!(place.code);
    let filed = number(&house.accept(&place.code, "2503", input.clone()).await);
    let ask = json!({ "data": { "psn_no": well.number } });
    let shown = house.accept(&place.code, "5301", ask.clone()).await;
    let row = &shown["feedetail"][0];
    assert_eq!(row["opsp_dise_name"], "恶性肿瘤门诊治疗");
    assert_eq!(row["enddate"], "2025-11-14", "a year in this area");

    house
        .accept(&place.code, "2504", undo_of(&well, &filed))
        .await;
    let shown = house.accept(&place.code, "5301", ask.clone()).await;
    assert_eq!(shown["feedetail"], json!([]));
    let sentence = house
        .refuse(&place.code, "2504", undo_of(&well, &filed))
        .await;
    assert!(sentence.contains("已撤销"), "{sentence}");

    let filed = number(&house.accept(&place.code, "2503", input).await);
    let nothing = decide(&house, &filed, Verdict::Reject(" ".to_owned())).await;
    assert!(nothing.unwrap_err().to_string().contains("理由"));
    let revoked = decide(&house, &filed, Verdict::Reject("材料不实".to_owned())).await;
    assert_eq!(revoked.unwrap().state.word(), "rejected");
    let shown = house.accept(&place.code, "5301", ask).await;
    assert_eq!(shown["feedetail"], json!([]));
}

#[tokio::test]
async fn a_repeated_filing_is_filed_once() {
    let house = House::open().await;
    let (place, well) = (graded(Grade::Tertiary), person(WELL));
    let input = recognition(&house, &well, place, "MB002");
    let message = house.message(&place.code, "2503", input);
    let first = house.send(&message).await;
    let second = house.send(&message).await;
    assert_eq!(first, second);
    assert_eq!(first["infcode"], 0, "{first}");
    let kept = house.app().filings_of(&clerk(&house), &well.number).await;
    assert_eq!(kept.unwrap().len(), 1);
    let undo = house.message(
        &place.code,
        "2504",
        undo_of(&well, &number(&first["output"])),
    );
    assert_eq!(house.send(&undo).await, house.send(&undo).await);
}

#[tokio::test]
async fn a_referral_changes_what_is_paid_elsewhere() {
    let house = House::open().await;
    let (from, target) = (graded(Grade::Secondary), elsewhere());
    let well = person(WELL);
    let kind = match target.county.province() == AREA.recipe.area.province() {
        true => "2",
        false => "3",
    };
    let (without, visit) = stay(&house, &well, &target.code, "21").await;
    let input = referral(&house, &well, target, kind);
    let filed = number(&house.accept(&from.code, "2501", input).await);
    let period = json!({ "data": { "psn_no": well.number, "begntime": "2024-01-01" } });
    let shown = house.accept(&from.code, "5304", period.clone()).await;
    let row = &shown["refmedin"];
    assert_eq!(row["reflin_medins_no"], target.code);
    assert_eq!(
        (&row["out_flag"], &row["refl_rea"], &row["certno"]),
        (
            &json!("1"),
            &json!("本院不具备条件"),
            &json!(well.id_number)
        )
    );
    let fund = |reply: &Value| fen(&reply["output"]["setlinfo"]["fund_pay_sumamt"]);
    // This area looks at referrals first, and does not let them reach back by themselves.
    let waiting = rehearse(&house, &well, &target.code, &visit).await;
    assert_eq!(fund(&waiting), fund(&without));
    let early = Approval {
        from: Some(days_ago(&house, 10)),
        ..Approval::default()
    };
    decide(&house, &filed, Verdict::Approve(early))
        .await
        .unwrap();
    let referred = rehearse(&house, &well, &target.code, &visit).await;
    // By hand: 5 per cent before everything instead of 20, and no 10 points less.
    let in_scope = 1_859_348;
    let paid = |share: i64, rate: i64| (in_scope * (100 - share) / 100 - 80_000) * rate / 100;
    assert!((fund(&without) - paid(20, 75)).abs() <= 2, "{without}");
    assert!((fund(&referred) - paid(5, 85)).abs() <= 2, "{referred}");

    let settled = stay_total(&well, &visit);
    house.accept(&target.code, "2304", settled).await;
    let sentence = house
        .refuse(&from.code, "2502", undo_of(&well, &filed))
        .await;
    assert!(sentence.contains("先撤销结算"), "{sentence}");
}

#[tokio::test]
async fn a_referral_downwards_spares_the_deductible() {
    let house = House::open().await;
    let (from, target) = (graded(Grade::Tertiary), graded(Grade::Secondary));
    let well = person(WELL);
    let (without, visit) = stay(&house, &well, &target.code, "21").await;
    let deductible = |reply: &Value| fen(&reply["output"]["setlinfo"]["act_pay_dedc"]);
    assert!(deductible(&without) > 0);
    let input = referral(&house, &well, target, "1");
    let filed = number(&house.accept(&from.code, "2501", input).await);
    let early = Approval {
        from: Some(days_ago(&house, 10)),
        ..Approval::default()
    };
    decide(&house, &filed, Verdict::Approve(early))
        .await
        .unwrap();
    let referred = rehearse(&house, &well, &target.code, &visit).await;
    assert_eq!(deductible(&referred), 0, "{referred}");
    house
        .accept(&from.code, "2502", undo_of(&well, &filed))
        .await;
    let undone = rehearse(&house, &well, &target.code, &visit).await;
    assert_eq!(deductible(&undone), deductible(&without));
}

#[tokio::test]
async fn a_designation_waits_counts_and_is_changed_at_most_once_a_month() {
    let house = House::open().await;
    let (place, other) = (graded(Grade::Tertiary), graded(Grade::Secondary));
    let well = person(WELL);
    let ask = json!({ "data": { "psn_no": well.number, "biz_appy_type": "03" } });
    let input = designation(&house, &well, place, "03");
    let filed = number(&house.accept(&place.code, "2505", input).await);
    let shown = house.accept(&place.code, "5302", ask.clone()).await;
    assert_eq!(shown["psnfixmedin"][0]["memo"], "待审核");
    house
        .accept(&place.code, "2506", undo_of(&well, &filed))
        .await;
    let shown = house.accept(&place.code, "5302", ask.clone()).await;
    assert_eq!(shown["psnfixmedin"], json!([]));

    let input = designation(&house, &well, place, "03");
    let filed = number(&house.accept(&place.code, "2505", input).await);
    approve(&house, &filed).await;
    let shown = house.accept(&place.code, "5302", ask).await;
    assert_eq!(shown["psnfixmedin"][0]["fixmedins_code"], place.code);
    assert_eq!(shown["psnfixmedin"][0]["memo"], "");
    let sentence = house
        .refuse(&place.code, "2506", undo_of(&well, &filed))
        .await;
    assert!(sentence.contains("已经审核"), "{sentence}");
    let soon = designation(&house, &well, other, "03");
    let sentence = house.refuse(&other.code, "2505", soon).await;
    assert!(sentence.contains("再次变更"), "{sentence}");
}

#[tokio::test]
async fn the_place_of_chronic_care_can_be_chosen_anew() {
    let house = House::open().await;
    let held = person("退休职工，已认定门诊慢性病：高血压");
    let old = held.recognitions[0].institution.clone();
    let mut hospitals = [Grade::Tertiary, Grade::Secondary].map(graded).into_iter();
    let new = hospitals.find(|one| one.code != old).unwrap();
    assert!(chronic(&house, &held, &old, "MB001").await > 0);
    assert_eq!(chronic(&house, &held, &new.code, "MB001").await, 0);
    let input = designation(&house, &held, new, "01");
    house.accept(&new.code, "2505", input).await;
    assert!(chronic(&house, &held, &new.code, "MB001").await > 0);
    assert_eq!(chronic(&house, &held, &old, "MB001").await, 0);
    let nobody = person(WELL);
    let input = designation(&house, &nobody, new, "01");
    let sentence = house.refuse(&new.code, "2505", input).await;
    assert!(sentence.contains("没有需要选定机构"), "{sentence}");
}

#[tokio::test]
async fn an_accident_is_held_until_it_is_found_out() {
    let house = House::open().await;
    let place = graded(Grade::Tertiary);
    let fund = |reply: &Value| fen(&reply["output"]["setlinfo"]["fund_pay_sumamt"]);
    for (note, conclusion) in [
        (WELL, Conclusion::AsIllness),
        (
            "在职职工，已开通家庭共济，供配偶和子女使用",
            Conclusion::FaultMinor,
        ),
        ("在职女职工，可试生育医疗", Conclusion::ThirdParty),
    ] {
        let hurt = person(note);
        let (held, visit) = stay(&house, &hurt, &place.code, "22").await;
        assert_eq!(held["infcode"], -1, "{held}");
        assert!(
            held["err_msg"].as_str().unwrap().contains("意外伤害"),
            "{held}"
        );
        let filed = number(
            &house
                .accept(&place.code, "2507", accident(&house, &hurt))
                .await,
        );
        let still = rehearse(&house, &hurt, &place.code, &visit).await;
        assert_eq!(still["infcode"], -1, "{still}");
        let open = decide(&house, &filed, Verdict::Approve(Approval::default())).await;
        assert!(open.unwrap_err().to_string().contains("调查结论"));
        conclude(&house, &filed, conclusion).await;
        let freed = rehearse(&house, &hurt, &place.code, &visit).await;
        assert_eq!(freed["infcode"], 0, "{freed}");
        match conclusion {
            // By hand: 18,593.48 in scope, 800.00 deductible, 85 per cent.
            Conclusion::AsIllness => assert_eq!(fund(&freed), 1_512_446, "{freed}"),
            // 30 per cent of it: 5,578.04.
            Conclusion::FaultMinor => assert_eq!(fund(&freed), 406_133, "{freed}"),
            _ => assert_eq!(fund(&freed), 0, "{freed}"),
        }
    }
}

#[tokio::test]
async fn the_counter_registers_people_who_live_elsewhere() {
    let house = House::open().await;
    let (target, well) = (elsewhere(), person(WELL));
    let (without, visit) = stay(&house, &well, &target.code, "21").await;
    let applied = Applied {
        class: FilingClass::NonLocal,
        from: house.now().date(),
        to: None,
        detail: FilingDetail {
            kind: "resident_elsewhere".to_owned(),
            destinations: vec![target.county.city().to_string()],
            promise: true,
            ..FilingDetail::default()
        },
    };
    let app = house.app();
    let file = |applied: Applied| {
        let (number, clerk) = (well.number.clone(), clerk(&house));
        async move { app.file_at_counter(&clerk, &number, &applied).await }
    };
    let filing = file(applied.clone()).await.unwrap();
    assert_eq!(
        filing.row.starts_on,
        days_ago(&house, 4),
        "the stay is open"
    );
    assert!(filing.row.reviewed);
    let with = rehearse(&house, &well, &target.code, &visit).await;
    let fund = |reply: &Value| fen(&reply["output"]["setlinfo"]["fund_pay_sumamt"]);
    assert!(fund(&with) > fund(&without), "{with}");

    let soon = file(applied.clone()).await.unwrap_err().to_string();
    assert!(soon.contains("承诺"), "{soon}");
    for (change, wanted) in [
        (json!({ "destinations": [] }), "没有写明备案地"),
        (
            json!({ "destinations": [house.area().to_string()] }),
            "就在本统筹区",
        ),
        (json!({ "destinations": ["12"] }), "12"),
        (json!({ "kind": "moon" }), "moon"),
    ] {
        let mut detail = serde_json::to_value(&applied.detail).unwrap();
        detail = and(detail, change);
        let wrong = Applied {
            detail: serde_json::from_value(detail).unwrap(),
            ..applied.clone()
        };
        let sentence = file(wrong).await.unwrap_err().to_string();
        assert!(sentence.contains(wanted), "{sentence} / {wanted}");
    }
}

#[tokio::test]
async fn a_faulty_filing_is_refused_with_what_is_wrong() {
    let house = House::open().await;
    let (place, other) = (graded(Grade::Tertiary), graded(Grade::Secondary));
    let well = person(WELL);
    let before = house.holdings().await;
    let today = house.now().date();
    let tomorrow = today.tomorrow().unwrap();
    let disease = recognition(&house, &well, place, "MB002");
    let refer = referral(&house, &well, other, "1");
    let choose = designation(&house, &well, place, "03");
    let hurt = accident(&house, &well);
    for (infno, good, field, value, wanted) in [
        ("2503", &disease, "psn_no", json!("P-NOBODY"), "P-NOBODY"),
        ("2503", &disease, "opsp_dise_code", json!("MB999"), "MB999"),
        ("2503", &disease, "insutype", json!("390"), "没有参加"),
        ("2503", &disease, "insu_optins", json!("110100"), "110100"),
        (
            "2503",
            &disease,
            "hosp_ide_date",
            json!(tomorrow),
            "晚于今天",
        ),
        (
            "2503",
            &disease,
            "begndate",
            json!("2024-02-30"),
            "2024-02-30",
        ),
        (
            "2503",
            &disease,
            "begndate",
            json!(days_ago(&house, 9)),
            "鉴定日期",
        ),
        (
            "2503",
            &disease,
            "enddate",
            json!(days_ago(&house, 1)),
            "早于开始日期",
        ),
        ("2503", &disease, "diag_dr_name", json!(""), "diag_dr_name"),
        ("2501", &refer, "reflin_medins_no", json!("H0"), "H0"),
        (
            "2501",
            &refer,
            "reflin_medins_no",
            json!(place.code),
            "就是本机构",
        ),
        ("2501", &refer, "refl_type", json!("3"), "转院类型"),
        ("2501", &refer, "refl_type", json!("7"), "refl_type"),
        (
            "2501",
            &refer,
            "hosp_agre_refl_flag",
            json!("0"),
            "没有同意",
        ),
        ("2501", &refer, "refl_old_mdtrt_id", json!("V0"), "V0"),
        (
            "2501",
            &refer,
            "begndate",
            json!(days_ago(&house, 3)),
            "不能补办",
        ),
        ("2501", &refer, "enddate", json!("2026-01-01"), "2026-01-01"),
        ("2505", &choose, "biz_appy_type", json!("99"), "99"),
        ("2505", &choose, "fixmedins_code", json!("H0"), "H0"),
        ("2505", &choose, "fix_srt_no", json!("3"), "排序号"),
        ("2505", &choose, "fix_srt_no", json!("甲"), "甲"),
        ("2505", &choose, "agnter_rlts", json!("77"), "77"),
        ("2507", &hurt, "psn_name", json!("冒名者"), "冒名者"),
        (
            "2507",
            &hurt,
            "certno",
            json!("000000000000000000"),
            "certno",
        ),
        ("2507", &hurt, "trum_time", json!(tomorrow), "晚于今天"),
        (
            "2507",
            &hurt,
            "begndate",
            json!(days_ago(&house, 9)),
            "早于受伤时间",
        ),
        ("2507", &hurt, "chk_pay_flag", json!("是"), "chk_pay_flag"),
        ("2507", &hurt, "dcla_souc", json!("55"), "55"),
    ] {
        let mut input = good.clone();
        let node = input.as_object_mut().unwrap().values_mut().next().unwrap();
        node[field] = value;
        let sentence = house.refuse(&place.code, infno, input).await;
        assert!(sentence.contains(wanted), "{infno} {sentence} / {wanted}");
    }
    for infno in ["2502", "2504", "2506"] {
        let sentence = house.refuse(&place.code, infno, undo_of(&well, "B0")).await;
        assert!(sentence.contains("B0"), "{sentence}");
    }
    let filed = number(&house.accept(&place.code, "2503", disease).await);
    let sentence = house
        .refuse(&other.code, "2504", undo_of(&well, &filed))
        .await;
    assert!(sentence.contains("不是本机构办理"), "{sentence}");
    let sentence = house
        .refuse(&place.code, "2502", undo_of(&well, &filed))
        .await;
    assert!(sentence.contains("不是转诊转院备案"), "{sentence}");
    assert_eq!(house.holdings().await, before, "{}", stamp(house.now()));
}
