from django.db import migrations

from guichet.kernel.database import append_only

# A deferred trigger links each event when its act commits. The head is the last thing an act locks, and only for the
# commit: acts do not queue behind one another, and cannot wait for each other in a circle. The schema is named because a
# role may make a temporary table of the same name, which would be found first.
CHAIN = """
INSERT INTO audit_head (id, serial, digest) VALUES (1, 0, '');

CREATE FUNCTION public.audit_link_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head public.audit_head%ROWTYPE;
  linked text;
BEGIN
  SELECT * INTO STRICT head FROM public.audit_head WHERE id = 1 FOR UPDATE;
  linked := encode(sha256(convert_to(head.digest || NEW.digest, 'UTF8')), 'hex');
  INSERT INTO public.audit_link (serial, event_id, previous, digest) VALUES (head.serial + 1, NEW.id, head.digest, linked);
  UPDATE public.audit_head SET serial = head.serial + 1, digest = linked WHERE id = 1;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_event_link AFTER INSERT ON audit_event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_link_event();

CREATE TRIGGER audit_head_rows BEFORE DELETE ON audit_head
  FOR EACH ROW EXECUTE FUNCTION guichet_refuse_change();
CREATE TRIGGER audit_head_truncate BEFORE TRUNCATE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION guichet_refuse_change();
"""
NO_CHAIN = """
DROP TRIGGER audit_head_truncate ON audit_head;
DROP TRIGGER audit_head_rows ON audit_head;
DROP TRIGGER audit_event_link ON audit_event;
DROP FUNCTION audit_link_event();
DELETE FROM audit_head;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [append_only("audit_event"), append_only("audit_link"), migrations.RunSQL(CHAIN, NO_CHAIN)]
