"""What a submission froze stays frozen, whoever asks: triggers below the framework (ADR 0001, ADR 0004).

The answers of a sheet are frozen by the answers room's own triggers (``answers.actions.freeze``); here a row can become
submitted only when they are, and when a submission fits it. Tables are named with their schema: a role that may make
temporary tables could otherwise put one of the same name in front of ours and answer the trigger's question itself.
"""

from django.db import migrations

from guichet.kernel.database import append_only

SUBMISSION_CHECKS = """
ALTER TABLE public.applications_submission
  ADD CONSTRAINT submission_digest_fits
    CHECK (digest = encode(sha256(convert_to(canonical, 'UTF8')), 'hex')),
  ADD CONSTRAINT submission_document_fits
    CHECK (document = canonical::jsonb),
  ADD CONSTRAINT submission_says_its_number
    CHECK (document ->> 'reference' = reference);
"""

# A submitted application: the row itself.
APPLICATION = """
CREATE FUNCTION public.applications_keep_submitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.state = 'submitted' THEN
    RAISE EXCEPTION 'application % is submitted: % refused', OLD.public_id, TG_OP
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF NEW.state = 'submitted' AND NOT EXISTS (
    SELECT 1 FROM public.applications_submission s JOIN public.answers_sheet h ON h.id = NEW.sheet_id
    WHERE s.application_id = NEW.id AND s.reference = NEW.reference AND h.frozen_at IS NOT NULL
      AND s.submitted_at = NEW.submitted_at AND s.submitted_by_id = NEW.submitted_by_id
  ) THEN
    RAISE EXCEPTION 'application % has no submission that fits, or its answers are not frozen', NEW.public_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER applications_application_keep
  BEFORE INSERT OR UPDATE OR DELETE ON public.applications_application
  FOR EACH ROW EXECUTE FUNCTION public.applications_keep_submitted();
CREATE TRIGGER applications_application_refuse_truncate
  BEFORE TRUNCATE ON public.applications_application
  FOR EACH STATEMENT EXECUTE FUNCTION guichet_refuse_change();

-- The other direction, looked at when the transaction ends: no submission beside a draft.
CREATE FUNCTION public.applications_submission_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM public.applications_application a
    WHERE a.id = NEW.application_id AND a.state = 'submitted' AND a.reference = NEW.reference
  ) THEN
    RAISE EXCEPTION 'submission % stands beside an application that is not submitted', NEW.reference
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER applications_submission_moves
  AFTER INSERT ON public.applications_submission DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION public.applications_submission_moves();
"""
APPLICATION_BACK = """
DROP TRIGGER applications_submission_moves ON public.applications_submission;
DROP FUNCTION public.applications_submission_moves();
DROP TRIGGER applications_application_refuse_truncate ON public.applications_application;
DROP TRIGGER applications_application_keep ON public.applications_application;
DROP FUNCTION public.applications_keep_submitted();
"""

# Its attachments: what a file is, whose it is and that it exists. What a scanner says of it later may be written.
FILES = """
CREATE FUNCTION public.applications_keep_files() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held text := CASE TG_OP WHEN 'INSERT' THEN NEW.holder ELSE OLD.holder END;
  standing text;
BEGIN
  SELECT a.state INTO standing
    FROM public.applications_application a JOIN public.answers_sheet s ON s.id = a.sheet_id
    WHERE s.public_id = substr(held, length('sheet:') + 1) AND held LIKE 'sheet:%'
    FOR SHARE OF a; -- waits for a submission that is under way, then sees it
  IF standing = 'submitted' THEN
    IF TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - 'scan_state') <> (to_jsonb(OLD) - 'scan_state') THEN
      RAISE EXCEPTION 'attachments of a submitted application: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER files_storedfile_keep_submitted
  BEFORE INSERT OR UPDATE OR DELETE ON public.files_storedfile
  FOR EACH ROW EXECUTE FUNCTION public.applications_keep_files();
CREATE TRIGGER files_storedfile_refuse_truncate
  BEFORE TRUNCATE ON public.files_storedfile
  FOR EACH STATEMENT EXECUTE FUNCTION guichet_refuse_change();
"""
FILES_BACK = """
DROP TRIGGER files_storedfile_refuse_truncate ON public.files_storedfile;
DROP TRIGGER files_storedfile_keep_submitted ON public.files_storedfile;
DROP FUNCTION public.applications_keep_files();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("answers", "0002_append_only"), ("files", "0001_initial")]

    operations = [
        append_only("applications_submission"),
        migrations.RunSQL(
            SUBMISSION_CHECKS,
            "ALTER TABLE public.applications_submission DROP CONSTRAINT submission_digest_fits,"
            " DROP CONSTRAINT submission_document_fits, DROP CONSTRAINT submission_says_its_number;",
        ),
        migrations.RunSQL(APPLICATION, APPLICATION_BACK),
        migrations.RunSQL(FILES, FILES_BACK),
    ]
