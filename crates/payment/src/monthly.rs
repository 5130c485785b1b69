//! 月度支付：一家机构一个月的账单，按各自的支付办法先付多少、留到年终多少。

use std::collections::BTreeMap;

use money::{Decimal, Fen, Points, Ratio};
use serde::{Deserialize, Serialize};
use terms::{AreaCode, CareType, Date, Scheme};

use crate::amounts::{Explained, shares, sum};
use crate::methods::bed_day_tiers::{BedDayStay, pay_by_days};
use crate::methods::fee_for_service::{FeeBatch, pay_batch};
use crate::methods::global_budget::{MonthQuestion, pay_month};
use crate::methods::prepayment::{AheadBasis, MonthAhead, prepay_month};
use crate::methods::single_disease::{QuotaCase, quota_payment};
use crate::{Arrangement, Method, MethodBook, MethodVersion, Refusal, Step, Traits};

/// How the months of a method are paid that is settled at the end of the year (月度预付).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Monthly {
    /// 预付比例.
    pub ratio: Ratio,
    /// What it is a share of.
    #[serde(default)]
    pub basis: MonthlyBasis,
    /// 预估点值, for a share of points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point_value: Option<Decimal<4>>,
}

/// What a month's payment is a share of (预付基数).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthlyBasis {
    /// 当月项目金额.
    #[default]
    Items,
    /// 当月点数 × 预估点值.
    Points,
}

impl Monthly {
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        shares(&[("monthly.ratio", self.ratio)])?;
        match (self.basis, self.point_value) {
            (MonthlyBasis::Points, None) => {
                let want = "按点数预付，应写明预估点值";
                Err(Refusal::parameter("monthly.point_value", "空", want))
            }
            (MonthlyBasis::Items, Some(value)) => {
                let want = "按项目金额预付，用不到点值";
                Err(Refusal::parameter("monthly.point_value", value, want))
            }
            _ => Ok(()),
        }
    }
}

/// A settled bill as far as monthly payment asks (月度账单); a reversal has negative amounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// 结算编号.
    pub id: String,
    /// 医疗类别.
    pub care: CareType,
    /// 基金按项目应付.
    pub fund: Fen,
    /// 总费用.
    #[serde(default)]
    pub cost: Fen,
    /// 住院天数; 0 for care without a stay.
    #[serde(default)]
    pub days: i64,
    /// 单病种, where it is one.
    #[serde(default)]
    pub disease: Option<String>,
}

/// The budget of a month (月度限额).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// 月度限额.
    pub quota: Fen,
    /// 以前月份结转的限额.
    #[serde(default)]
    pub carry_available: Fen,
}

/// An institution's month in one book (机构月度).
#[derive(Debug, Clone)]
pub struct Month<'a> {
    /// 统筹区.
    pub area: AreaCode,
    /// 险种, which is the book.
    pub scheme: Scheme,
    /// The last day of the month: the parameters in force on it apply.
    pub day: Date,
    /// Who.
    pub institution: &'a Traits,
    /// What was settled in the month.
    pub claims: &'a [Claim],
    /// By arrangement, for global budgets.
    pub quotas: BTreeMap<String, Quota>,
    /// 当月点数 by arrangement, for payment ahead by points.
    pub points: BTreeMap<String, Points>,
}

/// What a method pays for a month's bills (月度支付行).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MethodLine {
    /// The arrangement's key.
    pub arrangement: String,
    /// Its 中文 title.
    pub title: String,
    /// The method's 中文 name.
    pub method: String,
    /// 年度 and version of the parameters.
    pub version: (i16, u32),
    /// 结算 counted.
    pub claims: usize,
    /// 按项目应付.
    pub items: Fen,
    /// 本月按办法支付.
    pub paid: Fen,
    /// Items not paid now: left to the end of the year; negative when the method pays more.
    pub held: Fen,
    /// 结转限额 for later months.
    pub carry_left: Fen,
    /// Whether what is held is a retention returned by assessment (质量保证金).
    pub retention: bool,
    /// Where the parameters are written.
    pub basis: String,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// What each method pays for a month (月度支付): one line per arrangement that has a bill, in order
/// of key; bills that no arrangement covers are paid by items and have no line.
///
/// # Errors
/// [`Refusal::NotApproved`], [`Refusal::BadFact`] for a global budget without a quota and for stays
/// without days, [`Refusal::TooLarge`].
pub fn monthly_lines(book: &MethodBook, month: &Month<'_>) -> Result<Vec<MethodLine>, Refusal> {
    let mut by_key: BTreeMap<&str, (&Arrangement, Vec<&Claim>)> = BTreeMap::new();
    for claim in month.claims {
        let place = (month.area, month.scheme);
        let found = book.covering(place, month.institution, claim.care, month.day);
        if let Some(one) = found {
            let (_, claims) = by_key.entry(&one.key).or_insert((one, Vec::new()));
            claims.push(claim);
        }
    }
    let each = by_key.into_values();
    each.map(|(one, claims)| line(one, &claims, month))
        .collect()
}

struct Paid {
    amount: Fen,
    carry_left: Fen,
    retention: bool,
    trace: Vec<Step>,
}

impl From<Explained> for Paid {
    fn from(explained: Explained) -> Self {
        Self {
            amount: explained.amount,
            carry_left: Fen::ZERO,
            retention: false,
            trace: explained.trace,
        }
    }
}

fn line(one: &Arrangement, claims: &[&Claim], month: &Month<'_>) -> Result<MethodLine, Refusal> {
    let (scheme, on) = (month.scheme, month.day);
    let area = month.area;
    let none = Refusal::NoMethod { area, scheme, on };
    let (version, basis) = one.on(on)?.ok_or(none)?;
    let funds: Vec<Fen> = claims.iter().map(|claim| claim.fund).collect();
    let items = sum(&funds, "当月项目金额")?;
    let paid = pay(one, version, claims, items, month)?;
    Ok(MethodLine {
        arrangement: one.key.clone(),
        title: one.title.clone(),
        method: version.method.zh().to_owned(),
        version: (version.year, version.version),
        claims: claims.len(),
        items,
        paid: paid.amount,
        held: sum(&[items, -paid.amount], "留存金额")?,
        carry_left: paid.carry_left,
        retention: paid.retention,
        basis: basis.text(),
        trace: paid.trace,
    })
}

fn pay(
    one: &Arrangement,
    version: &MethodVersion,
    claims: &[&Claim],
    items: Fen,
    month: &Month<'_>,
) -> Result<Paid, Refusal> {
    match &version.method {
        Method::FeeForService { retention_rate, .. } => by_items(items, *retention_rate),
        Method::GlobalBudget { allow_carry, .. } => {
            let found = month.quotas.get(&one.key);
            let quota = found.ok_or_else(|| {
                let who = format!("机构{}", month.institution.code);
                Refusal::fact(who, "quota", one.title.clone(), "没有当月限额")
            })?;
            under_quota(items, *quota, *allow_carry)
        }
        Method::BedDay { tiers } => by_claims(claims, |claim| {
            let leave_days = 0;
            let (days, tiers) = (claim.days, tiers.clone());
            let priced = pay_by_days(&BedDayStay {
                days,
                leave_days,
                tiers,
            })?;
            let others = claim.cost.minus_to_zero(claim.fund);
            let amount = sum(&[priced.amount, -others], "床日支付")?;
            let trace = priced.trace;
            Ok(Explained { amount, trace })
        }),
        Method::SingleDisease {
            quotas,
            patient_share,
            patient_pays,
            exit_ratio,
        } => by_claims(claims, |claim| {
            let quota = claim.disease.as_ref().and_then(|name| quotas.get(name));
            let Some(quota) = quota else {
                return Ok(unpriced(claim));
            };
            let paid = quota_payment(&QuotaCase {
                actual: claim.cost,
                quota: *quota,
                patient_share: *patient_share,
                patient_pays: *patient_pays,
                exit_ratio: *exit_ratio,
                complication: false,
            })?;
            let amount = if paid.left { claim.fund } else { paid.fund };
            let trace = paid.trace;
            Ok(Explained { amount, trace })
        }),
        Method::Prepayment { ratio } => ahead(*ratio, AheadBasis::Items(items)),
        _ => before_year_end(one, version, items, month),
    }
}

/// What a method that is cleared by the year pays ahead.
fn before_year_end(
    one: &Arrangement,
    version: &MethodVersion,
    items: Fen,
    month: &Month<'_>,
) -> Result<Paid, Refusal> {
    let Some(monthly) = &version.monthly else {
        let want = "年终清算，应写明每月如何预付";
        return Err(Refusal::parameter("monthly", version.method.zh(), want));
    };
    let points = month.points.get(&one.key).copied();
    match (monthly.point_value, points) {
        (Some(value), Some(points)) => ahead(monthly.ratio, AheadBasis::Points(points, value)),
        (Some(_), None) => {
            let who = format!("机构{}", month.institution.code);
            let title = one.title.clone();
            Err(Refusal::fact(who, "points", title, "没有当月点数"))
        }
        (None, _) => ahead(monthly.ratio, AheadBasis::Items(items)),
    }
}

fn ahead(ratio: Ratio, basis: AheadBasis) -> Result<Paid, Refusal> {
    prepay_month(&MonthAhead { ratio, basis }).map(Paid::from)
}

fn by_items(items: Fen, retention_rate: Ratio) -> Result<Paid, Refusal> {
    if items.is_negative() {
        return Ok(taken_back(items));
    }
    let paid = pay_batch(&FeeBatch {
        declared: items,
        review_deductions: Fen::ZERO,
        agreement_penalties: Fen::ZERO,
        carried_in: Fen::ZERO,
        retention_rate,
    })?;
    Ok(Paid {
        amount: paid.paid_now,
        carry_left: Fen::ZERO,
        retention: true,
        trace: paid.trace,
    })
}

fn under_quota(items: Fen, quota: Quota, allow_carry: bool) -> Result<Paid, Refusal> {
    let back = items.is_negative();
    let paid = pay_month(&MonthQuestion {
        actual: if back { Fen::ZERO } else { items },
        quota: quota.quota,
        carry_available: quota.carry_available,
        allow_carry,
    })?;
    if back {
        let carry_left = paid.carry_left;
        return Ok(Paid {
            carry_left,
            ..taken_back(items)
        });
    }
    Ok(Paid {
        amount: paid.paid,
        carry_left: paid.carry_left,
        retention: false,
        trace: paid.trace,
    })
}

const BACK: crate::trace::Rule = crate::trace::Rule {
    rule: "monthly.taken_back",
    name: "当月退费",
    source: crate::trace::source::LOCAL,
};

const UNPRICED: crate::trace::Rule = crate::trace::Rule {
    rule: "monthly.by_items",
    name: "按项目支付",
    source: crate::trace::source::LOCAL,
};

/// More was reversed in the month than settled: nothing is held of what comes back.
fn taken_back(items: Fen) -> Paid {
    let sentence = format!("当月退费多于结算，合计{items}元，全额冲回");
    Explained::by(&BACK, items, sentence).into()
}

fn unpriced(claim: &Claim) -> Explained {
    let what = claim.disease.as_deref().unwrap_or("未注明的病种");
    let sentence = format!(
        "结算{}的{what}没有定额，按项目支付{}元",
        claim.id, claim.fund
    );
    Explained::by(&UNPRICED, claim.fund, sentence)
}

/// Each bill by its own price; a reversal takes back what its bill was paid.
fn by_claims(
    claims: &[&Claim],
    price: impl Fn(&Claim) -> Result<Explained, Refusal>,
) -> Result<Paid, Refusal> {
    let (mut total, mut trace) = (Fen::ZERO, Vec::new());
    for claim in claims {
        let back = claim.cost.is_negative();
        let mut bill = (*claim).clone();
        if back {
            (bill.cost, bill.fund) = (-bill.cost, -bill.fund);
        }
        let priced = price(&bill)?;
        let amount = if back { -priced.amount } else { priced.amount };
        total = sum(&[total, amount], "月度支付")?;
        trace.extend(priced.trace);
    }
    Ok(Paid {
        amount: total,
        carry_left: Fen::ZERO,
        retention: false,
        trace,
    })
}
