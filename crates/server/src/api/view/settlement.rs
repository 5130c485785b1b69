//! A saved or rehearsed settlement as receipt and trace.

use std::collections::HashMap;

use ::settlement::{CounterChange as Change, LineReason, LineSplit, SelfPaidReason};
use app::Law;
use app::settlement::{SavedLine, SavedSettlement};
use money::Fen;
use terms::{AccountKind, AreaCode, CareType, Date, ItemClass, Locality, Registration, Word};

use super::super::sheet::{
    AccountChange, CounterChange, FundShare, Layer, OwnMoney, SettlementLine, SettlementTotals,
    VisitBrief,
};
use super::super::trace::TraceStep;
use super::counters;
use super::trace::Ground;

/// A settlement with the law that explains it.
pub struct Sheet<'a> {
    law: &'a Law,
    ground: Ground<'a>,
    saved: &'a SavedSettlement,
}

/// What a line was, beside how it divided.
#[derive(Debug, Clone, Default)]
pub struct LineFacts {
    /// 医保目录编码.
    pub code: String,
    /// 单价.
    pub price: String,
    /// 数量.
    pub quantity: String,
}

impl<'a> Sheet<'a> {
    /// The sheet of a settlement; `None` where this service no longer holds the area's law.
    pub fn new(law: &'a Law, area: AreaCode, saved: &'a SavedSettlement) -> Option<Self> {
        let ground = Ground {
            area: law.book.areas.get(&area)?,
            scheme: law.scheme(area, saved.facts.scheme).ok()?,
        };
        Some(Self { law, ground, saved })
    }

    /// The area's code.
    pub fn area_code(&self) -> String {
        self.ground.area.code.to_string()
    }

    /// The institution as the decision knew it.
    pub fn institution(&self) -> &::settlement::InstitutionFacts {
        &self.saved.facts.institution
    }

    /// The person as the decision knew them, and when.
    pub fn person(&self) -> (&::settlement::PersonFacts, &::policy::CaseDates) {
        (&self.saved.facts.person, &self.saved.facts.dates)
    }

    /// The name of the area.
    pub fn area_name(&self) -> String {
        self.ground.area.name.clone()
    }

    /// The name of a declared word.
    pub fn word(&self, word: &Word) -> String {
        self.ground.word(word)
    }

    /// The visit, without its department.
    pub fn visit(&self) -> VisitBrief {
        let facts = &self.saved.facts;
        let care = facts.visit.care;
        let (from, to) = (facts.dates.admission, facts.dates.discharge);
        VisitBrief {
            id: None,
            care_type: care.word().to_owned(),
            care_type_name: care.zh().to_owned(),
            from: from.to_string(),
            to: to.to_string(),
            days: care.is_stay().then(|| days(from, to)),
            department: None,
            place_name: Some(self.place()),
            disease_name: facts.visit.disease.as_ref().map(|code| self.disease(code)),
        }
    }

    fn place(&self) -> String {
        let facts = &self.saved.facts;
        let (place, registration) = (facts.institution.locality, facts.visit.registration);
        let local = matches!(place, Locality::SameCounty | Locality::OtherCounty);
        if local && registration == Registration::None {
            place.zh().to_owned()
        } else {
            format!("{}，{}", place.zh(), registration.zh())
        }
    }

    fn disease(&self, code: &Word) -> String {
        let on = self.saved.facts.dates.settlement;
        let lists = self
            .ground
            .scheme
            .diseases
            .iter()
            .filter_map(|topic| topic.on(on));
        let mut names = lists.filter_map(|(rules, _)| rules.diseases.get(code));
        let name = names.next().map(|disease| disease.name.clone());
        name.unwrap_or_else(|| self.diagnosis(code.as_str()))
    }

    /// The name of a diagnosis, or its code.
    pub fn diagnosis(&self, code: &str) -> String {
        self.law
            .diagnoses
            .get(code)
            .cloned()
            .unwrap_or_else(|| code.to_owned())
    }

    /// The lines; `facts` by the institution's number of the line.
    pub fn lines(&self, facts: &HashMap<String, LineFacts>) -> Vec<SettlementLine> {
        let line = |(index, line): (usize, &SavedLine)| {
            let known = facts.get(&line.number).cloned().unwrap_or_default();
            SettlementLine {
                no: u32::try_from(index + 1).unwrap_or(u32::MAX),
                code: Some(known.code).filter(|code| !code.is_empty()),
                name: line.name.clone(),
                class_name: class_name(line.split.class).to_owned(),
                price: known.price,
                quantity: known.quantity,
                amount: line.split.amount.into(),
                self_paid: line.split.self_paid.into(),
                over_limit: line.split.over_limit.into(),
                prior: line.split.prior.into(),
                in_scope: line.split.in_scope.into(),
                note: line_note(&line.split),
            }
        };
        self.saved.lines.iter().enumerate().map(line).collect()
    }

    /// The totals.
    pub fn totals(&self) -> SettlementTotals {
        let (booked, own) = (&self.saved.booked, &self.saved.own);
        let family = booked
            .accounts
            .iter()
            .filter(|draw| draw.kind == AccountKind::Family);
        let family: Fen = family.map(|draw| draw.amount).sum();
        let accounts = booked.account_total();
        SettlementTotals {
            total: booked.total.into(),
            self_paid: booked.self_paid.into(),
            over_limit: booked.over_limit.into(),
            prior: booked.prior.into(),
            in_scope: booked.in_scope.into(),
            deductible: booked.deductible.into(),
            fund: booked.fund_total().into(),
            personal: (accounts + booked.cash).into(),
            account: (accounts - family).into(),
            family_account: family.into(),
            cash: booked.cash.into(),
            institution: booked.institution.into(),
            own: OwnMoney {
                self_paid: own.self_paid.into(),
                over_limit: own.over_limit.into(),
                prior: own.prior.into(),
                non_local_prior: own.non_local_prior.into(),
                deductible: own.deductible.into(),
                coinsurance: own.coinsurance.into(),
                over_cap: own.over_cap.into(),
            },
        }
    }

    /// What each layer did.
    pub fn layers(&self) -> Vec<Layer> {
        let layer = |layer: &::settlement::LayerShare| Layer {
            code: layer.key.to_string(),
            name: layer.title.clone(),
            base: layer.base.into(),
            deductible: layer.deductible.into(),
            paid: layer.paid.into(),
            fund_name: layer.payer.zh().to_owned(),
        };
        self.saved.layers.iter().map(layer).collect()
    }

    /// What each fund pays.
    pub fn funds(&self) -> Vec<FundShare> {
        let paying = self
            .saved
            .booked
            .funds
            .iter()
            .filter(|share| !share.amount.is_zero());
        let share = |share: &::settlement::FundShare| FundShare {
            code: share.fund.word().to_owned(),
            name: share.fund.zh().to_owned(),
            amount: share.amount.into(),
        };
        paying.map(share).collect()
    }

    /// The counters people ask about, before and after.
    pub fn counters(&self) -> Vec<CounterChange> {
        let on = self.saved.facts.dates.settlement;
        let shown = |change: &Change| {
            let known = counters::named(self.ground.scheme, change.key.name.as_str(), on)?;
            let subject = change
                .key
                .subject
                .as_ref()
                .map(|subject| self.disease(subject));
            Some(CounterChange {
                code: change.key.name.to_string(),
                period_name: counters::period(&change.key.period, subject.as_deref()),
                before: known.value(change.before),
                after: known.value(change.after),
                limit: known.limit.map(|limit| limit.to_string()),
                unit: known.unit,
                name: known.name,
            })
        };
        self.saved
            .booked
            .counters
            .iter()
            .filter_map(shown)
            .collect()
    }

    /// The accounts that paid; `owner` names whose they are.
    pub fn accounts(&self, owner: impl Fn(&str) -> String) -> Vec<AccountChange> {
        let draw = |draw: &::settlement::AccountDraw| AccountChange {
            kind_name: draw.kind.zh().to_owned(),
            owner_name: owner(draw.owner.as_str()),
            before: draw.before.into(),
            paid: draw.amount.into(),
            after: draw.after.into(),
        };
        self.saved.booked.accounts.iter().map(draw).collect()
    }

    /// The explanation.
    pub fn trace(&self) -> Vec<TraceStep> {
        self.saved
            .trace
            .iter()
            .map(|step| self.ground.step(step))
            .collect()
    }
}

/// Whether a bill of this care type has days, for lists of care types.
pub fn manner(care: CareType) -> &'static str {
    if care.is_stay() { "stay" } else { "visit" }
}

/// The class as a receipt writes it.
fn class_name(class: ItemClass) -> &'static str {
    let name = class.zh();
    name.split_once('（').map_or(name, |(short, _)| short)
}

/// Days of a stay, a day stay being one.
fn days(from: Date, to: Date) -> u32 {
    let hours = to.duration_since(from).as_hours();
    u32::try_from(hours / 24).unwrap_or(0).max(1)
}

fn line_note(split: &LineSplit) -> Option<String> {
    if let LineReason::SelfPaid(reason) = &split.reason {
        return Some(match reason {
            SelfPaidReason::Unmapped => "未对码".to_owned(),
            SelfPaidReason::NotInForce => "目录内无当日有效条目".to_owned(),
            SelfPaidReason::ClassC => return None,
            SelfPaidReason::Restriction(limit) => format!("不符合限定支付范围：{limit}"),
            SelfPaidReason::Declared => "机构申报超限制使用".to_owned(),
            SelfPaidReason::Rule(rule) => rule.clone(),
            SelfPaidReason::Audit(found) => format!("审核扣除：{found}"),
        });
    }
    let ceiling = split.ceiling.filter(|_| !split.over_limit.is_zero());
    let ceiling = ceiling.map(|price| format!("限价{price}元"));
    let prior = (!split.prior.is_zero()).then(|| format!("先行自付{}", split.prior_ratio));
    let notes: Vec<String> = ceiling.into_iter().chain(prior).collect();
    (!notes.is_empty()).then(|| notes.join("，"))
}
