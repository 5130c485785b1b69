use store::{StockFilter, StockRecordRow};

use super::goods::StockKind;
use crate::{App, Call, Error};

/// Lines of one answer, at most.
const MOST_LINES: usize = 1_000;

/// Which of its own goods an institution asks for (进销存查询).
#[derive(Debug, Clone, Default)]
pub struct GoodsQuery {
    /// Kinds of upload.
    pub kinds: Vec<StockKind>,
    /// Everything else.
    pub filter: StockFilter,
    /// Only lines with this code.
    pub code: Option<String>,
}

impl App {
    /// What an institution told of its goods and did not take back (进销存明细查询).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn list_goods(
        &self,
        call: &Call,
        query: &GoodsQuery,
    ) -> Result<Vec<StockRecordRow>, Error> {
        let filter = StockFilter {
            kinds: query.kinds.iter().map(|kind| kind.word()).collect(),
            ..query.filter.clone()
        };
        let institution = &call.institution.code;
        let found = self
            .store
            .stock_records(call.area, institution, &filter, MOST_LINES);
        let mut rows = found.await?;
        if let Some(code) = &query.code {
            let quoted = serde_json::json!(code).to_string();
            rows.retain(|row| row.codes.contains(&quoted));
        }
        Ok(rows)
    }
}
