//! Settlement lists: uploaded in both bodies, checked, grouped, submitted, asked for, counted.

use app::discharge::{Changed, Scheme};
use app::office::Clerk;
use demo_maker::Person;
use serde_json::{Value, json};

use crate::house::{AREA, House, fen, hospital, person, stamp};
use crate::messages::*;

const WELL: &str = "在职职工，正常享受待遇";

/// A stay from admission to settlement; the visit and the settlement.
async fn settled(house: &House, person: &Person) -> (String, String) {
    let place = hospital();
    let output = house.accept(place, "2401", admission(house, person)).await;
    let visit = output["result"][0]["mdtrt_id"].as_str().unwrap().to_owned();
    let lines = fees(house, person, &visit, "Z1");
    house.accept(place, "2301", lines).await;
    let left = discharge(house, person, &visit);
    house.accept(place, "2402", left).await;
    let output = house.accept(place, "2304", stay_bill(person, &visit)).await;
    let settlement = output["setlinfo"]["setl_id"].as_str().unwrap().to_owned();
    (visit, settlement)
}

/// 4101A: the slim body.
fn slim(house: &House, person: &Person, (visit, settlement): &(String, String)) -> Value {
    let begin = house.now().saturating_sub(jiff::Span::new().days(4));
    json!({
        "setlinfo": { "psn_no": person.number, "mdtrt_id": visit, "setl_id": settlement,
            "medcasno": "BA0001", "adm_time": stamp(begin), "dscg_time": stamp(house.now()),
            "dscg_caty": "A03", "dscg_way": "1", "bill_code": "PJ01", "bill_no": "0001",
            "biz_sn": "LS0001", "medins_fill_dept": "病案室", "medins_fill_psn": "李四",
            "hi_paymtd": "4", "vent_used_dura": "0/0/0", "spga_nurscare_days": "1.5",
            "setl_begn_date": begin.date(), "setl_end_date": house.now().date() },
        "diseinfo": [
            { "diag_type": "1", "diag_code": "J18.900", "diag_name": "肺炎",
              "adm_cond_type": "1", "maindiag_flag": "1" },
            { "diag_type": "1", "diag_code": "E11.900", "diag_name": "2型糖尿病",
              "adm_cond_type": "1", "maindiag_flag": "0" },
            { "diag_type": "2", "diag_code": "A04.01.01", "diag_name": "咳嗽病",
              "adm_cond_type": "1", "maindiag_flag": "1" },
        ],
        "oprninfo": [],
    })
}

/// What a slim list with a change gives.
async fn upload(house: &House, list: Value) -> Value {
    house.send(&house.message(hospital(), "4101A", list)).await
}

fn month(house: &House) -> String {
    house.now().strftime("%Y%m").to_string()
}

fn asked(house: &House) -> Value {
    json!({ "data": { "setl_ym": month(house), "page_num": 1, "page_size": 50 } })
}

/// The words of the findings of the only list, from 4104.
async fn findings(house: &House) -> Vec<(String, String)> {
    let output = house.accept(hospital(), "4104", asked(house)).await;
    let rows = output.as_array().unwrap();
    assert_eq!(rows.len(), 1, "{output}");
    let found = rows[0]["detailinfo"].as_array().unwrap().iter();
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    found
        .map(|one| (text(one, "err_lv"), text(one, "qltctrl_chk_rslt")))
        .collect()
}

#[tokio::test]
async fn a_list_is_grouped_on_arrival_and_answers_every_query() {
    let house = House::open().await;
    let (person, place) = (person(WELL), hospital());
    let stay = settled(&house, &person).await;
    let reply = upload(&house, slim(&house, &person, &stay)).await;
    assert_eq!(reply["infcode"], 0, "{reply}");
    let number = reply["output"]["data"]["setl_list_id"].as_str().unwrap();
    assert_eq!(number.len(), 9);

    let output = house.accept(place, "3605", asked(&house)).await;
    let drg = &output["data"];
    assert_eq!(drg["setl_id"], stay.1.as_str());
    assert_eq!(drg["setl_list_sn"], number);
    assert_eq!(drg["grp_rslt"], "1", "{drg}");
    assert_eq!(drg["mdc_codg"], "MDCE");
    let code = drg["drg_code"].as_str().unwrap();
    assert!(
        code.starts_with(drg["adrg_code"].as_str().unwrap()),
        "{drg}"
    );

    let output = house.accept(place, "3606", asked(&house)).await;
    let dip = &output["data"];
    assert_eq!(dip["setl_id"], stay.1.as_str());
    assert_eq!(dip["grp_diag_code"], "J18.900");
    assert_eq!(dip["grp_stas"], "1", "{dip}");

    let whose = json!({ "data": { "psn_no": person.number, "setl_id": stay.1 } });
    let output = house.accept(place, "4103", whose).await;
    let head = &output["setlinfo"];
    assert_eq!(head["setl_list_sn"], number);
    assert_eq!(head["medcasno"], "BA0001");
    assert_eq!(head["stas_type"], "0");
    assert_eq!(head["psn_name"], person.name.as_str());
    assert_eq!(
        head["spga_nurscare_days"].to_string().trim_matches('"'),
        "1.5"
    );
    assert_eq!(output["diseinfo"].as_array().unwrap().len(), 3);
    assert_eq!(output["diseinfo"][1]["diag_code"], "E11.900");

    let output = house.accept(place, "3607", asked(&house)).await;
    assert_eq!(output["data"]["qltctrl_rslt"], "1", "{output}");
    for (kind, own, code_field) in [
        ("3610", "3611", "drg_code"),
        ("3608", "3609", "dip_dise_grp_code"),
    ] {
        let region =
            json!({ "data": { "setl_mon": month(&house), "page_num": 1, "page_size": 9 } });
        let output = house.accept(place, kind, region).await;
        assert_eq!(output["data"]["setl_psntime"], 1, "{output}");
        assert_eq!(output["data"]["fixmedins_code"], place);
        assert_eq!(fen(&output["data"]["medfee_sumamt"]), 17_840);
        let mine = json!({ "data": { "setl_mon": month(&house), "page_num": 1, "page_size": 9,
            "fixmedins_code": place } });
        let output = house.accept(place, own, mine).await;
        assert_eq!(output["data"]["setl_psntime"], 1, "{output}");
        assert!(!output["data"][code_field].as_str().unwrap().is_empty());
    }
    let counted = json!({ "data": { "fixmedins_code": place, "medtype_list": ["21"],
        "stt_begntime": house.now().date(), "stt_endtime": house.now().date() } });
    let output = house.accept(place, "4105", counted).await;
    assert_eq!(
        (&output["needUploadCnt"], &output["uploadedCnt"]),
        (&json!(1), &json!(1))
    );
    house.holdings().await;
}

#[tokio::test]
async fn the_full_body_is_compared_with_our_own_settlement() {
    let house = House::open().await;
    let (person, place) = (person(WELL), hospital());
    let stay = settled(&house, &person).await;
    let mut full = slim(&house, &person, &stay);
    let head = full["setlinfo"].as_object_mut().unwrap();
    head.insert("psn_name".into(), json!(person.name));
    head.insert(
        "gend".into(),
        json!(if person.sex == terms::Sex::Male {
            "1"
        } else {
            "2"
        }),
    );
    head.insert("age".into(), json!("35"));
    full["iteminfo"] = json!([
        { "med_chrgitm": "01", "amt": "100.00" }, { "med_chrgitm": "09", "amt": "78.40" }]);
    let reply = house
        .send(&house.message(place, "4101", full.clone()))
        .await;
    assert_eq!(reply["infcode"], 0, "{reply}");
    let found = findings(&house).await;
    assert!(found.iter().all(|(gravity, _)| gravity == "2"), "{found:?}");

    full["iteminfo"][1]["amt"] = json!("78.41");
    full["payinfo"] = json!([{ "fund_pay_type": "310100", "fund_payamt": "99999.00" }]);
    full["setlinfo"]["gend"] = json!(if person.sex == terms::Sex::Male {
        "2"
    } else {
        "1"
    });
    let reply = house.send(&house.message(place, "4101", full)).await;
    assert_eq!(reply["infcode"], 0, "{reply}");
    assert!(
        reply["warn_msg"].as_str().unwrap().contains("差错3处"),
        "{reply}"
    );
    let found = findings(&house).await;
    let errors: Vec<_> = found.iter().filter(|(gravity, _)| gravity == "1").collect();
    assert_eq!(errors.len(), 3, "{found:?}");
    let said = format!("{errors:?}");
    assert!(
        said.contains("相差0.01元") && said.contains("基金支付合计"),
        "{said}"
    );
    assert!(said.contains("参保登记为"), "{said}");
}

#[tokio::test]
async fn whatever_is_wrong_with_a_list_is_named_and_the_list_is_kept() {
    let house = House::open().await;
    let person = person(WELL);
    let stay = settled(&house, &person).await;
    let good = slim(&house, &person, &stay);
    let with = |path: &str, value: Value| {
        let mut list = good.clone();
        *list.pointer_mut(path).unwrap() = value;
        list
    };
    let long: Vec<Value> = (0..2_000)
        .map(|at| {
            json!({ "oprn_oprt_type": "2", "oprn_oprt_name": "某操作",
            "oprn_oprt_code": format!("99.{at:04}") })
        })
        .collect();
    let cases = [
        (
            with("/diseinfo/0/maindiag_flag", json!("0")),
            "没有主要诊断",
            "1",
        ),
        (
            with("/diseinfo/1/maindiag_flag", json!("1")),
            "主要诊断的有2个",
            "1",
        ),
        (
            with("/diseinfo/0/diag_code", json!("Q99.zzz")),
            "不在编码表中",
            "1",
        ),
        (
            with("/diseinfo/0/diag_code", json!(" j18.900 ")),
            "按J18.900读取",
            "2",
        ),
        (
            with("/diseinfo/0/diag_code", json!("J18.901")),
            "对照为J18.900",
            "2",
        ),
        (
            with("/setlinfo/dscg_time", json!("2001-01-01")),
            "出院早于入院",
            "1",
        ),
        (
            with("/setlinfo/adm_time", json!(stamp(house.now()))),
            "入院当天出院",
            "2",
        ),
        (with("/setlinfo/adm_time", json!("")), "缺少入院时间", "1"),
        (
            with("/setlinfo/vent_used_dura", json!("很久")),
            "天/小时/分钟",
            "2",
        ),
        (with("/setlinfo/bill_no", json!("")), "票据号码未填写", "2"),
        (
            with("/oprninfo", json!(long)),
            "没有一项标为主要手术操作",
            "1",
        ),
        (with("/diseinfo", json!([])), "没有主要诊断", "1"),
    ];
    for (list, said, gravity) in cases {
        let reply = upload(&house, list).await;
        assert_eq!(reply["infcode"], 0, "{said}: {reply}");
        let found = findings(&house).await;
        let hit = found.iter().find(|(_, message)| message.contains(said));
        let hit = hit.unwrap_or_else(|| panic!("{said}: {found:?}"));
        assert_eq!(hit.0, gravity, "{said}");
    }
    let rows: Vec<Value> = (0..10_001)
        .map(|_| json!({ "oprn_oprt_code": "1" }))
        .collect();
    let refused = house
        .refuse(hospital(), "4101A", with("/oprninfo", json!(rows)))
        .await;
    assert!(refused.contains("10001行"), "{refused}");
    let refused = with("/setlinfo/setl_id", json!("S404"));
    let refused = house.refuse(hospital(), "4101A", refused).await;
    assert!(refused.contains("S404"), "{refused}");
    let refused = with("/setlinfo/mdtrt_id", json!("V404"));
    let refused = house.refuse(hospital(), "4101A", refused).await;
    assert!(refused.contains("V404"), "{refused}");
}

#[tokio::test]
async fn a_list_is_submitted_without_errors_and_stays_once_it_is_approved() {
    let house = House::open().await;
    let (person, place) = (person(WELL), hospital());
    let stay = settled(&house, &person).await;
    let whose = json!({ "psn_no": person.number, "setl_id": stay.1 });
    let to = |state: &str| json!({ "data": and(whose.clone(), json!({ "stas_type": state })) });
    let missing = house.refuse(place, "4102", to("1")).await;
    assert!(missing.contains("没有找到"), "{missing}");
    let mut list = slim(&house, &person, &stay);
    list["diseinfo"][0]["maindiag_flag"] = json!("0");
    list["setlinfo"]["stas_type"] = json!("1");
    let reply = upload(&house, list.clone()).await;
    assert_eq!(reply["infcode"], 0, "{reply}");
    let faulty = house.refuse(place, "4102", to("1")).await;
    assert!(faulty.contains("差错"), "{faulty}");
    assert!(
        house
            .refuse(place, "4102", to("2"))
            .await
            .contains("经办机构")
    );
    list["diseinfo"][0]["maindiag_flag"] = json!("1");
    list["setlinfo"]["stas_type"] = json!("0");
    let number = upload(&house, list.clone()).await["output"]["data"]["setl_list_id"].clone();
    let number = number.as_str().unwrap();
    house.accept(place, "4102", to("1")).await;
    let waiting = house.refuse(place, "4101A", list.clone()).await;
    assert!(waiting.contains("已提交"), "{waiting}");

    let clerk = Clerk {
        area: house.area(),
        user: "clerk".to_owned(),
        name: "审核员".to_owned(),
        role: "clerk".to_owned(),
        address: String::new(),
    };
    let app = house.app();
    assert!(app.review_list(&clerk, number, false, " ").await.is_err());
    let back = app.review_list(&clerk, number, false, "诊断依据不足").await;
    assert_eq!(back.unwrap().state, "rejected");
    upload(&house, list.clone()).await;
    house.accept(place, "4102", to("1")).await;
    let kept = app.review_list(&clerk, number, true, "").await.unwrap();
    assert_eq!((kept.state.as_str(), kept.uploads), ("approved", 3));
    assert!(app.review_list(&clerk, number, true, "").await.is_err());
    let frozen = house.refuse(place, "4101A", list).await;
    assert!(frozen.contains("审核通过"), "{frozen}");
    assert!(
        house
            .refuse(place, "4102", to("0"))
            .await
            .contains("审核通过")
    );
    let file = app.read_discharge(&clerk, number).await.unwrap();
    assert_eq!(
        file.groups.iter().filter(|one| one.kind == "drg").count(),
        3
    );
}

#[tokio::test]
async fn a_repeated_upload_is_decided_once_and_a_reversed_bill_takes_none() {
    let house = House::open().await;
    let (person, place) = (person(WELL), hospital());
    let stay = settled(&house, &person).await;
    let message = house.message(place, "4101", slim(&house, &person, &stay));
    let first = house.send(&message).await;
    assert_eq!(first, house.send(&message).await);
    let clerk = Clerk {
        area: house.area(),
        user: "clerk".to_owned(),
        name: "审核员".to_owned(),
        role: "clerk".to_owned(),
        address: String::new(),
    };
    let number = first["output"]["data"]["setl_list_id"].as_str().unwrap();
    let file = house.app().read_discharge(&clerk, number).await.unwrap();
    assert_eq!(file.row.uploads, 1);
    let back = undo(&person, &stay.0, &stay.1);
    house.accept(place, "2305", back).await;
    let late = house
        .refuse(place, "4101", slim(&house, &person, &stay))
        .await;
    assert!(late.contains("已撤销"), "{late}");
    let output = house.accept(place, "3605", asked(&house)).await;
    assert_eq!(output["data"], json!([]), "{output}");
}

#[tokio::test]
async fn a_year_is_grouped_again_under_another_scheme_and_every_change_is_told() {
    let house = House::open().await;
    let person = person(WELL);
    let stay = settled(&house, &person).await;
    let reply = upload(&house, slim(&house, &person, &stay)).await;
    assert_eq!(reply["infcode"], 0, "{reply}");
    let app = house.app();
    let same = app.law.schemes.drg.values().next().unwrap();
    let year = house.now().year();
    let mut told = Vec::new();
    let mut each = |changed: &Changed| -> Result<(), app::Error> {
        told.push(changed.clone());
        Ok(())
    };
    let done = app.regroup(house.area(), Scheme::Drg(same), year, false, &mut each);
    let done = done.await.unwrap();
    assert_eq!((done.institutions[hospital()].lists, done.written), (1, 0));
    assert!(told.is_empty(), "the same scheme changes nothing");

    let folder = tempfile::tempdir().unwrap();
    let root =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogues/drg/example");
    for file in std::fs::read_dir(root).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let path = folder.path().join("scheme.yaml");
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("version: \"1\"", "version: \"2\"");
    std::fs::write(&path, text).unwrap();
    let path = folder.path().join("adrg_code.csv");
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("ES1,1,D,J18.900\n", "");
    std::fs::write(&path, text).unwrap();
    let other = lawbook::load_drg(folder.path(), None).unwrap().scheme;
    let mut told = Vec::new();
    let mut each = |changed: &Changed| -> Result<(), app::Error> {
        told.push(changed.clone());
        Ok(())
    };
    let done = app.regroup(house.area(), Scheme::Drg(&other), year, true, &mut each);
    let done = done.await.unwrap();
    assert_eq!(
        (done.institutions[hospital()].changed, done.written),
        (1, 1)
    );
    let before = told[0].before.as_ref().unwrap();
    assert_eq!(before.adrg, "ES1");
    assert_eq!(told[0].after.adrg, "EZ1");
    assert!(told[0].difference().is_some());
    // What is in use counts, whatever else was tried.
    let output = house.accept(hospital(), "3605", asked(&house)).await;
    assert_eq!(output["data"]["adrg_code"], "ES1", "{output}");
}

#[tokio::test]
async fn the_demonstrations_stays_get_lists_once() {
    let house = House::open().await;
    let person = person(WELL);
    let stay = settled(&house, &person).await;
    for _ in 0..2 {
        server::seed::discharges::seed(house.app(), &AREA)
            .await
            .unwrap();
    }
    let clerk = Clerk {
        area: house.area(),
        user: "clerk".to_owned(),
        name: "审核员".to_owned(),
        role: "clerk".to_owned(),
        address: String::new(),
    };
    let all = store::DischargeFilter::default();
    let page = house
        .app()
        .list_discharges(&clerk, &all, None, 9)
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(
        (page.rows[0].settlement_id.as_str(), page.rows[0].uploads),
        (stay.1.as_str(), 1)
    );
    let day = house.now().date();
    let board = house
        .app()
        .quality_board(&clerk, None, (day, day))
        .await
        .unwrap();
    assert_eq!(board.settled, 1);
    assert_eq!(board.lists.iter().map(|one| one.lists).sum::<i64>(), 1);
}
