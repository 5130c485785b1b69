//! Personal accounts that live: credits of some months, a frozen one, an inherited one, grants with
//! terms and a premium that a relative's account paid.

use std::collections::HashSet;

use app::account::{GrantAsk, HeirAsk, Inheritance, PremiumAsk};
use app::register::{Actor, Change};
use app::{App, Error};
use demo_maker::{DemoArea, Person, Random};
use enrolment::register::{Fact, NewFact};
use jiff::ToSpan;
use money::Fen;
use policy::FeeMonth;
use store::AccountBaseRow;
use terms::{Category, Relation, SharingPurpose};

/// Months credited, the last one before that of the business date.
const MONTHS: i32 = 3;
/// Of so many people with an account one has a base noted by hand; employers' assessments say the
/// others'.
const ONE_IN: usize = 12;
/// The premium of a resident for the coming year.
const PREMIUM: Fen = Fen::yuan(400);

/// Brings the accounts to life; doing it again changes nothing.
///
/// # Errors
/// What the law or the store refuses.
pub async fn seed(app: &App, area: &DemoArea) -> Result<(), Error> {
    let code = area.recipe.area;
    let this_month = FeeMonth::of(area.recipe.today);
    let last = this_month.later(-1).to_string();
    let run = app.store.account_run(code, "credit", &last).await?;
    if run.is_some_and(|run| run.ended_at.is_some()) {
        return Ok(());
    }
    app.store.put_account_bases(code, &bases(area)).await?;
    for nth in (1..=MONTHS).rev() {
        let month = this_month.later(-nth);
        app.credit_accounts(code, month, "clerk", &|_| {}).await?;
    }
    let samples = area.samples();
    let samples: HashSet<&str> = samples
        .iter()
        .map(|sample| sample.person.number.as_str())
        .collect();
    // Hand-picked people stay as their notes say.
    let ordinary = |person: &Person| !samples.contains(person.number.as_str());
    let holders: Vec<Person> = area
        .people()
        .filter(|person| person.account.is_some() && ordinary(person))
        .collect();
    if let Some(person) = holders.get(ONE_IN) {
        let reason = "社会保障卡疑被冒用，核查期间暂停支付";
        let actor = actor(area, "clerk");
        app.freeze_account(&actor, &person.number, reason).await?;
    }
    inherit(app, area, &holders).await?;
    share(app, area, &holders).await
}

fn actor(area: &DemoArea, name: &str) -> Actor {
    let at = area.recipe.today.at(8, 30, 0, 0);
    let mut actor = Actor::batch(area.recipe.area, "demo", at);
    actor.name = name.to_owned();
    actor
}

/// What some people's credits are worked out from.
fn bases(area: &DemoArea) -> Vec<AccountBaseRow> {
    let mut random = Random::named(area.recipe.seed, "credit bases");
    let from = FeeMonth::of(area.recipe.today).later(-12).to_string();
    let noted_at = area.recipe.today.at(8, 0, 0, 0);
    let holders = area.people().filter(|person| person.account.is_some());
    let row = |person: Person| {
        let hundreds = i64::from(random.between(38, 120));
        let retired = person
            .cover()
            .is_some_and(|cover| cover.category == Category::Retired);
        let amount = Some(Fen::yuan(hundreds * 100));
        AccountBaseRow {
            person_no: person.number,
            from_month: from.clone(),
            base: amount.filter(|_| !retired),
            pension: amount.filter(|_| retired),
            source: "demo".to_owned(),
            noted_at,
        }
    };
    holders.step_by(ONE_IN).map(row).collect()
}

/// Somebody old died last month; a member of the household with an account inherits.
async fn inherit(app: &App, area: &DemoArea, holders: &[Person]) -> Result<(), Error> {
    let today = area.recipe.today;
    let old = holders.iter().filter(|one| one.age_on(today) >= 75);
    let mut with_heir = old.filter_map(|dead| {
        let heir = holders
            .iter()
            .find(|one| one.household == dead.household && one.number != dead.number);
        heir.map(|heir| (dead, heir))
    });
    let Some((dead, heir)) = with_heir.next_back() else {
        return Ok(());
    };
    let clerk = actor(area, "clerk");
    let day = today.saturating_sub(26.days());
    app.change_register(&clerk, &dead.number, "register_death", |_| {
        Ok(Change::from(vec![NewFact::from(day, Fact::Death)]))
    })
    .await?;
    let rows = app
        .store
        .accounts_of(area.recipe.area, &dead.number)
        .await?;
    let inheritance = Inheritance {
        heirs: vec![HeirAsk {
            name: heir.name.clone(),
            person_no: Some(heir.number.clone()),
            share: rows.iter().map(|row| row.balance).sum(),
        }],
        document: "家庭成员继承协议".to_owned(),
    };
    let proposed = app.propose_inheritance(&clerk, &dead.number, &inheritance);
    let proposal = proposed.await?.proposal;
    let second = actor(area, "supervisor");
    let whose = (dead.number.as_str(), proposal.as_str());
    app.decide_inheritance(&second, whose, true).await
}

/// One grant gets terms of its own, another pays a resident's premium.
async fn share(app: &App, area: &DemoArea, holders: &[Person]) -> Result<(), Error> {
    let clerk = actor(area, "clerk");
    let grants = holders.iter().rev().flat_map(|owner| {
        let grants = owner.sharing.iter();
        grants.map(move |grant| (owner, grant))
    });
    let mut grants = grants.filter(|(owner, _)| owner.account.is_some());
    if let Some((owner, grant)) = grants.next() {
        let whose = (owner.number.as_str(), grant.beneficiary.as_str());
        let today = area.recipe.today;
        app.revoke_grant(&clerk, whose, today).await?;
        let ask = GrantAsk {
            sponsor: owner.number.clone(),
            member: grant.beneficiary.clone(),
            relation: Relation::named(grant.kinship.zh()).inverse(),
            purposes: vec![SharingPurpose::OwnShare, SharingPurpose::ResidentPremium],
            limit: Some(Fen::yuan(2_000)),
            from: today,
            to: None,
        };
        app.grant_account(&clerk, &ask).await?;
    }
    let rich = |owner: &Person| {
        let account = owner.account;
        account.is_some_and(|account| account.historic > PREMIUM)
    };
    if let Some((_, grant)) = grants.find(|(owner, _)| rich(owner)) {
        let ask = PremiumAsk {
            member: grant.beneficiary.clone(),
            purpose: SharingPurpose::ResidentPremium,
            year: area.recipe.today.year() + 1,
            amount: PREMIUM,
        };
        app.pay_premium(&clerk, &ask).await?;
    }
    Ok(())
}
