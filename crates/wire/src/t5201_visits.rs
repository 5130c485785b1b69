use app::VisitRow;
use app::people::PersonView;
use app::visit::{Diagnosis, VisitDetail};
use terms::{CareType, Category};

use crate::ask::{Answered, Ask};
use crate::person::{PersonCard, psn_type};
use crate::visits::{insutype, med_type, read};
use crate::{Fields, codes, diagnoses};

/// 5201 就诊信息查询: a person's visits at the asking institution.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let person_no = data.text("psn_no")?;
    let care = codes::care_type(data.text("med_type")?);
    let end = data.optional_range_end("endtime");
    let end = end.ok_or_else(|| data.missing("endtime"))?;
    let period = (data.datetime("begntime")?, end);
    let view = ask.app.read_person(ask.call, person_no, "5201").await?;
    let visits = ask.app.visits_here(ask.call, person_no, period).await?;
    let one = data.optional_text("mdtrt_id");
    let wanted = visits.iter().filter(|visit| {
        care.is_some_and(|care| visit.care_type == care.word())
            && one.is_none_or(|id| visit.visit_id == id)
    });
    let rows = wanted.map(|visit| row(ask, &view, visit));
    let rows = rows.collect::<Result<Vec<_>, app::Error>>()?;
    Ok(ask.seal(ask.output().rows("mdtrtinfo", rows))?)
}

fn row(ask: &Ask<'_>, view: &PersonView, visit: &VisitRow) -> Result<Fields, app::Error> {
    let (detail, reported): (VisitDetail, Vec<Diagnosis>) = read(visit)?;
    let card = PersonCard::of(&view.context, visit.started_at.date())?;
    let is_stay = care_of(visit).is_stay();
    let main = reported.iter().find(|diagnosis| diagnosis.main);
    let (disease, disease_name) = detail.disease.clone().unwrap_or_default();
    let fields = with_cover(ask, view, visit, card.onto(Fields::new()))
        .text("mdtrt_id", &visit.visit_id)
        .text("cvlserv_flag", card.civil_servant())
        .text(
            "maf_psn_flag",
            codes::flag(!card.detail.identities.is_empty()),
        )
        .text("tel", &card.detail.phone)
        .text("insutype", insutype(&visit.scheme))
        .datetime("begntime", visit.started_at)
        .datetime("endtime", visit.ended_at)
        .text("med_type", med_type(&visit.care_type))
        .text("ipt_otp_no", &detail.local_number)
        .text("atddr_no", &detail.doctor.0)
        .text("chfpdr_name", &detail.doctor.1)
        .text("adm_dept_codg", &detail.department.0)
        .text("adm_dept_name", &detail.department.1)
        .text("adm_bed", &detail.bed.1)
        .text("dscg_way", &detail.discharge_way)
        .text("main_cond_dscr", &detail.note)
        .text("dise_codg", disease)
        .text("dise_name", disease_name)
        .text("opter_id", &detail.operator);
    let fields = fields
        .optional_text("dscg_maindiag_code", main.map(|diagnosis| &diagnosis.code))
        .optional_text(
            "dscg_maindiag_name",
            main.map(|one| diagnoses::name_of(ask.app, one)),
        );
    Ok(if is_stay { stay(fields, visit) } else { fields })
}

fn stay(fields: Fields, visit: &VisitRow) -> Fields {
    let open = visit.status == "open";
    let days = visit.ended_at.map(|end| {
        let days = end
            .date()
            .duration_since(visit.started_at.date())
            .as_hours()
            / 24;
        days.max(1)
    });
    fields
        .text("inhosp_stas", codes::flag(open))
        .integer("ipt_days", days)
}

fn with_cover(ask: &Ask<'_>, view: &PersonView, visit: &VisitRow, fields: Fields) -> Fields {
    let desk = view.desk(ask.app, ask.call);
    let day = visit.started_at.date();
    let Ok(cover) = desk.cover(visit.scheme.parse().ok(), day) else {
        return fields;
    };
    let category: Option<Category> = cover.row.category.parse().ok();
    fields
        .text("psn_type", psn_type(&cover.row.category))
        .text(
            "flxempe_flag",
            codes::flag(category == Some(Category::Flexible)),
        )
        .text("nwb_flag", codes::flag(category == Some(Category::Newborn)))
        .text("insu_optins", ask.call.area.to_string())
        .text("emp_name", &cover.row.employer)
}

fn care_of(visit: &VisitRow) -> CareType {
    visit
        .care_type
        .parse()
        .unwrap_or(CareType::GeneralOutpatient)
}
