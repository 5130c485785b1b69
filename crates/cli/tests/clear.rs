//! `tongchou clear` as a user meets it: files in, files out, refusals with a code and a sentence.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

fn tongchou(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongchou"));
    command.arg("clear").args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    let both = [output.stdout.clone(), output.stderr.clone()].concat();
    String::from_utf8(both).unwrap()
}

/// A folder with an input file; what comes out lies beside it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn with(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("in.json"), text).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn clear(&self, more: &[&str]) -> Output {
        let (input, out) = (self.path("in.json"), self.path("out.json"));
        let mut arguments = vec!["--input", &input, "--out", &out];
        arguments.extend(more);
        tongchou(&arguments)
    }

    fn result(&self) -> Value {
        serde_json::from_str(&fs::read_to_string(self.path("out.json")).unwrap()).unwrap()
    }
}

/// Two hospitals, a stable group of eight cases around 1,000.00, and three cases of the year.
fn points_region() -> Value {
    let base: Vec<Value> = (0..8)
        .map(|nth| {
            let hospital = if nth < 6 { "A" } else { "B" };
            json!({"hospital": hospital, "group": "G1", "cost": "1000.00"})
        })
        .collect();
    let case = |id: &str, hospital: &str, patient: &str, days: (&str, &str), cost: &str| {
        json!({
            "id": id, "hospital": hospital, "patient": patient, "group": "G1",
            "admit": days.0, "discharge": days.1, "cost": cost, "unreasonable": "0.00",
            "fund": "600.00", "others": "400.00", "bed_day_rate": null,
            "special_review_approved": false, "tumour_therapy": false,
        })
    };
    json!({
        "kind": "drg_points", "version": 1,
        "params": {
            "n_min": 5, "cv_max": "1", "low": "0.4",
            "high_steps": [[100, "3"], [200, "2.5"], [null, "2"]],
            "coef_weights": ["0.7", "0.3"], "coef_clamp": ["0.7", "1.3"],
            "same_price_groups": [], "readmission": {"window": 15, "factor": "0.5"},
            "share": {"keep": "0.85", "bear": "0.15"}, "variant": "A",
        },
        "hospitals": [{"code": "B", "tier": 2}, {"code": "A", "tier": 3}],
        "base_year_cases": base,
        "cases": [
            case("C1", "A", "P1", ("2024-03-01", "2024-03-05"), "1000.00"),
            case("C2", "B", "P1", ("2024-03-10", "2024-03-12"), "1000.00"),
            case("C3", "B", "P2", ("2024-05-01", "2024-05-03"), "300.00"),
        ],
        "budget": "2000.00",
    })
}

fn scores_region() -> Value {
    json!({
        "kind": "dip", "version": 1,
        "params": {
            "base": "1000", "year_weights": ["1", "2", "7"], "low": "0.5", "high": "2",
            "basic_groups": ["N1"], "reimbursement_ratio": "0.5",
        },
        "hospitals": [
            {"code": "D1", "level": 3, "coefficient": "1.1"},
            {"code": "D2", "level": 2, "coefficient": "0.9"},
        ],
        "region_year_means": ["10000.00", "10000.00", "10000.00"],
        "group_year_means": {
            "N1": ["1000.00", "1000.00", "1000.00"], "N2": ["8000.00", "8200.00", "8700.00"],
        },
        "level_means": {
            "3": {"N1": "1000.00", "N2": "8530.00"}, "2": {"N1": "1000.00", "N2": "8530.00"},
        },
        "cases": [
            {"id": "K1", "hospital": "D1", "group": "N2", "cost": "25590.00", "fund": "9000.00",
             "aux": []},
            {"id": "K2", "hospital": "D2", "group": "N1", "cost": "1000.00", "fund": "500.00",
             "aux": ["1.1", "1.2"]},
        ],
        "fund_available": "10000.00",
    })
}

#[test]
fn the_files_of_the_reference_come_out_exactly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/payment");
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there", folder.display());
        return;
    }
    for name in ["region-clearing-drg.json", "region-clearing-dip.json"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let whole: Value = serde_json::from_str(&text).unwrap();
        let desk = Desk::with(&text);
        let output = desk.clear(&[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert_eq!(desk.result(), whole["expected"], "{name}");
    }
}

/// By hand: base points 100, coefficients 1; 50 + 100 + 30 points; 1,800.00 of fund items leave
/// 200.00 of which 170.00 is kept; 1,970.00 + 1,200.00 over 180 points.
#[test]
fn a_region_by_points_comes_out_as_computed_by_hand() {
    let desk = Desk::with(&points_region().to_string());
    let output = desk.clear(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let result = desk.result();
    assert_eq!(result["mean_all"], "1000.0000");
    assert_eq!(result["coefficients"]["B"]["G1"], "1.0000");
    let cases = json!([
        {"id": "C1", "cls": "normal", "points": "50.0000", "halved": true},
        {"id": "C2", "cls": "normal", "points": "100.0000", "halved": false},
        {"id": "C3", "cls": "low", "points": "30.0000", "halved": false},
    ]);
    assert_eq!(result["cases"], cases);
    assert_eq!(result["fund_final"], "1970.00");
    assert_eq!(result["point_value"], "17.6111");
    assert_eq!(
        result["entitlement"],
        json!({"A": "480.56", "B": "1489.44"})
    );
}

/// By hand: 853 × (3 − 2 + 1) × 1.1 and 100 × 1.2 unchanged by its coefficient.
#[test]
fn a_region_by_scores_comes_out_as_computed_by_hand() {
    let desk = Desk::with(&scores_region().to_string());
    let output = desk.clear(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let result = desk.result();
    assert_eq!(result["scores"], json!({"N1": "100.00", "N2": "853.00"}));
    let cases = json!([
        {"id": "K1", "cls": "high", "case_score": "1706.00", "weighted_score": "1876.6000"},
        {"id": "K2", "cls": "normal", "case_score": "120.00", "weighted_score": "120.0000"},
    ]);
    assert_eq!(result["cases"], cases);
    assert_eq!(result["settlement_point_value"], "10.0170");
    assert_eq!(
        result["entitlement"],
        json!({"D1": "9398.98", "D2": "601.02"})
    );
    // 9,000.00 is between 0.9 and 1 of the entitlement; 500.00 lies in the band of half the gap.
    assert_eq!(
        result["annual_payment"],
        json!({"D1": "9398.98", "D2": "550.51"})
    );
}

#[test]
fn key_order_further_keys_and_plain_numbers_do_not_matter() {
    let mut region = points_region();
    region["remark"] = json!({"anything": [1, 2.5, null]});
    region["params"]["cv_max"] = json!(1);
    region["params"]["low"] = json!(0.4);
    region["hospitals"][0]["tier"] = json!("2");
    region["cases"][0]["ward"] = json!("外科");
    region["cases"][1]
        .as_object_mut()
        .unwrap()
        .remove("unreasonable");
    region["cases"][1]
        .as_object_mut()
        .unwrap()
        .remove("bed_day_rate");
    region["base_year_cases"][0]["cost"] = json!(1000);
    let text = region.to_string();
    let plain = Desk::with(&points_region().to_string());
    plain.clear(&[]);
    let desk = Desk::with(&text);
    let output = desk.clear(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(desk.result(), plain.result());
}

/// One change of a good region: where, to what, the exit code and what the sentence names.
type Bent = (&'static str, Value, i32, &'static str);

fn refused(good: &Value, bent: &[Bent]) {
    for (pointer, value, code, named) in bent {
        let mut region = good.clone();
        match value {
            Value::String(text) if text == "(gone)" => {
                let (above, last) = pointer.rsplit_once('/').unwrap();
                let above = region.pointer_mut(above).unwrap();
                above.as_object_mut().unwrap().remove(last);
            }
            other => *region.pointer_mut(pointer).unwrap() = other.clone(),
        }
        let desk = Desk::with(&region.to_string());
        fs::write(desk.path("out.json"), "before").unwrap();
        let output = desk.clear(&[]);
        let told = said(&output);
        assert_eq!(
            output.status.code(),
            Some(*code),
            "{pointer} {value}: {told}"
        );
        assert!(told.contains(named), "{pointer} {value}: {told}");
        assert_eq!(told.lines().count(), 1, "one sentence: {told}");
        let kept = fs::read_to_string(desk.path("out.json")).unwrap();
        assert_eq!(kept, "before", "the old result stays");
        let left = fs::read_dir(desk.folder.path()).unwrap().count();
        assert_eq!(left, 2, "nothing half-done lies about");
    }
}

#[test]
fn a_bad_region_by_points_gets_one_sentence() {
    let gone = || json!("(gone)");
    refused(
        &points_region(),
        &[
            ("/kind", json!("magic"), 1, "kind为“magic”"),
            ("/version", json!(2), 3, "version为“2”"),
            ("/kind", gone(), 3, "缺少“kind”"),
            ("/budget", gone(), 3, "缺少“budget”"),
            ("/budget", json!(null), 3, "缺少“budget”"),
            ("/budget", json!("-1.00"), 1, "可分配金额budget为“-1.00”元"),
            ("/budget", json!("0.00"), 1, "可分配金额budget为“0.00”元"),
            (
                "/budget",
                json!("1.005"),
                3,
                "budget为“1.005”，小数位数过多",
            ),
            ("/budget", json!("一百"), 3, "budget为“一百”，不是数字"),
            ("/params", gone(), 3, "缺少“params”"),
            ("/params/n_min", json!(-1), 3, "params.n_min为“-1”"),
            ("/params/high_steps", json!([]), 1, "参数high_steps"),
            (
                "/params/high_steps",
                json!([[100, "3"]]),
                1,
                "最后一档不设上限",
            ),
            (
                "/params/high_steps",
                json!([[200, "3"], [100, "2"], [null, "1"]]),
                1,
                "由小到大",
            ),
            ("/params/coef_weights", json!(["0.7", "0.4"]), 1, "0.7、0.4"),
            (
                "/params/coef_weights",
                json!(["1"]),
                3,
                "params.coef_weights",
            ),
            (
                "/params/coef_clamp",
                json!(["1.3", "0.7"]),
                1,
                "1.3000、0.7000",
            ),
            ("/params/share/keep", json!("1.2"), 1, "share.keep为“1.2”"),
            ("/params/variant", json!("C"), 1, "params.variant为“C”"),
            (
                "/params/readmission",
                json!({"window": 15}),
                3,
                "缺少“params.readmission.factor”",
            ),
            ("/hospitals", json!([]), 1, "机构数为零"),
            ("/hospitals", json!("A"), 3, "hospitals为“A”，应为列表"),
            ("/hospitals/1/code", json!("B"), 1, "机构编码“B”重复"),
            ("/hospitals/1/tier", gone(), 3, "缺少“hospitals[1].tier”"),
            ("/base_year_cases", json!([]), 1, "基准年病例数为零"),
            (
                "/base_year_cases/3/hospital",
                json!("Z"),
                1,
                "base_year_cases[3]的医药机构“Z”",
            ),
            (
                "/base_year_cases/3/cost",
                json!("0.00"),
                1,
                "base_year_cases[3]的cost为“0.00”",
            ),
            ("/base_year_cases/3/cost", json!("-5.00"), 1, "“-5.00”"),
            (
                "/base_year_cases/3/group",
                json!(""),
                3,
                "base_year_cases[3].group为“”，不应为空",
            ),
            ("/cases", json!([]), 1, "总点数为零"),
            ("/cases", json!({}), 3, "cases为“{}”，应为列表"),
            ("/cases/2", json!(5), 3, "cases[2]应为字段组"),
            (
                "/cases/2/hospital",
                json!("Z"),
                1,
                "cases[2]（病例C3）的医药机构“Z”不在机构表中",
            ),
            ("/cases/2/hospital", gone(), 3, "缺少“cases[2].hospital”"),
            ("/cases/2/id", json!("C1"), 1, "病例编号“C1”重复"),
            ("/cases/2/patient", gone(), 3, "缺少“cases[2].patient”"),
            ("/cases/2/cost", json!("0.00"), 1, "病例C3的cost为“0.00”"),
            (
                "/cases/2/cost",
                json!("1e3"),
                3,
                "cases[2].cost为“1e3”，不是数字",
            ),
            (
                "/cases/2/cost",
                json!("99999999999999999999"),
                3,
                "数值过大",
            ),
            (
                "/cases/2/unreasonable",
                json!("300.01"),
                1,
                "病例C3的unreasonable为“300.01”",
            ),
            (
                "/cases/2/fund",
                json!("-0.01"),
                1,
                "病例C3的fund为“-0.01”，不应为负",
            ),
            (
                "/cases/2/discharge",
                json!("2024-04-30"),
                1,
                "病例C3的discharge为“2024-04-30”",
            ),
            (
                "/cases/2/discharge",
                json!("2024-02-30"),
                3,
                "cases[2].discharge为“2024-02-30”",
            ),
            (
                "/cases/2/bed_day_rate",
                json!("0.00"),
                1,
                "病例C3的bed_day_rate",
            ),
            (
                "/cases/2/tumour_therapy",
                json!("yes"),
                3,
                "应为true或false",
            ),
        ],
    );
}

#[test]
fn a_region_without_a_point_is_refused() {
    let mut region = points_region();
    for case in region["cases"].as_array_mut().unwrap() {
        case["unreasonable"] = case["cost"].clone();
    }
    refused(
        &region,
        &[("/version", json!(1), 1, "总点数为零，无法计算")],
    );
}

#[test]
fn a_bad_region_by_scores_gets_one_sentence() {
    let gone = || json!("(gone)");
    refused(
        &scores_region(),
        &[
            (
                "/fund_available",
                json!("-1.00"),
                1,
                "可分配金额fund_available为“-1.00”元",
            ),
            ("/fund_available", gone(), 3, "缺少“fund_available”"),
            ("/cases", json!([]), 1, "总分值为零"),
            (
                "/cases/0/hospital",
                json!("D9"),
                1,
                "cases[0]（病例K1）的医药机构“D9”",
            ),
            ("/cases/0/group", json!("N9"), 1, "病例K1的病种“N9”没有分值"),
            ("/cases/0/aux", json!(["0"]), 1, "病例K1的aux为“0”"),
            (
                "/cases/0/aux",
                json!("1.1"),
                3,
                "cases[0].aux为“1.1”，应为列表",
            ),
            ("/cases/1/id", json!("K1"), 1, "病例编号“K1”重复"),
            (
                "/level_means/3",
                json!({}),
                1,
                "病种“N2”没有级别3的例均费用",
            ),
            (
                "/level_means/3/N2",
                json!("0.00"),
                1,
                "level_means的N2为“0.00”",
            ),
            (
                "/group_year_means/N2",
                json!(["1.00"]),
                1,
                "参数group_year_means为“1年”",
            ),
            (
                "/region_year_means/0",
                json!("0.00"),
                1,
                "参数region_year_means为“0.00”",
            ),
            (
                "/params/year_weights",
                json!(["0", "0", "0"]),
                1,
                "参数year_weights",
            ),
            (
                "/params/reimbursement_ratio",
                json!("0"),
                1,
                "参数reimbursement_ratio为“0”",
            ),
            ("/params/low", json!("2"), 1, "参数high为“2”"),
            (
                "/hospitals/0/coefficient",
                json!("0"),
                1,
                "hospitals[0].coefficient为“0”",
            ),
            ("/hospitals/0/level", gone(), 3, "缺少“hospitals[0].level”"),
        ],
    );
}

#[test]
fn files_that_are_no_regions_are_named() {
    for (text, named) in [
        ("", "不是合法的JSON"),
        ("[]", "应为字段组"),
        ("{\"kind\": \"dip\"", "不是合法的JSON（第1行"),
        ("{\"kind\": \"dip\", \"kind\": \"dip\"}", "“kind”重复"),
    ] {
        let desk = Desk::with(text);
        let output = desk.clear(&[]);
        assert_eq!(output.status.code(), Some(3), "{text}");
        assert!(said(&output).contains(named), "{text}: {}", said(&output));
    }
    let text = points_region().to_string();
    let text = text.replacen("\"fund\":", "\"fund\":\"1.00\",\"fund\":", 1);
    let output = Desk::with(&text).clear(&[]);
    assert!(
        said(&output).contains("cases[0]的字段“fund”重复"),
        "{}",
        said(&output)
    );
    let nowhere = PathBuf::from("/nowhere/in.json").display().to_string();
    let output = tongchou(&["--input", &nowhere, "--out", "/nowhere/out.json"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("不能读取"), "{}", said(&output));
}

#[test]
fn a_result_that_can_not_be_written_is_a_failure() {
    let desk = Desk::with(&points_region().to_string());
    let (input, out) = (desk.path("in.json"), desk.path("missing/out.json"));
    let output = tongchou(&["--input", &input, "--out", &out]);
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("结果不能写入"), "{}", said(&output));
}

#[test]
fn hospitals_are_told_why() {
    let desk = Desk::with(&points_region().to_string());
    let told = said(&desk.clear(&["--explain"]));
    for sentence in [
        "机构A：50.0000点，应得480.56元",
        "病例C1：正常，50.0000点",
        "病组G1基准年8例，例均费用1000.0000元÷全部病例例均费用1000.0000元×100＝基准点数100.0000",
        "出院后15日内因同一病组再次住院，本次点数按0.5计：100.0000×0.5＝50.0000",
        "低于0.4倍",
        "结余按0.85留用，决算基金额1970.00元",
    ] {
        assert!(told.contains(sentence), "{sentence} is not in:\n{told}");
    }
    let only = said(&desk.clear(&["--explain", "--only", "C3"]));
    assert!(only.contains("病例C3") && !only.contains("病例C1") && !only.contains("机构A"));
    let of_hospital = said(&desk.clear(&["--explain", "--only", "B"]));
    assert!(of_hospital.contains("机构B") && of_hospital.contains("病例C2"));
    let lines = said(&desk.clear(&["--explain", "--format", "json"]));
    for line in lines.lines() {
        serde_json::from_str::<Value>(line).unwrap();
    }
    assert_eq!(
        lines.lines().count(),
        6,
        "two hospitals, three cases, one summary"
    );
    let desk = Desk::with(&scores_region().to_string());
    let told = said(&desk.clear(&["--explain"]));
    assert!(told.contains("费用比3.0000，高于2倍"), "{told}");
    assert!(told.contains("基层病种，系数1"), "{told}");
}
