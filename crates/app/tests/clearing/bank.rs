//! What goes to the bank and comes back.

use money::Fen;
use store::OrderFilter;

use crate::house::{ACTIVE, House, PHARMACY, SPONSOR, area};
use crate::walk::{all, by, month};

const DAYS: [&str; 4] = ["2024-11-04", "2024-11-05", "2024-11-06", "2024-11-07"];

async fn ordered() -> House {
    let house = House::open().await;
    house.payees().await;
    for (nth, person) in [ACTIVE, SPONSOR].iter().enumerate() {
        let sold = house
            .sell(person, &format!("M{nth}"), "2024-10-15T09:00:00", 900)
            .await;
        sold.unwrap();
    }
    house.build("2024-10", DAYS[0]).await;
    house.publish("2024-10", DAYS[0]).await;
    house.confirm_all("2024-10", DAYS[1]).await;
    house.approve("2024-10", DAYS[2]).await;
    house.order("2024-10", DAYS[2]).await;
    house
}

#[tokio::test]
async fn a_returned_payment_waits_and_is_paid_again_to_another_account() {
    let house = ordered().await;
    house.bank("2024-10", "E", DAYS[3], &[PHARMACY]).await;
    house.prove_clearing().await;
    assert_eq!(house.one("2024-10", PHARMACY, "E").await.state, "ordered");
    let filter = OrderFilter {
        state: "returned".to_owned(),
        ..OrderFilter::default()
    };
    let back = house.app.store.payment_orders(area(), &filter).await;
    let order = back.unwrap().remove(0).order;
    let payer = by("payer", "2024-11-08");
    let same = house.app.reissue_order(&payer, &order).await.unwrap_err();
    assert!(same.to_string().contains("没有更正"), "{same}");
    let open = house.close("2024-10", "2024-11-08").await;
    assert!(open.is_err());
    house.payee(PHARMACY, "6222999988887777").await;
    let again = house.app.reissue_order(&payer, &order).await.unwrap();
    assert_eq!(again.account, "6222999988887777");
    house.bank("2024-10", "E", "2024-11-11", &[]).await;
    house.close("2024-10", "2024-11-12").await.unwrap();
    let sums = house.prove_clearing().await;
    assert_eq!((sums.orders, sums.bank_lines), (2, 2));
}

#[tokio::test]
async fn a_receipt_is_taken_once_and_as_a_whole() {
    let house = ordered().await;
    let payer = by("payer", DAYS[3]);
    let file = house
        .app
        .make_bank_file(&payer, month("2024-10"), "E")
        .await
        .unwrap();
    let once_more = house.app.bank_file(area(), &file.row.file).await.unwrap();
    assert_eq!(once_more.text, file.text);
    let good = house.receipt(&file.row.file, DAYS[3], &[]).await;
    let amount = house.one("2024-10", PHARMACY, "E").await.due;
    let more = (amount + Fen::new(1)).to_string();
    let bad = [
        (good.replace("笔数,1", "笔数,2"), "实际1笔"),
        (good.replace(&amount.to_string(), &more), "应为"),
        (good.replace("PZQS", "PZXX"), "不在付款文件"),
        (good.replace("已付", "好了"), "应为“已付”或“退票”"),
        (good.replace(DAYS[3], "2024-11-01"), "早于凭单日期"),
        (good.replace(DAYS[3], "昨天"), "不是日期"),
        (good.replace("已付", "退票"), "没有写明原因"),
        (String::new(), "没有文件头"),
    ];
    for (text, why) in bad {
        let taken = house.app.take_receipt(&payer, ("bad.csv", text.as_bytes()));
        let refused = taken.await.unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
    }
    let taken = house
        .app
        .take_receipt(&payer, ("good.csv", good.as_bytes()));
    assert!(!taken.await.unwrap().known);
    let before = house.prove_clearing().await;
    let again = house
        .app
        .take_receipt(&payer, ("good.csv", good.as_bytes()));
    assert!(again.await.unwrap().known);
    assert_eq!(house.prove_clearing().await, before);
}

#[tokio::test]
async fn nobody_without_an_account_is_paid() {
    let house = House::open().await;
    let sold = house.sell(ACTIVE, "M1", "2024-10-15T09:00:00", 900);
    sold.await.unwrap();
    house.build("2024-10", DAYS[0]).await;
    house.publish("2024-10", DAYS[0]).await;
    house.confirm_all("2024-10", DAYS[1]).await;
    house.approve("2024-10", DAYS[2]).await;
    let done = house.order("2024-10", DAYS[2]).await;
    assert!(done.refused[0].1.contains("没有登记收款账户"), "{done:?}");
    let payer = by("payer", DAYS[3]);
    let nothing = house.app.make_bank_file(&payer, month("2024-10"), "E");
    assert!(nothing.await.is_err());
    let nothing = house
        .app
        .publish_month(&payer, month("2024-09"), &all())
        .await;
    assert!(nothing.is_err());
}
