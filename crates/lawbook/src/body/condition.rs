use money::Fen;
use policy::{Condition, Range, Test, WordSet};
use terms::{Vocabulary, Word};

use super::Desk;
use crate::fault::FaultKind;
use crate::yaml::{Data, Fields, Node};

/// The condition in `when` and `unless` of some fields; no such field is always true.
pub(crate) fn read_condition(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Condition> {
    let when = fields
        .maybe("when")
        .map_or(Some(Vec::new()), |node| read_tests(desk, node));
    let unless = fields
        .maybe("unless")
        .map_or(Some(Vec::new()), |node| read_tests(desk, node));
    Some(Condition {
        when: when?,
        unless: unless?,
    })
}

fn read_tests(desk: &Desk<'_>, node: &Node) -> Option<Vec<Test>> {
    let entries = desk.page.entries(node)?;
    if entries.is_empty() {
        desk.page.fault(
            node,
            FaultKind::MissingField,
            "条件不能为空；不设条件就不写这一项",
        );
        return None;
    }
    let tests: Vec<_> = entries
        .iter()
        .map(|(name, node)| read_test(desk, name, node))
        .collect();
    tests.into_iter().collect()
}

fn read_test(desk: &Desk<'_>, name: &str, node: &Node) -> Option<Test> {
    let page = &desk.page;
    let test = match name {
        "category" => Test::Category(closed(desk, node)?),
        "sex" => Test::Sex(closed(desk, node)?),
        "cover" => Test::Cover(closed(desk, node)?),
        "grade" => Test::Grade(closed(desk, node)?),
        "institution_kind" => Test::InstitutionKind(closed(desk, node)?),
        "locality" => Test::Locality(closed(desk, node)?),
        "registration" => Test::Registration(closed(desk, node)?),
        "referral" => Test::Referral(closed(desk, node)?),
        "care" => Test::Care(closed(desk, node)?),
        "cause" => Test::Cause(closed(desk, node)?),
        "item_class" => Test::ItemClass(closed(desk, node)?),
        "item_kind" => Test::ItemKind(closed(desk, node)?),
        "identity" => Test::Identity(declared(desk, node, "救助身份")?),
        "mark" => Test::Mark(declared(desk, node, "标记")?),
        "disease" => Test::Disease(declared(desk, node, "病种")?),
        "item_group" => Test::ItemGroup(declared(desk, node, "项目分组")?),
        "institution" => Test::Institution(free(desk, node)?),
        "diagnosis" => Test::Diagnosis(free(desk, node)?),
        "item" => Test::Item(free(desk, node)?),
        "county" => Test::County(all(page.one_or_more(node), |one| desk.county(one))?),
        "age" => Test::Age(read_numbers(desk, node)?),
        "age_days" => Test::AgeDays(read_numbers(desk, node)?),
        "enrolled_years" => Test::EnrolledYears(read_numbers(desk, node)?),
        "admission" => Test::Admission(read_numbers(desk, node)?),
        "stay_days" => Test::StayDays(read_numbers(desk, node)?),
        "admitted" => Test::Admitted(range(desk, node, |one| page.date(one))?),
        "discharged" => Test::Discharged(range(desk, node, |one| page.date(one))?),
        "settled" => Test::Settled(range(desk, node, |one| page.date(one))?),
        "served" => Test::Served(range(desk, node, |one| page.date(one))?),
        "total" => Test::Total(range::<Fen>(desk, node, |one| page.yuan(one))?),
        _ => {
            page.fault(
                node,
                FaultKind::UnknownKey,
                format!("没有“{name}”这一种条件"),
            );
            return None;
        }
    };
    Some(test)
}

fn all<T>(nodes: &[Node], read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
    let values: Vec<Option<T>> = nodes.iter().map(read).collect();
    if values.is_empty() {
        None
    } else {
        values.into_iter().collect()
    }
}

fn closed<V: Vocabulary>(desk: &Desk<'_>, node: &Node) -> Option<WordSet<V>> {
    let values = all(desk.page.one_or_more(node), |one| desk.page.term::<V>(one))?;
    Some(WordSet::of(&values))
}

fn declared(desk: &Desk<'_>, node: &Node, what: &str) -> Option<Vec<Word>> {
    all(desk.page.one_or_more(node), |one| {
        desk.known_word(one, what)
    })
}

fn free(desk: &Desk<'_>, node: &Node) -> Option<Vec<Word>> {
    all(desk.page.one_or_more(node), |one| desk.page.word(one))
}

/// A whole number or a range of them.
pub(super) fn read_numbers(desk: &Desk<'_>, node: &Node) -> Option<Range<i32>> {
    range(desk, node, |one| desk.page.count(one))
}

fn range<N: PartialOrd + Copy>(
    desk: &Desk<'_>,
    node: &Node,
    read: impl Fn(&Node) -> Option<N>,
) -> Option<Range<N>> {
    if !matches!(node.data, Data::Map(_)) {
        let only = read(node)?;
        return Some(Range {
            from: Some(only),
            to: Some(only),
        });
    }
    let fields = Fields::of(&desk.page, node)?;
    let from = fields.maybe("from").map(&read);
    let to = fields.maybe("to").map(&read);
    fields.finish();
    if from.is_none() && to.is_none() {
        desk.page
            .fault(node, FaultKind::MissingField, "区间至少要写 from 或 to");
        return None;
    }
    let from = from.map_or(Some(None), |bound| bound.map(Some))?;
    let to = to.map_or(Some(None), |bound| bound.map(Some))?;
    if matches!((from, to), (Some(from), Some(to)) if to < from) {
        desk.page
            .fault(node, FaultKind::OutOfUnit, "区间的 to 小于 from");
        return None;
    }
    Some(Range { from, to })
}
