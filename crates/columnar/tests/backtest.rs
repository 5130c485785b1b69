//! Two audits of one folder, rule by rule, against amounts worked out by hand.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use columnar::{Decision, Job, Trial, backtest};
use money::Fen;

const VISITS: &str = "visit,person,provider,care,begin,end\n\
     V1,P1,H1,11,2024-03-01 08:00:00,2024-03-01 18:00:00\n\
     V2,P2,H2,11,2024-03-02 08:00:00,2024-03-02 18:00:00\n";
/// Three of an item on one day, and two of it on another.
const LINES: &str = "line,visit,time,item,count,amount,in_scope\n\
     1,V1,2024-03-01 09:00:00,002500000000001,3,30.00,30.00\n\
     2,V2,2024-03-02 09:00:00,002500000000001,2,20.00,20.00\n";

fn cap(folder: &Path, most: u8) {
    std::fs::create_dir_all(folder).unwrap();
    let text = format!("item,cap,unit\n002500000000001,{most},times_per_day\n");
    std::fs::write(folder.join("k_item_daily_cap.csv"), text).unwrap();
}

fn decided(target: &str, confirmed: bool) -> Decision {
    Decision {
        rule: "M006".to_owned(),
        kind: "line".to_owned(),
        target: target.to_owned(),
        confirmed,
    }
}

#[test]
fn a_milder_cap_finds_less_and_is_worth_more() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("visits.csv"), VISITS).unwrap();
    std::fs::write(data.join("lines.csv"), LINES).unwrap();
    let job = |name: &str, most| {
        let knowledge = place.path().join(name);
        cap(&knowledge, most);
        Job {
            data: data.clone(),
            knowledge: vec![knowledge],
            params: None,
            rules: vec!["M006".to_owned()],
            threads: 1,
        }
    };
    let mut trial = Trial {
        before: job("old", 1),
        after: job("new", 2),
        new_rules: Vec::new(),
    };
    let decisions = [decided("1", true), decided("2", false)];
    let compared = backtest(&trial, &decisions).unwrap();
    assert_eq!((compared.lines, compared.bills), (2, 2));
    let change = &compared.rules[0];
    assert_eq!((change.before, change.after), (2, 1));
    assert_eq!((change.newly_found, change.no_longer_found), (0, 1));
    assert_eq!(change.amount, (Fen::yuan(30), Fen::yuan(10)));
    assert_eq!((change.lines_ppm, change.bills_ppm), (500_000, 500_000));
    assert_eq!((change.confirmed, change.dismissed), (1, 0));
    assert_eq!(change.precision_ppm, Some(1_000_000));
    assert_eq!(change.hospitals, [("H1".to_owned(), 1, Fen::yuan(10))]);
    assert_eq!(change.examples, (vec![], vec!["line 2".to_owned()]));

    trial.new_rules.push("M006".to_owned());
    let compared = backtest(&trial, &[]).unwrap();
    let change = &compared.rules[0];
    assert_eq!((change.before, change.after, change.newly_found), (0, 1, 1));
    assert_eq!(change.precision_ppm, None);
}
