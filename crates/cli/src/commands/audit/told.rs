//! What a command about the knowledge library says, as text and as JSON.

use app::audit::{Edition, KnowledgeTable, Proposal, report_of};
use audit::library::Difference;
use serde_json::{Value, json};

use crate::commands::place::Told;

/// Changes and complaints told one by one in the text; the report has all.
const TOLD: usize = 50;

/// An import that was kept, or why it was not; one kept back by rows that cannot be taken is 1.
pub fn proposed(done: &Proposal) -> Told {
    let bad = done.difference.bad.len();
    if let Some(edition) = &done.edition {
        let what = format!("已保存为版本{edition}，待另一人批准");
        return compared(&done.difference, Some(edition), &what);
    }
    if bad == 0 {
        return compared(&done.difference, None, "与在用的没有差异，没有保存");
    }
    let what =
        format!("有{bad}行不能导入，没有保存；改正后重新导入，或者加 --skip-bad 只导入其余各行");
    let (text, value, _) = compared(&done.difference, None, &what);
    (text, value, 1)
}

/// A report of differences, and what became of it.
pub fn compared(found: &Difference, edition: Option<&str>, what: &str) -> Told {
    let mut value = report_of(found);
    let text = format!("{}{what}\n", report(&value));
    value["edition"] = json!(edition);
    (text, value, 0)
}

/// A report of differences.
pub fn report(report: &Value) -> String {
    let number = |key: &str| report[key].as_u64().unwrap_or(0);
    let mut text = format!(
        "新增{}行，新版本{}行，停用{}行，不变{}行，本次未提及{}行（保留）\n",
        number("fresh"),
        number("changed"),
        number("retired"),
        number("unchanged"),
        number("unmentioned")
    );
    for (name, counts) in report["tables"].as_object().into_iter().flatten() {
        let number = |key: &str| counts[key].as_u64().unwrap_or(0);
        let (fresh, changed) = (number("fresh"), number("changed"));
        let retired = number("retired");
        text.push_str(&format!(
            "  {name}：新增{fresh}，新版本{changed}，停用{retired}\n"
        ));
    }
    let list = |key: &str| report[key].as_array().cloned().unwrap_or_default();
    some(&mut text, "新版本", &list("changes"), change);
    some(&mut text, "停用", &list("ended"), |one| {
        let (table, id) = (word(one, "table"), word(one, "kp_id"));
        format!(
            "{table} {id} 第{}版，止于{}",
            one["version"],
            word(one, "until")
        )
    });
    let said = |one: &Value| one.as_str().unwrap_or_default().to_owned();
    some(&mut text, "相互矛盾", &list("contradictions"), said);
    some(&mut text, "不能导入", &list("bad"), said);
    text
}

fn some(text: &mut String, title: &str, list: &[Value], say: impl Fn(&Value) -> String) {
    if list.is_empty() {
        return;
    }
    text.push_str(&format!("{title}：\n"));
    for one in list.iter().take(TOLD) {
        text.push_str(&format!("  {}\n", say(one)));
    }
    if list.len() > TOLD {
        let rest = list.len() - TOLD;
        text.push_str(&format!("  另有{rest}条，见 --format json\n"));
    }
}

fn change(one: &Value) -> String {
    let cells = one["cells"].as_array().cloned().unwrap_or_default();
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| {
            let (before, after) = (word(cell, "before"), word(cell, "after"));
            format!("{} “{before}”改为“{after}”", word(cell, "column"))
        })
        .collect();
    let (table, id) = (word(one, "table"), word(one, "kp_id"));
    let (before, version) = (&one["before"], &one["version"]);
    format!(
        "{table} {id} 第{before}版→第{version}版：{}",
        cells.join("，")
    )
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// One edition in one line.
pub fn edition(one: &Edition) -> String {
    let (number, state, rows) = (&one.edition, one.state_name(), one.rows);
    let (by, at, source) = (&one.proposed_by, one.proposed_at, &one.source);
    let mut text = format!("{number} {state} {rows}行 {by} {at} 导入自 {source}");
    if let Some(at) = one.decided_at {
        text.push_str(&format!("；{} {at} {state}{}", one.decided_by, one.reason));
    }
    text.push('\n');
    text
}

/// One edition as JSON.
pub fn edition_json(one: &Edition) -> Value {
    json!({
        "edition": one.edition, "state": one.state, "rows": one.rows, "hash": one.hash,
        "proposed_by": one.proposed_by, "proposed_at": one.proposed_at.to_string(),
        "decided_by": one.decided_by, "decided_at": one.decided_at.map(|at| at.to_string()),
        "source": one.source, "reason": one.reason,
    })
}

/// All editions and tables.
pub fn listed(editions: &[Edition], tables: &[KnowledgeTable], hash: &str) -> Told {
    let mut text = format!("在用知识库 {hash}\n");
    for one in editions {
        text.push_str(&edition(one));
    }
    for table in tables {
        let (name, rows, versions) = (&table.name, table.rows, table.versions);
        text.push_str(&format!("{name}：在用{rows}行，共{versions}个版本\n"));
    }
    let counts: Vec<Value> = tables
        .iter()
        .map(|one| json!({ "table": one.name, "rows": one.rows, "versions": one.versions }))
        .collect();
    let editions: Vec<Value> = editions.iter().map(edition_json).collect();
    (
        text,
        json!({ "in_service": hash, "editions": editions, "tables": counts }),
        0,
    )
}
