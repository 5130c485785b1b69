-- Between which days of settlement the audit has looked at a person (增量审核); nothing by itself.
ALTER TABLE audit_scans ADD COLUMN from_day TEXT NOT NULL DEFAULT '9999-12-31';
ALTER TABLE audit_scans ADD COLUMN to_day TEXT NOT NULL DEFAULT '1970-01-01';
