//! The job on a cluster of this machine: the same files as on one, byte for byte, also when a
//! machine fails half-way.

#![allow(clippy::unwrap_used)]

mod month;
mod nodes;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use columnar::{Job, run_job, write_findings, write_quality};
use nodes::{Cluster, errors};

/// Runs the job on this machine alone; the rules that found something.
fn alone(
    data: &Path,
    knowledge: &[&Path],
    params: Option<PathBuf>,
    out: &Path,
) -> BTreeSet<String> {
    let job = Job {
        data: data.to_owned(),
        knowledge: knowledge.iter().map(|&path| path.to_owned()).collect(),
        params,
        rules: Vec::new(),
        threads: 2,
    };
    let outcome = run_job(&job, &|_, _| ()).unwrap();
    write_findings(out, &outcome.plan, &outcome.data, &outcome.findings).unwrap();
    write_quality(&out.with_extension("json"), &outcome.quality).unwrap();
    let rules = outcome
        .findings
        .iter()
        .map(|one| outcome.plan.rule(one.rule).id.to_owned());
    rules.collect()
}

fn same(a: &Path, b: &Path) {
    assert!(
        fs::read(a).unwrap() == fs::read(b).unwrap(),
        "findings differ: {a:?} {b:?}"
    );
    let quality = |path: &Path| fs::read_to_string(path.with_extension("json")).unwrap();
    assert_eq!(quality(a), quality(b));
}

#[test]
fn a_cluster_finds_what_one_machine_finds() {
    let folder = tempfile::tempdir().unwrap();
    month::write(folder.path());
    let (data, knowledge) = (folder.path().join("data"), folder.path().join("knowledge"));
    let (here, there) = (
        folder.path().join("here.csv"),
        folder.path().join("there.csv"),
    );
    let found = alone(&data, &[&knowledge], None, &here);
    // Rules of persons, of institutions, and of everything at once have something to say.
    for rule in ["C001", "M001", "M006", "P027", "M025", "F014", "T001"] {
        assert!(found.contains(rule), "{rule} found nothing: {found:?}");
    }
    let cluster = Cluster::start(2, folder.path());
    let output = cluster.job(&data, &[&knowledge], &there).output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    same(&here, &there);
}

#[test]
fn a_machine_that_fails_half_way_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    month::write(folder.path());
    let (data, knowledge) = (folder.path().join("data"), folder.path().join("knowledge"));
    let (here, there) = (
        folder.path().join("here.csv"),
        folder.path().join("there.csv"),
    );
    alone(&data, &[&knowledge], None, &here);
    let mut cluster = Cluster::start(2, folder.path());
    let job = cluster.job(&data, &[&knowledge], &there).spawn().unwrap();
    // It has done its first task, which others wait for, and taken the next.
    cluster.executors[0].hears("做完");
    cluster.executors[0].hears("开始");
    cluster.executors[0].dies();
    let output = job.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    same(&here, &there);
    let told = cluster.executors[1].rest();
    let judged = told.iter().filter(|line| *line == "做完审核一份").count();
    assert!(
        judged >= 5,
        "the other machine judged every share: {told:?}"
    );
}

#[test]
fn what_is_wrong_is_said_clearly() {
    let folder = tempfile::tempdir().unwrap();
    let (data, out) = (folder.path().join("data"), folder.path().join("out.csv"));
    let cluster = Cluster::start(1, folder.path());
    let failed = |data: &Path, cluster: &Cluster| {
        let output = cluster.job(data, &[], &out).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        errors(&output)
    };
    let said = failed(&data, &cluster);
    assert!(said.contains(data.to_str().unwrap()), "{said}");
    fs::create_dir_all(&data).unwrap();
    let said = failed(&data, &cluster);
    assert!(said.contains("目录里没有明细文件"), "{said}");
    // Found out on the executor only.
    month::write_without_items(&data);
    let said = failed(&data, &cluster);
    assert!(
        said.contains("lines.parquet：") && said.contains("缺少列 item"),
        "{said}"
    );
    assert!(!out.exists());
    let empty = Cluster::start(0, folder.path());
    let said = failed(&data, &empty);
    assert!(said.contains("没有可用的执行节点"), "{said}");
}

#[test]
fn the_labelled_sample_comes_out_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/audit");
    if !root.join("sample/lines.csv").is_file() {
        eprintln!("SKIPPED: no ../shared/reference/audit, the sample is not audited on a cluster");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (
        folder.path().join("here.csv"),
        folder.path().join("there.csv"),
    );
    let knowledge = [root.join("knowledge/full"), root.join("knowledge")];
    let knowledge: Vec<&Path> = knowledge.iter().map(PathBuf::as_path).collect();
    let params = root.join("sample/params.json");
    alone(
        &root.join("sample"),
        &knowledge,
        Some(params.clone()),
        &here,
    );
    let cluster = Cluster::start(2, folder.path());
    let mut job = cluster.job(&root.join("sample"), &knowledge, &there);
    let output = job.arg("--params").arg(params).output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    same(&here, &there);
}
