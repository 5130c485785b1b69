//! Repeated, changed, late and compensated messages.

use serde_json::{Value, json};

use crate::house::{House, hospital, person, pharmacy};
use crate::messages::*;

async fn bytes(house: &House, message: &Value) -> Vec<u8> {
    let path = crate::house::CALL_SERVICE;
    house.post(path, &[], message.to_string()).await.bytes
}

#[tokio::test]
async fn the_same_message_gets_the_same_reply_over_restarts_too() {
    let house = House::open().await;
    let person = person("在职职工，正常享受待遇");
    let message = house.message(pharmacy(), "2102", sale(&house, &person));
    let first = bytes(&house, &message).await;
    let after = house.holdings().await;
    assert_eq!(bytes(&house, &message).await, first);
    let house = house.restarted().await;
    assert_eq!(bytes(&house, &message).await, first);
    assert_eq!(house.holdings().await, after);

    // Keys in another order are the same message; another input is not.
    let mut shuffled = message.clone();
    let input = shuffled["input"].as_object_mut().unwrap();
    let details = input.remove("drugdetail").unwrap();
    input.insert("drugdetail".to_owned(), details);
    assert_eq!(bytes(&house, &shuffled).await, first);
    let mut other = message.clone();
    other["input"]["druginfo"]["acct_used_flag"] = json!("0");
    let reply = house.send(&other).await;
    assert_eq!(reply["infcode"], -1);
    assert!(
        reply["err_msg"].as_str().unwrap().contains("内容不同"),
        "{reply}"
    );
    // So is an input that would be refused by itself: the first one still counts.
    other["input"]["druginfo"]["begntime"] = json!("2099-01-01 00:00:00");
    let reply = house.send(&other).await;
    assert!(
        reply["err_msg"].as_str().unwrap().contains("内容不同"),
        "{reply}"
    );
    assert_eq!(house.holdings().await, after);
}

#[tokio::test]
async fn every_step_of_a_visit_may_be_repeated() {
    let house = House::open().await;
    let (place, person) = (hospital(), person("退休职工，正常享受待遇"));
    let message = house.message(place, "2201", registration(&house, &person));
    let first = bytes(&house, &message).await;
    assert_eq!(bytes(&house, &message).await, first);
    let reply: Value = serde_json::from_slice(&first).unwrap();
    let visit = reply["output"]["data"]["mdtrt_id"].as_str().unwrap();
    let mut sent = Vec::new();
    for (infno, input) in [
        ("2203", report(&house, &person, visit)),
        ("2204", fees(&house, &person, visit, "B1")),
        ("2207", bill(&person, visit, "B1")),
    ] {
        let message = house.message(place, infno, input);
        let first = bytes(&house, &message).await;
        sent.push((message, first));
    }
    let after = house.holdings().await;
    for (message, first) in &sent {
        assert_eq!(bytes(&house, message).await, *first, "{}", message["infno"]);
    }
    assert_eq!(house.holdings().await, after);
}

#[tokio::test]
async fn compensation_undoes_a_sale_once_and_answers_alike_twice() {
    let house = House::open().await;
    let person = person("在职职工，正常享受待遇");
    let before = house.holdings().await;
    let message = house.message(pharmacy(), "2102", sale(&house, &person));
    let sold = house.send(&message).await;
    assert_eq!(sold["infcode"], 0);
    let number = message["msgid"].as_str().unwrap();
    for _ in 0..2 {
        house
            .accept(pharmacy(), "2601", compensation(&person, number, "2102"))
            .await;
    }
    let setl = &sold["output"]["setlinfo"];
    let (visit, id) = (
        setl["mdtrt_id"].as_str().unwrap(),
        setl["setl_id"].as_str().unwrap(),
    );
    let gone = house
        .refuse(pharmacy(), "2103", undo(&person, visit, id))
        .await;
    assert!(gone.contains("已被"), "{gone}");
    assert_ne!(house.holdings().await, before, "the reversal is kept");
    let wrong = house
        .refuse(pharmacy(), "2601", compensation(&person, number, "2208"))
        .await;
    assert!(
        wrong.contains("oinfno") && wrong.contains("2208"),
        "{wrong}"
    );
}

#[tokio::test]
async fn compensation_blocks_an_original_that_comes_late() {
    let house = House::open().await;
    let person = person("在职职工，正常享受待遇");
    let message = house.message(pharmacy(), "2102", sale(&house, &person));
    let number = message["msgid"].as_str().unwrap();
    let before = house.holdings().await;
    for _ in 0..2 {
        house
            .accept(pharmacy(), "2601", compensation(&person, number, "2102"))
            .await;
    }
    let house = house.restarted().await;
    let late = house.send(&message).await;
    assert_eq!(late["infcode"], -1, "{late}");
    assert!(
        late["err_msg"].as_str().unwrap().contains("已被冲正"),
        "{late}"
    );
    assert_eq!(house.holdings().await, before);
}

#[tokio::test]
async fn compensation_undoes_an_outpatient_bill_and_an_admission() {
    let house = House::open().await;
    let (place, person) = (hospital(), person("成年居民，正常享受待遇"));
    let output = house
        .accept(place, "2201", registration(&house, &person))
        .await;
    let visit = output["data"]["mdtrt_id"].as_str().unwrap().to_owned();
    house
        .accept(place, "2203", report(&house, &person, &visit))
        .await;
    house
        .accept(place, "2204", fees(&house, &person, &visit, "B1"))
        .await;
    let message = house.message(place, "2207A", bill(&person, &visit, "B1"));
    assert_eq!(house.send(&message).await["infcode"], 0);
    let number = message["msgid"].as_str().unwrap();
    house
        .accept(place, "2601", compensation(&person, number, "2207"))
        .await;
    house
        .accept(place, "2207", bill(&person, &visit, "B1"))
        .await;

    let admitted = house.message(place, "2401", admission(&house, &person));
    assert_eq!(house.send(&admitted).await["infcode"], 0);
    let number = admitted["msgid"].as_str().unwrap();
    let other = super::house::person("老年居民，正常享受待遇");
    let wrong = house
        .refuse(place, "2601", compensation(&other, number, "2401"))
        .await;
    assert!(wrong.contains("不是该人员"), "{wrong}");
    house
        .accept(place, "2601", compensation(&person, number, "2401"))
        .await;
    house
        .accept(place, "2401", admission(&house, &person))
        .await;
    house.holdings().await;
}

#[tokio::test]
async fn bills_of_one_person_at_once_all_count_once() {
    let house = House::open().await;
    let person = person("在职职工，正常享受待遇");
    let messages: Vec<Value> = (0..8)
        .map(|_| house.message(pharmacy(), "2102", sale(&house, &person)))
        .collect();
    let twice = messages.iter().chain(&messages);
    let mut replies = Vec::new();
    for reply in join_all(twice.map(|message| house.send(message))).await {
        assert_eq!(reply["infcode"], 0, "{reply}");
        replies.push(
            reply["output"]["setlinfo"]["setl_id"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    let (first, second) = replies.split_at(8);
    assert_eq!(first, second);
    house.holdings().await;
}

/// Drives futures side by side until all are done.
async fn join_all<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        for (future, done) in &mut running {
            if done.is_none()
                && let std::task::Poll::Ready(output) = future.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        if running.iter().all(|(_, done)| done.is_some()) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    running.into_iter().map(|(_, done)| done.unwrap()).collect()
}
