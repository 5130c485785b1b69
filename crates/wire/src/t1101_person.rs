use app::PersonRow;
use app::people::Identifier;
use app::people::PersonView;
use jiff::civil::Date;
use terms::{CoverState, Scheme};

use crate::ask::{Answered, Ask};
use crate::person::{PersonCard, psn_idet_type, psn_type};
use crate::{Fields, Node, Refusal, codes, credential};

/// 1101 人员基本信息获取.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let person_no = ask.app.find_person(ask.call, &identifier(data)?).await?;
    let view = ask.app.read_person(ask.call, &person_no, "1101").await?;
    let (context, today) = (&view.context, ask.call.at.date());
    let card = PersonCard::of(context, today)?;
    same_person(data, &context.person, &card.detail.document)?;
    let identities = view.detail.identities.iter().map(|held| {
        let name = ask.app.law.word(ask.call.area, &held.word);
        Fields::new()
            .text("psn_idet_type", psn_idet_type(&held.word))
            .text("memo", name)
            .datetime("begntime", midnight(held.from))
            .datetime("endtime", held.to.map(|to| to.at(23, 59, 59, 0)))
    });
    let output = ask
        .output()
        .node("baseinfo", card.onto(Fields::new()))
        .rows("insuinfo", covers(ask, &view, &card))
        .rows("idetinfo", identities);
    Ok(ask.seal(output)?)
}

/// What the certificate names the person by.
fn identifier(data: &Node) -> Result<Identifier, Refusal> {
    let number = data.text("mdtrt_cert_no")?;
    credential::of(data, number)
}

/// Nobody learns about a person whose name or document they do not know.
pub(crate) fn same_person(data: &Node, person: &PersonRow, document: &str) -> Result<(), Refusal> {
    let differs = |field: &str, own: &str| {
        let sent = data.optional_text(field);
        sent.is_some_and(|sent| !sent.eq_ignore_ascii_case(own))
    };
    if differs("psn_name", &person.name) {
        return Err(data.refuse("psn_name", "与参保登记的姓名不符"));
    }
    if differs("certno", document) {
        return Err(data.refuse("certno", "与参保登记的证件号码不符"));
    }
    Ok(())
}

/// One row for each scheme the person is enrolled in: the period that holds, or the last one.
fn covers(ask: &Ask<'_>, view: &PersonView, card: &PersonCard<'_>) -> Vec<Fields> {
    let desk = view.desk(ask.app, ask.call);
    let today = ask.call.at.date();
    let of_scheme = |scheme: &Scheme| {
        let cover = desk.cover(Some(*scheme), today).ok()?;
        let state = cover.state().ok()?;
        let stopped = matches!(state, CoverState::Suspended | CoverState::Ended);
        let balance = (*scheme == Scheme::Employee).then(|| card.balance());
        Some(
            Fields::new()
                .amount("balc", balance)
                .text("insutype", codes::insutype(*scheme))
                .text("psn_type", psn_type(&cover.row.category))
                .text("psn_insu_stas", codes::psn_insu_stas(state))
                .date("psn_insu_date", cover.row.starts_on)
                .date("paus_insu_date", cover.row.ends_on.filter(|_| stopped))
                .text("cvlserv_flag", card.civil_servant())
                .text("insuplc_admdvs", ask.call.area.to_string())
                .text("emp_name", &cover.row.employer),
        )
    };
    Scheme::ALL.iter().filter_map(of_scheme).collect()
}

fn midnight(day: Date) -> jiff::civil::DateTime {
    day.at(0, 0, 0, 0)
}
