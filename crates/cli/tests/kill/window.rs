//! A window of a pharmacy: sells, takes back, and repeats what got no answer.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::Duration;

use app::Clock;
use demo_maker::{DemoArea, Institution, Item, Person, Random};
use money::Fen;
use terms::{AreaCode, CareType, CoverState, Date, InstitutionKind, ItemKind};
use wire::client::{Answer, CALL_SERVICE, FeeLine, Message, Numbers, Patient, Sale, Sender};

use crate::centre::Whereabouts;

/// A message the centre answered (已应答).
pub struct Acknowledged {
    pub message: String,
    /// Whether it was carried out; else it was refused.
    pub done: bool,
    /// 结算编号.
    pub settlement: String,
    /// The total; below zero where something was taken back.
    pub total: Fen,
    /// How often the message had to be sent.
    pub sent: u32,
}

/// One window with people of its own and some that all windows share.
pub struct Window {
    place: Institution,
    people: Vec<Person>,
    drugs: Vec<Item>,
    area: AreaCode,
    clock: Clock,
    numbers: Numbers,
    random: Random,
}

/// A sale that may be taken back.
struct Sold {
    person: usize,
    visit: String,
    settlement: String,
}

/// The people whom every window serves, so that bills of one person meet.
const SHARED: usize = 3;

impl Window {
    pub fn open(area: &DemoArea, items: &[Item], number: u32) -> Self {
        let today = area.recipe.today;
        let mut people: Vec<Person> = area.people().filter(|one| is_covered(one, today)).collect();
        let own = people.split_off(SHARED);
        people.extend(own.into_iter().skip(number as usize).step_by(4));
        let mut pharmacies = area.institutions.iter();
        let fits = |one: &&Institution| one.kind == InstitutionKind::Pharmacy;
        let place = pharmacies.find(fits).unwrap().clone();
        let is_drug = |item: &&Item| item.kind == ItemKind::Drug && item.is_listed_on(today);
        Self {
            place,
            people,
            drugs: items.iter().filter(is_drug).take(200).cloned().collect(),
            area: area.recipe.area,
            clock: Clock::starting_on(today),
            numbers: Numbers::of_terminal(char::from_digit(number, 10).unwrap()),
            random: Random::new(u64::from(number)),
        }
    }

    /// Works until the centre closes.
    pub fn work(mut self, whereabouts: &Whereabouts, news: &mpsc::Sender<Acknowledged>) {
        let mut line = None;
        let mut last: Option<Sold> = None;
        while !whereabouts.is_closing() {
            let person = self.random.below(u32::try_from(self.people.len()).unwrap()) as usize;
            let back = last.take().filter(|_| self.random.chance(200));
            let message = match &back {
                Some(sold) => self.take_back(sold),
                None => self.sell(person),
            };
            let (answer, sent) = deliver(&mut line, whereabouts, &message);
            let amounts = answer.amounts.unwrap_or_default();
            assert_eq!(amounts.violations(), Vec::<&str>::new());
            assert!(
                answer.accepted || back.is_some(),
                "a sale was refused: {}",
                answer.message
            );
            if answer.accepted && back.is_none() {
                last = Some(Sold {
                    person,
                    visit: answer.visit,
                    settlement: answer.settlement.clone(),
                });
            }
            let told = news.send(Acknowledged {
                message: message.number,
                done: answer.accepted,
                settlement: answer.settlement,
                total: amounts.total,
                sent,
            });
            told.expect("the test listens to the end");
        }
    }

    fn sell(&mut self, person: usize) -> Message {
        let now = self.clock.now();
        let count = self.random.between(1, 4) as usize;
        let first = self
            .random
            .below(u32::try_from(self.drugs.len() - count).unwrap()) as usize;
        let own_number = self.numbers.next("", now);
        let chosen = &self.drugs[first..first + count];
        let numbers: Vec<String> = (0..count).map(|n| format!("{own_number}{n:03}")).collect();
        let lines: Vec<FeeLine<'_>> = std::iter::zip(chosen, &numbers)
            .map(|(item, number)| FeeLine {
                number,
                item: &item.code,
                local_item: &item.code,
                quantity: 2,
                price: item.price,
                amount: item.price + item.price,
                served: now,
                days: 0,
            })
            .collect();
        let person = &self.people[person];
        let sale = Sale {
            patient: patient(person, self.area),
            care: CareType::Pharmacy,
            disease: "",
            at: now,
            total: lines.iter().map(|line| line.amount).sum(),
            use_account: person.account.is_some(),
            lines: &lines,
        };
        self.sender().sell(&sale, now)
    }

    fn take_back(&self, sold: &Sold) -> Message {
        let patient = patient(&self.people[sold.person], self.area);
        let (visit, id) = (&sold.visit, &sold.settlement);
        self.sender()
            .take_back_sale(&patient, visit, id, self.clock.now())
    }

    fn sender(&self) -> Sender<'_> {
        Sender {
            institution: &self.place.code,
            name: &self.place.name,
            area: self.area,
            operator: "00101",
            operator_name: "测试",
            sign_in: "",
            numbers: &self.numbers,
        }
    }
}

fn patient(person: &Person, area: AreaCode) -> Patient<'_> {
    let cover = person.cover().unwrap();
    Patient {
        number: &person.number,
        name: &person.name,
        id_number: &person.id_number,
        scheme: cover.scheme,
        category: cover.category,
        area,
    }
}

fn is_covered(person: &Person, today: Date) -> bool {
    person.cover().is_some_and(|cover| {
        cover.state == CoverState::Active
            && cover.benefit_from <= today
            && cover.to.is_none_or(|end| today <= end)
    })
}

/// Sends a message until it is answered, over as many lives of the service as it takes.
fn deliver(
    line: &mut Option<(SocketAddr, BufReader<TcpStream>)>,
    whereabouts: &Whereabouts,
    message: &Message,
) -> (Answer, u32) {
    for sent in 1.. {
        let address = whereabouts.wait();
        if line.as_ref().is_none_or(|(open, _)| *open != address) {
            *line = connect(address);
        }
        let Some((_, open)) = line else { continue };
        match exchange(open, &message.body) {
            Ok(body) => return (Answer::read(&body).unwrap(), sent),
            Err(_) => *line = None,
        }
    }
    unreachable!("a message is sent until it is answered")
}

fn connect(address: SocketAddr) -> Option<(SocketAddr, BufReader<TcpStream>)> {
    let stream = TcpStream::connect(address).ok()?;
    stream.set_nodelay(true).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .ok()?;
    Some((address, BufReader::new(stream)))
}

/// One request and its answer over HTTP; anything but an answered 200 is no answer.
fn exchange(stream: &mut BufReader<TcpStream>, body: &[u8]) -> std::io::Result<Vec<u8>> {
    let head = format!(
        "POST {CALL_SERVICE} HTTP/1.1\r\nhost: centre\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    let mut whole = head.into_bytes();
    whole.extend_from_slice(body);
    stream.get_mut().write_all(&whole)?;
    let broken = || std::io::Error::from(std::io::ErrorKind::InvalidData);
    let mut status = String::new();
    stream.read_line(&mut status)?;
    let mut length = None;
    loop {
        let mut header = String::new();
        if stream.read_line(&mut header)? == 0 {
            return Err(broken());
        }
        if header.trim().is_empty() {
            break;
        }
        let (name, value) = header.split_once(':').ok_or_else(broken)?;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok();
        }
    }
    let mut answer = vec![0; length.ok_or_else(broken)?];
    stream.read_exact(&mut answer)?;
    if status.starts_with("HTTP/1.1 200") {
        Ok(answer)
    } else {
        Err(broken())
    }
}
