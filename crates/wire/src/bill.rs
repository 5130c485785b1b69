//! 结算金额：一次结算的各项支付、基金分项和明细分割，写成接口字段。

use app::visit::NewLine;
use money::{Fen, Ratio};
use policy::CatalogueItem;
use settlement::{
    AccountDraw, Booked, FundShare, LayerShare, LineReason, LineSplit, SelfPaidReason,
};
use terms::{AccountKind, FundType};

use crate::{Fields, codes};

/// The most a process text may have (结算过程信息).
const PROCESS_LENGTH: usize = 4000;
/// The most a line's note may have (备注).
const NOTE_LENGTH: usize = 500;

/// Which summary field shows a fund; the rest is 其他支出.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Summary {
    Basic,
    CivilServant,
    Enterprise,
    SeriousIllness,
    LargeAmount,
    Assistance,
    Veteran,
    Other,
}

const fn summary_of(fund: FundType) -> Summary {
    match fund {
        FundType::EmployeePooled
        | FundType::EmployeeOutpatient
        | FundType::ResidentPooled
        | FundType::ResidentOutpatient => Summary::Basic,
        FundType::CivilServant => Summary::CivilServant,
        FundType::Enterprise => Summary::Enterprise,
        FundType::SeriousIllness | FundType::SeriousIllnessExtra => Summary::SeriousIllness,
        FundType::LargeAmount | FundType::EmployeeSeriousIllness => Summary::LargeAmount,
        FundType::Assistance => Summary::Assistance,
        FundType::DisabledVeteran => Summary::Veteran,
        FundType::RetiredCadre
        | FundType::Maternity
        | FundType::RuralSupplement
        | FundType::Commercial
        | FundType::LongTermCare
        | FundType::PublicFinance
        | FundType::InstitutionRelief
        | FundType::Other => Summary::Other,
    }
}

fn summed(booked: &Booked, summary: Summary) -> Fen {
    let of = booked
        .funds
        .iter()
        .filter(|share| summary_of(share.fund) == summary);
    of.map(|share| share.amount).sum()
}

/// The amounts that every settlement and reversal node has: parts of the bill and its payers.
pub(crate) fn amounts(fields: Fields, booked: &Booked) -> Fields {
    let basic = summed(booked, Summary::Basic);
    fields
        .amount("medfee_sumamt", booked.total)
        .amount("fulamt_ownpay_amt", booked.self_paid)
        .amount("overlmt_selfpay", booked.over_limit)
        .amount("preselfpay_amt", booked.prior)
        .amount("inscp_scp_amt", booked.in_scope)
        .amount("act_pay_dedc", booked.deductible)
        .amount("hifp_pay", basic)
        .ratio("pool_prop_selfpay", share(basic, booked.in_scope))
        .amount("cvlserv_pay", summed(booked, Summary::CivilServant))
        .amount("hifes_pay", summed(booked, Summary::Enterprise))
        .amount("hifmi_pay", summed(booked, Summary::SeriousIllness))
        .amount("hifob_pay", summed(booked, Summary::LargeAmount))
        .amount("maf_pay", summed(booked, Summary::Assistance))
        .amount("fund_pay_sumamt", booked.fund_total())
        .amount("acct_pay", booked.account_total())
        .amount("acct_mulaid_pay", family(&booked.accounts))
}

/// What the settlement and reversal transactions have beside [`amounts`].
pub(crate) fn payer_amounts(fields: Fields, booked: &Booked) -> Fields {
    fields
        .amount("oth_pay", summed(booked, Summary::Other))
        .amount("hifdm_pay", summed(booked, Summary::Veteran))
        .amount("psn_part_amt", booked.account_total() + booked.cash)
        .amount("psn_cash_pay", booked.cash)
}

/// What no other field of a query reply shows: other funds and those without a field there.
pub(crate) fn other_funds(booked: &Booked) -> Fen {
    summed(booked, Summary::Other) + summed(booked, Summary::Veteran)
}

/// The share of in-scope cost that the basic pooled fund really paid.
fn share(paid: Fen, in_scope: Fen) -> Option<Ratio> {
    let (paid, in_scope) = (paid.get().abs(), in_scope.get().abs());
    (in_scope > 0).then(|| Ratio::new(paid, in_scope).clamped())
}

fn family(draws: &[AccountDraw]) -> Fen {
    let family = draws.iter().filter(|draw| draw.kind == AccountKind::Family);
    family.map(|draw| draw.amount).sum()
}

/// What the person's own accounts hold after these draws, given what they held before.
pub(crate) fn balance_after(before: Fen, draws: &[AccountDraw]) -> Fen {
    let own = draws.iter().filter(|draw| draw.kind != AccountKind::Family);
    before - own.map(|draw| draw.amount).sum()
}

/// The funds one by one (结算基金分项); the layers say what each worked on.
pub(crate) fn fund_rows<'a>(
    funds: &'a [FundShare],
    layers: &'a [LayerShare],
) -> impl Iterator<Item = Fields> + 'a {
    let paying = funds.iter().filter(|share| !share.amount.is_zero());
    paying.map(move |share| {
        let own: Vec<&LayerShare> = layers
            .iter()
            .filter(|layer| layer.payer == share.fund)
            .collect();
        let base = own.iter().map(|layer| layer.base).max();
        let base = base.map(|base| {
            if share.amount.is_negative() {
                -base
            } else {
                base
            }
        });
        let code = codes::fund_pay_type(share.fund);
        Fields::new()
            .text("fund_pay_type", code)
            .amount("inscp_scp_amt", base)
            .amount("fund_payamt", share.amount)
            .text("fund_pay_type_name", fund_name(code, share.fund))
            .text("setl_proc_info", process(&own))
    })
}

/// The dictionary's name, or our own for a fund that the dictionary only knows as another one.
fn fund_name(code: &str, fund: FundType) -> &'static str {
    if codes::fund(code) == Some(fund) {
        codes::fund_pay_type_name(code)
    } else {
        fund.zh()
    }
}

fn process(layers: &[&LayerShare]) -> String {
    let sentence = |layer: &&LayerShare| {
        format!(
            "{}：计算基数{}元，起付标准{}元，支付{}元",
            layer.title, layer.base, layer.deductible, layer.paid
        )
    };
    let all: Vec<String> = layers.iter().map(sentence).collect();
    all.join("；").chars().take(PROCESS_LENGTH).collect()
}

/// How one line divides, as the fields that settlements and uploads share (费用明细分割).
pub(crate) fn line(sent: &NewLine, split: &LineSplit, item: Option<&CatalogueItem>) -> Fields {
    line_noting(sent, split, item, Vec::new())
}

/// The same with more to be said of the line.
pub(crate) fn line_noting(
    sent: &NewLine,
    split: &LineSplit,
    item: Option<&CatalogueItem>,
    mut notes: Vec<String>,
) -> Fields {
    let why = memo(&split.reason);
    if !why.is_empty() {
        notes.insert(0, why);
    }
    let notes = notes
        .join("；")
        .chars()
        .take(NOTE_LENGTH)
        .collect::<String>();
    Fields::new()
        .text("feedetl_sn", &sent.number)
        .amount("det_item_fee_sumamt", split.amount)
        .quantity("cnt", sent.quantity)
        .price("pric", sent.price)
        .price("pric_uplmt_amt", split.ceiling)
        .ratio("selfpay_prop", own_share(split))
        .amount("fulamt_ownpay_amt", split.self_paid)
        .amount("overlmt_amt", split.over_limit)
        .amount("preselfpay_amt", split.prior)
        .amount("inscp_scp_amt", split.in_scope)
        .text("chrgitm_lv", codes::chrgitm_lv(split.class))
        .text("med_chrgitm_type", charge_category(item))
        .text("memo", notes)
}

/// 自付比例: all of a self-paid line, else the prior share.
pub(crate) fn own_share(split: &LineSplit) -> Ratio {
    match split.reason {
        LineReason::SelfPaid(_) if split.in_scope.is_zero() => Ratio::ONE,
        LineReason::SelfPaid(_) | LineReason::Payable => split.prior_ratio,
    }
}

/// The catalogue's charge category; unmapped items are 其他费.
pub(crate) fn charge_category(item: Option<&CatalogueItem>) -> &str {
    let known = item.map(|item| item.charge_category.as_str());
    known.filter(|code| !code.is_empty()).unwrap_or("14")
}

/// Why a line is self-paid; empty where it is payable.
pub(crate) fn memo(reason: &LineReason) -> String {
    let LineReason::SelfPaid(reason) = reason else {
        return String::new();
    };
    match reason {
        SelfPaidReason::Unmapped => "医疗目录编码不在医保目录内，全额自费".to_owned(),
        SelfPaidReason::NotInForce => "费用发生当日目录条目未生效，全额自费".to_owned(),
        SelfPaidReason::ClassC => "丙类项目，全额自费".to_owned(),
        SelfPaidReason::Restriction(limit) => format!("不符合限定支付范围“{limit}”，全额自费"),
        SelfPaidReason::Declared => "机构申报不符合限定支付范围，全额自费".to_owned(),
        SelfPaidReason::Rule(rule) => format!("{rule}，全额自费"),
        SelfPaidReason::Audit(found) => format!("{found}，基金不予支付"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fund_stands_in_exactly_one_summary_field() {
        let all = [
            Summary::Basic,
            Summary::CivilServant,
            Summary::Enterprise,
            Summary::SeriousIllness,
            Summary::LargeAmount,
            Summary::Assistance,
            Summary::Veteran,
            Summary::Other,
        ];
        for &fund in FundType::ALL {
            let fields = all.iter().filter(|summary| summary_of(fund) == **summary);
            assert_eq!(fields.count(), 1, "{fund}");
            let code = codes::fund_pay_type(fund);
            assert!(!fund_name(code, fund).is_empty());
        }
        let code = codes::fund_pay_type(FundType::Commercial);
        assert_eq!(
            (code, fund_name(code, FundType::Commercial)),
            ("999997", "商业补充医疗保险")
        );
    }

    #[test]
    fn own_accounts_are_charged_and_sponsors_are_not() {
        let draw = |kind, fen| AccountDraw {
            kind,
            owner: "P".into(),
            amount: Fen::new(fen),
            before: Fen::ZERO,
            after: Fen::ZERO,
        };
        let draws = [
            draw(AccountKind::Historic, 300),
            draw(AccountKind::Family, 500),
        ];
        assert_eq!(balance_after(Fen::new(1000), &draws), Fen::new(700));
        assert_eq!(family(&draws), Fen::new(500));
    }

    #[test]
    fn the_shown_share_stays_a_share() {
        assert_eq!(share(Fen::new(-50), Fen::new(-200)), Some(Ratio::new(1, 4)));
        assert_eq!(share(Fen::new(300), Fen::new(200)), Some(Ratio::ONE));
        assert_eq!(share(Fen::ZERO, Fen::ZERO), None);
    }
}
