//! The console and integration API, `/api/v1`: what goes over the line, room by room.
//!
//! Every type here is a twin of something a room returns, in the words of the glossary, with
//! amounts as text in yuan (`"123.40"`) so that no reader is tempted to use floating point. The
//! Chinese doc comments become the descriptions of `/api/v1/openapi.json`, from which the console's
//! client is generated.

pub mod account;
pub mod audit;
pub mod audit_runs;
pub mod bank;
pub mod budget;
pub mod catalogue;
pub mod cleaning;
pub mod clearing;
pub mod contribution;
pub mod credential;
pub mod difficulty;
pub mod discharges;
mod door;
pub mod doubt_case;
pub mod doubts;
pub mod employer;
pub mod filing;
pub mod knowledge;
pub mod overview;
pub mod people;
pub mod points;
pub mod policy;
pub mod problem;
pub mod procurement;
mod read;
pub mod refund;
pub mod register;
pub mod rules;
pub mod samples;
pub mod session;
pub mod settlements;
pub mod sheet;
pub mod simulator;
pub mod statement;
pub mod stock;
pub mod trace;
pub mod trial;
mod view;
pub mod watch;
pub mod yuan;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Json, Router};
use utoipa::OpenApi;

use crate::Service;

/// The description of every path and type below `/api/v1`.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "统筹控制台接口",
        version = "1",
        description = "控制台和集成方使用的接口。金额一律为以元为单位、两位小数的文本。",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        session::sign_in,
        session::current,
        session::sign_out,
        overview::overview,
        catalogue::words,
        catalogue::institutions,
        catalogue::items,
        settlements::list,
        sheet::detail,
        people::list,
        people::detail,
        account::detail,
        account::grant,
        account::revoke,
        account::freeze,
        account::unfreeze,
        account::propose,
        account::decide,
        account::premium,
        account::reverse_premium,
        register::history,
        register::change,
        register::enrol,
        register::reopened,
        register::decide,
        filing::list,
        filing::words,
        filing::approve,
        filing::reject,
        filing::of_person,
        filing::file,
        credential::usage,
        credential::activate,
        credential::issue,
        cleaning::findings,
        cleaning::finding,
        cleaning::decide,
        cleaning::runs,
        cleaning::imports,
        cleaning::coverage,
        employer::list,
        employer::detail,
        employer::month,
        employer::wages,
        contribution::month,
        contribution::assess,
        contribution::import,
        contribution::match_line,
        contribution::arrears,
        refund::list,
        refund::propose,
        refund::decide,
        refund::pay,
        clearing::month,
        clearing::build,
        clearing::publish,
        clearing::approve,
        clearing::order,
        clearing::close,
        statement::list,
        statement::detail,
        statement::bills,
        statement::confirm,
        statement::object,
        statement::answer,
        bank::make,
        bank::download,
        bank::receipt,
        bank::reissue,
        bank::payees,
        bank::put_payee,
        difficulty::inbox,
        difficulty::detail,
        difficulty::receive,
        difficulty::apply,
        difficulty::send_back,
        difficulty::receipt,
        difficulty::lapses,
        discharges::list,
        discharges::detail,
        discharges::quality,
        discharges::approve,
        discharges::send_back,
        watch::months,
        watch::month,
        watch::run,
        watch::file,
        watch::answer,
        procurement::invoices,
        procurement::answer,
        procurement::batches,
        procurement::make,
        procurement::decide,
        procurement::advances,
        procurement::propose_advance,
        procurement::decide_advance,
        budget::board,
        budget::targets,
        budget::propose,
        budget::decide,
        budget::hold,
        budget::close,
        stock::code,
        stock::balances,
        stock::mismatches,
        audit::list,
        doubt_case::detail,
        doubt_case::attachment,
        audit_runs::list,
        audit_runs::run,
        rules::rule,
        rules::quality,
        rules::coverage,
        knowledge::library,
        knowledge::row,
        knowledge::edition_report,
        knowledge::decide,
        doubts::step,
        doubts::deduct,
        doubts::release,
        doubts::attach,
        doubts::bulk,
        samples::sample,
        samples::samples,
        samples::detail,
        doubts::notices,
        doubts::publish,
        doubts::receive,
        points::methods,
        points::months,
        points::cases,
        points::value,
        points::case,
        points::years,
        points::year,
        points::approve,
        policy::areas,
        policy::edition,
        policy::history,
        trial::examples,
        trial::run,
        simulator::options,
        simulator::run,
        simulator::codes,
    )
)]
pub struct Description;

/// The OpenAPI document that `/api/v1/openapi.json` answers with.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// Every path below `/api/v1`.
pub fn routes() -> Router<Arc<Service>> {
    let session = post(session::sign_in)
        .get(session::current)
        .delete(session::sign_out);
    Router::new()
        .route("/api/v1/openapi.json", get(|| async { Json(openapi()) }))
        .route("/api/v1/session", session)
        .route("/api/v1/overview", get(overview::overview))
        .route("/api/v1/words", get(catalogue::words))
        .route("/api/v1/institutions", get(catalogue::institutions))
        .route("/api/v1/items", get(catalogue::items))
        .route("/api/v1/settlements", get(settlements::list))
        .route("/api/v1/settlements/{id}", get(sheet::detail))
        .route("/api/v1/people", get(people::list).post(register::enrol))
        .route("/api/v1/people/{no}", get(people::detail))
        .merge(accounts())
        .route("/api/v1/stock/codes/{code}", get(stock::code))
        .route("/api/v1/stock/balances", get(stock::balances))
        .route("/api/v1/stock/mismatches", get(stock::mismatches))
        .route(
            "/api/v1/people/{no}/register",
            get(register::history).post(register::change),
        )
        .route("/api/v1/reopened", get(register::reopened))
        .route("/api/v1/reopened/{id}", post(register::decide))
        .route("/api/v1/filings", get(filing::list))
        .route("/api/v1/filings/words", get(filing::words))
        .route("/api/v1/filings/{id}/approval", post(filing::approve))
        .route("/api/v1/filings/{id}/rejection", post(filing::reject))
        .route(
            "/api/v1/people/{no}/filings",
            get(filing::of_person).post(filing::file),
        )
        .route("/api/v1/credentials/usage", get(credential::usage))
        .route(
            "/api/v1/credentials/activations",
            post(credential::activate),
        )
        .route("/api/v1/credentials/tokens", post(credential::issue))
        .route("/api/v1/cleaning/findings", get(cleaning::findings))
        .route("/api/v1/cleaning/findings/{id}", get(cleaning::finding))
        .route(
            "/api/v1/cleaning/findings/{id}/decision",
            post(cleaning::decide),
        )
        .route("/api/v1/cleaning/runs", get(cleaning::runs))
        .route("/api/v1/imports", get(cleaning::imports))
        .route("/api/v1/coverage", get(cleaning::coverage))
        .merge(contribution::routes())
        .merge(clearing_routes())
        .merge(difficulty_routes())
        .merge(audit_routes())
        .merge(provider_routes())
        .merge(points_routes())
        .merge(discharge_routes())
        .route("/api/v1/policy/areas", get(policy::areas))
        .route("/api/v1/policy/{area}", get(policy::edition))
        .route("/api/v1/policy/{area}/key", get(policy::history))
        .route("/api/v1/trial", post(trial::run))
        .route("/api/v1/trial/examples", get(trial::examples))
        .route(
            "/api/v1/simulator",
            get(simulator::options).post(simulator::run),
        )
        .route("/api/v1/simulator/codes", get(simulator::codes))
}

/// The paths about clearing and payment; a bank's receipt may be large.
fn clearing_routes() -> Router<Arc<Service>> {
    let (month, one) = (
        "/api/v1/clearing/months/{month}",
        "/api/v1/clearing/statements/{id}",
    );
    let receipts = post(bank::receipt).layer(bank::body_limit());
    let payees = get(bank::payees).post(bank::put_payee);
    Router::new()
        .route(month, get(clearing::month))
        .route(&format!("{month}/build"), post(clearing::build))
        .route(&format!("{month}/publication"), post(clearing::publish))
        .route(&format!("{month}/approval"), post(clearing::approve))
        .route(&format!("{month}/orders"), post(clearing::order))
        .route(&format!("{month}/bank-files"), post(bank::make))
        .route(&format!("{month}/close"), post(clearing::close))
        .route("/api/v1/clearing/statements", get(statement::list))
        .route(one, get(statement::detail))
        .route(&format!("{one}/bills"), get(statement::bills))
        .route(&format!("{one}/confirmation"), post(statement::confirm))
        .route(&format!("{one}/objection"), post(statement::object))
        .route(&format!("{one}/answer"), post(statement::answer))
        .route("/api/v1/clearing/bank-files/{file}", get(bank::download))
        .route("/api/v1/clearing/receipts", receipts)
        .route("/api/v1/clearing/orders/{id}/reissue", post(bank::reissue))
        .route("/api/v1/clearing/payees", payees)
}

/// The paths about settlement lists.
fn discharge_routes() -> Router<Arc<Service>> {
    let base = "/api/v1/discharges";
    Router::new()
        .route(base, get(discharges::list))
        .route(&format!("{base}/quality"), get(discharges::quality))
        .route(&format!("{base}/{{id}}"), get(discharges::detail))
        .route(
            &format!("{base}/{{id}}/approval"),
            post(discharges::approve),
        )
        .route(
            &format!("{base}/{{id}}/return"),
            post(discharges::send_back),
        )
}

/// Lists of people in difficulty and the watch; their files may be large.
fn difficulty_routes() -> Router<Arc<Service>> {
    let lists = "/api/v1/difficulty/lists";
    Router::new()
        .route(lists, get(difficulty::inbox).post(difficulty::receive))
        .route("/api/v1/difficulty/lists/{id}", get(difficulty::detail))
        .route(
            "/api/v1/difficulty/lists/{id}/application",
            post(difficulty::apply),
        )
        .route(
            "/api/v1/difficulty/lists/{id}/return",
            post(difficulty::send_back),
        )
        .route(
            "/api/v1/difficulty/lists/{id}/receipt",
            get(difficulty::receipt),
        )
        .route("/api/v1/difficulty/lapses", get(difficulty::lapses))
        .route("/api/v1/watch", get(watch::months))
        .route("/api/v1/watch/{month}", get(watch::month).post(watch::run))
        .route("/api/v1/watch/{month}/file", get(watch::file))
        .route("/api/v1/watch/{month}/answers", post(watch::answer))
        .layer(DefaultBodyLimit::max(difficulty::LARGEST_FILE))
}

/// The paths about suppliers, advances and budgets.
fn provider_routes() -> Router<Arc<Service>> {
    let (buying, budgets) = ("/api/v1/procurement", "/api/v1/budgets");
    Router::new()
        .route(&format!("{buying}/invoices"), get(procurement::invoices))
        .route(
            &format!("{buying}/invoices/{{id}}/answer"),
            post(procurement::answer),
        )
        .route(
            &format!("{buying}/batches"),
            get(procurement::batches).post(procurement::make),
        )
        .route(
            &format!("{buying}/batches/{{id}}/decision"),
            post(procurement::decide),
        )
        .route(
            &format!("{buying}/advances"),
            get(procurement::advances).post(procurement::propose_advance),
        )
        .route(
            &format!("{buying}/advances/{{id}}/decision"),
            post(procurement::decide_advance),
        )
        .route(&format!("{budgets}/months/{{month}}"), get(budget::board))
        .route(&format!("{budgets}/targets"), post(budget::propose))
        .route(&format!("{budgets}/targets/{{year}}"), get(budget::targets))
        .route(&format!("{budgets}/targets/decision"), post(budget::decide))
        .route(&format!("{budgets}/interviews"), post(budget::hold))
        .route(
            &format!("{budgets}/interviews/{{id}}/closing"),
            post(budget::close),
        )
}

/// The paths about the audit and its doubts.
fn audit_routes() -> Router<Arc<Service>> {
    let doubt = "/api/v1/audit/doubts/{id}";
    let attach = post(doubts::attach).layer(doubts::body_limit());
    let runs = get(audit_runs::list).post(audit_runs::run);
    Router::new()
        .route("/api/v1/audit/doubts", get(audit::list))
        .route("/api/v1/audit/runs", runs)
        .route(doubt, get(doubt_case::detail))
        .route(&format!("{doubt}/moves"), post(doubts::step))
        .route(&format!("{doubt}/deduction"), post(doubts::deduct))
        .route(&format!("{doubt}/release"), post(doubts::release))
        .route(&format!("{doubt}/attachments"), attach)
        .route(
            &format!("{doubt}/attachments/{{attachment}}"),
            get(doubt_case::attachment),
        )
        .route("/api/v1/audit/bulk", post(doubts::bulk))
        .route(
            "/api/v1/audit/samples",
            get(samples::samples).post(samples::sample),
        )
        .route("/api/v1/audit/samples/{id}", get(samples::detail))
        .route(
            "/api/v1/audit/notices",
            get(doubts::notices).post(doubts::publish),
        )
        .route("/api/v1/audit/notices/{id}/receipt", post(doubts::receive))
        .route("/api/v1/audit/rules/{id}", get(rules::rule))
        .route("/api/v1/audit/quality", get(rules::quality))
        .route("/api/v1/audit/coverage", get(rules::coverage))
        .merge(knowledge::routes())
}

/// The paths about payment by method.
fn points_routes() -> Router<Arc<Service>> {
    let base = "/api/v1/points";
    Router::new()
        .route(&format!("{base}/methods"), get(points::methods))
        .route(&format!("{base}/months/{{month}}"), get(points::months))
        .route(
            &format!("{base}/cases"),
            get(points::cases).post(points::value),
        )
        .route(&format!("{base}/cases/{{id}}"), get(points::case))
        .route(&format!("{base}/years"), get(points::years))
        .route(&format!("{base}/years/{{id}}"), get(points::year))
        .route(
            &format!("{base}/years/{{id}}/approval"),
            post(points::approve),
        )
}

/// The paths about personal accounts.
fn accounts() -> Router<Arc<Service>> {
    let base = "/api/v1/people/{no}/account";
    Router::new()
        .route(base, get(account::detail))
        .route(&format!("{base}/grants"), post(account::grant))
        .route(&format!("{base}/grants/revocation"), post(account::revoke))
        .route(&format!("{base}/freeze"), post(account::freeze))
        .route(&format!("{base}/unfreeze"), post(account::unfreeze))
        .route(&format!("{base}/inheritance"), post(account::propose))
        .route(&format!("{base}/premiums"), post(account::premium))
        .route(
            &format!("{base}/premiums/{{id}}/reversal"),
            post(account::reverse_premium),
        )
        .route(
            &format!("{base}/inheritance/{{id}}/decision"),
            post(account::decide),
        )
}

/// How many rows a page of a list has, as asked for and within bounds.
fn page_size(asked: Option<u32>) -> usize {
    usize::try_from(asked.unwrap_or(50).clamp(1, 200)).unwrap_or(50)
}
