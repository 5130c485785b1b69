//! Two bills of one person never spend the same deductible or the same money.

use std::sync::Arc;

use money::Fen;

use crate::house::{ACTIVE, House};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn bills_of_one_person_follow_each_other() {
    let house = Arc::new(House::open().await);
    let sales = (0..12).map(|number| {
        let house = house.clone();
        tokio::spawn(async move {
            house
                .sell(ACTIVE, &format!("M{number}"), "2024-11-15T09:00:00", 100)
                .await
        })
    });
    let mut bills = Vec::new();
    for sale in sales {
        bills.push(sale.await.unwrap().unwrap());
    }
    // 1,200 in all, 500 of it the deductible of the year, 80% of the rest: however they interleave.
    let fund: Fen = bills.iter().map(|bill| bill.fund).sum();
    assert_eq!(fund, Fen::yuan(560));
    let account: Fen = bills.iter().map(|bill| bill.account).sum();
    assert_eq!(house.balance(ACTIVE).await, Fen::yuan(1_000) - account);
    assert_eq!(house.prove().await.settlements, 12);
}
