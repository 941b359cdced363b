-- Version 2: room for what only a newer program knows. Frozen; see schema.md.
CREATE TABLE later_field (
        entity VARCHAR NOT NULL,
        "key" VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        heading VARCHAR NOT NULL,
        target VARCHAR NOT NULL,
        sheet VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        everyones BOOLEAN NOT NULL,
        schema INTEGER NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_later_field_entity_key UNIQUE (entity, "key"),
        CONSTRAINT uq_later_field_rid UNIQUE (rid)
    );

CREATE TABLE later_record (
        entity VARCHAR NOT NULL,
        record VARCHAR(36) NOT NULL,
        office VARCHAR NOT NULL,
        content TEXT NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        rid VARCHAR(36) NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT uq_later_record_entity_record UNIQUE (entity, record),
        CONSTRAINT uq_later_record_rid UNIQUE (rid)
    );
