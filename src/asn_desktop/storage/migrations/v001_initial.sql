-- Version 1: the first schema. Frozen; see schema.md.
CREATE TABLE operation (
        id INTEGER NOT NULL,
        rid VARCHAR(36) NOT NULL,
        kind VARCHAR NOT NULL,
        label VARCHAR NOT NULL,
        user VARCHAR NOT NULL,
        origin VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        changes INTEGER NOT NULL,
        undoable BOOLEAN NOT NULL,
        undoes INTEGER,
        hash VARCHAR(64) NOT NULL,
        CONSTRAINT pk_operation PRIMARY KEY (id),
        CONSTRAINT uq_operation_rid UNIQUE (rid),
        CONSTRAINT fk_operation_undoes_operation FOREIGN KEY(undoes) REFERENCES operation (id)
    );

CREATE INDEX ix_operation_undoes ON operation (undoes);

CREATE TABLE change (
        operation_id INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        "table" VARCHAR NOT NULL,
        rid VARCHAR(36) NOT NULL,
        kind VARCHAR NOT NULL,
        fields TEXT NOT NULL,
        CONSTRAINT pk_change PRIMARY KEY (operation_id, seq),
        CONSTRAINT fk_change_operation_id_operation FOREIGN KEY(operation_id) REFERENCES operation (id)
    );

CREATE INDEX ix_change_rid ON change (rid);

CREATE INDEX ix_change_deleted ON change (rid) WHERE kind = 'delete';

CREATE TABLE user (
        name VARCHAR NOT NULL,
        display_name VARCHAR NOT NULL,
        role VARCHAR NOT NULL,
        active BOOLEAN NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_user_role CHECK (role IN ('operator','verifikator','pimpinan','admin','auditor')),
        CONSTRAINT uq_user_name UNIQUE (name),
        CONSTRAINT uq_user_rid UNIQUE (rid)
    );

CREATE TABLE office (
        code VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        place VARCHAR NOT NULL,
        role VARCHAR NOT NULL,
        sample BOOLEAN NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_office_rid UNIQUE (rid)
    );

CREATE TABLE unit (
        office VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        match_name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        parent_id INTEGER,
        opd_id INTEGER,
        head_id INTEGER,
        head_name VARCHAR,
        head_position VARCHAR,
        workdays INTEGER NOT NULL,
        valid_from DATE,
        valid_to DATE,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_unit_kind CHECK (kind IN ('INSTANSI','OPD','UNIT')),
        CONSTRAINT uq_unit_office_code UNIQUE (office, code),
        CONSTRAINT fk_unit_parent_id_unit FOREIGN KEY(parent_id) REFERENCES unit (id),
        CONSTRAINT fk_unit_opd_id_unit FOREIGN KEY(opd_id) REFERENCES unit (id),
        CONSTRAINT fk_unit_head_id_employee FOREIGN KEY(head_id) REFERENCES employee (id),
        CONSTRAINT uq_unit_rid UNIQUE (rid)
    );

CREATE INDEX ix_unit_head_id ON unit (head_id);

CREATE INDEX ix_unit_opd_id ON unit (opd_id);

CREATE INDEX ix_unit_parent_id ON unit (parent_id);

CREATE TABLE employee (
        office VARCHAR NOT NULL,
        nip VARCHAR,
        name VARCHAR NOT NULL,
        title_front VARCHAR,
        title_back VARCHAR,
        birth_place VARCHAR,
        birth_date DATE,
        sex VARCHAR,
        religion VARCHAR,
        marital_status VARCHAR,
        employment_kind VARCHAR NOT NULL,
        legal_status VARCHAR NOT NULL,
        active BOOLEAN NOT NULL,
        inactive_since DATE,
        inactive_reason VARCHAR,
        cpns_tmt DATE,
        pns_tmt DATE,
        rank VARCHAR,
        rank_order INTEGER,
        rank_tmt DATE,
        service_years INTEGER,
        service_months INTEGER,
        position_kind VARCHAR,
        position VARCHAR,
        position_level VARCHAR,
        echelon VARCHAR,
        job_class INTEGER,
        position_tmt DATE,
        unit_id INTEGER,
        superior_id INTEGER,
        education_level VARCHAR,
        education VARCHAR,
        graduation_year INTEGER,
        salary_step_tmt DATE,
        contract_end DATE,
        phone VARCHAR,
        email VARCHAR,
        nik VARCHAR,
        npwp VARCHAR,
        address VARCHAR,
        old_nip VARCHAR,
        national_id VARCHAR,
        name_key VARCHAR NOT NULL,
        search_text VARCHAR NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_employee_sex CHECK (sex IN ('L','P')),
        CONSTRAINT ck_employee_employment_kind CHECK (employment_kind IN ('PNS','CPNS','PPPK','PPPK_PARUH_WAKTU')),
        CONSTRAINT uq_employee_office_nip UNIQUE (office, nip),
        CONSTRAINT fk_employee_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
        CONSTRAINT fk_employee_superior_id_employee FOREIGN KEY(superior_id) REFERENCES employee (id),
        CONSTRAINT uq_employee_rid UNIQUE (rid)
    );

CREATE INDEX ix_employee_active_kind ON employee (active, employment_kind);

CREATE INDEX ix_employee_incomplete ON employee (office, name_key) WHERE active = 1 AND (unit_id IS NULL OR position IS NULL OR birth_date IS NULL OR education_level IS NULL OR (employment_kind <> 'PPPK_PARUH_WAKTU' AND (nip IS NULL OR rank IS NULL)));

CREATE INDEX ix_employee_list ON employee (office, active, name_key, unit_id, employment_kind, position_kind, position_level, echelon, job_class, rank, rank_order, rank_tmt, position_tmt, cpns_tmt, contract_end, sex, birth_date, education_level, legal_status, nip, position, search_text);

CREATE INDEX ix_employee_name ON employee (office, active, name_key);

CREATE INDEX ix_employee_position ON employee (office, active, position, name_key);

CREATE INDEX ix_employee_rank ON employee (office, active, rank_order, name_key);

CREATE INDEX ix_employee_superior_id ON employee (superior_id);

CREATE INDEX ix_employee_unit_id ON employee (unit_id, active, name_key);

CREATE TABLE former_placement (
        employee_id INTEGER NOT NULL,
        until DATE NOT NULL,
        unit_id INTEGER,
        position VARCHAR,
        superior_id INTEGER,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT fk_former_placement_employee_id_employee FOREIGN KEY(employee_id) REFERENCES employee (id),
        CONSTRAINT fk_former_placement_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
        CONSTRAINT fk_former_placement_superior_id_employee FOREIGN KEY(superior_id) REFERENCES employee (id),
        CONSTRAINT uq_former_placement_rid UNIQUE (rid)
    );

CREATE INDEX ix_former_placement_employee_id ON former_placement (employee_id, until);

CREATE INDEX ix_former_placement_superior_id ON former_placement (superior_id);

CREATE INDEX ix_former_placement_unit_id ON former_placement (unit_id);

CREATE TABLE holiday (
        day DATE NOT NULL,
        name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_holiday_day_name UNIQUE (day, name),
        CONSTRAINT ck_holiday_kind CHECK (kind IN ('libur_nasional','cuti_bersama','libur_daerah')),
        CONSTRAINT uq_holiday_rid UNIQUE (rid)
    );

CREATE TABLE parameter (
        "key" VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        valid_from DATE NOT NULL,
        source VARCHAR NOT NULL,
        verified BOOLEAN NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_parameter_key_valid_from UNIQUE ("key", valid_from),
        CONSTRAINT uq_parameter_rid UNIQUE (rid)
    );

CREATE TABLE appraisal_period (
        code VARCHAR NOT NULL,
        year INTEGER NOT NULL,
        quarter INTEGER NOT NULL,
        window_opens DATE NOT NULL,
        window_closes DATE NOT NULL,
        state VARCHAR NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_appraisal_period_state CHECK (state IN ('open','closed')),
        CONSTRAINT uq_appraisal_period_code UNIQUE (code),
        CONSTRAINT uq_appraisal_period_rid UNIQUE (rid)
    );

CREATE TABLE import_batch (
        file_name VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        period VARCHAR,
        at VARCHAR NOT NULL,
        user VARCHAR NOT NULL,
        counts TEXT NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_import_batch_rid UNIQUE (rid)
    );

CREATE INDEX ix_import_batch_sha256 ON import_batch (sha256);

CREATE TABLE layout_mapping (
        signature VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        mapping TEXT NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_layout_mapping_signature_kind UNIQUE (signature, kind),
        CONSTRAINT uq_layout_mapping_rid UNIQUE (rid)
    );

CREATE TABLE replica (
        replica VARCHAR(36) NOT NULL,
        epoch INTEGER NOT NULL,
        parent VARCHAR NOT NULL,
        forked_at INTEGER NOT NULL,
        parent_retired BOOLEAN NOT NULL,
        reason VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_replica_replica UNIQUE (replica),
        CONSTRAINT uq_replica_rid UNIQUE (rid)
    );

CREATE TABLE peer_office (
        code VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        role VARCHAR NOT NULL,
        "key" VARCHAR NOT NULL,
        since VARCHAR NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_peer_office_code UNIQUE (code),
        CONSTRAINT uq_peer_office_rid UNIQUE (rid)
    );

CREATE TABLE peer_replica (
        replica VARCHAR(36) NOT NULL,
        office VARCHAR NOT NULL,
        epoch INTEGER NOT NULL,
        parent VARCHAR NOT NULL,
        forked_at INTEGER NOT NULL,
        retired BOOLEAN NOT NULL,
        merged_rev INTEGER NOT NULL,
        acked_rev INTEGER NOT NULL,
        acked_replica VARCHAR NOT NULL,
        last_seq INTEGER NOT NULL,
        last_at VARCHAR NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_peer_replica_replica UNIQUE (replica),
        CONSTRAINT uq_peer_replica_rid UNIQUE (rid)
    );

CREATE TABLE peer_period (
        office VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        closed BOOLEAN NOT NULL,
        evaluations INTEGER NOT NULL,
        rated INTEGER NOT NULL,
        final INTEGER NOT NULL,
        at VARCHAR NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_peer_period_office_code UNIQUE (office, code),
        CONSTRAINT uq_peer_period_rid UNIQUE (rid)
    );

CREATE TABLE package (
        package_id VARCHAR(36) NOT NULL,
        direction VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        office VARCHAR NOT NULL,
        replica VARCHAR(36) NOT NULL,
        seq INTEGER NOT NULL,
        since_rev INTEGER NOT NULL,
        to_rev INTEGER NOT NULL,
        digest VARCHAR NOT NULL,
        file_name VARCHAR NOT NULL,
        made_at VARCHAR NOT NULL,
        seal VARCHAR NOT NULL,
        counts TEXT NOT NULL,
        at VARCHAR NOT NULL,
        user VARCHAR NOT NULL,
        answered_at VARCHAR,
        answer TEXT,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_package_direction CHECK (direction IN ('in','out')),
        CONSTRAINT uq_package_rid UNIQUE (rid)
    );

CREATE INDEX ix_package_package_id ON package (package_id);

CREATE INDEX ix_package_office ON package (office, direction, seq);

CREATE TABLE conflict (
        office VARCHAR NOT NULL,
        replica VARCHAR(36) NOT NULL,
        package_id VARCHAR(36) NOT NULL,
        entity VARCHAR NOT NULL,
        record VARCHAR(36) NOT NULL,
        title VARCHAR NOT NULL,
        field VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        rule VARCHAR NOT NULL,
        base TEXT,
        local TEXT,
        incoming TEXT,
        local_by VARCHAR NOT NULL,
        local_at VARCHAR NOT NULL,
        incoming_by VARCHAR NOT NULL,
        incoming_at VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        since VARCHAR NOT NULL,
        choice VARCHAR,
        reason VARCHAR,
        decided_by VARCHAR,
        decided_at VARCHAR,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_conflict_kind CHECK (kind IN ('field','new','removed_here','removed_there')),
        CONSTRAINT ck_conflict_state CHECK (state IN ('open','waiting','overridden','decided','closed')),
        CONSTRAINT ck_conflict_choice CHECK (choice IN ('local','incoming')),
        CONSTRAINT uq_conflict_rid UNIQUE (rid)
    );

CREATE INDEX ix_conflict_state ON conflict (state, office);

CREATE INDEX ix_conflict_record ON conflict (record);

CREATE TABLE rejection (
        direction VARCHAR NOT NULL,
        office VARCHAR NOT NULL,
        replica VARCHAR(36) NOT NULL,
        package_id VARCHAR(36) NOT NULL,
        entity VARCHAR NOT NULL,
        record VARCHAR(36) NOT NULL,
        code VARCHAR NOT NULL,
        message VARCHAR NOT NULL,
        merged_before INTEGER NOT NULL,
        at VARCHAR NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_rejection_direction CHECK (direction IN ('in','out')),
        CONSTRAINT uq_rejection_direction_office_entity_record UNIQUE (direction, office, entity, record),
        CONSTRAINT uq_rejection_rid UNIQUE (rid)
    );

CREATE TABLE exchange_rule (
        entity VARCHAR NOT NULL,
        fields VARCHAR NOT NULL,
        owner VARCHAR NOT NULL,
        policy VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_exchange_rule_owner CHECK (owner IN ('district','province','office')),
        CONSTRAINT ck_exchange_rule_policy CHECK (policy IN ('merge','queue','refuse')),
        CONSTRAINT uq_exchange_rule_rid UNIQUE (rid)
    );

CREATE TABLE worksheet (
        kind VARCHAR NOT NULL,
        period VARCHAR,
        unit_id INTEGER,
        event_id INTEGER,
        file_name VARCHAR NOT NULL,
        made_at VARCHAR NOT NULL,
        made_by VARCHAR NOT NULL,
        due DATE,
        contact VARCHAR,
        rows INTEGER NOT NULL,
        returned_at VARCHAR,
        returned_file VARCHAR,
        returned_digest VARCHAR,
        returned_counts TEXT,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_worksheet_kind CHECK (kind IN ('ratings','personnel','participants')),
        CONSTRAINT fk_worksheet_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
        CONSTRAINT fk_worksheet_event_id_training_event FOREIGN KEY(event_id) REFERENCES training_event (id),
        CONSTRAINT uq_worksheet_rid UNIQUE (rid)
    );

CREATE INDEX ix_worksheet_event_id ON worksheet (event_id);

CREATE INDEX ix_worksheet_period ON worksheet (period, kind, unit_id);

CREATE INDEX ix_worksheet_unit_id ON worksheet (unit_id);

CREATE TABLE training_event (
        office VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        competence VARCHAR NOT NULL,
        starts DATE NOT NULL,
        ends DATE NOT NULL,
        times VARCHAR,
        jp INTEGER NOT NULL,
        place VARCHAR,
        provider VARCHAR,
        speakers VARCHAR,
        quota INTEGER,
        budget INTEGER,
        spent INTEGER,
        funding VARCHAR,
        state VARCHAR NOT NULL,
        state_reason VARCHAR,
        notes VARCHAR,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_training_event_state CHECK (state IN ('planned','open','running','done','cancelled','postponed')),
        CONSTRAINT ck_training_event_dates CHECK (ends >= starts),
        CONSTRAINT uq_training_event_office_code UNIQUE (office, code),
        CONSTRAINT uq_training_event_rid UNIQUE (rid)
    );

CREATE INDEX ix_training_event_starts ON training_event (starts);

CREATE TABLE organisation_result (
        unit_id INTEGER NOT NULL,
        period_id INTEGER NOT NULL,
        result VARCHAR NOT NULL,
        source VARCHAR,
        set_on DATE NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_organisation_result_unit_id_period_id UNIQUE (unit_id, period_id),
        CONSTRAINT ck_organisation_result_result CHECK (result IN ('ISTIMEWA','BAIK','BUTUH_PERBAIKAN','KURANG','SANGAT_KURANG')),
        CONSTRAINT fk_organisation_result_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
        CONSTRAINT fk_organisation_result_period_id_appraisal_period FOREIGN KEY(period_id) REFERENCES appraisal_period (id),
        CONSTRAINT uq_organisation_result_rid UNIQUE (rid)
    );

CREATE INDEX ix_organisation_result_period_id ON organisation_result (period_id);

CREATE TABLE evaluation (
        employee_id INTEGER NOT NULL,
        period_id INTEGER NOT NULL,
        unit_id INTEGER,
        position VARCHAR,
        rank VARCHAR,
        assessor_id INTEGER,
        assessor_name VARCHAR,
        assessor_position VARCHAR,
        organisation_unit_id INTEGER,
        result_rating VARCHAR,
        behaviour_rating VARCHAR,
        predicate VARCHAR,
        state VARCHAR NOT NULL,
        notes VARCHAR,
        signed_on DATE,
        received_on DATE,
        revision INTEGER NOT NULL,
        revision_reason VARCHAR,
        declared_predicate VARCHAR,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_evaluation_employee_id_period_id UNIQUE (employee_id, period_id),
        CONSTRAINT ck_evaluation_result_rating CHECK (result_rating IN ('DI_ATAS','SESUAI','DI_BAWAH')),
        CONSTRAINT ck_evaluation_behaviour_rating CHECK (behaviour_rating IN ('DI_ATAS','SESUAI','DI_BAWAH')),
        CONSTRAINT ck_evaluation_predicate CHECK (predicate IN ('SANGAT_BAIK','BAIK','BUTUH_PERBAIKAN','KURANG','SANGAT_KURANG')),
        CONSTRAINT ck_evaluation_state CHECK (state IN ('draft','rated','final')),
        CONSTRAINT fk_evaluation_employee_id_employee FOREIGN KEY(employee_id) REFERENCES employee (id),
        CONSTRAINT fk_evaluation_period_id_appraisal_period FOREIGN KEY(period_id) REFERENCES appraisal_period (id),
        CONSTRAINT fk_evaluation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
        CONSTRAINT fk_evaluation_assessor_id_employee FOREIGN KEY(assessor_id) REFERENCES employee (id),
        CONSTRAINT fk_evaluation_organisation_unit_id_unit FOREIGN KEY(organisation_unit_id) REFERENCES unit (id),
        CONSTRAINT uq_evaluation_rid UNIQUE (rid)
    );

CREATE INDEX ix_evaluation_assessor_id ON evaluation (assessor_id);

CREATE INDEX ix_evaluation_organisation_unit_id ON evaluation (organisation_unit_id);

CREATE INDEX ix_evaluation_period_id ON evaluation (period_id, unit_id, state);

CREATE INDEX ix_evaluation_unit_id ON evaluation (unit_id);

CREATE TABLE participant (
        event_id INTEGER NOT NULL,
        employee_id INTEGER NOT NULL,
        state VARCHAR NOT NULL,
        attendance_percent INTEGER,
        jp_credited INTEGER,
        certificate_number VARCHAR,
        certificate_date DATE,
        source VARCHAR,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_participant_event_id_employee_id UNIQUE (event_id, employee_id),
        CONSTRAINT ck_participant_state CHECK (state IN ('nominated','approved','reserve','attended','absent','withdrawn')),
        CONSTRAINT fk_participant_event_id_training_event FOREIGN KEY(event_id) REFERENCES training_event (id),
        CONSTRAINT fk_participant_employee_id_employee FOREIGN KEY(employee_id) REFERENCES employee (id),
        CONSTRAINT uq_participant_rid UNIQUE (rid)
    );

CREATE INDEX ix_participant_employee_id ON participant (employee_id);

CREATE TABLE skp (
        employee_id INTEGER NOT NULL,
        starts DATE NOT NULL,
        ends DATE NOT NULL,
        kind VARCHAR NOT NULL,
        approach VARCHAR NOT NULL,
        place VARCHAR,
        set_on DATE,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_skp_kind CHECK (kind IN ('JPT','JAJF')),
        CONSTRAINT ck_skp_approach CHECK (approach IN ('KUANTITATIF','KUALITATIF')),
        CONSTRAINT fk_skp_employee_id_employee FOREIGN KEY(employee_id) REFERENCES employee (id),
        CONSTRAINT uq_skp_rid UNIQUE (rid)
    );

CREATE INDEX ix_skp_employee_id ON skp (employee_id, starts);

CREATE TABLE behaviour_expectation (
        skp_id INTEGER NOT NULL,
        value VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_behaviour_expectation_skp_id_value UNIQUE (skp_id, value),
        CONSTRAINT fk_behaviour_expectation_skp_id_skp FOREIGN KEY(skp_id) REFERENCES skp (id),
        CONSTRAINT uq_behaviour_expectation_rid UNIQUE (rid)
    );

CREATE TABLE remediation_plan (
        employee_id INTEGER NOT NULL,
        evaluation_id INTEGER,
        "trigger" VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        root_cause VARCHAR,
        goal VARCHAR,
        mentor_id INTEGER,
        event_id INTEGER,
        starts DATE,
        due DATE,
        state VARCHAR NOT NULL,
        outcome VARCHAR,
        closed_on DATE,
        outcome_note VARCHAR,
        decision_reason VARCHAR,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_remediation_plan_evaluation_id UNIQUE (evaluation_id),
        CONSTRAINT ck_remediation_plan_state CHECK (state IN ('proposed','active','closed','declined')),
        CONSTRAINT ck_remediation_plan_outcome CHECK (outcome IN ('berhasil','sebagian','tidak_berhasil')),
        CONSTRAINT fk_remediation_plan_employee_id_employee FOREIGN KEY(employee_id) REFERENCES employee (id),
        CONSTRAINT fk_remediation_plan_evaluation_id_evaluation FOREIGN KEY(evaluation_id) REFERENCES evaluation (id),
        CONSTRAINT fk_remediation_plan_mentor_id_employee FOREIGN KEY(mentor_id) REFERENCES employee (id),
        CONSTRAINT fk_remediation_plan_event_id_training_event FOREIGN KEY(event_id) REFERENCES training_event (id),
        CONSTRAINT uq_remediation_plan_rid UNIQUE (rid)
    );

CREATE INDEX ix_remediation_plan_employee_id ON remediation_plan (employee_id);

CREATE INDEX ix_remediation_plan_event_id ON remediation_plan (event_id);

CREATE INDEX ix_remediation_plan_mentor_id ON remediation_plan (mentor_id);

CREATE TABLE rhk (
        skp_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        superior_rhk VARCHAR,
        assigned_by VARCHAR,
        takeover_note VARCHAR,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT ck_rhk_kind CHECK (kind IN ('UTAMA','TAMBAHAN')),
        CONSTRAINT fk_rhk_skp_id_skp FOREIGN KEY(skp_id) REFERENCES skp (id),
        CONSTRAINT uq_rhk_rid UNIQUE (rid)
    );

CREATE INDEX ix_rhk_skp_id ON rhk (skp_id, position);

CREATE TABLE iki (
        rhk_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        aspect VARCHAR,
        text VARCHAR NOT NULL,
        target VARCHAR,
        perspective VARCHAR,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT fk_iki_rhk_id_rhk FOREIGN KEY(rhk_id) REFERENCES rhk (id),
        CONSTRAINT uq_iki_rid UNIQUE (rid)
    );

CREATE INDEX ix_iki_rhk_id ON iki (rhk_id, position);

CREATE TABLE plan_note (
        plan_id INTEGER NOT NULL,
        day DATE NOT NULL,
        text VARCHAR NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT fk_plan_note_plan_id_remediation_plan FOREIGN KEY(plan_id) REFERENCES remediation_plan (id),
        CONSTRAINT uq_plan_note_rid UNIQUE (rid)
    );

CREATE INDEX ix_plan_note_plan_id ON plan_note (plan_id);

CREATE TABLE plan_step (
        plan_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        action VARCHAR NOT NULL,
        success_sign VARCHAR,
        due DATE,
        done_on DATE,
        evidence VARCHAR,
        result VARCHAR,
        event_id INTEGER,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT fk_plan_step_plan_id_remediation_plan FOREIGN KEY(plan_id) REFERENCES remediation_plan (id),
        CONSTRAINT fk_plan_step_event_id_training_event FOREIGN KEY(event_id) REFERENCES training_event (id),
        CONSTRAINT uq_plan_step_rid UNIQUE (rid)
    );

CREATE INDEX ix_plan_step_event_id ON plan_step (event_id);

CREATE INDEX ix_plan_step_plan_id ON plan_step (plan_id, position);

CREATE TABLE feedback (
        evaluation_id INTEGER NOT NULL,
        iki_id INTEGER,
        value VARCHAR,
        giver VARCHAR NOT NULL,
        giver_name VARCHAR,
        text VARCHAR,
        symbol VARCHAR,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT fk_feedback_evaluation_id_evaluation FOREIGN KEY(evaluation_id) REFERENCES evaluation (id),
        CONSTRAINT fk_feedback_iki_id_iki FOREIGN KEY(iki_id) REFERENCES iki (id),
        CONSTRAINT uq_feedback_rid UNIQUE (rid)
    );

CREATE INDEX ix_feedback_evaluation_id ON feedback (evaluation_id);

CREATE INDEX ix_feedback_iki_id ON feedback (iki_id);

CREATE TABLE realisation (
        evaluation_id INTEGER NOT NULL,
        iki_id INTEGER NOT NULL,
        text VARCHAR NOT NULL,
        evidence VARCHAR,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_realisation_evaluation_id_iki_id UNIQUE (evaluation_id, iki_id),
        CONSTRAINT fk_realisation_evaluation_id_evaluation FOREIGN KEY(evaluation_id) REFERENCES evaluation (id),
        CONSTRAINT fk_realisation_iki_id_iki FOREIGN KEY(iki_id) REFERENCES iki (id),
        CONSTRAINT uq_realisation_rid UNIQUE (rid)
    );

CREATE INDEX ix_realisation_iki_id ON realisation (iki_id);

CREATE TABLE frozen_sheet (
        evaluation_id INTEGER NOT NULL,
        content TEXT NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_frozen_sheet_evaluation_id UNIQUE (evaluation_id),
        CONSTRAINT fk_frozen_sheet_evaluation_id_evaluation FOREIGN KEY(evaluation_id) REFERENCES evaluation (id),
        CONSTRAINT uq_frozen_sheet_rid UNIQUE (rid)
    );

-- The log is append-only: whoever edits it has to break the hash chain in the file itself.
CREATE TRIGGER operation_no_update BEFORE UPDATE ON operation BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER operation_no_delete BEFORE DELETE ON operation BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER change_no_update BEFORE UPDATE ON "change" BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER change_no_delete BEFORE DELETE ON "change" BEGIN SELECT RAISE(ABORT, 'append-only'); END;
