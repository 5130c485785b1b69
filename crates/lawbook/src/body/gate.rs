use policy::{Decision, Gate};

use super::Desk;
use super::condition::read_condition;
use crate::fault::FaultKind;
use crate::yaml::{Data, Fields, Node};

/// Reads a list of gates.
pub(crate) fn read_gates(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Vec<Gate>> {
    let node = fields.need("gates")?;
    let gates = desk.page.each(node, |gate| read_gate(desk, gate))?;
    let nodes = desk.page.list(node)?;
    for (position, gate) in gates.iter().enumerate() {
        if gates[..position]
            .iter()
            .any(|other| other.code == gate.code)
        {
            let message = format!("准入规则代码“{}”写了两次", gate.code);
            desk.page
                .fault(&nodes[position], FaultKind::Overlap, message);
        }
    }
    Some(gates)
}

fn read_gate(desk: &Desk<'_>, node: &Node) -> Option<Gate> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let code = fields
        .need("code")
        .and_then(|node| page.text(node))
        .map(str::to_owned);
    let message = fields
        .need("message")
        .and_then(|node| page.text(node))
        .map(str::to_owned);
    let condition = read_condition(desk, &fields);
    let decision = fields
        .need("then")
        .and_then(|node| read_decision(desk, node));
    fields.finish();
    let condition = condition?;
    if condition.specificity() == 0 {
        page.fault(
            node,
            FaultKind::MissingField,
            "准入规则应写明条件 when 或 unless",
        );
        return None;
    }
    Some(Gate {
        code: code?,
        message: message?,
        condition,
        decision: decision?,
    })
}

fn read_decision(desk: &Desk<'_>, node: &Node) -> Option<Decision> {
    if matches!(node.data, Data::Map(_)) {
        let fields = Fields::of(&desk.page, node)?;
        let share = fields.need("share").and_then(|node| desk.page.share(node));
        fields.finish();
        return share.map(Decision::Share);
    }
    let words = [("refuse", Decision::Refuse), ("no_fund", Decision::NoFund)];
    desk.page.choice(node, "准入结果", &words)
}
