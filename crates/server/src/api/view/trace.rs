//! The steps of a decision with their names, amounts and law.

use ::policy::{AreaPolicy, Level, Provenance, SchemePolicy};
use app::settlement::SavedStep;
use money::Fen;
use settlement::StepKind;
use terms::Word;

use super::super::trace::{LabelledAmount, Source, TraceParameter, TraceStep};

/// The law that the steps of one decision stand on.
pub struct Ground<'a> {
    /// The area; it names words.
    pub area: &'a AreaPolicy,
    /// The scheme; it names layers and holds the provenance of every version.
    pub scheme: &'a SchemePolicy,
}

impl Ground<'_> {
    /// The 中文 name of a declared word, or the word itself.
    pub fn word(&self, word: &Word) -> String {
        self.area
            .words
            .get(word)
            .map_or_else(|| word.to_string(), Clone::clone)
    }

    /// The title of the layer or account rule a step belongs to.
    fn group(&self, topic: &Word) -> Option<String> {
        let layers = self
            .scheme
            .layers
            .iter()
            .map(|layer| (&layer.key, &layer.title));
        let accounts = self
            .scheme
            .accounts
            .iter()
            .map(|rule| (&rule.key, &rule.title));
        let mut all = layers.chain(accounts);
        all.find(|(key, _)| *key == topic)
            .map(|(_, title)| title.clone())
    }

    /// One step as the API shows it.
    pub fn step(&self, step: &SavedStep) -> TraceStep {
        let kind = self.named(&step.kind);
        let basis = step.basis.as_ref();
        let law = basis.and_then(|(key, from)| self.scheme.provenance(key, *from));
        TraceStep {
            code: code(&kind),
            group: self.group(&step.topic),
            title: kind.name().to_owned(),
            sentence: kind.sentence(step.before, step.after),
            before: Some(step.before.into()),
            after: Some(step.after.into()),
            amounts: amounts(&kind),
            parameters: law.map(|law| self.parameter(law)).into_iter().collect(),
        }
    }

    /// The step with its declared words in 中文, so that its sentence can be read out.
    fn named(&self, kind: &StepKind) -> StepKind {
        let zh = |word: &Word| Word::new(&self.word(word));
        match kind {
            StepKind::Lane { lane } => StepKind::Lane { lane: zh(lane) },
            StepKind::BestIdentity { identity } => StepKind::BestIdentity {
                identity: zh(identity),
            },
            other => other.clone(),
        }
    }

    fn parameter(&self, law: &Provenance) -> TraceParameter {
        let level = match law.level {
            Level::National => "国家".to_owned(),
            Level::Province(_) => "省".to_owned(),
            Level::Area(_) => self.area.name.clone(),
        };
        TraceParameter {
            key: law.key.to_string(),
            title: law.title.clone(),
            value_text: None,
            level_name: Some(level),
            effective_from: law.effective.to_string(),
            source: Source {
                document: law.source.document.clone(),
                article: law.source.article.clone(),
            },
            assumed: law.assumed.is_some(),
            assumed_reason: law.assumed.clone(),
        }
    }
}

/// The stable name of a kind of step.
fn code(kind: &StepKind) -> String {
    match kind {
        StepKind::Classified { .. } => "classified",
        StepKind::Withheld { .. } => "withheld",
        StepKind::Lane { .. } => "lane",
        StepKind::Gate { .. } => "gate",
        StepKind::PaidElsewhere { .. } => "paid_elsewhere",
        StepKind::Chain { .. } => "chain",
        StepKind::Base { .. } => "base",
        StepKind::PriorShare { .. } => "prior_share",
        StepKind::FeeCap { .. } => "fee_cap",
        StepKind::Deductible { .. } => "deductible",
        StepKind::Ratio { .. } => "ratio",
        StepKind::Band { .. } => "band",
        StepKind::Floor { .. } => "floor",
        StepKind::PaymentCap { .. } => "payment_cap",
        StepKind::Cumulative { .. } => "cumulative",
        StepKind::FixedPrice { .. } => "fixed_price",
        StepKind::BestIdentity { .. } => "best_identity",
        StepKind::Paid { .. } => "paid",
        StepKind::Account { .. } => "account",
        StepKind::Cash => "cash",
        StepKind::YearPart { .. } => "year_part",
    }
    .to_owned()
}

/// The amounts worth showing beside the sentence.
fn amounts(kind: &StepKind) -> Vec<LabelledAmount> {
    let label = |label: &str, amount: Fen| LabelledAmount {
        label: label.to_owned(),
        amount: amount.into(),
    };
    match kind {
        StepKind::Classified {
            self_paid,
            over_limit,
            prior,
        } => vec![
            label("全自费", *self_paid),
            label("超限价", *over_limit),
            label("先行自付", *prior),
        ],
        StepKind::Base { parts, .. } => parts
            .iter()
            .map(|part| label(part.part.zh(), part.amount))
            .collect(),
        StepKind::FeeCap { limit, used } | StepKind::PaymentCap { limit, used, .. } => {
            vec![label("限额", *limit), label("此前已用", *used)]
        }
        StepKind::Deductible { due, .. } => vec![label("应扣起付线", *due)],
        StepKind::Paid { pays, .. } => vec![label("基金支付", *pays)],
        StepKind::Account { pays, .. } => vec![label("账户支付", *pays)],
        _ => Vec::new(),
    }
}
