from django.db import migrations

from guichet.kernel.database import append_only

HEAD = """
INSERT INTO audit_head (id, serial, digest) VALUES (1, 0, '');
CREATE TRIGGER audit_head_rows BEFORE DELETE ON audit_head
  FOR EACH ROW EXECUTE FUNCTION guichet_refuse_change();
CREATE TRIGGER audit_head_truncate BEFORE TRUNCATE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION guichet_refuse_change();
"""
NO_HEAD = """
DROP TRIGGER audit_head_truncate ON audit_head;
DROP TRIGGER audit_head_rows ON audit_head;
DELETE FROM audit_head;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [append_only("audit_event"), migrations.RunSQL(HEAD, NO_HEAD)]
