//! 地址与交易：从地址和报文头认出交易。
//!
//! Three styles of address are in use: one for all transactions (`…/callService`, the CSB bus), a
//! base with the transaction number behind it, and one path per transaction.

use crate::Refusal;
use crate::refusal::excerpt;
use crate::tables::{Transaction, transaction, transaction_at};

/// The address all transactions share in the national annex.
pub const CALL_SERVICE: &str = "/fsi/api/rsfComIfsService/callService";
/// Bases behind which the transaction number follows, as public clients use them.
pub const BASES: [&str; 2] = ["/fsi/api", "/ebus/gdyb_inf/poc/hsa/hgs"];

/// What an address says about the transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route<'a> {
    /// The message itself names it.
    Shared,
    /// The address ends in a transaction number, known or not.
    Numbered(&'a str),
    /// The address belongs to one transaction.
    Named(&'static str),
    /// Not an address of the interface.
    Unknown,
}

/// Reads an address, without its query. Case, a slash at the end and a prefix that a proxy put
/// before the interface's own path do not matter.
pub fn route(path: &str) -> Route<'_> {
    let path = path.trim_end_matches('/');
    let last = path.rsplit_once('/').map_or("", |(_, last)| last);
    if last.eq_ignore_ascii_case("callService") || last.eq_ignore_ascii_case("CSB") {
        return Route::Shared;
    }
    let own = path
        .to_ascii_lowercase()
        .find("/fsi/api/")
        .and_then(|from| path.get(from..));
    if let Some(found) = own.and_then(transaction_at) {
        return Route::Named(found.number);
    }
    if looks_like_number(last) {
        Route::Numbered(last)
    } else {
        Route::Unknown
    }
}

/// The transaction a message asks for, given its address and the `infno` of its envelope.
///
/// # Errors
/// When they disagree, when the number does not exist, and when it exists but is not served.
pub fn resolve(path: &str, infno: &str) -> Result<&'static Transaction, Refusal> {
    let shown = excerpt(infno);
    let said = match route(path) {
        Route::Shared => None,
        Route::Numbered(number) | Route::Named(number) => Some(number),
        Route::Unknown => {
            return Err(Refusal::new(format!("地址“{}”不属于本接口", excerpt(path))));
        }
    };
    let found = transaction(infno).or_else(|| transaction(&infno.to_ascii_uppercase()));
    if let Some(said) = said.filter(|said| !agree(said, infno)) {
        return Err(Refusal::new(format!(
            "地址中的交易编号“{said}”与报文头 infno“{shown}”不一致"
        )));
    }
    let found = found.ok_or_else(|| Refusal::new(format!("交易【{shown}】不存在")))?;
    if found.supported {
        return Ok(found);
    }
    Err(Refusal::new(format!(
        "交易【{} {}】暂不支持",
        found.number, found.name_zh
    )))
}

/// Editions exchanged the paths of 2206 and 2206A, 2207 and 2207A; the envelope decides then.
fn agree(said: &str, infno: &str) -> bool {
    let stem = |number: &str| number.trim_end_matches(['a', 'A']).to_owned();
    stem(said) == stem(infno)
}

fn looks_like_number(text: &str) -> bool {
    let body = text.strip_prefix(['D', 'd']).unwrap_or(text);
    let digits = body.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (3..=6).contains(&digits.len())
        && body.len() - digits.len() <= 1
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_styles_of_address_are_read() {
        for (path, want) in [
            ("/fsi/api/rsfComIfsService/callService", Route::Shared),
            ("/FSI/api/rsfComIfsService/callservice/", Route::Shared),
            ("/CSB", Route::Shared),
            ("/fsi/api/2207", Route::Numbered("2207")),
            ("/ebus/gdyb_inf/poc/hsa/hgs/2203A", Route::Numbered("2203A")),
            ("/any/base/D001", Route::Numbered("D001")),
            ("/any/base/100001", Route::Numbered("100001")),
            ("/fsi/api/reverseService/revsMethod", Route::Named("2601")),
            (
                "/fsi/api/outpatientSettleService/saveSettletment",
                Route::Named("2207A"),
            ),
            (
                "/proxy/fsi/api/ReverseService/revsMethod",
                Route::Named("2601"),
            ),
            ("/proxy/rsfComIfsService/callService", Route::Shared),
            ("/fsi/api/nothing", Route::Unknown),
            ("2207", Route::Unknown),
            ("/", Route::Unknown),
            ("", Route::Unknown),
        ] {
            assert_eq!(route(path), want, "{path}");
        }
    }

    #[test]
    fn path_and_envelope_must_agree() {
        let number = |path, infno| resolve(path, infno).map(|found| found.number);
        assert_eq!(number(CALL_SERVICE, "2207A"), Ok("2207A"));
        assert_eq!(number(CALL_SERVICE, "2203a"), Ok("2203A"));
        assert_eq!(number("/fsi/api/2207", "2207"), Ok("2207"));
        let renamed = "/fsi/api/outpatientSettleService/saveSettletment";
        assert_eq!(number(renamed, "2207"), Ok("2207"));
        let refused = number("/fsi/api/2207", "2102").unwrap_err();
        assert_eq!(
            refused.message(),
            "地址中的交易编号“2207”与报文头 infno“2102”不一致"
        );
        let refused = number("/fsi/api/reverseService/revsMethod", "2207").unwrap_err();
        assert_eq!(
            refused.message(),
            "地址中的交易编号“2601”与报文头 infno“2207”不一致"
        );
    }

    #[test]
    fn what_is_not_served_is_refused_by_name() {
        let message = |infno| {
            resolve(CALL_SERVICE, infno)
                .unwrap_err()
                .message()
                .to_owned()
        };
        assert_eq!(
            message("3201"),
            "交易【3201 医药机构费用结算对总账】暂不支持"
        );
        assert_eq!(message("9999"), "交易【9999】不存在");
        assert!(
            resolve("/elsewhere", "2207")
                .unwrap_err()
                .message()
                .contains("/elsewhere")
        );
    }
}
