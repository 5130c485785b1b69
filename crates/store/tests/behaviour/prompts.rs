//! Prompts: kept with whatever is recorded, once per number, and answered ones stay answered.

use money::Fen;
use store::*;

use crate::bench::*;

fn prompt(id: &str, answer: &str) -> AuditPromptRow {
    AuditPromptRow {
        person_no: "P1".into(),
        prompt: id.into(),
        moment: "before".into(),
        asked_at: noon(),
        institution: "H1".into(),
        doctor: "D1".into(),
        visit_id: "V1".into(),
        rule: "C007".into(),
        rule_version: 1,
        strength: "deduct".into(),
        amount: Fen::new(3_000),
        knowledge: String::new(),
        says: "处方14天，上限7天".into(),
        evidence: "{}".into(),
        answer: answer.into(),
        answer_text: String::new(),
        answered_by: String::new(),
        answered_at: None,
    }
}

fn told(ids: &[&str]) -> Commit {
    let mut commit = Commit::new(area(), "P1");
    commit.prompts = ids.iter().map(|id| prompt(id, "")).collect();
    commit
}

#[tokio::test]
async fn a_prompt_is_kept_once_and_its_answer_stays() {
    each_engine(async |bench| {
        let store = &bench.store;
        // Both may wait for one transaction; the second tells one prompt again.
        let (first, second) = (told(&["A", "B"]), told(&["B", "C"]));
        let (one, other) = tokio::join!(store.commit(first), store.commit(second));
        assert_eq!(one.unwrap(), Answer::Done);
        assert_eq!(other.unwrap(), Answer::Done);

        let mut answered = AuditCommit::new(area());
        answered.prompts = vec![prompt("B", "changed")];
        assert_eq!(store.record_audit(&answered).await.unwrap(), Answer::Done);
        assert_eq!(store.commit(told(&["B"])).await.unwrap(), Answer::Done);

        let kept = store.audit_prompts(area(), "P1", 10).await.unwrap();
        let mut kept: Vec<(&str, &str)> = kept
            .iter()
            .map(|row| (row.prompt.as_str(), row.answer.as_str()))
            .collect();
        kept.sort_unstable();
        assert_eq!(kept, [("A", ""), ("B", "changed"), ("C", "")]);
    })
    .await;
}
