//! Grouping by either kind of scheme, told in the same words.

use grouping::tables::SchemeTitle;
use grouping::{DipGrouped, DipScheme, Discharge, DrgScheme, Grouped, Schemes, Severity, Upcoding};
use grouping::{dip, explain, group, what_if};
use money::{Decimal, Exact, Fen, Ratio};

use super::price::{self, TOO_LARGE};
use super::{Change, GroupingKind, Placed, Terms};
use crate::Error;

/// A scheme of either kind.
pub(super) enum Scheme<'l> {
    Drg(&'l DrgScheme),
    Dip(&'l DipScheme),
}

impl<'l> Scheme<'l> {
    pub fn find(held: &'l Schemes, kind: GroupingKind, name: &str) -> Result<Self, Error> {
        let found = match kind {
            GroupingKind::Drg => held.drg.get(name).map(Scheme::Drg),
            GroupingKind::Dip => held.dip.get(name).map(Scheme::Dip),
        };
        found.ok_or_else(|| Error::missing("分组方案", name))
    }

    pub fn title(&self) -> &'l SchemeTitle {
        match self {
            Self::Drg(scheme) => scheme.title(),
            Self::Dip(scheme) => scheme.title(),
        }
    }

    pub fn place(&self, discharge: &Discharge<'_>, terms: &Terms) -> Result<Placed, Error> {
        let cost = discharge.total_cost;
        match self {
            Self::Drg(scheme) => drg_placed(&group(scheme, discharge), cost, terms),
            Self::Dip(scheme) => dip_placed(&dip::assign(scheme, discharge), cost, terms),
        }
    }

    pub fn change(
        &self,
        discharge: &Discharge<'_>,
        diagnosis: &str,
        base: &Placed,
        terms: &Terms,
    ) -> Result<Change, Error> {
        let cost = discharge.total_cost;
        let (placed, warning) = match self {
            Self::Drg(scheme) => {
                let tried = what_if(scheme, discharge, diagnosis);
                (drg_placed(&tried.after, cost, terms)?, tried.warning)
            }
            Self::Dip(scheme) => {
                let tried = dip::what_if(scheme, discharge, diagnosis);
                (dip_placed(&tried.after, cost, terms)?, tried.warning)
            }
        };
        Ok(told(diagnosis, base, placed, warning.as_ref()))
    }
}

fn drg_placed(grouped: &Grouped<'_>, cost: Option<Fen>, terms: &Terms) -> Result<Placed, Error> {
    let payable = grouped.weight.filter(|_| grouped.is_grouped());
    let priced = payable.map(|weight| price::drg(weight, cost, terms));
    let in_category = !grouped.mdc_name.is_empty();
    Ok(Placed {
        code: text_if(grouped.refusal.is_none(), grouped.drg),
        name: grouped.name.to_owned(),
        category: if in_category {
            format!("{} {}", grouped.mdc, grouped.mdc_name)
        } else {
            String::new()
        },
        level: match grouped.severity {
            Severity::Mcc => "严重合并症或并发症（MCC）",
            Severity::Cc => "一般合并症或并发症（CC）",
            Severity::None => "无合并症或并发症",
        }
        .to_owned(),
        weight: payable,
        refusal: grouped.refusal.as_ref().map(ToString::to_string),
        sentences: explain(grouped),
        priced: priced.transpose()?,
    })
}

fn dip_placed(grouped: &DipGrouped<'_>, cost: Option<Fen>, terms: &Terms) -> Result<Placed, Error> {
    let score = grouped.score.filter(|_| grouped.refusal.is_none());
    let factor = grouped.factor;
    let priced = score.map(|score| price::dip(score, factor, cost, terms));
    let weight = match score {
        Some(score) => Some(product(score, factor)?),
        None => None,
    };
    Ok(Placed {
        code: grouped.dip.to_owned(),
        name: grouped.name.to_owned(),
        category: grouped.class_name.to_owned(),
        level: if factor == Ratio::ONE {
            "无辅助目录调整".to_owned()
        } else {
            format!("辅助目录系数{factor}")
        },
        weight,
        refusal: grouped.refusal.as_ref().map(ToString::to_string),
        sentences: dip::explain(grouped),
        priced: priced.transpose()?,
    })
}

/// The product of two ratios, four places.
fn product(score: Ratio, factor: Ratio) -> Result<Ratio, Error> {
    let exact = Exact::from(score).times(factor.into());
    let rounded: Decimal<4> = exact
        .and_then(Exact::rounded)
        .map_err(|_| Error::refused(TOO_LARGE.0, TOO_LARGE.1))?;
    Ok(Ratio::new(rounded.get(), Decimal::<4>::ONE.get()))
}

fn text_if(wanted: bool, text: &str) -> String {
    if wanted {
        text.to_owned()
    } else {
        String::new()
    }
}

/// What is different with the diagnosis.
fn told(diagnosis: &str, base: &Placed, placed: Placed, warning: Option<&Upcoding>) -> Change {
    let standards = base.priced.as_ref().zip(placed.priced.as_ref());
    let difference = standards.map(|(before, after)| after.standard - before.standard);
    Change {
        diagnosis: diagnosis.to_owned(),
        effect: effect(base, &placed, difference),
        difference,
        warning: warning.map(ToString::to_string),
        placed,
    }
}

fn effect(base: &Placed, placed: &Placed, difference: Option<Fen>) -> String {
    let group = match (placed.code.as_str(), placed.refusal.as_ref()) {
        (_, Some(refusal)) if base.refusal.is_some() => format!("仍未入组：{refusal}"),
        (_, Some(refusal)) => format!("变为未入组：{refusal}"),
        (code, None) if code == base.code => format!("仍为{code}"),
        (code, None) => format!("由{}变为{code}（{}）", or_none(&base.code), placed.name),
    };
    let level = if base.level == placed.level {
        String::new()
    } else {
        format!("，{}变为{}", base.level, placed.level)
    };
    let money = match difference {
        Some(difference) if difference > Fen::ZERO => format!("，支付标准增加{difference}元"),
        Some(difference) if difference < Fen::ZERO => {
            format!("，支付标准减少{}元", Fen::ZERO - difference)
        }
        Some(_) => "，支付标准不变".to_owned(),
        None => String::new(),
    };
    format!("{group}{level}{money}")
}

fn or_none(code: &str) -> &str {
    if code.is_empty() { "未入组" } else { code }
}
