use policy::{AmountTopic, DeductibleRule, Pattern, Period, Ref, StepValue};

use super::Desk;
use super::base::{PERIODS, read_base};
use super::table::{Completeness, read_table};
use crate::fault::FaultKind;
use crate::law::Kind;
use crate::yaml::{Data, Fields, Node};

/// Reads a deductible topic.
pub(crate) fn read_deductible(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<DeductibleRule> {
    let table = read_table(desk, fields, "pattern", Completeness::Required, |row| {
        let node = row.need("pattern")?;
        match &node.data {
            Data::Null => Some(None),
            _ => read_pattern(desk, node).map(Some),
        }
    });
    Some(DeductibleRule { table: table? })
}

const NAMES: [&str; 8] = [
    "none",
    "each_time",
    "steps",
    "minus",
    "percent_minus",
    "once_per",
    "annual_sum_cap",
    "share_of_bill",
];

fn read_pattern(desk: &Desk<'_>, node: &Node) -> Option<Pattern> {
    let fields = Fields::of(&desk.page, node)?;
    let named = fields.one_of(&NAMES);
    fields.finish();
    let (name, inner) = named?;
    if name == "none" {
        return (desk.page.flag(inner)?)
            .then_some(Pattern::None)
            .or_else(|| {
                desk.page
                    .fault(inner, FaultKind::WrongType, "不设起付线写作 none: true");
                None
            });
    }
    let fields = Fields::of(&desk.page, inner)?;
    let pattern = match name {
        "each_time" => read_each_time(desk, &fields),
        "steps" => read_steps(desk, &fields),
        "minus" => read_minus(desk, &fields),
        "percent_minus" => read_percent_minus(desk, &fields),
        "once_per" => read_once_per(desk, &fields),
        "annual_sum_cap" => read_annual_sum_cap(desk, &fields),
        _ => read_share_of_bill(desk, &fields),
    };
    fields.finish();
    pattern
}

fn amount(desk: &Desk<'_>, fields: &Fields<'_>, name: &'static str) -> Option<Ref<AmountTopic>> {
    fields.need(name).and_then(|node| desk.amount(node))
}

fn read_each_time(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Pattern> {
    Some(Pattern::EachTime {
        amount: amount(desk, fields, "amount")?,
    })
}

fn read_steps(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Pattern> {
    let amount = amount(desk, fields, "amount");
    let node = fields.need("steps");
    let steps = node.and_then(|node| desk.page.each(node, |step| read_step(desk, step)));
    if let (Some(node), Some([])) = (node, steps.as_deref()) {
        desk.page
            .fault(node, FaultKind::MissingField, "steps 不能为空");
    }
    Some(Pattern::Steps {
        amount: amount?,
        steps: steps?,
    })
}

fn read_step(desk: &Desk<'_>, node: &Node) -> Option<StepValue> {
    let fields = Fields::of(&desk.page, node)?;
    let step = fields
        .one_of(&["factor", "amount"])
        .and_then(|(name, node)| match name {
            "factor" => desk.page.percent(node, (0, 200)).map(StepValue::Factor),
            _ => desk.amount(node).map(StepValue::Amount),
        });
    fields.finish();
    step
}

fn read_minus(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Pattern> {
    let first = amount(desk, fields, "amount");
    let step = amount(desk, fields, "step");
    let floor = amount(desk, fields, "floor");
    Some(Pattern::Minus {
        amount: first?,
        step: step?,
        floor: floor?,
    })
}

fn read_percent_minus(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Pattern> {
    let first = amount(desk, fields, "amount");
    let percent = fields
        .need("percent")
        .and_then(|node| desk.page.share(node));
    let compound = fields
        .need("compound")
        .and_then(|node| desk.page.flag(node));
    let floor = amount(desk, fields, "floor");
    Some(Pattern::PercentMinus {
        amount: first?,
        percent: percent?,
        compound: compound?,
        floor: floor?,
    })
}

fn read_once_per(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Pattern> {
    let first = amount(desk, fields, "amount");
    let period: Option<Period> = fields
        .need("period")
        .and_then(|node| desk.page.choice(node, "期间", &PERIODS));
    let counter = fields.need("counter").and_then(|node| desk.page.word(node));
    Some(Pattern::OncePer {
        amount: first?,
        period: period?,
        counter: counter?,
    })
}

fn read_annual_sum_cap(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Pattern> {
    let first = amount(desk, fields, "amount");
    let cap = amount(desk, fields, "cap");
    let counter = fields.need("counter").and_then(|node| desk.page.word(node));
    Some(Pattern::AnnualSumCap {
        amount: first?,
        cap: cap?,
        counter: counter?,
    })
}

fn read_share_of_bill(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Pattern> {
    let ratio = fields.need("ratio").and_then(|node| desk.page.share(node));
    let of = fields.need("of").and_then(|node| read_base(desk, node));
    let floor = desk.maybe_amount(fields.maybe("floor"));
    let ceiling = desk.maybe_reference(fields.maybe("ceiling"), Kind::Amount);
    Some(Pattern::ShareOfBill {
        ratio: ratio?,
        of: of?,
        floor: floor?,
        ceiling: ceiling?,
    })
}
