use jiff::civil::{date, datetime};
use money::{Fen, Price, Quantity, Ratio};

use super::*;
use crate::tables::transaction;

fn read(number: &str, input: &str) -> Result<Body, Refusal> {
    Body::read(
        transaction(number).unwrap(),
        &Json::parse(input.as_bytes()).unwrap(),
    )
}

fn refusal(number: &str, input: &str) -> String {
    read(number, input).unwrap_err().message().to_owned()
}

const LINE: &str = r#""feedetl_sn":"0012","mdtrt_id":"M1","psn_no":"P1","chrg_bchno":1,
    "rx_circ_flag":"0","fee_ocur_time":"2024-11-15 08:00:00","med_list_codg":"X1",
    "medins_list_codg":"Y1","det_item_fee_sumamt":"12.30","cnt":3,"pric":"4.1",
    "bilg_dept_codg":"D","bilg_dept_name":"内科","bilg_dr_codg":"D1","bilg_dr_name":"医师",
    "hosp_appr_flag":"0""#;

fn line_with(extra: &str) -> String {
    format!("{{\"feedetail\":[{{{LINE}{extra}}}]}}")
}

#[test]
fn a_node_may_be_an_object_a_list_or_lie_flat() {
    for input in [
        format!("{{\"feedetail\":[{{{LINE}}}]}}"),
        format!("{{\"feedetail\":{{{LINE}}},\"stray\":1}}"),
        format!("{{\"FeeDetail\":[{{{LINE}}}]}}"),
        format!("{{{LINE}}}"),
    ] {
        let body = read("2204", &input).unwrap();
        let line = &body.at_least_one("feedetail").unwrap()[0];
        assert_eq!(line.text("feedetl_sn").unwrap(), "0012");
        assert_eq!(line.text("chrg_bchno").unwrap(), "1");
        assert_eq!(line.amount("det_item_fee_sumamt").unwrap(), Fen::new(1230));
        assert_eq!(line.quantity("cnt").unwrap(), Quantity::new(30_000));
        assert_eq!(line.price("pric").unwrap(), Price::new(4_100_000));
        assert_eq!(
            line.datetime("fee_ocur_time").unwrap(),
            datetime(2024, 11, 15, 8, 0, 0, 0)
        );
        assert_eq!(line.optional_text("rxno"), None);
    }
}

#[test]
fn single_nodes_may_be_lists_of_one() {
    let fields = r#""psn_no":"P1","omsgid":"M1","oinfno":2207"#;
    for input in [
        format!("{{\"data\":{{{fields}}}}}"),
        format!("{{\"data\":[{{{fields}}}]}}"),
        format!("{{{fields}}}"),
    ] {
        let body = read("2601", &input).unwrap();
        assert_eq!(
            body.node("data").unwrap().text("oinfno").unwrap(),
            "2207",
            "{input}"
        );
        assert!(body.optional_node("data").is_some());
    }
    let two = format!("{{\"data\":[{{{fields}}},{{{fields}}}]}}");
    assert_eq!(refusal("2601", &two), "节点 data 应为一行，实际2行");
    assert_eq!(
        refusal("2601", r#"{"data":[]}"#),
        "节点 data 应为一行，实际0行"
    );
    assert_eq!(
        refusal("2601", r#"{"data":"x"}"#),
        "节点 data 的值“x”应为对象或数组"
    );
    assert_eq!(
        refusal("2601", r#"{"data":[7]}"#),
        "节点 data 第1行“7”应为对象"
    );
    assert_eq!(refusal("2601", r#"{"data":null}"#), "输入缺少节点 data");
    assert_eq!(refusal("2601", "{}"), "输入缺少节点 data");
}

#[test]
fn empty_and_missing_fields_are_named_with_node_and_row() {
    assert_eq!(
        refusal("2601", r#"{"data":{"psn_no":" ","omsgid":null}}"#),
        "字段 psn_no（人员编号）不能为空；字段 omsgid（原发送方报文ID）不能为空；\
         字段 oinfno（原交易编号）不能为空"
    );
    let rows = format!("{{\"feedetail\":[{{{LINE}}},{{}}]}}");
    let message = refusal("2204", &rows);
    assert!(message.starts_with("feedetail 第2行字段 feedetl_sn（费用明细流水号）不能为空；"));
    assert!(message.ends_with("；等共16处错误"), "{message}");

    let not_object = refusal("2204", r#"{"feedetail":[7]}"#);
    assert_eq!(not_object, "节点 feedetail 第1行“7”应为对象");
}

#[test]
fn regional_requirements_are_not_demanded() {
    let input = r#"{"data":{"psn_no":"P1","mdtrt_cert_type":"02","mdtrt_cert_no":"1",
        "med_type":"11","medfee_sumamt":10,"psn_setlway":"01","mdtrt_id":"M","chrg_bchno":"B",
        "acct_used_flag":"0","insutype":"310"}}"#;
    let body = read("2206", input).unwrap();
    assert_eq!(body.node("data").unwrap().optional_text("psn_name"), None);
    assert_eq!(
        body.node("data")
            .unwrap()
            .text("psn_name")
            .unwrap_err()
            .message(),
        "字段 psn_name（人员姓名）不能为空"
    );
    assert!(read("2206A", input).is_ok());
}

#[test]
fn money_is_exact_and_wrong_numbers_are_refused() {
    let amount = |text: &str| line_with(&format!(",\"prd_days\":{text}"));
    let days = |text: &str| {
        let body = read("2204", &amount(text)).unwrap();
        body.rows("feedetail")[0].optional_hundredths("prd_days")
    };
    assert_eq!(days("\"1.50\""), Some(150));
    assert_eq!(days("7"), Some(700));
    assert_eq!(days("\"\""), None);
    let label = "feedetail 第1行字段 prd_days（周期天数）";
    for (value, reason) in [
        ("1.005", "的值“1.005”小数超过2位"),
        ("100", "的值“100”超过4位数字"),
        ("\"一周\"", "的值“一周”不是数字"),
        ("true", "的值“true”应为数字"),
        ("{}", "的值“{}”应为数字"),
    ] {
        assert_eq!(refusal("2204", &amount(value)), format!("{label}{reason}"));
    }
    for (field, value, reason) in [
        ("det_item_fee_sumamt", "12.345", "小数超过2位"),
        ("det_item_fee_sumamt", "1e300", "超过16位数字"),
        (
            "det_item_fee_sumamt",
            "\"99999999999999.99\"",
            "超出可处理的数值范围",
        ),
        ("cnt", "0.00001", "小数超过4位"),
        ("cnt", "999999999999.9999", "超出可处理的数值范围"),
        ("pric", "1.0000001", "小数超过6位"),
        ("pric", "9999999999.999999", "超出可处理的数值范围"),
    ] {
        let start = LINE.find(&format!("\"{field}\":")).unwrap() + field.len() + 3;
        let end = start + LINE[start..].find(',').unwrap();
        let line = format!("{}{value}{}", &LINE[..start], &LINE[end..]);
        let message = refusal("2204", &format!("{{\"feedetail\":[{{{line}}}]}}"));
        assert!(
            message.contains(field) && message.ends_with(reason),
            "{message}"
        );
    }
}

#[test]
fn no_bounded_price_and_quantity_overflow_a_line() {
    let input = line_with("").replace("\"cnt\":3", "\"cnt\":99999999.9999");
    let input = input.replace("\"pric\":\"4.1\"", "\"pric\":99999999.999999");
    let body = read("2204", &input).unwrap();
    let line = &body.rows("feedetail")[0];
    let price = line.price("pric").unwrap();
    let product = price.times(line.quantity("cnt").unwrap(), money::Rounding::HalfUp);
    assert!(product.get() > 0);
}

#[test]
fn lengths_are_checked_with_the_known_exceptions() {
    let input = |number: &str| {
        format!(
            "{{\"data\":{{\"mdtrt_cert_type\":\"02\",\"mdtrt_cert_no\":\"{number}\",\
             \"psn_cert_type\":1,\"certno\":\"1\",\"psn_name\":\"{}\"}}}}",
            "名".repeat(50)
        )
    };
    let body = read("1101", &input("1")).unwrap();
    assert_eq!(
        body.node("data").unwrap().text("psn_cert_type").unwrap(),
        "01"
    );
    let long = "9".repeat(51);
    let message = refusal("1101", &input(&long));
    assert!(
        message.contains("mdtrt_cert_no（就诊凭证编号）的值“9999"),
        "{message}"
    );
    assert!(message.ends_with("超过长度50"), "{message}");
    let blob = format!("42|{}", "A".repeat(500));
    assert!(read("1101", &input(&blob)).is_ok());
    assert!(refusal("1101", &input(&"名".repeat(51))).ends_with("超过长度50"));
    assert!(refusal("1101", &input("a\\u0000b")).ends_with("含有空字符"));
}

#[test]
fn codes_are_checked_where_the_table_says_so() {
    let entitlement = |scheme: &str| {
        format!(
            "{{\"data\":{{\"psn_no\":\"P\",\"insutype\":{scheme},\"fixmedins_code\":\"H1\",\
             \"med_type\":\"11\",\"begntime\":\"2024-11-15\"}}}}"
        )
    };
    assert!(read("2001", &entitlement("\"390\"")).is_ok());
    assert!(read("2001", &entitlement("390")).is_ok());
    assert_eq!(
        refusal("2001", &entitlement("\"999\"")),
        "字段 insutype（险种类型）的值“999”不在字典“险种类型”中"
    );
    for (sent, read_as) in [("\"2\"", "02"), ("2", "02"), ("\"02\"", "02")] {
        let person = format!(
            "{{\"data\":{{\"mdtrt_cert_type\":{sent},\"mdtrt_cert_no\":\"1\",\
             \"psn_cert_type\":\"01\",\"certno\":\"1\",\"psn_name\":\"名\"}}}}"
        );
        let body = read("1101", &person).unwrap();
        assert_eq!(
            body.node("data").unwrap().text("mdtrt_cert_type").unwrap(),
            read_as
        );
    }
}

#[test]
fn dates_and_datetimes_stand_in_for_each_other() {
    let visits = |begin: &str, end: &str| {
        format!(
            "{{\"data\":{{\"psn_no\":\"P\",\"begntime\":\"{begin}\",\"endtime\":\"{end}\",\
             \"med_type\":\"11\"}}}}"
        )
    };
    let body = read("5201", &visits("2024-11-01", "2024-11-30")).unwrap();
    let data = body.node("data").unwrap();
    assert_eq!(
        data.datetime("begntime").unwrap(),
        datetime(2024, 11, 1, 0, 0, 0, 0)
    );
    let end = data.optional_range_end("endtime");
    assert_eq!(end, Some(datetime(2024, 11, 30, 23, 59, 59, 0)));
    assert_eq!(data.date("endtime").unwrap(), date(2024, 11, 30));
    assert_eq!(
        refusal("5201", &visits("2024-02-30", "2024-11-30")),
        "字段 begntime（开始时间）的值“2024-02-30”不是日期，应为yyyy-MM-dd或yyyy-MM-dd HH:mm:ss"
    );
    let unfilled = refusal("5201", &visits("0001-01-01 00:00:00", "2024-11-30"));
    assert_eq!(unfilled, "字段 begntime（开始时间）不能为空");
    let refused = data.refuse("begntime", "晚于当前时间");
    assert_eq!(
        refused.message(),
        "字段 begntime（开始时间）的值“2024-11-01 00:00:00”晚于当前时间"
    );
}

#[test]
fn the_extension_field_may_be_text_or_object() {
    for sent in [
        r#"{"TRUM_FLAG":"1","REL_TTP_FLAG":0}"#,
        r#""{\"trum_flag\":\"1\",\"REL_TTP_FLAG\":0}""#,
    ] {
        let body = read("2204", &line_with(&format!(",\"expContent\":{sent}"))).unwrap();
        let line = &body.rows("feedetail")[0];
        assert_eq!(line.extension("TRUM_FLAG"), Some("1"), "{sent}");
        assert_eq!(line.extension("REL_TTP_FLAG"), Some("0"), "{sent}");
        assert_eq!(line.extension("IPT_TYPE"), None);
    }
    let body = read("2204", &line_with(",\"exp_content\":\"随意文字\"")).unwrap();
    assert_eq!(body.rows("feedetail")[0].extension("TRUM_FLAG"), None);
    let long = format!(",\"exp_content\":\"{}\"", "x".repeat(4001));
    assert!(refusal("2204", &line_with(&long)).ends_with("超过长度4000"));
}

#[test]
fn nested_rows_and_raw_fields_are_kept() {
    let head = r#""psn_no":"P","mdtrt_cert_type":"02","mdtrt_cert_no":"1","begntime":"2024-11-15",
        "medfee_sumamt":12.3,"insutype":"310","acct_used_flag":1,"med_type":41"#;
    let traced = r#","durg_trac_info":{"feedetl_sn":1,"drug_trac_codg":"T","trdn_flag":0}"#;
    let input = format!("{{\"druginfo\":{{{head}}},\"drugdetail\":{{{LINE}{traced}}}}}");
    let body = read("2102", &input).unwrap();
    let line = &body.rows("drugdetail")[0];
    assert_eq!(
        line.rows("durg_trac_info")[0]
            .text("drug_trac_codg")
            .unwrap(),
        "T"
    );
    let broken = input.replace("\"trdn_flag\":0", "\"trdn_flag\":7");
    assert!(refusal("2102", &broken).contains("trdn_flag（拆零标志）的值“7”不在字典"));

    let input = r#"{"mdtrtinfo":{"mdtrt_id":"M","psn_no":"P","med_type":"11",
        "begntime":"2024-11-15 08:00:00","rxIn":[1,2,255],"geso_val":12}}"#;
    let body = read("2203A", input).unwrap();
    let visit = body.node("mdtrtinfo").unwrap();
    assert_eq!(
        visit.raw("rxIn").map(ToString::to_string),
        Some("[1,2,255]".to_owned())
    );
    assert_eq!(visit.integer("geso_val").unwrap(), 12);
    assert_eq!(visit.optional_integer("geso_val"), Some(12));
    assert!(body.rows("diseinfo").is_empty());
    assert_eq!(
        body.at_least_one("diseinfo").unwrap_err().message(),
        "节点 diseinfo 至少要有一行"
    );
}

#[test]
fn a_flat_head_may_stand_beside_a_list() {
    let input = r#"{"mdtrt_id":"M","psn_no":"P","med_type":"11","begntime":"2024-11-15",
        "dise_codg":"","diseinfo":[]}"#;
    let body = read("2203A", input).unwrap();
    assert_eq!(
        body.node("mdtrtinfo").unwrap().text("mdtrt_id").unwrap(),
        "M"
    );
}

#[test]
fn ratios_are_exact() {
    let data = transaction("2403").unwrap().input_node("adminfo").unwrap();
    assert!(data.position("ttp_pay_prop").is_some());
    let field = &data.fields[data.position("ttp_pay_prop").unwrap()];
    let value = read_value(field, &Json::Text("0.3333".into())).unwrap();
    assert_eq!(value, Value::Number(3333));
    let node = Node {
        table: data,
        row: 0,
        values: (0..data.fields.len()).map(|_| value.clone()).collect(),
        nested: Vec::new(),
    };
    assert_eq!(
        node.optional_ratio("ttp_pay_prop"),
        Some(Ratio::new(3333, 10_000))
    );
}

#[test]
fn whole_numbers_are_checked() {
    let visit = |weeks: &str| {
        format!(
            "{{\"mdtrtinfo\":{{\"mdtrt_id\":\"M\",\"psn_no\":\"P\",\"med_type\":\"11\",\
             \"begntime\":\"2024-11-15\",\"geso_val\":{weeks}}}}}"
        )
    };
    for (weeks, reason) in [
        ("\"A1\"", "不是数字"),
        ("1.5", "应为整数"),
        ("100", "超过2位数字"),
    ] {
        let message = refusal("2203A", &visit(weeks));
        assert!(
            message.contains("geso_val") && message.ends_with(reason),
            "{message}"
        );
    }
    let body = read("2203A", &visit("\"7.0\"")).unwrap();
    assert_eq!(
        body.node("mdtrtinfo").unwrap().integer("geso_val").unwrap(),
        7
    );
}

#[test]
fn too_many_rows_are_refused_without_reading_them() {
    let rows = vec!["{}"; MAX_ROWS + 1].join(",");
    let message = refusal("2301", &format!("{{\"feedetail\":[{rows}]}}"));
    assert_eq!(message, "节点 feedetail 有10001行，超过一次最多10000行");
}
