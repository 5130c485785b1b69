use policy::ProviderFundsRule;
use terms::{AreaCode, Date, Scheme};

use crate::{Error, Law};

/// The rules on money between the fund of a book and institutions on a day (机构往来资金).
///
/// # Errors
/// A refusal where the book is of no scheme, or the area has no such rules.
pub(crate) fn provider_funds<'l>(
    law: &'l Law,
    area: AreaCode,
    book: &str,
    on: Date,
) -> Result<&'l ProviderFundsRule, Error> {
    let scheme = match book {
        "E" => Scheme::Employee,
        "R" => Scheme::Resident,
        other => {
            let message = format!("账套“{other}”不能办理代结算、预付金和预算指标，只有E、R可以");
            return Err(Error::refused("book_without_rules", message));
        }
    };
    let topics = law.scheme(area, scheme)?.provider_funds.iter();
    let mut in_force = topics.filter_map(|topic| topic.on(on));
    let found = in_force.next().map(|(rule, _)| rule);
    found.ok_or_else(|| {
        let message = format!("{on}没有{scheme}机构往来资金的规定");
        Error::refused("no_provider_rules", message)
    })
}

/// What the room of payment refuses, as a refusal of ours.
pub(crate) fn refused_by(refusal: payment::Refusal) -> Error {
    Error::refused(refusal.code(), refusal.to_string())
}
