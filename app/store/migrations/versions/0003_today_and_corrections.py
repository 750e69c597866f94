"""today and corrections

Revision ID: 0003
Revises: 0002

"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    _new_tables()
    _one_correction_a_row()
    _one_open_atelier_a_code()
    op.create_index("ix_evidence_structure_id_seance_id", "evidence", ["structure_id", "seance_id"])


def _new_tables():
    op.create_table(
        "seance_change",
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seance_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        *_inside_the_structure("seance_change", seance_id="seance", author_id="account"),
        sa.PrimaryKeyConstraint("structure_id", "id", name="pk_seance_change"),
    )
    op.create_index("ix_seance_change_structure_id_seance_id", "seance_change", ["structure_id", "seance_id"])
    op.create_table(
        "usager_summary",
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column("usager_id", sa.Uuid(), nullable=False),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stuck_module_id", sa.String(length=80), nullable=True),
        sa.Column("stuck_help", sa.String(length=20), nullable=True),
        sa.Column("review_module_id", sa.String(length=80), nullable=True),
        sa.Column("review_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reached_goal_id", sa.String(length=80), nullable=True),
        *_inside_the_structure("usager_summary", usager_id="usager"),
        sa.PrimaryKeyConstraint("structure_id", "usager_id", name="pk_usager_summary"),
    )
    op.create_index(
        "ix_usager_summary_structure_id_last_seen_at", "usager_summary", ["structure_id", "last_seen_at"]
    )
    op.create_table(
        "attention_pause",
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column("usager_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        *_inside_the_structure("attention_pause", usager_id="usager", author_id="account"),
        sa.PrimaryKeyConstraint("structure_id", "usager_id", "reason", name="pk_attention_pause"),
    )


def _inside_the_structure(table, **references):
    yield sa.ForeignKeyConstraint(
        ["structure_id"], ["structure.id"], name=f"fk_{table}_structure_id_structure"
    )
    for column, other in references.items():
        yield sa.ForeignKeyConstraint(
            ["structure_id", column],
            [f"{other}.structure_id", f"{other}.id"],
            name=f"fk_{table}_structure_id_{column}_{other}",
        )


def _one_correction_a_row():
    """Where two rows correct the same one, the later corrects the earlier: nothing is lost, one stands."""
    evidence = sa.table(
        "evidence",
        sa.column("structure_id", sa.Uuid()),
        sa.column("id", sa.Uuid()),
        sa.column("corrects_id", sa.Uuid()),
        sa.column("recorded_at", sa.DateTime(timezone=True)),
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(evidence.c.structure_id, evidence.c.id, evidence.c.corrects_id)
        .where(evidence.c.corrects_id.is_not(None))
        .order_by(evidence.c.recorded_at, evidence.c.id)
    ).all()
    latest = {}
    for structure_id, row_id, corrects_id in rows:
        standing = corrects_id
        while (structure_id, standing) in latest:
            standing = latest[structure_id, standing]
        if standing != corrects_id:
            connection.execute(
                evidence.update()
                .where(evidence.c.structure_id == structure_id, evidence.c.id == row_id)
                .values(corrects_id=standing)
            )
        latest[structure_id, standing] = row_id
    op.drop_index("ix_evidence_structure_id_corrects_id", table_name="evidence")
    op.create_index(
        "uq_evidence_structure_id_corrects_id", "evidence", ["structure_id", "corrects_id"], unique=True
    )


def _one_open_atelier_a_code():
    """Of open ateliers that share a code, the newest keeps it; the others are ended."""
    op.execute(
        "UPDATE atelier SET closed_at = opened_at WHERE closed_at IS NULL AND EXISTS ("
        "SELECT 1 FROM atelier AS newer WHERE newer.code = atelier.code AND newer.closed_at IS NULL"
        " AND (newer.opened_at > atelier.opened_at"
        " OR (newer.opened_at = atelier.opened_at AND newer.id > atelier.id)))"
    )
    op.drop_index("ix_atelier_code", table_name="atelier")
    op.create_index(
        "uq_atelier_open_code",
        "atelier",
        ["code"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade():
    op.drop_index("uq_atelier_open_code", table_name="atelier")
    op.create_index("ix_atelier_code", "atelier", ["code"])
    op.drop_index("uq_evidence_structure_id_corrects_id", table_name="evidence")
    op.create_index("ix_evidence_structure_id_corrects_id", "evidence", ["structure_id", "corrects_id"])
    op.drop_index("ix_evidence_structure_id_seance_id", table_name="evidence")
    for table in ("attention_pause", "usager_summary", "seance_change"):
        op.drop_table(table)
