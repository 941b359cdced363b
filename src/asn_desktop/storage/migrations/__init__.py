"""Numbered schema steps in plain DDL. They never import models: a step describes the schema of its day."""
