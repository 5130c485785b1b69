use settlement::{AllowanceFacts, Bill};

use super::{Place, read_bill};
use crate::node::{Data, Node};
use crate::reader::Desk;

/// Reads the facts of a maternity allowance: its topic, the wages, and the person and visit as for
/// a bill without lines.
pub(crate) fn read_allowance(
    desk: &Desk<'_>,
    node: &Node,
    place: Place,
) -> Option<(String, AllowanceFacts, Bill)> {
    let own = [
        "topic",
        "employer_average",
        "own_base",
        "own_twelve_months",
        "further_babies",
        "own_wage",
    ];
    let entries = desk.entries(node);
    let part = |wanted: bool| Node {
        data: Data::Map(
            entries
                .iter()
                .filter(|(name, _)| own.contains(&name.as_str()) == wanted)
                .cloned()
                .collect(),
        ),
        ..node.clone()
    };
    let (wages, mut facts) = (part(true), part(false));
    if let Data::Map(entries) = &mut facts.data {
        let no_lines = Node {
            data: Data::List(Vec::new()),
            ..node.clone()
        };
        entries.push(("lines".to_owned(), no_lines));
    }
    let fields = desk.fields(Some(&wages));
    let topic = fields.need("topic").and_then(|node| desk.text(node))?;
    let babies = fields
        .maybe("further_babies")
        .and_then(|node| desk.whole(node));
    let wages = AllowanceFacts {
        employer_average: fields.yuan("employer_average"),
        own_base: fields.yuan("own_base"),
        own_twelve_months: fields.yuan("own_twelve_months"),
        further_babies: babies.unwrap_or(0),
        own_wage: fields.yuan("own_wage"),
    };
    let bill = read_bill(desk, &facts, place)?;
    Some((topic.to_owned(), wages, bill))
}
