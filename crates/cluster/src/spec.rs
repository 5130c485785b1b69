use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use audit::{Knowledge, Params, Rule};
use columnar::{Fault, Parts, Reading};
use lines::{Intake, Quality};
use serde::{Deserialize, Serialize};

/// What is to be audited, as it travels with every task (集群审核任务).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// Tells this run from all others.
    pub run: String,
    /// Folder of the data, seen under this path by every machine.
    pub data: PathBuf,
    /// Knowledge folders, later ones over earlier ones.
    pub knowledge: Vec<PathBuf>,
    /// File of parameters.
    pub params: Option<PathBuf>,
    /// Rules to run; empty for all.
    pub rules: Vec<String>,
    /// Parts that the files of lines have.
    pub parts: usize,
    /// Shares that people and institutions are dealt into.
    pub shares: usize,
}

/// All that tasks of a run read besides lines (任务共用的表).
#[derive(Debug)]
pub struct Base {
    /// Files of lines.
    pub parts: Parts,
    /// All other tables, visits among them.
    pub tables: Intake,
    /// Knowledge.
    pub knowledge: Knowledge,
    /// Parameters.
    pub params: Params,
    /// Rules in the order of the catalogue.
    pub rules: Vec<&'static Rule>,
    /// What is wrong with the tables and with the knowledge.
    pub quality: Quality,
}

impl Base {
    /// Reads the tables of a run.
    ///
    /// # Errors
    /// [`Fault`] when a file cannot be read or a rule is not known.
    pub fn read(spec: &Spec) -> Result<Self, Fault> {
        let rules = columnar::chosen_rules(&spec.rules)?;
        let parts = Parts::open(&spec.data)?;
        let mut quality = Quality::default();
        let knowledge = columnar::read_knowledge(&spec.knowledge, &spec.data, &mut quality)?;
        let params = spec.params.as_deref().map(columnar::read_params);
        let reading = Reading {
            threads: 1,
            skipped_tables: columnar::unread_tables(&rules),
        };
        let tables = columnar::read_tables(&spec.data, &reading)?;
        quality.merge(tables.quality().clone());
        Ok(Self {
            parts,
            tables,
            knowledge,
            params: params.transpose()?.unwrap_or_default(),
            rules,
            quality,
        })
    }

    /// The tables of a run, read once in a process: one run is kept, the last one asked for.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn of(spec: &Spec) -> Result<Arc<Self>, Fault> {
        static KEPT: Mutex<Option<(String, Arc<Base>)>> = Mutex::new(None);
        let mut kept = KEPT
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((run, base)) = &*kept
            && *run == spec.run
        {
            return Ok(Arc::clone(base));
        }
        // Held while reading: tasks that start together read once.
        let base = Arc::new(Self::read(spec)?);
        *kept = Some((spec.run.clone(), Arc::clone(&base)));
        Ok(base)
    }
}

/// The same path from the root, so that it means the same on every machine.
///
/// # Errors
/// [`Fault`] when nothing lies there.
pub fn whole_path(path: &Path) -> Result<PathBuf, Fault> {
    path.canonicalize().map_err(|error| Fault::new(path, error))
}
