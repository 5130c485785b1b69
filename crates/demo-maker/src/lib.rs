//! 示范数据生成：同样的种子，同样的字节。
//!
//! Makes everything a demonstration needs without a single real person in it: a catalogue
//! ([`catalogue()`]), an area with institutions, staff and any number of people ([`area()`]), a
//! short list of hand-picked ones for developers ([`fixtures()`]), and an endless stream of bills
//! ([`traffic()`]). Chance comes from [`Random`], which is integer arithmetic only, so a seed gives
//! the same bytes on every machine.
//!
//! Nobody here can exist: resident numbers begin with a division code that was never assigned,
//! telephone numbers with digits that no operator uses, and codes of items carry marks that the
//! national tables do not.
//!
//! ```
//! use demo_maker::{Recipe, area, fixtures};
//! let area = area(Recipe::suizhou().with_people(500));
//! assert_eq!(area.people().count(), 500);
//! assert!(fixtures(&area, &demo_maker::catalogue(1, 400)).people.len() >= 20);
//! ```

mod area;
mod catalogue;
mod disease;
mod fixtures;
mod household;
mod institution;
mod maker;
mod names;
mod numbers;
mod person;
mod random;
mod recipe;
mod register;
mod samples;
mod staff;
mod traffic;
mod words;

pub use area::{DemoArea, People, area};
pub use catalogue::{
    CATALOGUE_SEED, CATALOGUE_SIZE, Diagnosis, Item, ItemPeriod, Limitation, catalogue, diagnoses,
    diagnoses_csv, items_csv,
};
pub use disease::{DISEASES, Disease};
pub use fixtures::{Fixtures, SampleItem, fixtures};
pub use institution::{Department, Doctor, Institution, Keys};
pub use numbers::checksum_of;
pub use person::{
    Account, Cover, Group, IdentitySpan, Kinship, Person, Recognition, RegistrationSpan, Relation,
    SharingGrant,
};
pub use random::Random;
pub use recipe::{County, Recipe};
pub use register::{Defects, Label, RegisterFile, RegisterRow, register_file};
pub use samples::Sample;
pub use staff::{ConsoleAccount, Operator, Role};
pub use traffic::{Bill, BillLine, Event, Traffic, traffic};
pub use words::{IDENTITIES, INSTITUTION_MARKS, ITEM_GROUPS, PERSON_MARKS};
