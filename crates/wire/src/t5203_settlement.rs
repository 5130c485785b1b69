use app::people::PersonView;
use app::settlement::SavedSettlement;
use app::{Error, SettlementRow};
use settlement::{Booked, FundShare};
use terms::{Category, Grade};

use crate::ask::{Answered, Ask};
use crate::person::PersonCard;
use crate::settling::clr_way;
use crate::{Fields, bill, codes};

/// 5203 结算信息查询: a settlement as it was booked, or the reversal of one.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let (person_no, id) = (data.text("psn_no")?, data.text("setl_id")?);
    let view = ask.app.read_person(ask.call, person_no, "5203").await?;
    let (row, saved) = ask.app.settlement_here(ask.call, person_no, id).await?;
    if row.visit_id != data.text("mdtrt_id")? {
        return Err(data.refuse("mdtrt_id", "与结算记录的就诊不同").into());
    }
    let booked = booked(&row, &saved);
    let funds = bill::fund_rows(&booked.funds, &saved.layers);
    let output = ask
        .output()
        .node("setlinfo", summary(ask, &view, &row, &saved, &booked)?)
        .rows("setldetail", funds);
    Ok(ask.seal(output)?)
}

/// What was booked; a reversal is the exact negative of its original.
fn booked(row: &SettlementRow, saved: &SavedSettlement) -> Booked {
    let of = saved.booked.clone();
    if !row.is_reversal() {
        return of;
    }
    let negative = |share: &FundShare| FundShare {
        amount: -share.amount,
        ..*share
    };
    Booked {
        total: -of.total,
        self_paid: -of.self_paid,
        over_limit: -of.over_limit,
        prior: -of.prior,
        in_scope: -of.in_scope,
        funds: of.funds.iter().map(negative).collect(),
        accounts: of
            .accounts
            .into_iter()
            .map(|draw| settlement::AccountDraw {
                amount: -draw.amount,
                ..draw
            })
            .collect(),
        cash: -of.cash,
        institution: -of.institution,
        deductible: -of.deductible,
        ..of
    }
}

fn summary(
    ask: &Ask<'_>,
    view: &PersonView,
    row: &SettlementRow,
    saved: &SavedSettlement,
    booked: &Booked,
) -> Result<Fields, Error> {
    let (facts, institution) = (&saved.facts, &ask.call.institution);
    let card = PersonCard::of(&view.context, row.settled_at.date())?;
    let level = hosp_lv(facts.institution.grade);
    let disease = facts.visit.disease.as_ref().map(|code| code.as_str());
    let fields = bill::amounts(card.onto(Fields::new()), booked)
        .text("setl_id", &row.settlement_id)
        .text("mdtrt_id", &row.visit_id)
        .text("insutype", codes::insutype(facts.scheme))
        .text("psn_type", codes::psn_type(facts.person.category))
        .text("cvlserv_flag", card.civil_servant())
        .text(
            "flxempe_flag",
            codes::flag(facts.person.category == Category::Flexible),
        )
        .text(
            "nwb_flag",
            codes::flag(facts.person.category == Category::Newborn),
        )
        .text("insu_optins", ask.call.area.to_string())
        .text("pay_loc", "2")
        .text("fixmedins_code", &institution.code)
        .text("fixmedins_name", &institution.name)
        .text("hosp_lv", level)
        .text("fixmedins_poolarea", institution.area.to_string())
        .date("begndate", facts.dates.admission)
        .date("enddate", facts.dates.discharge)
        .datetime("setl_time", row.settled_at)
        .text("med_type", codes::med_type(facts.visit.care))
        .text("clr_type", codes::clr_type(facts.visit.care))
        .text("clr_way", clr_way(facts.visit.care))
        .text("clr_optins", ask.call.area.to_string());
    Ok(fields
        .amount("oth_pay", bill::other_funds(booked))
        .amount("psn_pay", booked.account_total() + booked.cash)
        .amount("cash_payamt", booked.cash)
        .amount("balc", card.balance())
        .text("medins_setl_id", &row.msgid)
        .text("refd_setl_flag", codes::flag(row.is_reversal()))
        .text("year", booked.benefit_year.to_string())
        .optional_text("dise_codg", disease)
        .text("opter_id", &facts.operator)
        .datetime("opt_time", row.settled_at))
}

/// The `hosp_lv` of a grade: the codes that say nothing of a further standing (无等).
fn hosp_lv(grade: Grade) -> &'static str {
    match grade {
        Grade::Tertiary => "12",
        Grade::Secondary => "13",
        Grade::Primary => "14",
        Grade::Community | Grade::Village | Grade::Ungraded => "11",
    }
}
