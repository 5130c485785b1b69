use std::sync::Arc;

use demo_maker as demo;
use demo_maker::Bill;
use wire::client::{self, Admission, Departure, Diagnosis, Doctor, Patient, Registration};
use wire::client::{FeeLine, VisitReport};

use super::{Desk, Settled, Trouble};

/// Fee lines of a stay are sent in parcels of this size.
const PARCEL: usize = 100;

impl Desk {
    /// Registration, findings, fees, rehearsal, settlement.
    pub(super) async fn play_visit(&mut self, bill: &Arc<Bill>) -> Result<Settled, Trouble> {
        let own_number = self.own_number();
        let patient = self.patient(&bill.person);
        let registration = Registration {
            local_number: &own_number,
            doctor: doctor(bill),
            begin: bill.begin,
        };
        let message = self.sender().register(&patient, &registration, self.now());
        let visit = self.send(&message).await?.visit;
        let uploaded = self.upload_visit(bill, &patient, &visit, &own_number).await;
        let settled = match uploaded {
            Ok(()) => self.settle_visit(bill, &patient, &visit, &own_number).await,
            Err(trouble) => Err(trouble),
        };
        if let Err(Trouble::Refused(_)) = &settled {
            self.abandon_visit(&patient, &visit, &own_number).await;
        }
        settled
    }

    async fn upload_visit(
        &mut self,
        bill: &Bill,
        patient: &Patient<'_>,
        visit: &str,
        batch: &str,
    ) -> Result<(), Trouble> {
        let report = VisitReport {
            visit,
            care: bill.care,
            disease: bill.disease.as_ref().map_or("", |word| word.as_str()),
            begin: bill.begin,
            doctor: doctor(bill),
            diagnoses: &diagnoses(bill),
        };
        let message = self.sender().report_visit(patient, &report, self.now());
        self.send(&message).await?;
        let lines = self.lines(bill, batch);
        let (doctor, lines) = (doctor(bill), lines.sent());
        let place = (visit, batch);
        let sender = self.sender();
        let message = sender.upload_fees(patient, place, &doctor, &lines, self.now());
        self.send(&message).await.map(|_| ())
    }

    async fn settle_visit(
        &mut self,
        bill: &Arc<Bill>,
        patient: &Patient<'_>,
        visit: &str,
        own_number: &str,
    ) -> Result<Settled, Trouble> {
        let asked = asked(bill, visit, own_number);
        let message = self.sender().rehearse_visit(patient, &asked, self.now());
        let rehearsed = self.send(&message).await?.amounts;
        let asked = client::Bill {
            rehearsed: rehearsed.as_ref(),
            ..asked
        };
        let message = self.sender().settle_visit(patient, &asked, self.now());
        let answer = self.settle(patient, &message).await?;
        self.as_rehearsed(rehearsed, answer.amounts);
        self.settled(bill, own_number.to_owned(), answer)
    }

    /// Takes back what was opened for a visit that could not be settled.
    async fn abandon_visit(&mut self, patient: &Patient<'_>, visit: &str, own_number: &str) {
        let place = (visit, own_number);
        let fees = self.sender().withdraw_fees(patient, place, self.now());
        let sender = self.sender();
        let registration = sender.cancel_registration(patient, visit, own_number, self.now());
        for message in [fees, registration] {
            if let Err(trouble) = self.send(&message).await {
                tracing::debug!(%trouble, "an abandoned visit could not be taken back");
            }
        }
    }

    pub(super) async fn take_back_visit(&mut self, settled: &Settled) -> Result<(), Trouble> {
        let patient = self.patient(&settled.bill.person);
        let (visit, number) = (settled.visit.as_str(), settled.own_number.as_str());
        let id = &settled.settlement;
        let message = self.sender().reverse_visit(&patient, visit, id, self.now());
        let answer = self.send(&message).await?;
        self.must_undo(settled, &answer);
        let place = (visit, number);
        let message = self.sender().withdraw_fees(&patient, place, self.now());
        self.send(&message).await?;
        let sender = self.sender();
        let message = sender.cancel_registration(&patient, visit, number, self.now());
        self.send(&message).await.map(|_| ())
    }

    /// Admission, fees in parcels, discharge, rehearsal, settlement.
    pub(super) async fn play_stay(&mut self, bill: &Arc<Bill>) -> Result<Settled, Trouble> {
        let own_number = self.own_number();
        let patient = self.patient(&bill.person);
        let admission = Admission {
            local_number: &own_number,
            care: bill.care,
            begin: bill.begin,
            doctor: doctor(bill),
            bed: "12",
            diagnoses: &diagnoses(bill),
        };
        let message = self.sender().admit(&patient, &admission, self.now());
        let visit = self.send(&message).await?.visit;
        let mut settled = self.upload_stay(bill, &patient, &visit, &own_number).await;
        if settled.is_ok() {
            settled = self.discharge(bill, &patient, &visit).await;
        }
        let settled = match settled {
            Ok(()) => self.settle_stay(bill, &patient, &visit, &own_number).await,
            Err(trouble) => Err(trouble),
        };
        if let Err(Trouble::Refused(_)) = &settled {
            self.abandon_stay(&patient, &visit).await;
        }
        settled
    }

    async fn upload_stay(
        &mut self,
        bill: &Bill,
        patient: &Patient<'_>,
        visit: &str,
        own_number: &str,
    ) -> Result<(), Trouble> {
        let lines = self.lines(bill, own_number);
        let lines: Vec<FeeLine<'_>> = lines.sent();
        let doctor = doctor(bill);
        for parcel in lines.chunks(PARCEL) {
            let fees = (&doctor, parcel);
            let sender = self.sender();
            let message = sender.upload_stay_fees(patient, visit, bill.care, fees, self.now());
            self.send(&message).await?;
        }
        Ok(())
    }

    async fn discharge(
        &mut self,
        bill: &Bill,
        patient: &Patient<'_>,
        visit: &str,
    ) -> Result<(), Trouble> {
        let departure = Departure {
            visit,
            end: bill.end,
            doctor: doctor(bill),
            diagnoses: &diagnoses(bill),
        };
        let message = self.sender().discharge(patient, &departure, self.now());
        self.send(&message).await.map(|_| ())
    }

    async fn settle_stay(
        &mut self,
        bill: &Arc<Bill>,
        patient: &Patient<'_>,
        visit: &str,
        own_number: &str,
    ) -> Result<Settled, Trouble> {
        let asked = asked(bill, visit, own_number);
        let message = self.sender().rehearse_stay(patient, &asked, self.now());
        let rehearsed = self.send(&message).await?.amounts;
        let asked = client::Bill {
            rehearsed: rehearsed.as_ref(),
            ..asked
        };
        let message = self.sender().settle_stay(patient, &asked, self.now());
        let answer = self.settle(patient, &message).await?;
        self.as_rehearsed(rehearsed, answer.amounts);
        self.settled(bill, own_number.to_owned(), answer)
    }

    async fn abandon_stay(&mut self, patient: &Patient<'_>, visit: &str) {
        let now = self.now();
        let sender = self.sender();
        let messages = [
            sender.cancel_discharge(patient, visit, now),
            sender.withdraw_stay_fees(patient, visit, now),
            sender.cancel_admission(patient, visit, now),
        ];
        for message in messages {
            if let Err(trouble) = self.send(&message).await {
                tracing::debug!(%trouble, "an abandoned stay could not be taken back");
            }
        }
    }

    pub(super) async fn take_back_stay(&mut self, settled: &Settled) -> Result<(), Trouble> {
        let patient = self.patient(&settled.bill.person);
        let (visit, id) = (settled.visit.as_str(), &settled.settlement);
        let message = self.sender().reverse_stay(&patient, visit, id, self.now());
        let answer = self.send(&message).await?;
        self.must_undo(settled, &answer);
        let (now, sender) = (self.now(), self.sender());
        let messages = [
            sender.cancel_discharge(&patient, visit, now),
            sender.withdraw_stay_fees(&patient, visit, now),
            sender.cancel_admission(&patient, visit, now),
        ];
        for message in messages {
            self.send(&message).await?;
        }
        Ok(())
    }

    /// Nothing happened in between, so the settlement must be what the rehearsal said; another bill
    /// of the same person may lie between, which is no violation but rare enough to be told.
    fn as_rehearsed(
        &mut self,
        rehearsed: Option<client::Amounts>,
        settled: Option<client::Amounts>,
    ) {
        if rehearsed != settled {
            tracing::debug!(
                ?rehearsed,
                ?settled,
                "a settlement differs from its rehearsal"
            );
        }
    }
}

fn asked<'b>(bill: &Bill, visit: &'b str, batch: &'b str) -> client::Bill<'b> {
    client::Bill {
        visit,
        care: bill.care,
        total: bill.total(),
        batch,
        use_account: bill.use_account,
        rehearsed: None,
    }
}

pub(super) fn doctor(bill: &Bill) -> Doctor<'_> {
    let place = &bill.institution;
    let doctor: &demo::Doctor = &place.doctors[bill.doctor];
    let department = place.departments.get(doctor.department);
    Doctor {
        code: &doctor.code,
        name: &doctor.name,
        department: department.map_or(("A01", "药房"), |one| (&one.code, &one.name)),
    }
}

pub(super) fn diagnoses(bill: &Bill) -> Vec<Diagnosis<'_>> {
    let found = bill.diagnoses.iter();
    found
        .map(|one| Diagnosis {
            code: one.code,
            name: one.name,
        })
        .collect()
}
