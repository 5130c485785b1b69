use std::collections::{BTreeMap, BTreeSet};

use lines::{Day, NONE, Row, TraceEventKind};

use crate::{Built, Category, Desk, Fact, Grain, Kernel, Phase, Rule, Spot, Strength};

pub(super) static RULE: Rule = Rule {
    id: "T010",
    name: "召回/过期批次销售",
    english: "Recalled or expired lot sold",
    category: Category::Traceability,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["trace_events", "trace_inbound"],
    parameters: &[],
    finds: "售出的药已过有效期，或属于召回批次。",
    why: "过期、召回药品不得销售。",
    clause: "《药品管理法》第九十八条、第八十二条",
    false_alarms: "有效期录入到月，按月末。",
    says: "{0}{1}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let recalled: BTreeSet<String> =
        desk.data
            .table("trace_recall")
            .map_or_else(BTreeSet::new, |table| {
                table
                    .rows()
                    .flat_map(|row| [row.given("trace_code"), row.given("lot")])
                    .flatten()
                    .map(str::to_owned)
                    .collect()
            });
    let lots = lots(desk);
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let Some(trace) = &data.trace else {
            return;
        };
        let sales = trace
            .events
            .iter()
            .filter(|event| event.kind == TraceEventKind::Sale && event.line != NONE);
        for event in sales {
            let code = event.code.as_str();
            let received = trace.received(code).iter().filter_map(|row| row.expiry);
            let lot = lots.get(code);
            let expiry = received.chain(lot.and_then(|lot| lot.0)).min();
            let expired = expiry.filter(|&expiry| event.time.day() > expiry);
            let called =
                recalled.contains(code) || lot.is_some_and(|lot| recalled.contains(&lot.1));
            let facts = match (expired, called) {
                (Some(day), _) => [Fact::Words("有效期至"), Fact::Day(day)],
                (None, true) => [Fact::Words("属于召回批次"), Fact::None],
                (None, false) => continue,
            };
            sheet.line(event.line, Spot::of(data, event.line).hit(facts));
        }
    })))
}

/// Last day of use and lot of codes, from a register of lots (`trace_lot`) if there is one.
fn lots(desk: &Desk<'_>) -> BTreeMap<String, (Option<Day>, String)> {
    let rows = desk.data.table("trace_lot").map(|table| table.rows());
    let lot = |row: Row<'_>| {
        let code = row.given("trace_code")?.to_owned();
        Some((code, (row.day("expiry"), row.text("lot").to_owned())))
    };
    rows.into_iter().flatten().filter_map(lot).collect()
}
