use money::Fen;
use policy::{Band, Bands, Scale};

use super::Desk;
use super::ratio::{read_modifiers, read_ratio_value};
use super::table::{Completeness, read_table};
use crate::fault::FaultKind;
use crate::yaml::{Data, Fields, Node};

/// Reads a scale topic.
pub(crate) fn read_scale(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Scale> {
    let table = read_table(desk, fields, "bands", Completeness::Required, |row| {
        let node = row.need("bands")?;
        match &node.data {
            Data::Null => Some(None),
            _ => read_bands(desk, node).map(Some),
        }
    });
    let whole = fields.maybe("whole_amount");
    let whole_amount = whole.map_or(Some(false), |node| desk.page.flag(node));
    let modifiers = read_modifiers(desk, fields);
    Some(Scale {
        table: table?,
        whole_amount: whole_amount?,
        modifiers: modifiers?,
    })
}

fn read_bands(desk: &Desk<'_>, node: &Node) -> Option<Bands> {
    let nodes = desk.page.list(node)?;
    if nodes.is_empty() {
        desk.page
            .fault(node, FaultKind::MissingField, "bands 不能为空");
        return None;
    }
    let bands = desk.page.each(node, |band| read_band(desk, band))?;
    check_contiguous(desk, nodes, &bands);
    Some(bands)
}

fn read_band(desk: &Desk<'_>, node: &Node) -> Option<Band> {
    let fields = Fields::of(&desk.page, node)?;
    let from = fields.need("from").and_then(|node| desk.page.yuan(node));
    let to = fields
        .maybe("to")
        .map_or(Some(None), |node| desk.page.yuan(node).map(Some));
    let rate = fields
        .need("rate")
        .and_then(|node| read_ratio_value(desk, node));
    fields.finish();
    let (from, to) = (from?, to?);
    if to.is_some_and(|to| to <= from) {
        desk.page
            .fault(node, FaultKind::OutOfUnit, "本段的 to 应大于 from");
    }
    Some(Band {
        from,
        to,
        rate: rate?,
    })
}

/// Bands begin at zero, follow one another and are open above.
fn check_contiguous(desk: &Desk<'_>, nodes: &[Node], bands: &[Band]) {
    let mut reached = Some(Fen::ZERO);
    for (node, band) in nodes.iter().zip(bands) {
        match reached {
            None => desk
                .page
                .fault(node, FaultKind::Overlap, "上一段没有上限，其后不能再有分段"),
            Some(edge) if band.from > edge => {
                let message = format!("{edge}元至{}元没有比例", band.from);
                desk.page.fault(node, FaultKind::Gap, message);
            }
            Some(edge) if band.from < edge => {
                let message = format!("{}元至{edge}元与上一段重叠", band.from);
                desk.page.fault(node, FaultKind::Overlap, message);
            }
            Some(_) => {}
        }
        reached = band.to;
    }
    if let (Some(edge), Some(last)) = (reached, nodes.last()) {
        let message = format!("{edge}元以上没有比例；最后一段不写 to，不付的写 rate: \"0\"");
        desk.page.fault(last, FaultKind::Gap, message);
    }
}
