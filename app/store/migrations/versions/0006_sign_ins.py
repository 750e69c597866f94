"""each sign-in, so that signing out ends it

Revision ID: 0006
Revises: 0005

"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "sign_in",
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_sign_in_structure_id_structure"),
        sa.ForeignKeyConstraint(
            ["structure_id", "account_id"],
            ["account.structure_id", "account.id"],
            name="fk_sign_in_structure_id_account_id_account",
        ),
        sa.PrimaryKeyConstraint("structure_id", "id", name="pk_sign_in"),
    )


def downgrade():
    op.drop_table("sign_in")
