-- What is usual of a source's pages, and in what its last pass was far off.
ALTER TABLE sources ADD COLUMN usual_dated REAL;
ALTER TABLE sources ADD COLUMN usual_chars REAL;
ALTER TABLE sources ADD COLUMN usual_failed REAL;
ALTER TABLE sources ADD COLUMN observed_passes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN off_passes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN changed_reason TEXT;
