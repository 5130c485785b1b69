-- Whether a person has a bill within some days is one look (待审人员、一年的就诊历史).
CREATE INDEX settlements_by_person_time ON settlements (area, person_no, settled_at);
