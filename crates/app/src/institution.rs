use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use store::InstitutionRow;
use terms::{AreaCode, Grade, InstitutionKind, Word};

use crate::{App, Error, Law};

/// An institution under agreement (定点医药机构).
#[derive(Debug, Clone)]
pub struct Institution {
    /// 机构编码.
    pub code: String,
    /// 名称.
    pub name: String,
    /// The area whose agreement it has.
    pub area: AreaCode,
    /// The county it lies in; in another area for care elsewhere.
    pub county: AreaCode,
    /// 机构类别.
    pub kind: InstitutionKind,
    /// 等级.
    pub grade: Grade,
    /// What else is known.
    pub detail: InstitutionDetail,
    /// Its interface keys.
    pub keys: Keys,
}

/// What is kept of an institution beside its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InstitutionDetail {
    /// Marks that policy conditions may name.
    pub marks: Vec<Word>,
    /// Departments: code and name.
    pub departments: Vec<(String, String)>,
    /// Doctors: code and name.
    pub doctors: Vec<(String, String)>,
}

/// A key id with its secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// What is sent.
    pub id: String,
    /// What is not.
    pub secret: String,
}

/// The keys of an institution, one per way of signing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Keys {
    /// The access key of the service bus; also signs with the CA headers.
    pub access: Key,
    /// The gateway account.
    pub gateway: Key,
    /// The bearer token.
    pub token: String,
}

impl Institution {
    /// The institution kept in a row.
    ///
    /// # Errors
    /// [`Error::Bug`] for a row this version did not write.
    pub fn of(row: InstitutionRow) -> Result<Self, Error> {
        let broken = |what: &str| Error::Bug(format!("institution {}: {what}", row.institution));
        Ok(Self {
            kind: row.kind.parse().map_err(|_| broken("kind"))?,
            grade: row.grade.parse().map_err(|_| broken("grade"))?,
            detail: serde_json::from_str(&row.detail).map_err(|_| broken("detail"))?,
            keys: serde_json::from_str(&row.keys).map_err(|_| broken("keys"))?,
            code: row.institution,
            name: row.name,
            area: row.area,
            county: row.county,
        })
    }

    /// The row that keeps this institution.
    pub fn row(&self) -> InstitutionRow {
        InstitutionRow {
            area: self.area,
            institution: self.code.clone(),
            name: self.name.clone(),
            kind: self.kind.word().to_owned(),
            grade: self.grade.word().to_owned(),
            county: self.county,
            keys: serde_json::to_string(&self.keys).expect("keys are plain text"),
            detail: serde_json::to_string(&self.detail).expect("details are plain text"),
        }
    }
}

/// Law and institutions at one moment, for work on another thread (目录与机构).
#[derive(Clone)]
pub(crate) struct Known {
    /// Policy and catalogue.
    pub law: Arc<Law>,
    /// Institutions under agreement, by code.
    pub institutions: Arc<HashMap<String, Arc<Institution>>>,
    /// The area the service belongs to.
    pub home: AreaCode,
}

impl Known {
    /// The institution with a code, if it is under agreement.
    pub fn institution(&self, code: &str) -> Option<&Institution> {
        self.institutions.get(code).map(|known| &**known)
    }
}

impl App {
    /// Reads the institutions again, after they changed.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store cannot be read.
    pub async fn reload_institutions(&self) -> Result<(), Error> {
        let rows = self.store.institutions(self.home).await?;
        let mut known = HashMap::with_capacity(rows.len());
        for row in rows {
            let institution = Institution::of(row)?;
            known.insert(institution.code.clone(), Arc::new(institution));
        }
        *self
            .institutions
            .write()
            .expect("no holder of the list panics") = Arc::new(known);
        Ok(())
    }

    /// Law and institutions as they are now; who holds them goes on with them when they change.
    pub(crate) fn known_now(&self) -> Known {
        let institutions = self.institutions.read();
        Known {
            law: Arc::clone(&self.law),
            institutions: Arc::clone(&institutions.expect("no holder of the list panics")),
            home: self.home,
        }
    }

    /// The institution with a code.
    ///
    /// # Errors
    /// [`Error::Missing`] where none is under agreement.
    pub fn institution(&self, code: &str) -> Result<Arc<Institution>, Error> {
        let known = self
            .institutions
            .read()
            .expect("no holder of the list panics");
        known
            .get(code)
            .cloned()
            .ok_or_else(|| Error::missing("定点医药机构", code))
    }

    /// The first institution that fits, in no particular order.
    pub fn find_institution(
        &self,
        fits: impl Fn(&Institution) -> bool,
    ) -> Option<Arc<Institution>> {
        let known = self
            .institutions
            .read()
            .expect("no holder of the list panics");
        known
            .values()
            .find(|institution| fits(institution))
            .cloned()
    }

    /// Every institution, by code.
    pub fn institutions(&self) -> Vec<Arc<Institution>> {
        let known = self
            .institutions
            .read()
            .expect("no holder of the list panics");
        let mut all: Vec<_> = known.values().cloned().collect();
        all.sort_by(|a, b| a.code.cmp(&b.code));
        all
    }
}
