//! Every table with the two conversions between its columns and the store's row types.

pub(crate) mod access;
pub(crate) mod accounts;
pub(crate) mod bill;
pub(crate) mod counters;
pub(crate) mod credential;
pub(crate) mod filing;
pub(crate) mod institution;
pub(crate) mod person;
pub(crate) mod register;
pub(crate) mod request;
pub(crate) mod visit;

use crate::table::Table;

/// Every table of the store.
pub(crate) const ALL: &[&Table] = &[
    &institution::INSTITUTIONS,
    &person::PERSONS,
    &person::HEADS,
    &person::IDENTIFIERS,
    &person::COVERAGE,
    &person::FAMILY,
    &person::RECOGNITIONS,
    &person::REGISTRATIONS,
    &register::FACTS,
    &register::INDEX,
    &register::REOPENED,
    &filing::FILINGS,
    &credential::ACTIVATIONS,
    &credential::TOKENS,
    &credential::USES,
    &accounts::ACCOUNTS,
    &accounts::MOVEMENTS,
    &crate::account::rows::EVENTS,
    &crate::account::rows::PROPOSALS,
    &crate::account::rows::BASES,
    &crate::account::rows::RUNS,
    &visit::VISITS,
    &visit::LINES,
    &bill::SETTLEMENTS,
    &bill::FUNDS,
    &bill::TRANSFERS,
    &counters::COUNTERS,
    &counters::POSTINGS,
    &request::CLAIMS,
    &request::REQUESTS,
    &crate::imports::IMPORTS,
    &crate::findings::RUNS,
    &crate::findings::FINDINGS,
    &crate::findings::DECISIONS,
    &crate::merges::MERGES,
    &crate::contribution::rows::EMPLOYERS,
    &crate::contribution::rows::STAFF,
    &crate::contribution::rows::WAGES,
    &crate::contribution::rows::MONTHS,
    &crate::contribution::rows::MONTH_LINES,
    &crate::contribution::rows::PREMIUMS,
    &crate::contribution::rows::FILES,
    &crate::contribution::rows::LINES,
    &crate::contribution::rows::ALLOCATIONS,
    &crate::contribution::rows::LATE_FEES,
    &crate::contribution::rows::REFUNDS,
    &crate::contribution::rows::PAID,
    &crate::contribution::rows::HEADS,
    &crate::contribution::rows::TRANSFERS,
    &crate::clearing::rows::STATEMENTS,
    &crate::clearing::rows::BILLS,
    &crate::clearing::rows::ADJUSTMENTS,
    &crate::clearing::rows::EVENTS,
    &crate::clearing::rows::OBJECTIONS,
    &crate::clearing::rows::APPLICATIONS,
    &crate::clearing::PAYEES,
    &crate::clearing::ORDERS,
    &crate::clearing::FILES,
    &crate::clearing::RECEIPTS,
    &crate::clearing::RECEIPT_LINES,
    &crate::clearing::rows::HEADS,
    &crate::clearing::rows::TRANSFERS,
    &crate::lists::table::LISTS,
    &crate::lists::table::STEPS,
    &crate::lists::table::ROWS,
    &crate::lists::table::RESULTS,
    &crate::lists::table::CHANGES,
    &crate::watch::table::RUNS,
    &crate::watch::table::LINES,
    &crate::watch::table::ANSWERS,
    &crate::discharge::table::DISCHARGES,
    &crate::discharge::table::FINDINGS,
    &crate::discharge::table::GROUPS,
    &access::ACCESS_LOG,
    &access::SIGN_INS,
    &access::USERS,
    &access::SESSIONS,
    &access::POLICY_EDITIONS,
];
