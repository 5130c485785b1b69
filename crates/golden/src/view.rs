//! What came out, as the flat fields that expectations name.

use std::collections::BTreeMap;

use money::Fen;
use settlement::{
    AccountDraw, AllowanceOutcome, Counters, FundShare, LineReason, LineSplit, Outcome, Refusal,
    Reversal, SelfPaidReason, Step,
};

use crate::facts::key_of;

/// Field and value; amounts with two decimals.
#[derive(Debug, Default)]
pub(crate) struct View {
    pub fields: BTreeMap<String, String>,
    pub sentences: Vec<String>,
    pub counters: Counters,
    pub year: i16,
}

impl View {
    pub fn put(&mut self, field: impl Into<String>, value: impl ToString) {
        self.fields.insert(field.into(), value.to_string());
    }

    /// Adds to an amount, so that a layer that ran twice shows its sum.
    pub fn add(&mut self, field: String, amount: Fen) {
        let before = self.fields.get(&field);
        let before = before.and_then(|text| Fen::from_yuan_text(text).ok());
        self.put(field, before.unwrap_or(Fen::ZERO) + amount);
    }

    /// A field as an expectation of the given form would read it.
    pub fn get(&self, field: &str, want: &str) -> String {
        if let Some(name) = field.strip_prefix("counters.") {
            let value = key_of(name, self.year).map_or(0, |key| self.counters.value(&key));
            return if want.contains('.') {
                Fen::new(value).to_string()
            } else {
                value.to_string()
            };
        }
        let found = self.fields.get(field).cloned();
        found.unwrap_or_else(|| match field.split_once('.') {
            Some(("funds" | "layers" | "accounts" | "balances", _)) => Fen::ZERO.to_string(),
            _ => "（无）".to_owned(),
        })
    }

    pub fn of_outcome(outcome: &Outcome, counters: Counters, scheme: &str) -> Self {
        let mut view = Self {
            counters,
            year: outcome.benefit_year,
            ..Self::default()
        };
        for (name, amount) in [
            ("total", outcome.total),
            ("self_paid", outcome.self_paid),
            ("over_limit", outcome.over_limit),
            ("prior", outcome.prior),
            ("in_scope", outcome.in_scope),
            ("deductible", outcome.deductible),
            ("fund", outcome.fund_total()),
            ("account", outcome.account_total()),
            ("cash", outcome.cash),
            ("institution", outcome.institution),
            ("person", outcome.person_total()),
            ("own.self_paid", outcome.own.self_paid),
            ("own.over_limit", outcome.own.over_limit),
            ("own.prior", outcome.own.prior),
            ("own.non_local_prior", outcome.own.non_local_prior),
            ("own.deductible", outcome.own.deductible),
            ("own.coinsurance", outcome.own.coinsurance),
            ("own.over_cap", outcome.own.over_cap),
        ] {
            view.put(name, amount);
        }
        view.put("benefit_year", outcome.benefit_year);
        view.put("admission_number", outcome.admission_number);
        let prefix = format!("{scheme}/");
        for layer in &outcome.layers {
            let key = layer.key.as_str();
            let key = key.strip_prefix(&prefix).unwrap_or(key);
            view.add(format!("layers.{key}"), layer.paid);
        }
        view.put_funds(&outcome.funds);
        view.put_accounts(&outcome.accounts);
        for split in &outcome.lines {
            view.put_line(split);
        }
        view.put_trace(&outcome.trace);
        view
    }

    fn put_funds(&mut self, funds: &[FundShare]) {
        for share in funds {
            self.put(format!("funds.{}", share.fund.word()), share.amount);
        }
    }

    fn put_accounts(&mut self, draws: &[AccountDraw]) {
        for draw in draws {
            self.add(format!("accounts.{}", draw.kind.word()), draw.amount);
            let purse = format!("balances.{}/{}", draw.kind.word(), draw.owner);
            self.put(purse, draw.after);
        }
    }

    fn put_line(&mut self, split: &LineSplit) {
        let number = split.line;
        for (name, amount) in [
            ("self_paid", split.self_paid),
            ("over_limit", split.over_limit),
            ("prior", split.prior),
            ("in_scope", split.in_scope),
        ] {
            self.put(format!("lines.{number}.{name}"), amount);
        }
        self.put(format!("lines.{number}.reason"), reason(&split.reason));
    }

    fn put_trace(&mut self, trace: &[Step]) {
        let names: Vec<&str> = trace.iter().map(Step::name).collect();
        self.put("trace", names.join("、"));
        self.sentences = trace.iter().map(Step::sentence).collect();
    }

    pub fn of_refusal(refusal: &Refusal) -> Self {
        let mut view = Self::default();
        view.put("refusal.code", refusal.code());
        view.put("refusal.message", refusal);
        if let Refusal::Gate { gate, .. } = refusal {
            view.put("refusal.gate", gate);
        }
        view.sentences = vec![refusal.to_string()];
        view
    }

    pub fn of_reversal(reversal: &Reversal, counters: Counters) -> Self {
        let booked = &reversal.booked;
        let mut view = Self {
            counters,
            year: booked.benefit_year,
            ..Self::default()
        };
        view.put("total", booked.total);
        view.put("in_scope", booked.in_scope);
        view.put("deductible", booked.deductible);
        view.put("fund", booked.fund_total());
        view.put("account", booked.account_total());
        view.put("cash", booked.cash);
        view.put("institution", booked.institution);
        view.put_funds(&booked.funds);
        view.put_accounts(&booked.accounts);
        let again: Vec<&str> = reversal.resettle.iter().map(|id| id.as_str()).collect();
        view.put("resettle", again.join("、"));
        view
    }

    pub fn of_allowance(outcome: &AllowanceOutcome) -> Self {
        let mut view = Self::default();
        let days: i64 = outcome.days.iter().map(|(_, days)| days).sum();
        view.put("monthly_wage", outcome.monthly_wage);
        view.put("days", days);
        view.put("allowance", outcome.allowance);
        view.put("lump_sum", outcome.lump_sum);
        view.put("allowance_total", outcome.allowance + outcome.lump_sum);
        view.put("top_up", outcome.employer_top_up_per_month);
        let shown = outcome.days.iter();
        view.sentences = shown
            .map(|(title, days)| format!("{title}{days}天"))
            .collect();
        view
    }
}

fn reason(reason: &LineReason) -> &str {
    match reason {
        LineReason::Payable => "可支付",
        LineReason::SelfPaid(SelfPaidReason::Unmapped) => "未对码",
        LineReason::SelfPaid(SelfPaidReason::NotInForce) => "当日无目录条目",
        LineReason::SelfPaid(SelfPaidReason::ClassC) => "丙类",
        LineReason::SelfPaid(SelfPaidReason::Declared) => "机构标识超限",
        LineReason::SelfPaid(
            SelfPaidReason::Restriction(text)
            | SelfPaidReason::Rule(text)
            | SelfPaidReason::Audit(text),
        ) => text,
    }
}
