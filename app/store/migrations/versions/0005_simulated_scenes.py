"""whether the browser of a diagnostic can show simulated scenes

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-22 04:25:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "diagnostic_sitting",
        sa.Column("simulates", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade():
    op.drop_column("diagnostic_sitting", "simulates")
