//! Small reads and writes beside bills: institutions, identifiers, sign-ins, users, sessions.

use jiff::civil::DateTime;
use terms::AreaCode;

use crate::cell::{Cells, Record};
use crate::engine::Select;
use crate::rows::{InstitutionRow, PolicyEditionRow, SessionRow, SignInRow, UserRow};
use crate::table::{Insert, Kind, Table};
use crate::tables::{access, institution, person};
use crate::{Fault, Store};

impl Store {
    /// All institutions of an area, by code.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn institutions(&self, area: AreaCode) -> Result<Vec<InstitutionRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area);
        let rest = "WHERE area = $1 ORDER BY institution";
        self.rows(
            &institution::INSTITUTIONS,
            rest,
            parameters,
            institution::take,
        )
        .await
    }

    /// The person a document, card or credential names.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn find_person_no(
        &self,
        area: AreaCode,
        kind: &str,
        value: &str,
    ) -> Result<Option<String>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(kind).text(value);
        let rest = "WHERE area = $1 AND kind = $2 AND value = $3";
        let take = |record: &mut Record| {
            record.skip(3);
            record.text()
        };
        Ok(self
            .rows(&person::IDENTIFIERS, rest, parameters, take)
            .await?
            .pop())
    }

    /// Remembers a sign-in of an institution's operator.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn sign_in(&self, area: AreaCode, row: &SignInRow) -> Result<(), Fault> {
        let mut cells = Cells::default();
        access::put_sign_in(&mut cells, area, row);
        self.put("remember a sign-in", Insert::into(&access::SIGN_INS), cells)
            .await
    }

    /// Remembers the end of a sign-in; false if there is none open of this number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn sign_out(
        &self,
        area: AreaCode,
        sign_no: &str,
        at: DateTime,
    ) -> Result<bool, Fault> {
        let time = self.engine.dialect().parameter(1, Kind::Time);
        let sql = format!(
            "UPDATE sign_ins SET signed_out_at = {time} \
             WHERE area = $2 AND sign_no = $3 AND signed_out_at IS NULL"
        );
        let mut cells = Cells::default();
        cells.time(at).area(area).text(sign_no);
        self.change("remember a sign-out", sql, cells)
            .await
            .map(|rows| rows > 0)
    }

    /// A sign-in by its number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn find_sign_in(
        &self,
        area: AreaCode,
        sign_no: &str,
    ) -> Result<Option<SignInRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(sign_no);
        let rest = "WHERE area = $1 AND sign_no = $2";
        let mut rows = self
            .rows(&access::SIGN_INS, rest, parameters, access::take_sign_in)
            .await?;
        Ok(rows.pop())
    }

    /// A console user by name.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn find_user(
        &self,
        area: AreaCode,
        user_name: &str,
    ) -> Result<Option<UserRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(user_name);
        let rest = "WHERE area = $1 AND user_name = $2";
        Ok(self
            .rows(&access::USERS, rest, parameters, access::take_user)
            .await?
            .pop())
    }

    /// Begins a console session.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn open_session(&self, area: AreaCode, row: &SessionRow) -> Result<(), Fault> {
        let mut cells = Cells::default();
        access::put_session(&mut cells, area, row);
        self.put("open a session", Insert::into(&access::SESSIONS), cells)
            .await
    }

    /// The session of a token and its user, unless it has ended or the user may not sign in.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn find_session(
        &self,
        area: AreaCode,
        token_hash: &str,
        now: DateTime,
    ) -> Result<Option<(SessionRow, UserRow)>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(token_hash).time(now);
        let now = self.engine.dialect().parameter(3, Kind::Time);
        let rest = format!("WHERE area = $1 AND token_hash = $2 AND expires_at > {now}");
        let mut sessions = self
            .rows(&access::SESSIONS, &rest, parameters, access::take_session)
            .await?;
        let Some(session) = sessions.pop() else {
            return Ok(None);
        };
        let user = self.find_user(area, &session.user_name).await?;
        Ok(user.filter(|user| user.active).map(|user| (session, user)))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn close_session(&self, area: AreaCode, token_hash: &str) -> Result<(), Fault> {
        let sql = "DELETE FROM sessions WHERE area = $1 AND token_hash = $2";
        let mut cells = Cells::default();
        cells.area(area).text(token_hash);
        self.change("close a session", sql.into(), cells)
            .await
            .map(|_| ())
    }

    /// Removes sessions that have ended; how many.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn sweep_sessions(&self, area: AreaCode, now: DateTime) -> Result<u64, Fault> {
        let time = self.engine.dialect().parameter(2, Kind::Time);
        let sql = format!("DELETE FROM sessions WHERE area = $1 AND expires_at <= {time}");
        let mut cells = Cells::default();
        cells.area(area).time(now);
        self.change("sweep sessions", sql, cells).await
    }

    /// The policy editions that were in force, oldest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn editions(&self, area: AreaCode) -> Result<Vec<PolicyEditionRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area);
        let rest = "WHERE area = $1 ORDER BY seen_at, edition";
        self.rows(
            &access::POLICY_EDITIONS,
            rest,
            parameters,
            access::take_edition,
        )
        .await
    }

    /// Reads whole rows of a table into the store's row type.
    pub(crate) async fn rows<T>(
        &self,
        table: &'static Table,
        rest: &str,
        parameters: Cells<'_>,
        take: fn(&mut Record) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let records = self
            .engine
            .select(Select {
                table,
                rest,
                parameters,
            })
            .await?;
        records
            .into_iter()
            .map(|mut record| take(&mut record))
            .collect()
    }

    async fn change(
        &self,
        doing: &'static str,
        sql: String,
        cells: Cells<'_>,
    ) -> Result<u64, Fault> {
        let failed = |cause| Fault::database(doing, cause);
        let mut tx = self.engine.begin_admin().await?;
        let rows = tx.run(sql, cells).await.map_err(failed)?;
        tx.commit().await.map_err(failed)?;
        Ok(rows)
    }
}
