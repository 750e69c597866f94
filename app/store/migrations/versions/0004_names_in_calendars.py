"""names in calendars

Revision ID: 0004
Revises: 0003

"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "account", sa.Column("calendar_names", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade():
    op.drop_column("account", "calendar_names")
