use std::fmt;

use money::Fen;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Amounts;
use crate::codes;

/// What came back (应答): decided yes or no, and the few things an institution goes on with.
///
/// Fields that the answer does not carry are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Whether the centre did what was asked.
    pub accepted: bool,
    /// Why not.
    pub message: String,
    /// 签到编号.
    pub sign_in: String,
    /// 人员编号.
    pub person: String,
    /// 就诊编号.
    pub visit: String,
    /// 结算编号.
    pub settlement: String,
    /// 备案编号.
    pub filing: String,
    /// The message number under which the centre keeps the settlement.
    pub remembered_as: String,
    /// Who pays, where the answer says so.
    pub amounts: Option<Amounts>,
    /// The rules of what was found about orders or a bill (规则编号).
    pub found: Vec<String>,
}

/// An answer that cannot be read: nothing is known about what the centre did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "应答无法读取：{}", self.0)
    }
}

impl std::error::Error for Unreadable {}

#[derive(Deserialize)]
struct Outer<'a> {
    #[serde(borrow)]
    infcode: &'a RawValue,
    #[serde(default)]
    err_msg: Option<String>,
    #[serde(default)]
    output: Option<Output<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Output<'a> {
    signinoutb: Option<SignIn>,
    baseinfo: Option<Person>,
    data: Option<Ids>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    #[serde(borrow)]
    setlinfo: Option<Settlement<'a>>,
    #[serde(borrow)]
    setldetail: Vec<Fund<'a>>,
}

#[derive(Deserialize)]
struct SignIn {
    sign_no: String,
}

#[derive(Deserialize)]
struct Person {
    psn_no: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Ids {
    mdtrt_id: String,
    trt_dcla_detl_sn: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Settlement<'a> {
    mdtrt_id: String,
    setl_id: String,
    medins_setl_id: String,
    #[serde(borrow)]
    medfee_sumamt: Option<&'a RawValue>,
    #[serde(borrow)]
    fulamt_ownpay_amt: Option<&'a RawValue>,
    #[serde(borrow)]
    overlmt_selfpay: Option<&'a RawValue>,
    #[serde(borrow)]
    preselfpay_amt: Option<&'a RawValue>,
    #[serde(borrow)]
    inscp_scp_amt: Option<&'a RawValue>,
    #[serde(borrow)]
    fund_pay_sumamt: Option<&'a RawValue>,
    #[serde(borrow, alias = "psn_pay")]
    psn_part_amt: Option<&'a RawValue>,
    #[serde(borrow)]
    acct_pay: Option<&'a RawValue>,
    #[serde(borrow, alias = "cash_payamt")]
    psn_cash_pay: Option<&'a RawValue>,
    #[serde(borrow)]
    hosp_part_amt: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Fund<'a> {
    fund_pay_type: String,
    #[serde(borrow)]
    fund_payamt: &'a RawValue,
}

impl Answer {
    /// Reads the bytes of an answer.
    ///
    /// # Errors
    /// [`Unreadable`] when the bytes are no answer of this interface.
    pub fn read(body: &[u8]) -> Result<Self, Unreadable> {
        let outer: Outer<'_> =
            serde_json::from_slice(body).map_err(|cause| Unreadable(cause.to_string()))?;
        let accepted = match outer.infcode.get().trim_matches('"') {
            "0" => true,
            "-1" => false,
            other => return Err(Unreadable(format!("infcode {other}"))),
        };
        let output = outer.output.unwrap_or_default();
        let ids = output.data.or_else(|| first(output.result));
        let ids = ids.unwrap_or_default();
        let answer = Self {
            accepted,
            found: found(output.result),
            message: outer.err_msg.unwrap_or_default(),
            sign_in: output.signinoutb.map(|row| row.sign_no).unwrap_or_default(),
            person: output.baseinfo.map(|row| row.psn_no).unwrap_or_default(),
            visit: ids.mdtrt_id,
            filing: ids.trt_dcla_detl_sn,
            ..Self::default()
        };
        match output.setlinfo {
            Some(settlement) => answer.with_settlement(settlement, &output.setldetail),
            None => Ok(answer),
        }
    }

    fn with_settlement(
        self,
        settlement: Settlement<'_>,
        funds: &[Fund<'_>],
    ) -> Result<Self, Unreadable> {
        let from_funds = funds
            .iter()
            .filter(|fund| fund.fund_pay_type != codes::PERSONAL_ACCOUNT_FUND);
        let listed = from_funds
            .map(|fund| yuan(Some(fund.fund_payamt)))
            .sum::<Result<Fen, Unreadable>>()?;
        let amounts = Amounts {
            total: yuan(settlement.medfee_sumamt)?,
            not_covered: yuan(settlement.fulamt_ownpay_amt)?,
            over_limit: yuan(settlement.overlmt_selfpay)?,
            prior_share: yuan(settlement.preselfpay_amt)?,
            in_scope: yuan(settlement.inscp_scp_amt)?,
            funds: yuan(settlement.fund_pay_sumamt)?,
            funds_listed: Some(listed),
            personal: yuan(settlement.psn_part_amt)?,
            account: yuan(settlement.acct_pay)?,
            cash: yuan(settlement.psn_cash_pay)?,
            institution: yuan(settlement.hosp_part_amt)?,
        };
        Ok(Self {
            visit: settlement.mdtrt_id,
            settlement: settlement.setl_id,
            remembered_as: settlement.medins_setl_id,
            amounts: Some(amounts),
            ..self
        })
    }
}

/// An admission or a filing answers in a node that other transactions fill with fee lines, as a row
/// or a list.
fn first(result: Option<&RawValue>) -> Option<Ids> {
    let text = result?.get();
    let row: Result<Ids, _> = serde_json::from_str(text);
    let rows = || {
        serde_json::from_str::<Vec<Ids>>(text)
            .ok()?
            .into_iter()
            .next()
    };
    row.ok().or_else(rows)
}

/// The rules of prompts, which come in the same node.
fn found(result: Option<&RawValue>) -> Vec<String> {
    #[derive(Deserialize)]
    struct Found {
        rule_id: String,
    }
    let rows = result.map(|raw| serde_json::from_str::<Vec<Found>>(raw.get()));
    let rows = rows.and_then(Result::ok).unwrap_or_default();
    rows.into_iter().map(|row| row.rule_id).collect()
}

/// An amount in yuan, written as a number or as a text; nothing means zero.
fn yuan(raw: Option<&RawValue>) -> Result<Fen, Unreadable> {
    let text = raw.map_or("", |raw| raw.get().trim_matches('"'));
    if text.is_empty() || text == "null" {
        return Ok(Fen::ZERO);
    }
    Fen::from_yuan_text(text).map_err(|_| Unreadable(format!("金额 {text}")))
}
