-- Settlement lists (医疗保障基金结算清单): the case of one settled stay as its institution reports it.
-- uploads counts how often the body was sent; version rises with every change of any kind.
CREATE TABLE discharges (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    list_id text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    visit_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    uploads bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    person_name text NOT NULL,
    scheme text COLLATE "C" NOT NULL,
    care_type text COLLATE "C" NOT NULL,
    admitted_on date,
    discharged_on date NOT NULL,
    settled_on date NOT NULL,
    principal text COLLATE "C" NOT NULL,
    total_fen bigint NOT NULL,
    fund_fen bigint NOT NULL,
    errors bigint NOT NULL,
    warnings bigint NOT NULL,
    received_at timestamp NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (area, person_no, list_id)
);
CREATE UNIQUE INDEX discharges_by_settlement ON discharges (area, person_no, settlement_id);
CREATE INDEX discharges_by_institution ON discharges (area, institution, settled_on, list_id);
CREATE INDEX discharges_by_day ON discharges (area, settled_on, list_id);
CREATE INDEX discharges_by_list ON discharges (area, list_id);

-- What the quality checks found in one upload of a list (质控结果).
CREATE TABLE discharge_findings (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    list_id text COLLATE "C" NOT NULL,
    upload bigint NOT NULL,
    sequence bigint NOT NULL,
    check_kind text COLLATE "C" NOT NULL,
    severity text COLLATE "C" NOT NULL,
    field text COLLATE "C" NOT NULL,
    value text NOT NULL,
    message text NOT NULL,
    PRIMARY KEY (area, person_no, list_id, upload, sequence)
);

-- The group of a list under a scheme (分组结果). Only added: of one list, kind and scheme the row with
-- the greatest grouping_id counts.
CREATE TABLE discharge_groups (
    area integer NOT NULL,
    person_no text COLLATE "C" NOT NULL,
    list_id text COLLATE "C" NOT NULL,
    grouping_id text COLLATE "C" NOT NULL,
    settlement_id text COLLATE "C" NOT NULL,
    institution text COLLATE "C" NOT NULL,
    discharged_on date NOT NULL,
    settled_on date NOT NULL,
    upload bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    scheme text COLLATE "C" NOT NULL,
    scheme_hash text COLLATE "C" NOT NULL,
    grouped_at timestamp NOT NULL,
    mdc text COLLATE "C" NOT NULL,
    adrg text COLLATE "C" NOT NULL,
    code text COLLATE "C" NOT NULL,
    name text NOT NULL,
    severity text COLLATE "C" NOT NULL,
    weight text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    note text NOT NULL,
    reason jsonb NOT NULL,
    PRIMARY KEY (area, person_no, list_id, grouping_id)
);
CREATE INDEX discharge_groups_by_institution
    ON discharge_groups (area, institution, settled_on, list_id);
CREATE INDEX discharge_groups_by_list ON discharge_groups (area, list_id);
CREATE INDEX discharge_groups_by_settlement ON discharge_groups (area, person_no, settlement_id);

SELECT set_config('citus.enable_unsafe_triggers', 'on', true);
CREATE TRIGGER discharge_findings_stays BEFORE UPDATE OR DELETE ON discharge_findings
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER discharge_groups_stays BEFORE UPDATE OR DELETE ON discharge_groups
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
