//! What every settlement reply must satisfy.

use serde_json::Value;

use crate::house::fen;

/// The identities of the interface's amounts, for settlements and reversals alike.
pub fn identities(output: &Value) {
    let setl = &output["setlinfo"];
    let get = |name: &str| fen(&setl[name]);
    let hospital = setl.get("hosp_part_amt").map_or(0, fen);
    assert_eq!(
        get("medfee_sumamt"),
        get("fund_pay_sumamt") + get("psn_part_amt") + hospital,
        "{setl}"
    );
    let funds = [
        "hifp_pay",
        "cvlserv_pay",
        "hifes_pay",
        "hifmi_pay",
        "hifob_pay",
        "maf_pay",
        "hifdm_pay",
        "oth_pay",
    ];
    assert_eq!(
        get("fund_pay_sumamt"),
        funds.iter().map(|name| get(name)).sum::<i64>()
    );
    let details = output["setldetail"].as_array().unwrap();
    let paid: i64 = details.iter().map(|row| fen(&row["fund_payamt"])).sum();
    assert_eq!(get("fund_pay_sumamt"), paid);
    assert_eq!(get("psn_part_amt"), get("acct_pay") + get("psn_cash_pay"));
    assert!(get("acct_mulaid_pay").abs() <= get("acct_pay").abs());
    let parts = [
        "fulamt_ownpay_amt",
        "overlmt_selfpay",
        "preselfpay_amt",
        "inscp_scp_amt",
    ];
    assert_eq!(
        get("medfee_sumamt"),
        parts.iter().map(|name| get(name)).sum::<i64>()
    );
}

/// Every line splits into its four parts, and the lines sum to the bill.
pub fn line_identities(rows: &Value) -> i64 {
    let rows = rows.as_array().unwrap();
    for row in rows {
        let parts = [
            "fulamt_ownpay_amt",
            "overlmt_amt",
            "preselfpay_amt",
            "inscp_scp_amt",
        ];
        let sum: i64 = parts.iter().map(|name| fen(&row[*name])).sum();
        assert_eq!(fen(&row["det_item_fee_sumamt"]), sum, "{row}");
    }
    rows.iter()
        .map(|row| fen(&row["det_item_fee_sumamt"]))
        .sum()
}

/// A reversal carries the exact negatives of its settlement.
pub fn negatives(settled: &Value, reversed: &Value) {
    for name in [
        "medfee_sumamt",
        "fund_pay_sumamt",
        "psn_part_amt",
        "acct_pay",
        "hifp_pay",
        "inscp_scp_amt",
        "fulamt_ownpay_amt",
        "preselfpay_amt",
        "overlmt_selfpay",
        "act_pay_dedc",
    ] {
        let (done, undone) = (&settled["setlinfo"][name], &reversed["setlinfo"][name]);
        assert_eq!(fen(done), -fen(undone), "{name}");
    }
}
