use app::settlement::{Sale, sell};
use app::stock::LineCode;
use app::visit::NewLine;

use crate::ask::{Answered, Ask};
use crate::settling::{Echo, line_rows, output, receipt, summary};
use crate::{Node, Refusal, codes, diagnoses, lines};

/// 2102 药店结算: lines and settlement in one message.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("druginfo")?;
    let echo = Echo::of(data)?;
    let command = Sale {
        receipt: receipt(ask, data),
        ..sale(ask)?
    };
    let reply = sell(ask.app, ask.call, &command, |settled| {
        let summary = summary(ask, settled, &echo)?.text("setl_id", &settled.id);
        let output = output(ask, settled, summary);
        ask.seal_settled(settled, output.rows("detlcutinfo", line_rows(settled)))
    });
    Ok(reply.await?)
}

/// Reads the sale; the rehearsal has the same fields.
pub(crate) fn sale(ask: &Ask<'_>) -> Result<Sale, Refusal> {
    let data = ask.body.node("druginfo")?;
    let rows = ask.body.at_least_one("drugdetail")?;
    Ok(Sale {
        person_no: data.text("psn_no")?.to_owned(),
        scheme: codes::scheme(data.text("insutype")?),
        care: diagnoses::care(data, false)?,
        at: ask.not_in_future(data, "begntime", data.datetime("begntime")?)?,
        diagnoses: Vec::new(),
        disease: diagnoses::disease(data),
        expected_total: Some(data.amount("medfee_sumamt")?),
        use_account: data.text("acct_used_flag")? != "0",
        receipt: Default::default(),
        lines: rows.iter().map(drug).collect::<Result<_, _>>()?,
    })
}

fn drug(row: &Node) -> Result<NewLine, Refusal> {
    let mut line = lines::line(row)?;
    line.note.codes = codes(row)?;
    lines::taking(row, &mut line);
    Ok(line)
}

/// The boxes scanned for the line; each names the line it belongs to.
fn codes(row: &Node) -> Result<Vec<LineCode>, Refusal> {
    let number = row.text("feedetl_sn")?;
    let code = |scan: &Node| {
        if scan.text("feedetl_sn")? != number {
            let reason = format!("与所在明细的“{number}”不同");
            return Err(scan.refuse("feedetl_sn", &reason));
        }
        let split = scan.text("trdn_flag")? == "1";
        Ok(LineCode::scanned(scan.text("drug_trac_codg")?, split))
    };
    row.rows("durg_trac_info").iter().map(code).collect()
}
