//! 结算应答：六个结算与预结算交易共有的部分。

use app::Error;
use app::settlement::Settled;
use app::visit::Receipt;
use settlement::Booked;

use crate::ask::Ask;
use crate::bill;
use crate::person::PersonCard;
use crate::{Fields, Node, Output, Refusal, codes};

/// What a settlement message says for its reply alone.
pub(crate) struct Echo<'a> {
    /// 就诊凭证类型.
    pub certificate: &'a str,
    /// 医疗类别, in the institution's own code; stays learn it from the visit.
    pub care: Option<&'a str>,
    /// 险种类型.
    pub scheme: &'a str,
}

impl<'a> Echo<'a> {
    /// Reads what outpatient and pharmacy messages carry.
    pub fn of(node: &'a Node) -> Result<Self, Refusal> {
        Ok(Self {
            care: Some(node.text("med_type")?),
            ..Self::of_stay(node)?
        })
    }

    /// Reads what stays carry.
    pub fn of_stay(node: &'a Node) -> Result<Self, Refusal> {
        Ok(Self {
            certificate: node.text("mdtrt_cert_type")?,
            care: None,
            scheme: node.text("insutype")?,
        })
    }
}

/// Ticket and device of a message that settles.
pub(crate) fn receipt(ask: &Ask<'_>, data: &Node) -> Receipt {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    Receipt {
        invoice: text(data.optional_text("invono")),
        terminal: text(ask.envelope.dev_no.as_deref()),
    }
}

/// The fields of `setlinfo` that all six transactions have.
pub(crate) fn summary(
    ask: &Ask<'_>,
    settled: &Settled<'_>,
    echo: &Echo<'_>,
) -> Result<Fields, Error> {
    let facts = &settled.bill;
    if codes::scheme(echo.scheme) != Some(facts.scheme) {
        let message = format!(
            "字段 insutype（险种类型）的值“{}”与本次就诊的险种“{}”不符",
            echo.scheme, facts.scheme
        );
        return Err(Error::refused("other_scheme", message));
    }
    let card = PersonCard::of(settled.context, settled.at.date())?;
    let booked = Booked::from(&settled.outcome);
    let care = facts.visit.care;
    let fields = card
        .onto(Fields::new())
        .text("mdtrt_id", facts.visit.id.as_str())
        .text("insutype", echo.scheme)
        .text("psn_type", codes::psn_type(facts.person.category))
        .text("cvlserv_flag", card.civil_servant())
        .datetime("setl_time", settled.at)
        .text("mdtrt_cert_type", echo.certificate)
        .text("med_type", echo.care.unwrap_or(codes::med_type(care)))
        .amount("hosp_part_amt", booked.institution)
        .amount(
            "balc",
            bill::balance_after(card.balance(), &booked.accounts),
        )
        .text("medins_setl_id", &ask.envelope.msgid)
        .text("clr_optins", ask.call.area.to_string())
        .text("clr_way", clr_way(care))
        .text("clr_type", codes::clr_type(care));
    Ok(bill::payer_amounts(bill::amounts(fields, &booked), &booked))
}

/// Bills of an agreed price are cleared by it, all others by item until clearing says otherwise.
pub(crate) fn clr_way(care: terms::CareType) -> &'static str {
    match care {
        terms::CareType::SingleDisease => "2",
        _ => "1",
    }
}

/// An output with summary and funds.
pub(crate) fn output(ask: &Ask<'_>, settled: &Settled<'_>, summary: Fields) -> Output {
    let outcome = &settled.outcome;
    let funds = bill::fund_rows(&outcome.funds, &outcome.layers);
    ask.output()
        .node("setlinfo", summary)
        .rows("setldetail", funds)
}

impl Ask<'_> {
    /// The reply to a bill, with what its sender should know though it was settled.
    pub fn seal_settled(&self, settled: &Settled<'_>, output: Output) -> Result<Vec<u8>, Error> {
        let notes: Vec<&str> = settled.notes.iter().map(String::as_str).collect();
        self.seal_noting(output, &notes)
    }
}

/// The split of every line, as pharmacy replies carry it.
pub(crate) fn line_rows<'s>(settled: &'s Settled<'_>) -> impl Iterator<Item = Fields> + 's {
    let lines = settled.lines.iter().zip(&settled.outcome.lines);
    let known = lines.zip(&settled.bill.lines);
    known.map(|((sent, split), known)| bill::line(sent, split, known.item.as_deref()))
}
