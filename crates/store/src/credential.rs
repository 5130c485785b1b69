//! The electronic credential: activations, tokens, and how often it is used.

use jiff::civil::DateTime;
use terms::AreaCode;

use crate::cell::{Cells, Record};
use crate::rows::{ActivationRow, TokenRow, UsageRow};
use crate::table::{Insert, Kind};
use crate::tables::credential;
use crate::{Fault, Store};

const ACTIVATION: Insert = Insert::or(
    &credential::ACTIVATIONS,
    "ON CONFLICT (area, person_no, channel) DO NOTHING",
);
const TOKEN: Insert = Insert::or(
    &credential::TOKENS,
    "ON CONFLICT (area, person_no, token_hash) DO NOTHING",
);

impl Store {
    /// Remembers activations; a channel that a person has activated before stays as it was.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_activations(
        &self,
        area: AreaCode,
        rows: &[ActivationRow],
    ) -> Result<(), Fault> {
        let mut cells = Cells::default();
        rows.iter()
            .for_each(|row| credential::put_activation(&mut cells, area, row));
        self.put("remember activations", ACTIVATION, cells).await
    }

    /// A person's activations, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn activations(
        &self,
        area: AreaCode,
        person_no: &str,
    ) -> Result<Vec<ActivationRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(person_no);
        let rest = "WHERE area = $1 AND person_no = $2 ORDER BY activated_at, channel";
        let take = credential::take_activation;
        self.rows(&credential::ACTIVATIONS, rest, parameters, take)
            .await
    }

    /// Remembers tokens under their hashes; one already known stays as it was.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_tokens(&self, area: AreaCode, rows: &[TokenRow]) -> Result<(), Fault> {
        let mut cells = Cells::default();
        rows.iter()
            .for_each(|row| credential::put_token(&mut cells, area, row));
        self.put("remember tokens", TOKEN, cells).await
    }

    /// The token with a hash, whoever it was issued to.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn find_token(
        &self,
        area: AreaCode,
        token_hash: &str,
    ) -> Result<Option<TokenRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(token_hash);
        let rest = "WHERE area = $1 AND token_hash = $2";
        let take = credential::take_token;
        let mut found = self
            .rows(&credential::TOKENS, rest, parameters, take)
            .await?;
        Ok(found.pop())
    }

    /// Settlements from one moment to before another by institution and proof (凭证使用统计).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn credential_usage(
        &self,
        area: AreaCode,
        from: DateTime,
        to: DateTime,
    ) -> Result<Vec<UsageRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).time(from).time(to);
        let dialect = self.engine.dialect();
        let (from, to) = (
            dialect.parameter(2, Kind::Time),
            dialect.parameter(3, Kind::Time),
        );
        let sql = format!(
            "SELECT institution, proof, CAST(COUNT(*) AS bigint) FROM credential_uses \
             WHERE area = $1 AND used_at >= {from} AND used_at < {to} \
             GROUP BY institution, proof ORDER BY institution, proof"
        );
        let kinds = [Kind::Text, Kind::Text, Kind::Int];
        let failed = |cause| Fault::database("count credentials used", cause);
        let found = self.engine.query(sql, &kinds, parameters).await;
        let usage = |mut record: Record| {
            Ok(UsageRow {
                institution: record.text()?,
                proof: record.text()?,
                count: record.int()?,
            })
        };
        found.map_err(failed)?.into_iter().map(usage).collect()
    }

    /// How many people have activated the credential, and how many there are (激活率).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn activation_count(&self, area: AreaCode) -> Result<(i64, i64), Fault> {
        let failed = |cause| Fault::database("count activations", cause);
        let mut counts = [0, 0];
        for (count, sql) in counts.iter_mut().zip([
            "SELECT CAST(COUNT(DISTINCT person_no) AS bigint) FROM credential_activations \
             WHERE area = $1",
            "SELECT CAST(COUNT(*) AS bigint) FROM persons WHERE area = $1 AND death IS NULL",
        ]) {
            let mut parameters = Cells::default();
            parameters.area(area);
            let found = self.engine.query(sql.to_owned(), &[Kind::Int], parameters);
            for mut record in found.await.map_err(failed)? {
                *count = record.int()?;
            }
        }
        Ok((counts[0], counts[1]))
    }
}
