use money::Ratio;
use policy::{Cap, CapAmount, CapOn, Count, Counted, Excess, Floor, Period, Subject};

use super::Desk;
use super::base::{PERIODS, SUBJECTS, read_base};
use super::condition::read_condition;
use crate::law::Kind;
use crate::yaml::{Fields, Node};

/// Reads the limits of a layer.
pub(crate) fn read_caps(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Vec<Cap>> {
    let Some(node) = fields.maybe("caps") else {
        return Some(Vec::new());
    };
    desk.page.each(node, |cap| read_cap(desk, cap))
}

fn read_cap(desk: &Desk<'_>, node: &Node) -> Option<Cap> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let amount = fields
        .one_of(&["amount", "diseases"])
        .and_then(|(name, node)| match name {
            "amount" => desk.reference(node, Kind::Amount).map(CapAmount::Amount),
            _ => desk
                .reference(node, Kind::Diseases)
                .map(CapAmount::Diseases),
        });
    let factor = fields
        .maybe("factor")
        .map_or(Some(Ratio::ONE), |node| page.multiple(node));
    let words = [("payment", CapOn::Payment), ("fee", CapOn::Fee)];
    let on = fields.maybe("on").map_or(Some(CapOn::Payment), |node| {
        page.choice(node, "封顶口径", &words)
    });
    let (period, subject) = read_span(desk, &fields);
    let counter = fields.need("counter").and_then(|node| page.word(node));
    let condition = read_condition(desk, &fields);
    let words = [("flows", Excess::Flows), ("ends", Excess::Ends)];
    let excess = fields.maybe("excess").map_or(Some(Excess::Flows), |node| {
        page.choice(node, "超限额费用去向", &words)
    });
    fields.finish();
    Some(Cap {
        amount: amount?,
        factor: factor?,
        on: on?,
        period: period?,
        subject: subject?,
        counter: counter?,
        condition: condition?,
        excess: excess?,
    })
}

/// Period and subject of a counter: the benefit year and no subject unless written.
fn read_span(desk: &Desk<'_>, fields: &Fields<'_>) -> (Option<Period>, Option<Subject>) {
    let period = fields.maybe("period");
    let period = period.map_or(Some(Period::Year), |node| {
        desk.page.choice(node, "期间", &PERIODS)
    });
    let subject = fields.maybe("subject");
    let subject = subject.map_or(Some(Subject::None), |node| {
        desk.page.choice(node, "累计对象", &SUBJECTS)
    });
    (period, subject)
}

/// Reads the guaranteed minimum of a layer.
pub(crate) fn read_floor(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Option<Floor>> {
    let Some(node) = fields.maybe("floor") else {
        return Some(None);
    };
    let inner = Fields::of(&desk.page, node)?;
    let ratio = inner
        .need("ratio")
        .and_then(|node| desk.reference(node, Kind::Ratio));
    let base = inner.need("base").and_then(|node| read_base(desk, node));
    let after = inner
        .need("after_deductible")
        .and_then(|node| desk.page.flag(node));
    inner.finish();
    Some(Some(Floor {
        ratio: ratio?,
        base: base?,
        after_deductible: after?,
    }))
}

/// Reads the further counters of a layer.
pub(crate) fn read_counts(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Vec<Count>> {
    let Some(node) = fields.maybe("counts") else {
        return Some(Vec::new());
    };
    desk.page.each(node, |count| read_count(desk, count))
}

fn read_count(desk: &Desk<'_>, node: &Node) -> Option<Count> {
    let fields = Fields::of(&desk.page, node)?;
    let counter = fields.need("counter").and_then(|node| desk.page.word(node));
    let words = [
        ("base", Counted::Base),
        ("paid", Counted::Paid),
        ("own_share", Counted::OwnShare),
    ];
    let what = fields
        .need("what")
        .and_then(|node| desk.page.choice(node, "累计内容", &words));
    let (period, subject) = read_span(desk, &fields);
    fields.finish();
    Some(Count {
        counter: counter?,
        what: what?,
        period: period?,
        subject: subject?,
    })
}
