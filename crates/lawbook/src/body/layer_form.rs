use policy::{Benefit, Cumulative, EdgeBasis, FixedPrice, Form, Rates};

use super::Desk;
use super::base::PERIODS;
use crate::fault::FaultKind;
use crate::law::Kind;
use crate::yaml::{Fields, Node};

const EDGES: [(&str, EdgeBasis); 4] = [
    (
        "stay_including_deductible",
        EdgeBasis::StayIncludingDeductible,
    ),
    ("stay_above_deductible", EdgeBasis::StayAboveDeductible),
    ("year_in_scope", EdgeBasis::YearInScope),
    ("year_fund", EdgeBasis::YearFund),
];

/// Reads the formula of a layer: exactly one of three forms.
pub(crate) fn read_form(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Form> {
    let (name, node) = fields.one_of(&["benefit", "cumulative", "fixed_price"])?;
    let inner = Fields::of(&desk.page, node)?;
    let form = match name {
        "benefit" => read_benefit(desk, &inner).map(Form::Benefit),
        "cumulative" => read_cumulative(desk, &inner).map(Form::Cumulative),
        _ => read_fixed_price(desk, &inner).map(Form::FixedPrice),
    };
    inner.finish();
    form
}

fn read_benefit(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Benefit> {
    let prior_share = desk.maybe_reference(fields.maybe("prior_share"), Kind::Ratio);
    let deductible = desk.maybe_reference(fields.maybe("deductible"), Kind::Deductible);
    let rates = fields.one_of(&["ratio", "ratio_by_line", "bands"]);
    let rates = rates.and_then(|(name, node)| match name {
        "ratio" => desk.reference(node, Kind::Ratio).map(Rates::Flat),
        "ratio_by_line" => desk.reference(node, Kind::Ratio).map(Rates::ByLine),
        _ => read_bands(desk, node),
    });
    Some(Benefit {
        prior_share: prior_share?,
        deductible: deductible?,
        rates: rates?,
    })
}

fn read_bands(desk: &Desk<'_>, node: &Node) -> Option<Rates> {
    let fields = Fields::of(&desk.page, node)?;
    let scale = fields
        .need("scale")
        .and_then(|node| desk.reference(node, Kind::Scale));
    let edges = fields
        .need("edges")
        .and_then(|node| desk.page.choice(node, "分段口径", &EDGES));
    let counter = fields
        .maybe("counter")
        .map_or(Some(None), |node| desk.page.word(node).map(Some));
    fields.finish();
    let (scale, edges, counter) = (scale?, edges?, counter?);
    let yearly = matches!(edges, EdgeBasis::YearInScope | EdgeBasis::YearFund);
    if yearly && counter.is_none() {
        desk.page.fault(
            node,
            FaultKind::MissingField,
            "按年度累计分段时应写明 counter",
        );
        return None;
    }
    Some(Rates::Bands {
        scale,
        edges,
        counter,
    })
}

fn read_cumulative(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Cumulative> {
    let counter = fields.need("counter").and_then(|node| desk.page.word(node));
    let period = fields
        .need("period")
        .and_then(|node| desk.page.choice(node, "期间", &PERIODS));
    let deductible = desk.maybe_amount(fields.maybe("deductible"));
    let scale = fields
        .need("scale")
        .and_then(|node| desk.reference(node, Kind::Scale));
    let words = [("gross", false), ("net", true)];
    let edges = fields
        .need("edges")
        .and_then(|node| desk.page.choice(node, "分段口径", &words));
    Some(Cumulative {
        counter: counter?,
        period: period?,
        deductible: deductible?,
        scale: scale?,
        edges_above_deductible: edges?,
    })
}

fn read_fixed_price(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<FixedPrice> {
    let price = fields.need("price").and_then(|node| desk.amount(node));
    let ratio = desk.maybe_reference(fields.maybe("ratio"), Kind::Ratio);
    let replaces = fields
        .need("replaces_bill")
        .and_then(|node| desk.page.flag(node));
    Some(FixedPrice {
        price: price?,
        ratio: ratio?,
        replaces_bill: replaces?,
    })
}
